"""What the screening page shows: parts, text, judgement."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from casus.dossier import GRONDEN
from casus.inzage import rechten, services
from casus.inzage.forms import AfwijsForm, BeoordeelForm, LakForm, OordeelForm, RedenForm
from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.samenstellen import Dossier
from casus.inzage.selectors import ICONEN, bij_onderdeel, in_hoofdstukken, klok_van, voortgang_van
from casus.inzage.tekst import passages, voor_de_lezer
from casus.inzage.voorwaarden import leeftijd_laat_inzage_toe
from vt_cvs.organisatie.models import Rol
from vt_cvs.organisatie.selectors import medewerkers_met
from vt_cvs.web.tonen import Verzoek

Stand = Inzageverzoek.Stand
TOETSEN = {"tonen": "T", "lakken": "L", "weglaten": "W"}


def scherm(request: Verzoek, verzoek: Inzageverzoek, dossier: Dossier | None, forms: dict[str, Any]) -> dict[str, Any]:
    """Everything the page shows; `forms` are the ones that came back with an objection."""
    onderdelen = list(verzoek.onderdelen.select_related("stap", "door"))
    alleen = request.GET.get("alleen") == "te_doen"
    voortgang = voortgang_van(onderdelen)
    mag_screenen = rechten.mag_screenen(request.user, verzoek)
    namen = {deel.sleutel: deel.naam for deel in dossier.delen} if dossier else {}
    groepen = [
        (
            groep.titel,
            [
                (o, ICONEN[_oordeel(o)], namen.get((o.stuksoort, o.stuk_id), ""), bij_onderdeel(o))
                for o in groep.onderdelen
            ],
        )
        for groep in in_hoofdstukken(onderdelen, alleen_te_doen=alleen)
    ]
    return {
        "verzoek": verzoek,
        "casus": verzoek.casus,
        "klok": klok_van(verzoek, timezone.localdate()),
        "mag_screenen": mag_screenen,
        "mag_verstrekken": rechten.mag_verstrekken(request.user, verzoek),
        "tweede_ogen": medewerkers_met(Rol.PRIVACYFUNCTIONARIS).exclude(pk=verzoek.gescreend_door_id or 0).first(),
        "voortgang": voortgang,
        "waarom_niet": f"kan als alle {voortgang.totaal} zijn beoordeeld",
        "groepen": groepen,
        "alleen": alleen,
        "bezwaren": list(leeftijd_laat_inzage_toe(verzoek)) if verzoek.loopt else [],
        "oordeelform": forms.get("oordeelform") or _oordeelform(verzoek),
        "redenform": forms.get("redenform") or RedenForm(initial={"versie": verzoek.versie}, prefix="heropen"),
        "afwijsform": forms.get("afwijsform") or AfwijsForm(initial={"versie": verzoek.versie}, prefix="wijs_af"),
        "stapform": forms.get("stapform"),
        "form": forms.get("fout"),
        **_huidig(request, verzoek, onderdelen, dossier, forms, mag_screenen=mag_screenen),
    }


def _oordeel(onderdeel: Onderdeel) -> str:
    return onderdeel.oordeel if onderdeel.beoordeeld else Onderdeel.Oordeel.TE_DOEN


def _oordeelform(verzoek: Inzageverzoek) -> OordeelForm:
    velden = ("in_staat", "belang_verzet_zich", "oordeel_toelichting")
    return OordeelForm(initial={naam: getattr(verzoek, naam) for naam in velden})


def _huidig(
    request: Verzoek,
    verzoek: Inzageverzoek,
    onderdelen: list[Onderdeel],
    dossier: Dossier | None,
    forms: dict[str, Any],
    *,
    mag_screenen: bool,
) -> dict[str, Any]:
    """The part on screen: the one asked for, else the first that still asks for a judgement."""
    gevraagd = str(forms.get("deel") or request.GET.get("deel", ""))
    huidig = next((o for o in onderdelen if str(o.pk) == gevraagd), None) or next(
        (o for o in onderdelen if not o.beoordeeld), onderdelen[0] if onderdelen else None
    )
    deel = services.deel_van(huidig, dossier) if huidig and dossier else None
    if huidig is None or deel is None:
        return {"huidig": None}
    plaats = onderdelen.index(huidig)
    alle = list(passages(deel.stuk, huidig.lakplekken))
    return {
        "huidig": huidig,
        "nummer": plaats + 1,
        "vorige": onderdelen[plaats - 1] if plaats else None,
        "volgende": onderdelen[plaats + 1] if plaats + 1 < len(onderdelen) else None,
        "passages": alle,
        "lezer": [p for p in voor_de_lezer(deel.stuk, huidig.lakplekken) if any(s.soort == "lak" for s in p.segmenten)],
        "te_bewerken": mag_screenen and verzoek.stand == Stand.IN_SCREENING,
        "beoordeelform": (form := forms.get("beoordeelform") or _beoordeelform(huidig)),
        "keuzes": [(keuze, ICONEN[w := keuze.data["value"]], TOETSEN[w]) for keuze in form["oordeel"]],
        "plekken": [(plek, GRONDEN[plek["grond"]]) for plek in huidig.lakplekken],
        "lakform": forms.get("lakform") or LakForm(initial={"versie": huidig.versie}),
    }


def _beoordeelform(onderdeel: Onderdeel) -> BeoordeelForm:
    """Nothing is chosen beforehand; a judgement that was given stands there."""
    gegeven = onderdeel.oordeel != Onderdeel.Oordeel.TE_DOEN
    return BeoordeelForm(
        initial={
            "oordeel": onderdeel.oordeel if gegeven else None,
            "grond": onderdeel.grond,
            "toelichting": onderdeel.toelichting,
            "versie": onderdeel.versie,
            "vingerafdruk": onderdeel.vingerafdruk,
        }
    )
