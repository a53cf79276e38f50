"""Advice: someone asks what to do, and nobody they talk about is written down."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django_fsm import FSMField

from casus.models import Casus, Casusstuk, Processtap, eigenaarstrigger
from casus.voorwaarden import geen_open_taak
from melding import rechten, voorwaarden
from melding.models.signaal import Signaal
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst, Regeltekst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vt_cvs.kern.regels import Belemmering
    from vt_cvs.organisatie.models import Medewerker


def geen_open_taak_in_advies(advies: Advies) -> Iterator[Belemmering]:
    """Asked here too, so that what is still open shows beside what is not filled."""
    yield from geen_open_taak(advies.casus)


@regel("RW-6.2")
class Advies(Casusstuk, Toestandsmodel):
    """A request for advice, in a case of its own. There is no field for whom it is about (RW-6.2)."""

    class Stand(models.TextChoices):
        LOPEND = "lopend", "Lopend"
        AFGESLOTEN = "afgesloten", "Afgesloten"

    telbaar = frozenset({"stand", "adviesvrager_functie", "adviesvrager_organisatie"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("adviesvrager_naam", "adviesvrager_functie", "adviesvrager_organisatie", "onderwerp", "advies")

    api_soort = "adviezen"

    stap = models.OneToOneField(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.LOPEND, protected=True)
    adviesvrager_naam = Regeltekst(
        "naam van de adviesvrager", blank=True, help_text="Om terug te kunnen bellen; mag leeg."
    )
    adviesvrager_functie = models.CharField(
        "functie van de adviesvrager", max_length=40, blank=True, help_text="Voor het CBS; onbekend mag."
    )
    adviesvrager_organisatie = models.CharField(
        "organisatie van de adviesvrager", max_length=40, blank=True, help_text="Voor het CBS; onbekend mag."
    )
    adviesvrager_telefoon = Regeltekst(
        "telefoon van de adviesvrager", max_length=40, blank=True, help_text="Om terug te kunnen bellen."
    )
    fictieve_naam = Regeltekst(
        "fictieve naam", max_length=80, blank=True, help_text="Een verzonnen naam om het advies terug te vinden."
    )
    onderwerp = PlatteTekst(
        "onderwerp", blank=True, help_text="Wat de adviesvrager wil weten, zonder namen of andere persoonsgegevens."
    )
    advies = PlatteTekst(
        "advies", blank=True, help_text="Wat er is geadviseerd, zonder namen of andere persoonsgegevens."
    )
    signaal = models.OneToOneField(
        Signaal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="advies",
        verbose_name="signaal",
        editable=False,
    )

    @overgang(
        stand,
        van=Stand.LOPEND,
        naar=Stand.AFGESLOTEN,
        mag=rechten.mag_advies_geven,
        mits=[geen_open_taak_in_advies, voorwaarden.telbare_velden_van_advies],
        knop="Advies afsluiten",
        zin="Advies afgesloten",
        regels=["RW-5.12e"],
    )
    def sluit_af(self, *, door: Medewerker) -> None:
        """The question has been answered; the step ends and the case closes."""

    class Meta:
        verbose_name = "advies"
        verbose_name_plural = "adviezen"
        ordering = ("-id",)
        triggers: ClassVar = [
            eigenaarstrigger("advies"),
            pgtrigger.FSM(name="advies_machine", field="stand", transitions=[("lopend", "afgesloten")]),
        ]

    def __str__(self) -> str:
        return f"advies {self.fictieve_naam}".strip()

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[Advies]:
        """By the number of its case: an advies has one case and one number."""
        return cls.objects.filter(stap__casus__nummer=nummer)

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def nummer(self) -> str:
        return self.casus.nummer

    @property
    def gebeurd_op(self) -> datetime:
        return self.stap.begonnen_op

    def pad(self) -> str:
        return f"{self.casus.pad()}advies/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from melding.services.adviezen import na_stap

        na_stap(self, naam, door=door)
