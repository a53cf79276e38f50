"""What a step does with the people of its case: whom it approaches and informs, and whose part was not found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casus.models import wachters
from casus.models.betrokkenen import Betrokkene
from casus.models.casus import Casusstuk
from casus.models.processtap import Processtap
from vt_cvs.kern.velden import PlatteTekst, Regeltekst


class Benadering(Casusstuk):
    """One person to approach or to inform in one step, and how that stands. A betrokken derde may be chosen too."""

    class Soort(models.TextChoices):
        BENADEREN = "benaderen", "benaderen"
        INFORMEREN = "informeren", "informeren"

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("betrokkene", "soort", "waarvoor", "gedaan_op", "reden_niet")

    stap = models.ForeignKey(
        Processtap, models.CASCADE, related_name="benaderingen", verbose_name="processtap", editable=False
    )
    betrokkene = models.ForeignKey(
        Betrokkene, models.CASCADE, related_name="benaderingen", verbose_name="voor wie", editable=False
    )
    soort = models.CharField(
        "benaderen of informeren",
        max_length=12,
        choices=Soort.choices,
        default=Soort.BENADEREN,
        help_text="Spreek je deze persoon om iets te weten te komen, of laat je alleen iets weten.",
    )
    waarvoor = Regeltekst("waarvoor", blank=True, help_text="Wat je van deze persoon wilt weten, of laat weten.")
    gedaan_op = models.DateTimeField("gedaan op", null=True, blank=True, editable=False)
    reden_niet = Regeltekst("reden van niet", blank=True, help_text="Waarom het bij nader inzien niet nodig is.")

    class Meta:
        verbose_name = "benadering"
        verbose_name_plural = "benaderingen"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["stap", "betrokkene", "soort"], name="rw_7_3_een_keer_per_stap", condition=Q(reden_niet="")
            ),
            models.CheckConstraint(
                condition=Q(gedaan_op__isnull=True) | Q(reden_niet=""), name="rw_7_3_gedaan_of_niet_nodig"
            ),
        ]
        triggers: ClassVar = [wachters.betrokkene_van_deze_casus]

    def __str__(self) -> str:
        return f"{self.betrokkene} {self.get_soort_display()}"

    @property
    def staat_open(self) -> bool:
        return self.gedaan_op is None and not self.reden_niet

    def pad(self) -> str:
        return f"{self.dossier.pad()}stappen/{self.stap_id}/mensen/"


class GeenAandeel(Casusstuk):
    """A directbetrokkene proves to have no part in it. The role stays what it was (RW-7.5, RW-7.6)."""

    class Uitkomst(models.TextChoices):
        WEERLEGD = "weerlegd", "weerlegd"
        NIET_GERAPPORTEERD = "niet-gerapporteerd", "aard van geweld wordt niet gerapporteerd"

    telbaar = frozenset({"uitkomst_aandeel"})
    na_vernietiging = telbaar | {"stap", "betrokkene"}
    ter_inzage = ("betrokkene", "uitkomst_aandeel", "toelichting")

    stap = models.ForeignKey(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    betrokkene = models.ForeignKey(
        Betrokkene, models.CASCADE, related_name="+", verbose_name="voor wie", editable=False
    )
    uitkomst_aandeel = models.CharField(
        "uitkomst over het aandeel",
        max_length=20,
        choices=Uitkomst.choices,
        editable=False,
    )
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Waaruit dat bleek.")

    class Meta:
        verbose_name = "uitkomst over het aandeel"
        verbose_name_plural = "uitkomsten over het aandeel"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["stap", "betrokkene"], name="rw_7_6_een_uitkomst_per_persoon"),
            models.CheckConstraint(
                condition=Q(uitkomst_aandeel__in=["weerlegd", "niet-gerapporteerd"]), name="rw_7_6_bekende_uitkomst"
            ),
        ]
        triggers: ClassVar = [wachters.alleen_over_directbetrokkene]

    def __str__(self) -> str:
        return f"{self.betrokkene}: {self.get_uitkomst_aandeel_display()}"

    def pad(self) -> str:
        return f"{self.dossier.pad()}stappen/{self.stap_id}/mensen/"
