"""A made-up Veilig Thuis of any size, the same for the same seed, written straight into an empty database.

Past the services on purpose: a hundred thousand cases in a minute. What is written is what the services would leave
behind in the tables that the measured pages read. The same statements fill a small database with every guard on, so a
large one can do without looking at each row. Nobody in it exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Count, Model

from casus.models import (
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
from vt_cvs.organisatie.models import Medewerker, Rol, Team

ZAAD = 20261119
TEAMS, MEDEWERKERS = 25, 400
DRUK = 500  # contacts in the one busy case
BEWEZEN = 1000  # up to so many at once every foreign key and trigger looks at every row
BIJ_DE_EERSTE = 20  # so many first cases all belong to the first employee: there is something to see at every size
ACHTERNAMEN = [
    "Merenstra", "Dijkhuizen", "Vlietman", "Oosterkamp", "Zandwijk", "Hofkes", "Brugmans", "Lindewater", "Korenaar",
    "Wolkersma", "Tuinstra", "Ravenhorst", "Molenkamp", "Heidema", "Sluiswachter", "Veldkers",
]  # fmt: skip
VOORNAMEN = ["Fenna", "Sem", "Noor", "Jelle", "Amira", "Daan", "Yara", "Milan", "Lotte", "Bram", "Esra", "Thijs"]
VERSLAG = (
    "Gesproken over hoe het thuis gaat sinds de melding. De afspraken over rust in huis worden meestal nagekomen; in "
    "het weekend liep het een keer op. De kinderen slapen beter en gaan weer elke dag naar school. Volgende week belt "
    "Veilig Thuis opnieuw en dan kijken we samen of de voorwaarden nog passen bij wat er nodig is."
)
STAPPEN = "ARRAY['melding', 'triage', 'vv']"
AANTAL_STAPPEN = "(1 + pg_temp.trek(3, c.id, 20))"


@dataclass(frozen=True, slots=True)
class Plekken:
    """Where to look: an employee with ordinary work, a case of average size and the busy one, both that employee's."""

    medewerker: Medewerker
    gewoon: Casus
    druk: Casus


def vul(aantal: int, *, zaad: int = ZAAD) -> Plekken:
    """Fill up to so many cases; more may follow later in the same run."""
    er_zijn = Casus.objects.count()
    with transaction.atomic():
        _gereedschap(zaad)
        _mensen()
        if aantal - er_zijn > BEWEZEN:
            _zonder_wachters()
        _casussen(er_zijn, aantal)
    _werk_statistiek_bij()
    return plekken()


def plekken() -> Plekken:
    """The busy case is the one with the most contacts; the ordinary one has about as many lines as most."""
    druk = (
        Casus.objects.filter(stand=Casus.Stand.OPEN)
        .annotate(contacten=Count("contact_set"))
        .order_by("-contacten", "pk")
        .select_related("verantwoordelijke__team")[0]
    )
    eigen = Casus.objects.filter(stand=Casus.Stand.OPEN, verantwoordelijke=druk.verantwoordelijke).exclude(pk=druk.pk)
    op_lengte = list(eigen.annotate(regels=Count("logregels")).order_by("regels", "pk"))
    assert druk.verantwoordelijke is not None
    return Plekken(druk.verantwoordelijke, op_lengte[len(op_lengte) // 2], druk)


def _gereedschap(zaad: int) -> None:
    """`trek(n, id, what)`: a number below n that depends on the seed, the row and what it is for, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE OR REPLACE FUNCTION pg_temp.trek(n int, id bigint, wat int) RETURNS int LANGUAGE sql IMMUTABLE
                AS 'SELECT mod(hashint8extended(id * 1000 + wat, {int(zaad)}) & 9223372036854775807, n)::int'"""
        )
        cursor.execute(
            """CREATE OR REPLACE FUNCTION pg_temp.kies(uit text[], id bigint, wat int) RETURNS text
               LANGUAGE sql IMMUTABLE
               AS 'SELECT uit[1 + pg_temp.trek(array_length(uit, 1), id, wat)]'"""
        )
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bench_wie (e int PRIMARY KEY, id bigint, team_id bigint)")
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bench_mens (casus_id bigint, plek int, persoon_id bigint)")
        cursor.execute("TRUNCATE bench_wie, bench_mens")


def _zonder_wachters() -> None:
    """What a restore does too: no foreign keys and triggers row by row, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")


def _mensen() -> None:
    """Teams and employees; nobody but the measured session can log in."""
    if not Medewerker.objects.filter(email__startswith="bench").exists():
        teams = Team.objects.bulk_create(Team(naam=f"Bench {n:02d}") for n in range(TEAMS))
        Medewerker.objects.bulk_create(
            Medewerker(
                email=f"bench{e}@merenland.example",
                naam=f"{VOORNAMEN[e % len(VOORNAMEN)]} {ACHTERNAMEN[e // len(VOORNAMEN) % len(ACHTERNAMEN)]}",
                team=teams[e % TEAMS],
                rollen=[Rol.VOORKANT, Rol.ACHTERKANT],
                password=make_password(None),
            )
            for e in range(MEDEWERKERS)
        )
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO bench_wie
               SELECT row_number() OVER (ORDER BY id) - 1, id, team_id
                 FROM organisatie_medewerker WHERE email LIKE 'bench%'"""
        )


def _nummer(i: int) -> str:
    """Distinct for every i below a hundred million, and without order."""
    cijfers = f"{(i * 61_803_399 + 20_261_119) % 10**8:08d}"
    cijfers += str(controlecijfer(cijfers))
    return f"C-{cijfers[:3]}-{cijfers[3:6]}-{cijfers[6:]}"


def _casussen(van: int, tot: int) -> None:
    """Cases number van+1 to tot with everything in them; each table is one statement."""
    na = Casus.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    dagen = "pg_temp.trek(CASE WHEN mod(i, 10) < 7 THEN 1825 ELSE 120 END, i, 1)"
    begin = f"%(nu)s - make_interval(days => 1 + CASE WHEN mod(i, 10) < 7 THEN 130 ELSE 0 END + {dagen}, mins => mod(i, 600)::int)"
    _voeg_in(
        Casus,
        nummer="nummer",
        naam="'Familie ' || pg_temp.kies(%(achternamen)s, i, 2)",
        stand="CASE WHEN mod(i, 10) < 7 THEN 'gesloten' ELSE 'open' END",
        gestart_op=begin,
        gesloten_op=f"CASE WHEN mod(i, 10) < 7 THEN {begin} + make_interval(days => 30 + pg_temp.trek(90, i, 3)) END",
        verantwoordelijke="w.id",
        team="w.team_id",
        gemeente="''",
        veiligheid="pg_temp.kies(%(soorten)s, i, 4)",
        laagste_score="pg_temp.trek(11, i, 5)",
        laatste_contact_op="%(nu)s - make_interval(days => pg_temp.trek(30, i, 6), mins => mod(i, 1400)::int)",
        laatste_contact_hoe="'telefoon'",
        heeft_nti="pg_temp.trek(50, i, 7) = 0",
        bron=f"""FROM (SELECT nummer, %(van)s + nr AS i FROM unnest(%(nummers)s::text[]) WITH ORDINALITY u(nummer, nr)) x
            JOIN bench_wie w
              ON w.e = CASE WHEN i <= {BIJ_DE_EERSTE} THEN 0 ELSE pg_temp.trek({MEDEWERKERS}, i, 8) END
            ORDER BY i""",
        waarden={
            "van": van,
            "nummers": [_nummer(i) for i in range(van + 1, tot + 1)],
            "achternamen": ACHTERNAMEN,
            "soorten": [soort for soort in Casus.Veiligheid.values if not soort.startswith("was_")],
        },
    )
    _stappen(na)
    _betrokkenen(na)
    _aantekeningen(na)
    _logboek(na)
    _taken(na)


def _stappen(na: int) -> None:
    """One to three, one after the other; in an open case the last is open."""
    deel = f"(coalesce(c.gesloten_op, %(nu)s) - c.gestart_op) / {AANTAL_STAPPEN}"
    open_ = f"c.gesloten_op IS NULL AND n = {AANTAL_STAPPEN}"
    _voeg_in(
        Processtap,
        casus="c.id",
        soort=f"({STAPPEN})[n]",
        begonnen_op=f"c.gestart_op + {deel} * (n - 1)",
        geeindigd_op=f"CASE WHEN {open_} THEN NULL ELSE c.gestart_op + {deel} * n END",
        verantwoordelijke="c.verantwoordelijke_id",
        team="c.team_id",
        heeft_eigenaar="true",
        bron=f"FROM casus_casus c, generate_series(1, {AANTAL_STAPPEN}) n WHERE c.id > %(na)s ORDER BY c.id, n",
        waarden={"na": na},
    )


def _betrokkenen(na: int) -> None:
    """Two or three people a case; the first two grown up. None has a BSN."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO bench_mens
               SELECT c.id, n, nextval(pg_get_serial_sequence('casus_persoon', 'id'))
                 FROM casus_casus c, generate_series(1, 2 + mod(c.id, 2)::int) n WHERE c.id > %s ORDER BY c.id, n""",
            [na],
        )
    naam = "pg_temp.kies(%(achternamen)s, m.casus_id, 2)"
    jaar = "CASE WHEN m.plek < 3 THEN 1970 ELSE 2010 END + pg_temp.trek(15, m.persoon_id, 31)"
    _voeg_in(
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
    _voeg_in(
        Betrokkene,
        casus="m.casus_id",
        persoon="m.persoon_id",
        aandeel="(ARRAY['ondergaat', 'vermoed_pleger', 'getuige'])[m.plek]",
        sinds="c.gestart_op",
        bron="FROM bench_mens m JOIN casus_casus c ON c.id = m.casus_id ORDER BY m.casus_id, m.plek",
    )


def _aantekeningen(na: int) -> None:
    """One to five contacts (and the busy case), four scores and one condition a case."""
    duur = "(coalesce(c.gesloten_op, %(nu)s) - c.gestart_op)"
    stap = f"JOIN casus_processtap s ON s.casus_id = c.id AND s.soort = ({STAPPEN})[1 + mod(n, {AANTAL_STAPPEN})]"
    druk = Casus.objects.filter(stand=Casus.Stand.OPEN).order_by("pk").values_list("pk", flat=True).first()
    aantal = f"CASE WHEN c.id = %(druk)s THEN {DRUK} ELSE 1 + pg_temp.trek(5, c.id, 40) END"
    _voeg_in(
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
        bron=f"FROM casus_casus c CROSS JOIN generate_series(1, {aantal}) n {stap} WHERE c.id > %(na)s ORDER BY c.id, n",
        waarden={"na": na, "druk": druk, "voornamen": VOORNAMEN, "tekst": VERSLAG},
    )
    _voeg_in(
        Veiligheidsscore,
        casus="c.id",
        stap="s.id",
        door="c.verantwoordelijke_id",
        betrokkene="b.id",
        op=f"c.gestart_op + {duur} * n / 5",
        score="pg_temp.trek(11, c.id * 5 + n, 43)",
        herkomst="'uit het gesprek'",
        bron=f"""FROM casus_casus c CROSS JOIN generate_series(1, 4) n {stap}
            JOIN bench_mens m ON m.casus_id = c.id AND m.plek = 1 + mod(n, 2)
            JOIN casus_betrokkene b ON b.casus_id = c.id AND b.persoon_id = m.persoon_id
            WHERE c.id > %(na)s ORDER BY c.id, n""",
        waarden={"na": na},
    )
    _voeg_in(
        Veiligheidsvoorwaarde,
        casus="c.id",
        stap="s.id",
        door="c.verantwoordelijke_id",
        tekst="'Er is geen ruzie waar de kinderen bij zijn; wie boos wordt, gaat een rondje lopen.'",
        vastgesteld_op=f"c.gestart_op + {duur} / 3",
        beeindigd_op="c.gesloten_op",
        bron=f"FROM casus_casus c CROSS JOIN generate_series(1, 1) n {stap} WHERE c.id > %(na)s ORDER BY c.id",
        waarden={"na": na},
    )


def _logboek(na: int) -> None:
    """What the services write: one line per act, so about eleven a case."""
    soort = "(ARRAY['melding.melding', 'triage.triagebesluit', 'diensten.vv'])[array_position({}, stuk.soort::text)]"
    stukken = {
        "casus_casus": (
            "'casus.casus'",
            "NULL::bigint",
            "stuk.id",
            "stuk.gestart_op",
            "'Casus geopend'",
            "stuk.verantwoordelijke_id",
        ),
        "casus_processtap": (
            soort.format(STAPPEN),
            "stuk.id",
            "stuk.casus_id",
            "stuk.begonnen_op",
            "initcap(stuk.soort) || ' begonnen'",
            "stuk.verantwoordelijke_id",
        ),
        "casus_contact": ("'casus.contact'", "stap_id", "casus_id", "op", "'Contact vastgelegd'", "door_id"),
        "casus_veiligheidsscore": (
            "'casus.veiligheidsscore'",
            "stap_id",
            "casus_id",
            "op",
            "'Veiligheidsscore vastgelegd'",
            "door_id",
        ),
        "casus_veiligheidsvoorwaarde": (
            "'casus.veiligheidsvoorwaarde'",
            "stap_id",
            "casus_id",
            "vastgesteld_op",
            "'Veiligheidsvoorwaarde gesteld'",
            "door_id",
        ),
    }
    alle = " UNION ALL ".join(
        f"""SELECT {soort} soort, {stap} stap, {casus} casus, stuk.id stuk, {op} op, {zin} zin, {door} door
              FROM {tabel} stuk WHERE {casus} > %(na)s"""
        for tabel, (soort, stap, casus, op, zin, door) in stukken.items()
    )
    _voeg_in(
        Logregel,
        casus="r.casus",
        stap="r.stap",
        soort="r.soort",
        onderwerp_id="r.stuk",
        wat="'maak'",
        zin="r.zin",
        door="r.door",
        gebeurd_op="r.op",
        vastgelegd_op="r.op",
        regels="'{}'",
        pad="'/casus/' || c.nummer || '/'",
        bron=f"FROM ({alle}) r JOIN casus_casus c ON c.id = r.casus ORDER BY r.op",
        waarden={"na": na},
    )


def _taken(na: int) -> None:
    """Up to three open tasks in an open case, one in twenty of nobody yet; two done ones in a closed case."""
    open_ = "c.stand = 'open'"
    dag = "%(nu)s::date + pg_temp.trek(60, c.id * 4 + n, 50) - 8"
    teken = f"{open_} AND n = 1 AND pg_temp.trek(20, c.id, 51) = 0"
    niemand = f"{open_} AND NOT ({teken}) AND pg_temp.trek(20, c.id * 4 + n, 52) = 0"
    _voeg_in(
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
        bron=f"""FROM casus_casus c
            CROSS JOIN generate_series(1, CASE WHEN {open_} THEN 1 + pg_temp.trek(3, c.id, 54) ELSE 2 END) n
            JOIN casus_processtap s ON s.casus_id = c.id AND s.soort = ({STAPPEN})[1 + mod(n, {AANTAL_STAPPEN})]
            WHERE c.id > %(na)s ORDER BY c.id, n""",
        waarden={"na": na},
    )


def _voeg_in(model: type[Model], *, bron: str, waarden: Mapping[str, Any] | None = None, **sql: str) -> None:
    """INSERT … SELECT: per field its expression, and for a field that is not named the default of the model."""
    kolommen: dict[str, str] = {}
    alle: dict[str, Any] = {"nu": _nu(), **(waarden or {})}
    for veld in model._meta.concrete_fields:
        if veld.name in sql:
            kolommen[veld.column] = sql[veld.name]
        elif not veld.primary_key and not veld.null:
            kolommen[veld.column] = f"%(standaard_{veld.name})s"
            alle[f"standaard_{veld.name}"] = veld.get_db_prep_save(veld.get_default(), connection)
    opdracht = f"INSERT INTO {model._meta.db_table} ({', '.join(kolommen)}) SELECT {', '.join(kolommen.values())} {bron}"
    with connection.cursor() as cursor:
        cursor.execute(opdracht, alle)


def _nu() -> datetime:
    """The same moment all day, so that two runs on one day are alike."""
    return datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)


def _werk_statistiek_bij() -> None:
    """What the database does by itself after a while; not left for the middle of a measurement."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")
