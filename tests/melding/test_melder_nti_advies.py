"""The anonymous melder and what would give him away; and advice, which names nobody."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from casus.dossier import Lezer
from casus.inzage.vertellen import vertel
from casus.models import Casus
from melding.aanlevering import AangeleverdeMelder
from melding.models import NTI, AangemeldePersoon, Melder, Melding, Signaal
from melding.services import (
    begin_advies,
    leg_nti_vast,
    neem_melding_aan,
    sluit_advies,
    verwijder_nti,
    wijzig_advies,
    wijzig_melder,
)
from tests import factories
from tests.melding.conftest import weigering
from tests.melding.test_machines import GEVULD, MELDER

pytestmark = pytest.mark.django_db


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
@pytest.mark.parametrize("deel", ["nti/", "nti/contact/", "nti/weg/"])
def test_bij_een_open_melder_is_er_geen_scherm_voor_nti(fatima, deel):
    melding = neem_melding_aan(door=fatima, melder=MELDER)
    client = Client()
    client.force_login(fatima)
    assert client.get(f"{melding.pad()}{deel}").status_code == 404
    gestuurd = {"inhoud": "De buurvrouw", "naam": "Iemand anders", "reden": "zomaar"}
    assert client.post(f"{melding.pad()}{deel}", gestuurd).status_code == 404
    assert "nti/" not in client.get(melding.pad()).content.decode()
    assert not NTI.objects.exists()


@pytest.mark.regel("RW-7.10", "RW-6.16", "RW-6.17")
def test_de_api_kent_nti_niet(fatima, lever, bericht):
    """Not in what a sender delivers, and not as a step or a field of a report."""
    for waarde in ("De buurvrouw", {"inhoud": "De buurvrouw"}, ["De buurvrouw"]):
        lever({**bericht, "kenmerk": str(waarde)[:40], "nti": waarde, "melder": {**bericht["melder"], "nti": waarde}})
    assert not NTI.objects.exists()
    assert "De buurvrouw" not in "".join(Signaal.objects.values_list("tekst", flat=True))
    melding = neem_melding_aan(door=fatima, melder=MELDER)
    client = Client()
    client.force_login(fatima)
    stand = client.get(f"/api/v1/meldingen/{melding.nummer}")
    assert stand.status_code == 200
    assert "nti" not in stand.json()
    for stap in ("nti", "leg_nti_vast"):
        assert client.post(f"/api/v1/meldingen/{melding.nummer}/{stap}", {"inhoud": "x"}).status_code in {403, 404, 405}
    assert not NTI.objects.exists()


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

    velden = {"id", "versie", "melding", "inhoud", "reden", "toelichting"}
    assert {veld.name for veld in NTI._meta.concrete_fields} == velden
    assert not [model for model in admin.site._registry if model._meta.app_label in {"melding", "casus"}]


def test_een_anonieme_soort_melder_is_anoniem_ook_in_de_database(fatima):
    with pytest.raises(DatabaseError, match="melder_anoniem"), transaction.atomic():
        neem_melding_aan(door=fatima, melder={"soort": "anoniem"})


# --- advice -------------------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-6.2", "RW-5.12d")
def test_van_een_signaal_gaat_naar_een_advies_alleen_de_datum_mee(fatima):
    signaal = factories.signaal(door=fatima, personen=(factories.aangeleverd(),), tekst="Over Rik Brouwers.")
    advies = begin_advies(signaal, door=fatima)
    assert advies.stap.begonnen_op == advies.casus.gestart_op == signaal.ontvangen_op
    assert not advies.casus.betrokkenen.exists()
    assert not AangemeldePersoon.objects.exists()
    assert not AangemeldePersoon.history.exists()
    assert set(Signaal.history.values_list("tekst", flat=True)) == {""}


@pytest.mark.regel("RW-6.2")
def test_een_aangeleverd_bericht_met_personen_wordt_geen_advies(fatima):
    signaal = factories.signaal(personen=(factories.aangeleverd(),))
    (belemmering,) = weigering(begin_advies, signaal, door=fatima)
    assert (belemmering.regel.id, belemmering.link) == ("RW-6.2", signaal.pad())
    with pytest.raises(DatabaseError, match="rw_6_2"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE melding_signaal SET stand = 'advies', tekst = '', casus_id = %s", [factories.casus(fatima).pk]
        )


@pytest.mark.regel("RW-4.8", "RW-5.12e")
def test_een_advies_sluit_met_zijn_casus_en_niet_zonder_telbare_velden(fatima):
    advies = begin_advies(door=fatima)
    assert {b.veld for b in weigering(sluit_advies, advies, door=fatima)} == {
        "adviesvrager_functie",
        "adviesvrager_organisatie",
    }
    wijzig_advies(advies, door=fatima, adviesvrager_functie="onbekend", adviesvrager_organisatie="onbekend")
    sluit_advies(advies, door=fatima)
    assert Casus.objects.get().stand == "gesloten"
