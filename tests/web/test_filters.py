"""Days, ages and typed text read the same on every screen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils.safestring import SafeString

from vt_cvs.web import vormen
from vt_cvs.web.templatetags import vt

NU = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)  # dinsdag, 09:12 in Nederland


@pytest.fixture(autouse=True)
def _dinsdagochtend():
    with time_machine.travel(NU, tick=False):
        yield


def teken(bron: str, **context: object) -> str:
    return " ".join(Template(bron).render(Context(context)).split())


@pytest.mark.parametrize(
    ("wanneer", "zin"),
    [
        (date(2026, 11, 19), "do 19 nov"),
        (date(2025, 3, 3), "ma 3 mrt 2025"),
        (datetime(2026, 11, 18, 23, 30, tzinfo=UTC), "do 19 nov"),
        (None, ""),
    ],
)
def test_een_datum_noemt_het_jaar_alleen_als_het_een_ander_jaar_is(wanneer, zin):
    assert vt.datum(wanneer) == zin


def test_in_een_brief_staat_de_datum_voluit():
    assert vt.datum_voluit(date(2026, 11, 19)) == "donderdag 19 november 2026"


@pytest.mark.parametrize(
    ("wanneer", "zin"),
    [
        (datetime(2026, 11, 24, 8, 11, tzinfo=UTC), "vandaag 09:11"),
        (datetime(2026, 11, 23, 15, 40, tzinfo=UTC), "gisteren 16:40"),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "vandaag 00:30"),
        (datetime(2026, 11, 25, 11, 30, tzinfo=UTC), "morgen 12:30"),
        (datetime(2026, 11, 19, 14, 10, tzinfo=UTC), "do 19 nov 15:10"),
        (date(2026, 11, 19), "do 19 nov"),
        (None, ""),
    ],
)
def test_een_moment_staat_op_de_nederlandse_klok(wanneer, zin):
    assert vt.moment(wanneer) == zin


def test_een_moment_past_in_een_zin():
    assert vt.moment(NU, "om") == "vandaag om 09:12"


@pytest.mark.parametrize(
    ("wanneer", "zin"),
    [
        (date(2026, 11, 24), "vandaag"),
        (date(2026, 11, 23), "gisteren"),
        (date(2026, 11, 18), "6 dagen geleden"),
        (date(2026, 11, 1), "23 dagen geleden"),
        (date(2026, 10, 13), "6 weken geleden"),
        (date(2026, 8, 24), "3 maanden geleden"),
        (date(2023, 11, 24), "3 jaar geleden"),
        (date(2026, 11, 27), "over 3 dagen"),
    ],
)
def test_wachten_telt_eerst_in_dagen(wanneer, zin):
    assert vt.geleden(wanneer) == zin


@pytest.mark.parametrize(
    ("geboren", "zin"),
    [
        (date(2017, 6, 21), "9 jaar"),
        (date(2017, 11, 25), "8 jaar"),
        (date(2025, 11, 24), "12 maanden"),
        (date(2026, 10, 20), "5 weken"),
        (date(2026, 11, 23), "1 dag"),
        (date(2027, 2, 1), "nog niet geboren"),
        (None, ""),
    ],
)
def test_een_jong_kind_heeft_een_leeftijd_in_maanden_of_weken(geboren, zin):
    assert vt.leeftijd(geboren) == zin


@pytest.mark.parametrize("tekst", ["<script>x</script>", SafeString("<script>x</script>")])
def test_wat_mensen_typen_wordt_nooit_html(tekst):
    assert teken("{{ tekst|alinea }}", tekst=tekst) == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_alineas_en_regels_blijven_zoals_getypt():
    assert (
        teken("{{ tekst|alinea }}", tekst="een\r\ntwee\n\n\ndrie & vier") == "<p>een<br>twee</p> <p>drie &amp; vier</p>"
    )


def test_een_merkje_heeft_altijd_een_vorm_en_een_woord():
    for soort, vorm in vormen.MERKJES.items():
        html = teken("{% merkje soort woord=woord %}", soort=soort, woord=vorm.woord or "woord")
        assert f"#i-{vorm.icoon}" in html
        assert (vorm.woord or "woord") in html


def test_elke_tekening_die_een_onderdeel_gebruikt_bestaat():
    from django.template.loader import render_to_string

    iconen = render_to_string("bouwsteen/iconen.html")
    for tabel in (vormen.MERKJES, vormen.KLOKKEN, vormen.URGENTIES, vormen.BADGES, vormen.BERICHTEN):
        for vorm in tabel.values():
            assert not vorm.icoon or f'id="i-{vorm.icoon}"' in iconen


def test_een_grafiek_zegt_in_woorden_wat_zij_tekent():
    reeks = [(date(2026, 9, 27), 3), (date(2026, 11, 21), 10)]
    html = teken("{% scoregrafiek reeks naam='Fenna' %}", reeks=reeks)
    assert "<title>Veiligheidsscores van Fenna</title>" in html
    assert "zo 27 sep: 3, za 21 nov: 10" in html
    assert 'cy="26.0"' in html
    assert 'cy="5.0"' in html


def test_zonder_scores_is_er_geen_grafiek():
    assert teken("{% scoregrafiek reeks %}", reeks=[]) == '<span class="stil klein">nog geen score</span>'


def test_een_knop_die_nog_niet_kan_zegt_waarom():
    html = teken('{% knop "Verstrekken" soort="hoofd" waarom="kan als alle 61 zijn beoordeeld" %}')
    assert 'aria-disabled="true" aria-describedby="waarom-verstrekken"' in html
    assert 'id="waarom-verstrekken">kan als alle 61' in html
    assert 'type="button"' in html


def test_een_paneel_heet_naar_zijn_kop():
    html = teken('{% paneel titel="Open voorwaarden" tel=3 %}inhoud{% endpaneel %}')
    assert 'aria-labelledby="open-voorwaarden"' in html
    assert '<h2 id="open-voorwaarden">Open voorwaarden <span class="tel">3</span></h2>' in html


def test_een_paneel_en_een_bericht_ontsnappen_hun_woorden():
    html = teken("{% bericht titel=t %}{{ t }}{% endbericht %}{% paneel titel=t %}{{ t }}{% endpaneel %}", t="<i>")
    assert "<i>" not in html
    assert html.count("&lt;i&gt;") == 4
