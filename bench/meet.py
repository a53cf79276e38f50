"""`python -m bench.meet`: fills an empty database and measures the two pages that are open all day.

Every figure stands beside its floor, taken in the same seconds: the essential questions of the page as bare SQL, plus
one plain template from the same gunicorn. A busy machine slows both; their ratio stays.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - these need the apps
from django.db import connection  # noqa: E402

from bench import gegevens, vloer, vragen, web, wsgi  # noqa: E402
from bench.herkenning.meet import KLEINSTE, Herkenningen, meet_herkenning  # noqa: E402
from bench.taxatie import Taxaties, meet_taxaties  # noqa: E402
from bench.uitslag import Meting, Telling, Uitslag, samengevat  # noqa: E402
from casus.models import Casus  # noqa: E402
from casus.selectors.werk import WEERGAVEN  # noqa: E402
from vt_cvs.opstart.verslag import zeg  # noqa: E402

CASUSSEN, KEER, KLANTEN = 100_000, 200, 8
GRENS_LIJST, GRENS_CASUS = 30.0, 25.0  # milliseconds


def hoofd(argumenten: list[str]) -> int:
    ontleder = argparse.ArgumentParser(
        prog="start.py bench", description="Meet Mijn werk en de casus, of het herkennen van mensen."
    )
    ontleder.add_argument("--casussen", type=int, default=CASUSSEN, help=f"hoe groot (standaard {CASUSSEN})")
    ontleder.add_argument("--keer", type=int, default=KEER, help=f"hoe vaak elke bladzijde (standaard {KEER})")
    ontleder.add_argument(
        "--personen", type=int, metavar="AANTAL", help="meet in plaats daarvan het herkennen van zoveel mensen"
    )
    ontleder.add_argument(
        "--vht", action="store_true", help="meet in plaats daarvan de VHT en het bewaren van een antwoord"
    )
    ontleder.add_argument("--json", type=Path, metavar="BESTAND", help="schrijf de cijfers ook in dit bestand")
    keuze = ontleder.parse_args(argumenten)
    if keuze.casussen < 20 or keuze.keer < 2:
        ontleder.error("kies minstens 20 casussen en 2 keer")
    if keuze.personen is not None and keuze.personen < KLEINSTE:
        ontleder.error(f"kies minstens {KLEINSTE} personen")
    uitslag: Uitslag | Herkenningen | Taxaties
    if keuze.vht:
        uitslag = meet_taxaties(_omstandigheden(), keer=keuze.keer)
    elif keuze.personen:
        uitslag = meet_herkenning(keuze.personen, _omstandigheden())
    else:
        uitslag = meet(keuze.casussen, keer=keuze.keer)
    zeg("\n".join(["", *uitslag.regels()]))
    if keuze.json:
        keuze.json.write_text(json.dumps(uitslag.als_dict(), ensure_ascii=False, indent=1) + "\n")
    return 0


def meet(casussen: int, *, keer: int) -> Uitslag:
    call_command("migrate", verbosity=0)
    if Casus.objects.exists():
        sys.exit("De bench vult een lege database; in deze staan al casussen.")
    maten = [maat for maat in (10, 1000) if maat < casussen] + [casussen]
    uitslag = Uitslag(casussen, maten, _omstandigheden())
    plekken = _vul_en_tel(uitslag)
    zeg("Meten…")
    with web.draaiend() as draait:
        uitslag.seconden["webprocessen tot het eerste antwoord"] = draait.gestart_in
        koekje = web.sessie(plekken.medewerker)
        uitslag.metingen = list(_bladzijden(draait.poort, koekje, plekken, keer=keer))
        for naam, pad in hoofdbladzijden(plekken).items():
            elk = max(keer // 4, 2)
            uitslag.tegelijk[f"{naam}, {KLANTEN} klanten"] = web.tegelijk(
                draait.poort, koekje, pad, klanten=KLANTEN, elk=elk
            )
    return uitslag


def hoofdbladzijden(plekken: gegevens.Plekken) -> dict[str, str]:
    druk = f"Casus, alarm en {gegevens.DRUK} contacten"
    return {"Mijn werk": "/werk/", "Casus, gewoon": plekken.gewoon.pad(), druk: plekken.druk.pad()}


def _vul_en_tel(uitslag: Uitslag) -> gegevens.Plekken:
    """Counts the questions at every size on the way up."""
    geteld: dict[str, list[int]] = {}
    begin = time.perf_counter()
    for maat in uitslag.maten:
        zeg(f"Vullen tot {maat} casussen…")
        plekken = gegevens.vul(maat)
        klant = vragen.ingelogd(plekken.medewerker)
        for naam, pad in hoofdbladzijden(plekken).items():
            geteld.setdefault(naam, []).append(len(vragen.vragen_van(klant, pad)))
    uitslag.seconden["database vullen"] = time.perf_counter() - begin
    uitslag.tellingen = [Telling(naam, aantallen) for naam, aantallen in geteld.items()]
    lijst, casus = vragen.vragen_van(klant, "/werk/"), vragen.vragen_van(klant, plekken.druk.pad())
    uitslag.indexen["Mijn werk"] = vragen.indexen(lijst, vragen.WERKLIJST)
    uitslag.indexen["Tijdlijn"] = vragen.indexen(casus, vragen.TIJDLIJN)
    return plekken


def _omstandigheden() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        versie = cursor.fetchone()[0]
    return {
        "processors": str(len(os.sched_getaffinity(0))),
        "webprocessen": str(web.PROCESSEN),
        "PostgreSQL": versie,
        "belasting vooraf": f"{os.getloadavg()[0]:.1f}",
    }


def _bladzijden(poort: int, koekje: str, plekken: gegevens.Plekken, *, keer: int) -> Iterator[Meting]:
    klant, wie = web.Klant(poort, koekje), plekken.medewerker
    waarden = {"wie": wie.pk, "team": wie.team_id}
    lijst = {"Mijn werk, eerste bladzijde": "/werk/", "Mijn werk, laatste bladzijde": klant.laatste_bladzijde("/werk/")}
    lijst |= {f"Mijn werk, {naam}": f"/werk/?weergave={code}" for code, (naam, _) in WEERGAVEN.items() if code}
    for naam, pad in lijst.items():
        yield _bladzijde(klant, naam, pad, vloer.WERKLIJST, waarden, keer=keer, grens=GRENS_LIJST)
    casussen = list(hoofdbladzijden(plekken))[1:]
    for naam, casus in zip(casussen, (plekken.gewoon, plekken.druk), strict=True):
        van_casus = {"nummer": casus.nummer, "casus": casus.pk}
        yield _bladzijde(klant, naam, casus.pad(), vloer.CASUS, van_casus, keer=keer, grens=GRENS_CASUS)


def _bladzijde(
    klant: web.Klant,
    naam: str,
    pad: str,
    kaal: tuple[str, ...],
    waarden: Mapping[str, object],
    *,
    keer: int,
    grens: float,
) -> Meting:
    """Page and floor in turn, so that both meet the same machine; the first ones warm up and do not count."""
    tijden: list[float] = []
    vloeren: list[float] = []
    with vloer.verbinding() as db:
        for nummer in range(keer + max(keer // 10, 1)):
            tijd = klant.tijd(pad)
            bodem = klant.tijd(wsgi.VLOER) + vloer.tijd(db, kaal, waarden)
            if nummer >= max(keer // 10, 1):
                tijden.append(tijd)
                vloeren.append(bodem)
    return samengevat(naam, tijden, vloeren, grens=grens)


if __name__ == "__main__":
    sys.exit(hoofd(sys.argv[1:]))
