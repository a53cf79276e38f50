"""The machines of the spine: Casus and Betrokkene, in code, on screen and in the database."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from casus.models import Betrokkene, Casus, Logregel
from casus.services.betrokkenen import verwijder_betrokkene
from casus.services.casussen import begin_stap, open_casus, sluit_casus, zet_startdatum
from casus.services.werk import maak_taak
from tests import factories
from tests.machines import (
    JA,
    NEE,
    NOOIT,
    controleer_database,
    controleer_regel,
    controleer_trigger,
    controleer_volledig,
)
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db

ROLLEN = ("behandelaar", "teamleider", "buiten", "beheerder", "systeem")
CASUS = [
    # stand        stap          behandelaar teamleider buiten beheerder systeem
    ("open", "sluit", JA, JA, NEE, NEE, JA),
    ("open", "herstel", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("open", "vernietig", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("gesloten", "sluit", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("gesloten", "herstel", NEE, JA, NEE, NEE, NEE),
    ("gesloten", "vernietig", NEE, NEE, NEE, NEE, JA),
    ("vernietigd", "sluit", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("vernietigd", "herstel", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("vernietigd", "vernietig", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
]
BETROKKENE = [
    ("betrokken_derde", "wordt_directbetrokkene", JA, JA, NEE, NEE, JA),
    ("directbetrokkene", "wordt_directbetrokkene", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("professional", "wordt_directbetrokkene", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
]
GEGEVENS = {"herstel": {"reden": "bij vergissing gesloten"}, "wordt_directbetrokkene": {"reden": "bleek in gesprek"}}


@pytest.fixture
def wie():
    behandelaar = factories.medewerker()
    return {
        "behandelaar": behandelaar,
        "teamleider": factories.collega(behandelaar, Rol.TEAMLEIDER),
        "buiten": factories.buitenstaander(),
        "beheerder": factories.medewerker(Rol.BEHEERDER),
        "systeem": factories.systeem(),
    }


def casus_in(stand: str, wie) -> Casus:
    casus = factories.casus(wie["behandelaar"])
    if stand != "open":
        casus = sluit_casus(casus, door=wie["behandelaar"])
    if stand == "vernietigd":
        casus = voer_uit(casus, "vernietig", door=wie["systeem"])
    return casus


@pytest.mark.parametrize("rij", CASUS, ids=lambda r: f"{r[0]}-{r[1]}")
def test_wie_welke_stap_in_een_casus_zet(rij, wie):
    stand, stap, *verwacht = rij
    rollen = dict(zip(ROLLEN, verwacht, strict=True))
    controleer_regel(casus_in(stand, wie), stap, rollen, wie, GEGEVENS.get(stap, {}))


@pytest.mark.parametrize("rij", BETROKKENE, ids=lambda r: f"{r[0]}-{r[1]}")
def test_wie_de_rol_van_een_betrokkene_wijzigt(rij, wie):
    stand, stap, *verwacht = rij
    casus = factories.casus(wie["behandelaar"])
    betrokkene = factories.betrokkene(casus, rol=stand)
    controleer_regel(betrokkene, stap, dict(zip(ROLLEN, verwacht, strict=True)), wie, GEGEVENS[stap])


def test_de_tabellen_zijn_volledig_en_de_database_kent_dezelfde_pijlen():
    controleer_volledig(Casus, CASUS)
    controleer_volledig(Betrokkene, BETROKKENE)
    controleer_trigger(Casus)
    controleer_trigger(Betrokkene)


def test_sql_kan_geen_casus_buiten_de_pijlen_om_verplaatsen(wie):
    controleer_database(lambda stand: casus_in(stand, wie), Casus)


@pytest.mark.regel("RW-7.4")
def test_een_betrokken_derde_met_een_aandeel_wordt_directbetrokkene_met_reden_in_het_logboek(wie):
    casus = factories.casus(wie["behandelaar"])
    betrokkene = factories.betrokkene(casus, rol="betrokken_derde")
    voer_uit(betrokkene, "wordt_directbetrokkene", door=wie["behandelaar"], reden="Oma bleek betrokken bij de ruzie.")
    regel = Logregel.objects.get(casus=casus, wat="wordt_directbetrokkene")
    assert regel.motivering == "Oma bleek betrokken bij de ruzie."
    assert "RW-7.4" in regel.regels
    betrokkene.refresh_from_db(fields=["versie"])
    assert betrokkene.history.count() == 2


@pytest.mark.regel("RW-7.5")
def test_een_directbetrokkene_wordt_geen_betrokken_derde_in_code(wie):
    betrokkene = factories.betrokkene(factories.casus(wie["behandelaar"]))
    assert all(pijl.naar != "betrokken_derde" for pijl in Betrokkene.overgangen())
    with pytest.raises(StapKanNiet):
        voer_uit(betrokkene, "wordt_betrokken_derde", door=wie["behandelaar"])
    with pytest.raises(AttributeError):
        betrokkene.stand = "betrokken_derde"


@pytest.mark.regel("RW-7.5")
def test_een_directbetrokkene_wordt_geen_betrokken_derde_met_sql(wie):
    betrokkene = factories.betrokkene(factories.casus(wie["behandelaar"]))
    with pytest.raises(DatabaseError, match="rw_7_5|transition"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casus_betrokkene SET stand = 'betrokken_derde' WHERE id = %s", [betrokkene.pk])
    with pytest.raises(DatabaseError), transaction.atomic():
        Betrokkene.objects.filter(pk=betrokkene.pk).update(stand="betrokken_derde")


@pytest.mark.regel("RW-7.5")
def test_wie_er_nooit_bij_hoorde_gaat_met_reden_uit_de_casus(wie):
    casus = factories.casus(wie["behandelaar"])
    betrokkene = factories.betrokkene(casus, achternaam="Vergissing")
    with pytest.raises(RegelGeweigerd, match="reden"):
        verwijder_betrokkene(betrokkene, door=wie["behandelaar"], reden="  ")
    verwijder_betrokkene(betrokkene, door=wie["behandelaar"], reden="Verkeerde persoon gekozen.")
    assert not Betrokkene.objects.filter(casus=casus).exists()
    assert Logregel.objects.get(casus=casus, wat="verwijder").motivering == "Verkeerde persoon gekozen."
    casus.refresh_from_db(fields=["naam"])
    assert casus.naam == ""


@pytest.mark.regel("RW-6.8")
def test_de_startdatum_volgt_de_correctie_van_de_eerste_melding(wie):
    casus = factories.casus(wie["behandelaar"])
    eerder = casus.gestart_op.replace(year=casus.gestart_op.year - 1)
    assert zet_startdatum(casus, eerder, door=wie["behandelaar"]).gestart_op == eerder
    assert Logregel.objects.filter(casus=casus, wat="startdatum").count() == 1


@pytest.mark.regel("RW-4.8", "RW-5.12e")
def test_sluiten_toont_alles_wat_nog_open_staat_tegelijk_met_een_link(wie):
    casus = factories.casus(wie["behandelaar"])
    begin_stap(casus, "melding", door=wie["behandelaar"])
    for soort in ("vht", "contact"):
        maak_taak(casus, soort, titel=f"{soort} doen", omdat="x", pad="/ergens/", door=wie["behandelaar"], casus=casus)
    with pytest.raises(RegelGeweigerd) as weigering:
        sluit_casus(casus, door=wie["behandelaar"])
    assert len(weigering.value.belemmeringen) == 3
    assert all(b.link for b in weigering.value.belemmeringen)
    assert {b.regel.id for b in weigering.value.belemmeringen} == {"RW-4.8"}
    transaction.set_rollback(True)  # this step has no owner, which the end of a transaction refuses


@pytest.mark.regel("WVT-5")
def test_herstel_van_sluiten_vraagt_altijd_een_reden(wie):
    casus = casus_in("gesloten", wie)
    with pytest.raises(RegelGeweigerd):
        voer_uit(casus, "herstel", door=wie["teamleider"], reden=" ")
    assert voer_uit(casus, "herstel", door=wie["teamleider"], reden="Verkeerde casus.").is_open


@pytest.mark.regel("RW-3.10")
def test_een_stap_zonder_eigenaar_haalt_het_einde_van_de_transactie_niet(wie):
    casus = factories.casus(wie["behandelaar"])
    begin_stap(casus, "melding", door=wie["behandelaar"])
    with pytest.raises(DatabaseError, match="rw_3_10"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


def test_twee_open_diensten_vv_of_oz_weigert_de_database(wie):
    casus = factories.casus(wie["behandelaar"])
    begin_stap(casus, "vv", door=wie["behandelaar"])
    with pytest.raises(DatabaseError, match="rw_9_2"), transaction.atomic():
        begin_stap(casus, "oz", door=wie["behandelaar"])
    transaction.set_rollback(True)


def test_een_casusnummer_dat_al_bestaat_wordt_opnieuw_getrokken(wie, monkeypatch):
    eerste = factories.casus(wie["behandelaar"])
    nummers = iter([eerste.nummer, "C-111-111-118"])
    monkeypatch.setattr("casus.services.casussen.nieuw_nummer", lambda _: next(nummers))
    assert open_casus(door=wie["behandelaar"]).nummer == "C-111-111-118"
