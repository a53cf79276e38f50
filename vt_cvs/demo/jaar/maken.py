"""Making the year: moulds, plan, casts; copied in by the batch, each a transaction with every guard awake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from vt_cvs.demo.jaar.gietsel import Gieterij
from vt_cvs.demo.jaar.mal import Mal, maak_mal
from vt_cvs.demo.jaar.mallen import VORMEN, Vorm, begin
from vt_cvs.demo.jaar.mensen import maak_bezetting
from vt_cvs.demo.jaar.plan import Draaiboek, Waarheden
from vt_cvs.demo.jaar.tabellen import Tabel, tabellen
from vt_cvs.demo.opbouw import snel
from vt_cvs.demo.team import AFZENDER, maak_afzender, maak_medewerkers, ploeg
from vt_cvs.demo.verhaal import Regie, Verhaal
from vt_cvs.organisatie.models import Afzender, Medewerker, systeemmedewerker
from vt_cvs.organisatie.selectors import instellingen

PER_KEER = 250
"""Cases in one transaction: each number is locked until it ends, and PostgreSQL has room for some thousands."""
SYSTEMEN = ("Klok",)
"""Who acts by itself in the stories."""
Zeg = Callable[[str], None]


def genereer(meldingen: int, zaad: int, *, nu: datetime, zeg: Zeg = lambda _: None) -> Waarheden:
    """Fill the database with a year that ends at `nu`; return what was put in to be found again."""
    with transaction.atomic():
        if not Medewerker.objects.filter(systeem=False).exists():
            maak_medewerkers()
            maak_afzender()
            instellingen()
        for naam in SYSTEMEN:
            systeemmedewerker(naam)
        bezetting = maak_bezetting()
    afzender = Afzender.objects.select_related("medewerker").get(naam=AFZENDER)
    regie = Regie(zaad=zaad, nu=nu, west=ploeg("West"), oost=ploeg("Oost"), afzender=afzender)
    with snel():
        mallen = {vorm.naam: _mal(vorm, regie) for vorm in VORMEN}
    zeg(f"{len(mallen)} verhalen verteld.")
    rollen = {str(m.pk): "achterkant" for m in regie.west.achterkant}
    rollen |= {str(m.pk): "voorkant" for m in regie.west.voorkant if str(m.pk) not in rollen}
    draaiboek = Draaiboek(
        mallen=mallen,
        delen={vorm.naam: vorm.deel for vorm in VORMEN},
        kinderen={vorm.naam: vorm.kinderen for vorm in VORMEN},
        rollen={vorm.naam: vorm.route for vorm in VORMEN},
        bezetting=bezetting,
        afzender=afzender.pk,
        zaad=zaad,
        nu=timezone.make_naive(nu),
        meldingen=meldingen,
        mensen=rollen,
    )
    gieterij = Gieterij({tabel.naam: _volgende(tabel.naam, tabel.sleutel) for tabel in tabellen()}, zaad)
    gedaan = 0
    for nummer, gietsel in enumerate(draaiboek.gietsels(), 1):  # each is cast before the next is drawn
        gieterij.giet(gietsel)
        draaiboek.onthoud(gietsel)
        gedaan += gietsel.mal.meldingen
        if nummer % PER_KEER == 0:
            _schrijf(gieterij)
            zeg(f"{gedaan} van {meldingen} meldingen")
    _schrijf(gieterij)
    _tellers_bij(gieterij)
    return draaiboek.waarheden


def _mal(vorm: Vorm, regie: Regie) -> Mal:
    return maak_mal(vorm.naam, partial(_vertel, vorm), regie, 1)


def _vertel(vorm: Vorm, v: Verhaal) -> None:
    begin(v, vorm.dagen, vorm.kinderen)
    vorm.vertel(v)


def _schrijf(gieterij: Gieterij) -> None:
    """Open, filled, and then those that end are closed: a closed case takes nothing in."""
    with transaction.atomic(), connection.cursor() as cursor:
        for tabel in tabellen():
            if regels := gieterij.regels.pop(tabel.naam, None):
                _kopieer(cursor, tabel.naam, tabel, regels)
        bij_naam = {tabel.naam: tabel for tabel in tabellen()}
        volgorde = list(bij_naam)
        for naam, versie in sorted(gieterij.later, key=lambda later: (volgorde.index(later[0]), later[1])):
            _breng_bij(cursor, bij_naam[naam], gieterij.later[naam, versie])
        gieterij.later.clear()
        cursor.execute(
            """UPDATE casus_casus c SET stand = 'gesloten', gesloten_op = g.op::timestamptz
                 FROM unnest(%s::bigint[], %s::text[]) g(id, op) WHERE c.id = g.id""",
            [[casus for casus, _ in gieterij.sluiten], [op for _, op in gieterij.sluiten]],
        )
        gieterij.sluiten.clear()


def _kopieer(cursor: Any, waarheen: str, tabel: Tabel, regels: list[str]) -> None:
    kolommen = ", ".join(f'"{kolom}"' for kolom in tabel.kolommen)
    with cursor.cursor.copy(f"COPY {waarheen} ({kolommen}) FROM STDIN") as kopie:
        kopie.write("".join(regels))


def _breng_bij(cursor: Any, tabel: Tabel, regels: list[str]) -> None:
    """From how it was born to how it stands now, in one step that the guards see."""
    cursor.execute(f"CREATE TEMP TABLE jaar_later (LIKE {tabel.naam}) ON COMMIT DROP")
    _kopieer(cursor, "jaar_later", tabel, regels)
    kolommen = ", ".join(f'"{kolom}" = l."{kolom}"' for kolom in tabel.kolommen if kolom != tabel.sleutel)
    cursor.execute(f"UPDATE {tabel.naam} t SET {kolommen} FROM jaar_later l WHERE l.id = t.id")  # noqa: S608
    cursor.execute("DROP TABLE jaar_later")


def _volgende(tabel: str, sleutel: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max({sleutel})::text, '0') FROM {tabel}")  # noqa: S608 - our own tables
        hoogste = cursor.fetchone()[0]
    return int(hoogste) + 1 if hoogste.isdigit() else 1


def _tellers_bij(gieterij: Gieterij) -> None:
    """The keys that were given out are used up for whoever comes next."""
    with connection.cursor() as cursor:
        for tabel in tabellen():
            if tabel.naam in gieterij.volgende:
                cursor.execute(
                    "SELECT setval(r, greatest(%s, nextval(r))) FROM pg_get_serial_sequence(%s, %s) r",
                    [gieterij.volgende[tabel.naam], tabel.naam, tabel.sleutel],
                )
