"""The case of a report: an open one is joined, a closed one followed, and it starts with its first report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casus.models import Casus, Logregel, Persoon, Processtap, Taak
from casus.services.casussen import begin_stap, sluit_casus
from melding.models import Melding, Signaal
from melding.services import casus_opgevolgd, neem_melding_aan, ontvangst_gecorrigeerd, wijzig_melding
from tests import factories
from tests.melding.conftest import OKTOBER, signaal
from tests.melding.test_ontvangen import tegelijk
from vt_cvs.kern.dossier import VerouderdeVersie
from vt_cvs.kern.overgangen import StapKanNiet
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


# --- joining an open case, following a closed one ------------------------------------------------------------------


def test_een_melding_bij_een_open_casus(noor):
    casus = factories.casus(noor)
    melding = neem_melding_aan(signaal(), door=noor, casus=casus)
    assert melding.casus == casus
    assert Casus.objects.count() == 1


@pytest.mark.regel("WVT-5")
def test_een_gesloten_casus_krijgt_geen_melding_en_de_nieuwe_verwijst_ernaar(noor):
    gesloten = sluit_casus(factories.casus(noor), door=factories.systeem())
    bron = signaal()
    with pytest.raises(RegelGeweigerd) as weigering, transaction.atomic():
        neem_melding_aan(bron, door=noor, casus=gesloten)
    (belemmering,) = weigering.value.belemmeringen
    assert (belemmering.regel.id, belemmering.veld, belemmering.link) == ("WVT-5", "casus", gesloten.pad())
    assert "nieuwe casus" in belemmering.uitleg
    melding = neem_melding_aan(bron, door=noor, volgt_op=gesloten)
    assert melding.casus.volgt_op == gesloten
    assert not Casus.objects.get(pk=gesloten.pk).is_open


@pytest.mark.regel("WVT-5")
def test_ook_met_sql_komt_een_melding_niet_in_een_gesloten_casus(noor):
    melding = neem_melding_aan(door=noor)
    gesloten = sluit_casus(factories.casus(noor), door=factories.systeem())
    with pytest.raises(DatabaseError, match="wvt_5|rw_13_af"), transaction.atomic():
        stap = Processtap.objects.create(casus=gesloten, soort="melding")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE melding_melding SET stap_id = %s WHERE id = %s", [stap.pk, melding.pk])
    with pytest.raises(DatabaseError, match="wvt_5|rw_13_af"), transaction.atomic():
        stap = Processtap.objects.create(casus=gesloten, soort="melding")
        Melding(stap=stap, melder=melding.melder, nummer="M-000-000-000").save_base(raw=True)


@pytest.mark.regel("WVT-5")
def test_via_de_api_wordt_een_signaal_geen_melding_in_een_gesloten_casus(noor, client):
    """The step is there, and says that a person takes up a report where people are recognised."""
    bron = signaal()
    client.force_login(noor)
    pad = f"/api/v1/signalen/{bron.nummer}"
    antwoord = client.post(
        f"{pad}/wordt-melding", "{}", content_type="application/json", headers={"If-Match": client.get(pad)["ETag"]}
    )
    assert antwoord.status_code == 409
    assert antwoord.json()["belemmeringen"][0]["link"] == bron.pad()
    assert Signaal.objects.get().is_nieuw


def test_een_advies_krijgt_geen_melding_erbij(noor):
    from melding.services import begin_advies

    advies = begin_advies(door=noor)
    with pytest.raises(RegelGeweigerd, match="is een advies"):
        neem_melding_aan(door=noor, casus=advies.casus)


def test_bij_een_afgeschermde_casus_komt_de_melding_bij_de_casushouder_en_blijft_dicht(noor):
    from casus.selectors import is_betrokken_bij

    houder = factories.buitenstaander(Rol.ACHTERKANT)
    casus = factories.casus(houder)
    Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
    casus.genoemden.add(houder)
    melding = neem_melding_aan(signaal(), door=noor, casus=casus)
    assert melding.stap.verantwoordelijke == houder
    assert not is_betrokken_bij(noor, Casus.objects.get(pk=casus.pk))


@pytest.mark.parametrize("rol", [Rol.MANAGEMENTINFORMATIE, Rol.PRIVACYFUNCTIONARIS, Rol.BEHEERDER])
def test_wie_niet_mag_opnemen_neemt_geen_melding_aan(rol):
    with pytest.raises(NietToegestaan):
        neem_melding_aan(signaal(), door=factories.medewerker(rol))


def test_een_signaal_wordt_een_keer_melding(noor):
    bron = signaal()
    neem_melding_aan(bron, door=noor)
    with pytest.raises(StapKanNiet, match="melding geworden"):
        neem_melding_aan(bron, door=noor)


def test_wie_een_oude_versie_van_het_signaal_zag_hoort_dat(noor):
    bron = signaal()
    with pytest.raises(VerouderdeVersie):
        neem_melding_aan(bron, door=noor, versie=bron.versie + 1)


@pytest.mark.django_db(transaction=True)
def test_twee_medewerkers_tegelijk_maken_samen_een_melding():
    bron = signaal()
    wie = [factories.medewerker(Rol.VOORKANT), factories.medewerker(Rol.VOORKANT)]
    uitkomsten = tegelijk(lambda i: neem_melding_aan(bron, door=wie[i]))
    assert sorted(type(u).__name__ for u in uitkomsten) == ["Melding", "StapKanNiet"]
    assert (Melding.objects.count(), Casus.objects.count(), Persoon.objects.count()) == (1, 1, 2)


# --- the start of the case -----------------------------------------------------------------------------------------


@pytest.mark.regel("RW-6.8")
def test_de_casus_begint_op_de_dag_van_de_eerste_melding(noor):
    tweede = neem_melding_aan(signaal(), door=noor)
    casus = tweede.casus
    assert Casus.objects.get().gestart_op == OKTOBER
    neem_melding_aan(signaal(ontvangen_op=(OKTOBER - timedelta(days=3)).isoformat()), door=noor, casus=casus)
    assert Casus.objects.get().gestart_op == OKTOBER - timedelta(days=3)
    neem_melding_aan(signaal(ontvangen_op=(OKTOBER + timedelta(days=3)).isoformat()), door=noor, casus=casus)
    assert Casus.objects.get().gestart_op == OKTOBER - timedelta(days=3)


@pytest.mark.regel("RW-6.8")
def test_een_gecorrigeerde_ontvangst_verzet_casus_stap_en_wie_ernaar_rekent(noor, monkeypatch):
    gehoord = []
    monkeypatch.setattr(
        ontvangst_gecorrigeerd, "_luisteraars", [lambda *, melding, door: gehoord.append(melding.ontvangen_op)]
    )
    melding = neem_melding_aan(signaal(), door=noor)
    eerder = OKTOBER - timedelta(days=2)
    wijzig_melding(melding, door=noor, ontvangen_op=eerder, motivering="De mail kwam vrijdag al.")
    assert Casus.objects.get().gestart_op == Processtap.objects.get(soort="melding").begonnen_op == eerder
    assert gehoord == [eerder]
    regel = Logregel.objects.get(wat="wijzig", soort="melding.melding")
    assert regel.motivering == "De mail kwam vrijdag al."


@pytest.mark.regel("RW-6.8")
def test_een_ontvangst_in_de_toekomst_kan_niet_zijn_gebeurd(noor):
    melding = neem_melding_aan(signaal(), door=noor)
    with pytest.raises(RegelGeweigerd, match="toekomst") as weigering:
        wijzig_melding(melding, door=noor, ontvangen_op=timezone.now() + timedelta(hours=1))
    assert weigering.value.belemmeringen[0].veld == "ontvangen_op"
    assert Casus.objects.get().gestart_op == OKTOBER


@pytest.mark.regel("RW-6.5")
def test_de_gemeente_van_de_eerste_melding_telt(noor):
    eerste = neem_melding_aan(signaal(), door=noor, gemeente="0363")
    neem_melding_aan(
        signaal(ontvangen_op=(OKTOBER + timedelta(days=1)).isoformat()), door=noor, casus=eerste.casus, gemeente="0599"
    )
    assert Casus.objects.get().gemeente == "0363"
    wijzig_melding(eerste, door=noor, gemeente="0518")
    assert Casus.objects.get().gemeente == "0518"


@pytest.mark.regel("RW-3.1")
@pytest.mark.parametrize(
    ("gestart", "opgevolgd"), [(datetime(2018, 12, 31, tzinfo=UTC), True), (datetime(2019, 1, 1, tzinfo=UTC), False)]
)
def test_een_casus_van_voor_2019_in_monitoren_wordt_opgevolgd(noor, monkeypatch, gestart, opgevolgd):
    from casus.services.casussen import eindig_stap

    def beeindig(*, casus, door):
        for stap in casus.stappen.filter(geeindigd_op=None):
            eindig_stap(stap, door=door)

    monkeypatch.setattr(casus_opgevolgd, "_luisteraars", [beeindig])
    oud = factories.casus(noor, gestart_op=gestart)
    begin_stap(oud, "monitoren", door=noor)
    melding = neem_melding_aan(signaal(), door=noor, casus=oud)
    assert (melding.casus.volgt_op == oud) == opgevolgd
    assert Casus.objects.get(pk=oud.pk).is_open != opgevolgd
    transaction.set_rollback(True)  # the monitoring step has no owner here


@pytest.mark.regel("RW-3.1")
def test_wat_de_oude_casus_nog_mist_wordt_een_taak_en_houdt_de_melding_niet_op(noor):
    oud = factories.casus(noor, gestart_op=datetime(2018, 5, 1, tzinfo=UTC))
    begin_stap(oud, "monitoren", door=noor)
    melding = neem_melding_aan(signaal(), door=noor, casus=oud)
    assert melding.casus.volgt_op == oud
    assert Casus.objects.get(pk=oud.pk).is_open
    assert Taak.objects.get(casus=oud).titel == "Oude casus sluiten"
    transaction.set_rollback(True)
