"""What the register tells us: a match, a change, a withdrawal; each processed and acknowledged once."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from casus.models import Taak
from casus.services.betrokkenen import verwijder_betrokkene, voeg_betrokkene_toe
from casus.services.casussen import sluit_casus
from register import tasks
from register.models import OntvangenBericht, Registermatch
from register.services.matches import TAAK, bespreek, synchroniseer, verwerk
from tests import factories
from tests.register.gereedschap import bezorg, directbetrokkene
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.uitpost import Later
from vt_cvs.koppelingen.register import Matchbericht, pseudoniem

pytestmark = pytest.mark.django_db
_nummers = itertools.count(1)


def bericht(b, soort: str = "match", **anders) -> Matchbericht:
    velden = {
        "id": next(_nummers),
        "soort": soort,
        "pseudoniem": pseudoniem(b.persoon.bsn),
        "code": "kuststreek",
        "organisatie": "Veilig Thuis Kuststreek",
        "telefoon": "088 555 02 00",
        "stand": "" if soort == "ingetrokken" else "actief",
        "begin": None if soort == "ingetrokken" else date(2025, 5, 1),
        "eind": None,
    }
    return Matchbericht(**{**velden, **anders})


def open_taken():
    return Taak.objects.filter(soort=TAAK, stand="open")


@pytest.fixture
def geregistreerd(poort):
    b = directbetrokkene(factories.casus())
    bezorg()
    return b


@pytest.mark.regel("RW-14.4", "RW-14.5", "VTR-4")
def test_een_match_wordt_een_taak_bij_de_verantwoordelijke_van_de_actieve_casus(poort, geregistreerd):
    poort.wachtend = [bericht(geregistreerd)]
    assert synchroniseer() == 1
    taak = open_taken().get()
    assert taak.titel == "Match in het VT Register: Veilig Thuis Kuststreek kent deze persoon"
    assert "088 555 02 00" in taak.omdat
    assert (taak.voor, taak.casus) == (geregistreerd.casus.verantwoordelijke, geregistreerd.casus)
    assert taak.pad == f"{geregistreerd.casus.pad()}register/"
    match = Registermatch.objects.get()
    assert (match.andere_organisatie, match.betrokkenheid, match.begin) == (
        "Veilig Thuis Kuststreek",
        "actief",
        date(2025, 5, 1),
    )
    regel = geregistreerd.casus.logregels.get(wat="match")
    assert regel.op_tijdlijn
    assert "Terpstra" not in taak.titel + taak.omdat + regel.zin


@pytest.mark.regel("RW-14.4")
def test_hetzelfde_bericht_wordt_een_keer_verwerkt_en_telkens_bevestigd(poort, geregistreerd):
    zelfde = bericht(geregistreerd)
    poort.wachtend = [zelfde]
    synchroniseer()
    poort.wachtend = [zelfde]
    assert synchroniseer() == 0
    assert poort.bevestigd == [zelfde.id, zelfde.id]
    assert (open_taken().count(), Registermatch.objects.count(), OntvangenBericht.objects.count()) == (1, 1, 1)
    assert geregistreerd.casus.logregels.filter(wat="match").count() == 1


@pytest.mark.regel("RW-14.4")
def test_een_oud_bericht_dat_nog_eens_langskomt_haalt_een_ingetrokken_match_niet_terug(poort, geregistreerd):
    eerst, daarna = bericht(geregistreerd), bericht(geregistreerd, "ingetrokken")
    for elk in (eerst, daarna, eerst):
        verwerk(elk)
    assert not Registermatch.objects.exists()


@pytest.mark.regel("RW-14.4")
def test_wat_niet_bevestigd_kon_worden_komt_terug_en_doet_niets_dubbel(poort, geregistreerd, monkeypatch):
    def valt_weg(nummer: int) -> None:
        raise Later("weg")

    poort.wachtend = [bericht(geregistreerd)]
    monkeypatch.setattr(poort, "ontvangen", valt_weg)
    assert tasks.synchroniseer() == 0
    monkeypatch.undo()
    monkeypatch.setattr("register.services.matches.registerpoort", lambda: poort)
    assert synchroniseer() == 0
    assert (open_taken().count(), len(poort.bevestigd)) == (1, 1)


@pytest.mark.regel("RW-3.3")
def test_met_het_register_weg_wacht_synchroniseren_op_de_volgende_keer(poort):
    poort.weg = True
    assert tasks.synchroniseer() == 0


@pytest.mark.regel("RW-14.3")
def test_elke_andere_organisatie_is_een_eigen_match(poort, geregistreerd):
    poort.wachtend = [
        bericht(geregistreerd),
        bericht(geregistreerd, code="heuvelrug", organisatie="Veilig Thuis Heuvelrug"),
    ]
    synchroniseer()
    assert Registermatch.objects.count() == open_taken().count() == 2


@pytest.mark.regel("RW-14.5")
def test_wie_geen_actieve_casus_heeft_hoeft_niet_te_bellen_en_ziet_de_match_wel(poort, geregistreerd):
    noor = geregistreerd.casus.verantwoordelijke
    sluit_casus(geregistreerd.casus, door=noor)
    bezorg()
    poort.wachtend = [bericht(geregistreerd)]
    synchroniseer()
    assert Registermatch.objects.count() == 1
    assert not open_taken().exists()


@pytest.mark.regel("RW-14.5", "RW-14.6")
def test_een_nieuwe_casus_vraagt_opnieuw_om_contact(poort, geregistreerd):
    noor, ander = geregistreerd.casus.verantwoordelijke, factories.medewerker()
    poort.wachtend = [bericht(geregistreerd)]
    synchroniseer()
    bespreek(Registermatch.objects.get(), door=noor)
    sluit_casus(geregistreerd.casus, door=noor)
    bezorg()
    nieuw = factories.casus(ander)
    voeg_betrokkene_toe(nieuw, geregistreerd.persoon, door=ander)
    bezorg()
    bezorg()
    taak = open_taken().get()
    assert (taak.voor, taak.casus) == (ander, nieuw)


@pytest.mark.regel("RW-14.6")
def test_een_latere_stand_van_de_ander_is_te_zien_zonder_nieuwe_taak(poort, geregistreerd):
    poort.wachtend = [bericht(geregistreerd)]
    synchroniseer()
    bespreek(Registermatch.objects.get(), door=geregistreerd.casus.verantwoordelijke)
    poort.wachtend = [bericht(geregistreerd, "stand", stand="inactief", eind=date(2026, 2, 1))]
    synchroniseer()
    match = Registermatch.objects.get()
    assert (match.get_betrokkenheid_display(), match.eind) == ("eerder betrokken", date(2026, 2, 1))
    assert not open_taken().exists()
    assert geregistreerd.casus.logregels.filter(wat="stand").count() == 1


@pytest.mark.regel("RW-14.7")
def test_trekt_de_ander_in_dan_verdwijnen_match_en_taak(poort, geregistreerd):
    poort.wachtend = [bericht(geregistreerd), bericht(geregistreerd, "ingetrokken")]
    synchroniseer()
    assert not Registermatch.objects.exists()
    assert Taak.objects.get(soort=TAAK).stand == "vervallen"


@pytest.mark.regel("VTR-2", "RW-14.7")
def test_wie_zelf_niet_meer_betrokken_is_weet_ook_niet_meer_wie_dat_wel_is(poort, geregistreerd):
    laat = bericht(geregistreerd, code="heuvelrug", organisatie="Veilig Thuis Heuvelrug")
    poort.wachtend = [bericht(geregistreerd)]
    synchroniseer()
    verwijder_betrokkene(geregistreerd, door=geregistreerd.casus.verantwoordelijke, reden="vergissing")
    bezorg()
    poort.wachtend = [laat]
    synchroniseer()
    assert not Registermatch.objects.exists()
    assert not open_taken().exists()
    assert laat.id in poort.bevestigd


@pytest.mark.regel("VTR-2", "RW-14.7")
def test_ook_een_intrekking_die_nog_onderweg_is_telt(poort, geregistreerd):
    poort.weg = True
    verwijder_betrokkene(geregistreerd, door=geregistreerd.casus.verantwoordelijke, reden="vergissing")
    bezorg()
    assert verwerk(bericht(geregistreerd))
    assert not Registermatch.objects.exists()


def test_bespreken_mag_wie_bij_de_persoon_betrokken_is(poort, geregistreerd):
    poort.wachtend = [bericht(geregistreerd)]
    synchroniseer()
    match = Registermatch.objects.get()
    with pytest.raises(NietToegestaan):
        bespreek(match, door=factories.buitenstaander())
    match = bespreek(match, door=geregistreerd.casus.verantwoordelijke)
    assert match.besproken_door == geregistreerd.casus.verantwoordelijke
    assert Taak.objects.get(soort=TAAK).stand == "gedaan"
