"""What the worker sees of the form: beside the signal, and still beside the report it becomes."""

from __future__ import annotations

import pytest
from django.test import Client

from melding.dossier import meldcode as vertel_meldcode
from melding.meldingen.forms import MeldingForm
from melding.models import AangemeldePersoon, Meldcode, Signaal
from melding.services import neem_melding_aan
from tests import factories
from tests.formulier.conftest import GEHEIM, Bezoeker
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeld(voorkant) -> Signaal:
    bezoeker = Bezoeker().begin("werk").vertel(gevaar="ja", duur="langer")
    bezoeker.vul("/melden/gegevens/", **GEHEIM)
    bezoeker.vul("/melden/kinderen/", afhankelijken="ja")
    bezoeker.vul("/melden/kinderen/1/", soort="afhankelijk", voornamen="Opa")
    bezoeker.vul("/melden/hulp/", hulpverlening="onbekend", wie_helpt="misschien het wijkteam")
    bezoeker.vul("/melden/meldcode/", meldcodestappen=["1", "5"], weging="zeer ernstig")
    bezoeker.vul("/melden/gesprek/", gesprek_gevoerd="nee", gesprek_verslag="niet veilig")
    bezoeker.vul("/melden/besluit/", melden_nodig="ja", hulp_mogelijk="nee")
    bezoeker.verstuur()
    return Signaal.objects.get()


def op_scherm(pad: str, wie) -> str:
    client = Client()
    client.force_login(wie)
    return client.get(pad).content.decode()


GEZEGD = (
    "De melder schrijft dat er gevaar is",
    "misschien het wijkteam",
    "Nog uit te zoeken",
    "langer dan 5 jaar",
    "zeer ernstig",
    "niet veilig",
    "Eerste beslissing: melden is nodig",
    "1. signalen in kaart gebracht: <b>ja</b>",
    "3. gesproken met betrokkenen: <b>niet aangekruist</b>",
)


@pytest.mark.regel("PRO-2", "WVT-9", "WVT-10")
def test_alles_van_het_formulier_staat_bij_het_signaal(gemeld, voorkant):
    pagina = op_scherm(gemeld.pad(), voorkant)
    assert [zin for zin in (*GEZEGD, GEHEIM["bereik"], "heeft zorg nodig") if zin not in pagina] == []


@pytest.mark.regel("WVT-9", "WVT-10")
def test_op_het_scherm_staat_al_ingevuld_wat_de_melder_koos(gemeld):
    begin = MeldingForm(signaal=gemeld).initial
    assert (begin["duur_geweld"], begin["hulpverlening"], begin["afhankelijken"]) == ("langer", "onbekend", "ja")


@pytest.mark.regel("PRO-2", "WVT-9")
def test_en_het_gaat_mee_naar_de_melding(gemeld, voorkant):
    melding = neem_melding_aan(gemeld, door=voorkant)
    assert (melding.duur_geweld, melding.hulpverlening, melding.afhankelijken) == ("langer", "onbekend", "ja")
    pagina = op_scherm(melding.pad(), voorkant)
    assert [zin for zin in (*GEZEGD, GEHEIM["bereik"]) if zin not in pagina] == []


def test_een_gesloten_signaal_vergeet_ook_de_meldcode(gemeld, voorkant):
    voer_uit(gemeld, "stel_sluiten_voor", door=voorkant, reden="dubbel")
    voer_uit(gemeld, "sluit", door=factories.medewerker(Rol.VOORKANT))
    gemeld = Signaal.objects.get()
    assert not Meldcode.objects.exists()
    assert not Meldcode.history.exists()
    assert not AangemeldePersoon.objects.exists()
    leeg = {naam: getattr(rij, naam) for rij in (gemeld, *gemeld.history.all()) for naam in Signaal.eigen_gegevens}
    assert set(leeg.values()) == {""}


def test_de_client_leest_de_meldcode_in_gewone_zinnen(gemeld):
    zinnen = [alinea.tekst for alinea in vertel_meldcode(gemeld.meldcode, None)]
    assert "Stap 1. signalen in kaart gebracht." in zinnen
    assert "Uitkomst van de afweging: zeer ernstig." in zinnen


def test_zoals_ontvangen_verandert_ook_met_sql_niet(gemeld):
    from django.db import ProgrammingError, transaction

    with pytest.raises(ProgrammingError, match="melding_meldcode"), transaction.atomic():
        Meldcode.objects.update(weging="valt mee")
