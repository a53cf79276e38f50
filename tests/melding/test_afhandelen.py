"""Before a report or its case is done: what must be counted is there, and the melder has heard (RW-4.8, RW-6.15)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from casus.dossier import Lezer
from casus.inzage.vertellen import vertel
from casus.models import Casus, Terugkoppeling
from casus.services.casussen import sluit_casus
from casus.services.terugkoppeling import vraag_terugkoppeling
from melding import telbaar
from melding.aanlevering import AangeleverdeMelder
from melding.models import NTI, Melder, Melding, Signaal
from melding.services import (
    handel_af,
    leg_nti_vast,
    neem_melding_aan,
    noteer_beoordeling,
    noteer_besloten,
    verwijder_nti,
    wijzig_melder,
    wijzig_melding,
)
from melding.voorwaarden import mag_afhandelen
from tests import factories
from tests.melding.test_machines import GEVULD, MELDER
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatima():
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Fatima")


def besloten(door, **velden) -> Melding:
    return noteer_besloten(neem_melding_aan(door=door, **velden), door=door)


def weigering(functie, *args, **kwargs) -> list[Belemmering]:
    with pytest.raises(RegelGeweigerd) as gevangen, transaction.atomic():
        functie(*args, **kwargs)
    return gevangen.value.belemmeringen


@pytest.mark.regel("RW-4.8")
def test_afhandelen_toont_alle_lege_telbare_velden_tegelijk_elk_met_een_link(fatima):
    melding = besloten(fatima)
    belemmeringen = weigering(handel_af, melding, door=fatima)
    assert {b.veld for b in belemmeringen} == {
        "aanleiding",
        "gemeente",
        "duur_geweld",
        "hulpverlening",
        "functie",
        "organisatie",
    }
    assert {b.regel.id for b in belemmeringen} == {"RW-4.8"}
    assert all(b.hard for b in belemmeringen)
    assert all(
        b.link.startswith(f"/casus/{melding.casus.nummer}/meldingen/{melding.nummer}/#id_") for b in belemmeringen
    )


@pytest.mark.regel("RW-4.8")
@pytest.mark.parametrize("motivering", ["", "haast"])
def test_ook_met_motivering_gaat_het_niet(fatima, motivering):
    weigering(voer_uit, besloten(fatima), "handel_af", door=fatima, motivering=motivering)


@pytest.mark.regel("RW-4.8")
def test_via_de_api_gaat_het_ook_niet(fatima, client):
    melding = besloten(fatima)
    client.force_login(fatima)
    pad = f"/api/v1/meldingen/{melding.nummer}"
    stand = client.get(pad)
    antwoord = client.post(
        f"{pad}/handel-af", "{}", content_type="application/json", headers={"If-Match": stand["ETag"]}
    )
    assert antwoord.status_code == 409
    assert len(antwoord.json()["belemmeringen"]) == 6
    assert Melding.objects.get().stand == "besloten"


@pytest.mark.regel("RW-4.8")
def test_onbekend_telt_als_gevuld(fatima):
    melding = besloten(fatima)
    wijzig_melding(melding, door=fatima, **{**dict.fromkeys(GEVULD, "onbekend"), "gemeente": "0363"})
    wijzig_melder(melding.melder, door=fatima, functie="onbekend", organisatie="onbekend")
    melding = handel_af(melding, door=fatima)
    assert melding.stand == "afgehandeld"
    assert Melding.objects.get().stap.geeindigd_op is not None


@pytest.mark.regel("RW-4.8")
def test_een_casus_sluit_niet_met_een_leeg_telbaar_veld_in_welke_melding_of_persoon_ook(fatima):
    een = neem_melding_aan(door=fatima, melder=MELDER, **GEVULD)
    twee = neem_melding_aan(door=fatima, casus=een.casus, melder={"functie": "onbekend"}, **{**GEVULD, "gemeente": ""})
    factories.betrokkene(een.casus, door=fatima, voornamen="Sem")
    factories.betrokkene(een.casus, door=fatima, voornamen="Noa", geslacht="V")
    factories.betrokkene(een.casus, door=fatima, voornamen="Oma", rol="betrokken_derde")
    gevonden = {(b.veld, b.link) for b in weigering(sluit_casus, een.casus, door=fatima) if b.regel.id == "RW-4.8"}
    assert {
        ("gemeente", f"{twee.pad()}#id_gemeente"),
        ("organisatie", f"{twee.pad()}#id_organisatie"),
        ("geslacht", f"{een.casus.pad()}betrokkenen/#id_geslacht"),
    } == {(veld, link) for veld, link in gevonden if veld}


@pytest.mark.regel("RW-4.8")
def test_welk_veld_wanneer_gevuld_moet_zijn_is_gegeven_en_geen_code(fatima, monkeypatch):
    monkeypatch.setattr(telbaar, "momenten", lambda: {"melding_afhandelen": ()})
    assert handel_af(besloten(fatima), door=fatima).stand == "afgehandeld"


@pytest.mark.regel("RW-3.7")
def test_alleen_een_telbaar_veld_kan_verplicht_zijn(monkeypatch):
    telbaar.controleer()
    fout = telbaar.Telling("melding.Melding", ("situatie",), "melding", {"pk": "melding"})
    monkeypatch.setattr(telbaar, "momenten", lambda: {"melding_afhandelen": (fout,)})
    with pytest.raises(ValueError, match="situatie"):
        telbaar.controleer()


@pytest.mark.regel("RW-4.8")
def test_de_database_laat_geen_stand_overslaan(fatima):
    melding = neem_melding_aan(door=fatima)
    with pytest.raises(DatabaseError, match="transition"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE melding_melding SET stand = 'afgehandeld' WHERE id = %s", [melding.pk])


# --- feedback -----------------------------------------------------------------------------------------------------


@pytest.fixture
def met_terugkoppeling(fatima) -> tuple[Melding, Terugkoppeling]:
    melding = besloten(fatima, melder=MELDER, **GEVULD)
    terugkoppeling = vraag_terugkoppeling(
        melding.stap, "triagebesluit", door=fatima, aan="melder", meldingsnummer=melding.nummer
    )
    return melding, terugkoppeling


@pytest.mark.regel("RW-6.15", "RW-6.7")
def test_zonder_terugkoppeling_is_een_melding_niet_afgehandeld_en_sluit_de_casus_niet(fatima, met_terugkoppeling):
    melding, terugkoppeling = met_terugkoppeling
    (belemmering,) = weigering(handel_af, melding, door=fatima)
    assert (belemmering.regel.id, belemmering.link) == ("RW-6.15", terugkoppeling.pad())
    assert "RW-6.15" in {b.regel.id for b in weigering(sluit_casus, melding.casus, door=fatima)}


@pytest.mark.regel("RW-6.15", "RW-6.6")
@pytest.mark.parametrize(
    "stap", [("zie_af", {"reden": "De melder wil dat niet."}), ("doe_anders", {"toelichting": "Gebeld."})]
)
def test_gedaan_of_gemotiveerd_niet_gedaan_is_genoeg(fatima, met_terugkoppeling, stap):
    melding, terugkoppeling = met_terugkoppeling
    naam, gegevens = stap
    voer_uit(terugkoppeling, naam, door=fatima, **gegevens)
    handel_af(melding, door=fatima)
    assert sluit_casus(melding.casus, door=factories.systeem()).stand == "gesloten"


def test_wat_een_hogere_laag_tegenhoudt_staat_erbij(fatima, monkeypatch):
    dienst = Belemmering("Rond eerst V&V af.", regel=REGELS["RW-5.12e"])
    monkeypatch.setattr(mag_afhandelen, "_antwoorders", [lambda _: [dienst]])
    melding = besloten(fatima, melder=MELDER, **GEVULD)
    assert dienst.uitleg in {b.uitleg for b in weigering(handel_af, melding, door=fatima)}


# --- triage pushes, nobody else -----------------------------------------------------------------------------------


def test_beoordeling_en_besluit_volgen_uit_triage_en_twee_keer_is_een_keer(fatima):
    melding = neem_melding_aan(door=fatima)
    assert noteer_beoordeling(melding, door=fatima).stand == "in_beoordeling"
    versie = noteer_besloten(melding, door=fatima).versie
    assert noteer_besloten(melding, door=fatima).versie == versie
    assert noteer_beoordeling(melding, door=fatima).stand == "besloten"


@pytest.mark.regel("RW-3.3")
def test_acuut_wordt_een_melding_in_een_keer_besloten(fatima):
    gedragswetenschapper = factories.buitenstaander(Rol.GEDRAGSWETENSCHAPPER)
    melding = neem_melding_aan(door=fatima)
    assert noteer_besloten(melding, door=gedragswetenschapper).stand == "besloten"


# --- NTI ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def anoniem(fatima) -> Melding:
    return neem_melding_aan(door=fatima, melder={**MELDER, "anoniem": True})


@pytest.mark.regel("RW-7.10", "RW-6.16")
def test_nti_alleen_bij_een_anonieme_melder(fatima):
    melding = neem_melding_aan(door=fatima, melder=MELDER)
    (belemmering,) = weigering(leg_nti_vast, melding, "De buurvrouw", door=fatima)
    assert belemmering.regel.id == "RW-7.10"
    with pytest.raises(DatabaseError, match="rw_7_10"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO melding_nti (melding_id, inhoud, reden, versie) VALUES (%s, 'x', '', 1)", [melding.pk]
        )


@pytest.mark.regel("RW-7.10", "RW-6.16")
def test_met_nti_blijft_de_melder_anoniem_tot_daarover_is_beslist(fatima, anoniem):
    nti = leg_nti_vast(anoniem, "De buurvrouw hoorde het door de muur.", door=fatima)
    (belemmering,) = weigering(wijzig_melder, anoniem.melder, door=fatima, anoniem=False)
    assert belemmering.regel.id == "RW-6.16"
    for sql, naam in [
        ("UPDATE melding_melder SET anoniem = false", "rw_6_16"),
        (f"UPDATE melding_melding SET melder_id = {_open_melder(anoniem).pk}", "rw_7_10"),
    ]:
        with pytest.raises(DatabaseError, match=naam), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    verwijder_nti(nti, door=fatima, reden="De melder wil genoemd worden.")
    assert not wijzig_melder(anoniem.melder, door=fatima, anoniem=False).anoniem


def _open_melder(melding: Melding) -> Melder:
    melder = Melder(casus=melding.casus, **MELDER)
    melder.bewaar(door=factories.systeem(), reden="proef")
    return melder


@pytest.mark.regel("RW-7.11")
def test_dat_er_nti_is_staat_op_de_casus_en_gaat_er_weer_af(fatima, anoniem):
    nti = leg_nti_vast(anoniem, "x", door=fatima)
    assert Casus.objects.get().heeft_nti
    assert leg_nti_vast(anoniem, "y", door=fatima, reden="stem herkenbaar").pk == nti.pk
    verwijder_nti(NTI.objects.get(), door=fatima, reden="toch niet herleidbaar")
    assert not Casus.objects.get().heeft_nti


@pytest.mark.regel("RW-5.18a")
def test_van_een_anonieme_melder_komt_niets_in_de_inzage(fatima, anoniem):
    assert anoniem.melder.niet_ter_inzage() >= {"naam", "functie", "organisatie", "email", "telefoon"}
    openlijk = neem_melding_aan(door=fatima, melder=MELDER)
    assert openlijk.melder.niet_ter_inzage() == frozenset()


@pytest.mark.regel("RW-5.18a", "RW-5.18c")
def test_in_de_woorden_voor_de_client_staat_geen_spoor_van_de_anonieme_melder(fatima):
    signaal = factories.signaal(
        melder=AangeleverdeMelder(naam="Juf Els", functie="leerkracht", organisatie="De Wissel", email="els@wissel.nl"),
        personen=(factories.aangeleverd(straat="Vlierstraat 41"),),
        kenmerk="WISSEL-7",
    )
    melding = neem_melding_aan(
        signaal, door=fatima, melder={"anoniem": True, "functie": "onderwijs", "naam": "Juf Els"}
    )
    signaal = Signaal.objects.get()
    tekst = " ".join(
        f"{deel.titel} {' '.join(alinea.tekst for alinea in deel.alineas)}"
        for deel in (
            vertel(stuk, Lezer(None, "")) for stuk in (melding, melding.melder, signaal, signaal.personen.get())
        )
    )
    for spoor in ("Els", "leerkracht", "nderwijs", "Wissel", "WISSEL", "wissel", "Politie", "Vlierstraat"):
        assert spoor not in tekst, spoor
    assert "Rik Brouwers" in tekst
    assert signaal.tekst in tekst


@pytest.mark.regel("RW-3.13")
def test_van_een_open_melder_staat_er_in_gewone_woorden_wie_het_was(fatima):
    melding = neem_melding_aan(door=fatima, melder={**MELDER, "naam": "Agent Vos"}, **GEVULD)
    tekst = " ".join(a.tekst for stuk in (melding, melding.melder) for a in vertel(stuk, Lezer(None, "")).alineas)
    assert "De melding is gedaan door Agent Vos." in tekst
    assert "justitie: politieagent" in tekst.lower()
    assert "politieagent" in tekst
    assert "jv-politie" not in tekst


@pytest.mark.regel("RW-6.17")
def test_nti_heeft_alleen_de_velden_uit_de_bur_en_beheer_kent_haar_niet():
    from django.contrib import admin

    assert {veld.name for veld in NTI._meta.concrete_fields} == {"id", "versie", "melding", "inhoud", "reden"}
    assert not [model for model in admin.site._registry if model._meta.app_label in {"melding", "casus"}]


def test_een_anonieme_soort_melder_is_anoniem_ook_in_de_database(fatima):
    with pytest.raises(DatabaseError, match="melder_anoniem"), transaction.atomic():
        neem_melding_aan(door=fatima, melder={"soort": "anoniem"})


# --- advice -------------------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-6.2", "RW-5.12d")
def test_van_een_signaal_gaat_naar_een_advies_alleen_de_datum_mee(fatima):
    from melding.models import AangemeldePersoon
    from melding.services import begin_advies

    signaal = factories.signaal(door=fatima, personen=(factories.aangeleverd(),), tekst="Over Rik Brouwers.")
    advies = begin_advies(signaal, door=fatima)
    assert advies.stap.begonnen_op == advies.casus.gestart_op == signaal.ontvangen_op
    assert not advies.casus.betrokkenen.exists()
    assert not AangemeldePersoon.objects.exists()
    assert not AangemeldePersoon.history.exists()
    assert set(Signaal.history.values_list("tekst", flat=True)) == {""}


@pytest.mark.regel("RW-6.2")
def test_een_aangeleverd_bericht_met_personen_wordt_geen_advies(fatima):
    from melding.services import begin_advies

    signaal = factories.signaal(personen=(factories.aangeleverd(),))
    (belemmering,) = weigering(begin_advies, signaal, door=fatima)
    assert (belemmering.regel.id, belemmering.link) == ("RW-6.2", signaal.pad())
    with pytest.raises(DatabaseError, match="rw_6_2"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE melding_signaal SET stand = 'advies', tekst = '', casus_id = %s", [factories.casus(fatima).pk]
        )


@pytest.mark.regel("RW-4.8", "RW-5.12e")
def test_een_advies_sluit_met_zijn_casus_en_niet_zonder_telbare_velden(fatima):
    from melding.services import begin_advies, sluit_advies, wijzig_advies

    advies = begin_advies(door=fatima)
    assert {b.veld for b in weigering(sluit_advies, advies, door=fatima)} == {
        "adviesvrager_functie",
        "adviesvrager_organisatie",
    }
    wijzig_advies(advies, door=fatima, adviesvrager_functie="onbekend", adviesvrager_organisatie="onbekend")
    sluit_advies(advies, door=fatima)
    assert Casus.objects.get().stand == "gesloten"
