"""Transitions: declared on the model, carried out by `voer_uit`, and by nothing else."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.db import models, transaction
from django_fsm import TransitionNotAllowed, transition

from vt_cvs.kern.dossier import Stuk, VerouderdeVersie
from vt_cvs.kern.rechten import NietToegestaan, Recht
from vt_cvs.kern.regels import REGELS, Belemmering, Regel, RegelGeweigerd, Voorwaarde, noteer_plek

M = TypeVar("M", bound="Toestandsmodel")


class StapKanNiet(Exception):
    """The state does not allow this step; the sentence says which state it is in and what can be done."""


@dataclass(frozen=True, slots=True)
class Overgang:
    """One arrow of a machine, as declared: read by screens, API, diagram and tests alike."""

    naam: str
    van: tuple[str, ...]
    naar: str
    mag: Recht
    mits: tuple[Voorwaarde, ...]
    regels: tuple[Regel, ...]
    knop: str
    zin: str
    gegevens: tuple[inspect.Parameter, ...]


def overgang(
    veld: Any,
    *,
    van: str | Sequence[str],
    naar: str,
    mag: Recht,
    knop: str,
    zin: str,
    mits: Iterable[Voorwaarde] = (),
    regels: Iterable[str] = (),
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a transition; `mag` has no default, so no transition is open to everyone by accident.

    `knop` is what the button says, `zin` what the log says afterwards (it may use `{o}`, the object).
    """
    mits = tuple(mits)
    regels = tuple(regels)

    def geen_harde_belemmering(obj: Any) -> bool:
        return not any(b.hard for v in mits for b in v(obj))

    def merk(methode: Callable[..., None]) -> Callable[..., None]:
        for id_ in regels:
            noteer_plek(id_, f"{methode.__module__}.{methode.__qualname__}")
        parameters = list(inspect.signature(methode, eval_str=False).parameters.values())
        verklaring = Overgang(
            naam=methode.__name__,
            van=(van,) if isinstance(van, str) else tuple(van),
            naar=naar,
            mag=mag,
            mits=mits,
            regels=tuple(REGELS[id_] for id_ in regels),
            knop=knop,
            zin=zin,
            gegevens=tuple(p for p in parameters if p.name not in {"self", "door"}),
        )
        return transition(
            field=veld,
            source=van if isinstance(van, str) else list(van),
            target=naar,
            permission=lambda obj, user: mag(user, obj),
            conditions=[geen_harde_belemmering],
            custom={"overgang": verklaring},
        )(methode)

    return merk


class Toestandsmodel(models.Model):
    """A model with a machine: its field is called `stand`, its arrows are `Overgang`en.

    `api_soort` is its name in the API ("" keeps it out); `zoek` finds it by what stands in the address.
    """

    api_soort: ClassVar[str] = ""
    voorgenomen: Mapping[str, Any] = {}
    """What the step that is being taken was given: a condition may weigh it."""

    class Meta:
        abstract = True

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[Any]:
        """By number where it has one, or else by key; nothing when that cannot be one."""
        if "nummer" in {veld.name for veld in cls._meta.get_fields()}:
            return cls._default_manager.filter(models.Q(nummer=nummer))
        if not (nummer.isascii() and nummer.isdecimal() and len(nummer) < 19):
            return cls._default_manager.none()
        return cls._default_manager.filter(pk=int(nummer))

    @classmethod
    def overgangen(cls) -> list[Overgang]:
        """Every declared arrow, once per method, in the order of the class body."""
        gevonden: dict[str, Overgang] = {}
        for klasse in reversed(cls.__mro__):
            for naam, waarde in vars(klasse).items():
                meta = getattr(waarde, "_django_fsm", None)
                if meta is None:
                    continue
                for pijl in meta.transitions.values():
                    gevonden[naam] = pijl.custom["overgang"]
        return list(gevonden.values())

    @classmethod
    def pijlen(cls) -> list[tuple[str, str]]:
        """(from, to) pairs, as the database guard needs them."""
        return sorted({(van, o.naar) for o in cls.overgangen() for van in o.van})

    def mogelijke_stappen(self, door: Any) -> Iterator[Overgang]:
        """What this employee could do with it now; obstacles are for `belemmeringen`."""
        for o in self.overgangen():
            if self.stand in o.van and o.mag(door, self):  # type: ignore[attr-defined]
                yield o


def overgang_van(obj: Toestandsmodel, naam: str) -> Overgang:
    """The arrow called `naam` from the present state, or `StapKanNiet`."""
    for o in obj.overgangen():
        if o.naam == naam:
            if obj.stand in o.van:  # type: ignore[attr-defined]
                return o
            nu = obj.get_stand_display()  # type: ignore[attr-defined]
            kan = ", ".join(f"“{a.knop}”" for a in obj.overgangen() if obj.stand in a.van)  # type: ignore[attr-defined]
            verder = f" Wat nu wel kan: {kan}." if kan else " Er volgt geen stap meer."
            raise StapKanNiet(f"“{o.knop}” kan niet: {obj._meta.verbose_name} is {nu.lower()}.{verder}")
    raise StapKanNiet(f"{type(obj).__name__} kent geen stap {naam!r}.")


def belemmeringen_voor(obj: Toestandsmodel, naam: str) -> list[Belemmering]:
    """Everything that stands in the way of this step now, hard and soft, all at once."""
    return [b for v in overgang_van(obj, naam).mits for b in v(obj)]


@transaction.atomic
def voer_uit(obj: M, naam: str, *, door: Any, versie: int | None = None, motivering: str = "", **gegevens: Any) -> M:
    """Carry out a transition: lock, version, right, rules, step, save, log. The only way in.

    Raises `NietToegestaan`, `StapKanNiet`, `RegelGeweigerd` or `VerouderdeVersie`; nothing is then changed.
    """
    if not isinstance(obj, Stuk):
        raise TypeError(f"{type(obj).__name__} is geen dossierstuk.")
    obj.slot()  # the casus row first: one queue per case
    vers = type(obj)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=obj.pk)
    if versie is not None and versie != vers.versie:
        raise VerouderdeVersie(vers, versie, gegevens)
    stap = overgang_van(vers, naam)
    if not stap.mag(door, vers):
        raise NietToegestaan(stap.mag.weigering)
    if isinstance(vers, Toestandsmodel):
        vers.voorgenomen = gegevens
    belemmeringen = [b for v in stap.mits for b in v(vers)]
    motivering = motivering.strip()
    if any(b.hard for b in belemmeringen) or (belemmeringen and not motivering):
        raise RegelGeweigerd(belemmeringen)
    try:
        getattr(vers, naam)(door=door, **gegevens)
    except TransitionNotAllowed as fout:  # pragma: no cover - the checks above say it first, and better
        raise StapKanNiet(str(fout)) from fout
    afgeweken = [b.regel.id for b in belemmeringen if b.regel]
    reden = gegevens.get("reden") or gegevens.get("toelichting") or gegevens.get("motivering") or ""
    motivering = "\n".join(deel for deel in (motivering, str(reden).strip()) if deel)
    vers.bewaar(door=door, reden=motivering or naam)
    vers.schrijf_log(
        door=door,
        wat=naam,
        zin=stap.zin.format(o=vers),
        motivering=motivering,
        regels=[r.id for r in stap.regels] + afgeweken,
    )
    vers.na_stap(naam, door=door)
    return vers
