"""What every service has in common: its step, its reports, where it came from and when someone took it up."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from casus.models import Casus, Casusstuk, Processtap
from vt_cvs.kern.overgangen import Toestandsmodel

if TYPE_CHECKING:
    from vt_cvs.kern.termijnen import Termijn


class Dienst(Casusstuk, Toestandsmodel):
    """One service for one or more reports of its case.

    It has no start date of its own: that is the step's, and the step begins on the date of the choice (RW-5.12b).
    Being taken up is a moment apart, for sight of families that wait.
    """

    soort: ClassVar[str]
    geeindigd_als: ClassVar[frozenset[str]]

    keuze = models.ForeignKey(
        "diensten.Keuze",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="keuze vervolgstappen",
        editable=False,
    )
    na_dienst = models.ForeignKey(
        Processtap, models.SET_NULL, null=True, related_name="+", verbose_name="na de dienst", editable=False
    )
    # Its own step comes after the one it followed: a reader that walks the relations ends at the right chapter.
    stap = models.OneToOneField(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    meldingen = models.ManyToManyField(
        "melding.Melding",
        related_name="+",
        verbose_name="meldingen",
        help_text="De meldingen waar deze dienst bij hoort.",
    )
    opgepakt_op = models.DateTimeField("opgepakt op", null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        """As the screens and the log call it: “V&V”, “Overdracht”."""
        naam = self.stap.get_soort_display()
        return naam[:1].upper() + naam[1:]

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def begonnen_op(self) -> datetime:
        """The date of the choice (RW-5.12b)."""
        return self.stap.begonnen_op

    @property
    def is_geeindigd(self) -> bool:
        return self.stand in self.geeindigd_als  # type: ignore[attr-defined]

    @property
    def termijn(self) -> Termijn | None:
        """The term that runs for this service, if any."""
        return None

    def pad(self) -> str:
        return f"{self.casus.pad()}diensten/{self.stap_id}/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from diensten.services.verloop import na_stap

        na_stap(self, naam, door=door)
