"""The national code lists and municipalities, shipped as data and brought up to date after each migrate."""

import csv
from pathlib import Path
from typing import Any

import pgtrigger
import yaml

from vt_cvs.kern.regels import regel

MAP = Path(__file__).parent


@regel("RW-3.6")
def landelijke_codes() -> list[dict[str, Any]]:
    """Every national code as the fields of a `Code`."""
    codes: list[dict[str, Any]] = []
    lijsten = yaml.safe_load((MAP / "codelijsten.yaml").read_text(encoding="utf-8"))
    for lijst, inhoud in lijsten.items():
        codes += [
            {"lijst": lijst, "code": code, "label": label, "volgorde": plaats, "bron": inhoud["bron"]}
            for plaats, (code, label) in enumerate(inhoud["codes"], 1)
        ]
    with (MAP / "gemeenten.csv").open(encoding="utf-8", newline="") as bestand:
        for rij in csv.DictReader(bestand):
            codes.append(
                {
                    "lijst": "gemeente",
                    "code": rij["code"],
                    "label": rij["naam"],
                    "volgorde": 0,
                    "bron": "gemeentelijke indeling, stand 1-1-2023",
                }
            )
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
            update_fields=["label", "volgorde", "bron", "landelijk"],
        )
    cache.delete_many({f"code:{code.lijst}" for code in codes})
