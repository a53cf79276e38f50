"""One person in two cases: when one case goes, every row of the other is as it was, its log and access log included."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casus.bewaren.wissen import historie_van
from casus.doorloop import inhoud_van, personen_van
from casus.models import Betrokkene, Casus, Contact, Logregel, Persoon, Taak
from casus.services import vastleggen
from casus.services.betrokkenen import verwijder_betrokkene, voeg_betrokkene_toe, wijzig_persoon
from casus.services.casussen import open_casus
from casus.services.werk import maak_taak
from melding.models import AangemeldePersoon
from tests import factories as f
from tests.bewaren.conftest import sluit_op
from tests.bewaren.test_wissen import dump, voer_uit_met_twee
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.toegang import Gebeurtenis, noteer_gezien, noteer_toegang

BEIDE = pytest.mark.parametrize("uitvoering", ["verwijderen", "vernietigen"])


def foto(casus: Casus, *, behalve: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    """Every row of one case: pieces, what they were before, ties, people, tasks, log and access log."""
    inhoud = inhoud_van(casus)
    rijen = {**inhoud.rijen, Persoon: personen_van(inhoud)}
    beeld: dict[str, list[Any]] = {}
    for model, pks in rijen.items():
        beeld[model.__name__] = _waarden(model._base_manager.filter(pk__in=pks), behalve)
        if (historie := historie_van(model)) is not None:
            beeld[historie.__name__] = _waarden(historie._base_manager.filter(id__in=pks), frozenset())
        for band in model._meta.many_to_many:
            door = band.remote_field.through
            beeld[door.__name__] = _waarden(
                door._base_manager.filter(**{f"{band.m2m_field_name()}__in": pks}), frozenset()
            )
    for naam, vraag in (
        ("log", Logregel.objects.filter(casus=casus)),
        (
            "taken",
            Taak.objects.filter(casus=casus).exclude(soort="bsn_nakijken"),
        ),  # the register asks one case at a time
        ("toegang", Toegang.objects.filter(casus_id=casus.pk)),
    ):
        beeld[naam] = _waarden(vraag, frozenset())
        assert beeld[naam], f"zonder {naam} bewijst dit niets"
    return beeld


def _waarden(vraag: Any, behalve: frozenset[str]) -> list[Any]:
    return [{k: v for k, v in rij.items() if k not in behalve} for rij in vraag.order_by("pk").values()]


def vul(casus: Casus, gedeeld: Betrokkene, werker) -> None:
    """What makes a case speak of the shared person in every table that could be cleared too widely."""
    vastleggen.leg_contact_vast(
        casus, door=werker, soort=Contact.Soort.HUISBEZOEK, betrokkenen=[gedeeld], verslag=f"Gesproken in {casus.pk}"
    )
    vastleggen.leg_score_vast(gedeeld, 5, door=werker)
    noteer_toegang(
        werker, Gebeurtenis.NOODKNOP, stuk=casus, casus_id=casus.pk, persoon_id=gedeeld.persoon_id, grond="spoed"
    )
    maak_taak(
        gedeeld.persoon, "kijken", titel=f"Kijk naar de persoon ({casus.pk})", omdat="proef", pad=casus.pad(),
        door=werker, casus=casus, voor=werker if casus.volgt_op_id else None,
    )  # fmt: skip


@pytest.fixture
def paar(werker, privacy) -> tuple[Casus, Casus]:
    """An old case and the one that follows it, with the same mother in both."""
    oud = f.casus(werker)
    moeder = f.betrokkene(oud, voornamen="Ans", achternaam="Terpstra", geboortedatum=date(1985, 5, 5))
    nieuw = open_casus(door=werker, verantwoordelijke=werker, volgt_op=oud)
    ook = voeg_betrokkene_toe(nieuw, moeder.persoon, door=werker)
    wijzig_persoon(moeder, door=werker, plaats="Lindedijk")  # one line in the log of each
    vul(oud, moeder, werker)
    vul(nieuw, ook, werker)
    noteer_gezien(werker, Gebeurtenis.ZOEKEN, soort="casus.persoon", persoon_ids=[moeder.persoon_id], grond="gezocht")
    return oud, nieuw


@pytest.mark.regel("RW-15.V1", "RW-15.A5")
@BEIDE
@pytest.mark.parametrize("welke", [0, 1], ids=["de eerste gaat", "de tweede gaat"])
def test_van_de_andere_casus_verandert_niets(paar, werker, privacy, uitvoering, welke):
    weg, blijft = paar[welke], paar[1 - welke]
    weg = sluit_op(weg, date(2001, 1, 1))
    los = frozenset({"volgt_op_id"}) if uitvoering == "verwijderen" and welke == 0 else frozenset()
    voor, gezocht = foto(blijft, behalve=los), Toegang.objects.get(gebeurtenis="zoeken")
    assert [regel["soort"] for regel in voor["log"]].count("casus.persoon") == 1
    voer_uit_met_twee(weg, werker, privacy, uitvoering)
    assert foto(blijft, behalve=los) == voor
    nu = Toegang.objects.get(gebeurtenis="zoeken")
    assert (nu.persoon_id, nu.grond) == (gezocht.persoon_id, "gezocht")
    assert f"Gesproken in {weg.pk}" not in dump()
    assert not Logregel.objects.filter(casus_id=weg.pk).exists()
    assert not Taak.objects.filter(casus_id=weg.pk).exists()
    assert not Toegang.objects.filter(casus_id=weg.pk).exclude(grond="", persoon_id=None).exists()
    assert weg.nummer not in dump()


@pytest.mark.regel("RW-15.V1")
def test_met_de_laatste_casus_gaat_alles_van_de_persoon(paar, werker, privacy):
    for casus in paar:
        voer_uit_met_twee(sluit_op(casus, date(2001, 1, 1)), werker, privacy, "verwijderen")
    alles = dump()
    for woord in ("Terpstra", "Lindedijk", "gezocht", "spoed"):
        assert woord not in alles, woord
    assert not Persoon.objects.exists()


@pytest.mark.regel("RW-15.V1")
def test_wie_bij_vergissing_in_een_andere_casus_stond_blijft_tot_ook_die_gaat(paar, werker, privacy):
    """The history of that other case still knows the person: it is not cleared from outside."""
    oud, nieuw = paar
    vergist = f.betrokkene(oud, achternaam="Vergist", geboortedatum=date(1970, 1, 1))
    persoon = vergist.persoon
    elders = voeg_betrokkene_toe(nieuw, persoon, door=werker)
    verwijder_betrokkene(elders, door=werker, reden="hoorde hier niet")
    voer_uit_met_twee(sluit_op(oud, date(2001, 1, 1)), werker, privacy, "verwijderen")
    assert Betrokkene.history.filter(casus_id=nieuw.pk, persoon_id=persoon.pk).count() == 2
    assert "Vergist" in dump()
    voer_uit_met_twee(sluit_op(nieuw, date(2001, 1, 1)), werker, privacy, "verwijderen")
    assert "Vergist" not in dump()


@pytest.mark.regel("RW-15.V1", "RW-6.3")
def test_een_signaal_dat_nog_wacht_blijft_als_een_genoemde_elders_gewist_wordt(paar, werker, privacy):
    """It was once tied to the person who goes; the report itself is not theirs to take along."""
    oud, nieuw = paar
    signaal = f.signaal(personen=(f.aangeleverd(achternaam="Terpstra"),))
    genoemd = AangemeldePersoon.objects.get(signaal=signaal)
    genoemd.persoon = Persoon.objects.get()
    genoemd.bewaar(door=werker, reden="herkend")
    for casus in (oud, nieuw):
        voer_uit_met_twee(sluit_op(casus, date(2001, 1, 1)), werker, privacy, "verwijderen")
    assert not Persoon.objects.exists()
    assert AangemeldePersoon.objects.get(pk=genoemd.pk).persoon is None
    assert genoemd.history.count() == 2
    assert not genoemd.history.exclude(persoon_id=None).exists()


@pytest.mark.regel("RW-5.16c", "RW-15.V1")
@BEIDE
def test_van_een_ingetrokken_voorstel_blijft_geen_vrije_tekst(werker, privacy, gesloten, uitvoering):
    from casus.bewaren.models import Verwijdering
    from casus.bewaren.services import stel_voor
    from vt_cvs.kern.overgangen import voer_uit

    casus = gesloten(date(2001, 1, 1))
    eerder = stel_voor(
        casus, door=werker, uitvoering="vernietigen", wegreden="verzoek", toelichting="Mevrouw Terpstra belde hierover."
    )
    voer_uit(eerder, "trek_in", door=werker)
    voer_uit_met_twee(casus, werker, privacy, uitvoering)
    assert Verwijdering.objects.get(pk=eerder.pk).toelichting == ""
    assert "belde hierover" not in dump()
