"""What every screen about a case shares: fetching it (right asked, look logged) and its fixed head."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casus import rechten
from casus.dossier import Tab, pad_in, snelacties, tabs
from casus.models import Alarmering, Betrokkene, Bijlage, Casus, Contact, Processtap, Taak
from casus.selectors.tijdlijn import gepland, open_taken, stappen_van
from vt_cvs.kern.rechten import Recht
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Klok, toon_klok
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.organisatie.selectors import label


class GeenToegang(Exception):
    """This case is not this employee's; opening it takes a reason (the noodknop)."""

    def __init__(self, casus: Casus) -> None:
        self.casus = casus
        super().__init__("Je bent niet betrokken bij deze casus.")


class NoodknopMiddleware:
    """A view that may not show a case answers with the page that asks for the reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, GeenToegang):
            return None
        from casus.forms import NoodknopForm

        return render(request, "casus/noodknop.html", {"casus": exception.casus, "form": NoodknopForm()}, status=403)


def _aantal(model: type[Model]) -> RawSQL:
    """How many rows of this kind the case has, counted within the same query; who was merged counts once."""
    zichtbaar = " AND x.opgegaan_in_id IS NULL" if model is Betrokkene else ""
    return RawSQL(f"(SELECT count(*) FROM {model._meta.db_table} x WHERE x.casus_id = casus_casus.id{zichtbaar})", ())  # noqa: S608, S611 - our own table name


def haal_casus(
    request: HttpRequest, nummer: str, *, recht: Recht = rechten.mag_lezen, grond: str = "", log: bool = True
) -> Casus:
    """The case of this number, when this employee may see it; the look is logged.

    Raises Http404 when there is none, `GeenToegang` when it is somebody else's.
    """
    casus = (
        Casus.objects.filter(nummer=nummer)
        .select_related("verantwoordelijke", "team", "volgt_op")
        .defer(*(f"volgt_op__{veld.name}" for veld in Casus._meta.concrete_fields if veld.name not in {"id", "nummer"}))
        .annotate(
            aantal_betrokkenen=_aantal(Betrokkene), aantal_contacten=_aantal(Contact), aantal_bijlagen=_aantal(Bijlage)
        )
        .first()
    )
    if casus is None:
        raise Http404("Deze casus is er niet.")
    casus.__dict__["net_gelezen"] = True
    mag = recht(request.user, casus)
    casus.__dict__.pop("net_gelezen", None)
    if not mag:
        raise GeenToegang(casus)
    if log and not getattr(request, "inzien_gelogd", False):
        noteer_toegang(request.user, Gebeurtenis.INZIEN, stuk=casus, casus_id=casus.pk, grond=grond)
        request.inzien_gelogd = True  # type: ignore[attr-defined]
    return casus


@tabs.antwoord
def eigen_tabs(casus: Casus) -> list[Tab]:
    """The tabs of the spine itself; higher apps add theirs. In an advies nobody is informed (PRO-3)."""
    over_mensen = [
        Tab("informeren", "Informeren", 35, pad_in(casus, "informeren")),
        Tab("informatie", "Informatie", 65, pad_in(casus, "informatie")),
    ]
    return [
        *(over_mensen if casus.soort == Casus.Soort.MELDING else []),
        Tab("tijdlijn", "Tijdlijn", 10, casus.pad()),
        Tab("betrokkenen", "Betrokkenen", 20, pad_in(casus, "betrokkenen"), getattr(casus, "aantal_betrokkenen", None)),
        Tab("veiligheid", "Veiligheid", 40, pad_in(casus, "veiligheid")),
        Tab("contacten", "Contacten", 60, pad_in(casus, "contacten"), getattr(casus, "aantal_contacten", None)),
        Tab("documenten", "Documenten", 70, pad_in(casus, "documenten"), getattr(casus, "aantal_bijlagen", None)),
        Tab("logboek", "Logboek", 90, pad_in(casus, "logboek")),
    ]


def klok_van(taak: Taak | None) -> Klok | None:
    """The clock of a task, or that it cannot wait."""
    if taak is None:
        return None
    if taak.direct:
        onder = f"uiterlijk {toon_klok(taak.termijn, taak.uiterlijk, taak.uiterlijk).onder}" if taak.uiterlijk else ""
        return Klok("nu", "direct handelen", onder, taak.uitleg)
    if taak.uiterlijk is None:
        return None
    return toon_klok(
        taak.termijn, taak.uiterlijk, timezone.localdate(), uitleg=taak.uitleg, rekenkundig=taak.rekenkundig
    )


@regel("RW-4.6", "RW-4.7", "RW-4.14", "RW-4.15")
def casus_context(request: HttpRequest, casus: Casus, *, tab: str = "", **meer: Any) -> dict[str, Any]:
    """Everything the fixed head of a case screen shows, the same on all of them."""
    stappen, taken = stappen_van(casus), open_taken(casus)
    open_stappen = [stap for stap in stappen if stap.is_open]
    volgende = _volgende(taken, request.user.pk)
    alarmen = (
        Alarmering.objects.filter(casus=casus, beeindigd_op=None).select_related("door") if casus.heeft_alarm else ()
    )
    return {
        "casus": casus,
        "tabs": sorted(tabs(casus), key=lambda t: t.volgorde),
        "tab": tab,
        "snelacties": sorted(snelacties(casus), key=lambda s: s.volgorde),
        "stappen": stappen,
        "open_stappen": open_stappen,
        "fase": _fase(casus, open_stappen),
        "volgende": volgende,
        "klok": klok_van(volgende),
        "gepland": gepland(taken),
        "alarmen": list(alarmen),
        "aantal_meldingen": sum(stap.soort == Processtap.Soort.MELDING for stap in stappen),
        "gemeente": label("gemeente", casus.gemeente) if casus.gemeente else "",
        **meer,
    }


def _volgende(taken: list[Taak], wie: int | None) -> Taak | None:
    """What whoever looks is asked to do comes before what the case asks of others."""
    return next((taak for taak in taken if taak.voor_id == wie), taken[0] if taken else None)


def _fase(casus: Casus, open_stappen: list[Processtap]) -> str:
    """“Open · V&V”: derived from the open steps, the latest kind last."""
    if not casus.is_open or not open_stappen:
        return casus.get_stand_display()
    return f"{casus.get_stand_display()} · {', '.join(dict.fromkeys(s.get_soort_display() for s in open_stappen))}"
