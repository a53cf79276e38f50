"""Who works there, and the names that everyone in the file has: all of them made up."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import connection

from vt_cvs.organisatie.models import Medewerker, Rol, Team

TEAMS, MEDEWERKERS = 25, 400
ACHTERNAMEN = [
    "Merenstra", "Dijkhuizen", "Vlietman", "Oosterkamp", "Zandwijk", "Hofkes", "Brugmans", "Lindewater", "Korenaar",
    "Wolkersma", "Tuinstra", "Ravenhorst", "Molenkamp", "Heidema", "Sluiswachter", "Veldkers",
]  # fmt: skip
VOORNAMEN = ["Fenna", "Sem", "Noor", "Jelle", "Amira", "Daan", "Yara", "Milan", "Lotte", "Bram", "Esra", "Thijs"]


def mensen() -> None:
    """Teams and employees; nobody but the measured session can log in."""
    if not Medewerker.objects.filter(email__startswith="bench").exists():
        teams = Team.objects.bulk_create(Team(naam=f"Bench {n:02d}") for n in range(TEAMS))
        Medewerker.objects.bulk_create(
            Medewerker(
                email=f"bench{e}@merenland.example",
                naam=f"{VOORNAMEN[e % len(VOORNAMEN)]} {ACHTERNAMEN[e // len(VOORNAMEN) % len(ACHTERNAMEN)]}",
                team=teams[e % TEAMS],
                rollen=[Rol.VOORKANT, Rol.ACHTERKANT],
                password=make_password(None),
            )
            for e in range(MEDEWERKERS)
        )
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO bench_wie
               SELECT row_number() OVER (ORDER BY id) - 1, id, team_id
                 FROM organisatie_medewerker WHERE email LIKE 'bench%'"""
        )
