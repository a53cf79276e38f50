"""Whoever reported: taken from the signal, completed by the worker, and anonymous as long as there is NTI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from casus.models import Casus
from melding.codes import bekende_code
from melding.meldingen.models import NTI, Melder
from melding.rechten import mag_opnemen, mag_vastleggen
from melding.signalen.models import JaNee, Signaal
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.organisatie.models import Medewerker


@regel("RW-6.4")
def maak_melder(
    casus: Casus, signaal: Signaal | None, opgegeven: Mapping[str, Any] | None, *, door: Medewerker
) -> Melder:
    """Whoever reported; what the worker leaves out comes from the signal."""
    velden: dict[str, Any] = {**melder_volgens(signaal), **(opgegeven or {})} if signaal else dict(opgegeven or {})
    return maak(Melder(casus=casus, **velden), door=door, mag=mag_opnemen)


@regel("RW-4.1")
def melder_volgens(signaal: Signaal) -> dict[str, Any]:
    """What the signal says of the melder, as the fields of a `Melder`."""
    afzender = signaal.afzender
    organisatietype = afzender.organisatietype if afzender and not afzender.is_webformulier else ""
    functie = bekende_code("functie_melder", signaal.melder_functie)
    organisatie = (
        bekende_code("organisatie_melder", signaal.melder_organisatietype)
        or bekende_code("organisatie_melder", signaal.melder_organisatie)
        or organisatietype
    )
    politie = organisatie == "jv-politie"
    eigen_naam = "" if bekende_code("organisatie_melder", signaal.melder_organisatie) else signaal.melder_organisatie
    delen = (
        signaal.melder_naam,
        "" if functie else signaal.melder_functie,
        eigen_naam if signaal.melder_organisatietype else "",
    )
    email = _passend("email", signaal.melder_email)
    anoniem = signaal.melder_anoniem == JaNee.JA
    reden = signaal.melder_email_reden if signaal.melder_email_reden in Melder.EmailReden.values else ""
    soort = Melder.Soort.POLITIE if politie else Melder.Soort.PROFESSIONAL if organisatie else ""
    if signaal.melder_soort in Melder.Soort.values:
        soort = signaal.melder_soort
    return {
        "soort": soort,
        "functie": functie or ("politieagent" if politie else ""),
        "organisatie": organisatie,
        "naam": _passend("naam", ", ".join(deel for deel in delen if deel)),
        "email": email,
        "email_reden": "" if email else reden or Melder.EmailReden.NIET_BEKEND,
        "telefoon": _passend("telefoon", signaal.melder_telefoon),
        "anoniem": anoniem or soort == Melder.Soort.ANONIEM,
    }


def _passend(naam: str, waarde: str) -> str:
    veld: Any = Melder._meta.get_field(naam)
    return waarde[: veld.max_length]


@regel("RW-6.16")
@transaction.atomic
def wijzig_melder(melder: Melder, *, door: Medewerker, versie: int | None = None, **velden: Any) -> Melder:
    """Change who reported. While there is NTI the melder stays anonymous: decide about that first."""
    melder.slot()
    nti = NTI.objects.select_related("melding__stap__casus").filter(melding__melder=melder).first()
    if nti is not None and velden.get("anoniem", True) is False:
        raise RegelGeweigerd(
            [
                Belemmering(
                    "Bij deze melding staat NTI. Beslis eerst wat daarmee gebeurt; daarna kan de melder open worden.",
                    veld="anoniem",
                    link=nti.pad(),
                    link_tekst="NTI bekijken",
                    regel=REGELS["RW-6.16"],
                )
            ]
        )
    return wijzig(
        melder, door=door, mag=mag_vastleggen, versie=versie, zin="Gegevens van de melder gewijzigd", **velden
    )
