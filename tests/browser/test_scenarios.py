"""The eight scenarios and the two special cases, walked as a worker does: from what stands on screen to what it offers.

No address is typed: a test begins at Mijn werk or at the page of the case, and goes on by what is there to click.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casus.models import Casus
from casus.services.casussen import sluit_casus
from casus.services.vastleggen import leg_contact_vast
from diensten.models import VV, Keuze, Maatwerk, Overdracht
from melding.models import Melding, Signaal
from tests import factories
from tests.bewaren.conftest import sluit_op
from tests.browser.gereedschap import log_in
from triage.models import VHT, Triagebesluit
from vt_cvs.organisatie.models import Medewerker, Rol

BIJ_VT, OVERDRACHT = "Vervolgstappen beleggen bij Veilig Thuis", "Overdracht"
MAATWERK = "Inzet regionale maatwerktaak"


@pytest.fixture
def noor(transactional_db) -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")


@pytest.fixture
def sanne(noor) -> Medewerker:
    return factories.collega(noor, naam="Sanne de Wit")


@pytest.fixture
def casus(noor) -> Casus:
    """One report about a mother and her child, taken up and not yet assessed."""
    melding = factories.melding(door=noor, situatie="Buren hoorden geschreeuw. De kinderen zaten op de trap.")
    factories.betrokkene(melding.casus, door=noor, voornamen="Fenna", achternaam="Brouwers")
    return Casus.objects.get(pk=melding.casus.pk)


# --- what a worker does, by what the screen offers --------------------------------------------------------------


def naar_casus(pagina: Page, casus: Casus) -> None:
    """By Mijn werk, where the case stands; by searching its number when nothing waits in it."""
    pagina.goto("/werk/")
    regel = pagina.get_by_role("row").filter(has_text=casus.nummer).first
    if regel.count():
        regel.locator("a.vt-naam").click()
    else:
        pagina.get_by_role("searchbox").fill(casus.nummer)
        pagina.keyboard.press("Enter")
        pagina.locator(f'a[href^="{casus.pad()}"]').first.click()
    expect(pagina.locator(".vt-casuskop")).to_contain_text(casus.nummer)


def volg_taak(pagina: Page, titel: str, melding: Melding | None = None) -> None:
    """The line of work with this name, in Mijn werk; of this report when there are more."""
    pagina.goto("/werk/")
    links = pagina.get_by_role("link", name=titel, exact=True)
    (pagina.locator(f'a.vt-stap[href*="{melding.nummer}"]', has_text=titel) if melding else links).first.click()


def meld_erbij(pagina: Page, casus: Casus, tekst: str) -> Melding:
    """“Nieuwe melding” stands beside every page of a case."""
    naar_casus(pagina, casus)
    pagina.get_by_role("complementary", name="Vastleggen en stappen").get_by_role(
        "link", name=re.compile("^Nieuwe melding")
    ).click()
    pagina.get_by_label("Situatieomschrijving").fill(tekst)
    pagina.get_by_role("button", name="Melding vastleggen").click()
    expect(pagina.get_by_role("heading", level=1, name="Veiligheidstaxatie (VHT)")).to_be_visible()
    return Melding.objects.filter(stap__casus__volgt_op=casus).first() or Melding.objects.filter(
        stap__casus=casus
    ).latest("pk")


def antwoord(pagina: Page, code: str, keuze: str) -> None:
    pagina.wait_for_load_state()  # with its script: without it an answer waits for “Alles bewaren”
    knop = pagina.locator(f"#id_{code}-waarde_{0 if keuze == 'Ja' else 1}")
    if not knop.is_checked():
        with pagina.expect_response(lambda bericht: "/rij/" in bericht.url):
            knop.check()


def vul_in(pagina: Page, **ja: bool) -> None:
    """A and B answered, by hand; B1 and the rest as asked. Nothing else is needed for a conclusion."""
    for code in ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4"):
        antwoord(pagina, code, "Ja" if ja.get(code) else "Nee")


def stel_vast(pagina: Page) -> None:
    pagina.get_by_role("button", name="Eindconclusie vaststellen").first.click()
    expect(pagina.get_by_role("heading", level=1, name="Triagebesluit")).to_be_visible()


def besluit(pagina: Page, collega: Page, uitkomst: str) -> None:
    """Proposed on the page where the conclusion leads; signed by Sanne from her own Mijn werk."""
    pagina.get_by_label(uitkomst, exact=True).check()
    veld = pagina.get_by_label("Tweede medewerker")
    veld.select_option(index=next(i for i, o in enumerate(veld.locator("option").all()) if "Sanne" in o.inner_text()))
    pagina.get_by_role("button", name="Voorleggen aan collega").click()
    expect(pagina.get_by_text("Voorgelegd aan Sanne de Wit").first).to_be_visible()
    collega.goto("/werk/")
    collega.get_by_role("link", name="Lezen en tekenen").first.click()
    collega.get_by_label("Ik ben het eens").check()
    collega.get_by_role("button", name="Tekenen als Sanne de Wit").click()
    expect(collega.get_by_text("Staat vast.")).to_be_visible()


def beoordeel(pagina: Page, collega: Page, melding: Melding, uitkomst: str) -> None:
    """From the task in Mijn werk to a taken decision: only what is not answered yet is answered."""
    volg_taak(pagina, "VHT invullen", melding)
    vul_in(pagina, B1=True)
    stel_vast(pagina)
    besluit(pagina, collega, uitkomst)


def spreek(casus: Casus, noor: Medewerker) -> None:
    leg_contact_vast(casus, door=noor, met="Fenna Brouwers", met_directbetrokkene=True)


def kies(pagina: Page, *wat: str, melding: Melding | None = None, toelichting: str = "") -> None:
    pagina.goto("/werk/")
    pad = Keuze.objects.get(vht__melding=melding, stand="open").pad() if melding else ""
    pagina.locator(f'a.vt-stap[href="{pad}"]' if pad else "a.vt-stap[href*='/keuze/']").first.click()
    for naam in ("V&V", "Overdracht", "Lokaal maatwerk"):
        vakje = pagina.get_by_label(naam, exact=True)
        vakje.check() if naam in wat else vakje.uncheck()
    pagina.get_by_label("Toelichting").fill(toelichting)
    pagina.get_by_role("button", name="Keuze vastleggen").click()
    expect(pagina.get_by_text("Keuze vastgelegd").first).to_be_visible()


def stand_van(casus: Casus) -> dict[str, int]:
    return {
        "meldingen": Melding.objects.filter(stap__casus=casus).count(),
        "vhts": VHT.objects.filter(stap__casus=casus).count(),
        "besluiten": Triagebesluit.objects.filter(vht__stap__casus=casus, stand="genomen").count(),
    }


@pytest.fixture
def samen(pagina: Page, pagina_van_collega: Page, noor, sanne) -> tuple[Page, Page]:
    log_in(pagina, noor)
    log_in(pagina_van_collega, sanne)
    return pagina, pagina_van_collega


# --- the scenarios ----------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-13.S1")
def test_scenario_1_de_partij_heeft_bezwaar_voor_het_triagebesluit(samen, casus, noor):
    pagina, collega = samen
    volg_taak(pagina, "VHT invullen")
    vul_in(pagina)
    for code in VHT.objects.get().blad.onderdelen[2].vragen:
        antwoord(pagina, code.code, "Nee")
    stel_vast(pagina)
    assert VHT.objects.get().eindconclusie == "geen"
    pagina.get_by_role("link", name="VHT openen").click()  # the party tells why it cannot: the same VHT, supplemented
    antwoord(pagina, "B1", "Ja")
    stel_vast(pagina)
    besluit(pagina, collega, BIJ_VT)
    assert stand_van(casus) == {"meldingen": 1, "vhts": 1, "besluiten": 1}
    assert VHT.objects.get().eindconclusie == "structureel"
    spreek(casus, noor)
    kies(pagina, "V&V")
    assert VV.objects.get().meldingen.count() == 1


@pytest.mark.regel("RW-13.S2", "RW-9.1")
def test_scenario_2_de_partij_weigert_na_triagebesluit_overdracht(samen, casus, noor):
    pagina, collega = samen
    beoordeel(pagina, collega, Melding.objects.get(), OVERDRACHT)
    volg_taak(pagina, "Overdracht voorbereiden en aanbieden")
    pagina.get_by_role("link", name="Overdracht intrekken").click()
    pagina.get_by_label("Reden").fill("Fenna wil niet naar het wijkteam.")
    pagina.get_by_role("button", name="Overdracht intrekken").click()
    assert Overdracht.objects.get().stand == "ingetrokken"
    naar_casus(pagina, casus)
    pagina.get_by_role("link", name=re.compile("^Veiligheid")).first.click()
    pagina.locator(f'a[href="{VHT.objects.get().pad()}"]').first.click()
    antwoord(pagina, "B2", "Ja")  # the same VHT, supplemented
    spreek(casus, noor)
    pagina.get_by_role("link", name=re.compile("^Diensten")).first.click()
    pagina.get_by_role("link", name="Keuze vervolgstappen openen").click()
    pagina.get_by_label("Motivering").or_(pagina.locator("[name=motivering]")).first.fill(
        "De partij neemt het niet over."
    )
    pagina.get_by_role("button", name="Keuze openen").click()
    pagina.get_by_label("V&V", exact=True).check()
    pagina.get_by_label("Toelichting").fill("De partij neemt het niet over.")
    pagina.get_by_role("button", name="Keuze vastleggen").click()
    expect(pagina.get_by_text("Keuze vastgelegd").first).to_be_visible()
    assert stand_van(casus) == {"meldingen": 1, "vhts": 1, "besluiten": 1}
    assert Triagebesluit.objects.get().uitkomst == "overdracht"
    assert Keuze.objects.get().toelichting == "De partij neemt het niet over."
    assert VV.objects.get().meldingen.get() == Melding.objects.get()


@pytest.mark.regel("RW-13.S3")
@pytest.mark.parametrize("dicht", [False, True], ids=["open casus", "gesloten casus"])
def test_scenario_3_de_partij_komt_er_na_de_overdracht_op_terug(samen, noor, sanne, dicht):
    pagina, collega = samen
    overdracht = factories.overdracht("overgedragen", door=noor)
    oud = Casus.objects.get(pk=overdracht.casus.pk)
    eerste = VHT.objects.get()
    if dicht:
        sluit_op(oud, timezone.localdate())
    nieuw = meld_erbij(pagina, oud, "Het wijkteam kan het toch niet aan.")
    assert (nieuw.stap.casus_id != oud.pk) == dicht
    if dicht:
        assert nieuw.stap.casus.volgt_op == oud
    vul_in(pagina, B1=True)
    stel_vast(pagina)
    besluit(pagina, collega, BIJ_VT)
    spreek(nieuw.stap.casus, noor)
    kies(pagina, "V&V", melding=nieuw, toelichting="Het wijkteam komt erop terug.")
    assert Triagebesluit.objects.count() == 2
    assert Triagebesluit.objects.get(vht=eerste).uitkomst == "overdracht"
    assert Keuze.objects.get().toelichting == "Het wijkteam komt erop terug."


@pytest.mark.regel("RW-13.S4")
@pytest.mark.parametrize("aantal", [2, 3])
def test_scenario_4_meer_meldingen_voor_de_vht_begint(samen, casus, noor, aantal):
    pagina, collega = samen
    for nummer in range(2, aantal + 1):
        meld_erbij(pagina, casus, f"Nog een melding, de {nummer}e.")
    meldingen = list(Melding.objects.filter(stap__casus=casus).order_by("pk"))
    beoordeel(pagina, collega, meldingen[0], BIJ_VT)
    for melding in meldingen[1:]:
        vht = VHT.objects.get(melding=melding)
        assert vht.antwoorden.get(vraag="B1").waarde is True, "al gevuld"
        assert vht.antwoorden.get(vraag="B1").uit_id == VHT.objects.get(melding=meldingen[0]).pk
        beoordeel(pagina, collega, melding, OVERDRACHT if melding == meldingen[-1] else BIJ_VT)
    assert stand_van(casus) == {"meldingen": aantal, "vhts": aantal, "besluiten": aantal}
    assert Keuze.objects.count() == aantal - 1  # only where the decision is “bij VT”


@pytest.mark.regel("RW-13.S5")
def test_scenario_5_een_melding_terwijl_de_vht_half_is(samen, casus, noor):
    pagina, collega = samen
    volg_taak(pagina, "VHT invullen")
    antwoord(pagina, "B1", "Ja")
    antwoord(pagina, "B2", "Nee")
    eerste, tweede = Melding.objects.get(), meld_erbij(pagina, casus, "De school belt ook.")
    expect(pagina.locator("#id_B1-waarde_0")).to_be_checked()
    beoordeel(pagina, collega, eerste, BIJ_VT)
    assert VHT.objects.get(melding=eerste).antwoorden.get(vraag="B1").waarde is True
    beoordeel(pagina, collega, tweede, BIJ_VT)
    assert stand_van(casus) == {"meldingen": 2, "vhts": 2, "besluiten": 2}
    assert Keuze.objects.count() == 2


@pytest.mark.regel("RW-13.S6")
def test_scenario_6_een_melding_na_het_besluit_en_voor_de_keuze(samen, casus, noor):
    pagina, collega = samen
    eerste = Melding.objects.get()
    beoordeel(pagina, collega, eerste, BIJ_VT)
    tweede = meld_erbij(pagina, casus, "De school belt ook.")
    pagina.get_by_role("link", name=eerste.nummer, exact=True).first.click()  # “uit de VHT bij …”: the last one
    antwoord(pagina, "B3", "Ja")
    spreek(casus, noor)
    keuze = Keuze.objects.get(vht__melding=eerste)
    pagina.goto("/werk/")
    pagina.locator(f'a.vt-stap[href="{keuze.pad()}"]').first.click()
    pagina.get_by_role("link", name="VHT bekijken of aanvullen").click()
    expect(pagina.locator("#id_B3-waarde_0")).to_be_checked()
    kies(pagina, "V&V", melding=eerste)
    assert VHT.objects.get(melding=tweede).antwoorden.get(vraag="B3").waarde is True
    beoordeel(pagina, collega, tweede, BIJ_VT)
    kies(pagina, "V&V", melding=tweede)
    assert stand_van(casus) == {"meldingen": 2, "vhts": 2, "besluiten": 2}
    assert VV.objects.get().meldingen.count() == 2


@pytest.mark.regel("RW-13.S7")
def test_scenario_7_een_melding_na_de_keuze_en_voor_de_dienst_begint(samen, casus, noor):
    pagina, collega = samen
    beoordeel(pagina, collega, Melding.objects.get(), BIJ_VT)
    spreek(casus, noor)
    kies(pagina, "V&V")
    tweede = meld_erbij(pagina, casus, "De school belt ook.")
    vul_in(pagina, B1=True)
    stel_vast(pagina)
    expect(pagina.get_by_label(BIJ_VT, exact=True)).to_be_checked()
    expect(pagina.get_by_text("Kies gerust anders")).to_be_visible()
    besluit(pagina, collega, BIJ_VT)
    keuze = Keuze.objects.get(vht__melding=tweede)
    assert keuze.stand == "open"
    pagina.goto("/werk/")
    pagina.locator(f'a.vt-stap[href="{keuze.pad()}"]').first.click()
    expect(pagina.get_by_label("V&V", exact=True)).to_be_checked()
    spreek(casus, noor)
    kies(pagina, "Lokaal maatwerk", melding=tweede)  # another than proposed, without a reason
    assert Maatwerk.objects.get().meldingen.get() == tweede
    assert VV.objects.get().stand == "gekozen"


@pytest.mark.regel("RW-13.S8", "RW-12.1")
@pytest.mark.parametrize("afronding", [False, True], ids=["loopt", "in afronding"])
def test_scenario_8_een_melding_tijdens_de_v_en_v(samen, noor, sanne, afronding):
    pagina, collega = samen
    vv = factories.vv("lopend", door=noor)
    if afronding:
        VV.objects.filter(pk=vv.pk).update(vervolg_monitoren=True)
    tweede = meld_erbij(pagina, vv.casus, "De school belt ook.")
    vul_in(pagina, B1=True)
    stel_vast(pagina)
    if afronding:
        expect(pagina.get_by_text("Dan kan ook dit triagebesluit Overdracht zijn.")).to_be_visible()
        besluit(pagina, collega, OVERDRACHT)
        assert VV.objects.get().meldingen.count() == 1
        assert Overdracht.objects.get().meldingen.get() == tweede
        return
    besluit(pagina, collega, BIJ_VT)
    spreek(vv.casus, noor)
    kies(pagina, "V&V", melding=tweede)
    loopt = VV.objects.get()
    assert (loopt.stand, loopt.meldingen.count(), loopt.stap_id) == ("lopend", 2, vv.stap_id)


@pytest.mark.regel("RW-13.AF")
def test_gesloten_casus_een_contact_mag_en_een_nieuw_signaal_wordt_een_nieuwe_melding(samen, noor, sanne):
    pagina, _ = samen
    casus = factories.casus(noor)
    sluit_casus(casus, door=noor)
    naar_casus(pagina, casus)
    vastleggen = pagina.get_by_role("complementary", name="Vastleggen en stappen")
    vastleggen.get_by_role("link", name=re.compile("^Contact")).click()
    pagina.get_by_label("Verslag").fill("Oma belt: hij staat weer voor de deur.")
    pagina.get_by_label("Is dit een nieuw signaal van onveiligheid?").select_option("ja")
    pagina.get_by_role("button", name="Contact vastleggen").click()
    expect(pagina.get_by_text("Oma belt: hij staat weer voor de deur.").first).to_be_visible()
    assert Signaal.objects.get().tekst.endswith("Oma belt: hij staat weer voor de deur.")
    assert Casus.objects.get(pk=casus.pk).stand == "gesloten"


@pytest.mark.regel("RW-13.LM", "RW-12.2")
@pytest.mark.parametrize("ernaast", [False, True], ids=["alleen maatwerk", "met een dienst"])
def test_lokaal_maatwerk_is_ook_een_melding(samen, casus, noor, ernaast):
    pagina, collega = samen
    melding = Melding.objects.get()
    beoordeel(pagina, collega, melding, BIJ_VT if ernaast else MAATWERK)
    if ernaast:
        spreek(casus, noor)
        kies(pagina, "V&V", "Lokaal maatwerk")
        assert VV.objects.get().meldingen.get() == melding
    assert Maatwerk.objects.get().meldingen.get() == melding
    assert melding.ontvangen_op > timezone.now() - timedelta(hours=1)
