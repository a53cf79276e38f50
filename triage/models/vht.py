"""The VHT: one assessment of one melding, its two conclusions, and what it says of safety."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Casus, Casusstuk, Processtap, eigenaarstrigger
from casus.voorwaarden import casus_is_open
from melding.models import Melding
from triage import bijzonder, rechten, voorwaarden
from triage.instrument import MULTIPROBLEMATISCH_CRITERIUM_B, Conclusie, Instrument, concludeer, instrument
from triage.models.wachters import BIJ_DE_EINDCONCLUSIE
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel

if TYPE_CHECKING:
    from triage.models.besluit import Triagebesluit
    from triage.models.onderbouwing import Feit, Geweldsvorm
    from vt_cvs.organisatie.models import Medewerker


@regel("RW-13.S0", "RW-8.14")
class VHT(Casusstuk, Toestandsmodel):
    """One assessment per melding. It can be supplemented as long as the case is open; each version is kept."""

    class Stand(models.TextChoices):
        IN_BEWERKING = "in_bewerking", "In bewerking"
        VASTGESTELD = "vastgesteld", "Vastgesteld"

    class Eindconclusie(models.TextChoices):
        ACUUT = "acuut", "Acuut onveilig"
        STRUCTUREEL = "structureel", "Structureel onveilig"
        MULTIPROBLEMATISCH = "multiproblematisch", "Multiproblematische leefsituatie"
        GEEN = "geen", "Geen onveiligheid gezien"
        ONBEKEND = "onbekend", "Niet volledig getaxeerd"

    class Tussenstand(models.TextChoices):
        JA = "ja", "Acuut onveilig"
        NEE = "nee", "Niet acuut"

    api_soort = "vhts"
    telbaar = frozenset({"stand", "instrument", "tussenstand_a", "eindconclusie", "criterium_b", "vastgesteld_op"})
    na_vernietiging = telbaar | {"stap", "melding"}
    ter_inzage = ("vastgesteld_op", "eindconclusie", "tussenstand_op", "tussenstand_a", "instrument")

    stap = models.OneToOneField(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    melding = models.ForeignKey(Melding, models.CASCADE, related_name="+", verbose_name="melding", editable=False)
    instrument = models.CharField("uitgave van het instrument", max_length=40, editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.IN_BEWERKING, protected=True)
    uit = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name="overgenomen uit", editable=False
    )
    tussenstand_a = models.CharField(
        "tussenstand A", max_length=4, choices=Tussenstand.choices, blank=True, editable=False
    )
    tussenstand_op = models.DateTimeField("tussenstand op", null=True, editable=False)
    tussenstand_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="tussenstand door",
        editable=False,
    )
    eindconclusie = models.CharField(
        "eindconclusie", max_length=20, choices=Eindconclusie.choices, blank=True, editable=False
    )
    criterium_b = models.BooleanField("criterium B aangekruist", default=False, editable=False)
    vastgesteld_op = models.DateTimeField("vastgesteld op", null=True, editable=False)
    vastgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="vastgesteld door",
        editable=False,
    )
    aangevuld_op = models.DateTimeField("aangevuld op", null=True, editable=False)

    @overgang(
        stand,
        van=[Stand.IN_BEWERKING, Stand.VASTGESTELD],
        naar=Stand.VASTGESTELD,
        mag=rechten.mag_invullen,
        mits=[
            casus_is_open,
            voorwaarden.elke_vorm_heeft_feit_en_bron,
            voorwaarden.c_is_ingevuld_als_dat_moet,
            voorwaarden.a_en_b_zijn_volledig,
            bijzonder.na_thv_acuut,
            bijzonder.na_crisis_acuut,
        ],
        knop="Eindconclusie vaststellen",
        zin="Eindconclusie van de VHT vastgesteld: {o.eindconclusie_naam}",
        regels=["RW-8.14", "RW-8.22"],
    )
    def stel_vast(self, *, door: Medewerker) -> None:
        """The conclusion follows from the answers; after a supplement it is set anew, with its own date."""
        conclusie = self.conclusie
        self.eindconclusie = conclusie.totaal
        self.criterium_b = bool(conclusie.criterium_b)
        self.vastgesteld_op = timezone.now()
        self.vastgesteld_door = door

    class Meta:
        verbose_name = "VHT"
        verbose_name_plural = "VHT's"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["melding"], name="rw_13_s0_een_vht_per_melding"),
            models.CheckConstraint(
                condition=Q(stand="in_bewerking", eindconclusie="", vastgesteld_op=None, vastgesteld_door=None)
                | Q(stand="vastgesteld", vastgesteld_op__isnull=False, vastgesteld_door__isnull=False)
                & ~Q(eindconclusie=""),
                name="rw_8_14_eindconclusie_heeft_moment",
            ),
            models.CheckConstraint(
                condition=Q(tussenstand_a="", tussenstand_op=None)
                | ~Q(tussenstand_a="") & Q(tussenstand_op__isnull=False, tussenstand_door__isnull=False),
                name="rw_8_14_tussenstand_heeft_moment",
            ),
        ]
        triggers: ClassVar = [
            eigenaarstrigger("triage"),
            pgtrigger.FSM(
                name="vht_machine",
                field="stand",
                transitions=[("in_bewerking", "vastgesteld"), ("vastgesteld", "vastgesteld")],
            ),
            *BIJ_DE_EINDCONCLUSIE,
        ]

    def __str__(self) -> str:
        return f"VHT bij melding {self.melding.nummer}"

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[VHT]:
        """By the number of its melding."""
        return cls.objects.filter(melding__nummer=nummer)

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def is_vastgesteld(self) -> bool:
        return self.stand == self.Stand.VASTGESTELD

    @property
    def blad(self) -> Instrument:
        """The edition these answers belong to."""
        return instrument(self.instrument)

    @property
    def vormen_met_feiten(self) -> list[tuple[Geweldsvorm, list[Feit]]]:
        """Each form of violence with the facts it rests on, from two questions however many there are."""
        per_vorm: dict[int, list[Feit]] = {}
        for feit in self.feiten.all():
            per_vorm.setdefault(feit.vorm_id, []).append(feit)
        return [(vorm, per_vorm.get(vorm.pk, [])) for vorm in self.vormen.all()]

    @property
    def conclusie(self) -> Conclusie:
        """As the answers stand now; read anew each time, for rows change beside this one."""
        return concludeer(self.blad, {a.vraag: a.waarde for a in self.antwoorden.all()})

    @property
    def eindconclusie_naam(self) -> str:
        """With the number of RW-8.22, which never replaces a positive A or B."""
        naam = self.get_eindconclusie_display() if self.eindconclusie else ""
        if not self.criterium_b:
            return naam
        ernaast = "" if self.eindconclusie == "multiproblematisch" else "; leefsituatie ernaast"
        return f"{naam}{ernaast} (conclusie {MULTIPROBLEMATISCH_CRITERIUM_B})"

    @property
    def zegt(self) -> str:
        """What this assessment says of safety: the final conclusion, unless acute danger was seen since."""
        gezien = self.tussenstand_op if self.tussenstand_a == self.Tussenstand.JA else None
        if gezien and (self.vastgesteld_op is None or gezien > self.vastgesteld_op):
            return "acuut"
        return self.eindconclusie or "onbekend"

    @cached_property
    def besluit(self) -> Triagebesluit:
        from triage.models.besluit import Triagebesluit

        besluit = Triagebesluit.objects.select_related("opsteller", "tweede").get(vht=self)
        besluit.vht = self
        return besluit

    @property
    def gebeurd_op(self) -> datetime:
        return self.stap.begonnen_op

    def pad(self) -> str:
        return f"{self.casus.pad()}vht/{self.melding.nummer}/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from triage.services.vht import na_stap

        na_stap(self, naam, door=door)
