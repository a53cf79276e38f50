"""Rights by role; involvement is a question for the case and stands in `casus.rechten`."""

from typing import Any

from vt_cvs.kern.rechten import Recht
from vt_cvs.organisatie.models import Medewerker, Rol


def heeft_rol(*rollen: Rol) -> Recht:
    """Holds one of these roles."""
    namen = [rol.label for rol in rollen]
    zin = (namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} of {namen[-1]}") + " is"

    def toets(wie: Any, _waarop: Any) -> bool:
        return isinstance(wie, Medewerker) and wie.heeft_rol(*rollen)

    return Recht(zin, toets)


def _is_systeem(wie: Any, _waarop: Any) -> bool:
    return isinstance(wie, Medewerker) and wie.systeem


is_systeem = Recht("het systeem is", _is_systeem)
"""The clock, a sender's key or the public form."""
