"""What was known then: out of the history, with every difference marked, to read only, and logged."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casus.services.vastleggen import leg_contact_vast, leg_score_vast
from melding.services import wijzig_melding
from tests import factories
from triage.models import VHT, Triagebesluit
from triage.selectors.toen import verschillen, wat_toen_bekend_was
from triage.services import verwijder_vorm, voeg_vorm_toe, wijzig_feit
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.overgangen import voer_uit

pytestmark = pytest.mark.django_db


@pytest.fixture
def besluit(noor, sanne) -> Triagebesluit:
    begin = timezone.now()
    with time_machine.travel(begin - timezone.timedelta(days=3), tick=True):
        vht = factories.vht(door=noor, A1=True, B1=True)
        wijzig_melding(vht.melding, door=noor, situatie="Buren hoorden geschreeuw.")
        moeder = factories.betrokkene(vht.casus, door=noor, voornamen="Fenna", achternaam="Brouwers")
        leg_score_vast(moeder, 4, door=noor)
        leg_contact_vast(vht.casus, door=noor, met="Fenna", verslag="Hij drinkt elke dag.")
        voeg_vorm_toe(vht, door=noor, vorm="pg-lichamelijk", feit="Rode wang.", bron="politie")
        return voer_uit(vht.besluit, "neem_acuut", door=noor, tweede=sanne, motivering="spoed")


def delen(besluit) -> dict:
    vers = Triagebesluit.objects.select_related("vht__stap__casus").get(pk=besluit.pk)
    return {deel.naam: deel for deel in wat_toen_bekend_was(vers)}


@pytest.mark.regel("RW-9.3", "RW-8.5")
def test_zonder_verandering_staat_alles_er_en_is_niets_gemarkeerd(besluit):
    gevonden = delen(besluit)
    assert verschillen(list(gevonden.values())) == 0
    assert [veld.toen for veld in gevonden["Contacten"].stukken[0].velden if veld.naam == "Verslag"] == [
        "Hij drinkt elke dag."
    ]
    assert gevonden["Veiligheidsscores"].stukken[0].titel == "Fenna Brouwers"
    assert [stuk.titel[:3] for stuk in gevonden["Antwoorden"].stukken] == ["A1 ", "B1 "]


@pytest.mark.regel("RW-9.3")
def test_wat_sindsdien_veranderde_erbij_kwam_of_wegging_is_gemarkeerd(besluit, noor):
    vht = VHT.objects.get(pk=besluit.vht_id)
    wijzig_melding(vht.melding, door=noor, situatie="Buren hoorden geschreeuw en glas.")
    leg_contact_vast(vht.casus, door=noor, met="school", verslag="De juf ziet niets.")
    verwijder_vorm(vht.vormen.get(), door=noor)
    gevonden = delen(besluit)
    situatie = next(veld for veld in gevonden["Meldingen"].stukken[0].velden if veld.anders)
    assert (situatie.toen, situatie.nu) == ("Buren hoorden geschreeuw.", "Buren hoorden geschreeuw en glas.")
    assert [(s.titel, s.soort) for s in gevonden["Feiten bij vormen van geweld"].stukken] == [("Rode wang.", "weg")]
    assert len(gevonden["Contacten"].sindsdien) == 1
    assert verschillen(list(gevonden.values())) == 3


@pytest.mark.regel("RW-9.3")
def test_het_scherm_is_alleen_lezen_en_wie_leest_staat_in_het_toegangslog(besluit, noor, sanne, als):
    wijzig_feit(VHT.objects.get(pk=besluit.vht_id).feiten.get(), door=noor, feit="Rode wang en een blauw oog.")
    pad = f"{besluit.pad()}toen/"
    Toegang.objects.all().delete()
    blad = als(sanne).get(pad)
    tekst = blad.content.decode()
    assert "Wat toen bekend was" in tekst
    assert "1 stuk is sindsdien anders of nieuw" in tekst
    assert "<ins>" in tekst
    assert "<form" not in tekst.split('id="inhoud"')[-1].split("</main>")[0]
    assert Toegang.objects.filter(medewerker=sanne, grond__contains="triagebesluit").exists()
    assert als(sanne).post(pad).status_code == 405
    assert als(factories.buitenstaander()).get(pad).status_code == 403
    assert f'href="{pad}"' in als(noor).get(besluit.pad()).content.decode()


def test_zonder_besluit_is_er_niets_terug_te_lezen(noor, als):
    concept = factories.besluit(door=noor)
    assert als(noor).get(f"{concept.pad()}toen/").status_code == 404


def test_het_teruglezen_vraagt_even_weinig_hoeveel_er_ook_is(besluit, noor):
    with CaptureQueriesContext(connection) as weinig:
        delen(besluit)
    for n in range(5):
        leg_contact_vast(besluit.casus, door=noor, met=f"contact {n}")
    with CaptureQueriesContext(connection) as veel:
        delen(besluit)
    assert len(veel) == len(weinig)
