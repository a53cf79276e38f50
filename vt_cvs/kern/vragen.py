"""Two of the three ways up in the house: a `Vraag` is asked, a `Sein` is told. (The third is the Uitpost.)"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

Uit = TypeVar("Uit")


class Vraag(Generic[Uit]):
    """A question a lower app asks; higher apps answer. Every answer counts, an error in one stops all."""

    def __init__(self, naam: str) -> None:
        self.naam = naam
        self._antwoorders: list[Callable[[Any], Iterable[Uit]]] = []

    def antwoord(self, functie: Callable[[Any], Iterable[Uit]]) -> Callable[[Any], Iterable[Uit]]:
        """Register an answer; doing so twice changes nothing, so `ready()` may run again."""
        if functie not in self._antwoorders:
            self._antwoorders.append(functie)
        return functie

    def __call__(self, onderwerp: Any) -> Iterator[Uit]:
        for antwoorder in self._antwoorders:
            yield from antwoorder(onderwerp)

    @property
    def __name__(self) -> str:
        return self.naam

    @property
    def antwoorders(self) -> tuple[Callable[[Any], Iterable[Uit]], ...]:
        return tuple(self._antwoorders)


class Sein:
    """Something that happened, told at once within the same transaction: a listener that fails undoes it all."""

    def __init__(self, naam: str) -> None:
        self.naam = naam
        self._luisteraars: list[Callable[..., None]] = []

    def luister(self, functie: Callable[..., None]) -> Callable[..., None]:
        if functie not in self._luisteraars:
            self._luisteraars.append(functie)
        return functie

    def geef(self, **feiten: Any) -> None:
        for luisteraar in self._luisteraars:
            luisteraar(**feiten)
