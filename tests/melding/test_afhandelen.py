"""Before a report or its case is done: what must be counted is there, and the melder has heard (RW-4.8, RW-6.15)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from casus.models import Terugkoppeling
from casus.services.casussen import sluit_casus
from casus.services.terugkoppeling import vraag_terugkoppeling
from melding import telbaar
from melding.models import Melding
from melding.services import (
    handel_af,
    neem_melding_aan,
    noteer_beoordeling,
    noteer_besloten,
    wijzig_melder,
    wijzig_melding,
)
from melding.voorwaarden import mag_afhandelen
from tests import factories
from tests.melding.conftest import weigering
from tests.melding.test_machines import GEVULD, MELDER
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import REGELS, Belemmering
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


def besloten(door, **velden) -> Melding:
    return noteer_besloten(neem_melding_aan(door=door, **velden), door=door)


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
