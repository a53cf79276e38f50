"""`manage.py genereer`: a year of Veilig Thuis in bulk, with people and cases that do not exist."""

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casus.models import Casus
from vt_cvs.demo.jaar.maken import genereer


class Command(BaseCommand):
    help = "Vult een database zonder casussen met een jaar meldingen. Niemand hierin bestaat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--meldingen", type=int, default=10_000, help="hoeveel meldingen (gewoon: 10000)")
        parser.add_argument("--zaad", type=int, default=1, help="hetzelfde zaad geeft dezelfde rijen")
        parser.add_argument(
            "--tot", help="de laatste dag van het jaar, als jjjj-mm-dd (gewoon: vandaag); hoort bij het zaad"
        )
        parser.add_argument("--waarheden", type=Path, help="schrijf in dit bestand wat erin is gelegd, als JSON")

    def handle(self, *_: Any, **opties: Any) -> None:
        if settings.OMGEVING not in {"demo", "test", "bench"}:
            raise CommandError("Een verzonnen jaar hoort niet in productie. Zet VT_OMGEVING=demo om het te maken.")
        if Casus.objects.exists():
            raise CommandError("Er zijn al casussen. Een jaar komt alleen in een database zonder casussen.")
        if opties["meldingen"] < 1:
            raise CommandError("Kies minstens één melding.")
        begin = time.monotonic()
        waarheden = genereer(opties["meldingen"], opties["zaad"], nu=_tot(opties["tot"]), zeg=self.stdout.write)
        if opties["waarheden"]:
            opties["waarheden"].write_text(json.dumps(asdict(waarheden), indent=1) + "\n")
        self.stdout.write(f"Jaar klaar: {opties['meldingen']} meldingen in {time.monotonic() - begin:.0f} seconden.")


def _tot(dag: str | None) -> datetime:
    """At noon, so that the same day is the same moment."""
    try:
        moment = datetime.fromisoformat(dag) if dag else timezone.make_naive(timezone.now())
    except ValueError as fout:
        raise CommandError(f"{dag} is geen dag: schrijf die als 2026-11-22.") from fout
    return timezone.make_aware(moment.replace(hour=12, minute=0, second=0, microsecond=0))
