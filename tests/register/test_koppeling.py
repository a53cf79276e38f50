"""From a case to the register: who leaves, with what, and what happens when the register is away."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.utils import timezone

from casus.models import Betrokkene, Casus, Logregel, Persoon, Taak
from casus.services.betrokkenen import (
    bevestig_bsn,
    maak_persoon,
    verwijder_betrokkene,
    voeg_betrokkene_toe,
    wijzig_persoon,
)
from casus.services.casussen import sluit_casus
from casus.services.vastleggen import leg_contact_vast
from register.models import Registratie
from register.services.bericht import bericht_van
from register.services.vergelijken import vergelijk
from tests import factories
from tests.register.gereedschap import bezorg, directbetrokkene, laat_kiezen, nieuw_bsn, registratie
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.koppelingen.register import Registratiebericht, pseudoniem

pytestmark = pytest.mark.django_db
Stand = Registratie.Stand


def stand_bij_register(poort, b: Betrokkene) -> str:
    bericht = poort.stand(pseudoniem(Persoon.objects.get(pk=b.persoon_id).bsn))
    return bericht.stand if bericht else ""


@pytest.mark.regel("RW-7.2", "RW-14.2")
def test_een_directbetrokkene_gaat_vanzelf_met_naam_en_bsn_naar_het_register(poort):
    b = directbetrokkene(factories.casus())
    bezorg()
    [bericht] = poort.gehoord
    assert bericht == Registratiebericht(
        pseudoniem=pseudoniem(b.persoon.bsn),
        versie=1,
        stand="actief",
        bsn=b.persoon.bsn,
        naam="Jelle Terpstra",
        begin=timezone.localdate(b.sinds),
        eind=None,
    )
    assert registratie(b).stand == Stand.ACTIEF
    assert b.casus.logregels.filter(op_tijdlijn=True, zin="Geregistreerd in het VT Register").count() == 1


@pytest.mark.regel("VTR-1")
def test_een_bericht_heeft_geen_plaats_voor_iets_anders(poort):
    assert [veld.name for veld in dataclasses.fields(Registratiebericht)] == [
        "pseudoniem",
        "versie",
        "stand",
        "bsn",
        "naam",
        "begin",
        "eind",
    ]
    b = directbetrokkene(factories.casus(), telefoon="0612345678", plaats="Meren")
    Betrokkene.objects.filter(pk=b.pk).update(relatie="moeder van Sem")
    leg_contact_vast(b.casus, door=b.casus.verantwoordelijke, verslag="Geheim verslag")
    bezorg()
    alles = str(poort.gehoord)
    for inhoud in (b.casus.nummer, "0612345678", "Meren", "moeder", "Geheim", b.casus.verantwoordelijke.naam):
        assert inhoud not in alles


def test_de_uitpost_bewaart_geen_persoonsgegevens(poort):
    b = directbetrokkene(factories.casus())
    bezorg()
    for rij in Uitpost.objects.all():
        inhoud = f"{rij.onderwerp} {rij.inhoud} {rij.fout}"
        assert b.persoon.bsn not in inhoud
        assert "Terpstra" not in inhoud
        assert pseudoniem(b.persoon.bsn) not in inhoud


@pytest.mark.regel("RW-7.2")
@pytest.mark.parametrize("rol", [Betrokkene.Rol.DERDE, Betrokkene.Rol.PROFESSIONAL])
def test_wie_geen_directbetrokkene_is_gaat_niet_naar_het_register(poort, rol):
    directbetrokkene(factories.casus(), rol=rol)
    bezorg()
    assert poort.gehoord == []
    assert not Registratie.objects.exists()


@pytest.mark.regel("RW-7.2", "RW-7.4")
def test_een_derde_die_directbetrokkene_wordt_wordt_geregistreerd(poort):
    b = directbetrokkene(factories.casus(), rol=Betrokkene.Rol.DERDE)
    bezorg()
    voer_uit(b, "wordt_directbetrokkene", door=b.casus.verantwoordelijke, reden="bleek mee te doen")
    bezorg()
    assert stand_bij_register(poort, b) == "actief"


@pytest.mark.regel("RW-14.1")
def test_wie_niet_is_nagekeken_wacht_zichtbaar_als_taak_en_houdt_niets_op(poort):
    c = factories.casus()
    b = directbetrokkene(c, bevestigd=False)
    bezorg()
    assert poort.gehoord == []
    assert registratie(b).stand == Stand.WACHT_OP_VALIDATIE
    taak = Taak.objects.get(soort="bsn_nakijken")
    assert (taak.titel, taak.voor, taak.casus, taak.stand) == (
        "BSN nakijken voor het VT Register",
        c.verantwoordelijke,
        c,
        "open",
    )
    leg_contact_vast(c, door=c.verantwoordelijke)
    bezorg()
    assert Taak.objects.filter(soort="bsn_nakijken").count() == 1
    assert sluit_casus(c, door=c.verantwoordelijke).stand == Casus.Stand.GESLOTEN


@pytest.mark.regel("RW-14.1")
def test_na_het_nakijken_gaat_de_registratie_alsnog_en_is_de_taak_klaar(poort):
    b = directbetrokkene(factories.casus(), bevestigd=False)
    bezorg()
    bevestig_bsn(b, door=b.casus.verantwoordelijke)
    bezorg()
    assert stand_bij_register(poort, b) == "actief"
    assert Taak.objects.get(soort="bsn_nakijken").stand == "gedaan"


@pytest.mark.regel("RW-14.1", "RW-14.7")
def test_een_verbeterd_bsn_trekt_de_oude_registratie_in_en_wacht_op_nakijken(poort):
    b = directbetrokkene(factories.casus())
    bezorg()
    oud = pseudoniem(b.persoon.bsn)
    wijzig_persoon(b, door=b.casus.verantwoordelijke, bsn=nieuw_bsn())
    bezorg()
    assert poort.stand(oud).stand == "verwijderd"
    assert stand_bij_register(poort, b) == ""
    assert registratie(b).stand == Stand.WACHT_OP_VALIDATIE
    bevestig_bsn(b, door=b.casus.verantwoordelijke)
    bezorg()
    assert stand_bij_register(poort, b) == "actief"
    assert not Registratie.objects.filter(pseudoniem=oud).exists()


@pytest.mark.regel("RW-14.2")
def test_waar_de_medewerker_kiest_gaat_niets_vanzelf(poort):
    laat_kiezen()
    b = directbetrokkene(factories.casus())
    bezorg()
    assert poort.gehoord == []
    assert registratie(b).stand == Stand.WACHT_OP_KEUZE
    assert Taak.objects.get(soort="register_kiezen").voor == b.casus.verantwoordelijke
    voer_uit(registratie(b), "registreer", door=b.casus.verantwoordelijke)
    bezorg()
    assert stand_bij_register(poort, b) == "actief"
    assert not Taak.objects.filter(stand="open").exists()


@pytest.mark.regel("RW-14.2")
def test_waar_de_medewerker_kiest_gaat_ook_wie_terugkomt_niet_vanzelf(poort):
    laat_kiezen()
    b = directbetrokkene(factories.casus())
    bezorg()
    voer_uit(registratie(b), "registreer", door=b.casus.verantwoordelijke)
    bezorg()
    verwijder_betrokkene(b, door=b.casus.verantwoordelijke, reden="vergissing")
    bezorg()
    voeg_betrokkene_toe(b.casus, b.persoon, door=b.casus.verantwoordelijke)
    bezorg()
    assert [bericht.stand for bericht in poort.gehoord] == ["actief", "verwijderd"]
    assert Registratie.objects.get(persoon=b.persoon_id).stand == Stand.WACHT_OP_KEUZE


@pytest.mark.regel("RW-14.2")
def test_niet_registreren_blijft_met_reden_zichtbaar(poort):
    laat_kiezen()
    b = directbetrokkene(factories.casus())
    bezorg()
    voer_uit(registratie(b), "registreer_niet", door=b.casus.verantwoordelijke, reden="Loopt via de buurregio")
    leg_contact_vast(b.casus, door=b.casus.verantwoordelijke)
    wijzig_persoon(b, door=b.casus.verantwoordelijke, telefoon="06")
    bezorg()
    assert poort.gehoord == []
    r = registratie(b)
    assert (r.stand, r.reden_niet_registreren) == (Stand.NIET, "Loopt via de buurregio")
    regel = b.casus.logregels.get(wat="registreer_niet")
    assert regel.motivering == "Loopt via de buurregio"
    assert regel.op_tijdlijn


@pytest.mark.regel("RW-14.6")
def test_in_twee_open_casussen_blijft_iemand_actief_tot_de_laatste_sluit(poort):
    noor = factories.medewerker()
    een, twee = factories.casus(noor), factories.casus(noor)
    b = directbetrokkene(een)
    voeg_betrokkene_toe(twee, b.persoon, door=noor)
    bezorg()
    sluit_casus(een, door=noor)
    bezorg()
    assert stand_bij_register(poort, b) == "actief"
    sluit_casus(twee, door=noor)
    bezorg()
    laatste = poort.stand(pseudoniem(b.persoon.bsn))
    assert (laatste.stand, laatste.eind) == ("inactief", timezone.localdate())
    assert registratie(b).stand == Stand.INACTIEF
    drie = factories.casus(noor)
    voeg_betrokkene_toe(drie, b.persoon, door=noor)
    bezorg()
    assert stand_bij_register(poort, b) == "actief"


@pytest.mark.regel("RW-14.7")
def test_uit_de_casus_gehaald_is_uit_het_register(poort):
    b = directbetrokkene(factories.casus())
    bezorg()
    naam = pseudoniem(b.persoon.bsn)
    verwijder_betrokkene(b, door=b.casus.verantwoordelijke, reden="verkeerde persoon")
    bezorg()
    assert poort.stand(naam) == Registratiebericht(naam, poort.stand(naam).versie, "verwijderd")
    r = Registratie.objects.get(persoon=b.persoon_id)
    assert (r.stand, r.pseudoniem, r.merk, r.begin) == (Stand.VERWIJDERD, "", "", None)


@pytest.mark.regel("RW-14.7")
def test_wie_nog_in_een_andere_casus_staat_houdt_die_registratie(poort):
    noor = factories.medewerker()
    een, twee = factories.casus(noor), factories.casus(noor)
    b = directbetrokkene(een)
    voeg_betrokkene_toe(twee, b.persoon, door=noor)
    bezorg()
    verwijder_betrokkene(b, door=noor, reden="verkeerde casus")
    bezorg()
    assert stand_bij_register(poort, b) == "actief"


@pytest.mark.regel("RW-14.7")
def test_met_de_persoon_verdwijnt_ook_de_registratie(poort):
    """What a destroyed or deleted case leaves behind: nobody."""
    b = directbetrokkene(factories.casus())
    bezorg()
    naam, nummer, wie = pseudoniem(b.persoon.bsn), registratie(b).pk, b.persoon
    b.delete()
    wie.delete()
    bezorg()
    assert poort.stand(naam).stand == "verwijderd"
    r = Registratie.objects.get(pk=nummer)
    assert (r.persoon_id, r.stand, r.pseudoniem) == (None, Stand.VERWIJDERD, "")


@pytest.mark.regel("RW-14.7")
def test_na_vernietigen_weet_ook_het_register_niets_meer(poort):
    """Destruction keeps the betrokkene, for the figures, and lets go of the person."""
    b = directbetrokkene(factories.casus())
    bezorg()
    naam, wie = pseudoniem(b.persoon.bsn), b.persoon
    Betrokkene.objects.filter(pk=b.pk).update(persoon=None)
    wie.delete()
    bezorg()
    assert poort.stand(naam).stand == "verwijderd"


def test_een_verbeterd_bsn_laat_de_registratie_van_de_ander_met_dat_bsn_staan(poort):
    noor = factories.medewerker()
    a = directbetrokkene(factories.casus(noor))
    b = directbetrokkene(factories.casus(noor), bsn=a.persoon.bsn)
    bezorg()
    wijzig_persoon(a, door=noor, bsn=nieuw_bsn())
    bezorg()
    assert stand_bij_register(poort, b) == "actief"
    assert not Uitpost.objects.filter(bezorgd_op=None).exists()


def test_wie_twee_keer_is_opgevoerd_is_voor_het_register_een_persoon(poort):
    noor = factories.medewerker()
    een, twee = factories.casus(noor), factories.casus(noor)
    a = directbetrokkene(een)
    b = directbetrokkene(twee, bsn=a.persoon.bsn)
    bezorg()
    verwijder_betrokkene(a, door=noor, reden="dubbel")
    bezorg()
    assert stand_bij_register(poort, b) == "actief"
    wijzig_persoon(b, door=noor, bsn=nieuw_bsn())
    bezorg()
    assert poort.stand(pseudoniem(a.persoon.bsn)).stand == "verwijderd"


def test_alleen_wat_anders_is_wordt_opnieuw_gezegd(poort):
    b = directbetrokkene(factories.casus())
    bezorg()
    wijzig_persoon(b, door=b.casus.verantwoordelijke, telefoon="0612345678")
    bezorg()
    assert len(poort.gehoord) == 1
    wijzig_persoon(b, door=b.casus.verantwoordelijke, achternaam="Terpstra-de Wit")
    bezorg()
    assert [bericht.naam for bericht in poort.gehoord] == ["Jelle Terpstra", "Jelle Terpstra-de Wit"]
    assert [bericht.versie for bericht in poort.gehoord] == [1, 2]


@pytest.mark.regel("RW-3.3")
def test_met_het_register_weg_gaat_alles_door_en_komt_het_later_een_keer_aan(poort):
    poort.weg = True
    c = factories.casus()
    b = directbetrokkene(c)
    bezorg()
    assert registratie(b).stand == Stand.TE_VERSTUREN
    leg_contact_vast(c, door=c.verantwoordelijke)
    assert sluit_casus(c, door=c.verantwoordelijke).stand == Casus.Stand.GESLOTEN
    bezorg()
    wacht = Uitpost.objects.get(bezorgd_op=None, fout__contains="niet bereikbaar")
    assert wacht.niet_voor > timezone.now()
    poort.weg = False
    bezorg()
    assert [bericht.stand for bericht in poort.gehoord] == ["inactief"]
    assert not Uitpost.objects.filter(bezorgd_op=None).exists()


def test_een_register_met_een_nieuwere_versie_hoort_toch_hoe_het_nu_is(poort):
    """As after putting back a backup here."""
    b = directbetrokkene(factories.casus())
    bezorg()
    Registratie.objects.update(versie_bericht=0)
    poort.gehoord[0] = dataclasses.replace(poort.gehoord[0], versie=41)
    sluit_casus(b.casus, door=b.casus.verantwoordelijke)
    bezorg()
    assert poort.stand(pseudoniem(b.persoon.bsn)).stand == "inactief"
    assert registratie(b).versie_bericht == 42


def test_een_bsn_dat_net_voor_het_versturen_verandert_gaat_er_niet_uit(poort):
    poort.weg = True
    b = directbetrokkene(factories.casus())
    bezorg()
    Persoon.objects.filter(pk=b.persoon_id).update(bsn_stand="mogelijk")
    poort.weg = False
    assert bericht_van(registratie(b)) is None
    bezorg()
    assert poort.gehoord == []
    assert not Uitpost.objects.filter(bezorgd_op=None).exists()


def test_vergelijken_zegt_opnieuw_wat_anders_is_en_verder_niets(poort):
    noor = factories.medewerker()
    goed, dicht, weg = (directbetrokkene(factories.casus(noor)) for _ in range(3))
    wacht = directbetrokkene(factories.casus(noor), bevestigd=False)
    bezorg()
    assert vergelijk() == 0
    Casus.objects.filter(pk=dicht.casus_id).update(stand="gesloten", gesloten_op=timezone.now() + timedelta(days=1))
    Betrokkene.objects.filter(pk=weg.pk)._raw_delete("default")
    assert vergelijk() == 2
    bezorg()
    assert [stand_bij_register(poort, b) for b in (goed, dicht, weg, wacht)] == ["actief", "inactief", "verwijderd", ""]
    assert vergelijk() == 0


def test_wat_nooit_is_verstuurd_hoeft_ook_niet_te_worden_ingetrokken(poort):
    b = directbetrokkene(factories.casus(), bevestigd=False)
    bezorg()
    verwijder_betrokkene(b, door=b.casus.verantwoordelijke, reden="vergissing")
    bezorg()
    assert poort.gehoord == []
    assert Registratie.objects.get(persoon=b.persoon_id).stand == Stand.VERWIJDERD
    assert Taak.objects.get(soort="bsn_nakijken").stand == "vervallen"


def test_wie_terugkomt_wordt_opnieuw_geregistreerd(poort):
    c = factories.casus()
    b = directbetrokkene(c)
    bezorg()
    verwijder_betrokkene(b, door=c.verantwoordelijke, reden="vergissing")
    bezorg()
    voeg_betrokkene_toe(c, b.persoon, door=c.verantwoordelijke)
    bezorg()
    assert [bericht.stand for bericht in poort.gehoord] == ["actief", "verwijderd", "actief"]


def test_de_logregels_noemen_niemand(poort):
    b = directbetrokkene(factories.casus())
    bezorg()
    for regel in Logregel.objects.filter(soort__startswith="register."):
        assert "Terpstra" not in regel.zin
        assert b.persoon.bsn not in regel.zin


def test_een_persoon_zonder_casus_bestaat_niet_voor_het_register(poort):
    from register.services.vaststellen import stel_vast

    persoon = maak_persoon(door=factories.systeem(), bsn=nieuw_bsn())
    stel_vast(persoon.pk)
    stel_vast(persoon.pk + 1)
    assert not Registratie.objects.exists()
