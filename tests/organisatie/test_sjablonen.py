"""Texts of letters and mails: shipped, changed by the administrator, never emptied, each version kept."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from tests import factories
from vt_cvs.organisatie.lijsten.sjablonen import breng_sjablonen_bij, meegeleverd
from vt_cvs.organisatie.models import Rol, Sjabloon
from vt_cvs.organisatie.sjablonen import Partij, sjabloon_voor, vul

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-12.3")]


@pytest.fixture
def sjabloon() -> Sjabloon:
    return Sjabloon.objects.get(partij="politie", moment="triagebesluit", uitkomst="overdracht")


@pytest.fixture
def beheer() -> Client:
    client = Client()
    client.force_login(factories.medewerker(Rol.BEHEERDER))
    return client


def bewaar(beheer: Client, sjabloon: Sjabloon, **velden: str):
    data = {"onderwerp": sjabloon.onderwerp, "tekst": sjabloon.tekst, **velden}
    return beheer.post(f"/beheer/organisatie/sjabloon/{sjabloon.pk}/change/", data)


def test_elke_soort_melder_heeft_een_eigen_tekst_per_besluit():
    teksten = {
        (partij, uitkomst): sjabloon_voor(partij, "triagebesluit", uitkomst).tekst
        for partij in (Partij.PROFESSIONAL, Partij.BURGER, Partij.POLITIE, Partij.ANONIEM)
        for uitkomst in ("bij_vt", "overdracht", "maatwerk", "einde")
    }
    assert len(set(teksten.values())) == 16


def test_een_onbekend_besluit_krijgt_de_algemene_tekst_en_een_lege_tabel_de_meegeleverde():
    algemeen = sjabloon_voor("burger", "triagebesluit", "iets nieuws")
    assert algemeen.uitkomst == ""
    Sjabloon.objects.all().delete()
    assert sjabloon_voor("burger", "triagebesluit", "einde").tekst != algemeen.tekst


def test_beheer_past_een_tekst_aan_en_de_oude_versie_blijft(beheer, sjabloon):
    oud = sjabloon.tekst
    assert bewaar(beheer, sjabloon, tekst="Beste {aan},\r\n\r\nDank voor {meldingsnummer}.").status_code == 302
    sjabloon.refresh_from_db()
    assert (sjabloon.versie, sjabloon.tekst) == (2, "Beste {aan},\n\nDank voor {meldingsnummer}.")
    assert oud in sjabloon.history.values_list("tekst", flat=True)
    breng_sjablonen_bij()
    sjabloon.refresh_from_db()
    assert sjabloon.versie == 2
    assert beheer.get(f"/beheer/organisatie/sjabloon/{sjabloon.pk}/history/").status_code == 200


def test_zonder_verandering_blijft_het_dezelfde_versie(beheer, sjabloon):
    bewaar(beheer, sjabloon, tekst=sjabloon.tekst.replace("\n", "\r\n"))
    sjabloon.refresh_from_db()
    assert sjabloon.versie == 1


@pytest.mark.parametrize("fout", ["{casusnummer_advies}", "{naam}", "{kind}", "{", "{aan} en }", "{ aan }", "{0}"])
def test_een_onbekende_plaatshouder_zegt_wat_wel_kan(beheer, sjabloon, fout):
    antwoord = bewaar(beheer, sjabloon, tekst=f"Beste {fout}")
    assert antwoord.status_code == 200
    assert "Dit kan hier niet" in antwoord.content.decode()
    assert "{meldingsnummer}" in antwoord.content.decode()


@pytest.mark.parametrize("leeg", ["", "  ", "\r\n \t"])
def test_leegmaken_kan_niet(beheer, sjabloon, leeg):
    assert bewaar(beheer, sjabloon, tekst=leeg).status_code == 200
    with pytest.raises(ValidationError):
        Sjabloon(partij="politie", onderwerp="x", tekst=leeg).clean()
    with pytest.raises(IntegrityError, match="rw_12_3_sjabloon_niet_leeg"), transaction.atomic():
        Sjabloon.objects.filter(pk=sjabloon.pk).update(tekst=leeg)


def test_toevoegen_of_weghalen_kan_niet(beheer, sjabloon):
    assert beheer.get("/beheer/organisatie/sjabloon/add/").status_code == 403
    assert beheer.post(f"/beheer/organisatie/sjabloon/{sjabloon.pk}/delete/", {"post": "yes"}).status_code == 403


def test_een_betere_meegeleverde_tekst_komt_vanzelf_als_niemand_hem_aanpaste(sjabloon):
    Sjabloon.objects.filter(pk=sjabloon.pk).update(tekst="Zoals hij vroeger werd geleverd.")
    breng_sjablonen_bij()
    sjabloon.refresh_from_db()
    assert sjabloon.tekst in {velden["tekst"] for velden in meegeleverd()}


def test_vullen_laat_zien_wat_er_nog_niet_is():
    assert vul("Beste {aan}, nummer {meldingsnummer}", {"aan": "Jan"}) == "Beste Jan, nummer {meldingsnummer}"
