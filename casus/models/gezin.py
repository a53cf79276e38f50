"""How people belong together: rows between two persons, and where someone of a case lived before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from casus.models import wachters
from casus.models.betrokkenen import Betrokkene
from casus.models.casus import Casus, Casusstuk
from casus.models.logboek import Logregel
from casus.models.persoon import Persoon
from vt_cvs.kern.dossier import Geschiedenis, Stuk


class Familieband(Stuk):
    """`persoon` is this to `ander`: its parent, its partner. Read the other way round it is a child, a grandchild.

    It belongs to the two people, as their birth does: it shows in every case in which both are. A tie between equals
    stands once, lowest key first, so the same tie cannot be written in two directions.
    """

    class Soort(models.TextChoices):
        OUDER = "ouder", "ouder van"
        STIEFOUDER = "stiefouder", "stiefouder van"
        PLEEGOUDER = "pleegouder", "pleegouder van"
        GROOTOUDER = "grootouder", "grootouder van"
        VOOGD = "voogd", "voogd van"
        GEZAG = "gezag", "heeft gezag over"
        PARTNER = "partner", "partner van"
        EX_PARTNER = "ex_partner", "ex-partner van"
        BROER_ZUS = "broer_zus", "broer of zus van"

    GELIJK: ClassVar = frozenset({"partner", "ex_partner", "broer_zus"})
    OMGEKEERD: ClassVar = {
        "ouder": "kind van",
        "stiefouder": "stiefkind van",
        "pleegouder": "pleegkind van",
        "grootouder": "kleinkind van",
        "voogd": "onder voogdij van",
        "gezag": "onder gezag van",
    }

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("persoon", "soort", "ander", "band_sinds", "band_tot")

    persoon = models.ForeignKey(Persoon, models.CASCADE, related_name="+", verbose_name="persoon", editable=False)
    soort = models.CharField(
        "familieband", max_length=12, choices=Soort.choices, help_text="Wat de een van de ander is."
    )
    ander = models.ForeignKey(Persoon, models.CASCADE, related_name="+", verbose_name="van wie", editable=False)
    band_sinds = models.DateField("sinds wanneer", null=True, blank=True, help_text="Leeg als dat niet bekend is.")
    band_tot = models.DateField(
        "tot wanneer",
        null=True,
        blank=True,
        help_text="Leeg zolang het zo is. Bij partners: de dag van uit elkaar gaan.",
    )

    history = Geschiedenis()

    class Meta:
        verbose_name = "familieband"
        verbose_name_plural = "familiebanden"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=~Q(persoon=F("ander")), name="familieband_niet_met_zichzelf"),
            models.CheckConstraint(
                condition=~Q(soort__in=["partner", "ex_partner", "broer_zus"]) | Q(persoon__lt=F("ander")),
                name="familieband_gelijken_in_een_richting",
            ),
            models.UniqueConstraint(
                fields=["persoon", "ander", "soort"],
                condition=Q(band_tot__isnull=True),
                name="familieband_loopt_eenmaal",
            ),
            models.CheckConstraint(
                condition=Q(band_tot__isnull=True) | Q(band_sinds__isnull=True) | Q(band_tot__gte=F("band_sinds")),
                name="familieband_eindigt_na_begin",
            ),
        ]
        triggers: ClassVar = [wachters.geen_kring]

    def __str__(self) -> str:
        return f"{self.persoon} is {self.get_soort_display()} {self.ander}"

    @property
    def loopt(self) -> bool:
        return self.band_tot is None

    def slot(self) -> None:
        """Both people, in the order of their keys."""
        wie = Persoon.objects.filter(pk__in=[self.persoon_id, self.ander_id]).order_by("pk")
        list(wie.select_for_update(no_key=True, of=("self",)))

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        """In every open case in which both people are."""
        casussen = Casus.objects.filter(stand=Casus.Stand.OPEN, betrokkenen__persoon=self.persoon_id)
        for casus in casussen.filter(betrokkenen__in=Betrokkene.objects.filter(persoon=self.persoon_id)).distinct():
            if Betrokkene.objects.filter(casus=casus, persoon=self.ander_id).exists():
                Logregel.objects.create(
                    casus=casus,
                    soort=self._meta.label_lower,
                    onderwerp_id=self.pk,
                    wat=wat,
                    zin=zin[:400],
                    motivering=motivering,
                    regels=list(regels),
                    door=door,
                    pad=f"{casus.pad()}betrokkenen/",
                )


class Woonperiode(Casusstuk):
    """Where someone of this case lived before; where they live now stands with the Betrokkene."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("betrokkene", "huishouden", "woonde_sinds", "woonde_tot")

    betrokkene = models.ForeignKey(
        Betrokkene, models.CASCADE, related_name="woonperioden", verbose_name="voor wie", editable=False
    )
    huishouden = models.PositiveSmallIntegerField("huishouden", editable=False)
    woonde_sinds = models.DateField("woonde daar sinds", null=True, editable=False)
    woonde_tot = models.DateField("woonde daar tot", editable=False)

    class Meta:
        verbose_name = "eerder huishouden"
        verbose_name_plural = "eerdere huishoudens"
        ordering = ("woonde_tot", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(woonde_sinds__isnull=True) | Q(woonde_tot__gte=F("woonde_sinds")),
                name="woonperiode_eindigt_na_begin",
            )
        ]

    def __str__(self) -> str:
        return f"huishouden {self.huishouden}"

    @property
    def casus(self) -> Casus:
        return self.betrokkene.casus
