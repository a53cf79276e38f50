"""The shipped texts of letters and mails, put together from `sjablonen.yaml` and brought in after each migrate."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

BRON = Path(__file__).with_name("sjablonen.yaml")
BESLUITEN = ("", "bij_vt", "overdracht", "maatwerk", "einde")
PER_BESLUIT = {"BESLUIT": "besluit_", "U_BESLUIT": "u_"}


@lru_cache(maxsize=1)
def meegeleverd() -> tuple[dict[str, str], ...]:
    """Every shipped text as the fields of a `Sjabloon`."""
    inhoud = yaml.safe_load(BRON.read_text(encoding="utf-8"))
    gevonden = []
    for partij, momenten in inhoud["sjablonen"].items():
        for moment, sjabloon in momenten.items():
            wisselt = any(stuk in PER_BESLUIT for stuk in sjabloon["stukken"])
            for uitkomst in BESLUITEN if wisselt else ("",):
                bij = uitkomst or "algemeen"
                namen = [PER_BESLUIT[s] + bij if s in PER_BESLUIT else s for s in sjabloon["stukken"]]
                gevonden.append(
                    {
                        "partij": partij,
                        "moment": moment,
                        "uitkomst": uitkomst,
                        "onderwerp": sjabloon["onderwerp"],
                        "tekst": "\n\n".join(inhoud["stukken"][naam].strip() for naam in namen),
                    }
                )
    return tuple(gevonden)


def breng_sjablonen_bij(**_: Any) -> None:
    """Add what is missing and follow a better shipped text; what the administrator wrote stays. Safe to repeat."""
    from vt_cvs.organisatie.sjablonen import Sjabloon

    bekend = {(rij.partij, rij.moment, rij.uitkomst): rij for rij in Sjabloon.objects.all()}
    for velden in meegeleverd():
        rij = bekend.get((velden["partij"], velden["moment"], velden["uitkomst"]))
        if rij is None:
            Sjabloon.objects.create(**velden)
        elif rij.versie == 1 and (rij.onderwerp, rij.tekst) != (velden["onderwerp"], velden["tekst"]):
            Sjabloon.objects.filter(pk=rij.pk).update(onderwerp=velden["onderwerp"], tekst=velden["tekst"])
