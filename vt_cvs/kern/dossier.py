"""What every piece of the file has in common: its legal face, its history, its version, its lock and its log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, TypeVar

import pgtrigger
from django.apps import apps
from django.db import models, transaction
from simple_history.models import HistoricalRecords

from vt_cvs.kern.rechten import Recht
from vt_cvs.kern.regels import Belemmering, RegelGeweigerd, eis

S = TypeVar("S", bound="Stuk")


class VerouderdeVersie(Exception):
    """Someone else saved this meanwhile. Carries what stands there now and what this person wanted."""

    def __init__(self, nu: Any, versie: int, gewild: dict[str, Any]) -> None:
        self.nu, self.versie, self.gewild = nu, versie, gewild
        super().__init__("Iemand anders heeft dit intussen bewaard. Beide teksten zijn er nog.")


class Stuk(models.Model):
    """A row of the file. Written only by `maak`, `wijzig` and `voer_uit`.

    The legal face says for every field: is it counted, does it survive destruction, does the client see it. A field
    that is in none of the three is erased on destruction and offered to the screener with its own label.
    """

    telbaar: ClassVar[Collection[str]]
    na_vernietiging: ClassVar[Collection[str]]
    ter_inzage: ClassVar[Sequence[str]]
    buiten_inzage: ClassVar[Collection[str]] = frozenset()  # only what RW-5.18a-e names

    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    class Meta:
        abstract = True

    def slot(self) -> None:
        """Lock what this row belongs to, before anything is read to decide upon."""
        raise NotImplementedError(f"{type(self).__name__} zegt niet wat er op slot gaat.")

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        """One line in the append-only log for this act."""
        raise NotImplementedError(f"{type(self).__name__} zegt niet waar het logboek is.")

    def na_stap(self, naam: str, *, door: Any) -> None:
        """What else follows from a step within the same transaction: tasks, outbox, derived fields."""

    def bewaar(self, *, door: Any, reden: str) -> None:
        """Save with history; only `maak`, `wijzig` and `voer_uit` come here."""
        self._eis_past()
        nieuw = self._state.adding
        if not nieuw:
            self.versie += 1
        self._history_user = door
        self._change_reason = reden
        self.save(force_insert=nieuw)

    def _eis_past(self) -> None:
        """A text that is longer than its column is refused in words, whichever way it came in."""
        eis(
            Belemmering(f"{veld.verbose_name.capitalize()} is langer dan {veld.max_length} tekens.", veld=veld.name)
            for veld in self._meta.concrete_fields
            if isinstance(veld, models.CharField) and veld.max_length and len(self._tekst(veld)) > veld.max_length
        )

    def _tekst(self, veld: models.Field) -> str:
        waarde = self.__dict__.get(veld.attname)
        return waarde if isinstance(waarde, str) else ""


class Geschiedenis(HistoricalRecords):
    """History with the house's settings: who, when and why, kept when an employee goes."""

    def __init__(self, **opties: Any) -> None:
        opties.setdefault("inherit", True)
        opties.setdefault("user_db_constraint", False)
        super().__init__(**opties)


class Dossierstuk(Stuk):
    """A piece of the file that keeps its whole history."""

    history = Geschiedenis()

    class Meta:
        abstract = True


@transaction.atomic
def maak(stuk: S, *, door: Any, mag: Recht | None = None, zin: str = "", motivering: str = "", **log: Any) -> S:
    """Add a new piece: lock, right, save, history, log."""
    stuk.slot()
    if mag is not None:
        mag.eis(door, stuk)
    stuk.bewaar(door=door, reden=motivering or zin or "gemaakt")
    if zin:
        stuk.schrijf_log(door=door, wat="maak", zin=zin, motivering=motivering, **log)
    return stuk


@transaction.atomic
def wijzig(
    stuk: S,
    *,
    door: Any,
    mag: Recht,
    versie: int | None = None,
    zin: str = "",
    motivering: str = "",
    mits: Sequence[Any] = (),
    **velden: Any,
) -> S:
    """Change fields of a piece: lock, version, right, conditions, save, history, log.

    `mits` are conditions asked with the new values in place. Raises what `voer_uit` raises; nothing is then changed.
    """
    stuk.slot()
    vers = type(stuk)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=stuk.pk)
    if versie is not None and versie != vers.versie:
        raise VerouderdeVersie(vers, versie, velden)
    mag.eis(door, vers)
    anders = {naam: waarde for naam, waarde in velden.items() if getattr(vers, naam) != waarde}
    if not anders:
        return vers
    for naam, waarde in anders.items():
        setattr(vers, naam, waarde)
    belemmeringen: list[Belemmering] = [b for v in mits for b in v(vers)]
    if any(b.hard for b in belemmeringen) or (belemmeringen and not motivering.strip()):
        raise RegelGeweigerd(belemmeringen)
    vers.bewaar(door=door, reden=motivering or zin or "gewijzigd")
    if zin:
        vers.schrijf_log(
            door=door,
            wat="wijzig",
            zin=zin,
            motivering=motivering,
            regels=[b.regel.id for b in belemmeringen if b.regel],
        )
    return vers


def dossiermodellen() -> list[type[Stuk]]:
    """Every concrete model of the file, in a fixed order."""
    return sorted((m for m in apps.get_models() if issubclass(m, Stuk)), key=lambda m: (m._meta.app_label, m.__name__))


def bescherm_geschiedenis() -> None:
    """History is never rewritten: PostgreSQL refuses it; only the destruction service may pass."""
    for model in dossiermodellen():
        if hasattr(model, "history"):
            pgtrigger.register(
                pgtrigger.Protect(name="historie_staat_vast", operation=pgtrigger.Update | pgtrigger.Delete)
            )(model.history.model)
