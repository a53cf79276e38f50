"""Screens 11 and 12 in Chromium: look, keys, axe, both widths; redacting by selecting text."""

from __future__ import annotations

from datetime import date

import pytest

from casus.inzage.models import Onderdeel
from casus.inzage.services import beoordeel, beslis_voorstel, open_verzoek
from casus.inzage.tasks import maak_inzagedocument
from casus.models import Betrokkene, Casus, Contact
from casus.services.vastleggen import leg_afspraak_vast, leg_contact_vast, leg_score_vast, stel_voorwaarde
from tests import factories as f
from tests.bewaren.conftest import sluit_op
from tests.browser.gereedschap import log_in, op_elke_breedte
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db(transaction=True)

VERSLAG = (
    "Aanwezig: Marloes Verhoeven, Noor Haddad. Gesprek aan de keukentafel, Molenweg 9 in Lindedijk. "
    "De kinderen waren op school.\n\n"
    "Marloes zegt dat het rustiger is. Jelle houdt zich aan de meeste afspraken.\n\n"
    "Als het misgaat, gaat zij met de kinderen naar haar collega Esther. Zij heeft daar een sleutel van.\n\n"
    "Marloes vertelt over haar eigen gezondheid. Zij slaapt slecht en praat elke twee weken met de huisarts."
)


@pytest.fixture
def verzoek(transactional_db):
    noor = f.medewerker(Rol.ACHTERKANT, naam="Noor Haddad")
    f.medewerker(Rol.PRIVACYFUNCTIONARIS, naam="Ilse Kramer")
    casus = f.casus(noor)
    jelle = f.betrokkene(
        casus,
        voornamen="Jelle",
        achternaam="Terpstra",
        geboortedatum=date(1988, 4, 2),
        straat="Molenweg 9",
        plaats="Lindedijk",
    )
    marloes = f.betrokkene(casus, voornamen="Marloes", achternaam="Verhoeven", geboortedatum=date(1990, 1, 1))
    leg_contact_vast(
        casus,
        door=noor,
        soort=Contact.Soort.HUISBEZOEK,
        verslag=VERSLAG,
        met="Marloes",
        betrokkenen=[marloes],
        alert=True,
        alert_reden="Vluchtplan van Marloes.",
    )
    leg_contact_vast(
        casus,
        door=noor,
        soort=Contact.Soort.KANTOOR,
        verslag="Jelle herkent de ruzie.",
        betrokkenen=[jelle],
        hoor_wederhoor=True,
    )
    leg_score_vast(marloes, 6, door=noor)
    leg_score_vast(jelle, 7, door=noor)
    stel_voorwaarde(casus, "Jelle slaapt bij zijn broer.", door=noor)
    leg_afspraak_vast(casus, "De kinderen gaan bij oma van de een naar de ander.", door=noor, met="Marloes en oma")
    verzoek = open_verzoek(casus, jelle, door=noor)
    return voer_uit(verzoek, "begin_screening", door=noor)


def test_screenen_met_muis_en_toetsen(pagina, verzoek):
    noor = verzoek.casus.verantwoordelijke
    log_in(pagina, noor)
    for onderdeel in list(verzoek.onderdelen.all())[:3]:
        for nummer, _ in enumerate(onderdeel.lakplekken, 1):
            onderdeel = beslis_voorstel(onderdeel, nummer, lakken=True, door=noor)
        beoordeel(onderdeel, "lakken" if onderdeel.lakplekken else "tonen", door=noor)
    huisbezoek = Onderdeel.objects.get(stuksoort="casus.contact", alert=True)
    pagina.goto(huisbezoek.pad())
    pagina.get_by_text("Een bezoek aan huis").first.wait_for()
    doel = pagina.locator("[data-lakbron] p", has_text="Zij slaapt slecht")
    doel.evaluate(
        """p => { const t = p.firstChild, i = t.data.indexOf("Zij slaapt"), r = document.createRange();
        r.setStart(t, i); r.setEnd(t, t.data.length); const s = getSelection(); s.removeAllRanges(); s.addRange(r);
        document.dispatchEvent(new MouseEvent("mouseup", {bubbles: true})); }"""
    )
    balk = pagina.get_by_role("toolbar", name="Selectie lakken met grond")
    balk.wait_for()
    assert op_elke_breedte(pagina, "inzage") == []
    assert balk.count() == 0
    doel.evaluate(
        """p => { const t = p.firstChild, i = t.data.indexOf("Zij slaapt"), r = document.createRange();
        r.setStart(t, i); r.setEnd(t, t.data.length); const s = getSelection(); s.removeAllRanges(); s.addRange(r);
        document.dispatchEvent(new MouseEvent("mouseup", {bubbles: true})); }"""
    )
    balk.wait_for()
    with pagina.expect_navigation():
        pagina.keyboard.press("1")
    huisbezoek.refresh_from_db()
    gelakt = [plek for plek in huisbezoek.lakplekken if not plek["voorstel"]]
    assert len(gelakt) == 1
    assert "Zij slaapt slecht" in pagina.locator(".vt-lak").inner_text()
    while Onderdeel.objects.get(pk=huisbezoek.pk).voorstellen:
        with pagina.expect_navigation():
            pagina.get_by_role("button", name="Lakken van stuk").first.click()
    pagina.keyboard.press("l")
    assert pagina.locator('input[value="lakken"]').is_checked()
    with pagina.expect_navigation():
        pagina.keyboard.press("Control+Enter")
    assert Onderdeel.objects.get(pk=huisbezoek.pk).oordeel == "lakken"


def test_lijst_nieuw_voorbeeld_en_verstrekken(pagina, verzoek):
    noor = verzoek.casus.verantwoordelijke
    log_in(pagina, noor)
    pagina.goto("/inzage/")
    assert op_elke_breedte(pagina, "inzage-lijst") == []
    pagina.goto(f"/casus/{verzoek.casus.nummer}/inzage/nieuw/")
    assert op_elke_breedte(pagina, "inzage-nieuw") == []
    for onderdeel in verzoek.onderdelen.all():
        for nummer, _ in enumerate(onderdeel.lakplekken, 1):
            onderdeel = beslis_voorstel(onderdeel, nummer, lakken=True, door=noor)
        beoordeel(onderdeel, "lakken" if onderdeel.lakplekken else "tonen", door=noor)
    pagina.goto(f"/inzage/{verzoek.pk}/voorbeeld/")
    assert op_elke_breedte(pagina, "inzage-voorbeeld") == []
    pagina.goto(verzoek.pad())
    pagina.get_by_role("button", name="Screening afronden").click()
    pagina.get_by_text("Inzagedossier maken.").wait_for()
    assert op_elke_breedte(pagina, "inzage-bezig") == []
    maak_inzagedocument(verzoek.pk)
    pagina.get_by_role("link", name="Inzagedossier.pdf").wait_for()
    log_in(pagina, f.medewerker(Rol.PRIVACYFUNCTIONARIS, naam="Ida Boon"))
    pagina.goto(verzoek.pad())
    pagina.get_by_role("button", name="Verstrekken").click()
    pagina.get_by_text("Inzagedossier verstrekt om").wait_for()
    assert op_elke_breedte(pagina, "inzage-verstrekt") == []


def test_bewaren_voorstellen_en_akkoord(pagina, transactional_db):
    noor = f.medewerker(Rol.ACHTERKANT, Rol.PRIVACYFUNCTIONARIS, naam="Noor Haddad")
    tim = f.medewerker(Rol.TEAMLEIDER, naam="Tim Bakker")
    for n in range(6):
        casus = f.casus(noor)
        f.betrokkene(
            casus,
            achternaam=["Jansen", "De Vries", "Smit", "Bos", "Mulder", "Dekker"][n],
            geboortedatum=date(1970 + 8 * n, 1, 1),
        )
        sluit_op(casus, date(2009, 3, 1 + n))
    advies = f.casus(noor, soort=Casus.Soort.ADVIES)
    sluit_op(advies, date(2024, 1, 1))
    assert Betrokkene.objects.count() == 6
    log_in(pagina, noor)
    pagina.goto("/bewaren/")
    assert op_elke_breedte(pagina, "bewaren") == []
    pagina.get_by_role("link", name=advies.nummer).click()
    assert op_elke_breedte(pagina, "bewaren-dossier") == []
    pagina.get_by_label("vernietigen (anonimiseren").check()
    pagina.get_by_label("de bewaartermijn is voorbij").check()
    pagina.get_by_role("button", name="Voorstellen").click()
    pagina.get_by_text("Voorgesteld; een collega beslist mee").wait_for()
    assert op_elke_breedte(pagina, "bewaren-voorstel") == []
    log_in(pagina, tim)
    pagina.reload()
    pagina.get_by_role("button", name="Akkoord").click()
    pagina.get_by_text("Akkoord; het wordt nu uitgevoerd").wait_for()
