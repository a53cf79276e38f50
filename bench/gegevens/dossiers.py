"""The files: cases with their people, steps, contacts, scores, log and tasks. Each table is one statement."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from bench.gegevens.invoegen import voeg_in
from bench.gegevens.mensen import ACHTERNAMEN, MEDEWERKERS, VOORNAMEN
from casus.models import (
    Alarmering,
    Betrokkene,
    Casus,
    Contact,
    Logregel,
    Persoon,
    Processtap,
    Taak,
    Veiligheidsscore,
    Veiligheidsvoorwaarde,
)
from vt_cvs.kern.nummers import controlecijfer

DRUK = 500  # contacts in the one busy case: the first that is open, number seven, with a warning
BIJ_DE_EERSTE = "i <= 20 OR (i <= 300 AND mod(i, 10) = 9)"  # one employee with much to see at every size
VERSLAG = (
    "Gesproken over hoe het thuis gaat sinds de melding. De afspraken over rust in huis worden meestal nagekomen; in "
    "het weekend liep het een keer op. De kinderen slapen beter en gaan weer elke dag naar school. Volgende week belt "
    "Veilig Thuis opnieuw en dan kijken we samen of de voorwaarden nog passen bij wat er nodig is."
)
STAPPEN = "ARRAY['melding', 'triage', 'vv']"
GENUMMERD = """(SELECT nummer, %(van)s + nr AS i
    FROM unnest(%(nummers)s::text[]) WITH ORDINALITY u(nummer, nr))"""
AANTAL_STAPPEN = "(1 + pg_temp.trek(3, c.id, 20))"


def nummer_van(i: int) -> str:
    """Distinct for every i below a hundred million, and without order."""
    cijfers = f"{(i * 61_803_399 + 20_261_119) % 10**8:08d}"
    cijfers += str(controlecijfer(cijfers))
    return f"C-{cijfers[:3]}-{cijfers[3:6]}-{cijfers[6:]}"


def casussen(van: int, tot: int) -> None:
    """Cases number van+1 to tot with everything in them; each table is one statement."""
    na = Casus.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    dicht = "mod(i, 10) < 7"
    dagen = f"CASE WHEN {dicht} THEN 131 + pg_temp.trek(1825, i, 1) ELSE 1 + pg_temp.trek(120, i, 1) END"
    begin = f"%(nu)s - make_interval(days => {dagen}, mins => mod(i, 600)::int)"
    genummerd = {"van": van, "nummers": [nummer_van(i) for i in range(van + 1, tot + 1)]}
    voeg_in(
        Casus,
        nummer="nummer",
        naam="'Familie ' || pg_temp.kies(%(achternamen)s, i, 2)",
        gestart_op=begin,
        verantwoordelijke="w.id",
        team="w.team_id",
        gemeente="''",
        veiligheid="pg_temp.kies(%(soorten)s, i, 4)",
        laagste_score="pg_temp.trek(11, i, 5)",
        laatste_contact_op="%(nu)s - make_interval(days => pg_temp.trek(30, i, 6), mins => mod(i, 1400)::int)",
        laatste_contact_hoe="'telefoon'",
        heeft_nti="pg_temp.trek(50, i, 7) = 0",
        heeft_alarm="i = 7 OR pg_temp.trek(40, i, 9) = 0",
        bron=f"""FROM {GENUMMERD} x
            JOIN bench_wie w
              ON w.e = CASE WHEN {BIJ_DE_EERSTE} THEN 0 ELSE pg_temp.trek({MEDEWERKERS}, i, 8) END
            ORDER BY i""",
        waarden=genummerd
        | {
            "achternamen": ACHTERNAMEN,
            "soorten": [soort for soort in Casus.Veiligheid.values if not soort.startswith("was_")],
        },
    )
    _straks(dicht, genummerd)
    _stappen(na)
    _betrokkenen(na)
    _aantekeningen(na)
    _logboek(na)
    _taken(na)
    _sluit()


def _straks(dicht: str, genummerd: Mapping[str, object]) -> None:
    """The new cases as they will be: while they are filled they are open, for a closed case takes nothing in."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_casus")
        cursor.execute(
            f"""CREATE TEMP TABLE bench_casus AS
                SELECT c.id, c.nummer, c.naam, c.gestart_op, c.verantwoordelijke_id, c.team_id, c.heeft_alarm,
                       c.veiligheid,
                       CASE WHEN {dicht} THEN 'gesloten' ELSE 'open' END AS stand,
                       CASE WHEN {dicht} THEN c.gestart_op + make_interval(days => 30 + pg_temp.trek(90, i, 3))
                       END AS gesloten_op
                  FROM casus_casus c JOIN {GENUMMERD} x USING (nummer)""",
            genummerd,
        )
        cursor.execute("CREATE UNIQUE INDEX ON bench_casus (id)")
        cursor.execute("ANALYZE bench_casus")


def _sluit() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE casus_casus c SET stand = b.stand, gesloten_op = b.gesloten_op
                 FROM bench_casus b WHERE b.id = c.id AND b.stand = 'gesloten'"""
        )


def _druk() -> int:
    """The first case that stays open, of all there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT min(c.id) FROM casus_casus c LEFT JOIN bench_casus b USING (id)
                WHERE coalesce(b.stand, c.stand) = 'open'"""
        )
        return int(cursor.fetchone()[0])


def _stappen(na: int) -> None:
    """One to three, one after the other; in an open case the last is open."""
    deel = f"(coalesce(c.gesloten_op, %(nu)s) - c.gestart_op) / {AANTAL_STAPPEN}"
    open_ = f"c.gesloten_op IS NULL AND n = {AANTAL_STAPPEN}"
    voeg_in(
        Processtap,
        casus="c.id",
        soort=f"({STAPPEN})[n]",
        begonnen_op=f"c.gestart_op + {deel} * (n - 1)",
        geeindigd_op=f"CASE WHEN {open_} THEN NULL ELSE c.gestart_op + {deel} * n END",
        verantwoordelijke="c.verantwoordelijke_id",
        team="c.team_id",
        heeft_eigenaar="true",
        bron=f"FROM bench_casus c, generate_series(1, {AANTAL_STAPPEN}) n WHERE c.id > %(na)s ORDER BY c.id, n",
        waarden={"na": na},
    )


def _betrokkenen(na: int) -> None:
    """Two or three people a case; the first two grown up. None has a BSN."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO bench_mens
               SELECT c.id, n, nextval(pg_get_serial_sequence('casus_persoon', 'id'))
                 FROM bench_casus c, generate_series(1, 2 + mod(c.id, 2)::int) n WHERE c.id > %s ORDER BY c.id, n""",
            [na],
        )
    naam = "pg_temp.kies(%(achternamen)s, m.casus_id, 2)"
    jaar = "CASE WHEN m.plek < 3 THEN 1970 ELSE 2010 END + pg_temp.trek(15, m.persoon_id, 31)"
    voeg_in(
        Persoon,
        id="m.persoon_id",
        voornamen="pg_temp.kies(%(voornamen)s, m.persoon_id, 30)",
        achternaam=naam,
        geboortejaar=jaar,
        geboortedatum=f"make_date({jaar}, 1 + pg_temp.trek(12, m.persoon_id, 32), 1 + mod(m.persoon_id, 28)::int)",
        geslacht="pg_temp.kies('{V,M}', m.persoon_id, 33)",
        plaats="'Merenveen'",
        zoeknaam=f"lower(pg_temp.kies(%(voornamen)s, m.persoon_id, 30) || ' ' || {naam})",
        bron="FROM bench_mens m",
        waarden={"achternamen": ACHTERNAMEN, "voornamen": VOORNAMEN},
    )
    voeg_in(
        Betrokkene,
        casus="m.casus_id",
        persoon="m.persoon_id",
        aandeel="(ARRAY['ondergaat', 'vermoed_pleger', 'getuige'])[m.plek]",
        sinds="c.gestart_op",
        bron="FROM bench_mens m JOIN bench_casus c ON c.id = m.casus_id ORDER BY m.casus_id, m.plek",
    )


def _aantekeningen(na: int) -> None:
    """One to five contacts (many in the busy case), four scores and one condition a case; here and there a warning."""
    duur = "(coalesce(c.gesloten_op, %(nu)s) - c.gestart_op)"
    stap = f"JOIN casus_processtap s ON s.casus_id = c.id AND s.soort = ({STAPPEN})[1 + mod(n, {AANTAL_STAPPEN})]"
    druk = _druk()
    aantal = f"CASE WHEN c.id = %(druk)s THEN {DRUK} ELSE 1 + pg_temp.trek(5, c.id, 40) END"
    voeg_in(
        Contact,
        casus="c.id",
        stap="s.id",
        door="c.verantwoordelijke_id",
        op=f"c.gestart_op + {duur} * n / ({aantal} + 1)",
        soort="pg_temp.kies('{telefoon,huisbezoek,school,mail}', c.id * 600 + n, 41)",
        met="pg_temp.kies(%(voornamen)s, c.id * 600 + n, 42)",
        met_directbetrokkene="true",
        onderwerp="'Hoe gaat het nu'",
        verslag="%(tekst)s",
        bron=f"""FROM bench_casus c CROSS JOIN generate_series(1, {aantal}) n {stap}
            WHERE c.id > %(na)s ORDER BY c.id, n""",
        waarden={"na": na, "druk": druk, "voornamen": VOORNAMEN, "tekst": VERSLAG},
    )
    voeg_in(
        Veiligheidsscore,
        casus="c.id",
        stap="s.id",
        door="c.verantwoordelijke_id",
        betrokkene="b.id",
        op=f"c.gestart_op + {duur} * n / 5",
        score="pg_temp.trek(11, c.id * 5 + n, 43)",
        herkomst="'uit het gesprek'",
        bron=f"""FROM bench_casus c CROSS JOIN generate_series(1, 4) n {stap}
            JOIN bench_mens m ON m.casus_id = c.id AND m.plek = 1 + mod(n, 2)
            JOIN casus_betrokkene b ON b.casus_id = c.id AND b.persoon_id = m.persoon_id
            WHERE c.id > %(na)s ORDER BY c.id, n""",
        waarden={"na": na},
    )
    voeg_in(
        Alarmering,
        casus="c.id",
        door="c.verantwoordelijke_id",
        waarschuwing="'Er is een hond die naar vreemden uitvalt'",
        wat_te_doen="'Bel eerst, ook als je al voor de deur staat.'",
        sinds="c.gestart_op",
        bron="FROM bench_casus c WHERE c.heeft_alarm AND c.id > %(na)s ORDER BY c.id",
        waarden={"na": na},
    )
    voeg_in(
        Veiligheidsvoorwaarde,
        casus="c.id",
        stap="s.id",
        door="c.verantwoordelijke_id",
        tekst="'Er is geen ruzie waar de kinderen bij zijn; wie boos wordt, gaat een rondje lopen.'",
        vastgesteld_op=f"c.gestart_op + {duur} / 3",
        beeindigd_op="c.gesloten_op",
        bron=f"FROM bench_casus c CROSS JOIN generate_series(1, 1) n {stap} WHERE c.id > %(na)s ORDER BY c.id",
        waarden={"na": na},
    )


def _logboek(na: int) -> None:
    """What the services write: one line per act, so about eleven a case."""
    eigenaar = (
        f"(ARRAY['melding.melding', 'triage.triagebesluit', 'diensten.vv'])[array_position({STAPPEN}, soort::text)]"
    )
    stukken = [  # table, kind, case, step, moment, who, sentence
        ("casus", "'casus.casus'", "id", "NULL", "gestart_op", "verantwoordelijke_id", "Casus geopend"),
        ("processtap", eigenaar, "casus_id", "id", "begonnen_op", "verantwoordelijke_id", "Stap begonnen"),
        ("contact", "'casus.contact'", "casus_id", "stap_id", "op", "door_id", "Contact vastgelegd"),
        ("veiligheidsscore", "'casus.veiligheidsscore'", "casus_id", "stap_id", "op", "door_id", "Score vastgelegd"),
        ("veiligheidsvoorwaarde", "'casus.veiligheidsvoorwaarde'", "casus_id", "stap_id", "vastgesteld_op", "door_id",
         "Veiligheidsvoorwaarde gesteld"),
    ]  # fmt: skip
    alle = " UNION ALL ".join(
        f"""SELECT id, {soort} soort, {casus} casus, {stap}::bigint stap, {op} op, {door} door, '{zin}' zin
              FROM casus_{tabel} WHERE {casus} > %(na)s"""
        for tabel, soort, casus, stap, op, door, zin in stukken
    )
    voeg_in(
        Logregel,
        casus="r.casus",
        stap="r.stap",
        soort="r.soort",
        onderwerp_id="r.id",
        wat="'maak'",
        zin="r.zin",
        door="r.door",
        gebeurd_op="r.op",
        vastgelegd_op="r.op",
        pad="'/casus/' || c.nummer || '/'",
        bron=f"FROM ({alle}) r JOIN bench_casus c ON c.id = r.casus ORDER BY r.op",
        waarden={"na": na},
    )


def _taken(na: int) -> None:
    """Up to three open tasks in an open case, one in twenty of nobody yet; two done ones in a closed case."""
    open_ = "c.stand = 'open'"
    dag = "%(nu)s::date + pg_temp.trek(60, c.id * 4 + n, 50) - 8"
    teken = f"{open_} AND n = 1 AND pg_temp.trek(20, c.id, 51) = 0"
    niemand = f"{open_} AND NOT ({teken}) AND pg_temp.trek(20, c.id * 4 + n, 52) = 0"
    voeg_in(
        Taak,
        casus="c.id",
        stap="s.id",
        onderwerp_soort="'casus.processtap'",
        onderwerp_id="s.id",
        soort=f"CASE WHEN {teken} THEN 'tekenen' ELSE 'stap' || n END",
        titel=f"CASE WHEN {teken} THEN 'Triagebesluit tekenen' ELSE 'Contact opnemen en vervolg kiezen' END",
        omdat="'het eerste gesprek is geweest'",
        pad="'/casus/' || c.nummer || '/veiligheid/'",
        voor=f"CASE WHEN {niemand} THEN NULL ELSE c.verantwoordelijke_id END",
        team="c.team_id",
        uiterlijk=dag,
        rekenkundig=dag,
        termijn="'10 weken'",
        uitleg="'10 weken na het triagebesluit.'",
        direct=f"{open_} AND pg_temp.trek(60, c.id * 4 + n, 53) = 0",
        stand=f"CASE WHEN {open_} THEN 'open' ELSE 'gedaan' END",
        gemaakt_op="c.gestart_op",
        gemaakt_door="c.verantwoordelijke_id",
        klaar_op=f"CASE WHEN {open_} THEN NULL ELSE c.gesloten_op END",
        klaar_door=f"CASE WHEN {open_} THEN NULL ELSE c.verantwoordelijke_id END",
        bron=f"""FROM bench_casus c
            CROSS JOIN generate_series(1, CASE WHEN {open_} THEN 1 + pg_temp.trek(3, c.id, 54) ELSE 2 END) n
            JOIN casus_processtap s ON s.casus_id = c.id AND s.soort = ({STAPPEN})[1 + mod(n, {AANTAL_STAPPEN})]
            WHERE c.id > %(na)s ORDER BY c.id, n""",
        waarden={"na": na},
    )
