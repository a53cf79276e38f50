"""The national code lists and municipalities, shipped as data and brought up to date after each migrate."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pgtrigger
import yaml

from vt_cvs.kern.regels import regel

MAP = Path(__file__).parent


REGIO_BRON = "CBS-gebiedsindeling veiligthuisregio 2025"


@cache
def lees(naam: str) -> tuple[dict[str, str], ...]:
    """The rows of one table as it was shipped."""
    with (MAP / f"{naam}.csv").open(encoding="utf-8", newline="") as bestand:
        return tuple(csv.DictReader(bestand))


def _datums(rij: dict[str, str]) -> dict[str, Any]:
    return {naam: date.fromisoformat(rij[naam]) if rij.get(naam) else None for naam in ("geldig_van", "geldig_tot")}


def _gemeente(rij: dict[str, str], bron: str) -> dict[str, Any]:
    return {
        "lijst": "gemeente",
        "code": rij["code"],
        "label": rij["naam"],
        "volgorde": 0,
        "bron": bron,
        **({"geldig_tot": date.fromisoformat(rij["geldig_tot"])} if rij.get("geldig_tot") else {}),
    }


def _uit_yaml(*, lokaal: bool) -> list[dict[str, Any]]:
    """The lists of one kind: national, or a start for what each organisation arranges itself."""
    lijsten = yaml.safe_load((MAP / "codelijsten.yaml").read_text(encoding="utf-8"))
    return [
        dict(zip(("code", "label", "hoort_bij"), code, strict=False))
        | {"lijst": lijst, "volgorde": plaats, "bron": inhoud["bron"]}
        for lijst, inhoud in lijsten.items()
        if inhoud.get("lokaal", False) is lokaal
        for plaats, code in enumerate(inhoud["codes"], 1)
    ]


@regel("RW-3.6")
def landelijke_codes() -> list[dict[str, Any]]:
    """Every national code as the fields of a `Code`."""
    codes = _uit_yaml(lokaal=False)
    codes += [_gemeente(rij, "gemeentelijke indeling, stand 1-1-2023") for rij in lees("gemeenten")]
    codes += [_gemeente(rij, "herindelingen sinds 2020; voorlopig") for rij in lees("vroegere_gemeenten")]
    codes += [
        {
            "lijst": "vt_regio",
            "code": rij["code"],
            "label": rij["naam"],
            "volgorde": 0,
            "bron": REGIO_BRON,
            **_datums(rij),
        }
        for rij in lees("vt_regios")
    ]
    return codes


def breng_bij(**_: Any) -> None:
    """Add or correct national codes; what an organisation added itself stays. Safe to repeat."""
    from django.core.cache import cache

    from vt_cvs.organisatie.models import Code

    codes = [Code(**velden, landelijk=True) for velden in landelijke_codes()]
    with pgtrigger.ignore("organisatie.Code:rw_2_5_landelijke_code_staat_vast"):
        Code.objects.bulk_create(
            codes,
            update_conflicts=True,
            unique_fields=["lijst", "code"],
            update_fields=["label", "volgorde", "bron", "landelijk", "geldig_van", "geldig_tot"],
        )
    eigen = [Code(**velden) for velden in _uit_yaml(lokaal=True)]
    gevuld = set(Code.objects.filter(lijst__in={code.lijst for code in eigen}).values_list("lijst", flat=True))
    Code.objects.bulk_create([code for code in eigen if code.lijst not in gevuld])
    cache.delete_many({f"code:{code.lijst}" for code in (*codes, *eigen)})
