"""Research questions and expertise: registered in one way, in one place, for V&V and onderzoek alike."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from diensten import rechten, voorwaarden
from diensten.models import EigenDienst, Onderzoekspunt
from diensten.models.onderzoekspunt import STANDAARDVRAAG
from diensten.selectors import dienst_van
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker


@regel("RW-9.14")
def stel_standaardvraag(oz: EigenDienst, *, door: Medewerker) -> Onderzoekspunt:
    """The question of every onderzoek; it stands there from the start and stays."""
    return maak(Onderzoekspunt(stap=oz.stap, standaard=True, vraag_of_taak=STANDAARDVRAAG), door=door)


@regel("RW-9.14", "RW-9.15", "RW-9.16")
@transaction.atomic
def voeg_punt_toe(dienst: EigenDienst, *, door: Medewerker, **velden: Any) -> Onderzoekspunt:
    """One more question, or an expert with a part of the task."""
    voorwaarden.eis_loopt(dienst)
    rechten.mag_behandelen.eis(door, dienst)
    punt = Onderzoekspunt(stap=dienst.stap, **velden)
    voorwaarden.eis_reden(punt.vraag_of_taak, veld="vraag_of_taak", regel="RW-9.16")
    return maak(punt, door=door, zin=f"{punt} toegevoegd")


@regel("RW-9.16")
@transaction.atomic
def werk_punt_bij(
    punt: Onderzoekspunt, *, door: Medewerker, versie: int | None = None, **velden: Any
) -> Onderzoekspunt:
    """Other words, who does it, or what was found. The words of the standing question stay as they are."""
    _eis_te_wijzigen(punt)
    if punt.standaard:
        velden = {naam: waarde for naam, waarde in velden.items() if naam == "bevinding"}
    else:
        voorwaarden.eis_reden(velden.get("vraag_of_taak", punt.vraag_of_taak), veld="vraag_of_taak", regel="RW-9.16")
    zin = f"{punt} bijgewerkt"
    return wijzig(punt, door=door, mag=rechten.mag_behandelen, versie=versie, zin=zin, **velden)


@regel("RW-9.14")
@transaction.atomic
def laat_punt_vervallen(punt: Onderzoekspunt, *, door: Medewerker, versie: int | None = None) -> Onderzoekspunt:
    """It need not be found out any more; it stays to be read."""
    _eis_te_wijzigen(punt)
    voorwaarden.eis_geen_standaardvraag(punt)
    zin = f"{punt} vervallen"
    return wijzig(punt, door=door, mag=rechten.mag_behandelen, versie=versie, zin=zin, vervallen_op=timezone.now())


@regel("RW-9.20")
def neem_punten_over(oud: EigenDienst, nieuw: EigenDienst, *, door: Medewerker) -> None:
    """What a V&V still wanted to know goes along to the onderzoek, with what was found so far."""
    for punt in oud.punten.filter(vervallen_op__isnull=True):
        velden = {naam: getattr(punt, naam) for naam in ("soort_punt", "vraag_of_taak", "deskundige", "bevinding")}
        maak(Onderzoekspunt(stap=nieuw.stap, **velden), door=door)


def _eis_te_wijzigen(punt: Onderzoekspunt) -> None:
    dienst = dienst_van(punt.stap)
    assert dienst is not None  # noqa: S101 - a question hangs on the step of a service
    voorwaarden.eis_loopt(dienst)
    voorwaarden.eis_niet_vervallen_punt(punt)
