"""`manage.py demo`: a Veilig Thuis at work, with people and cases that do not exist."""

import json
import os
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vt_cvs.demo.opbouw import HEEL, bouw
from vt_cvs.demo.team import accounts
from vt_cvs.organisatie.models import Medewerker

ZAAD = 628
"""With this one the account for the achterkant has something of everything in Mijn werk."""


class Command(BaseCommand):
    help = "Vult een lege database met een team, een afzender en casussen in elke stand. Niemand hierin bestaat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--als-leeg", action="store_true", help="doe niets als er al medewerkers zijn")
        parser.add_argument("--accounts", action="store_true", help="toon alleen de demo-accounts, als JSON")
        parser.add_argument("--casussen", type=int, default=HEEL, help=f"hoeveel verhalen ongeveer (gewoon: {HEEL})")
        parser.add_argument("--zaad", type=int, default=ZAAD, help="hetzelfde zaad geeft dezelfde mensen")
        parser.add_argument("--processen", type=int, default=min(4, os.cpu_count() or 1), help="hoeveel tegelijk")

    def handle(self, *_: Any, **opties: Any) -> None:
        if settings.OMGEVING not in {"demo", "test"}:
            raise CommandError("Demogegevens horen niet in productie. Zet VT_OMGEVING=demo om de demo te vullen.")
        if opties["accounts"]:
            self.stdout.write(json.dumps(accounts(), ensure_ascii=False, indent=1))
            return
        if Medewerker.objects.filter(systeem=False).exists():
            if opties["als_leeg"]:
                return
            raise CommandError("Er zijn al medewerkers. De demo vult alleen een lege database.")
        begin = time.monotonic()
        aantal = bouw(aantal=opties["casussen"], zaad=opties["zaad"], processen=opties["processen"], zeg=self._zeg)
        self._zeg(f"Demo klaar: {aantal} casussen en signalen in {time.monotonic() - begin:.0f} seconden.")

    def _zeg(self, regel: str) -> None:
        self.stdout.write(regel)
        self.stdout.flush()
