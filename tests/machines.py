"""One way to prove a machine: its table is complete and true, and PostgreSQL knows the same arrows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from vt_cvs.kern.overgangen import StapKanNiet, Toestandsmodel, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd

JA, NEE, NOOIT = "ja", "nee", "nooit"
"""May take the step; may not (right); nobody ever (state)."""

Regel = tuple[Any, ...]


def controleer_volledig(model: type[Toestandsmodel], tabel: Iterable[Regel]) -> None:
    """Every stand x every declared step stands in the table exactly once."""
    standen = {str(waarde) for waarde, _ in model._meta.get_field("stand").choices}  # type: ignore[union-attr]
    stappen = {o.naam for o in model.overgangen()}
    verwacht = {(stand, stap) for stand in standen for stap in stappen}
    gevonden = [(str(rij[0]), rij[1]) for rij in tabel]
    assert len(gevonden) == len(set(gevonden)), "een regel staat twee keer in de tabel"
    assert set(gevonden) == verwacht, f"ontbreekt: {verwacht - set(gevonden)}; te veel: {set(gevonden) - verwacht}"


def probeer(obj: Toestandsmodel, stap: str, *, door: Any, **gegevens: Any) -> str:
    """What comes of it, undone afterwards: JA also when a rule still objects, for then the right was there."""
    with transaction.atomic():
        try:
            voer_uit(obj, stap, door=door, **gegevens)
            uitkomst = JA
        except RegelGeweigerd:
            uitkomst = JA
        except NietToegestaan:
            uitkomst = NEE
        except StapKanNiet:
            uitkomst = NOOIT
        transaction.set_rollback(True)
    return uitkomst


def controleer_regel(
    obj: Toestandsmodel, stap: str, verwacht: Mapping[str, str], wie: Mapping[str, Any], gegevens: Mapping[str, Any]
) -> None:
    """One row of the table: what each role can do here."""
    gevonden = {rol: probeer(obj, stap, door=wie[rol], **gegevens) for rol in verwacht}
    assert gevonden == dict(verwacht), f"{obj.stand} x {stap}"  # type: ignore[attr-defined]


def controleer_trigger(model: type[Toestandsmodel]) -> None:
    """The arrows PostgreSQL allows are the arrows the code declares."""
    fsm = [t for t in model._meta.triggers if type(t).__name__ == "FSM" and t.field == "stand"]  # type: ignore[attr-defined]
    assert len(fsm) == 1, f"{model.__name__} heeft geen wachter in de database"
    assert sorted(fsm[0].transitions) == model.pijlen()


def controleer_database(maak: Callable[[str], Toestandsmodel], model: type[Toestandsmodel]) -> None:
    """Plain SQL cannot take an arrow that the code does not know."""
    standen = [str(waarde) for waarde, _ in model._meta.get_field("stand").choices]  # type: ignore[union-attr]
    for van in standen:
        obj = maak(van)
        for naar in standen:
            if naar == van or (van, naar) in model.pijlen():
                continue
            sql = f"UPDATE {model._meta.db_table} SET stand = %s WHERE id = %s"
            with (
                pytest.raises(DatabaseError, match="(?i)transition|cannot|rw_|violates"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql, [naar, obj.pk])
