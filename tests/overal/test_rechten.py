"""Default deny, tried on every address: logged out, of another team, shielded, and through the API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.models import Count, Sum
from django.test import Client
from django.urls import reverse

from casus.models import Casus
from tests import factories as f
from tests.overal.landschap import (
    PLEKKEN,
    ZONDER_DOSSIER,
    Landschap,
    Plek,
    adressen,
    alle_patronen,
    bouw,
    dossieradressen,
    eerste_stukken,
    lijsten,
)
from vt_cvs.kern.dossier import dossiermodellen
from vt_cvs.kern.models import Toegang
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db

DICHT = {403, 404, 405}
OPENBAAR = {"web:gezond", "start"}
"""Whether the site lives, and the way to Mijn werk, which asks to log in."""
VOOR_PRIVACY = ("inzage:", "bewaren:")
"""The rooms where the privacyfunctionaris works without being involved (domein: wie mag wat)."""
BEHALVE_PRIVACY = [rol for rol in Rol if rol != Rol.PRIVACYFUNCTIONARIS]


@pytest.fixture
def landschap() -> Landschap:
    return bouw()


def ingelogd(wie: Medewerker) -> Client:
    client = Client()
    client.force_login(wie)
    return client


def dossiers() -> dict[str, tuple[int, int]]:
    """How many rows of each kind, and how often they were changed."""
    return {
        model.__name__: tuple(model._base_manager.aggregate(rijen=Count("pk"), keer=Sum("versie")).values())
        for model in dossiermodellen()
    }


def plekken(naam: str) -> list[Plek]:
    """The first and the last of each, and every step that an address names."""
    alle = list(PLEKKEN[naam]())
    stappen = {plek.get("naam") or plek.get("stap"): plek for plek in alle} if "stap" in naam else {}
    return list(stappen.values()) or [alle[0], alle[-1]][: len(alle)]


def wat_opengaat(client: Client, namen: list[str]) -> set[tuple[str, str, int]]:
    gevonden = set()
    for naam in namen:
        for plek in plekken(naam):
            pad = reverse(naam, kwargs=plek)
            for methode, antwoord in (("get", client.get(pad)), ("post", client.post(pad, {"reden": ""}))):
                if antwoord.status_code not in DICHT:
                    gevonden.add((naam, methode, antwoord.status_code))
    return gevonden


def test_elk_adres_met_een_stuk_erin_staat_in_het_landschap():
    assert set(dossieradressen()) == set(PLEKKEN)
    bouw()
    assert [naam for naam, zoek in PLEKKEN.items() if not list(zoek())] == []


def test_uitgelogd_gaat_er_niets_open(landschap):
    client = Client()
    voor = dossiers()
    for naam, _ in adressen():
        for plek in plekken(naam) if naam in PLEKKEN else [{}]:
            for methode in (client.get, client.post):
                antwoord = methode(reverse(naam, kwargs=plek))
                if naam not in OPENBAAR:
                    assert antwoord.status_code == 302, naam
                    assert antwoord["Location"].startswith("/account/login/"), naam
    for patroon in alle_patronen():
        if patroon.startswith("beheer/") and "<" not in patroon and "(" not in patroon and "login" not in patroon:
            assert client.get(f"/{patroon}").status_code == 302, patroon
    assert dossiers() == voor


def test_wie_bij_een_ander_team_hoort_komt_met_elke_rol_alleen_bij_de_noodknop(landschap):
    client, voor = ingelogd(f.buitenstaander(*BEHALVE_PRIVACY)), dossiers()
    open_ = wat_opengaat(client, [naam for naam in dossieradressen() if naam not in ZONDER_DOSSIER])
    assert {naam for naam, _, _ in open_} == {"noodknop"}
    assert ("noodknop", "post", 302) not in open_, "de noodknop vraagt een reden"
    assert dossiers() == voor
    assert not Toegang.objects.filter(gebeurtenis=Toegang.Gebeurtenis.NOODKNOP, grond="").exists()


def test_bij_een_afgeschermde_casus_zijn_collega_s_buitenstaanders(landschap):
    Casus.objects.update(afgeschermd=True)
    client, voor = ingelogd(f.collega(landschap.werker, *BEHALVE_PRIVACY)), dossiers()
    open_ = wat_opengaat(client, [naam for naam in dossieradressen() if naam not in ZONDER_DOSSIER])
    assert {naam for naam, _, _ in open_} == {"noodknop"}
    assert dossiers() == voor


def test_een_gesloten_casus_is_dicht_voor_wie_er_niet_verantwoordelijk_voor_was(landschap):
    """The team sees the open cases of the team; a closed one is for who did it, and asks the others why."""
    gesloten = Casus.objects.get(stand="gesloten")
    client = ingelogd(f.collega(landschap.werker, Rol.VOORKANT, Rol.ACHTERKANT, Rol.GEDRAGSWETENSCHAPPER))
    for naam in ("casus", "betrokkenen", "logboek", "contacten", "documenten", "contact", "alarmering"):
        pad = reverse(naam, kwargs={"nummer": gesloten.nummer})
        assert {client.get(pad).status_code, client.post(pad).status_code} == {403}, naam


def test_de_privacyfunctionaris_komt_alleen_bij_inzage_en_bewaren(landschap):
    client = ingelogd(f.buitenstaander(Rol.PRIVACYFUNCTIONARIS))
    open_ = wat_opengaat(client, [naam for naam in dossieradressen() if naam not in ZONDER_DOSSIER])
    assert {naam for naam, _, _ in open_ if not naam.startswith(VOOR_PRIVACY)} == {"noodknop"}


def test_bij_een_afgeschermde_casus_heeft_ook_de_privacyfunctionaris_de_noodknop_nodig_of_een_taak(landschap):
    Casus.objects.update(afgeschermd=True)
    privacy, voor = f.buitenstaander(Rol.PRIVACYFUNCTIONARIS), dossiers()
    namen = [naam for naam in dossieradressen() if naam not in ZONDER_DOSSIER]
    assert {naam for naam, _, _ in wat_opengaat(ingelogd(privacy), namen)} == {"noodknop"}
    assert dossiers() == voor
    for casus in Casus.objects.all():
        casus.genoemden.add(privacy)
    assert any(naam.startswith("inzage:") for naam, _, _ in wat_opengaat(ingelogd(privacy), namen))


@pytest.mark.parametrize("rol", [Rol.MANAGEMENTINFORMATIE, Rol.BEHEERDER])
def test_wie_geen_zaken_ziet_ziet_ook_geen_signaal_en_neemt_niets_op(landschap, rol):
    client, voor = ingelogd(f.collega(landschap.werker, rol)), dossiers()
    for naam in (*ZONDER_DOSSIER, "nieuw", "nieuw_signaal", "nieuwe_melding", "nieuw_advies"):
        plek = {"nummer": landschap.signaal.nummer} if naam in ZONDER_DOSSIER else {}
        pad = reverse(naam, kwargs=plek)
        assert {client.get(pad).status_code, client.post(pad).status_code} == {403}, naam
    assert dossiers() == voor


def test_een_lijst_toont_een_buitenstaander_geen_enkel_nummer(landschap):
    nummers = [*Casus.objects.values_list("nummer", flat=True)]
    client = ingelogd(f.buitenstaander(*BEHALVE_PRIVACY))
    for naam in lijsten():
        antwoord = client.get(reverse(naam))
        inhoud = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content
        assert [nummer for nummer in nummers if nummer in inhoud.decode()] == [], naam


def test_de_noodknop_opent_met_een_reden_en_iedereen_die_waakt_hoort_het(landschap):
    casus = Casus.objects.filter(stand="open", soort=Casus.Soort.MELDING).first()
    wie = f.buitenstaander(Rol.ACHTERKANT)
    client = ingelogd(wie)
    assert client.get(casus.pad()).status_code == 403
    client.post(f"{casus.pad()}noodknop/", {"reden": "gezin belt in paniek"})
    assert client.get(casus.pad()).status_code == 200
    assert client.post(f"{casus.pad()}vastleggen/afspraak/", {"tekst": "x"}).status_code == 403, "lezen, niet schrijven"
    gelogd = Toegang.objects.get(medewerker=wie, gebeurtenis=Toegang.Gebeurtenis.NOODKNOP)
    assert (gelogd.casus_id, gelogd.grond) == (casus.pk, "gezin belt in paniek")
    assert casus.taken.filter(soort="noodknop", voor=landschap.privacy).exists()


def _api_adressen() -> Iterator[tuple[str, str]]:
    """(reading, step) addresses of one row of each kind and every step it has."""
    for model, nummer, _ in eerste_stukken():
        lezen = f"/api/v1/{model.api_soort}/{nummer}"
        for stap in model.overgangen():
            yield lezen, f"{lezen}/{stap.naam.replace('_', '-')}"


def _api(client: Client, **koppen: str) -> dict[str, int]:
    uit = {}
    for lezen, zetten in _api_adressen():
        uit[f"GET {lezen}"] = client.get(lezen, headers=koppen).status_code
        antwoord = client.post(zetten, "{}", content_type="application/json", headers={"If-Match": '"1"', **koppen})
        uit[f"POST {zetten}"] = antwoord.status_code
    return uit


def test_de_api_zet_geen_stap_voor_wie_niet_is_ingelogd_of_alleen_een_sleutel_heeft(landschap):
    voor = dossiers()
    assert set(_api(Client()).values()) <= {401, 403}
    sleutel = f.SLEUTELS[f.afzender().naam]
    assert set(_api(Client(), Authorization=f"Bearer {sleutel}").values()) == {403}
    assert dossiers() == voor


def test_de_api_kent_de_casus_van_een_ander_niet(landschap):
    voor = dossiers()
    open_ = {pad: status for pad, status in _api(ingelogd(f.buitenstaander(*BEHALVE_PRIVACY))).items() if status != 404}
    assert {pad.split("/")[3] for pad in open_} <= {"signalen"}, open_
    assert dossiers() == voor


def test_de_api_kent_een_afgeschermde_casus_ook_voor_een_collega_niet(landschap):
    Casus.objects.update(afgeschermd=True)
    voor = dossiers()
    wie = f.collega(landschap.werker, *BEHALVE_PRIVACY)
    open_ = {pad: status for pad, status in _api(ingelogd(wie)).items() if status != 404}
    assert {pad.split("/")[3] for pad in open_} <= {"signalen"}, open_
    assert dossiers() == voor
