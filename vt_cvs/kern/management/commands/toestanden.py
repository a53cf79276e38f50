"""`manage.py toestanden`: every machine of the product, drawn from the code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vt_cvs.kern.tekenen import als_dot, machines


class Command(BaseCommand):
    help = "Teken elke toestandsmachine uit de code, als Graphviz DOT of (met het programma `dot`) als SVG."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("machine", nargs="*", help="alleen deze, bijvoorbeeld Triagebesluit")
        parser.add_argument("--map", help="schrijf per machine een bestand in deze map")
        parser.add_argument("--svg", action="store_true", help="ook als SVG; vraagt het programma `dot`")

    def handle(self, *_: Any, **opties: Any) -> None:
        gekozen = [m for m in machines() if not opties["machine"] or m.__name__ in opties["machine"]]
        if not gekozen:
            raise CommandError(f"Kies uit: {', '.join(m.__name__ for m in machines())}.")
        for model in gekozen:
            dot = als_dot(model)
            if not opties["map"]:
                self.stdout.write(dot)
                continue
            bestand = Path(opties["map"]) / f"{model.__name__.lower()}.dot"
            bestand.parent.mkdir(parents=True, exist_ok=True)
            bestand.write_text(dot, encoding="utf-8")
            if opties["svg"]:
                self._svg(bestand)

    @staticmethod
    def _svg(bestand: Path) -> None:
        import graphviz

        try:
            graphviz.render("dot", "svg", str(bestand), outfile=str(bestand.with_suffix(".svg")))
        except graphviz.ExecutableNotFound as fout:
            raise CommandError("Het programma `dot` ontbreekt. Typ: apt-get install graphviz") from fout
