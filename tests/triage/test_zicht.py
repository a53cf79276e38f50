"""Zicht op veiligheid: from the minute of the decision “bij VT”, gravest and longest silent first, until it is done."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casus.models import Casus
from casus.services.vastleggen import leg_contact_vast
from melding.models import Melding
from tests import factories
from triage.selectors import zicht

pytestmark = pytest.mark.django_db


def nummers(wie) -> list[str]:
    return [casus.nummer for casus in zicht.in_zicht(wie)]


@pytest.mark.regel("RW-8.13", "RW-8.15")
def test_vanaf_het_acute_besluit_staat_de_casus_in_de_lijst_met_het_tijdstip(noor, als):
    vht = factories.vht(door=noor)
    assert nummers(noor) == []
    besluit = factories.besluit(acuut=True, door=noor)
    casus = zicht.in_zicht(noor).get()
    assert (casus.nummer, casus.sinds) == (besluit.casus.nummer, besluit.genomen_op)
    blad = als(noor).get("/triage/zicht/").content.decode()
    assert casus.nummer in blad
    assert vht.casus.nummer not in blad


@pytest.mark.regel("RW-8.13")
@pytest.mark.parametrize(("uitkomst", "erin"), [("bij_vt", 1), ("overdracht", 0), ("maatwerk", 0), ("einde", 0)])
def test_alleen_wat_bij_veilig_thuis_blijft_staat_in_de_lijst(noor, uitkomst, erin):
    factories.besluit("genomen", door=noor, uitkomst=uitkomst)
    assert len(nummers(noor)) == erin


def test_ernstigst_en_langst_stil_eerst_en_na_afhandelen_eruit(noor):
    gewoon = factories.besluit("genomen", door=noor).casus
    acuut = factories.besluit(acuut=True, door=noor).casus
    stil = factories.besluit(acuut=True, door=noor).casus
    leg_contact_vast(acuut, door=noor, met="moeder")
    Casus.objects.filter(pk=stil.pk).update(gestart_op=timezone.now() - timezone.timedelta(days=20))
    assert nummers(noor) == [stil.nummer, acuut.nummer, gewoon.nummer]
    assert zicht.lang_stil(zicht.in_zicht(noor)[0])
    Melding.objects.filter(stap__casus=gewoon).update(stand="besloten")
    assert len(nummers(noor)) == 3
    assert nummers(factories.buitenstaander()) == []


def test_in_monitoren_zegt_de_lijst_dat_en_roept_niemand_om_contact(noor, als):
    monitoren = factories.monitoren(door=noor)
    gewoon = factories.besluit("genomen", door=noor).casus
    toen = timezone.now() - timezone.timedelta(days=90)
    Casus.objects.filter(pk=monitoren.casus.pk).update(gestart_op=toen, veiligheid=Casus.Veiligheid.STRUCTUREEL)
    assert nummers(noor) == [gewoon.nummer, monitoren.casus.nummer]
    laatste = zicht.in_zicht(noor)[1]
    assert laatste.dienst == "monitoren"
    assert not zicht.lang_stil(laatste)
    assert ">monitoren<" in als(noor).get("/triage/zicht/").content.decode().lower()


def test_bladeren_slaat_niets_over_en_vraagt_altijd_even_weinig(noor, als, monkeypatch):
    client = als(noor)
    factories.besluit(acuut=True, door=noor)
    client.get("/triage/zicht/")
    with CaptureQueriesContext(connection) as een:
        client.get("/triage/zicht/")
    for _ in range(3):
        factories.besluit(acuut=True, door=noor)
    with CaptureQueriesContext(connection) as veel:
        client.get("/triage/zicht/")
    assert len(veel) <= len(een)
    monkeypatch.setattr(zicht, "PER_BLADZIJDE", 1)
    gezien, adres = [], "/triage/zicht/"
    while adres:
        context = client.get(adres).context
        gezien += [casus.nummer for casus, *_ in context["casussen"]]
        adres = f"/triage/zicht/?na={context['volgende']}" if context["volgende"] else ""
    assert gezien == nummers(noor)
    for onzin in ("x", "1_2", "9_999999999999999999_1", "²_1_1"):
        assert client.get("/triage/zicht/", {"na": onzin}).status_code == 200
