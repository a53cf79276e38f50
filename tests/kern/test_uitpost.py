"""The outbox: nothing is lost, nothing overtakes, nothing is sent that was never committed."""

import threading

import pytest
from django.db import connection, transaction

from vt_cvs.kern import uitpost
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.uitpost import Later, bezorg, zet_in_uitpost


@pytest.fixture
def ontvangen(monkeypatch):
    """A receiver that notes what reached it."""
    gekregen: list[tuple[str, dict]] = []
    monkeypatch.setitem(uitpost.BEZORGERS, "proef", lambda rij: gekregen.append((rij.onderwerp, rij.inhoud)))
    monkeypatch.setattr(uitpost, "_wek_bezorging", lambda: None)
    return gekregen


@pytest.mark.django_db
def test_wat_in_de_uitpost_staat_wordt_een_keer_bezorgd(ontvangen):
    zet_in_uitpost("proef", onderwerp="persoon:1", persoon_id=1)
    assert bezorg() == 1
    assert bezorg() == 0
    assert ontvangen == [("persoon:1", {"persoon_id": 1})]


@pytest.mark.django_db
def test_een_onbekende_soort_wordt_meteen_geweigerd():
    with pytest.raises(LookupError):
        zet_in_uitpost("bestaat-niet", onderwerp="x")


@pytest.mark.django_db(transaction=True)
def test_een_teruggedraaid_feit_verlaat_het_huis_niet(ontvangen):
    with pytest.raises(RuntimeError), transaction.atomic():
        zet_in_uitpost("proef", onderwerp="persoon:1")
        raise RuntimeError("toch niet")
    assert bezorg() == 0
    assert ontvangen == []


@pytest.mark.django_db
def test_een_storing_bij_de_een_houdt_de_ander_niet_op_en_de_volgorde_blijft(ontvangen, monkeypatch):
    stuk = {"persoon:1"}

    def bezorger(rij):
        if rij.onderwerp in stuk:
            raise Later("ontvanger weg")
        ontvangen.append((rij.onderwerp, rij.inhoud))

    monkeypatch.setitem(uitpost.BEZORGERS, "proef", bezorger)
    for nummer in (1, 2):
        zet_in_uitpost("proef", onderwerp="persoon:1", nummer=nummer)
        zet_in_uitpost("proef", onderwerp="persoon:2", nummer=nummer)
    assert bezorg() == 2
    assert [onderwerp for onderwerp, _ in ontvangen] == ["persoon:2", "persoon:2"]
    wachtend = Uitpost.objects.get(onderwerp="persoon:1", pogingen=1)
    assert wachtend.fout == "ontvanger weg"
    assert wachtend.niet_voor is not None

    stuk.clear()
    Uitpost.objects.update(niet_voor=None)
    assert bezorg() == 2
    assert [inhoud["nummer"] for onderwerp, inhoud in ontvangen if onderwerp == "persoon:1"] == [1, 2]


@pytest.mark.django_db
def test_een_fout_van_de_bezorger_zegt_niets_over_de_persoon(ontvangen, monkeypatch):
    def bezorger(rij):
        raise ValueError("Jelle Terpstra 999990019")

    monkeypatch.setitem(uitpost.BEZORGERS, "proef", bezorger)
    zet_in_uitpost("proef", onderwerp="persoon:1")
    bezorg()
    assert Uitpost.objects.get().fout == "ValueError"


@pytest.mark.django_db(transaction=True)
def test_vier_bezorgers_tegelijk_bezorgen_elk_bericht_een_keer_en_op_volgorde(ontvangen):
    for nummer in range(15):
        for persoon in range(4):
            zet_in_uitpost("proef", onderwerp=f"persoon:{persoon}", nummer=nummer)

    def werk():
        try:
            for _ in range(5):
                bezorg()
        finally:
            connection.close()

    draden = [threading.Thread(target=werk) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    bezorg()
    assert len(ontvangen) == 60
    for persoon in range(4):
        nummers = [inhoud["nummer"] for onderwerp, inhoud in ontvangen if onderwerp == f"persoon:{persoon}"]
        assert nummers == list(range(15))
