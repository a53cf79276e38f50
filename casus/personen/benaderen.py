"""Whom a step approaches and informs, and whose part in it was not found."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from casus import rechten, voorwaarden
from casus.models import Benadering, Betrokkene, GeenAandeel, Processtap
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, eis, regel
from vt_cvs.organisatie.models import Medewerker

UITKOMST_PER_STAP = {
    Processtap.Soort.VV: GeenAandeel.Uitkomst.NIET_GERAPPORTEERD,
    "oz": GeenAandeel.Uitkomst.WEERLEGD,
}
"""V&V does not report on it; an investigation refutes it."""


@regel("RW-7.3")
@transaction.atomic
def kies_wie(
    stap: Processtap, betrokkenen: Iterable[Betrokkene], *, door: Medewerker, soort: str, waarvoor: str = ""
) -> list[Benadering]:
    """These people are approached, or informed, in this step; who was chosen before stays chosen."""
    stap.slot()
    eis(_van_de_casus(stap, betrokkenen := list(betrokkenen)))
    al = set(Benadering.objects.filter(stap=stap, soort=soort, reden_niet="").values_list("betrokkene_id", flat=True))
    return [
        maak(
            Benadering(stap=stap, betrokkene=betrokkene, soort=soort, waarvoor=waarvoor),
            door=door,
            mag=rechten.mag_vastleggen,
            zin=f"Gekozen om te {Benadering.Soort(soort).label} in {stap.get_soort_display()}",
        )
        for betrokkene in betrokkenen
        if betrokkene.pk not in al
    ]


def _van_de_casus(stap: Processtap, betrokkenen: list[Betrokkene]) -> Iterable[Belemmering]:
    if not betrokkenen:
        yield Belemmering("Kies wie.", veld="betrokkenen")
    if any(betrokkene.casus_id != stap.casus_id for betrokkene in betrokkenen):
        yield Belemmering("Deze persoon hoort bij een andere casus.", veld="betrokkenen", regel=REGELS["RW-7.3"])


def is_gedaan(benadering: Benadering, *, door: Medewerker) -> Benadering:
    if not benadering.staat_open:
        return benadering
    zin = f"Gedaan: {benadering.get_soort_display()}"
    return wijzig(benadering, door=door, mag=rechten.mag_vastleggen, zin=zin, gedaan_op=timezone.now())


@transaction.atomic
def is_niet_nodig(benadering: Benadering, *, door: Medewerker, reden: str) -> Benadering:
    voorwaarden.eis_reden(reden, veld="reden", regel="RW-7.3")
    if not benadering.staat_open:
        raise RegelGeweigerd([Belemmering("Dit is al afgerond.", veld="reden")])
    zin = f"Bij nader inzien niet nodig: {benadering.get_soort_display()}"
    return wijzig(benadering, door=door, mag=rechten.mag_vastleggen, zin=zin, motivering=reden, reden_niet=reden)


@regel("RW-7.6")
@transaction.atomic
def heeft_geen_aandeel(stap: Processtap, betrokkene: Betrokkene, *, door: Medewerker, toelichting: str) -> GeenAandeel:
    """The outcome for one person; the role of directbetrokkene stays."""
    stap.slot()
    eis(_kan_uitkomst(stap, betrokkene))
    voorwaarden.eis_reden(toelichting, veld="toelichting", regel="RW-7.6")
    uitkomst = UITKOMST_PER_STAP[stap.soort]
    bestaand = GeenAandeel.objects.filter(stap=stap, betrokkene=betrokkene).first()
    if bestaand is not None:
        return wijzig(
            bestaand, door=door, mag=rechten.mag_vastleggen, zin="Uitkomst over het aandeel bijgewerkt",
            toelichting=toelichting,
        )  # fmt: skip
    rij = GeenAandeel(stap=stap, betrokkene=betrokkene, uitkomst_aandeel=uitkomst, toelichting=toelichting)
    zin = f"Geen aandeel gebleken: {uitkomst.label}; de rol blijft directbetrokkene"
    return maak(rij, door=door, mag=rechten.mag_vastleggen, zin=zin, regels=["RW-7.6"])


def _kan_uitkomst(stap: Processtap, betrokkene: Betrokkene) -> Iterable[Belemmering]:
    if stap.soort not in UITKOMST_PER_STAP:
        yield Belemmering("Dit leg je vast bij de uitkomst van een V&V of een onderzoek.", regel=REGELS["RW-7.6"])
    if betrokkene.casus_id != stap.casus_id or not betrokkene.is_direct:
        yield Belemmering("Kies een directbetrokkene van deze casus.", veld="betrokkene", regel=REGELS["RW-7.6"])
