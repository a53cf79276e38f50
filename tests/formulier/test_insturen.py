"""From the first page to the signal: what is asked, what arrives, and what the visitor learns."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from casus.models import Taak
from melding.formulier.forms.melder import BANDEN, ORGANISATIES
from melding.formulier.forms.situatie import DUUR
from melding.models import Concept, Melder, Signaal
from melding.services import neem_melding_aan
from tests import factories
from tests.formulier.conftest import BEGIN, GEHEIM, VERHAAL, Bezoeker
from vt_cvs.organisatie.models import Rol
from vt_cvs.organisatie.selectors import labels

pytestmark = pytest.mark.django_db


@pytest.mark.regel("PRO-1", "RW-6.18", "RW-5.1")
def test_alleen_het_verhaal_is_nodig_en_de_melder_krijgt_alleen_het_nummer(bezoeker, signaal):
    assert bezoeker.begin().vertel().verstuur().status_code == 302
    ontvangen = signaal()
    assert (ontvangen.bron, ontvangen.stand, ontvangen.tekst) == ("formulier", "nieuw", VERHAAL)
    assert bezoeker.nummer() == ontvangen.nummer
    taak = Taak.objects.get()
    assert (taak.pad, taak.uiterlijk) == (ontvangen.pad(), ontvangen.termijn.sturend.uiterlijk)


@pytest.mark.regel("PRO-1")
def test_zonder_verhaal_staat_er_wat_er_mist_en_waar(bezoeker):
    bezoeker.begin()
    antwoord = bezoeker.verstuur()
    assert antwoord.status_code == 422
    assert 'href="/melden/situatie/#id_tekst"' in antwoord.content.decode()
    assert not Signaal.objects.exists()
    leeg = bezoeker.vul("/melden/situatie/", tekst="  ")
    assert leeg.status_code == 422
    assert "Schrijf in het kort wat er gebeurt" in leeg.content.decode()


@pytest.mark.regel("PRO-2")
def test_van_een_professional_komen_de_vijf_stappen_mee(bezoeker, signaal):
    bezoeker.begin("werk").vertel(gevaar="nee", duur="tot-1-jaar")
    bezoeker.vul(
        "/melden/gegevens/", functie="leerkracht", organisatietype="onderwijs", organisatie="De Vlinder", **GEHEIM
    )
    bezoeker.vul("/melden/meldcode/", meldcodestappen=["1", "3"], afwegingskader="onderwijs", weging="ernstig")
    bezoeker.vul("/melden/gesprek/", gesprek_gevoerd="ja", gesprek_verslag="moeder huilde", weet_van_melding="nee")
    bezoeker.vul("/melden/besluit/", melden_nodig="ja", hulp_mogelijk="nee", besluit_uitleg="te zwaar")
    bezoeker.verstuur()
    meldcode = signaal().meldcode
    assert meldcode.meldcodestappen == ["1", "3"]
    assert (meldcode.afwegingskader, meldcode.weging) == ("onderwijs", "ernstig")
    assert (meldcode.gesprek_gevoerd, meldcode.gesprek_verslag) == ("ja", "moeder huilde")
    assert (meldcode.weet_van_melding, meldcode.melden_nodig, meldcode.hulp_mogelijk) == ("nee", "ja", "nee")
    assert meldcode.besluit_uitleg == "te zwaar"


@pytest.mark.regel("PRO-2")
def test_geen_enkele_stap_van_de_meldcode_houdt_insturen_tegen(bezoeker, signaal):
    bezoeker.begin("politie").vertel().verstuur()
    assert not hasattr(signaal(), "meldcode")
    assert signaal().melder_organisatietype == "jv-politie"


def test_wie_geen_professional_blijkt_stuurt_geen_meldcode_mee(bezoeker, signaal):
    bezoeker.begin("werk").vertel()
    bezoeker.vul("/melden/meldcode/", meldcodestappen=["1"])
    bezoeker.vul(BEGIN, wie="omgeving")
    bezoeker.verstuur()
    assert not hasattr(signaal(), "meldcode")


@pytest.mark.regel("WVT-10")
def test_een_kind_kan_zonder_volwassene_en_wie_zorg_nodig_heeft_staat_erbij(bezoeker, signaal):
    bezoeker.begin().vertel()
    naar = bezoeker.vul("/melden/kinderen/", afhankelijken="ja")
    assert naar["Location"] == "/melden/kinderen/1/"
    bezoeker.vul("/melden/kinderen/1/", soort="kind", voornamen="Noa", geboortedatum="ongeveer 7", straat="Iep 1")
    bezoeker.vul("/melden/kinderen/2/", soort="afhankelijk", voornamen="Oma", zelfde_adres="on", straat="anders")
    bezoeker.verstuur()
    kind, oma = signaal().personen.all()
    assert (kind.soort, kind.voornamen, kind.geboortedatum_opgegeven, kind.afhankelijk) == (
        "kind", "Noa", "ongeveer 7", True,
    )  # fmt: skip
    assert (oma.soort, oma.straat, oma.afhankelijk) == ("volwassene", "Iep 1", True)
    assert signaal().afhankelijken == "ja"


@pytest.mark.regel("WVT-9")
@pytest.mark.parametrize(
    ("antwoord", "code"), [("ja", "ja"), ("nee", "nee"), ("onbekend", "onbekend"), ("", "onbekend")]
)
def test_hulp_die_niemand_weet_is_nog_onbekend(bezoeker, signaal, antwoord, code):
    bezoeker.begin().vertel()
    bezoeker.vul("/melden/hulp/", hulpverlening=antwoord, wie_helpt="het wijkteam")
    bezoeker.verstuur()
    melding = neem_melding_aan(signaal(), door=factories.medewerker(Rol.VOORKANT))
    assert melding.hulpverlening == code
    assert signaal().wie_helpt == "het wijkteam"


@pytest.mark.regel("RW-6.4")
@pytest.mark.parametrize(
    ("email", "reden", "verwacht"),
    [
        ("a@b.example", "wil_niet", ("a@b.example", "")),
        ("", "wil_niet", ("", "wil_niet")),
        ("", "", ("", "niet_bekend")),
    ],
)
def test_iedereen_wordt_om_een_emailadres_gevraagd_en_leeg_mag(bezoeker, signaal, email, reden, verwacht):
    bezoeker.begin("zelf").vertel()
    assert "Uw e-mailadres" in bezoeker.zie("/melden/gegevens/").content.decode()
    bezoeker.vul("/melden/gegevens/", email=email, email_reden=reden)
    bezoeker.verstuur()
    melder = neem_melding_aan(signaal(), door=factories.medewerker(Rol.VOORKANT)).melder
    assert (melder.email, melder.email_reden) == verwacht


@pytest.mark.regel("RW-7.7")
def test_ook_van_een_anonieme_burger_zijn_functie_en_organisatie_bekend(bezoeker, signaal):
    bezoeker.begin().vertel()
    bezoeker.vul("/melden/gegevens/", naam="Buurvrouw", band="buurt", anoniem="ja")
    bezoeker.verstuur()
    melder = neem_melding_aan(signaal(), door=factories.medewerker(Rol.VOORKANT)).melder
    assert (melder.soort, melder.functie, melder.organisatie, melder.anoniem) == (
        Melder.Soort.BURGER, "buurt", "nvt", True,
    )  # fmt: skip
    assert "melder_naam" in signaal().niet_ter_inzage()


def test_wat_een_professional_invult_staat_bij_de_melder(bezoeker, signaal):
    bezoeker.begin("werk").vertel()
    bezoeker.vul(
        "/melden/gegevens/", naam="J. Bos", functie="leerkracht", organisatietype="onderwijs", organisatie="De Iep"
    )
    bezoeker.verstuur()
    melder = neem_melding_aan(signaal(), door=factories.medewerker(Rol.VOORKANT)).melder
    assert (melder.soort, melder.organisatie, melder.naam) == (
        "professional",
        "onderwijs",
        "J. Bos, leerkracht, De Iep",
    )


def test_direct_gevaar_staat_bij_het_werk(bezoeker):
    bezoeker.begin().vertel(gevaar="ja")
    pagina = bezoeker.zie("/melden/kinderen/").content.decode()
    assert 'href="tel:112"' in pagina
    bezoeker.verstuur()
    assert "nu gevaar" in Taak.objects.get().omdat


def test_een_datum_in_gewone_woorden_wordt_een_datum(bezoeker, signaal):
    bezoeker.begin().vertel(wanneer="12-3-2026")
    bezoeker.verstuur()
    assert f"{timezone.localtime(signaal().incident_op):%d-%m-%Y}" == "12-03-2026"


def test_een_dag_die_niet_te_lezen_is_blijft_zoals_opgeschreven(bezoeker, signaal):
    bezoeker.begin().vertel(wanneer="vorige zomer een keer")
    bezoeker.verstuur()
    assert signaal().incident_op is None
    assert signaal().incident_opgegeven == "vorige zomer een keer"


def test_keuzes_op_het_formulier_zijn_codes_van_de_lijst(db):
    assert {code for code, _ in ORGANISATIES} <= set(labels("organisatie_melder"))
    assert {code for code, _ in BANDEN} <= set(labels("functie_melder"))
    assert {code for code, _ in DUUR} == set(labels("duur_geweld"))
    assert {"niet_bekend", "wil_niet"} == set(Melder.EmailReden.values)


@pytest.mark.regel("RW-5.1")
def test_de_bevestiging_zegt_hetzelfde_of_de_personen_bekend_zijn_of_niet(voorkant):
    """Word for word, and with as many questions to the database."""
    persoon = factories.persoon(voornamen="Fatima", achternaam="Aziz", bsn="999990019")
    uitkomsten = []
    for naam in (persoon.achternaam, "Zzyzx"):
        bezoeker = Bezoeker().begin().vertel()
        bezoeker.vul("/melden/volwassenen/1/", voornamen="Fatima", achternaam=naam)
        with tel_vragen() as vragen:
            bezoeker.verstuur()
        nummer = bezoeker.nummer()
        uitkomsten.append((bezoeker.zie("/melden/klaar/").content.decode().replace(nummer, "#"), len(vragen)))
    zonder_token = [(tekst.split("csrfmiddlewaretoken")[0], aantal) for tekst, aantal in uitkomsten]
    assert zonder_token[0] == zonder_token[1]


def tel_vragen():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def test_de_inlogpagina_wijst_de_weg_naar_het_formulier(db):
    assert 'href="/melden/"' in Client().get("/account/login/").content.decode()


def test_wie_al_is_ingelogd_meldt_als_ieder_ander(voorkant, signaal):
    bezoeker = Bezoeker()
    bezoeker.client.force_login(voorkant)
    bezoeker.begin().vertel().verstuur()
    assert signaal().history.first().history_user.systeem
    assert not Concept.objects.exclude(nummer=signaal().nummer).exists()
