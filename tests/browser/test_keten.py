"""The main job on real input, as two people walk it: from a police report to an inzagedossier in hand."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import Any

import httpx
import pytest
from dateutil.relativedelta import relativedelta
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from casus.inzage.models import Inzageverzoek
from casus.inzage.tasks import maak_inzagedocument
from casus.models import Casus, Persoon, Terugkoppeling
from casus.services.casussen import sluit_casus
from diensten.models import Monitormoment
from melding.models import Melding, Signaal
from tests import factories
from tests.browser.gereedschap import log_in, schermafdruk
from vt_cvs.demo.management.commands.stuur_meldingen import VOORBEELDEN
from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Medewerker, Rol

BERICHT = json.loads((VOORBEELDEN / "1-ruzie-met-kinderen-op-de-trap.json").read_text(encoding="utf-8"))
BINNEN_VIJF_SECONDEN = 5_000


@pytest.fixture
def noor(transactional_db) -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad", telefoon="toestel 211")


@pytest.fixture
def sanne(noor) -> Medewerker:
    return factories.collega(noor, Rol.ACHTERKANT, naam="Sanne de Wit")


@pytest.fixture
def ilse(noor) -> Medewerker:
    return factories.collega(noor, Rol.PRIVACYFUNCTIONARIS, naam="Ilse Kramer")


@pytest.fixture
def bekende(sanne) -> Persoon:
    """Rik Brouwers is known from a case that has closed."""
    eerder = factories.casus(sanne)
    opgegeven = BERICHT["volwassenen"][0]
    betrokkene = factories.betrokkene(
        eerder,
        voornamen="Rik",
        achternaam="Brouwers",
        geboortedatum=date.fromisoformat(opgegeven["geboortedatum"]),
        bsn=opgegeven["bsn"],
        geslacht="M",
    )
    sluit_casus(eerder, door=sanne)
    return Persoon.objects.get(pk=betrokkene.persoon_id)


@pytest.mark.regel("RW-3.12", "RW-4.1", "RW-6.18", "RW-8.10", "RW-8.12", "RW-8.19", "RW-11.4", "RW-4.8")
def test_van_politiemelding_tot_inzagedossier(
    pagina: Page, pagina_van_collega: Page, live_server, noor, sanne, ilse, bekende
) -> None:
    log_in(pagina, noor)
    log_in(pagina_van_collega, sanne)
    pagina_van_collega.goto("/werk/")
    pagina_van_collega.evaluate("window.nogDezelfdePagina = true")

    nummer = de_politie_meldt(live_server.url)
    casus = noor_neemt_de_melding_aan(pagina, nummer, bekende)
    noor_vult_de_vht(pagina, nummer)
    noor_legt_het_triagebesluit_voor(pagina, sanne)
    sanne_tekent_zonder_te_herladen(pagina_van_collega)
    noor_koppelt_terug_in_twee_klikken(pagina, nummer)
    noor_spreekt_de_moeder_en_kiest_vv(pagina, casus)
    noor_doet_de_vv(pagina, casus)
    noor_monitort_tot_het_stabiel_veilig_is(pagina, casus)
    noor_sluit_de_casus(pagina, casus)
    verzoek = noor_screent_het_inzagedossier(pagina, casus)
    tekst = ilse_verstrekt(pagina_van_collega, ilse, verzoek)

    assert "Inzagedossier" in tekst
    assert nummer in tekst
    assert "rode zwelling" in tekst
    assert "Oma haalt de kinderen" in tekst


def de_politie_meldt(url: str) -> str:
    """201 with the number and nothing else; the same message again is the same number."""
    factories.afzender()
    kop = {"Authorization": f"Bearer {factories.SLEUTELS['Politie Merenland']}"}
    antwoord = httpx.post(f"{url}/api/v1/meldingen", json=BERICHT, headers=kop)
    assert antwoord.status_code == 201
    assert set(antwoord.json()) == {"meldingsnummer"}
    nog_eens = httpx.post(f"{url}/api/v1/meldingen", json=BERICHT, headers=kop)
    assert (nog_eens.status_code, nog_eens.json()) == (200, antwoord.json())
    return str(antwoord.json()["meldingsnummer"])


def noor_neemt_de_melding_aan(pagina: Page, nummer: str, bekende: Persoon) -> Casus:
    """From Mijn werk to a case, with the one person who is known and three who are new."""
    pagina.goto("/werk/")
    regel = pagina.get_by_role("row").filter(has_text="Signaal van Politie Merenland")
    expect(regel).to_be_visible()
    laat_zien(pagina, "01-mijn-werk")
    regel.get_by_role("link", name="Melding oppakken").click()
    rik = pagina.locator("details.vt-melder-rij").filter(has=pagina.locator("summary", has_text="Rik Brouwers"))
    expect(rik).to_contain_text("BSN gelijk")
    rik.get_by_label("Deze persoon").check()
    laat_zien(pagina, "02-melding-aannemen")
    pagina.get_by_role("button", name="Melding vastleggen").click()
    expect(pagina.get_by_role("heading", level=1, name="Veiligheidstaxatie (VHT)")).to_be_visible()

    melding = Melding.objects.get(nummer=nummer)
    assert Signaal.objects.get(nummer=nummer).stand == "melding"
    assert melding.situatie == BERICHT["tekst"]
    personen = [b.persoon for b in melding.casus.betrokkenen.all()]
    assert bekende in personen
    assert len(personen) == 4
    assert Persoon.objects.filter(achternaam="Brouwers", voornamen="Rik").count() == 1
    return melding.casus


def noor_vult_de_vht(pagina: Page, nummer: str) -> None:
    """A is no, B is yes, C is no; one form of violence with its fact and source. Each answer is kept at once."""
    pagina.wait_for_load_state()
    for code in ("A1", "A2", "A3", "A4", "B2", "B4", "C1", "C2", "C3"):
        antwoord(pagina, code, "Nee")
    for code in ("B1", "B3"):
        antwoord(pagina, code, "Ja")
    for letter, stand in {"A": "Nee, 4 van 4", "B": "Ja, 2 van 4", "C": "Nee, 3 van 3"}.items():
        expect(pagina.locator(f"#stand-{letter}")).to_have_text(stand)
    nieuw = pagina.get_by_role("group", name="Nieuwe vorm van geweld")
    nieuw.get_by_label("Vorm", exact=True).select_option(label="(Ex-)partnergeweld: lichamelijk")
    nieuw.get_by_label("Feit").fill("Een rode zwelling onder het linkeroog, gezien door de politie.")
    nieuw.get_by_label("Bron").fill("politie, 20 november")
    nieuw.get_by_role("button", name="Vorm toevoegen").click()
    expect(pagina.get_by_role("group", name="(Ex-)partnergeweld: lichamelijk")).to_be_visible()
    expect(pagina.locator("#stand")).to_contain_text("Structureel onveilig")
    laat_zien(pagina, "03-vht")
    pagina.get_by_role("button", name="Eindconclusie vaststellen").click()
    expect(pagina.get_by_role("heading", level=1, name="Triagebesluit")).to_be_visible()


def antwoord(pagina: Page, code: str, keuze: str) -> None:
    pagina.locator(f"#crit-{code.lower()}").locator("label", has_text=re.compile(f"^{keuze}$")).click()


def noor_legt_het_triagebesluit_voor(pagina: Page, sanne: Medewerker) -> None:
    """The page that follows the conclusion by itself."""
    pagina.get_by_label("Vervolgstappen beleggen bij Veilig Thuis").check()
    pagina.get_by_label("Tweede medewerker").select_option(label=kies(pagina, "Tweede medewerker", sanne.naam))
    pagina.get_by_label("Toelichting").fill("Noa en Mees zijn bang. Het gezin kan dit nu niet zonder ons.")
    laat_zien(pagina, "04-triagebesluit-voorstellen")
    pagina.get_by_role("button", name="Voorleggen aan collega").click()
    expect(pagina.get_by_text("Voorgelegd aan Sanne de Wit").first).to_be_visible()


def kies(pagina: Page, veld: str, begin: str) -> str:
    """The label of the option that starts like this: names come with role or extension."""
    opties = pagina.get_by_label(veld).locator("option").all_inner_texts()
    return next(optie for optie in opties if optie.startswith(begin))


def sanne_tekent_zonder_te_herladen(pagina: Page) -> None:
    """She stands on Mijn werk; the request appears by itself, and she signs in two actions."""
    link = pagina.get_by_role("link", name="Lezen en tekenen")
    expect(link).to_be_visible(timeout=BINNEN_VIJF_SECONDEN)
    assert pagina.evaluate("window.nogDezelfdePagina"), "de pagina is herladen"
    expect(pagina.get_by_role("heading", name="Noor Haddad vraagt je handtekening")).to_be_visible()
    laat_zien(pagina, "05-zojuist-binnen")
    link.click()
    lees = pagina.locator("main")
    for nodig in (
        "Vervolgstappen beleggen bij Veilig Thuis",
        "Structureel onveilig",
        "Een rode zwelling",
        "Rik Brouwers",
    ):
        expect(lees).to_contain_text(nodig)
    laat_zien(pagina, "06-tekenen")
    acties = 0
    for actie in (
        lambda: pagina.get_by_label("Ik ben het eens").check(),
        lambda: pagina.get_by_role("button", name="Tekenen als Sanne de Wit").click(),
    ):
        actie()
        acties += 1
    expect(pagina.locator("main")).to_contain_text("genomen")
    assert acties == 2


def noor_koppelt_terug_in_twee_klikken(pagina: Page, nummer: str) -> None:
    """Open the task, press send; the background mails it."""
    pagina.goto("/werk/")
    klik_een = pagina.get_by_role("link", name="Terugkoppeling aan de melder geven")
    klik_een.click()
    klik_twee = pagina.get_by_role("button", name="Terugkoppeling versturen")
    laat_zien(pagina, "07-terugkoppeling")
    klik_twee.click()
    expect(pagina.get_by_text("Terugkoppeling verstuurd").first).to_be_visible()
    bezorg()
    [bericht] = [m for m in mail.outbox if m.to == [BERICHT["melder"]["email"]]]
    assert nummer in bericht.body
    assert "Brouwers" not in bericht.subject + bericht.body
    assert Terugkoppeling.objects.get(meldingsnummer=nummer).stand == "afgeleverd"


def noor_spreekt_de_moeder_en_kiest_vv(pagina: Page, casus: Casus) -> None:
    pagina.goto(casus.pad())
    vastleggen = pagina.get_by_role("complementary", name="Vastleggen en stappen")
    vastleggen.get_by_role("link", name=re.compile("^Contact")).click()
    pagina.get_by_label("Shanella Martina").check()
    pagina.get_by_label("Verslag").fill("Shanella wil dat het stopt. Oma haalt de kinderen voorlopig van school.")
    pagina.get_by_role("button", name="Contact vastleggen").click()
    pagina.goto("/werk/")
    pagina.get_by_role("link", name="Keuze vervolgstappen maken").click()
    pagina.get_by_label("V&V", exact=True).check()
    pagina.get_by_label("Toelichting").fill("Eerst veiligheid in huis, daarna hulp.")
    laat_zien(pagina, "08-keuze")
    pagina.get_by_role("button", name="Keuze vastleggen").click()
    expect(pagina.locator("main")).to_contain_text("V&V")


def noor_doet_de_vv(pagina: Page, casus: Casus) -> None:
    """Taken up, one condition, ended with Monitoren: the two moments stand there by themselves."""
    pagina.get_by_role("link", name="V&V").last.click()
    pagina.get_by_role("button", name="V&V oppakken").click()
    expect(pagina.get_by_text("Lopend").first).to_be_visible()
    pagina.get_by_role("link", name="Veiligheidsvoorwaarde vaststellen").click()
    pagina.get_by_role("textbox", name="Voorwaarde").fill("Rik slaapt bij zijn zus en komt alleen als oma er is.")
    pagina.get_by_role("button", name="Veiligheidsvoorwaarde vaststellen").click()
    stap = casus.stappen.get(soort="vv")
    pagina.goto(f"{casus.pad()}diensten/{stap.pk}/")
    pagina.get_by_label("(Ex-)partnergeweld: lichamelijk").select_option(label="bevestigd")
    pagina.get_by_label("Monitoren", exact=True).check()
    pagina.get_by_label("Toelichting").fill("De voorwaarde wordt gevolgd.")
    laat_zien(pagina, "09-vv-afronden")
    pagina.get_by_role("button", name="V&V afronden").click()
    expect(pagina.get_by_text("Afgerond").first).to_be_visible()
    vandaag = timezone.localdate()
    gepland = list(Monitormoment.objects.order_by("gepland_op").values_list("gepland_op", flat=True))
    assert gepland == [vandaag + relativedelta(months=3), vandaag + relativedelta(months=12)]


def noor_monitort_tot_het_stabiel_veilig_is(pagina: Page, casus: Casus) -> None:
    stap = casus.stappen.get(soort="monitoren")
    dienst = f"{casus.pad()}diensten/{stap.pk}/"
    for moment in Monitormoment.objects.filter(stap=stap):
        pagina.goto(dienst)
        pagina.locator(f'a[href$="/moment/{moment.pk}/"]').first.click()
        pagina.get_by_label("Verslag").fill("Shanella geeft haar veiligheid een 8; school ziet dat ook.")
        laat_zien(pagina, "10-monitormoment")
        pagina.get_by_role("button", name="Monitormoment vastleggen").click()
        expect(pagina.locator("main")).to_contain_text("gehouden")
    pagina.goto(dienst)
    pagina.get_by_label("Toelichting").fill("Gezin, school en oma zeggen het alle drie.")
    laat_zien(pagina, "11-monitoren")
    pagina.get_by_role("button", name="Stabiel veilig").click()
    expect(pagina.get_by_text("Afgerond").first).to_be_visible()


def noor_sluit_de_casus(pagina: Page, casus: Casus) -> None:
    """What is counted is still missing: closing says so, each with its place; filled in, it closes."""
    terugkoppeling = Terugkoppeling.objects.get(stap__casus=casus, moment="einde")
    pagina.goto(terugkoppeling.pad())
    pagina.get_by_role("button", name="Terugkoppeling versturen").click()
    bezorg()
    pagina.goto(f"{casus.pad()}sluiten/")
    pagina.get_by_role("button", name="Casus sluiten").click()
    expect(pagina.locator("main")).to_contain_text("duur van het geweld")
    laat_zien(pagina, "12-kan-nog-niet-sluiten")
    melding = Melding.objects.get(stap__casus=casus)
    pagina.goto(melding.pad())
    pagina.get_by_label("Duur van het geweld").select_option(label="> 1 maand, < 6 maanden")
    pagina.get_by_label("Gemeente", exact=True).select_option(label="Zeewolde")
    pagina.get_by_role("button", name="Melding bewaren").click()
    expect(pagina.get_by_text("Melding bewaard")).to_be_visible()
    pagina.get_by_role("button", name="Melding afhandelen").click()
    expect(pagina.get_by_text("Afgehandeld").first).to_be_visible()
    pagina.goto(f"{casus.pad()}sluiten/")
    pagina.get_by_role("button", name="Casus sluiten").click()
    expect(pagina.locator("main")).to_contain_text("gesloten")
    assert Casus.objects.get(pk=casus.pk).stand == "gesloten"


def noor_screent_het_inzagedossier(pagina: Page, casus: Casus) -> Inzageverzoek:
    """Every part is judged: what the system proposes to redact is redacted, the rest shown."""
    pagina.goto(f"{casus.pad()}inzage/nieuw/")
    pagina.get_by_label("Verzoeker").select_option(label=kies(pagina, "Verzoeker", "Shanella Martina"))
    pagina.get_by_role("button", name="Verzoek vastleggen").click()
    pagina.get_by_role("button", name="Screening beginnen").click()
    laat_zien(pagina, "13-screenen")
    verzoek = Inzageverzoek.objects.get(casus=casus)
    for _ in range(verzoek.onderdelen.count()):
        for _ in range(pagina.locator("li.wacht").count()):
            pagina.locator("li.wacht").first.get_by_role("button", name="Lakken").click()
        gelakt = pagina.locator(".vt-gronden li").count()
        pagina.get_by_label("Tonen met gelakte stukken" if gelakt else "Tonen, helemaal").check()
        pagina.get_by_role("button", name="Klaar, volgend onderdeel").click()
    expect(pagina.get_by_role("heading", name=re.compile(r"^(\d+) van \1 beoordeeld$"))).to_be_visible()
    pagina.get_by_role("button", name="Screening afronden").click()
    expect(pagina.get_by_text("Inzagedossier maken")).to_be_visible()
    return verzoek


def ilse_verstrekt(pagina: Page, ilse: Medewerker, verzoek: Inzageverzoek) -> str:
    """The second pair of eyes; the document is a PDF whose text can be read."""
    bezorg()
    maak_inzagedocument(verzoek.pk)
    pagina.context.clear_cookies()
    log_in(pagina, ilse)
    pagina.goto("/werk/")
    pagina.get_by_role("link", name="Inzagedossier", exact=False).first.click()
    laat_zien(pagina, "14-verstrekken")
    pagina.get_by_role("button", name="Verstrekken").click()
    expect(pagina.get_by_text("Verstrekt").first).to_be_visible()
    with pagina.expect_download() as ophalen:
        pagina.get_by_role("link", name="Inzagedossier.pdf").click()
    inhoud = ophalen.value.path().read_bytes()
    return " ".join(" ".join(blad.extract_text() for blad in PdfReader(io.BytesIO(inhoud)).pages).split())


def laat_zien(pagina: Page, naam: str) -> Any:
    return schermafdruk(pagina, f"keten-{naam}")
