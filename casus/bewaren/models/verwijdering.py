"""Removing or destroying one file: proposed by one, agreed to by another, carried out in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_fsm import FSMField

from casus.bewaren import rechten, voorwaarden
from casus.models import Casus, Logregel
from vt_cvs.kern.dossier import Stuk
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.velden import PlatteTekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


class Verwijdering(Stuk, Toestandsmodel):
    """The act, and afterwards its report: when, by whom, how much; never about whom (RW-5.16c, RW-15.V1)."""

    class Stand(models.TextChoices):
        VOORGESTELD = "voorgesteld", "Voorgesteld"
        AKKOORD = "akkoord", "Akkoord"
        UITGEVOERD = "uitgevoerd", "Uitgevoerd"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    class Wijze(models.TextChoices):
        VERNIETIGEN = "vernietigen", "vernietigen (anonimiseren, telt nog mee)"
        VERWIJDEREN = "verwijderen", "verwijderen (alles weg, telt niet meer mee)"

    class Wegreden(models.TextChoices):
        TERMIJN = "termijn", "de bewaartermijn is voorbij"
        ONTERECHT = "onterecht", "de casus is onterecht aangemaakt"
        VERZOEK = "verzoek", "iemand heeft erom gevraagd"

    api_soort = "verwijderingen"
    telbaar = frozenset({"stand", "uitvoering", "wegreden", "uitgevoerd_op"})
    na_vernietiging = telbaar | {"verslag"}
    ter_inzage = ("voorgesteld_op", "uitvoering", "wegreden", "toelichting")

    casus = models.ForeignKey(Casus, models.SET_NULL, null=True, related_name="+", verbose_name="casus", editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.VOORGESTELD, protected=True)
    uitvoering = models.CharField(
        "wat er gebeurt", max_length=12, choices=Wijze.choices, help_text="Vernietigen laat de cijfers zoals ze zijn."
    )
    wegreden = models.CharField(
        "reden om weg te doen",
        max_length=10,
        choices=Wegreden.choices,
        help_text="Waarom het dossier weg moet.",
    )
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Voor wie meebeslist; verdwijnt met het dossier.")
    voorgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="voorgesteld door", editable=False
    )
    voorgesteld_op = models.DateTimeField("voorgesteld op", default=timezone.now, editable=False)
    akkoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="akkoord door",
        editable=False,
    )
    akkoord_op = models.DateTimeField("akkoord op", null=True, editable=False)
    uitgevoerd_op = models.DateTimeField("uitgevoerd op", null=True, editable=False)
    verslag = models.JSONField("verslag", default=dict, editable=False)

    @overgang(
        stand,
        van=Stand.VOORGESTELD,
        naar=Stand.AKKOORD,
        mag=rechten.mag_instemmen,
        mits=[voorwaarden.dossier_mag_weg],
        knop="Akkoord",
        zin="Akkoord: {o.uitvoering} van het dossier",
        regels=["RW-5.16c", "RW-15.V1"],
    )
    def stem_in(self, *, door: Medewerker) -> None:
        """The second employee; from here on it is carried out."""
        self.akkoord_door = door
        self.akkoord_op = timezone.now()

    @overgang(
        stand,
        van=[Stand.VOORGESTELD, Stand.AKKOORD],
        naar=Stand.INGETROKKEN,
        mag=rechten.mag_voorstellen,
        knop="Intrekken",
        zin="Voorstel om het dossier te {o.uitvoering} ingetrokken",
        regels=["RW-5.16c"],
    )
    def trek_in(self, *, door: Medewerker) -> None:
        """It stays after all; until it has been carried out that is possible."""

    @overgang(
        stand,
        van=Stand.AKKOORD,
        naar=Stand.UITGEVOERD,
        mag=rechten.mag_uitvoeren,
        mits=[voorwaarden.dossier_mag_weg],
        knop="Uitgevoerd",
        zin="Dossier weg: {o.uitvoering}",
        regels=["RW-15.V1", "RW-15.A1"],
    )
    def noteer_uitgevoerd(self, *, door: Medewerker) -> None:
        """What people typed goes with the file; what is left are numbers."""
        self.uitgevoerd_op = timezone.now()
        self.toelichting = ""

    class Meta:
        verbose_name = "verwijdering"
        verbose_name_plural = "verwijderingen"
        ordering = ("-voorgesteld_op", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["casus"], condition=Q(stand__in=["voorgesteld", "akkoord"]), name="verwijdering_een_tegelijk"
            ),
            models.CheckConstraint(
                condition=~Q(stand__in=["akkoord", "uitgevoerd"])
                | (Q(akkoord_door__isnull=False, akkoord_op__isnull=False) & ~Q(akkoord_door=F("voorgesteld_door"))),
                name="rw_15_v1_twee_medewerkers",
            ),
            models.CheckConstraint(
                condition=~Q(wegreden="onterecht") | Q(uitvoering="verwijderen"),
                name="rw_15_v1_onterecht_is_verwijderen",
            ),
            models.CheckConstraint(
                condition=~Q(stand="uitgevoerd") | Q(uitgevoerd_op__isnull=False, toelichting=""),
                name="rw_5_16c_verslag_zonder_tekst",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="verwijdering_machine",
                field="stand",
                transitions=[
                    ("akkoord", "ingetrokken"),
                    ("akkoord", "uitgevoerd"),
                    ("voorgesteld", "akkoord"),
                    ("voorgesteld", "ingetrokken"),
                ],
            ),
            pgtrigger.Protect(
                name="rw_15_v1_voorsteller_staat_vast",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("voorgesteld_door", "uitvoering", "wegreden"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uitvoering} van een dossier"

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[Verwijdering]:
        geldig = nummer.isascii() and nummer.isdigit() and len(nummer) < 19
        return cls.objects.filter(pk=nummer) if geldig else cls.objects.none()

    @property
    def dossier(self) -> Casus | None:
        return self.casus

    @property
    def loopt(self) -> bool:
        return self.stand in {self.Stand.VOORGESTELD, self.Stand.AKKOORD}

    def pad(self) -> str:
        return f"/bewaren/{self.pk}/"

    def slot(self) -> None:
        if self.casus_id:
            Casus.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.casus_id)
        if self.pk:
            Verwijdering.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        """In the log of the case as long as there is one; afterwards in that of the organisation."""
        casus = None if wat == "noteer_uitgevoerd" else self.casus
        Logregel.objects.create(
            casus=casus,
            soort=self._meta.label_lower,
            onderwerp_id=self.pk,
            wat=wat,
            zin=zin,
            motivering=motivering if casus else "",
            regels=list(dict.fromkeys(regels)),
            door=door,
            op_tijdlijn=casus is not None,
            pad=self.pad(),
        )

    def na_stap(self, naam: str, *, door: Any) -> None:
        from casus.bewaren.services import na_stap

        na_stap(self, naam, door=door)
