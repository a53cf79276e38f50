"""`manage.py stuur_meldingen`: deliver police reports as their sender would, through the API."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vt_cvs.demo.team import sleutelbestand

VOORBEELDEN = Path(__file__).parents[2] / "meldingen"
WACHTTIJD = 30.0


class Command(BaseCommand):
    help = "Stuurt meldingen naar de API en zegt per bestand het meldingsnummer, of wat eraan ontbreekt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", nargs="*", type=Path, help="JSON-bestanden (gewoon: de zes van de demo)")
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="waar VT-CVS draait")
        parser.add_argument("--sleutel", default="", help="de sleutel van de afzender; mag ook in VT_AFZENDER_SLEUTEL")

    def handle(self, *_: Any, **opties: Any) -> None:
        bestanden = opties["bestand"] or sorted(VOORBEELDEN.glob("*.json"))
        sleutel = opties["sleutel"] or os.environ.get("VT_AFZENDER_SLEUTEL", "") or self._demosleutel()
        if not sleutel:
            raise CommandError("Geef de sleutel van de afzender: --sleutel of VT_AFZENDER_SLEUTEL.")
        mislukt = 0
        with maak_client(opties["url"], sleutel) as client:
            for bestand in bestanden:
                gelukt, zin = stuur(client, bestand)
                mislukt += not gelukt
                self.stdout.write(f"{bestand.stem}: {zin}")
        if mislukt:
            raise CommandError(f"{mislukt} van {len(bestanden)} meldingen zijn niet aangenomen.")

    @staticmethod
    def _demosleutel() -> str:
        """In the demo the sender's key lies in the state folder; elsewhere nobody but the sender has it."""
        pad = sleutelbestand()
        return pad.read_text().strip() if settings.OMGEVING != "productie" and pad.exists() else ""


def maak_client(url: str, sleutel: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {sleutel}"}, timeout=WACHTTIJD)


def stuur(client: httpx.Client, bestand: Path) -> tuple[bool, str]:
    """Whether it was taken, and what to say about it. The file goes as it is: judging it is for the API."""
    try:
        inhoud = bestand.read_bytes()
    except OSError:
        return False, "dit bestand is er niet, of is niet te lezen."
    try:
        antwoord = client.post("/api/v1/meldingen", content=inhoud, headers={"Content-Type": "application/json"})
    except (httpx.HTTPError, httpx.InvalidURL):
        return False, f"VT-CVS antwoordt niet op {client.base_url}. Start het eerst, of geef --url."
    if not antwoord.is_success:
        return False, probleem_in_zinnen(antwoord)
    nummer = antwoord.json()["meldingsnummer"]
    return True, nummer if antwoord.status_code == httpx.codes.CREATED else f"{nummer} (was al ontvangen)"


def probleem_in_zinnen(antwoord: httpx.Response) -> str:
    """What the problem document says, with each fault and its place."""
    try:
        probleem = json.loads(antwoord.content)
        zinnen = [str(probleem.get("detail") or probleem.get("title") or "")]
        zinnen += [f"{fout['pointer']}: {fout['detail']}" for fout in probleem.get("errors", [])]
    except (ValueError, AttributeError, KeyError, TypeError):
        zinnen = []
    return " ".join(zin for zin in zinnen if zin) or f"geweigerd, zonder uitleg (status {antwoord.status_code})."
