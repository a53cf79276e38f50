"""`manage.py regels`: each rule, where it is made true, what the database holds of it, and which tests prove it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from vt_cvs.kern.overzicht import Bewijs, overzicht


class Command(BaseCommand):
    help = "Toon elke regel met de plek in de code, de wachter in de database en de tests die hem bewijzen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON, voor een programma")
        parser.add_argument("--open", action="store_true", help="alleen regels zonder bewijzende test")
        parser.add_argument("regel", nargs="*", help="alleen deze regels, bijvoorbeeld RW-8.10")

    def handle(self, *_: Any, **opties: Any) -> None:
        rijen = [b for b in overzicht() if b.regel.te_bewijzen]
        if opties["regel"]:
            rijen = [b for b in rijen if b.regel.id in opties["regel"]]
        if opties["open"]:
            rijen = [b for b in rijen if not b.tests]
        if opties["json"]:
            self.stdout.write(json.dumps([self._als_dict(b) for b in rijen], ensure_ascii=False, indent=1))
            return
        for bewijs in rijen:
            self.stdout.write(f"{bewijs.regel.id:9} {bewijs.regel.soort:7} {bewijs.regel.eis}")
            for kop, plekken in (("code", bewijs.code), ("database", bewijs.database), ("test", bewijs.tests)):
                for plek in plekken:
                    self.stdout.write(f"{'':18}{kop:9} {plek}")
        met = sum(bool(b.tests) for b in rijen)
        self.stdout.write(f"{met} van {len(rijen)} regels hebben een bewijzende test.")

    @staticmethod
    def _als_dict(bewijs: Bewijs) -> dict[str, Any]:
        return {
            "regel": bewijs.regel.id,
            "soort": bewijs.regel.soort,
            "eis": bewijs.regel.eis,
            "code": bewijs.code,
            "database": bewijs.database,
            "tests": bewijs.tests,
        }
