"""A person known to this Veilig Thuis: of the organisation, and in a case as a Betrokkene."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

from casus.models import wachters
from casus.models.casus import Casus
from casus.models.logboek import Logregel
from casus.naamsleutels import zoeksleutels
from casus.namen import zoeknaam
from vt_cvs.kern.dossier import Geschiedenis, Stuk
from vt_cvs.kern.velden import BlindeIndex, BSNVeld, Regeltekst


class Persoon(Stuk):
    """Someone known to this Veilig Thuis. Content never refuses: what cannot be right is kept and marked."""

    class Geslacht(models.TextChoices):
        VROUW = "V", "vrouw"
        MAN = "M", "man"
        ONBEKEND = "O", "onbekend"

    class BSNStand(models.TextChoices):
        GEEN = "geen", "niet bekend"
        ONJUIST = "onjuist", "klopt niet (elfproef)"
        MOGELIJK = "mogelijk", "nog niet nagekeken"
        BEVESTIGD = "bevestigd", "nagekeken en van deze persoon"

    telbaar = frozenset({"geboortejaar", "geslacht", "geboorteland"})
    na_vernietiging = telbaar
    ter_inzage = ("voornamen", "voorvoegsel", "achternaam", "geboortedatum", "geslacht", "geboorteland")
    buiten_inzage = frozenset(
        {"straat", "postcode", "plaats", "telefoon", "email", "adres_geheim", "brp_geheim", "bsn"}
    )

    voornamen = Regeltekst("voornamen", blank=True, help_text="Zoals bekend; een roepnaam mag.")
    voorvoegsel = Regeltekst("voorvoegsel", max_length=20, blank=True, help_text="Bijvoorbeeld: van den.")
    achternaam = Regeltekst("achternaam", blank=True, help_text="Mag leeg als die nog niet bekend is.")
    geboortedatum = models.DateField(
        "geboortedatum", null=True, blank=True, help_text="Om de persoon te herkennen en de leeftijd te weten."
    )
    geboortedatum_opgegeven = Regeltekst(
        "geboortedatum zoals opgegeven", max_length=40, blank=True, help_text="Als de datum niet kan of niet heel is."
    )
    geboortejaar = models.PositiveSmallIntegerField("geboortejaar", null=True, blank=True, editable=False)
    geslacht = models.CharField(
        "geslacht", max_length=1, choices=Geslacht.choices, blank=True, help_text="Voor het CBS; onbekend mag."
    )
    geboorteland = models.CharField("geboorteland", max_length=60, blank=True, help_text="Voor het CBS; onbekend mag.")
    ongeboren = models.BooleanField("ongeboren kind", default=False, help_text="Voor een kind dat nog komt.")
    bsn = BSNVeld("BSN", blank=True, help_text="Om zeker te weten om wie het gaat, en voor het VT Register.")
    bsn_index = BlindeIndex(van="bsn", db_index=True)
    bsn_stand = models.CharField(
        "BSN nagekeken", max_length=10, choices=BSNStand.choices, default=BSNStand.GEEN, editable=False
    )
    straat = Regeltekst("straat en huisnummer", blank=True, help_text="Waar de persoon verblijft.")
    postcode = Regeltekst("postcode", max_length=10, blank=True, help_text="Om de persoon te herkennen.")
    plaats = Regeltekst("woonplaats", max_length=80, blank=True, help_text="Waar de persoon verblijft.")
    adres_geheim = models.BooleanField(
        "adres geheim", default=False, help_text="Het adres komt dan nergens in beeld of in een brief aan een ander."
    )
    telefoon = Regeltekst("telefoon", max_length=40, blank=True, help_text="Om contact te kunnen leggen.")
    email = Regeltekst("e-mailadres", blank=True, help_text="Om contact te kunnen leggen.")
    overleden_op = models.DateField(
        "overleden op", null=True, blank=True, help_text="Leeg zolang de persoon leeft, of als het niet bekend is."
    )
    brp_geheim = models.BooleanField("adres geheim volgens de BRP", default=False, editable=False)
    brp_nagegaan_op = models.DateTimeField("in de BRP nagegaan op", null=True, blank=True, editable=False)
    opgegaan_in = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="samengevoegd met", editable=False
    )
    zoeknaam = models.CharField(max_length=300, blank=True, editable=False)
    zoeksleutels: Any = ArrayField(models.IntegerField(), default=list, blank=True, editable=False)

    # The digest is kept out of history: it would let a past BSN be recognised.
    history = Geschiedenis(excluded_fields=["bsn_index", "zoeknaam", "zoeksleutels"])

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        indexes = [
            GinIndex(fields=["zoeksleutels"], fastupdate=False, name="persoon_zoeksleutels"),
            models.Index(fields=["geboortedatum", "id"], name="persoon_geboortedatum"),
            models.Index(fields=["postcode"], condition=Q(adres_geheim=True), name="persoon_geheime_postcode"),
            models.Index(Upper("straat"), condition=Q(adres_geheim=True), name="persoon_geheime_straat"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(brp_geheim=False) | Q(adres_geheim=True), name="rw_7_14_geheim_in_de_brp_is_hier_geheim"
            ),
        ]
        triggers: ClassVar = [wachters.opgegaan_staat_vast]

    def __str__(self) -> str:
        return self.volle_naam or ("ongeboren kind" if self.ongeboren else "naam onbekend")

    @property
    def volle_naam(self) -> str:
        return " ".join(deel for deel in (self.voornamen, self.voorvoegsel, self.achternaam) if deel)

    def is_minderjarig(self, op: date | None = None) -> bool | None:
        """None when the birth date is not known."""
        if self.ongeboren:
            return True
        if self.geboortedatum is None:
            return None
        dag = op or timezone.localdate()
        g = self.geboortedatum
        return dag.year - g.year - ((dag.month, dag.day) < (g.month, g.day)) < 18

    def slot(self) -> None:
        if self.pk:
            Persoon.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)

    def bewaar(self, *, door: Any, reden: str) -> None:
        self.zet_zoekkolommen()
        if self.geboortedatum:
            self.geboortejaar = self.geboortedatum.year
        super().bewaar(door=door, reden=reden)

    def zet_zoekkolommen(self) -> None:
        """What people are found by; a secret address is not among it."""
        self.zoeknaam = zoeknaam(self.voornamen, self.achternaam)
        postcode, straat = ("", "") if self.adres_geheim else (self.postcode, self.straat)
        self.zoeksleutels = zoeksleutels(self.voornamen, self.achternaam, postcode=postcode, straat=straat)

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        """In every open case this person is in; without one, in the log of the organisation."""
        casussen = Casus.objects.filter(betrokkenen__persoon=self, stand="open").distinct()
        plekken: list[Casus | None] = [*casussen] or [None]
        for casus in plekken:
            Logregel.objects.create(
                casus=casus,
                soort=self._meta.label_lower,
                onderwerp_id=self.pk,
                wat=wat,
                zin=zin,
                motivering=motivering,
                regels=list(regels),
                door=door,
                op_tijdlijn=casus is not None,
                pad=f"{casus.pad()}betrokkenen/" if casus else "",
            )
