"""Everything a start needs of the database, in one process: loading Django four times would cost seconds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Werkt de database bij en schrijft in de demo de demo-accounts weg."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accounts", type=Path, help="schrijf de demo-accounts naar dit bestand")

    def handle(self, *args: Any, accounts: Path | None, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if settings.PRODUCTIE:
            call_command("collectstatic", verbosity=0, interactive=False)
        if settings.OMGEVING != "demo":
            return
        if accounts:
            with accounts.open("w") as bestand:
                call_command("demo", accounts=True, stdout=bestand)
