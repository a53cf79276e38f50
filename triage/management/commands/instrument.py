"""`manage.py instrument uitgave.yaml`: read an edition of the instrument, or only look whether it is right."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from triage.instrument import Uitgavefout, lees
from triage.services.uitgaven import lees_uitgave_in
from vt_cvs.organisatie.models import systeemmedewerker


class Command(BaseCommand):
    help = "Lees een uitgave van het instrument (YAML of JSON) in. Met --toets wordt er alleen naar gekeken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--toets", action="store_true", help="zeg alleen of de uitgave klopt")

    def handle(self, *_: Any, **opties: Any) -> None:
        try:
            tekst = opties["bestand"].read_text(encoding="utf-8-sig")
            versie = (
                lees(tekst)["versie"]
                if opties["toets"]
                else lees_uitgave_in(tekst, door=systeemmedewerker("Beheer")).versie
            )
        except OSError as fout:
            raise CommandError(f"{opties['bestand']} is niet te openen.") from fout
        except UnicodeDecodeError as fout:
            raise CommandError("Het bestand is geen tekst. Bewaar het als UTF-8.") from fout
        except Uitgavefout as fout:
            raise CommandError("\n".join(fout.zinnen)) from fout
        self.stdout.write(f"Uitgave {versie} {'klopt' if opties['toets'] else 'is ingelezen'}.")
