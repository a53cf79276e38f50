"""Family ties: one direction, no circles, dates; and who lives where since when."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from casus.models import Betrokkene, Casus, Familieband, Logregel, Woonperiode
from casus.personen.banden import haal_band_weg, leg_band, verhuis, wijzig_band
from casus.services.betrokkenen import voeg_betrokkene_toe
from casus.services.casussen import sluit_casus
from tests import factories as f
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return f.medewerker(naam="Noor Haddad")


@pytest.fixture
def casus(noor):
    return f.casus(noor)


def mens(casus, naam, **velden) -> Betrokkene:
    return f.betrokkene(casus, voornamen=naam, achternaam="", **velden)


def ingelogd(wie) -> Client:
    client = Client()
    client.force_login(wie)
    return client


def test_kind_van_en_ouder_van_is_dezelfde_band(noor, casus):
    marloes, sem = mens(casus, "Marloes"), mens(casus, "Sem")
    een = leg_band(sem, "omgekeerd:ouder", marloes, door=noor)
    ander = leg_band(marloes, "ouder", sem, door=noor)
    assert een == ander
    assert str(een) == "Marloes is ouder van Sem"
    assert Familieband.objects.count() == 1


@pytest.mark.parametrize("soort", ["partner", "ex_partner", "broer_zus"])
def test_een_band_tussen_gelijken_staat_er_een_keer_in_een_richting(noor, casus, soort):
    een, ander = mens(casus, "Marloes"), mens(casus, "Jelle")
    assert leg_band(een, soort, ander, door=noor) == leg_band(ander, soort, een, door=noor)
    with pytest.raises(IntegrityError, match="familieband_gelijken_in_een_richting"), transaction.atomic():
        Familieband.objects.create(persoon=ander.persoon, ander=een.persoon, soort=soort)


def test_niemand_is_familie_van_zichzelf_ook_niet_met_sql(noor, casus):
    een = mens(casus, "Marloes")
    with pytest.raises(RegelGeweigerd, match="zichzelf"):
        leg_band(een, "ouder", een, door=noor)
    with pytest.raises(IntegrityError, match="familieband_niet_met_zichzelf"), transaction.atomic():
        Familieband.objects.create(persoon=een.persoon, ander=een.persoon, soort="gezag")
    with pytest.raises(DatabaseError, match="familieband_kring"), transaction.atomic():
        Familieband.objects.create(persoon=een.persoon, ander=een.persoon, soort="ouder")


def test_niemand_stamt_van_zichzelf_af_ook_niet_over_drie_generaties_of_met_sql(noor, casus):
    oma, moeder, kind = mens(casus, "Ina"), mens(casus, "Marloes"), mens(casus, "Sem")
    leg_band(oma, "ouder", moeder, door=noor)
    leg_band(moeder, "stiefouder", kind, door=noor)
    with pytest.raises(RegelGeweigerd, match="stamt dan af"):
        leg_band(kind, "pleegouder", oma, door=noor)
    with pytest.raises(DatabaseError, match="familieband_kring"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casus_familieband (versie, persoon_id, ander_id, soort) VALUES (1, %s, %s, 'ouder')",
            [kind.persoon_id, oma.persoon_id],
        )


def test_een_voogd_mag_jonger_zijn_of_zelf_een_kind_van_het_gezin(noor, casus):
    zus, broer = mens(casus, "Lotte"), mens(casus, "Sem")
    leg_band(zus, "voogd", broer, door=noor)
    leg_band(broer, "gezag", zus, door=noor)
    assert Familieband.objects.count() == 2


def test_een_band_die_eindigt_blijft_staan_en_kan_opnieuw_beginnen(noor, casus):
    een, ander = mens(casus, "Marloes"), mens(casus, "Jelle")
    band = leg_band(een, "partner", ander, door=noor, band_sinds=date(2015, 1, 1))
    wijzig_band(band, casus, door=noor, band_sinds=date(2015, 1, 1), band_tot=date(2020, 1, 1))
    nieuw = leg_band(een, "partner", ander, door=noor, band_sinds=date(2022, 1, 1))
    assert nieuw != band
    with pytest.raises(RegelGeweigerd, match="al als lopend"):
        wijzig_band(band, casus, door=noor, band_sinds=date(2015, 1, 1), band_tot=None)
    with pytest.raises(RegelGeweigerd, match="voor de begindatum"):
        wijzig_band(nieuw, casus, door=noor, band_sinds=date(2022, 1, 1), band_tot=date(2021, 1, 1))
    assert band.history.count() == 2


def test_een_band_die_er_nooit_was_gaat_weg_met_reden_in_het_logboek(noor, casus):
    een, ander = mens(casus, "Marloes"), mens(casus, "Jelle")
    band = leg_band(een, "partner", ander, door=noor)
    with pytest.raises(RegelGeweigerd, match="reden"):
        haal_band_weg(band, casus, door=noor, reden=" ")
    haal_band_weg(band, casus, door=noor, reden="het is haar broer")
    assert not Familieband.objects.exists()
    regel = Logregel.objects.get(casus=casus, soort="casus.familieband", wat="verwijder")
    assert (regel.motivering, regel.door) == ("het is haar broer", noor)


def test_een_band_staat_in_elke_casus_waar_beiden_in_zijn_en_nergens_anders(noor, casus):
    een, ander = mens(casus, "Marloes"), mens(casus, "Sem")
    samen, alleen = f.casus(noor), f.casus(noor)
    for betrokkene in (een, ander):
        voeg_betrokkene_toe(samen, betrokkene.persoon, door=noor)
    voeg_betrokkene_toe(alleen, een.persoon, door=noor)
    leg_band(een, "ouder", ander, door=noor)
    client = ingelogd(noor)
    assert "Marloes is ouder van Sem" in client.get(f"{samen.pad()}betrokkenen/").content.decode()
    assert "ouder van" not in client.get(f"{alleen.pad()}betrokkenen/").content.decode()
    assert Logregel.objects.filter(soort="casus.familieband", casus=samen).exists()
    assert not Logregel.objects.filter(soort="casus.familieband", casus=alleen).exists()


def test_wie_niet_betrokken_is_legt_geen_band(noor, casus):
    een, ander = mens(casus, "Marloes"), mens(casus, "Sem")
    with pytest.raises(NietToegestaan):
        leg_band(een, "ouder", ander, door=f.buitenstaander())


def test_een_familieband_wordt_op_het_scherm_vastgelegd_bijgewerkt_en_weggehaald(noor, casus):
    een, ander = mens(casus, "Marloes"), mens(casus, "Sem")
    client, pad = ingelogd(noor), f"{casus.pad()}familieband/"
    leeg = client.post(pad, {"een": een.pk, "soort": "", "ander": ""})
    assert leeg.status_code == 422
    assert client.post(pad, {"een": een.pk, "soort": "ouder", "ander": een.pk}).status_code == 422
    assert client.post(pad, {"een": een.pk, "soort": "ouder", "ander": ander.pk}).status_code == 302
    band = Familieband.objects.get()
    antwoord = client.post(f"{pad}{band.pk}/", {"versie": band.versie, "band_sinds": "1-2-2019"})
    assert antwoord.status_code == 302
    assert Familieband.objects.get().band_sinds == date(2019, 2, 1)
    assert client.post(f"{pad}{band.pk}/", {"versie": 1, "band_sinds": "1-2-2018"}).status_code == 422
    assert client.post(f"{pad}{band.pk}/weg/", {"reden": "vergissing"}).status_code == 302
    assert not Familieband.objects.exists()


def test_een_band_van_een_andere_casus_is_niet_te_openen(noor, casus):
    een, ander = mens(casus, "Marloes"), mens(casus, "Sem")
    band = leg_band(een, "ouder", ander, door=noor)
    vreemd = f.casus(noor)
    assert ingelogd(noor).get(f"{vreemd.pad()}familieband/{band.pk}/").status_code == 404


# --- households -------------------------------------------------------------------------------------------------------


def test_wie_verhuist_houdt_de_vorige_periode_met_datums(noor, casus):
    sem = mens(casus, "Sem")
    verhuis(sem, door=noor, huishouden=1, op=date(2020, 1, 1))
    sem = Betrokkene.objects.get(pk=sem.pk)
    verhuis(sem, door=noor, huishouden=0, op=date(2024, 5, 1))
    nu = Betrokkene.objects.get(pk=sem.pk)
    assert (nu.huishouden, nu.huishouden_sinds) == (2, date(2024, 5, 1))
    eerder = Woonperiode.objects.get(betrokkene=sem)
    assert (eerder.huishouden, eerder.woonde_sinds, eerder.woonde_tot) == (1, date(2020, 1, 1), date(2024, 5, 1))


def test_een_kind_kan_bij_beide_ouders_wonen_maar_niet_twee_keer_in_hetzelfde_huis(noor, casus):
    sem = mens(casus, "Sem")
    verhuis(mens(casus, "Jelle"), door=noor, huishouden=2)
    verhuis(sem, door=noor, huishouden=1, ook=2)
    assert Betrokkene.objects.get(pk=sem.pk).huishouden_ook == 2
    with pytest.raises(RegelGeweigerd, match="ander huishouden"):
        verhuis(sem, door=noor, huishouden=2, ook=2)
    with pytest.raises(IntegrityError, match="twee_huishoudens_verschillen"), transaction.atomic():
        Betrokkene.objects.filter(pk=sem.pk).update(huishouden=2)


def test_een_verhuizing_in_de_toekomst_of_voor_de_vorige_wordt_geweigerd(noor, casus):
    sem = mens(casus, "Sem")
    with pytest.raises(RegelGeweigerd, match="toekomst"):
        verhuis(sem, door=noor, huishouden=2, op=date(timezone.localdate().year + 1, 1, 1))
    verhuis(sem, door=noor, huishouden=2, op=date(2024, 1, 1))
    with pytest.raises(RegelGeweigerd, match="voor de vorige"):
        verhuis(Betrokkene.objects.get(pk=sem.pk), door=noor, huishouden=3, op=date(2023, 1, 1))


def test_het_huishouden_wijzigt_op_het_scherm_en_twee_mensen_tegelijk_zien_dat(noor, casus):
    sem = mens(casus, "Sem")
    client, pad = ingelogd(noor), f"{casus.pad()}betrokkenen/{sem.pk}/huishouden/"
    assert client.get(pad).status_code == 200
    assert client.post(pad, {"versie": 1, "huishouden": "0", "op": "1-5-2024"}).status_code == 302
    assert client.post(pad, {"versie": 1, "huishouden": "1"}).status_code == 422


# --- RW-13.AF: nobody is added to a closed case -----------------------------------------------------------------------


@pytest.mark.regel("RW-13.AF")
def test_in_een_gesloten_casus_komt_er_niemand_bij_ook_niet_op_het_scherm_of_met_sql(noor, casus):
    persoon = f.persoon()
    sluit_casus(casus, door=noor)
    with pytest.raises(RegelGeweigerd, match="gesloten"):
        voeg_betrokkene_toe(Casus.objects.get(pk=casus.pk), persoon, door=noor)
    antwoord = ingelogd(noor).post(
        f"{casus.pad()}betrokkenen/nieuw/",
        {"voornamen": "Nieuw", "stand": "directbetrokkene", "aandeel": "onbekend"},
    )
    assert antwoord.status_code == 422
    assert not Betrokkene.objects.filter(casus=casus).exists()
    with pytest.raises(DatabaseError, match="rw_13_af"), transaction.atomic():
        Betrokkene(casus=casus, persoon=persoon).save_base(raw=True)
