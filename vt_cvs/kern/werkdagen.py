"""Working days by the Algemene termijnenwet: which days count, and when a term that ends badly ends well."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml
from dateutil.easter import easter

DAG = timedelta(days=1)


@cache
def feestdagen(jaar: int) -> dict[date, str]:
    """The generally recognised holidays of article 3, first and second paragraph."""
    pasen = easter(jaar)
    koningsdag = date(jaar, 4, 27)
    if koningsdag.weekday() == 6:
        koningsdag -= DAG
    return {
        date(jaar, 1, 1): "Nieuwjaarsdag",
        pasen - 2 * DAG: "Goede Vrijdag",
        pasen + DAG: "tweede paasdag",
        koningsdag: "Koningsdag",
        date(jaar, 5, 5): "5 mei",
        pasen + 39 * DAG: "Hemelvaartsdag",
        pasen + 50 * DAG: "tweede pinksterdag",
        date(jaar, 12, 25): "eerste kerstdag",
        date(jaar, 12, 26): "tweede kerstdag",
    }


@cache
def gelijkgestelde_dagen() -> dict[date, str]:
    """Days equated by royal decree (article 3, third paragraph): a dated list, never a formula."""
    lijst = yaml.safe_load(Path(__file__).with_name("gelijkgestelde_dagen.yaml").read_text(encoding="utf-8"))
    return {regel["datum"]: regel["besluit"] for regel in lijst or []}


def waarom_vrij(dag: date) -> str:
    """Why this day is no working day, in words; "" when it is one."""
    if dag.weekday() >= 5:
        return "zaterdag" if dag.weekday() == 5 else "zondag"
    return feestdagen(dag.year).get(dag) or gelijkgestelde_dagen().get(dag, "")


def is_werkdag(dag: date) -> bool:
    return not waarom_vrij(dag)


def eerste_werkdag(dag: date) -> date:
    """`dag` itself, or the first working day after it (article 1)."""
    while not is_werkdag(dag):
        dag += DAG
    return dag


def werkdagen_verder(begin: date, aantal: int) -> date:
    """The day `aantal` working days after `begin`; `begin` itself does not count."""
    dag = begin
    for _ in range(aantal):
        dag = eerste_werkdag(dag + DAG)
    return dag


def werkdagen_tussen(van: date, tot: date) -> int:
    """How many working days after `van`, up to and including `tot`; negative when `tot` has passed."""
    if tot < van:
        return -werkdagen_tussen(tot, van)
    return sum(is_werkdag(van + i * DAG) for i in range(1, (tot - van).days + 1))
