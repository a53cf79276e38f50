"""Taking up a report: entered once is enough, the case starts with its first report, closed stays closed."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from casus.models import Betrokkene, Casus, Persoon, Taak
from casus.services.casussen import sluit_casus
from melding.aanlevering import AangeleverdeBijlage, AangeleverdeMelder
from melding.codes import aandeel_volgens
from melding.models import Melder, Melding, Signaal
from melding.services import (
    OpgevoerdePersoon,
    melding_aangenomen,
    neem_melding_aan,
    opvoering_van,
)
from melding.signalen.selectors import voorkantteam
from tests import factories
from tests.melding.conftest import OKTOBER, signaal
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


@pytest.mark.regel("RW-4.1", "RW-6.3", "RW-5.12d")
def test_wat_bij_het_signaal_is_ingevoerd_staat_bij_de_melding(noor):
    bron = signaal(bijlagen=(AangeleverdeBijlage("pv.txt", b"proces-verbaal"),))
    melding = Melding.objects.get(pk=neem_melding_aan(bron, door=noor).pk)
    assert (melding.nummer, melding.ontvangen_op, melding.situatie) == (bron.nummer, OKTOBER, bron.tekst)
    assert (melding.aanleiding, melding.hulpverlening, melding.signaal) == ("politie", "onbekend", bron)
    assert (melding.melder.naam, melding.melder.functie, melding.melder.organisatie, melding.melder.soort) == (
        "Verbalisant 48213",
        "politieagent",
        "jv-politie",
        "politie",
    )
    kind, volwassene = (b.persoon for b in melding.casus.betrokkenen.order_by("id"))
    assert (kind.geboortedatum, kind.geboortedatum_opgegeven, kind.bsn_stand) == (None, "31-02-2017", "onjuist")
    assert (volwassene.bsn, volwassene.geslacht, volwassene.straat) == ("999990019", "M", "Vlierstraat 41")
    assert [b.aandeel for b in melding.casus.betrokkenen.order_by("id")] == ["getuige", "vermoed_pleger"]
    bijlage = melding.casus.bijlagen.get()
    assert (bijlage.naam, bijlage.stap) == ("pv.txt", melding.stap)
    bron = Signaal.objects.get(pk=bron.pk)
    assert (bron.stand, bron.casus) == ("melding", melding.casus)
    assert set(bron.personen.values_list("persoon", flat=True)) == {kind.pk, volwassene.pk}


def test_de_casus_staat_op_naam_van_wie_hem_aannam_en_heet_naar_de_volwassene(noor):
    melding = neem_melding_aan(signaal(), door=noor)
    casus = Casus.objects.get()
    assert (casus.naam, casus.verantwoordelijke, casus.team) == ("Brouwers", noor, noor.team)
    assert (melding.stap.verantwoordelijke, melding.stap.begonnen_op) == (noor, OKTOBER)
    assert casus.nummer[2:] != melding.nummer[2:]
    assert casus.logregels.filter(stap=melding.stap, zin=f"Melding {melding.nummer} ontvangen").exists()


@pytest.mark.regel("RW-3.3")
def test_twijfels_worden_een_taak_per_persoon_en_houden_niets_tegen_dan_het_sluiten(noor):
    melding = neem_melding_aan(signaal(), door=noor)
    taak = Taak.objects.get(soort="gegevens", stand="open")
    kind = melding.casus.betrokkenen.get(persoon__voornamen="Noa")
    assert (taak.titel, taak.onderwerp_id, taak.voor) == ("Gegevens nakijken", kind.pk, noor)
    assert taak.omdat == "2 gegevens uit het bericht ontbreken of niet kunnen kloppen"
    assert taak.houdt_sluiten_tegen
    with pytest.raises(RegelGeweigerd, match="Gegevens nakijken"):
        sluit_casus(melding.casus, door=factories.systeem())


def test_twijfel_over_het_bericht_zelf_wordt_ook_een_taak(noor):
    melding = neem_melding_aan(signaal(ontvangen_op="2126-01-01", personen=()), door=noor)
    taak = Taak.objects.get(soort="gegevens")
    assert (taak.onderwerp_soort, taak.pad) == ("melding.melding", melding.pad())


def test_de_taak_van_het_signaal_is_gedaan(noor):
    bron = signaal()
    neem_melding_aan(bron, door=noor)
    taak = Taak.objects.get(onderwerp_soort="melding.signaal")
    assert (taak.stand, taak.klaar_door) == ("gedaan", noor)


@pytest.mark.regel("RW-3.3", "RW-6.1")
def test_een_melding_zonder_iets_erin_kan_ook(noor):
    melding = neem_melding_aan(door=noor)
    assert (melding.signaal, melding.situatie, melding.stand) == (None, "", "ontvangen")
    assert melding.melder.functie == ""
    assert melding.casus.betrokkenen.count() == 0


@pytest.mark.regel("RW-7.1")
def test_de_medewerker_kiest_wie_bekend_is_en_welke_rol_iemand_heeft(noor):
    bron = signaal()
    bekend = factories.persoon(voornamen="Rik", achternaam="Brouwers")
    kind, volwassene = bron.personen.order_by("id")
    melding = neem_melding_aan(
        bron,
        door=noor,
        personen=[
            opvoering_van(kind),
            OpgevoerdePersoon(persoon=bekend, aangemeld=volwassene, aandeel=Betrokkene.Aandeel.PLEGER),
            OpgevoerdePersoon(gegevens={"achternaam": "Jansen"}, rol=Betrokkene.Rol.DERDE, relatie="oma"),
        ],
    )
    rollen = {str(b): (b.stand, b.aandeel) for b in melding.casus.betrokkenen.all()}
    assert rollen == {
        "Noa Brouwers": ("directbetrokkene", "getuige"),
        "Rik Brouwers": ("directbetrokkene", "vermoed_pleger"),
        "Jansen": ("betrokken_derde", "onbekend"),
    }
    assert Persoon.objects.filter(achternaam="Brouwers").count() == 2
    volwassene.refresh_from_db(fields=["persoon"])
    assert volwassene.persoon == bekend


@pytest.mark.parametrize(
    ("rol", "aandeel"),
    [
        ("Verdachte", "vermoed_pleger"),
        ("slachtoffer", "ondergaat"),
        ("getuige", "getuige"),
        ("Moeder van Noa", "hoort tot het gezin"),
        ("voorbijganger", "onbekend"),
        ("", "onbekend"),
    ],
)
def test_de_woorden_van_de_afzender_zijn_een_voorstel(rol, aandeel):
    assert str(Betrokkene.Aandeel(aandeel_volgens(rol)).label).startswith(
        {"vermoed_pleger": "vermoed pleger", "ondergaat": "ondergaat", "onbekend": "nog niet bekend"}.get(
            aandeel, aandeel
        )
    )


def test_luisteraars_horen_het_in_dezelfde_transactie_en_een_fout_maakt_alles_ongedaan(noor, monkeypatch):
    gehoord = []

    def stuk(*, melding, door):
        gehoord.append((melding.nummer, door))
        raise RuntimeError("triage is stuk")

    monkeypatch.setattr(melding_aangenomen, "_luisteraars", [stuk])
    bron = signaal()
    with pytest.raises(RuntimeError), transaction.atomic():
        neem_melding_aan(bron, door=noor)
    assert gehoord == [(bron.nummer, noor)]
    assert not Casus.objects.exists()
    assert not Persoon.objects.exists()
    assert Signaal.objects.get().is_nieuw


# --- who waits for it ----------------------------------------------------------------------------------------------


def test_intake_wacht_bij_het_eerste_actieve_team_met_iemand_van_de_voorkant():
    assert voorkantteam() is None
    factories.medewerker(Rol.ACHTERKANT, van=factories.team("Noord"))
    gesloten = factories.team("Oud")
    factories.medewerker(Rol.VOORKANT, van=gesloten)
    type(gesloten).objects.filter(pk=gesloten.pk).update(actief=False)
    uit_dienst = factories.medewerker(Rol.VOORKANT, van=factories.team("Zuid"))
    type(uit_dienst).objects.filter(pk=uit_dienst.pk).update(is_active=False)
    voorkant = factories.medewerker(Rol.VOORKANT, van=factories.team("Midden"))
    assert voorkantteam() == voorkant.team


@pytest.mark.regel("RW-6.4")
def test_zonder_e_mailadres_is_gezegd_waarom(noor):
    melding = neem_melding_aan(signaal(melder=AangeleverdeMelder(naam="Jan")), door=noor)
    assert (melding.melder.email, melding.melder.email_reden) == ("", Melder.EmailReden.NIET_BEKEND)


@pytest.mark.regel("RW-5.12a")
def test_de_termijn_loopt_vanaf_de_ontvangst_van_het_signaal(noor):
    bron = signaal()
    melding = neem_melding_aan(bron, door=noor)
    assert melding.termijn == bron.termijn
    assert melding.termijn.sturend.begin == timezone.localdate(OKTOBER)
