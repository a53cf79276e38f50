"""The building blocks of every page: tags with named arguments, each with its template in `templates/bouwsteen/`."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from vt_cvs.web import dagen
from vt_cvs.web.formulieren import InDeWeg, fouten_van
from vt_cvs.web.vormen import BADGES, BERICHTEN, KLOKKEN, KNOPPEN, MERKJES, NIVEAUS, URGENTIES

register = template.Library()
REGELEINDE = "\n"


# --- marks ------------------------------------------------------------------------------------------------------


@register.simple_tag
@lru_cache(maxsize=128)
def icoon(naam: str) -> SafeString:
    """A drawing from `iconen.html`; decoration only, the word stands beside it."""
    return format_html('<svg class="ico" aria-hidden="true"><use href="#i-{}"/></svg>', naam)


@lru_cache(maxsize=256)
def _merk(naam: str, **gegevens: Any) -> SafeString:
    """A mark says our own words only, so a list of fifty lines renders each of them once."""
    return render_to_string(f"bouwsteen/{naam}.html", gegevens)


@register.simple_tag
def merkje(soort: str, *, woord: str = "", icoon: str = "") -> SafeString:
    """{% merkje "acuut" %}: what is known about safety, in shape, word and colour."""
    vorm = MERKJES[soort or "onbekend"]
    gegevens = {"vorm": vorm, "woord": woord or vorm.woord, "icoon": icoon or vorm.icoon}
    return render_to_string("bouwsteen/merkje.html", gegevens) if woord else _merk("merkje", **gegevens)


@register.simple_tag
def urgentie(groep: str) -> SafeString:
    """{% urgentie "nu" %}: the heading of a group in Mijn werk."""
    return _merk("urgentie", vorm=URGENTIES[groep])


@register.simple_tag
def badge(tekst: str, *, soort: str = "", icoon: str = "") -> SafeString:
    """{% badge "NTI" soort="privacy" icoon="nti" %}."""
    vorm = BADGES[soort]
    return _merk("badge", tekst=str(tekst), klasse=vorm.klasse, icoon=icoon or vorm.icoon)


@register.simple_tag
def klok(klok: Any) -> SafeString:
    """{% klok rij.klok %}: days left or over, which term, and on demand how the day was found."""
    return _merk("klok", klok=klok or None, vorm=KLOKKEN[klok.stand] if klok else None)


# --- frames -----------------------------------------------------------------------------------------------------


@register.simple_block_tag
def paneel(
    content: str,
    *,
    titel: str = "",
    id: str = "",  # noqa: A002
    tel: int | None = None,
    rechts: str = "",
    url: str = "",
    url_tekst: str = "",
    klasse: str = "",
    plat: bool = False,
) -> SafeString:
    """{% paneel titel="Betrokkenen" tel=5 url=… url_tekst="Toevoegen" %}…{% endpaneel %}."""
    return _frame("paneel", content, titel=titel, id=id or slugify(titel), tel=tel, rechts=rechts, url=url,
                  url_tekst=url_tekst, klasse=klasse, plat=plat)  # fmt: skip


@register.simple_block_tag
def bericht(
    content: str, *, soort: str = "", titel: str = "", icoon: str = "", rol: str = "", klasse: str = ""
) -> SafeString:
    """{% bericht soort="letop" titel="Register niet bereikbaar." %}…{% endbericht %}."""
    vorm = BERICHTEN[soort]
    return _frame("bericht", content, titel=titel, icoon=icoon or vorm.icoon, rol=rol, klasse=f"{vorm.klasse} {klasse}")


@register.simple_block_tag
def leeg(content: str, *, titel: str) -> SafeString:
    """{% leeg titel="Er wacht niets op je." %}Eerstvolgende: …{% endleeg %}: empty says what comes next."""
    return _frame("leeg", content, titel=titel)


@register.simple_block_tag
def filteren(content: str, *, uitleg: str = "") -> SafeString:
    """{% filteren uitleg="Volgorde: veiligheid." %}<form class="vt-filters">…{% endfilteren %}: folded on a phone."""
    return _frame("filteren", content, uitleg=uitleg)


def _frame(naam: str, inhoud: str, **gegevens: Any) -> SafeString:
    return render_to_string(f"bouwsteen/{naam}.html", {"inhoud": inhoud, **gegevens})


@register.filter
def niveau(melding: Any) -> str:
    """The kind of notice for one of Django's messages."""
    return NIVEAUS.get(melding.level_tag, "")


# --- acts -------------------------------------------------------------------------------------------------------


@register.inclusion_tag("bouwsteen/knop.html")
def knop(
    tekst: str,
    *,
    soort: str = "tweede",
    url: str = "",
    icoon: str = "",
    toets: str = "",
    naam: str = "",
    waarde: str = "",
    waarom: str = "",
    groot: bool = False,
    breed: bool = False,
    form: str = "",
    id: str = "",  # noqa: A002
) -> dict[str, Any]:
    """{% knop "Vastleggen" soort="hoofd" toets="Ctrl Enter" %}; with `waarom` it cannot act yet and says why."""
    return {
        "tekst": tekst, "klasse": KNOPPEN[soort], "url": url, "icoon": icoon, "naam": naam, "waarde": waarde,
        "waarom": waarom, "waarom_id": f"waarom-{slugify(tekst)}", "groot": groot, "breed": breed, "form": form,
        "id": id, **_toets(toets),
    }  # fmt: skip


@register.inclusion_tag("bouwsteen/sneltoets.html")
def snel(tekst: str, url: str, *, icoon: str, toets: str = "") -> dict[str, Any]:
    """{% snel "Contact" url icoon="tel" toets="c" %}: one of the safe acts, always here, never disabled."""
    return {"tekst": tekst, "url": url, "icoon": icoon, **_toets(toets)}


def _toets(toets: str) -> dict[str, str]:
    """The key as shown, and the attribute by which the keyboard script finds the element."""
    haak = {"ctrl enter": "hoofdknop", "esc": "terug"}.get(toets.lower(), "toets" if toets else "")
    return {"haak": haak, "toets": toets.lower(), "toets_tekst": toets.upper() if len(toets) == 1 else toets}


# --- forms ------------------------------------------------------------------------------------------------------


@register.inclusion_tag("bouwsteen/formulierkop.html", takes_context=True)
def formulierkop(context: template.Context, form: BaseForm) -> dict[str, Any]:
    """Errors, obstacles, collision and hidden fields of a form that a page lays out field by field."""
    return {
        "form": form,
        "request": context.get("request"),
        "fouten": list(fouten_van(form)) if form.is_bound else [],
        "foutkop": getattr(form, "foutkop", "Dit lukt nog niet."),
    }


@register.inclusion_tag("bouwsteen/belemmeringen.html", takes_context=True)
def belemmeringen(context: template.Context, bron: Any) -> dict[str, Any]:
    """{% belemmeringen form %} inside the form, or {% belemmeringen lijst %} where there is none.

    What was just refused takes the focus; what stands there from the start does not.
    """
    verzoek = context.get("request")
    geweigerd = bool(getattr(bron, "is_bound", False) or (verzoek is not None and verzoek.method == "POST"))
    return _in_de_weg(bron) | {"geweigerd": geweigerd}


def _in_de_weg(bron: Any) -> dict[str, Any]:
    if isinstance(bron, BaseForm):
        weg = InDeWeg.van(getattr(bron, "belemmeringen", ()), bron)
        return {
            "weg": weg,
            "form": bron,
            "motiveringsveld": bron["motivering"] if "motivering" in bron.fields else None,
        }
    return {"weg": InDeWeg.van(bron), "form": None, "motiveringsveld": None}


@register.inclusion_tag("bouwsteen/botsing.html")
def botsing(botsing: Any) -> dict[str, Any]:
    """Two people wrote at the same time: both texts, side by side, and what to do with them."""
    return {"botsing": botsing}


@register.filter
def regelnummer(id_: str) -> str:
    """`RW-4.8` reads as regel 4.8; other families keep their letters."""
    return id_.removeprefix("RW-")


@register.simple_tag
def veld(veld: BoundField, *, breedte: str = "", label: str = "", uitleg: str | None = None) -> SafeString:
    """{% veld form.naam %}: label, help, control and errors of one field.

    Width, and for a form that is not ours label and help text, can be given here.
    """
    veld.label = label or veld.label
    if uitleg is not None:
        veld.help_text = uitleg
    return veld.render(context={"field": veld, "breedte": breedte or getattr(veld, "breedte", "")})


@register.inclusion_tag("bouwsteen/knoppenrij.html")
def bewaarknop(tekst: str, *, terug: str = "", terug_tekst: str = "Terug, niets bewaren") -> dict[str, Any]:
    """{% bewaarknop "Contact vastleggen" terug=casus.url %}: the acts under a short form."""
    return {"tekst": tekst, "terug": terug, "terug_tekst": terug_tekst}


@register.inclusion_tag("bouwsteen/bladeren.html")
def bladeren(*, volgende: str = "", eerste: str = "", aantal: int = 50, wat: str = "") -> dict[str, Any]:
    """{% bladeren volgende="?na=…" eerste="?" wat="contacten" %}: keyset paging, so nothing shifts while you read."""
    return {"volgende": volgende, "eerste": eerste, "aantal": aantal, "wat": wat}


@register.inclusion_tag("bouwsteen/voortgang.html")
def voortgang(*, klaar: int, van: int) -> dict[str, Any]:
    """{% voortgang klaar=22 van=37 %}: work that goes on without you; the sentence stands above it."""
    return {"klaar": klaar, "van": van, "breedte": f"{100 * klaar / max(van, 1):.0f}"}


# --- days and texts ---------------------------------------------------------------------------------------------


@register.filter
def datum(wanneer: date | None) -> str:
    """`do 19 nov`."""
    return dagen.kort(wanneer) if wanneer else ""


@register.filter
def datum_voluit(wanneer: date | None) -> str:
    """`donderdag 19 november 2026`."""
    return dagen.voluit(wanneer) if wanneer else ""


@register.filter
def moment(wanneer: date | None, tussen: str = "") -> str:
    """`vandaag 09:11`; in a sentence {{ tijd|moment:"om" }}: `vandaag om 09:11`."""
    return dagen.moment(wanneer, tussen=tussen) if wanneer else ""


@register.filter
def geleden(wanneer: date | None) -> str:
    """`6 dagen geleden`."""
    return dagen.geleden(wanneer) if wanneer else ""


@register.filter
def leeftijd(geboren: date | None) -> str:
    """`9 jaar`."""
    return dagen.leeftijd(geboren) if geboren else ""


@register.filter
def alinea(tekst: str | None) -> SafeString:
    """What people typed, as paragraphs; every character of it is escaped, also when it calls itself safe."""
    delen = (deel.strip("\n") for deel in escape(tekst or "").replace("\r\n", "\n").split("\n\n") if deel.strip())
    return SafeString("\n".join(f"<p>{deel.replace(REGELEINDE, '<br>')}</p>" for deel in delen))


# --- charts -----------------------------------------------------------------------------------------------------


class _Schaal(NamedTuple):
    """Days to the right, scores 0 to 10 upward, in the 168 by 40 box of the drawing."""

    begin: date
    eind: date

    def x(self, dag: date) -> str:
        breedte = max((dagen.als_dag(self.eind) - dagen.als_dag(self.begin)).days, 1)
        return f"{6 + 156 * (dagen.als_dag(dag) - dagen.als_dag(self.begin)).days / breedte:.1f}"

    def y(self, score: int) -> str:
        return f"{35 - 3 * score:.1f}"


@register.inclusion_tag("bouwsteen/scoregrafiek.html")
def scoregrafiek(
    reeks: Sequence[tuple[date, int]],
    *,
    naam: str = "",
    begin: date | None = None,
    eind: date | None = None,
    merkdagen: Sequence[date] = (),
) -> dict[str, Any]:
    """{% scoregrafiek persoon.scores naam="Fenna" %}: the line, always on 0 to 10, with a mark where a report came."""
    if not reeks:
        return {"punten": [], "naam": naam}
    schaal = _Schaal(begin or reeks[0][0], eind or reeks[-1][0])
    punten = [{"x": schaal.x(dag), "y": schaal.y(score)} for dag, score in reeks]
    return {
        "naam": naam,
        "punten": punten,
        "lijn": "M" + " L".join(f"{punt['x']} {punt['y']}" for punt in punten),
        "merken": [schaal.x(dag) for dag in merkdagen],
        "beschrijving": ", ".join(f"{dagen.kort(dag)}: {score}" for dag, score in reeks),
    }
