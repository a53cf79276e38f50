"""When each person hears at the latest, by which route, what postponing asks, and who came in later (Wmo 5.3.1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from casus.informeren.selectors import iemand_bij, route_van
from casus.informeren.services import informeer, leg_reactie_vast, stel_informeren_uit
from casus.models import Betrokkene, Familieband, Informeeruitstel, Logregel, Persoon, Taak, Terugkoppeling
from casus.ontvangers import gevaar_van_adres
from casus.services.terugkoppeling import schrijf_bericht
from melding.models import Melding
from tests import factories
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-7.13")]
VANDAAG = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def melding(noor) -> Melding:
    return factories.melding(door=noor)


def mens(melding: Melding, voornaam: str, jaren: int = 35) -> Betrokkene:
    geboren = timezone.localdate() - timedelta(days=int(jaren * 365.25) + 20)
    return factories.betrokkene(melding.casus, voornamen=voornaam, achternaam="Bos", geboortedatum=geboren)


def gezag(ouder: Betrokkene, kind: Betrokkene, door: Medewerker) -> None:
    Familieband(persoon=ouder.persoon, soort="ouder", ander=kind.persoon).bewaar(door=door, reden="test")


def taak(melding: Melding) -> Taak | None:
    return Taak.objects.filter(soort="informeren", onderwerp_id=melding.stap_id, stand="open").first()


def vertel(melding: Melding, wie: Betrokkene, door: Medewerker, via: Betrokkene | None = None) -> None:
    bericht = informeer(melding.stap, wie, door=door, moment="melding", meldingsnummer=melding.nummer, via=via)
    voer_uit(bericht, "doe_anders", door=door, toelichting="Verteld.")


def hoor(melding: Melding, wie: Betrokkene, door: Medewerker) -> None:
    leg_reactie_vast(melding.stap, wie, door=door, meldingsnummer=melding.nummer, reactie="Gehoord.")


@pytest.mark.parametrize(
    ("geboren", "zelf", "via"),
    [
        (date(2014, 3, 3), False, True),
        (date(2014, 3, 2), True, True),
        (date(2010, 3, 3), True, True),
        (date(2010, 3, 2), True, False),
        (date(2008, 3, 2), True, False),
        (None, True, False),
    ],
)
def test_de_route_volgt_de_leeftijd_op_de_dag_zelf(geboren, zelf, via):
    route = route_van(Persoon(geboortedatum=geboren), op=date(2026, 3, 2))
    assert (route.zelf, route.via) == (zelf, via)


@pytest.mark.parametrize(("jaren", "zelf", "via"), [(8, False, True), (13, True, True), (16, True, False)])
def test_een_kind_is_pas_geinformeerd_langs_de_hele_route(melding, noor, jaren, zelf, via):
    moeder, kind = mens(melding, "Marloes"), mens(melding, "Sem", jaren)
    gezag(moeder, kind, noor)
    assert not iemand_bij(melding.stap, kind).geinformeerd
    if zelf and via:
        vertel(melding, kind, noor)
        assert not iemand_bij(melding.stap, kind).geinformeerd
    vertel(melding, kind, noor, via=moeder if via else None)
    assert iemand_bij(melding.stap, kind).geinformeerd


def test_bij_een_jong_kind_zonder_bekend_gezag_telt_wat_is_opgeschreven(melding, noor):
    kind = mens(melding, "Sem", 8)
    bericht = informeer(melding.stap, kind, door=noor, moment="melding", meldingsnummer=melding.nummer)
    voer_uit(bericht, "zie_af", door=noor, reden="gezag wordt uitgezocht")
    assert iemand_bij(melding.stap, kind).geinformeerd


def test_het_scherm_biedt_per_leeftijd_de_goede_knoppen(client, melding, noor):
    moeder, klein, tiener = mens(melding, "Marloes"), mens(melding, "Sem", 8), mens(melding, "Noa", 13)
    for kind in (klein, tiener):
        gezag(moeder, kind, noor)
    bladzijde = client.get(f"{melding.casus.pad()}informeren/").content.decode()
    assert "Jonger dan 12: informeer wie gezag heeft, niet het kind zelf." in bladzijde
    assert "12 tot en met 15: informeer dit kind zelf, en wie gezag heeft." in bladzijde
    assert "aan Sem Bos</span></button>" not in bladzijde
    assert "aan Noa Bos</span></button>" in bladzijde


@pytest.mark.parametrize(("jaren", "waarschuwt"), [(8, True), (13, False)])
def test_een_brief_aan_een_kind_zelf_waarschuwt_alleen_onder_twaalf(melding, noor, jaren, waarschuwt):
    kind = mens(melding, "Sem", jaren)
    bericht = informeer(melding.stap, kind, door=noor, moment="melding", meldingsnummer=melding.nummer)
    bericht = schrijf_bericht(
        bericht, door=noor, wijze="brief", adres="Dorpsstraat 1", onderwerp="Bericht", tekst="Beste Sem,"
    )
    assert any("jonger dan 12" in b.uitleg for b in gevaar_van_adres(bericht)) is waarschuwt


def test_wie_in_de_melding_stond_telt_vanaf_de_melding_en_wie_later_komt_vanaf_die_dag(noor):
    with time_machine.travel(VANDAAG, tick=False):
        melding = factories.melding(factories.signaal(personen=(factories.aangeleverd(),)), door=noor)
    rik = Betrokkene.objects.get(casus=melding.casus)
    with time_machine.travel(VANDAAG + timedelta(days=9), tick=False):
        marloes = mens(melding, "Marloes")
        assert iemand_bij(melding.stap, rik).uiterlijk.uiterlijk == date(2026, 3, 30)
        assert iemand_bij(melding.stap, marloes).uiterlijk.uiterlijk == date(2026, 4, 8)
        assert taak(melding).uiterlijk == date(2026, 3, 30)
        vertel(melding, rik, noor)
        assert taak(melding).uiterlijk == date(2026, 4, 8)


@pytest.mark.regel("RW-7.8")
def test_wie_later_directbetrokkene_wordt_zet_de_taak_weer_open(melding, noor):
    moeder = mens(melding, "Marloes")
    vertel(melding, moeder, noor)
    hoor(melding, moeder, noor)
    assert taak(melding) is None
    opa = factories.betrokkene(melding.casus, voornamen="Piet", achternaam="Bos", rol=Betrokkene.Rol.DERDE)
    assert taak(melding) is None
    opa = voer_uit(opa, "wordt_directbetrokkene", door=noor, reden="woont toch in huis")
    assert taak(melding) is not None
    assert iemand_bij(melding.stap, moeder).klaar
    vertel(melding, opa, noor)
    hoor(melding, opa, noor)
    assert taak(melding) is None
    mens(melding, "Rik")
    assert taak(melding) is not None


def test_uitstel_van_twee_weken_met_reden_verzet_de_taak_en_kan_opnieuw(client, noor):
    with time_machine.travel(VANDAAG, tick=False):
        melding = factories.melding(factories.signaal(personen=(factories.aangeleverd(),)), door=noor)
        client.force_login(noor)
        rik = Betrokkene.objects.get(casus=melding.casus)
        pad = f"{melding.casus.pad()}informeren/{melding.stap_id}/{rik.pk}/uitstel/"
        assert client.post(pad, {"reden": "  "}).status_code == 422
        assert not Informeeruitstel.objects.exists()
        assert client.post(pad, {"reden": "Hij is gevlucht; eerst is moeder veilig."}).status_code == 302
        assert taak(melding).uiterlijk == date(2026, 4, 13)
        assert taak(melding).termijn == "2 weken uitstel"
        assert "eerst is moeder veilig" in client.get(f"{melding.casus.pad()}informeren/").content.decode()
        client.post(pad, {"reden": "Nog steeds."})
    assert taak(melding).uiterlijk == date(2026, 4, 28)
    assert [u.uitstel_tot for u in Informeeruitstel.objects.all()] == [date(2026, 4, 13), date(2026, 4, 27)]
    regels = Logregel.objects.filter(soort="casus.informeeruitstel").values_list("motivering", flat=True)
    assert set(regels) == {"Hij is gevlucht; eerst is moeder veilig.", "Nog steeds."}


def test_uitstel_kan_niet_voor_wie_het_al_weet_of_niet_van_deze_casus_is(melding, noor):
    moeder = mens(melding, "Marloes")
    vertel(melding, moeder, noor)
    with pytest.raises(RegelGeweigerd, match="al geïnformeerd"):
        stel_informeren_uit(melding.stap, moeder, door=noor, meldingsnummer=melding.nummer, reden="nog even")
    elders = mens(factories.melding(door=noor), "Yusuf")
    with pytest.raises(RegelGeweigerd):
        stel_informeren_uit(melding.stap, elders, door=noor, meldingsnummer=melding.nummer, reden="nog even")
    buiten = Client()
    buiten.force_login(factories.buitenstaander())
    pad = f"{melding.casus.pad()}informeren/{melding.stap_id}/{moeder.pk}/uitstel/"
    assert buiten.get(pad).status_code == 403


@pytest.mark.parametrize(
    ("dagen", "reden", "regel"),
    [
        (15, "veiligheid", "rw_7_13_hoogstens_twee_weken_per_keer"),
        (0, "veiligheid", "rw_7_13_hoogstens_twee_weken_per_keer"),
        (14, " ", "rw_7_13_uitstel_met_reden"),
    ],
)
def test_langer_dan_twee_weken_of_zonder_reden_weigert_de_database(melding, noor, dagen, reden, regel):
    wie = mens(melding, "Marloes")
    with pytest.raises(IntegrityError, match=regel), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casus_informeeruitstel (versie, stap_id, betrokkene_id, uitstel_vanaf, uitstel_tot, "
            "reden_uitstel, door_id, vastgelegd_op) VALUES (1, %s, %s, '2026-03-30', %s, %s, %s, now())",
            [melding.stap_id, wie.pk, date(2026, 3, 30) + timedelta(days=dagen), reden, noor.pk],
        )
    assert not Terugkoppeling.objects.filter(betrokkene=wie).exists()
