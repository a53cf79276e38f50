"""Migrations that finish: Django draws every related model anew for each operation, which for a file where all hangs
together took most of a minute. Operations that belong together are therefore drawn once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class Ineens(Operation):
    """Several operations against one and the same state: first all state, then all SQL, in the order given.

    Only for operations whose SQL does not mind that the later ones are already in the state: tables among each other,
    or fields, indexes, constraints and triggers among each other.
    """

    serialization_expand_args: ClassVar[list[str]] = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return type(self).__name__, [], {"operations": self.operations}

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        return all(operatie.reversible for operatie in self.operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)
        for operatie in self.operations:
            operatie.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operatie in self.operations:
            operatie.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operatie in reversed(self.operations):
            operatie.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} stappen ineens"


def in_groepen(operaties: Sequence[Operation]) -> list[Operation]:
    """The same operations in two groups: the tables, and what comes on them. A short migration stays as it is."""
    if len(operaties) < 4 or any(isinstance(operatie, Ineens) for operatie in operaties):
        return list(operaties)
    tabellen = [o for o in operaties if isinstance(o, CreateModel)]
    daarop = [o for o in operaties if not isinstance(o, CreateModel)]
    return [Ineens(groep) for groep in (tabellen, daarop) if groep]
