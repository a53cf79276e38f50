"""The year in bulk: legal rows, the published proportions, truths that are found again, and the same year for the same
seed. Whole here means a hundred and sixty reports; all of it is made by the same few lines as ten thousand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from casus.models import Casus, Persoon, Taak
from melding.models import Melding
from vt_cvs.demo.jaar import verhoudingen as cbs
from vt_cvs.demo.jaar.maken import genereer
from vt_cvs.demo.jaar.plan import Waarheden
from vt_cvs.demo.jaar.tabellen import Tabel, tabellen
from vt_cvs.kern.nummers import klopt
from vt_cvs.kern.velden import voldoet_aan_elfproef

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("jaar"), pytest.mark.usefixtures("gemaakt")]
NU = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
MELDINGEN, ZAAD = 160, 1
DERDE_IN_VEERTIEN_MAANDEN = """
    SELECT DISTINCT c3.id
      FROM casus_betrokkene b3
      JOIN casus_casus c3 ON c3.id = b3.casus_id
      JOIN casus_persoon kind ON kind.id = b3.persoon_id AND kind.geboortedatum > c3.gestart_op - interval '18 years'
     WHERE 3 = (SELECT count(*) FROM casus_betrokkene b JOIN casus_casus c ON c.id = b.casus_id
                 WHERE b.persoon_id = b3.persoon_id AND c.gestart_op <= c3.gestart_op
                   AND c.gestart_op > c3.gestart_op - interval '14 months')
       AND NOT EXISTS (SELECT 1 FROM casus_betrokkene a JOIN casus_persoon p ON p.id = a.persoon_id
                         JOIN casus_betrokkene eerder ON eerder.persoon_id = p.id
                         JOIN casus_casus c ON c.id = eerder.casus_id AND c.gestart_op < c3.gestart_op
                        WHERE a.casus_id = c3.id AND p.geboortedatum <= c3.gestart_op - interval '18 years')
     ORDER BY 1"""
TE_LAAT_BESLOTEN = """
    SELECT DISTINCT casus_id FROM casus_taak
     WHERE soort = 'tekenen' AND (klaar_op AT TIME ZONE 'Europe/Amsterdam')::date > uiterlijk ORDER BY 1"""


@contextmanager
def jaar(staat, meldingen: int = MELDINGEN, zaad: int = ZAAD) -> Iterator[Waarheden]:
    with override_settings(STAAT=staat), transaction.atomic():
        waarheden = genereer(meldingen, zaad, nu=NU)
        connection.check_constraints()
        yield waarheden
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def gemaakt(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Waarheden]:
    """One year for all tests of this module, with every deferred guard asked."""
    with django_db_blocker.unblock(), jaar(tmp_path_factory.mktemp("staat")) as waarheden:
        yield waarheden


def antwoord(vraag: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(vraag)
        return cursor.fetchall()


def kolom(vraag: str) -> list:
    return [rij[0] for rij in antwoord(vraag)]


def vingerafdrukken() -> dict[str, str]:
    """Of every row, by table; without the encrypted BSN, which never looks the same twice (its index is in it)."""
    return {
        tabel.naam: hashlib.sha256("\n".join(kolom(_alles_van(tabel))).encode()).hexdigest() for tabel in tabellen()
    }


def _alles_van(tabel: Tabel) -> str:
    anders = "".join(f" - '{k}'" for k in ("bsn",) if k in tabel.kolommen)
    return f"SELECT (to_jsonb(t){anders})::text FROM {tabel.naam} t ORDER BY {tabel.sleutel}"


def test_er_zijn_zoveel_meldingen_als_gevraagd():
    assert MELDINGEN <= Melding.objects.count() <= MELDINGEN + 3


def test_elke_casus_heeft_mensen_een_stap_en_een_logboek_dat_bij_zijn_begin_begint():
    assert not Casus.objects.filter(betrokkenen__isnull=True).exists()
    assert not Casus.objects.filter(stappen__isnull=True).exists()
    assert not Casus.objects.filter(logregels__isnull=True).exists()
    assert kolom("SELECT 1 FROM casus_processtap WHERE NOT heeft_eigenaar") == []
    assert (
        kolom("SELECT 1 FROM casus_logregel l JOIN casus_casus c ON c.id = l.casus_id WHERE gebeurd_op < gestart_op")
        == []
    )


def test_wat_open_is_heeft_werk_en_wat_dicht_is_niet():
    zonder = Casus.objects.filter(stand="open").exclude(taken__stand="open")
    assert not zonder.exists()
    assert not Taak.objects.filter(casus__stand="gesloten", stand="open").exists()


def test_niets_is_later_dan_nu():
    assert kolom(f"SELECT 1 FROM casus_logregel WHERE gebeurd_op > '{NU.date()} 23:59'") == []


def test_de_laatste_versie_in_de_historie_is_de_rij_zelf():
    for tabel in ("melding_melding", "triage_triagebesluit", "casus_terugkoppeling", "casus_casus", "casus_persoon"):
        toen = tabel.replace("_", "_historical", 1)
        anders = f"""SELECT r.id FROM {tabel} r
                      WHERE r.versie <> (SELECT max(versie) FROM {toen} h WHERE h.id = r.id)"""
        assert kolom(anders) == [], tabel


def test_geen_merkteken_van_een_mal_blijft_staan():
    merken = "voornaam[a-d]{2}|achternaam[ab]{2}|straatnaam 1|plaatsnaam|meldverhaal|meldernaam|vormfeit"
    for tabel in tabellen():
        assert kolom(f"SELECT 1 FROM {tabel.naam} t WHERE t::text ~* '{merken}' LIMIT 1") == [], tabel.naam


@pytest.mark.parametrize(
    ("deel", "tabel", "van"),
    [
        ("#contact-", "casus_contact", "t.casus_id"),
        ("/terugkoppeling/", "casus_terugkoppeling", "(SELECT casus_id FROM casus_processtap WHERE id = t.stap_id)"),
        ("/diensten/", "casus_processtap", "t.casus_id"),
        ("/keuze/", "diensten_keuze", "(SELECT casus_id FROM casus_processtap WHERE id = t.stap_id)"),
    ],
)
def test_wat_op_de_tijdlijn_staat_wijst_naar_een_stuk_van_de_eigen_casus(deel, tabel, van):
    wijst = f"FROM casus_logregel l WHERE pad ~ '{deel}[0-9]+'"
    vreemd = f"""{wijst} AND NOT EXISTS (SELECT 1 FROM {tabel} t
                   WHERE t.id = substring(l.pad FROM '{deel}([0-9]+)')::bigint AND {van} = l.casus_id)"""
    assert kolom(f"SELECT 1 {wijst}")
    assert kolom(f"SELECT pad {vreemd}") == []


def test_alleen_nummers_die_kloppen_en_bsns_van_niemand():
    assert all(klopt(nummer) for nummer in Casus.objects.values_list("nummer", flat=True))
    bsns = [p.bsn for p in Persoon.objects.exclude(bsn_stand="geen")]
    assert bsns
    assert all(bsn.startswith("9999") and voldoet_aan_elfproef(bsn) for bsn in bsns)


def test_de_verhoudingen_zijn_die_van_het_cbs():
    """At this size a share may be off by twelve points of a hundred; ten thousand come within four."""
    assert_verhoudingen(ruimte=0.12)


def assert_verhoudingen(*, ruimte: float) -> None:
    eerder, melder, km = gemeten()
    totaal, melders = sum(cbs.EERDER.values()), sum(cbs.MELDER.values())
    for soort, aantal in cbs.EERDER.items():
        assert eerder.get(soort, 0) == pytest.approx(aantal / totaal, abs=ruimte), soort
    for organisatie, aantal in cbs.MELDER.items():
        assert melder.get(organisatie, 0) == pytest.approx(aantal / melders, abs=ruimte), organisatie
    assert km == pytest.approx(cbs.KINDERMISHANDELING, abs=ruimte)


def gemeten() -> tuple[dict[str, float], dict[str, float], float]:
    """Read from the rows as the CBS would: by what was known of the people when the report came."""
    eerder = antwoord(
        """SELECT soort, count(*) FROM (
             SELECT CASE
               WHEN m.id > min(m.id) OVER (PARTITION BY s.casus_id) THEN
                 CASE WHEN EXISTS (SELECT 1 FROM casus_processtap d WHERE d.casus_id = s.casus_id
                                    AND d.soort = 'monitoren' AND d.begonnen_op < m.ontvangen_op)
                      THEN 'tijdens_monitoren'
                      WHEN EXISTS (SELECT 1 FROM casus_processtap d WHERE d.casus_id = s.casus_id
                                    AND d.soort = 'triage' AND d.geeindigd_op < m.ontvangen_op)
                      THEN 'na_vb' ELSE 'tijdens_vb' END
               WHEN EXISTS (SELECT 1 FROM casus_betrokkene b JOIN casus_betrokkene e USING (persoon_id)
                              JOIN casus_casus c ON c.id = e.casus_id
                             WHERE b.casus_id = s.casus_id AND c.gesloten_op < m.ontvangen_op)
               THEN 'hermelding' ELSE 'eerste' END AS soort
               FROM melding_melding m JOIN casus_processtap s ON s.id = m.stap_id) x GROUP BY 1"""
    )
    melder = antwoord(
        "SELECT organisatie, count(*) FROM melding_melding m JOIN melding_melder w ON w.id = m.melder_id GROUP BY 1"
    )
    km = antwoord(
        """SELECT avg((c.kinderen > 0)::int) FROM melding_melding m JOIN casus_processtap s ON s.id = m.stap_id
             JOIN (SELECT casus_id, count(*) FILTER (WHERE aandeel = 'getuige') kinderen
                     FROM casus_betrokkene GROUP BY 1) c ON c.casus_id = s.casus_id"""
    )
    return _delen(eerder), _delen(melder), float(km[0][0])


def _delen(rijen: list[tuple]) -> dict[str, float]:
    totaal = sum(aantal for _, aantal in rijen)
    return {naam: aantal / totaal for naam, aantal in rijen}


def test_de_derde_melding_over_een_kind_in_een_ander_huishouden_is_met_sql_te_vinden(gemaakt):
    assert gemaakt.derde_melding
    assert kolom(DERDE_IN_VEERTIEN_MAANDEN) == sorted(gemaakt.derde_melding)


def test_elk_besluit_dat_te_laat_kwam_is_te_vinden_en_geen_ander(gemaakt):
    assert gemaakt.te_laat_besloten
    assert kolom(TE_LAAT_BESLOTEN) == sorted(gemaakt.te_laat_besloten)


def test_hetzelfde_zaad_geeft_dezelfde_rijen(tmp_path):
    def nog_eens(zaad: int) -> dict[str, str]:
        with jaar(tmp_path, 12, zaad):
            return vingerafdrukken()

    een, twee, ander = nog_eens(5), nog_eens(5), nog_eens(6)
    assert {tabel for tabel in een if een[tabel] != twee[tabel]} == set()
    assert een != ander


@override_settings(OMGEVING="productie")
def test_in_productie_weigert_de_opdracht():
    with pytest.raises(CommandError, match="hoort niet in productie"):
        call_command("genereer", meldingen=1)


def test_bij_bestaande_casussen_weigert_de_opdracht():
    with pytest.raises(CommandError, match="Er zijn al casussen"):
        call_command("genereer", meldingen=1)
