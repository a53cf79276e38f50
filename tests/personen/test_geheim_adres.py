"""An address that an employee made secret is nowhere to be read but where someone says why, and that is logged."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casus.informatie.services import vraag_informatie
from casus.informeren.services import informeer
from casus.inzage.samenstellen import stel_samen
from casus.inzage.services import open_verzoek
from casus.models import Betrokkene, Logregel
from casus.ontvangers import over_een_ander
from casus.services.terugkoppeling import schrijf_bericht
from diensten.services.overdrachten import bereid_voor
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.kern.toegang import Gebeurtenis
from vt_cvs.organisatie.models import Rol

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-7.15")]
STRAAT, POSTCODE, PLAATS = "Kastanjelaan 12", "3512 AB", "Merendam"


@pytest.fixture
def noor():
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def melding(noor):
    return factories.melding(door=noor)


@pytest.fixture
def moeder(melding, client) -> Betrokkene:
    """Marloes, whose address an employee makes secret on the screen."""
    wie = factories.betrokkene(
        melding.casus, voornamen="Marloes", achternaam="Bos", geboortedatum=date(1990, 3, 4), straat=STRAAT,
        postcode=POSTCODE, plaats=PLAATS,
    )  # fmt: skip
    pad = f"{melding.casus.pad()}betrokkenen/{wie.pk}/"
    form = client.get(pad).context["form"]
    data = {v.html_name: "on" if v.value() is True else v.value() for v in form if v.value() not in {None, False}}
    assert client.post(pad, {**data, "adres_geheim": "on"}).status_code == 302
    return Betrokkene.objects.get(pk=wie.pk)


def test_de_medewerker_maakt_het_geheim_en_geen_overzicht_toont_het_nog(client, melding, moeder):
    assert moeder.persoon.adres_geheim
    for deel in ("", "betrokkenen/", "meldingen/", "informeren/", f"betrokkenen/{moeder.pk}/"):
        bladzijde = client.get(f"{melding.casus.pad()}{deel}").content.decode()
        assert STRAAT not in bladzijde
        assert POSTCODE not in bladzijde
    assert "adres geheim" in client.get(f"{melding.casus.pad()}betrokkenen/").content.decode()
    for vraag in (STRAAT, POSTCODE):
        assert "Marloes" not in client.get("/zoeken/", {"q": vraag}).content.decode()


def test_wie_betrokken_is_ziet_het_met_een_handeling_die_wordt_gelogd(client, melding, moeder, noor):
    pad = f"{melding.casus.pad()}betrokkenen/{moeder.pk}/"
    gezien = Toegang.objects.filter(gebeurtenis=Gebeurtenis.GEHEIM)
    assert client.post(pad, {"toon_adres": "1", "adres-reden": " "}).status_code == 422
    assert not gezien.exists()
    bladzijde = client.post(pad, {"toon_adres": "1", "adres-reden": "huisbezoek"}).content.decode()
    assert STRAAT in bladzijde
    assert [(t.grond, t.medewerker_id) for t in gezien] == [("huisbezoek", noor.pk)]


def test_het_komt_niet_in_een_brief_aan_een_ander(melding, moeder, noor):
    vader = factories.betrokkene(melding.casus, voornamen="Rik", achternaam="Bos", geboortedatum=date(1988, 1, 2))
    bericht = informeer(melding.stap, vader, door=noor, moment="melding", meldingsnummer=melding.nummer)
    bericht = schrijf_bericht(
        bericht, door=noor, wijze="brief", adres="Dorpsstraat 1", onderwerp="Bericht", tekst=f"Zij woont {STRAAT}."
    )
    assert [b.uitleg for b in over_een_ander(bericht) if "geheim" in b.uitleg] == ["Haal het adres weg: dat is geheim."]
    with pytest.raises(RegelGeweigerd, match="geheim"):
        vraag_informatie(
            melding.casus, door=noor, aan="School", vraagtekst=f"Kent u het gezin van {STRAAT}?", doel="Zicht.",
            informatiegrond="taak", verteld="vooraf", antwoord_uiterlijk=date(2030, 1, 1),
        )  # fmt: skip


def test_het_komt_niet_in_de_inzage(melding, moeder, noor):
    verzoek = open_verzoek(melding.casus, moeder, door=noor)
    voer_uit(verzoek, "begin_screening", door=noor)
    tekst = " ".join(deel.stuk.tekst for deel in stel_samen(verzoek).delen)
    for deel in (STRAAT, POSTCODE):
        assert deel not in tekst


@pytest.mark.regel("RW-10.1")
def test_in_een_overdracht_gaat_het_alleen_mee_na_een_motivering(noor):
    overdracht = factories.overdracht("geaccepteerd", door=noor)
    factories.betrokkene(
        overdracht.casus, achternaam="Bos", straat=STRAAT, postcode=POSTCODE, plaats=PLAATS, adres_geheim=True
    )
    assert STRAAT not in overdracht.advies_en_aandachtspunten
    overdracht = bereid_voor(overdracht, door=noor, advies_en_aandachtspunten=f"Zij woont {STRAAT}, {PLAATS}.")
    with pytest.raises(RegelGeweigerd) as fout:
        voer_uit(overdracht, "draag_over", door=noor)
    assert [(b.regel.id, b.hard, b.veld) for b in fout.value.belemmeringen if b.regel] == [
        ("RW-7.15", False, "advies_en_aandachtspunten")
    ]
    voer_uit(overdracht, "draag_over", door=noor, motivering="de partij haalt haar daar op")
    regel = Logregel.objects.get(soort="diensten.overdracht", wat="draag_over")
    assert "RW-7.15" in regel.regels
    assert "haalt haar daar op" in regel.motivering
