"""A million people who do not exist, in their cases and households, written with COPY; the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from bench.gegevens.dossiers import nummer_van
from bench.gegevens.invoegen import gereedschap, voeg_in, zonder_wachters
from bench.gegevens.mensen import MEDEWERKERS, mensen
from bench.herkenning.namen import HERKOMSTEN, Achternaam, Herkomst, verbogen
from casus.models import Betrokkene, Casus, Persoon, Processtap
from vt_cvs.kern.velden import voldoet_aan_elfproef

ZAAD = 20261122
BEWEZEN = 20_000  # up to so many people every trigger looks at every row
VANDAAG = date(2026, 11, 1)
STRAAT_VOOR = [
    "Molen",
    "Kerk",
    "Linden",
    "Eiken",
    "Beuken",
    "Dorps",
    "Nieuwe",
    "Vlier",
    "Tulpen",
    "Rozen",
    "Wilgen",
    "Schout",
    "Markt",
    "Haven",
    "Kanaal",
    "Berg",
]
STRAAT_ACHTER = ["straat", "weg", "laan", "plein", "hof", "singel", "kade", "pad", "dreef", "steeg"]
COPY_VELDEN = (
    "id", "voornamen", "voorvoegsel", "achternaam", "geboortedatum", "geboortejaar", "geslacht", "bsn", "straat",
    "postcode", "plaats", "adres_geheim",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mens:
    """One person as the file knows them, with where their name comes from."""

    id: int
    casus: int
    plek: int
    herkomst: str
    voornamen: str
    voorvoegsel: str
    achternaam: str
    geboortedatum: date
    geslacht: str
    straat: str
    postcode: str
    plaats: str = "Merenveen"
    adres_geheim: bool = False
    bsn: str = ""


def verzin(aantal: int, *, zaad: int = ZAAD) -> Iterator[Mens]:
    """Household by household: one to five people, a case each."""
    lot = random.Random(zaad)
    nummers = _bsns(lot)
    gewichten = [h.deel for h in HERKOMSTEN]
    pk = casus = 0
    while pk < aantal:
        casus += 1
        herkomst = lot.choices(HERKOMSTEN, gewichten)[0]
        for mens in _gezin(herkomst, casus, pk, lot):
            pk += 1
            if pk > aantal:
                return
            bsn = next(nummers, "") if lot.random() < 9000 / max(aantal, 12_000) else ""
            yield replace(mens, bsn=bsn)


def _bsns(lot: random.Random) -> Iterator[str]:
    """Numbers that are never given out: about nine thousand, so not everyone has one."""
    alle = [bsn for n in range(100_000) if voldoet_aan_elfproef(bsn := f"9999{n:05d}")]
    lot.shuffle(alle)
    return iter(alle)


def _gezin(herkomst: Herkomst, casus: int, na: int, lot: random.Random) -> Iterator[Mens]:
    vader, moeder = herkomst.achternamen.trek(lot), herkomst.achternamen.trek(lot)
    if herkomst.naam == "Nederlands" and lot.random() < 0.25:
        moeder = _dubbel(vader, moeder)
    elif herkomst.naam == "Turks":
        moeder = vader
    straat = f"{lot.choice(STRAAT_VOOR)}{lot.choice(STRAAT_ACHTER)} {lot.randint(1, 240)}"
    postcode = f"{lot.randint(1000, 1999)} {lot.choice('ABCDEGHJKLMNPRSTVWXZ')}{lot.choice('ABCDEGHJKLMNPRSTVWXZ')}"
    geheim = lot.random() < 0.02
    aantal = lot.choices((1, 2, 3, 4, 5), (18, 25, 27, 20, 10))[0]
    ouder = lot.randint(20, 62)
    for plek in range(1, aantal + 1):
        vrouw = lot.random() < 0.5 if plek > 2 else plek == 1
        leeftijd = ouder + lot.randint(-6, 6) if plek <= 2 else max(0, ouder - lot.randint(20, 36))
        voorvoegsel, naam = moeder if plek == 1 else vader
        yield Mens(
            id=na + plek,
            casus=casus,
            plek=plek,
            herkomst=herkomst.naam,
            voornamen=_voornamen(herkomst, vrouw, lot),
            voorvoegsel=voorvoegsel,
            achternaam=verbogen(herkomst.naam, naam, vrouw=vrouw),
            geboortedatum=_geboren(herkomst, leeftijd, lot),
            geslacht="V" if vrouw else "M",
            straat=straat,
            postcode=postcode,
            adres_geheim=geheim,
        )


def _dubbel(eigen: Achternaam, ander: Achternaam) -> Achternaam:
    """“de Vries-van den Berg”: the partner's name first."""
    if "-" in eigen[1] or eigen == ander:
        return eigen
    return eigen[0], f"{eigen[1]}-{' '.join(deel for deel in ander if deel)}"


def _voornamen(herkomst: Herkomst, vrouw: bool, lot: random.Random) -> str:
    soort = herkomst.vrouwen if vrouw else herkomst.mannen
    eerste = soort.trek(lot)
    if lot.random() >= herkomst.twee_voornamen:
        return eerste
    tweede = soort.trek(lot)
    return eerste if tweede == eerste else f"{eerste}{lot.choice(' -')}{tweede}"


def _geboren(herkomst: Herkomst, leeftijd: int, lot: random.Random) -> date:
    """Of those born where nobody wrote down the day, many have the first of January or July."""
    if herkomst.naam in {"Turks", "Marokkaans"} and leeftijd > 35 and lot.random() < 0.12:
        return date(VANDAAG.year - leeftijd, lot.choice((1, 1, 7)), 1)
    return VANDAAG - timedelta(days=leeftijd * 365 + lot.randrange(365))


def vul(aantal: int, *, zaad: int = ZAAD) -> None:
    """People with their search columns as `Persoon.bewaar` fills them, and around them just what recognising reads."""
    with transaction.atomic():
        gereedschap(zaad)
        mensen()
        if aantal > BEWEZEN:
            zonder_wachters()
            _zonder_index(aantal, zaad)
        else:
            _schrijf(aantal, zaad)
        _casussen()


def _zonder_index(aantal: int, zaad: int) -> None:
    """As one loads much: the index afterwards."""
    index = next(index for index in Persoon._meta.indexes if index.name == "persoon_zoeksleutels")
    with connection.schema_editor() as bouw, connection.cursor() as cursor:
        bouw.remove_index(Persoon, index)
        _schrijf(aantal, zaad)
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        bouw.add_index(Persoon, index)


def _schrijf(aantal: int, zaad: int) -> None:
    velden = list(Persoon._meta.concrete_fields)
    kolommen = ", ".join(str(veld.column) for veld in velden)
    gezien: list[tuple[int, int, int]] = []
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {Persoon._meta.db_table} ({kolommen}) FROM STDIN") as stroom:
            for mens in verzin(aantal, zaad=zaad):
                gezien.append((mens.casus, mens.plek, mens.id))
                stroom.write_row(_rij(mens, velden))
        with cursor.copy("COPY bench_mens (casus_id, plek, persoon_id) FROM STDIN") as stroom:
            for rij in gezien:
                stroom.write_row(rij)
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{Persoon._meta.db_table}', 'id'), %s)", [aantal])


def _rij(mens: Mens, velden: list[Any]) -> list[Any]:
    persoon = Persoon(
        **{naam: getattr(mens, naam) for naam in COPY_VELDEN if naam != "geboortejaar"},
        geboortejaar=mens.geboortedatum.year,
    )
    persoon.zet_zoekkolommen()
    return [veld.get_db_prep_save(veld.pre_save(persoon, True), connection) for veld in velden]


def _casussen() -> None:
    """One in five stays open, with the one step it stands in; the others close once their people are in them."""
    begin = "%(nu)s - make_interval(days => 200 + mod(i, 1500)::int)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(casus_id) FROM bench_mens")
        aantal = cursor.fetchone()[0]
    voeg_in(
        Casus,
        id="i",
        nummer="nummer",
        naam="'Familie ' || i",
        gestart_op=begin,
        verantwoordelijke="w.id",
        team="w.team_id",
        gemeente="''",
        bron=f"""FROM unnest(%(nummers)s::text[]) WITH ORDINALITY u(nummer, i)
            JOIN bench_wie w ON w.e = mod(i, {MEDEWERKERS}) ORDER BY i""",
        waarden={"nummers": [nummer_van(i) for i in range(1, aantal + 1)]},
    )
    voeg_in(
        Processtap, casus="c.id", soort="'melding'", begonnen_op="c.gestart_op", team="c.team_id",
        verantwoordelijke="c.verantwoordelijke_id", heeft_eigenaar="true",
        bron="FROM casus_casus c WHERE mod(c.id, 5) = 0 ORDER BY c.id",
    )  # fmt: skip
    voeg_in(
        Betrokkene, casus="m.casus_id", persoon="m.persoon_id", sinds="c.gestart_op",
        bron="FROM bench_mens m JOIN casus_casus c ON c.id = m.casus_id ORDER BY m.casus_id, m.plek",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('casus_casus', 'id'), %s)", [aantal])
        cursor.execute(
            """UPDATE casus_casus SET stand = 'gesloten', gesloten_op = gestart_op + interval '100 days'
                WHERE mod(id, 5) <> 0"""
        )
