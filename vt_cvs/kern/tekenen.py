"""Machines drawn from the code (RW-3.10): what is declared is what is drawn."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import NOT_PROVIDED

from vt_cvs.kern.overgangen import Toestandsmodel
from vt_cvs.kern.regels import regel


def machines() -> list[type[Toestandsmodel]]:
    """Every model with a machine, in a fixed order."""
    return sorted(
        (m for m in apps.get_models() if issubclass(m, Toestandsmodel)),
        key=lambda m: (m._meta.app_label, m.__name__),
    )


@regel("RW-3.10")
def als_dot(model: type[Toestandsmodel]) -> str:
    """The machine as a Graphviz graph: states as the screens name them, arrows with button, right and rules."""
    veld: Any = model._meta.get_field("stand")  # type: ignore[misc]
    namen = {str(waarde): str(label) for waarde, label in veld.choices or []}
    regels = [f'digraph "{model._meta.verbose_name}" {{', "  rankdir=LR; node [shape=box, style=rounded];"]
    eind = set(namen) - {van for o in model.overgangen() for van in o.van}
    for waarde, label in namen.items():
        regels.append(f'  "{waarde}" [label="{label}"{", peripheries=2" if waarde in eind else ""}];')
    if veld.default is not NOT_PROVIDED:
        regels += ["  begin [shape=point];", f'  begin -> "{veld.default}";']
    for o in model.overgangen():
        ids = ", ".join(r.id for r in o.regels)
        onder = f"\\n{ids}" if ids else ""
        for van in o.van:
            regels.append(f'  "{van}" -> "{o.naar}" [label="{o.knop}{onder}", tooltip="alleen wie {o.mag.zin}"];')
    return "\n".join([*regels, "}"]) + "\n"
