"""`python -m bench.meet --personen 1000000`: whether the right person is shown, and how fast, beside a bare look-up."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench import gegevens, vloer
from bench.herkenning.mensen import Mens, verzin, vul
from bench.herkenning.verschrijf import SOORTEN, Vraag, vragen
from bench.uitslag import procent, tabel
from bench.vragen import indexen_van
from casus.models import Persoon
from casus.selectors.herkennen import herken
from casus.selectors.kandidaten import vraag_aan_database
from casus.selectors.personen import lees_zoekvraag
from vt_cvs.opstart.verslag import zeg
from vt_cvs.organisatie.models import Medewerker

VRAGEN, ZAAD, KLEINSTE = 2000, 20261123, 1000
EERSTE = 10
GRENS_RAAK, GRENS_P95 = 99.0, 50.0  # per cent, milliseconds
VLOER = "SELECT id FROM casus_persoon WHERE geboortedatum = %(dag)s"
ALLES, NAAM, HALF = "alles", "alleen de naam", "half getypt, met datum"


@dataclass(slots=True)
class Telling:
    """Of one kind of mistake: in which share the right person was among the first ten, and the milliseconds."""

    naam: str
    raak: list[bool] = field(default_factory=list)
    tijden: list[float] = field(default_factory=list)

    @property
    def deel(self) -> float:
        return 100 * sum(self.raak) / len(self.raak)


@dataclass(slots=True)
class Herkenningen:
    personen: int
    omstandigheden: dict[str, str]
    tellingen: dict[str, Telling] = field(default_factory=dict)
    vloeren: list[float] = field(default_factory=list)
    vulling: float = 0.0

    def telling(self, naam: str) -> Telling:
        return self.tellingen.setdefault(naam, Telling(naam))

    @property
    def oordeel(self) -> str:
        alles = self.telling(ALLES)
        return "ok" if alles.deel >= GRENS_RAAK and procent(alles.tijden, 95) <= GRENS_P95 else "onder de maat"

    def als_dict(self) -> dict[str, Any]:
        return asdict(self) | {"oordeel": self.oordeel}

    def regels(self) -> Iterator[str]:
        yield f"{self.personen} personen; " + ", ".join(f"{k} {v}" for k, v in self.omstandigheden.items())
        yield ""
        bodem = procent(self.vloeren, 50)
        rijen = [
            [
                t.naam,
                str(len(t.raak)),
                f"{t.deel:.1f} %",
                f"{procent(t.tijden, 50):.1f} ms",
                f"{procent(t.tijden, 95):.1f} ms",
                f"{procent(t.tijden, 50) / bodem:.0f}",
                self.oordeel if t.naam == ALLES else "",
            ]
            for t in self.tellingen.values()
        ]
        yield from tabel(["hoe het getypt is", "vragen", "bij de eerste tien", "mediaan", "p95", "keer", ""], rijen)
        yield ""
        yield f"vloer: kaal op geboortedatum  {bodem:.2f} ms"
        yield f"vullen                        {self.vulling:.0f} s"


def meet_herkenning(personen: int, omstandigheden: dict[str, str]) -> Herkenningen:
    call_command("migrate", verbosity=0)
    if Persoon.objects.exists():
        sys.exit("De bench vult een lege database; in deze staan al personen.")
    uitslag = Herkenningen(personen, omstandigheden)
    begin = time.perf_counter()
    zeg(f"Vullen met {personen} personen…")
    vul(personen)
    gegevens.werk_statistiek_bij()
    uitslag.vulling = time.perf_counter() - begin
    zeg("Meten…")
    neem_op(uitslag, list(verzin(personen)), aantal=VRAGEN)
    return uitslag


def neem_op(uitslag: Herkenningen, mensen: Sequence[Mens], *, aantal: int) -> None:
    """Each question as the form asks it, cases and access log included; the floor in turn with it."""
    wie = Medewerker.objects.filter(email__startswith="bench").order_by("pk")[0]
    gesteld = list(vragen(mensen, aantal=aantal, zaad=ZAAD))
    geboren = {mens.id: mens.geboortedatum for mens in mensen}
    for vraag in gesteld[:: max(len(gesteld) // 50, 1)]:
        _stel(wie, vraag)  # warms up
    connection.ensure_connection()
    for vraag in gesteld:
        raak, duur = _stel(wie, vraag)
        uitslag.vloeren.append(vloer.tijd(connection.connection, [VLOER], {"dag": geboren[vraag.wie]}))
        for naam in (ALLES, vraag.soort, f"met {vraag.weet}"):
            telling = uitslag.telling(naam)
            telling.raak.append(raak)
            telling.tijden.append(duur)
    for naam, erbij in ((NAAM, _alleen_de_naam(gesteld)), (HALF, _half_getypt(mensen, aantal // 10))):
        for vraag in erbij:
            raak, duur = _stel(wie, vraag)
            uitslag.telling(naam).raak.append(raak)
            uitslag.telling(naam).tijden.append(duur)
    volgorde = [ALLES, *SOORTEN, *(naam for naam in uitslag.tellingen if naam.startswith("met ")), NAAM, HALF]
    uitslag.tellingen = {naam: uitslag.tellingen[naam] for naam in volgorde}


def _stel(wie: Medewerker, vraag: Vraag) -> tuple[bool, float]:
    begin = time.perf_counter()
    herkend = herken(wie, **vraag.velden)
    duur = (time.perf_counter() - begin) * 1000
    return vraag.wie in [h.persoon_id for h in herkend[:EERSTE]], duur


def _alleen_de_naam(gesteld: Sequence[Vraag]) -> Iterator[Vraag]:
    """Apart, and no part of the target: of two hundred people called Jan de Vries nobody can show the right one."""
    for vraag in gesteld:
        if vraag.weet.startswith("datum"):
            velden = {naam: waarde for naam, waarde in vraag.velden.items() if naam != "geboortedatum"}
            yield Vraag(vraag.soort, "", vraag.wie, velden)


def _half_getypt(mensen: Sequence[Mens], aantal: int) -> Iterator[Vraag]:
    """The first names whole, of the surname the first three to five letters."""
    lot = random.Random(ZAAD)
    for mens in lot.sample(list(mensen), aantal):
        velden = {"voornamen": mens.voornamen, "achternaam": mens.achternaam[: lot.randint(3, 5)]}
        yield Vraag(HALF, "datum", mens.id, {**velden, "geboortedatum": mens.geboortedatum})


def indexen(vraag: Vraag) -> list[str]:
    """Along which PostgreSQL finds the candidates, also when a small table could be read whole."""
    sql, waarden = vraag_aan_database(lees_zoekvraag(**vraag.velden), hoogstens=EERSTE)
    return indexen_van(sql, waarden, zonder=["seqscan"])
