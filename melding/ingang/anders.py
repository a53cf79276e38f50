"""What a report that is being taken up can still become: advice, or for now a signal. What was typed goes along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from casus.models import Betrokkene
from melding.aanlevering import Aangeleverd, AangeleverdeMelder, AangeleverdePersoon
from melding.advies.forms import AdviesForm
from melding.meldingen.forms import MeldingForm, Personen, PersoonForm
from melding.meldingen.models import Melding
from melding.signalen.models import JaNee, Signaal
from melding.signalen.services import ontvang_signaal
from vt_cvs.organisatie.selectors import label
from vt_cvs.web.tonen import naar, toon


def als_advies(request: HttpRequest, signaal: Signaal | None) -> HttpResponse:
    """Only who asks goes along; nobody it is about is written down in an advies."""
    mee = ("naam", "functie", "organisatie", "telefoon")
    begin = {f"adviesvrager_{naam}": request.POST.get(naam, "") for naam in mee}
    context = {
        "form": AdviesForm(initial=begin),
        "titel": "Nieuw advies",
        "knop": "Advies vastleggen",
        "advies": True,
        "naar": f"{signaal.pad()}advies/" if signaal else "/advies/nieuw/",
    }
    return toon(request, "melding/formulier.html", "", context)


def blijft_signaal(request: HttpRequest, signaal: Signaal) -> HttpResponse:
    return naar(request, "/werk/", gedaan=f"Signaal {signaal.nummer} blijft staan; bekeken")


def als_signaal(request: HttpRequest, form: MeldingForm, personen: Personen) -> HttpResponse:
    """Kept as it was told; whoever opens it later goes on where this one stopped."""
    signaal, _ = ontvang_signaal(_aangeleverd(form, personen), door=request.user)  # type: ignore[arg-type]
    return naar(request, "/werk/", gedaan=f"Signaal {signaal.nummer} vastgelegd")


def _aangeleverd(form: MeldingForm, personen: Personen) -> Aangeleverd:
    data = form.cleaned_data
    return Aangeleverd(
        tekst="\n\n".join(_alineas(data)),
        melder=AangeleverdeMelder(
            naam=data["naam"],
            functie=label("functie_melder", data["functie"]),
            organisatie=label("organisatie_melder", data["organisatie"]),
            organisatietype=data["organisatie"],
            soort=data["soort"],
            email=data["email"],
            email_reden=data["email_reden"],
            telefoon=data["telefoon"],
            anoniem=JaNee.JA if data["anoniem"] else "",
        ),
        ontvangen_op=data["ontvangen_op"].isoformat() if data["ontvangen_op"] else "",
        incident_op=data["incident_op"].isoformat() if data["incident_op"] else "",
        aanleiding=label("aanleiding", data["aanleiding"]),
        hulpverlening=label("hulpverlening", data["hulpverlening"]),
        duur_geweld=label("duur_geweld", data["duur_geweld"]),
        afhankelijken=data["afhankelijken"],
        personen=tuple(_personen(personen)),
    )


def _alineas(data: dict[str, Any]) -> Iterator[str]:
    """What a signal has no field for stays readable in its text."""
    if data["situatie"]:
        yield data["situatie"]
    if data["gemeente"]:
        yield f"{_label('gemeente')}: {label('gemeente', data['gemeente'])}."
    for naam in ("gemeente_reden", "thv_uitkomst"):
        if data[naam]:
            keuzes = dict(Melding._meta.get_field(naam).choices or ())  # type: ignore[union-attr]
            yield f"{_label(naam)}: {keuzes.get(data[naam], data[naam])}."
    if data["ambtshalve"]:
        yield f"{_label('ambtshalve')}."


def _label(naam: str) -> str:
    woord = str(Melding._meta.get_field(naam).verbose_name)  # type: ignore[union-attr]
    return woord[:1].upper() + woord[1:]


def _personen(personen: Personen) -> Iterator[AangeleverdePersoon]:
    for rij in personen.tellend:
        velden = ("voornamen", "voorvoegsel", "achternaam", "geboortedatum", "bsn", "straat", "postcode", "plaats")
        gezegd: dict[str, Any] = {naam: rij.waarde(naam) for naam in velden}
        yield AangeleverdePersoon(
            soort="kind" if rij.is_kind else "volwassene",
            **gezegd,
            telefoon=rij.waarde("telefoon"),
            geslacht=rij.waarde("geslacht"),
            rol=_rol(rij),
        )


def _rol(rij: PersoonForm) -> str:
    """“moeder, getuige”: who someone is to the others, and what the worker chose for them."""
    rol, aandeel = rij.waarde("rol"), rij.waarde("aandeel")
    rollen: dict[Any, str] = dict(Betrokkene.Rol.choices)
    aandelen: dict[Any, str] = dict(Betrokkene.Aandeel.choices)
    return ", ".join(
        deel
        for deel in (
            rij.waarde("relatie"),
            "" if rol in {"", Betrokkene.Rol.DIRECT} else str(rollen.get(rol, "")).lower(),
            "" if aandeel in {"", Betrokkene.Aandeel.ONBEKEND} else str(aandelen.get(aandeel, "")).lower(),
        )
        if deel
    )
