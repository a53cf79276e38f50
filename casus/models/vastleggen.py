"""What can be recorded at any moment in any step: contact, score, agreement, condition, warning, attachment."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casus.models.betrokkenen import Betrokkene
from casus.models.casus import Casus, Casusstuk
from casus.models.processtap import Processtap
from vt_cvs.kern.velden import PlatteTekst, Regeltekst


class Casusaantekening(Casusstuk):
    """Recorded in a case, in one of its steps where there is one."""

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="%(class)s_set", verbose_name="casus", editable=False)
    stap = models.ForeignKey(
        Processtap,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)s_set",
        verbose_name="processtap",
        help_text="De stap waar dit bij hoort.",
    )
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgelegd door", editable=False
    )

    class Meta:
        abstract = True


class Contact(Casusaantekening):
    """One conversation, visit, call or letter: in the journal of the case and of its step (RW-12.4)."""

    class Soort(models.TextChoices):
        TELEFOON = "telefoon", "telefoon"
        HUISBEZOEK = "huisbezoek", "huisbezoek"
        KANTOOR = "kantoor", "gesprek op kantoor"
        SCHOOL = "school", "gesprek op school"
        VIDEO = "video", "videobellen"
        CHAT = "chat", "chat"
        MAIL = "mail", "mail"
        BRIEF = "brief", "brief"
        MDO = "mdo", "MDO (overleg met besluit)"
        ANDERS = "anders", "anders"

    telbaar = frozenset({"op", "soort"})
    na_vernietiging = frozenset[str]()
    ter_inzage = ("op", "soort", "met", "onderwerp", "verslag", "hoor_wederhoor")

    op = models.DateTimeField("wanneer", default=timezone.now, help_text="Wanneer het contact was.")
    soort = models.CharField(
        "soort contact", max_length=12, choices=Soort.choices, default=Soort.TELEFOON, help_text="Hoe het contact ging."
    )
    met = Regeltekst("met", blank=True, help_text="Met wie er is gesproken.")
    betrokkenen = models.ManyToManyField(
        Betrokkene, blank=True, related_name="contacten", verbose_name="betrokkenen", help_text="Om wie het ging."
    )
    met_directbetrokkene = models.BooleanField(
        "met een directbetrokkene",
        default=False,
        help_text="Het eerste contact maakt de keuze vervolgstappen mogelijk.",
    )
    onderwerp = Regeltekst("onderwerp", blank=True, help_text="Waar het over ging; bij een MDO het besluit.")
    verslag = PlatteTekst("verslag", blank=True, help_text="Wat er is besproken, in gewone tekst.")
    hoor_wederhoor = models.BooleanField(
        "hoor/wederhoor", default=False, help_text="De reactie van een betrokkene op wat over hem is vastgelegd."
    )
    alert = models.BooleanField(
        "Alert",
        default=False,
        help_text="Delen hiervan kan iemand onveilig maken; eerst beoordelen bij inzage of delen.",
    )
    alert_reden = Regeltekst("reden van de Alert", blank=True, help_text="Wat er mis kan gaan als dit wordt gedeeld.")

    class Meta:
        verbose_name = "contact"
        verbose_name_plural = "contacten"
        indexes = [models.Index(fields=["casus", "-op", "-id"], name="contact_casus")]

    def __str__(self) -> str:
        wat = str(self.get_soort_display())
        return self.onderwerp or f"{wat[:1].upper()}{wat[1:]} {self.met}".strip()

    @property
    def gebeurd_op(self) -> datetime:
        return self.op

    def pad(self) -> str:
        return f"{self.dossier.pad()}contacten/#contact-{self.pk}"


class Veiligheidsscore(Casusaantekening):
    """How safe someone is, from 0 to 10; asked again is recorded again (RW-8.2)."""

    telbaar = frozenset({"op", "score"})
    na_vernietiging = frozenset[str]()
    ter_inzage = ("betrokkene", "op", "score", "herkomst")

    betrokkene = models.ForeignKey(
        Betrokkene, models.CASCADE, related_name="scores", verbose_name="voor wie", help_text="Over wie de score gaat."
    )
    op = models.DateTimeField("wanneer", default=timezone.now, help_text="Wanneer de score is gevraagd.")
    score = models.PositiveSmallIntegerField("veiligheidsscore", help_text="0 is heel onveilig, 10 is heel veilig.")
    herkomst = Regeltekst("herkomst", max_length=80, blank=True, help_text="Van wie de score komt.")

    class Meta:
        verbose_name = "veiligheidsscore"
        verbose_name_plural = "veiligheidsscores"
        ordering = ("op", "id")
        indexes = [models.Index(fields=["casus", "op"], name="score_casus")]
        constraints = [models.CheckConstraint(condition=Q(score__lte=10), name="rw_8_1_score_0_tot_10")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="rw_8_2_score_blijft_staan", operation=pgtrigger.UpdateOf("score", "op"))
        ]

    def __str__(self) -> str:
        return f"{self.score}"

    @property
    def gebeurd_op(self) -> datetime:
        return self.op

    def pad(self) -> str:
        return f"{self.dossier.pad()}veiligheid/"


class Veiligheidsvoorwaarde(Casusaantekening):
    """A condition set by Veilig Thuis. Its text never changes; sharpening ends it and sets a new one (RW-11.2)."""

    telbaar = frozenset({"vastgesteld_op", "beeindigd_op"})
    na_vernietiging = frozenset[str]()
    ter_inzage = ("vastgesteld_op", "tekst", "geldt_tot", "beeindigd_op")

    tekst = PlatteTekst("voorwaarde", help_text="Wat er moet gebeuren of niet meer mag gebeuren.")
    vastgesteld_op = models.DateTimeField("vastgesteld op", default=timezone.now, help_text="Sinds wanneer zij geldt.")
    geldt_tot = models.DateField("geldt tot en met", null=True, blank=True, help_text="Leeg: tot nader bericht.")
    beeindigd_op = models.DateTimeField("beëindigd op", null=True, blank=True, editable=False)
    opvolger = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="vervangen door", editable=False
    )

    class Meta:
        verbose_name = "veiligheidsvoorwaarde"
        verbose_name_plural = "veiligheidsvoorwaarden"
        ordering = ("-vastgesteld_op", "-id")
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="rw_11_2_tekst_staat_vast",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("tekst", "vastgesteld_op"),
            )
        ]

    def __str__(self) -> str:
        return self.tekst

    @property
    def actueel(self) -> bool:
        return self.beeindigd_op is None

    @property
    def gebeurd_op(self) -> datetime:
        return self.vastgesteld_op

    def pad(self) -> str:
        return f"{self.dossier.pad()}veiligheid/"


class Veiligheidsafspraak(Casusaantekening):
    """What people agreed among themselves to stay safe (RW-8.17)."""

    telbaar = frozenset({"gemaakt_op"})
    na_vernietiging = frozenset[str]()
    ter_inzage = ("gemaakt_op", "met", "tekst", "vervallen_op")

    tekst = PlatteTekst("afspraak", help_text="Wat er is afgesproken.")
    met = Regeltekst("met", blank=True, help_text="Wie de afspraak maakten.")
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now, help_text="Wanneer de afspraak is gemaakt.")
    vervallen_op = models.DateTimeField("vervallen op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "veiligheidsafspraak"
        verbose_name_plural = "veiligheidsafspraken"
        ordering = ("-gemaakt_op", "-id")

    def __str__(self) -> str:
        return self.tekst

    @property
    def gebeurd_op(self) -> datetime:
        return self.gemaakt_op

    def pad(self) -> str:
        return f"{self.dossier.pad()}veiligheid/"


class Alarmering(Casusaantekening):
    """A warning for everyone who opens the case (RW-5.6); never in the inzagedossier (RW-5.18e)."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ()
    buiten_inzage = frozenset({"waarschuwing", "wat_te_doen", "sinds", "beeindigd_op"})

    waarschuwing = Regeltekst("waarschuwing", help_text="Bijvoorbeeld: jachtgeweer in de woning.")
    wat_te_doen = Regeltekst("wat te doen", max_length=400, blank=True, help_text="Hoe een collega veilig blijft.")
    sinds = models.DateTimeField("sinds", default=timezone.now, editable=False)
    beeindigd_op = models.DateTimeField("beëindigd op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "alarmering"
        verbose_name_plural = "alarmeringen"
        ordering = ("-sinds",)

    def __str__(self) -> str:
        return self.waarschuwing


class Bijlage(Casusstuk):
    """A file in the case, encrypted at rest. Before a report is taken up it has no case yet."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("ontvangen_op", "naam", "omschrijving")

    casus = models.ForeignKey(
        Casus, models.CASCADE, null=True, blank=True, related_name="bijlagen", verbose_name="casus", editable=False
    )
    stap = models.ForeignKey(
        Processtap,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="bijlagen",
        verbose_name="processtap",
        help_text="De stap waar dit bij hoort.",
    )
    contact = models.ForeignKey(
        Contact,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="bijlagen",
        verbose_name="contact",
        help_text="Het contact waar dit bij hoort.",
    )
    naam = Regeltekst("bestandsnaam", help_text="Zoals ontvangen.")
    omschrijving = Regeltekst("omschrijving", blank=True, help_text="Wat het is.")
    mediatype = models.CharField("soort bestand", max_length=100, editable=False)
    grootte = models.PositiveIntegerField("grootte in bytes", editable=False)
    vingerafdruk = models.CharField("vingerafdruk", max_length=64, editable=False)
    opslagnaam = models.CharField("plaats in de opslag", max_length=100, unique=True, editable=False)
    ontvangen_op = models.DateTimeField("ontvangen op", default=timezone.now, editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="toegevoegd door", editable=False
    )

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ("-ontvangen_op", "-id")
        constraints = [models.CheckConstraint(condition=Q(grootte__gt=0), name="bijlage_niet_leeg")]

    def __str__(self) -> str:
        return self.naam

    def slot(self) -> None:
        if self.casus_id:
            super().slot()

    @property
    def gebeurd_op(self) -> datetime:
        return self.ontvangen_op

    def pad(self) -> str:
        return f"{self.dossier.pad()}documenten/"
