"""Special reports take the same road, with a proposal; another way asks why (RW-13)."""

from __future__ import annotations

import pytest

from melding.services import wijzig_melding
from tests import factories
from triage.bijzonder import voorgesteld_besluit, voorgestelde_conclusie
from triage.models import VHT, Triagebesluit
from vt_cvs.kern.overgangen import belemmeringen_voor, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db
ANDERS = [uitkomst for uitkomst in Triagebesluit.Uitkomst.values if uitkomst != "bij_vt"]


@pytest.fixture
def fatima():
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def melding(fatima):
    return factories.melding(door=fatima)


def besluit_bij(melding, aanleiding, door, **velden) -> Triagebesluit:
    wijzig_melding(melding, door=door, aanleiding=aanleiding, **velden)
    return Triagebesluit.objects.select_related("vht__melding").get(vht__melding=melding)


def leg_voor(besluit, uitkomst, door, **meer):
    collega = factories.medewerker(Rol.ACHTERKANT, naam="Collega", van=door.team)
    return voer_uit(besluit, "leg_voor", door=door, uitkomst=uitkomst, tweede=collega, **meer)


def regels(fout) -> set[str]:
    return {b.regel.id for b in fout.value.belemmeringen if b.regel}


@pytest.mark.parametrize(
    ("aanleiding", "regel"),
    [
        pytest.param("thv", "RW-13.T2", marks=pytest.mark.regel("RW-13.T1", "RW-13.T2")),
        pytest.param("crisis", "RW-13.C2", marks=pytest.mark.regel("RW-13.C1", "RW-13.C2")),
    ],
)
@pytest.mark.parametrize("uitkomst", ANDERS)
def test_anders_dan_bij_veilig_thuis_vraagt_een_motivering(melding, fatima, aanleiding, regel, uitkomst):
    besluit = besluit_bij(melding, aanleiding, fatima)
    assert voorgesteld_besluit(besluit.vht)[0] == "bij_vt"
    with pytest.raises(RegelGeweigerd) as fout:
        leg_voor(besluit, uitkomst, fatima)
    assert regel in regels(fout)
    assert not any(b.hard for b in fout.value.belemmeringen)
    assert leg_voor(besluit, uitkomst, fatima, motivering="De burgemeester besloot anders.").stand == "voorgelegd"


@pytest.mark.regel("RW-13.T2", "RW-13.C2")
@pytest.mark.parametrize("aanleiding", ["thv", "crisis"])
def test_bij_veilig_thuis_vraagt_er_niets_bij(melding, fatima, aanleiding):
    besluit = besluit_bij(melding, aanleiding, fatima)
    with pytest.raises(RegelGeweigerd) as fout:
        leg_voor(besluit, "bij_vt", fatima)
    assert regels(fout) == {"RW-8.18"}  # only that the conclusion is not there yet


@pytest.mark.regel("RW-13.T2", "RW-13.C2")
@pytest.mark.parametrize(("aanleiding", "regel"), [("thv", "RW-13.T2"), ("crisis", "RW-13.C2"), ("politie", "")])
def test_een_andere_conclusie_dan_acuut_vraagt_een_motivering(melding, fatima, aanleiding, regel):
    vht = besluit_bij(melding, aanleiding, fatima).vht
    gevonden = {b.regel.id for b in belemmeringen_voor(vht, "stel_vast") if b.regel}
    assert (regel in gevonden) if regel else not gevonden & {"RW-13.T2", "RW-13.C2"}
    assert bool(voorgestelde_conclusie(vht)) == bool(regel)


@pytest.mark.regel("RW-13.R1", "RW-13.R2", "RW-13.LM")
@pytest.mark.parametrize(
    ("conclusie", "voorstel"),
    [
        ("acuut", "bij_vt"),
        ("structureel", "bij_vt"),
        ("multiproblematisch", "maatwerk"),
        ("geen", "maatwerk"),
        ("", ""),
    ],
)
def test_een_aanvraag_maatwerk_volgt_de_conclusie(melding, fatima, conclusie, voorstel):
    vht = besluit_bij(melding, "maatwerk", fatima).vht
    vht.eindconclusie = conclusie
    assert voorgesteld_besluit(vht)[0] == voorstel


def test_een_gewone_melding_krijgt_geen_voorstel(melding, fatima):
    vht = besluit_bij(melding, "politie", fatima).vht
    vht.eindconclusie = VHT.Eindconclusie.ACUUT
    assert voorgesteld_besluit(vht) == ("", "")
