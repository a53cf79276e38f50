"""The handleiding and the README say what the screens say: button names, links and pictures are compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
BLADEN = [ROOT / "docs" / "handleiding.md", *sorted((ROOT / "docs" / "handleiding").glob("*.md"))]
TOETS = re.compile(r"(Ctrl|Enter|Esc|F\d)\b")


def schermtekst() -> str:
    bronnen = list((ROOT / "templates").rglob("*.html"))
    for deel in ("casus", "melding", "triage", "diensten", "register", "vt_cvs/web"):
        bronnen += [p for p in (ROOT / deel).rglob("*.py") if "migrations" not in p.parts]
    return "\n".join(p.read_text(encoding="utf-8") for p in bronnen)


def genoemde_knoppen(blad: Path) -> set[str]:
    """What stands between backticks and starts with a capital is a button, unless it is a key."""
    namen = re.findall(r"`([A-Z][^`]{2,})`", blad.read_text(encoding="utf-8"))
    return {naam.removesuffix(" …") for naam in namen if not TOETS.match(naam)}


@pytest.mark.parametrize("blad", BLADEN, ids=lambda blad: blad.stem)
def test_elke_genoemde_knop_staat_zo_op_een_scherm(blad):
    op_scherm = schermtekst()
    assert [naam for naam in sorted(genoemde_knoppen(blad)) if naam not in op_scherm] == []


def test_de_wandeling_in_de_readme_noemt_bestaande_knoppen():
    tekst = (ROOT / "README.md").read_text(encoding="utf-8")
    wandeling = tekst[tekst.index("## The demo walk") : tekst.index("## How it is built")]
    op_scherm = schermtekst()
    assert [k for k in re.findall(r"`([A-Z][^`]{2,})`", wandeling) if k not in op_scherm] == []


@pytest.mark.parametrize("blad", [ROOT / "README.md", *BLADEN], ids=lambda blad: blad.stem)
def test_elke_verwijzing_en_afbeelding_bestaat(blad):
    doelen = re.findall(r"\]\(([^)#:]+)\)", blad.read_text(encoding="utf-8"))
    assert [doel for doel in doelen if not (blad.parent / doel).exists()] == []


def test_afbeeldingen_zijn_klein_en_worden_gebruikt():
    tekst = "\n".join(blad.read_text(encoding="utf-8") for blad in [ROOT / "README.md", *BLADEN])
    for afbeelding in (ROOT / "docs" / "schermen").glob("*.png"):
        assert afbeelding.stat().st_size < 150_000, afbeelding.name
        assert afbeelding.name in tekst, f"{afbeelding.name} staat in geen enkel blad"


def test_elk_blad_staat_in_de_inhoud():
    inhoud = BLADEN[0].read_text(encoding="utf-8")
    assert [blad.name for blad in BLADEN[1:] if f"handleiding/{blad.name}" not in inhoud] == []
