"""Days and ages in Dutch words, the same on every screen; the names are ours, so no server locale can change them."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MAANDEN_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
NAAST = {-1: "gisteren", 0: "vandaag", 1: "morgen"}


def als_dag(wanneer: date) -> date:
    """The day here in the Netherlands, also for a moment kept in UTC."""
    if isinstance(wanneer, datetime):
        return (timezone.localtime(wanneer) if timezone.is_aware(wanneer) else wanneer).date()
    return wanneer


def kort(wanneer: date) -> str:
    """`do 19 nov`; another year than this one is said."""
    return _kort(als_dag(wanneer), timezone.localdate())


@lru_cache(maxsize=4096)
def _kort(dag: date, vandaag: date) -> str:
    jaar = "" if dag.year == vandaag.year else f" {dag.year}"
    return f"{DAGEN[dag.weekday()][:2]} {dag.day} {MAANDEN_KORT[dag.month - 1]}{jaar}"


def voluit(wanneer: date) -> str:
    """`donderdag 19 november 2026`, for letters and documents."""
    dag = als_dag(wanneer)
    return f"{DAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def moment(wanneer: date, *, tussen: str = "") -> str:
    """`vandaag 09:11`, `gisteren 16:40`, `do 19 nov 15:10`; a day without a time stays a day."""
    if not isinstance(wanneer, datetime):
        return _woord(wanneer)
    lokaal = timezone.localtime(wanneer) if timezone.is_aware(wanneer) else wanneer
    return " ".join(deel for deel in (_woord(lokaal.date()), tussen, f"{lokaal.hour:02}:{lokaal.minute:02}") if deel)


def _woord(dag: date) -> str:
    vandaag = timezone.localdate()
    return NAAST.get((dag - vandaag).days) or _kort(dag, vandaag)


def _duur(dagen: int) -> str:
    if dagen <= 30:
        return _aantal(dagen, "dag", "dagen")
    if dagen < 8 * 7:
        return _aantal(dagen // 7, "week", "weken")
    maanden = round(dagen / 30.44)
    return _aantal(maanden, "maand", "maanden") if maanden < 24 else f"{maanden // 12} jaar"


def geleden(wanneer: date) -> str:
    """`6 dagen geleden`, `over 3 dagen`: how long a family has waited is counted in days first."""
    dagen = (timezone.localdate() - als_dag(wanneer)).days
    if dagen in (0, 1, -1):
        return NAAST[-dagen]
    return f"{_duur(dagen)} geleden" if dagen > 0 else f"over {_duur(-dagen)}"


def leeftijd(geboren: date, op: date | None = None) -> str:
    """`9 jaar`; a young child in months or weeks, because that is what decides about safety."""
    op = op or timezone.localdate()
    if geboren > op:
        return "nog niet geboren"
    maanden = (op.year - geboren.year) * 12 + op.month - geboren.month - (op.day < geboren.day)
    if maanden >= 24:
        return f"{maanden // 12} jaar"
    if maanden >= 3:
        return _aantal(maanden, "maand", "maanden")
    weken = (op - geboren).days // 7
    return _aantal(weken, "week", "weken") if weken else _aantal((op - geboren).days, "dag", "dagen")


def _aantal(getal: int, een: str, meer: str) -> str:
    return f"{getal} {een if getal == 1 else meer}"
