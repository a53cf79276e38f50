"""Municipalities through the years: which one a place counts for on a day, and which Veilig Thuis region that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.lijsten import lees
from vt_cvs.organisatie.selectors import label, labels


@dataclass(frozen=True, slots=True)
class Regio:
    code: str

    @property
    def naam(self) -> str:
        return label("vt_regio", self.code)


@cache
def _opgegaan() -> dict[str, tuple[date, str]]:
    return {
        rij["code"]: (date.fromisoformat(rij["geldig_tot"]), rij["gaat_op_in"]) for rij in lees("vroegere_gemeenten")
    }


@cache
def _regios() -> dict[str, str]:
    return {rij["code"]: rij["vt_regio_code"] for rij in lees("gemeenten")}


@regel("RW-6.5")
def gemeente_op(code: str, dag: date) -> str:
    """The municipality that this one is on a day: what merged before it counts as where it went."""
    while (weg := _opgegaan().get(code)) and dag > weg[0]:
        code = weg[1]
    return code


def gemeente_van_plaats(plaats: str, dag: date) -> str:
    """The code of a municipality by code or name, on a day; "" when none is called that."""
    gezocht = plaats.strip().casefold()
    for code, naam in labels("gemeente").items():
        if gezocht in {code.casefold(), naam.casefold()}:
            return gemeente_op(code, dag)
    return ""


def andere_regio(gemeente: str) -> Regio | None:
    """The Veilig Thuis region of a municipality, when that is not ours."""
    code = _regios().get(gemeente_op(gemeente, date.max), "")
    if not code or not settings.VT_REGIOCODE or code == settings.VT_REGIOCODE:
        return None
    return Regio(code)
