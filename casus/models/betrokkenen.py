"""A Betrokkene is a person in one case, with a role and a household."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus import rechten, voorwaarden
from casus.models import wachters
from casus.models.casus import Casus, Casusstuk
from casus.models.persoon import Persoon
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.velden import PlatteTekst, Regeltekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


class Zichtbaar(models.Manager["Betrokkene"]):
    """Everyone in a case once: who was merged into someone else of the same case stays as a row, out of sight."""

    def get_queryset(self) -> models.QuerySet[Betrokkene]:
        return super().get_queryset().filter(opgegaan_in__isnull=True)


class Betrokkene(Casusstuk, Toestandsmodel):
    """One person in one case. A directbetrokkene never becomes a betrokken derde (RW-7.5)."""

    class Rol(models.TextChoices):
        DERDE = "betrokken_derde", "Betrokken derde"
        DIRECT = "directbetrokkene", "Directbetrokkene"
        PROFESSIONAL = "professional", "Professional"

    class Aandeel(models.TextChoices):
        """A suspicion is never written as a fact."""

        ONBEKEND = "onbekend", "nog niet bekend"
        PLEGER = "vermoed_pleger", "vermoed pleger"
        ONDERGAAT = "ondergaat", "ondergaat het geweld"
        GETUIGE = "getuige", "getuige"
        GEZIN = "gezin", "hoort tot het gezin of huishouden"

    api_soort = "betrokkenen"
    telbaar = frozenset({"stand", "aandeel", "geboortejaar", "geslacht", "geboorteland"})
    na_vernietiging = frozenset({"stand", "aandeel", "geboortejaar", "geslacht", "geboorteland", "casus"})
    ter_inzage = ("persoon", "stand", "aandeel", "relatie", "gezag", "sinds")

    objects = Zichtbaar()

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="betrokkenen", verbose_name="casus", editable=False)
    persoon = models.ForeignKey(
        Persoon, models.PROTECT, null=True, related_name="betrokkenheden", verbose_name="persoon", editable=False
    )
    stand = FSMField(
        "rol",
        choices=Rol.choices,
        default=Rol.DIRECT,
        protected=True,
        help_text="Directbetrokkene: wie het geweld begaat of ondergaat, of tot hun huishouden of gezin hoort. "
        "Betrokken derde: wie bij het systeem hoort maar niet bij de melding betrokken is.",
    )
    aandeel = models.CharField(
        "aandeel",
        max_length=16,
        choices=Aandeel.choices,
        default=Aandeel.ONBEKEND,
        help_text="Wat volgens de melding het aandeel is; een vermoeden blijft een vermoeden.",
    )
    relatie = Regeltekst("relatie", max_length=80, blank=True, help_text="Bijvoorbeeld: moeder van Sem.")
    huishouden = models.PositiveSmallIntegerField(
        "huishouden", default=1, help_text="Wie samenwoont, heeft hetzelfde nummer."
    )
    huishouden_sinds = models.DateField(
        "woont daar sinds", null=True, blank=True, help_text="Leeg als dat niet bekend is."
    )
    huishouden_ook = models.PositiveSmallIntegerField(
        "woont ook in huishouden",
        null=True,
        blank=True,
        help_text="Voor een kind dat bij beide ouders woont.",
    )
    gezag = models.BooleanField(
        "gezag", null=True, blank=True, help_text="Of deze persoon gezag heeft; leeg: onbekend."
    )
    sinds = models.DateTimeField("betrokken sinds", default=timezone.now, editable=False)
    geboortejaar = models.PositiveSmallIntegerField("geboortejaar", null=True, blank=True, editable=False)
    geslacht = models.CharField("geslacht", max_length=1, blank=True, editable=False)
    geboorteland = models.CharField("geboorteland", max_length=60, blank=True, editable=False)
    reden_rol = PlatteTekst("reden van de rol", blank=True, help_text="Waarom iemand directbetrokkene werd.")
    opgegaan_in = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="samengevoegd met", editable=False
    )

    @overgang(
        stand,
        van=Rol.DERDE,
        naar=Rol.DIRECT,
        mag=rechten.mag_vastleggen,
        mits=[voorwaarden.casus_is_open],
        knop="Wordt directbetrokkene",
        zin="Betrokken derde is directbetrokkene geworden",
        regels=["RW-7.4"],
    )
    def wordt_directbetrokkene(self, *, door: Medewerker, reden: str) -> None:
        """A betrokken derde turns out to have a part in it; from now on in the VT Register."""
        voorwaarden.eis_reden(reden, veld="reden", regel="RW-7.4")
        self.reden_rol = reden

    class Meta:
        verbose_name = "betrokkene"
        verbose_name_plural = "betrokkenen"
        ordering = ("huishouden", "id")
        constraints = [
            models.UniqueConstraint(fields=["casus", "persoon"], name="betrokkene_eenmaal_per_casus"),
            models.CheckConstraint(
                condition=Q(stand__in=["directbetrokkene", "betrokken_derde", "professional"]),
                name="rw_7_3_bekende_rol",
            ),
            models.CheckConstraint(
                condition=Q(opgegaan_in__isnull=True) | Q(persoon__isnull=True),
                name="betrokkene_opgegaan_zonder_persoon",
            ),
            models.CheckConstraint(
                condition=Q(huishouden_ook__isnull=True) | ~Q(huishouden_ook=models.F("huishouden")),
                name="betrokkene_twee_huishoudens_verschillen",
            ),
        ]
        triggers: ClassVar = [
            wachters.alleen_in_open_casus,
            wachters.niet_met_wie_opging,
            pgtrigger.FSM(
                name="rw_7_5_nooit_terug",
                field="stand",
                transitions=[("betrokken_derde", "directbetrokkene")],
            ),
        ]

    def __str__(self) -> str:
        wie = self.verder_als
        return str(wie.persoon) if wie.persoon_id else "betrokkene"

    @property
    def verder_als(self) -> Betrokkene:
        """The row that speaks for this one since two persons of this case were merged."""
        return self.opgegaan_in.verder_als if self.opgegaan_in is not None else self

    def pad(self) -> str:
        return f"{self.dossier.pad()}betrokkenen/"

    @property
    def is_direct(self) -> bool:
        return self.stand == self.Rol.DIRECT

    def na_stap(self, naam: str, *, door: Any) -> None:
        from casus.services.betrokkenen import na_stap

        na_stap(self, door=door)
