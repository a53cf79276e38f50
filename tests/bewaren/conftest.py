"""Closed cases of any age, and the people who decide about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casus.models import Casus, Terugkoppeling
from tests import factories as f
from vt_cvs.organisatie.models import Medewerker, Rol


@pytest.fixture
def werker(db: None) -> Medewerker:
    return f.medewerker(Rol.ACHTERKANT, naam="Noor Haddad")


@pytest.fixture
def teamleider(werker: Medewerker) -> Medewerker:
    return f.medewerker(Rol.TEAMLEIDER, naam="Tim Bakker")


@pytest.fixture
def privacy(werker: Medewerker) -> Medewerker:
    return f.medewerker(Rol.PRIVACYFUNCTIONARIS, naam="Ilse Kramer")


def sluit_op(casus: Casus, dag: date) -> Casus:
    """As if it had been closed on this day, in the middle of the evening."""
    moment = timezone.make_aware(datetime.combine(dag, time(23, 30)))
    Casus.objects.filter(pk=casus.pk).update(gestart_op=moment - timedelta(days=90))
    casus.stappen.filter(geeindigd_op=None).update(begonnen_op=moment, geeindigd_op=moment)
    te_geven = Terugkoppeling.objects.filter(stap__casus=casus, stand__in=["te_doen", "mislukt"])
    te_geven.filter(reden_niet="").update(stand="niet", reden_niet="onbereikbaar")
    te_geven.update(stand="niet")
    Casus.objects.filter(pk=casus.pk).update(stand="gesloten", gesloten_op=moment)
    return Casus.objects.get(pk=casus.pk)


@pytest.fixture
def gesloten(werker: Medewerker) -> Callable[..., Casus]:
    """A closed case with one adult of whom the birth date is known."""

    def maak(dag: date, *, soort: str = Casus.Soort.MELDING, mensen: bool = True, **velden: Any) -> Casus:
        casus = f.casus(werker, soort=soort)
        if mensen:
            f.betrokkene(casus, geboortedatum=date(1970, 1, 1))
        if velden:
            f.betrokkene(casus, voornamen="Sem", **velden)
        return sluit_op(casus, dag)

    return maak
