"""The triagebesluit: two names, one per melding, never revised; acute at once and confirmed afterwards."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pgtrigger
import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from casus.models import Casus, Logregel, Taak, Terugkoppeling
from casus.rechten import mag_lezen
from melding.models import Melding
from melding.services import handel_af
from tests import factories
from triage.models import VHT, Bevestiging, Triagebesluit
from triage.services import (
    bevestig_achteraf,
    bewaar_concept,
    teken_aan,
    triagebesluit_genomen,
    vraag_bevestiging,
)
from vt_cvs.kern.dossier import VerouderdeVersie
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


def regels_van(weigering) -> list[str]:
    return [b.regel.id for b in weigering.value.belemmeringen if b.regel]


def sql(vraag: str, *waarden) -> None:
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden)


def open_taken(soort: str) -> list[Taak]:
    return list(Taak.objects.filter(soort=soort, stand="open"))


# --- two employees ----------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-8.10")
@pytest.mark.parametrize("stap", ["leg_voor", "neem_acuut"])
def test_een_naam_of_twee_keer_dezelfde_wordt_geweigerd(noor, stap):
    besluit = factories.besluit(door=noor)
    gegevens = {"uitkomst": "bij_vt"} if stap == "leg_voor" else {"motivering": "spoed"}
    for tweede in (None, noor, factories.systeem(), factories.collega(noor, Rol.VOORKANT)):
        with pytest.raises(RegelGeweigerd) as weigering:
            voer_uit(besluit, stap, door=noor, tweede=tweede, **gegevens)
        assert regels_van(weigering) == ["RW-8.10"]
    assert Triagebesluit.objects.get(pk=besluit.pk).stand == "concept"


@pytest.mark.regel("RW-8.10")
@pytest.mark.parametrize("stand", ["voorgelegd", "genomen"])
@pytest.mark.parametrize("tweede", ["dezelfde", "geen"])
def test_ook_de_database_wil_twee_verschillende_namen(noor, stand, tweede):
    besluit = factories.besluit(door=noor)
    if stand == "genomen":
        factories.besluit("voorgelegd", door=noor)
    wie = noor.pk if tweede == "dezelfde" else None
    with pytest.raises(IntegrityError, match="rw_8_10_twee_"), transaction.atomic():
        sql(
            "UPDATE triage_triagebesluit SET stand = %s, uitkomst = 'bij_vt', opsteller_id = %s, tweede_id = %s,"
            " genomen_op = CASE WHEN %s = 'genomen' THEN now() END WHERE id = %s",
            stand,
            noor.pk,
            wie,
            stand,
            besluit.pk,
        )


@pytest.mark.regel("RW-8.10", "RW-8.10b")
def test_wie_voorstelt_tekent_niet_zelf(noor):
    besluit = factories.besluit("voorgelegd", door=noor)
    with pytest.raises(NietToegestaan, match="niet zelf het besluit heeft opgesteld"):
        voer_uit(besluit, "bevestig", door=noor)


@pytest.mark.regel("RW-8.10b")
def test_de_collega_ziet_het_verzoek_en_tekent_onder_eigen_naam(noor, sanne):
    besluit = factories.besluit("voorgelegd", door=noor, tweede=sanne)
    taak = open_taken("tekenen")[0]
    assert (taak.voor, taak.pad, taak.direct) == (sanne, besluit.tekenpad(), False)
    assert open_taken("besluit_voorstellen") == []
    besluit = voer_uit(besluit, "bevestig", door=sanne, toelichting="Eens.")
    handtekening = Bevestiging.objects.get()
    assert (handtekening.getekend_door, handtekening.oordeel, handtekening.toelichting) == (sanne, "eens", "Eens.")
    assert besluit.is_genomen
    assert open_taken("tekenen") == []


@pytest.mark.regel("RW-8.10b")
def test_tekent_een_andere_collega_dan_is_die_de_tweede(noor, sanne):
    ander = factories.collega(noor)
    besluit = voer_uit(factories.besluit("voorgelegd", door=noor, tweede=sanne), "bevestig", door=ander)
    assert besluit.tweede == ander
    assert Bevestiging.objects.get().getekend_door == ander


@pytest.mark.regel("RW-8.10b")
def test_wie_opstelde_bevestigt_ook_in_de_database_niet(noor):
    besluit = factories.besluit(acuut=True, door=noor)
    with pytest.raises(DatabaseError, match="rw_8_10b"), transaction.atomic():
        Bevestiging(besluit=besluit, oordeel="eens", getekend_door=noor).bewaar(door=noor, reden="zelf")


def test_wie_van_buiten_gevraagd_wordt_kan_de_casus_lezen(noor):
    deskundige = factories.medewerker(Rol.GEDRAGSWETENSCHAPPER, van=factories.team("Oost"))
    besluit = factories.besluit("voorgelegd", door=noor, tweede=deskundige)
    assert mag_lezen(deskundige, besluit)
    assert not mag_lezen(factories.medewerker(Rol.GEDRAGSWETENSCHAPPER, van=factories.team("Oost")), besluit)


def test_terug_met_een_vraag_geeft_de_opsteller_een_taak_en_bewaart_het_voorstel(noor, sanne):
    besluit = factories.besluit("voorgelegd", door=noor, tweede=sanne, uitkomst="overdracht")
    with pytest.raises(RegelGeweigerd):
        voer_uit(besluit, "geef_terug", door=sanne, toelichting=" ")
    besluit = voer_uit(besluit, "geef_terug", door=sanne, toelichting="Kan het wijkteam vandaag?")
    assert (besluit.stand, besluit.uitkomst) == ("concept", "overdracht")
    taak = open_taken("besluit_aanpassen")[0]
    assert (taak.voor, taak.titel) == (noor, "Triagebesluit opnieuw voorleggen")
    assert Bevestiging.objects.get().toelichting == "Kan het wijkteam vandaag?"
    besluit = voer_uit(besluit, "leg_voor", door=noor, uitkomst="bij_vt", tweede=sanne)
    assert open_taken("besluit_aanpassen") == []
    assert voer_uit(besluit, "bevestig", door=sanne).is_genomen


def test_een_voorstel_is_terug_te_halen(noor, sanne):
    besluit = voer_uit(factories.besluit("voorgelegd", door=noor, tweede=sanne), "haal_terug", door=noor)
    assert besluit.stand == "concept"
    assert open_taken("tekenen") == []
    assert open_taken("besluit_voorstellen")[0].voor == noor


# --- one per melding, never revised -----------------------------------------------------------------------------


@pytest.mark.regel("RW-8.19")
def test_een_tweede_besluit_weigert_de_database(noor):
    besluit = factories.besluit("genomen", door=noor)
    with pytest.raises(IntegrityError, match="rw_8_19_een_besluit_per_melding"), transaction.atomic():
        sql(
            "INSERT INTO triage_triagebesluit (versie, stand, uitkomst, toelichting, acuut, vht_id)"
            " VALUES (1, 'concept', '', '', false, %s)",
            besluit.vht_id,
        )
    with pytest.raises(StapKanNiet):
        voer_uit(besluit, "leg_voor", door=noor, uitkomst="einde", tweede=factories.collega(noor))


@pytest.mark.regel("RW-8.19")
@pytest.mark.django_db(transaction=True)
def test_twee_die_tegelijk_tekenen_nemen_een_besluit(noor, sanne):
    besluit = factories.besluit("voorgelegd", door=noor, tweede=sanne)
    klaar = threading.Barrier(2)
    uitkomsten: list[str] = []

    def teken(wie, stap, gegevens) -> None:
        klaar.wait(timeout=20)
        try:
            voer_uit(Triagebesluit.objects.get(pk=besluit.pk), stap, door=wie, **gegevens)
            uitkomsten.append(stap)
        except StapKanNiet:
            uitkomsten.append("te laat")
        connection.close()

    ander = factories.collega(noor)
    draden = [
        threading.Thread(target=teken, args=(sanne, "bevestig", {})),
        threading.Thread(target=teken, args=(ander, "bevestig", {})),
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomsten) == ["bevestig", "te laat"]
    assert Bevestiging.objects.filter(besluit=besluit).count() == 1
    assert Terugkoppeling.objects.count() == 1


@pytest.mark.regel("RW-9.3")
@pytest.mark.parametrize(
    "vraag",
    [
        "UPDATE triage_triagebesluit SET uitkomst = 'einde' WHERE id = %s",
        "UPDATE triage_triagebesluit SET toelichting = 'anders' WHERE id = %s",
        "UPDATE triage_triagebesluit SET stand = 'concept', genomen_op = NULL WHERE id = %s",
        "DELETE FROM triage_triagebesluit WHERE id = %s",
    ],
)
def test_een_genomen_besluit_staat_vast_in_de_database(noor, vraag):
    besluit = factories.besluit("genomen", door=noor)
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(vraag, besluit.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        besluit.history.all().update(uitkomst="einde")


@pytest.mark.regel("RW-9.3")
def test_alleen_het_vernietigen_komt_langs_de_wacht(noor):
    besluit = factories.besluit("genomen", door=noor)
    with pgtrigger.ignore("triage.Triagebesluit:rw_9_3_staat_vast"):
        Triagebesluit.objects.filter(pk=besluit.pk).update(toelichting="")


@pytest.mark.regel("RW-9.3")
def test_een_aantekening_komt_naast_het_besluit(noor):
    besluit = factories.besluit("genomen", door=noor)
    teken_aan(besluit, "Het wijkteam kon later toch.", door=noor)
    assert besluit.aantekeningen.get().aantekening == "Het wijkteam kon later toch."
    assert Logregel.objects.filter(zin="Aantekening bij het triagebesluit").exists()
    assert Triagebesluit.objects.get(pk=besluit.pk).versie == besluit.versie


# --- acute ------------------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-8.13", "RW-3.3", "RW-8.10b")
@time_machine.travel(datetime(2026, 11, 20, 22, 17, tzinfo=UTC), tick=False)
def test_een_acuut_besluit_gaat_door_met_lege_vht_en_een_ingelogde_medewerker(noor, sanne):
    vht = factories.vht(door=noor)
    with pytest.raises(RegelGeweigerd) as weigering:
        voer_uit(vht.besluit, "neem_acuut", door=noor, tweede=sanne)
    assert regels_van(weigering) == ["RW-8.10b"]
    besluit = voer_uit(vht.besluit, "neem_acuut", door=noor, tweede=sanne, motivering="Gebeld met Sanne.")
    assert (besluit.uitkomst, besluit.acuut, besluit.tweede) == ("bij_vt", True, sanne)
    assert f"{besluit.genomen_op:%H:%M}" == "22:17"
    vht = VHT.objects.get(pk=vht.pk)
    assert (vht.tussenstand_a, vht.stand, vht.stap.is_open) == ("ja", "in_bewerking", True)
    assert Casus.objects.get().veiligheid == "acuut"
    assert Melding.objects.get().stand == "besloten"
    regel = Logregel.objects.get(wat="neem_acuut")
    assert regel.motivering == "Gebeld met Sanne."
    assert {"RW-8.10b", "RW-8.13"} <= set(regel.regels)
    taak = open_taken("tekenen")[0]  # Friday night: the next working day
    assert (taak.voor, taak.uiterlijk, taak.direct) == (sanne, date(2026, 11, 23), True)


@pytest.mark.regel("RW-8.10b")
def test_de_bevestiging_achteraf_staat_op_eigen_naam_en_verandert_het_besluit_niet(noor, sanne):
    besluit = factories.besluit(acuut=True, door=noor, tweede=sanne)
    assert not besluit.is_bevestigd
    with pytest.raises(NietToegestaan):
        bevestig_achteraf(besluit, door=noor, oordeel="eens")
    bevestig_achteraf(besluit, door=sanne, oordeel="eens")
    assert besluit.is_bevestigd
    assert open_taken("tekenen") == []
    assert Triagebesluit.objects.get(pk=besluit.pk).versie == besluit.versie
    with pytest.raises(StapKanNiet):
        bevestig_achteraf(besluit, door=sanne, oordeel="eens")


@pytest.mark.regel("RW-8.10b")
def test_bezwaar_achteraf_gaat_naar_de_opsteller_die_een_ander_kan_vragen(noor, sanne):
    besluit = factories.besluit(acuut=True, door=noor, tweede=sanne)
    with pytest.raises(RegelGeweigerd):
        bevestig_achteraf(besluit, door=sanne, oordeel="terug")
    bevestig_achteraf(besluit, door=sanne, oordeel="terug", toelichting="Dit was niet acuut.")
    assert open_taken("besluit_aanpassen")[0].voor == noor
    assert Triagebesluit.objects.get(pk=besluit.pk).is_genomen
    with pytest.raises(RegelGeweigerd):
        vraag_bevestiging(besluit, noor, door=noor)
    ander = factories.collega(noor)
    vraag_bevestiging(besluit, ander, door=noor)
    assert [taak.voor for taak in open_taken("tekenen")] == [ander]
    bevestig_achteraf(besluit, door=ander, oordeel="eens")
    assert besluit.is_bevestigd


@pytest.mark.regel("RW-8.14", "RW-8.10b")
def test_een_melding_met_acuut_besluit_is_pas_af_na_eindconclusie_en_bevestiging(noor, sanne):
    besluit = factories.besluit(acuut=True, door=noor, tweede=sanne)
    with pytest.raises(RegelGeweigerd) as weigering:
        handel_af(besluit.vht.melding, door=noor)
    assert {"RW-8.14", "RW-8.10b"} <= set(regels_van(weigering))


@pytest.mark.regel("RW-8.14")
def test_de_triagestap_eindigt_als_besluit_en_eindconclusie_er_beide_zijn(noor):
    besluit = factories.besluit(acuut=True, door=noor, A1=True, B1=False, B2=False, B3=False, B4=False)
    vht = VHT.objects.get(pk=besluit.vht_id)
    assert vht.stap.is_open
    vht = voer_uit(vht, "stel_vast", door=noor, motivering="A2 tot A4 zijn niet meer te vragen.")
    assert not VHT.objects.get(pk=vht.pk).stap.is_open
    assert not VHT.objects.get(pk=factories.besluit("genomen").vht_id).stap.is_open


# --- what rests on it, and what follows -------------------------------------------------------------------------


@pytest.mark.regel("RW-8.18")
def test_voorleggen_zonder_eindconclusie_kan_met_motivering(noor, sanne):
    besluit = factories.vht(door=noor, B1=True).besluit
    with pytest.raises(RegelGeweigerd) as weigering:
        voer_uit(besluit, "leg_voor", door=noor, uitkomst="overdracht", tweede=sanne)
    assert regels_van(weigering) == ["RW-8.18"]
    besluit = voer_uit(
        besluit, "leg_voor", door=noor, uitkomst="overdracht", tweede=sanne, motivering="Het wijkteam wacht."
    )
    assert besluit.stand == "voorgelegd"


@pytest.mark.regel("RW-13.S0")
@pytest.mark.parametrize("uitkomst", Triagebesluit.Uitkomst.values)
def test_het_besluit_mag_van_de_conclusie_afwijken(noor, uitkomst):
    besluit = factories.besluit("genomen", door=noor, uitkomst=uitkomst, A1=True, **dict.fromkeys(["B1", "B2"], False))
    assert (besluit.uitkomst, besluit.vht.eindconclusie) == (uitkomst, "acuut")


@pytest.mark.regel("RW-6.7")
def test_na_het_besluit_staat_de_terugkoppeling_klaar_met_alleen_het_meldingsnummer(noor):
    melding = factories.melding(
        door=noor, melder={"naam": "Agent De Boer", "email": "boer@politie.example", "functie": "politieagent"}
    )
    besluit = VHT.objects.get(melding=melding).besluit
    voer_uit(besluit, "neem_acuut", door=noor, tweede=factories.collega(noor), motivering="spoed")
    terugkoppeling = Terugkoppeling.objects.get()
    assert terugkoppeling.meldingsnummer == melding.nummer
    assert (terugkoppeling.aan, terugkoppeling.adres) == ("Agent De Boer", "boer@politie.example")
    assert terugkoppeling.functie == "Justitie: politieagent"
    assert terugkoppeling.moment == "triagebesluit"


def test_wie_hierop_verder_bouwt_hoort_het_in_dezelfde_transactie(noor):
    gehoord = []
    triagebesluit_genomen.luister(lambda besluit, door: gehoord.append((besluit.uitkomst, door, besluit.is_genomen)))
    sanne = factories.collega(noor)
    factories.besluit("genomen", door=noor, tweede=sanne, uitkomst="overdracht")
    assert gehoord == [("overdracht", sanne, True)]


def test_een_luisteraar_die_faalt_draait_alles_terug(noor, sanne):
    def faalt(**_):
        raise RuntimeError("de dienst kon niet beginnen")

    besluit = factories.besluit("voorgelegd", door=noor, tweede=sanne)
    triagebesluit_genomen.luister(faalt)
    with pytest.raises(RuntimeError), transaction.atomic():
        voer_uit(besluit, "bevestig", door=sanne)
    assert Triagebesluit.objects.get(pk=besluit.pk).stand == "voorgelegd"
    assert not Terugkoppeling.objects.exists()


def test_een_concept_bewaart_wat_er_al_is_en_vraagt_niets(noor, sanne):
    besluit = factories.vht(door=noor).besluit
    besluit = bewaar_concept(besluit, door=noor, versie=besluit.versie, uitkomst="", toelichting="Nog", tweede=None)
    with pytest.raises(VerouderdeVersie):
        bewaar_concept(besluit, door=sanne, versie=1, toelichting="Anders")
    besluit = bewaar_concept(besluit, door=sanne, toelichting="Anders", tweede=noor)
    assert (besluit.toelichting, besluit.opsteller) == ("Anders", None)
    voorgelegd = factories.besluit("voorgelegd", door=noor)
    with pytest.raises(StapKanNiet):
        bewaar_concept(voorgelegd, door=noor, toelichting="te laat")


@pytest.mark.regel("RW-8.10b")
@pytest.mark.django_db
def test_sql_kan_geen_gewoon_besluit_nemen_zonder_handtekening():
    """Two names and a state do not make a decision: the second must have signed."""
    besluit = factories.besluit()
    een = besluit.casus.verantwoordelijke
    twee = factories.collega(een)
    with pytest.raises(DatabaseError, match="rw_8_10b"), transaction.atomic():
        Triagebesluit.objects.filter(pk=besluit.pk).update(
            stand="genomen", opsteller=een, tweede=twee, uitkomst="einde", genomen_op=timezone.now()
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
