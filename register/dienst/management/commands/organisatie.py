"""Let an organisation take part, give it a new key, or end its access."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from register.dienst.models import Organisatie
from register.dienst.organisaties import geef_sleutel


class Command(BaseCommand):
    help = "Laat een organisatie meedoen en toont haar sleutel, één keer. Opnieuw: een nieuwe sleutel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="korte naam, bijvoorbeeld merenland")
        parser.add_argument("--naam", help="zoals de anderen die te zien krijgen")
        parser.add_argument("--telefoon", help="waarop de anderen haar bereiken")
        parser.add_argument("--uit", action="store_true", help="de sleutel werkt niet meer")

    def handle(self, *args: Any, code: str, naam: str, telefoon: str, uit: bool, **options: Any) -> None:
        if uit:
            if not Organisatie.objects.filter(code=code).update(actief=False):
                raise CommandError(f"Er is geen organisatie {code}.")
            self.stdout.write(f"De sleutel van {code} werkt niet meer.")
            return
        if not naam or not telefoon:
            raise CommandError("Geef --naam en --telefoon.")
        self.stdout.write(geef_sleutel(code, naam=naam, telefoon=telefoon))
