"""The time line reads as a story: who was told and what they said, and the same small act not four times over."""

from __future__ import annotations

import pytest

from casus.informeren.services import informeer, leg_reactie_vast
from casus.models import Logregel, Terugkoppeling
from casus.selectors.tijdlijn import Lijn, casusbeeld
from casus.services.vastleggen import leg_contact_vast, leg_score_vast
from tests import factories as f
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return f.medewerker(Rol.ACHTERKANT, Rol.VOORKANT, naam="Noor Haddad")


def lijnen(casus) -> list[Lijn]:
    return [lijn for _, regels in casusbeeld(casus)["blad"].stukken for lijn in regels]


def zeg(casus, noor, zin: str) -> None:
    Logregel.objects.create(
        casus=casus, soort="casus.persoon", onderwerp_id=1, wat="wijzig", zin=zin, door=noor, op_tijdlijn=True
    )


def test_dezelfde_handeling_vier_keer_achter_elkaar_is_een_regel_en_iets_anders_ertussen_breekt_dat(noor):
    casus = f.casus(noor)
    for zin in ("BSN nagekeken", "BSN nagekeken", "Adres gewijzigd", "BSN nagekeken"):
        zeg(casus, noor, zin)
    assert [(lijn.zin, lijn.aantal) for lijn in lijnen(casus)][:3] == [
        ("BSN nagekeken", 1),
        ("Adres gewijzigd", 1),
        ("BSN nagekeken", 2),
    ]


def test_wat_iemand_schreef_wordt_nooit_samengenomen(noor):
    casus = f.casus(noor)
    for verslag in ("Oma past op.", "Vader belde terug."):
        leg_contact_vast(casus, door=noor, soort="telefoon", verslag=verslag)
    assert [lijn.tekst for lijn in lijnen(casus)][:2] == ["Vader belde terug.", "Oma past op."]


def test_wie_het_hoorde_en_wat_die_zei_staat_op_de_tijdlijn(noor):
    melding = f.melding(door=noor)
    jelle = f.betrokkene(melding.stap.casus, voornamen="Jelle", achternaam="Terpstra")
    bericht = informeer(
        melding.stap, jelle, door=noor, moment=Terugkoppeling.Moment.MELDING, meldingsnummer=melding.nummer
    )
    leg_contact_vast(melding.stap.casus, door=noor, soort="telefoon", met="school", verslag="Komt niet opdagen.")
    voer_uit(bericht, "doe_anders", door=noor, toelichting="Verteld aan tafel.")
    leg_reactie_vast(melding.stap, jelle, door=noor, meldingsnummer=melding.nummer, reactie="Het klopt niet.")
    reactie, verteld = [lijn for lijn in lijnen(melding.stap.casus) if "Terpstra" in lijn.wie][:2]
    assert (reactie.wie, reactie.tekst) == ("Noor Haddad · van Jelle Terpstra", "Het klopt niet.")
    assert verteld.wie == "Noor Haddad · aan Jelle Terpstra"
    assert verteld.motivering == "Verteld aan tafel."


def test_wat_over_de_hele_casus_gaat_breekt_een_stap_niet_in_tweeen(noor):
    melding = f.melding(door=noor)
    casus = melding.stap.casus
    leg_contact_vast(casus, door=noor, soort="telefoon", verslag="Eerste gesprek.", stap=melding.stap)
    zeg(casus, noor, "Adres gewijzigd")
    leg_contact_vast(casus, door=noor, soort="telefoon", verslag="Tweede gesprek.", stap=melding.stap)
    eerste, regels = casusbeeld(casus)["blad"].stukken[0]
    assert eerste == melding.stap
    assert [lijn.tekst or lijn.zin for lijn in regels][:3] == ["Tweede gesprek.", "Adres gewijzigd", "Eerste gesprek."]


def test_een_score_zegt_van_wie_zij_komt(noor):
    jelle = f.betrokkene(f.casus(noor), voornamen="Jelle", achternaam="Terpstra")
    leg_score_vast(jelle, 4, door=noor, herkomst="moeder")
    lijn = lijnen(jelle.casus)[0]
    assert lijn.tekst == "Jelle Terpstra: 4"
    assert lijn.wie == "Noor Haddad · volgens moeder"
