"""A report that belongs to another Veilig Thuis region: handed over, with what was given."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casus.models import Casus, Casusstuk
from melding.meldingen.models.melding import Melding
from vt_cvs.kern.velden import PlatteTekst, Regeltekst
from vt_cvs.organisatie.selectors import label


class Regiooverdracht(Casusstuk):
    """To which region, to whom, when and what went along. Stands as it was given; the report itself stays here."""

    telbaar = frozenset({"andere_regio", "overgedragen_op"})
    na_vernietiging = telbaar | {"melding"}
    ter_inzage = ("andere_regio", "overgedragen_op", "meegegeven")

    melding = models.OneToOneField(Melding, models.CASCADE, related_name="+", verbose_name="melding", editable=False)
    andere_regio = models.CharField(
        "andere regio", max_length=8, help_text="Het Veilig Thuis dat deze melding verder oppakt. Voor het CBS."
    )
    overgedragen_op = models.DateTimeField(
        "overgedragen op", default=timezone.now, help_text="Vanaf dan houdt de andere regio zicht op de veiligheid."
    )
    aan_wie = Regeltekst("aan wie", blank=True, help_text="Wie het daar aannam, om later te kunnen navragen.")
    meegegeven = PlatteTekst(
        "meegegeven", help_text="Wat je vertelde en welke stukken meegingen, zodat vaststaat wat er is gedeeld."
    )

    class Meta:
        verbose_name = "overdracht aan een andere regio"
        verbose_name_plural = "overdrachten aan een andere regio"
        constraints = [models.CheckConstraint(condition=~Q(andere_regio=""), name="regiooverdracht_zegt_waarheen")]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="regiooverdracht_staat_vast",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("melding", "andere_regio", "overgedragen_op", "aan_wie", "meegegeven"),
            )
        ]

    def __str__(self) -> str:
        return f"overdracht van {self.melding}"

    @property
    def regio_naam(self) -> str:
        return label("vt_regio", self.andere_regio)

    @property
    def casus(self) -> Casus:
        return self.melding.casus

    @property
    def logstap_id(self) -> int | None:
        return self.melding.stap_id

    def pad(self) -> str:
        return self.melding.pad()
