"""The end of a report and of a case: what has ended is dealt with, and whoever can close is asked to."""

from __future__ import annotations

import pytest

from casus.models import Casus, Taak, Terugkoppeling
from casus.services.casussen import sluit_casus
from diensten.models import VV, Keuze, Monitoren, Overdracht
from diensten.services.eigen import rond_dienst_af
from diensten.services.keuzes import maak_keuze, open_keuze
from diensten.services.monitoring import houd_moment
from melding.models import Melding
from melding.services import neem_melding_aan, wijzig_melder, wijzig_melding
from tests import factories
from triage.models import VHT
from triage.services import beantwoord, bevestig_achteraf
from vt_cvs.kern.overgangen import belemmeringen_voor, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db


def maak_telbaar(melding: Melding, *, door) -> None:
    """What must be counted of a report and its melder."""
    wijzig_melding(
        melding, door=door, aanleiding="politie", gemeente="0363", duur_geweld="onbekend", hulpverlening="nee"
    )
    wijzig_melder(melding.melder, door=door, functie="politieagent", organisatie="jv-politie")


def koppel_terug(*, door) -> None:
    for terugkoppeling in Terugkoppeling.objects.filter(stand="te_doen"):
        voer_uit(terugkoppeling, "doe_anders", door=door, toelichting="gebeld met de melder")


def taak_sluiten(casus: Casus) -> Taak | None:
    return Taak.objects.filter(
        onderwerp_soort="casus.casus", onderwerp_id=casus.pk, soort="sluiten", stand="open"
    ).first()


def gesloten(casus: Casus, *, door) -> bool:
    return sluit_casus(Casus.objects.get(pk=casus.pk), door=door).stand == "gesloten"


@pytest.mark.regel("RW-5.12e", "RAD-4")
def test_een_overdracht_zonder_monitoren_eindigt_de_casus(noor):
    overdracht = factories.overdracht("geaccepteerd", door=noor)
    melding = overdracht.meldingen.get()
    maak_telbaar(melding, door=noor)
    koppel_terug(door=noor)
    assert taak_sluiten(overdracht.casus) is None
    voer_uit(overdracht, "draag_over", door=noor)
    assert Melding.objects.get().stand == "afgehandeld"
    assert taak_sluiten(overdracht.casus).pad == f"{overdracht.casus.pad()}sluiten/"
    assert gesloten(overdracht.casus, door=noor)
    assert taak_sluiten(overdracht.casus) is None


@pytest.mark.regel("RW-5.12e", "RW-6.7")
def test_van_v_en_v_door_monitoren_naar_een_gesloten_casus(noor):
    keuze = factories.keuze(door=noor)
    casus, melding = keuze.casus, keuze.vht.melding
    maak_telbaar(melding, door=noor)
    maak_keuze(keuze, door=noor, vv=True)
    vv = voer_uit(VV.objects.get(), "pak_op", door=noor)
    rond_dienst_af(vv, door=noor, uitkomsten={"ouders": "bevestigd"}, vervolg_monitoren=True, vervolg_overdracht=False)
    monitoren = Monitoren.objects.get()
    for moment in monitoren.momenten:
        houd_moment(moment, door=noor)
    voer_uit(monitoren, "stel_stabiel_veilig_vast", door=noor)
    assert Melding.objects.get().stand == "besloten"
    with pytest.raises(RegelGeweigerd) as fout:
        gesloten(casus, door=noor)
    assert any("terugkoppeling" in b.uitleg.lower() for b in fout.value.belemmeringen)
    koppel_terug(door=noor)
    assert Melding.objects.get().stand == "afgehandeld"
    assert taak_sluiten(casus).omdat == "alles in deze casus is geëindigd"
    assert gesloten(casus, door=noor)


@pytest.mark.regel("RW-5.12e")
def test_niet_bij_het_einde_van_een_overdracht_als_er_wordt_gemonitord(noor):
    vv = factories.vv("lopend", door=noor)
    maak_telbaar(vv.meldingen.get(), door=noor)
    rond_dienst_af(vv, door=noor, uitkomsten={"ouders": "bevestigd"}, vervolg_monitoren=True, vervolg_overdracht=True)
    overdracht = Overdracht.objects.get()
    for stap in ("bied_aan", "accepteer", "draag_over"):
        overdracht = (
            voer_uit(overdracht, stap, door=noor, motivering="partij volgt")
            if stap == "bied_aan"
            else (voer_uit(_met_partij(overdracht, door=noor), stap, door=noor))
        )
    koppel_terug(door=noor)
    assert taak_sluiten(vv.casus) is None
    with pytest.raises(RegelGeweigerd) as fout:
        gesloten(vv.casus, door=noor)
    assert any(b.hard and "Monitoren loopt nog" in b.uitleg for b in fout.value.belemmeringen)


def _met_partij(overdracht: Overdracht, *, door) -> Overdracht:
    from diensten.services.overdrachten import bereid_voor

    return bereid_voor(overdracht, door=door, soort_partij="gi", zicht_op_veiligheid="de GI")


@pytest.mark.regel("RW-5.12e")
def test_na_einde_bemoeienis_volgt_de_taak_sluiten_als_de_melding_is_afgehandeld(noor):
    besluit = factories.besluit("genomen", door=noor, uitkomst="einde")
    maak_telbaar(besluit.vht.melding, door=noor)
    assert taak_sluiten(besluit.casus) is None
    koppel_terug(door=noor)
    assert Melding.objects.get().stand == "afgehandeld"
    assert gesloten(taak_sluiten(besluit.casus).casus, door=noor)


@pytest.mark.regel("RW-4.8")
def test_wat_de_melding_nog_mist_wordt_een_taak(noor):
    besluit = factories.besluit("genomen", door=noor, uitkomst="einde")
    koppel_terug(door=noor)
    melding = Melding.objects.get()
    assert melding.stand == "besloten"
    taak = Taak.objects.get(onderwerp_soort="melding.melding", soort="afhandelen", stand="open")
    assert taak.pad == melding.pad()
    maak_telbaar(melding, door=noor)
    voer_uit(Melding.objects.get(), "handel_af", door=noor)
    assert not Taak.objects.filter(soort="afhandelen", stand="open").exists()
    assert taak_sluiten(besluit.casus) is not None


@pytest.mark.regel("RW-8.11", "RW-4.8")
def test_een_open_keuze_houdt_afhandelen_en_sluiten_tegen_ook_met_motivering(noor):
    keuze = factories.keuze(door=noor)
    maak_telbaar(keuze.vht.melding, door=noor)
    koppel_terug(door=noor)
    assert Melding.objects.get().stand == "besloten"
    with pytest.raises(RegelGeweigerd) as fout:
        sluit_casus(Casus.objects.get(pk=keuze.casus.pk), door=noor, motivering="toch")
    assert any(b.hard and b.link == keuze.pad() for b in fout.value.belemmeringen)


@pytest.mark.regel("RW-13.S2", "RW-4.8")
def test_na_een_geweigerde_overdracht_sluit_niets_tot_er_is_gekozen(noor):
    overdracht = factories.overdracht("geweigerd", door=noor)
    maak_telbaar(overdracht.meldingen.get(), door=noor)
    koppel_terug(door=noor)
    assert Melding.objects.get().stand == "besloten"
    assert taak_sluiten(overdracht.casus) is None
    keuze = open_keuze(VHT.objects.get(), door=noor, motivering="geen plek bij het wijkteam")
    maak_keuze(keuze, door=noor, maatwerk=True, motivering="gezin is niet te bereiken")
    assert not Taak.objects.filter(soort="vervolg", stand="open").exists()


@pytest.mark.regel("RW-5.12e")
def test_een_nieuwe_melding_haalt_de_taak_sluiten_weer_weg(noor):
    besluit = factories.besluit("genomen", door=noor, uitkomst="einde")
    maak_telbaar(besluit.vht.melding, door=noor)
    koppel_terug(door=noor)
    assert taak_sluiten(besluit.casus) is not None
    neem_melding_aan(door=noor, casus=Casus.objects.get())
    assert taak_sluiten(besluit.casus) is None


@pytest.mark.regel("RW-5.12e")
def test_na_een_acuut_besluit_sluit_de_casus_pas_na_eindconclusie_en_bevestiging(noor):
    vv = factories.vv("lopend", door=noor)
    melding, vht = vv.meldingen.get(), VHT.objects.get()
    maak_telbaar(melding, door=noor)
    voer_uit(vv, "beeindig_voortijdig", door=noor, reden_voortijdig="vertrokken")
    koppel_terug(door=noor)
    assert Melding.objects.get().stand == "besloten"
    bevestig_achteraf(vht.besluit, door=vht.besluit.tweede, oordeel="eens")
    for antwoord in vht.antwoorden.all():
        beantwoord(antwoord, door=noor, waarde=False)
    voer_uit(VHT.objects.get(), "stel_vast", door=noor, motivering="afgerond")
    assert Melding.objects.get().stand == "afgehandeld"
    assert taak_sluiten(vv.casus) is not None


@pytest.mark.regel("WVT-11")
def test_een_casus_met_alleen_volwassenen_is_van_melding_tot_sluiten_te_doorlopen(noor):
    melding = factories.melding(
        factories.signaal(personen=(factories.aangeleverd(), factories.aangeleverd(voornamen="Sonja"))), door=noor
    )
    maak_telbaar(melding, door=noor)
    besluit = voer_uit(
        VHT.objects.get().besluit, "neem_acuut", door=noor, tweede=factories.collega(noor), motivering="direct gevaar"
    )
    keuze = Keuze.objects.get(vht=besluit.vht)
    maak_keuze(keuze, door=noor, vv=True, motivering="direct gevaar")
    vv = voer_uit(VV.objects.get(), "pak_op", door=noor)
    rond_dienst_af(
        vv, door=noor, uitkomsten={"pg-lichamelijk": "bevestigd"}, vervolg_monitoren=True, vervolg_overdracht=False
    )
    voer_uit(Monitoren.objects.get(), "stel_stabiel_veilig_vast", door=noor, motivering="eerder stabiel")
    koppel_terug(door=noor)
    bevestig_achteraf(besluit, door=besluit.tweede, oordeel="eens")
    vht = VHT.objects.get()
    for antwoord in vht.antwoorden.all():
        beantwoord(antwoord, door=noor, waarde=False)
    voer_uit(VHT.objects.get(), "stel_vast", door=noor, motivering="afgerond")
    from casus.models import Persoon
    from casus.services.betrokkenen import wijzig_persoon

    for betrokkene in melding.casus.betrokkenen.select_related("persoon"):
        assert betrokkene.persoon.is_minderjarig() is False
        wijzig_persoon(betrokkene, door=noor, geslacht=Persoon.Geslacht.ONBEKEND)
    assert belemmeringen_voor(Casus.objects.get(), "sluit") == []
    assert gesloten(melding.casus, door=noor)
