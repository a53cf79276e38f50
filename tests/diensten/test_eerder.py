"""A next report: what was decided and chosen before is proposed, changed freely, and never taken by itself."""

from __future__ import annotations

import pytest
from django.test import Client

from casus.services.vastleggen import leg_contact_vast
from diensten.models import VV, Keuze
from diensten.services.keuzes import maak_keuze
from melding.services import neem_melding_aan
from tests import factories
from triage.models import VHT, Triagebesluit
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")


def als(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def tweede_melding(casus, noor) -> Triagebesluit:
    return VHT.objects.get(melding=neem_melding_aan(door=noor, casus=casus)).besluit


def neem(besluit, noor, uitkomst="bij_vt") -> Triagebesluit:
    sanne = factories.collega(noor)
    gegevens = {"uitkomst": uitkomst, "tweede": sanne, "motivering": "eerder bekend"}
    return voer_uit(voer_uit(besluit, "leg_voor", door=noor, **gegevens), "bevestig", door=sanne)


@pytest.mark.regel("RW-13.S6", "RW-13.S7")
def test_het_eerdere_besluit_staat_ingevuld_en_is_zonder_reden_te_wijzigen(noor):
    keuze = factories.keuze(door=noor)
    besluit = tweede_melding(keuze.casus, noor)
    blad = als(noor).get(besluit.pad())
    assert blad.context["form"].initial["uitkomst"] == "bij_vt"
    assert "Kies gerust anders" in blad.content.decode()
    assert Triagebesluit.objects.get(pk=besluit.pk).stand == "concept"
    besluit = neem(besluit, noor, "overdracht")
    assert besluit.uitkomst == "overdracht"


@pytest.mark.regel("RW-13.S7")
def test_de_eerdere_keuze_staat_ingevuld_en_wordt_nooit_vanzelf_gemaakt(noor):
    keuze = factories.keuze(door=noor)
    maak_keuze(keuze, door=noor, vv=True, maatwerk=True, soort_maatwerk="Aware")
    tweede = Keuze.objects.get(vht=neem(tweede_melding(keuze.casus, noor), noor).vht)
    blad = als(noor).get(tweede.pad())
    form = blad.context["form"]
    assert (form.initial["vv"], form.initial["maatwerk"], form.initial["soort_maatwerk"]) == (True, True, "Aware")
    assert "Kies gerust anders" in blad.content.decode()
    assert Keuze.objects.get(pk=tweede.pk).stand == "open"
    leg_contact_vast(keuze.casus, door=noor, met_directbetrokkene=True)
    maak_keuze(tweede, door=noor, overdracht=True, motivering="VHT volgt")
    assert VV.objects.get().meldingen.count() == 1


@pytest.mark.regel("RW-13.S7")
def test_na_het_einde_van_de_dienst_wordt_niets_meer_voorgesteld(noor):
    vv = factories.vv("voortijdig_beeindigd", door=noor)
    besluit = tweede_melding(vv.casus, noor)
    blad = als(noor).get(besluit.pad())
    assert blad.context["form"].initial["uitkomst"] == ""
    tweede = Keuze.objects.get(vht=neem(besluit, noor).vht)
    assert als(noor).get(tweede.pad()).context["form"].voorstel is None


@pytest.mark.regel("RW-13.S8")
def test_in_afronding_zegt_het_besluit_dat_overdracht_kan(noor):
    vv = factories.vv("lopend", door=noor)
    besluit = tweede_melding(vv.casus, noor)
    assert "hoort die ook bij deze melding" in als(noor).get(besluit.pad()).content.decode()
    VV.objects.filter(pk=vv.pk).update(vervolg_monitoren=True)
    blad = als(noor).get(besluit.pad()).content.decode()
    assert "De V&amp;V wordt afgerond met Monitoren. Dan kan ook dit triagebesluit Overdracht zijn." in blad
    assert neem(besluit, noor, "overdracht").uitkomst == "overdracht"
    assert VV.objects.count() == 1


@pytest.mark.regel("RW-13.S8")
def test_tijdens_monitoren_zegt_het_besluit_dat_ook(noor):
    monitoren = factories.monitoren(door=noor)
    blad = als(noor).get(tweede_melding(monitoren.casus, noor).pad()).content.decode()
    assert "Deze casus wordt gemonitord." in blad
