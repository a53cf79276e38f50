"""The VHT: everything can be recorded, and the final conclusion asks for what the rules ask."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from casus.models import Casus, Logregel, Taak
from casus.services.casussen import begin_stap
from melding.models import Melding
from tests import factories
from triage.models import VHT, Antwoord, Feit, Geweldsvorm
from triage.services import beantwoord, begin_triage, verwijder_vorm, voeg_feit_toe, voeg_vorm_toe, wijzig_feit
from vt_cvs.kern.overgangen import belemmeringen_voor, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db
ALLES = ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4", "C1", "C2", "C3"]


def vul(vht: VHT, door, *, ja: tuple[str, ...] = (), behalve: tuple[str, ...] = ()) -> VHT:
    """“Nee” to everything, except."""
    for antwoord in vht.antwoorden.exclude(vraag__in=behalve):
        beantwoord(antwoord, door=door, waarde=antwoord.vraag in ja)
    return VHT.objects.get(pk=vht.pk)


def geweigerd_om(vht: VHT, door, **meer) -> list[str]:
    with pytest.raises(RegelGeweigerd) as weigering:
        voer_uit(vht, "stel_vast", door=door, **meer)
    return [b.regel.id for b in weigering.value.belemmeringen if b.regel]


def sql(vraag: str, *waarden) -> None:
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden)


# --- from melding to VHT ----------------------------------------------------------------------------------------


@time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False)
def test_een_melding_begint_de_vht_met_een_taak_en_zijn_termijn(noor):
    melding = factories.melding(door=noor)
    vht = VHT.objects.get(melding=melding)
    assert [a.vraag for a in vht.antwoorden.all()] == ALLES
    assert vht.stap.soort == "triage"
    assert vht.stap.verantwoordelijke == noor
    taak = Taak.objects.get(onderwerp_soort="triage.vht", onderwerp_id=vht.pk)
    assert (taak.titel, taak.voor, taak.pad) == ("VHT invullen", noor, vht.pad())
    assert taak.uiterlijk == melding.termijn.sturend.uiterlijk
    assert vht.besluit.stand == "concept"


@pytest.mark.regel("RW-5.12a")
def test_een_gecorrigeerde_ontvangst_schuift_de_termijn_mee(noor):
    from melding.services import wijzig_melding

    melding = factories.melding(door=noor)
    taak = Taak.objects.get(onderwerp_soort="triage.vht")
    wijzig_melding(melding, door=noor, ontvangen_op=datetime(2026, 11, 2, 9, tzinfo=UTC))
    nieuw = Taak.objects.get(pk=taak.pk)
    assert nieuw.uiterlijk == Melding.objects.get().termijn.sturend.uiterlijk
    assert nieuw.uiterlijk < taak.uiterlijk


@pytest.mark.regel("RW-13.S0")
def test_een_tweede_vht_bij_dezelfde_melding_weigert_de_database(noor):
    vht = factories.vht(door=noor)
    assert begin_triage(vht.melding, door=noor) == vht
    with pytest.raises(IntegrityError, match="rw_13_s0_een_vht_per_melding"), transaction.atomic():
        stap = begin_stap(vht.casus, "triage", door=noor)
        VHT(stap=stap, melding=vht.melding, instrument=vht.instrument).bewaar(door=noor, reden="nog een")


@pytest.mark.regel("RW-13.S0")
@pytest.mark.django_db(transaction=True)
def test_twee_die_tegelijk_beginnen_maken_een_vht(noor):
    vht = factories.vht(door=noor)
    # As if triage had not begun: two employees open the same report at the same moment.
    sql("ALTER TABLE triage_historicalvht DISABLE TRIGGER USER")
    melding = vht.melding
    casus = vht.casus
    with transaction.atomic():
        sql("DELETE FROM triage_antwoord WHERE vht_id = %s", vht.pk)
        sql("DELETE FROM triage_triagebesluit WHERE vht_id = %s", vht.pk)
        sql("DELETE FROM triage_vht WHERE id = %s", vht.pk)
    klaar = threading.Barrier(2)
    gevonden: list[int] = []

    def begin() -> None:
        klaar.wait(timeout=20)
        gevonden.append(begin_triage(Melding.objects.get(pk=melding.pk), door=noor).pk)
        connection.close()

    draden = [threading.Thread(target=begin) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(set(gevonden)) == 1
    assert VHT.objects.filter(stap__casus=casus).count() == 1


# --- filling in -------------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-8.14", "RW-8.13")
def test_een_positieve_a_is_meteen_een_tussenstand_die_overal_te_zien_is(noor):
    vht = factories.vht(door=noor)
    beantwoord(vht.antwoorden.get(vraag="A2"), door=noor, waarde=True, feit="Gebroken pols.", bron="SEH-arts")
    vht = VHT.objects.get(pk=vht.pk)
    assert (vht.tussenstand_a, vht.tussenstand_door, vht.eindconclusie) == ("ja", noor, "")
    assert vht.tussenstand_op is not None
    assert Casus.objects.get().veiligheid == "acuut"
    assert Taak.objects.get(soort="vht").direct
    assert vht.melding.stand == "in_beoordeling"
    # B and C can be filled meanwhile; the interim conclusion stays what it is.
    beantwoord(vht.antwoorden.get(vraag="B1"), door=noor, waarde=True)
    assert VHT.objects.get(pk=vht.pk).tussenstand_op == vht.tussenstand_op
    beantwoord(Antwoord.objects.get(vht=vht, vraag="A2"), door=noor, waarde=False)
    assert VHT.objects.get(pk=vht.pk).tussenstand_a == ""
    assert Casus.objects.get().veiligheid == "onbekend"
    for vraag in ("A1", "A3", "A4"):
        beantwoord(vht.antwoorden.get(vraag=vraag), door=noor, waarde=False)
    assert VHT.objects.get(pk=vht.pk).tussenstand_a == "nee"


@pytest.mark.regel("RW-8.12")
def test_een_vorm_zonder_feit_en_bron_houdt_alleen_de_eindconclusie_tegen(noor, sanne):
    vht = vul(factories.vht(door=noor), noor, ja=("A1",))
    vorm = voeg_vorm_toe(vht, door=noor, vorm="pg-lichamelijk")
    assert VHT.objects.get(pk=vht.pk).tussenstand_a == "ja"
    assert geweigerd_om(vht, noor, motivering="toch") == ["RW-8.12"]
    (obstakel,) = belemmeringen_voor(vht, "stel_vast")
    assert obstakel.uitleg == "Zet bij “(Ex-)partnergeweld: lichamelijk” een feit met zijn bron."
    assert (obstakel.link, obstakel.link_tekst) == (f"{vht.pad()}#id_vorm-{vorm.pk}-feit", "Naar feit en bron")
    feit = voeg_feit_toe(vorm, door=noor, feit=" ", bron="\t")
    obstakels = belemmeringen_voor(vht, "stel_vast")
    assert [b.uitleg for b in obstakels] == [
        "Vul bij “(Ex-)partnergeweld: lichamelijk” het feit in.",
        "Vul bij “(Ex-)partnergeweld: lichamelijk” de bron in.",
    ]
    assert obstakels[0].link == f"{vht.pad()}#id_feit-{feit.pk}-feit"
    voer_uit(vht.besluit, "neem_acuut", door=noor, tweede=sanne, motivering="direct gevaar")
    wijzig_feit(feit, door=noor, feit="Gebroken pols.", bron=" \n")
    assert geweigerd_om(vht, noor) == ["RW-8.12"]
    wijzig_feit(Feit.objects.get(), door=noor, bron="SEH-arts")
    assert voer_uit(vht, "stel_vast", door=noor).eindconclusie == "acuut"


@pytest.mark.regel("RW-8.12")
@pytest.mark.parametrize(("feit", "bron"), [("", "school"), ("Blauwe plek.", " \t\n"), ("", "")])
def test_ook_de_database_wil_bij_elke_vorm_feit_en_bron(noor, feit, bron):
    vht = vul(factories.vht(door=noor), noor)
    voeg_vorm_toe(vht, door=noor, vorm="km-lichamelijk", feit="Tweede feit.", bron="buurvrouw")
    voeg_vorm_toe(vht, door=noor, vorm="ouderen", feit=feit, bron=bron)
    with pytest.raises(DatabaseError, match="rw_8_12"), transaction.atomic():
        sql(
            "UPDATE triage_vht SET stand = 'vastgesteld', eindconclusie = 'geen', vastgesteld_op = now(),"
            " vastgesteld_door_id = %s WHERE id = %s",
            noor.pk,
            vht.pk,
        )


@pytest.mark.regel("RW-8.7")
def test_zonder_a_en_b_is_c_nodig_en_met_een_positieve_a_of_b_niet(noor):
    c = ("C1", "C2", "C3")
    zonder = vul(factories.vht(door=noor), noor, behalve=c)
    assert geweigerd_om(zonder, noor, motivering="C lukt niet") == ["RW-8.7"] * 3
    for ja in ("A1", "B1"):
        met = vul(factories.vht(door=noor), noor, ja=(ja,), behalve=c)
        assert voer_uit(met, "stel_vast", door=noor).is_vastgesteld


@pytest.mark.regel("RW-8.7")
def test_ook_de_database_wil_c_als_a_en_b_nee_zijn(noor):
    vht = vul(factories.vht(door=noor), noor, behalve=("C3",))
    with pytest.raises(DatabaseError, match="rw_8_7"), transaction.atomic():
        sql(
            "UPDATE triage_vht SET stand = 'vastgesteld', eindconclusie = 'onbekend', vastgesteld_op = now(),"
            " vastgesteld_door_id = %s WHERE id = %s",
            noor.pk,
            vht.pk,
        )


@pytest.mark.regel("RW-8.18")
def test_een_open_antwoord_in_a_of_b_vraagt_een_motivering_die_in_het_logboek_komt(noor):
    vht = vul(factories.vht(door=noor), noor, behalve=("A3", "B4"))
    assert geweigerd_om(vht, noor) == ["RW-8.18", "RW-8.18"]
    vht = voer_uit(vht, "stel_vast", door=noor, motivering="Het gezin is verhuisd.")
    assert vht.eindconclusie == "onbekend"
    regel = Logregel.objects.get(soort="triage.vht", wat="stel_vast")
    assert regel.motivering == "Het gezin is verhuisd."
    assert "RW-8.18" in regel.regels


@pytest.mark.regel("RW-8.22")
@pytest.mark.parametrize(
    ("ja", "eind", "naam"),
    [
        (("C2",), "multiproblematisch", "Multiproblematische leefsituatie (conclusie 5)"),
        (("B1", "C2"), "structureel", "Structureel onveilig; leefsituatie ernaast (conclusie 5)"),
        (("A1", "C2"), "acuut", "Acuut onveilig; leefsituatie ernaast (conclusie 5)"),
        (("C1",), "multiproblematisch", "Multiproblematische leefsituatie"),
    ],
)
def test_criterium_b_geeft_conclusie_vijf_en_verdringt_niets(noor, ja, eind, naam):
    vht = voer_uit(vul(factories.vht(door=noor), noor, ja=ja), "stel_vast", door=noor)
    assert (vht.eindconclusie, vht.eindconclusie_naam) == (eind, naam)
    assert Casus.objects.get().veiligheid == eind


@pytest.mark.regel("RW-8.22")
@pytest.mark.parametrize("zet", ["eindconclusie = 'geen'", "criterium_b = false"])
def test_een_eindconclusie_is_ook_in_de_database_niet_in_te_voeren(noor, zet):
    vht = voer_uit(vul(factories.vht(door=noor), noor, ja=("C2",)), "stel_vast", door=noor)
    with pytest.raises(DatabaseError, match="rw_8_22"), transaction.atomic():
        sql(f"UPDATE triage_vht SET {zet} WHERE id = %s", vht.pk)


@pytest.mark.regel("RW-8.20")
def test_na_de_eindconclusie_is_aan_te_vullen_met_datum_en_een_taak_als_zij_verandert(noor):
    vht = voer_uit(vul(factories.vht(door=noor), noor), "stel_vast", door=noor)
    beantwoord(vht.antwoorden.get(vraag="A1"), door=noor, waarde=True, feit="Vader dreigt.", bron="moeder")
    vht = VHT.objects.get(pk=vht.pk)
    assert vht.aangevuld_op > vht.vastgesteld_op
    assert vht.eindconclusie == "geen"
    assert Casus.objects.get().veiligheid == "acuut"  # at once, before anyone sets a conclusion
    taak = Taak.objects.get(soort="vht_aanvullen", stand="open")
    assert taak.direct
    assert vht.antwoorden.get(vraag="A1").history.count() == 3
    assert Logregel.objects.filter(zin="VHT aangevuld: vraag A1", op_tijdlijn=True).exists()
    opnieuw = voer_uit(vht, "stel_vast", door=noor)
    assert opnieuw.eindconclusie == "acuut"
    assert opnieuw.vastgesteld_op > vht.vastgesteld_op
    eerder = opnieuw.history.exclude(eindconclusie="").order_by("-history_id").values_list("eindconclusie", flat=True)
    assert list(eerder) == ["acuut", "geen", "geen", "geen"]
    assert not Taak.objects.filter(soort="vht_aanvullen", stand="open").exists()
    assert Casus.objects.get().veiligheid == "acuut"


def test_een_vorm_weghalen_laat_zijn_geschiedenis_staan(noor):
    vht = factories.vht(door=noor)
    vorm = voeg_vorm_toe(vht, door=noor, vorm="ouderen", feit="Schreeuwen.", bron="buren")
    sleutel = vorm.pk
    verwijder_vorm(vorm, door=noor)
    assert not vht.vormen.exists()
    assert Geweldsvorm.history.filter(id=sleutel, history_type="-", history_user=noor).exists()
    assert Feit.history.filter(vorm_id=sleutel, history_type="-", history_user=noor).exists()


@pytest.mark.regel("RW-8.6", "RW-8.9")
def test_een_volgende_melding_neemt_antwoorden_en_vormen_over_met_herkomst(noor):
    eerste = vul(factories.vht(door=noor), noor, ja=("B1", "C2"))
    voeg_vorm_toe(eerste, door=noor, vorm="pg-psychisch", feit="Dreigberichten.", bron="moeder")
    tweede = VHT.objects.get(melding=factories.melding(door=noor, casus=eerste.casus))
    assert tweede.stap.casus == eerste.casus
    assert {a.vraag for a in tweede.antwoorden.filter(waarde=True)} == {"B1", "C2"}
    assert all(a.uit == eerste for a in tweede.antwoorden.all())
    assert tweede.vormen.get().uit == eerste
    derde = VHT.objects.get(melding=factories.melding(door=noor, casus=eerste.casus))
    assert derde.uit == tweede
    assert derde.antwoorden.get(vraag="B1").uit == eerste
    beantwoord(derde.antwoorden.get(vraag="B1"), door=noor, waarde=False)
    assert derde.antwoorden.get(vraag="B1").uit is None
    assert eerste.antwoorden.get(vraag="B1").waarde is True


def test_wat_acuut_is_besloten_blijft_acuut_terwijl_de_vht_wordt_gevuld(noor):
    besluit = factories.besluit(acuut=True, door=noor)
    beantwoord(besluit.vht.antwoorden.get(vraag="A1"), door=noor, waarde=False)
    assert VHT.objects.get(pk=besluit.vht_id).tussenstand_a == "ja"
    assert Casus.objects.get().veiligheid == "acuut"


def test_een_oudere_vht_verbergt_een_acute_nieuwe_niet(noor):
    oud = vul(factories.vht(door=noor), noor)
    nieuw = VHT.objects.get(melding=factories.melding(door=noor, casus=oud.casus))
    beantwoord(nieuw.antwoorden.get(vraag="A1"), door=noor, waarde=True)
    voer_uit(oud, "stel_vast", door=noor)
    assert Casus.objects.get().veiligheid == "acuut"
