"""Two persons who proved to be one: what was moved, so that they can be split again exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casus.models.betrokkenen import Betrokkene
from casus.models.casus import Casus
from casus.models.logboek import Logregel
from casus.models.persoon import Persoon
from vt_cvs.kern.dossier import Geschiedenis, Stuk
from vt_cvs.kern.velden import PlatteTekst


class Samenvoeging(Stuk):
    """`verdwenen` went up in `blijver`. Holds keys and version numbers only; what stood there stands in history."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("blijver", "reden")

    blijver = models.ForeignKey(Persoon, models.CASCADE, related_name="+", verbose_name="verder als", editable=False)
    verdwenen = models.ForeignKey(
        Persoon, models.CASCADE, related_name="+", verbose_name="opgegaan persoon", editable=False
    )
    versie_voor = models.PositiveIntegerField("versie ervoor", editable=False)
    versie_na = models.PositiveIntegerField("versie erna", editable=False)
    verplaatst = models.JSONField("verplaatst", default=list, editable=False)
    reden = PlatteTekst("reden", help_text="Waaraan je ziet dat dit dezelfde persoon is. Komt in het logboek.")
    samengevoegd_op = models.DateTimeField("samengevoegd op", default=timezone.now, editable=False)
    samengevoegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="samengevoegd door", editable=False
    )
    gesplitst_op = models.DateTimeField("gesplitst op", null=True, editable=False)
    gesplitst_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="gesplitst door",
        editable=False,
    )

    history = Geschiedenis()

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        ordering = ("-samengevoegd_op", "-id")
        constraints = [
            models.CheckConstraint(condition=~Q(blijver=F("verdwenen")), name="samenvoeging_van_twee"),
            models.UniqueConstraint(
                fields=["verdwenen"], condition=Q(gesplitst_op__isnull=True), name="samenvoeging_gaat_in_een_op"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="samenvoeging_staat_vast",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("blijver", "verdwenen", "verplaatst", "versie_voor", "versie_na"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdwenen} samengevoegd met {self.blijver}"

    @property
    def loopt(self) -> bool:
        return self.gesplitst_op is None

    def slot(self) -> None:
        """Both people, in the order of their keys."""
        wie = Persoon.objects.filter(pk__in=[self.blijver_id, self.verdwenen_id]).order_by("pk")
        list(wie.select_for_update(no_key=True, of=("self",)))

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        """In every case of the person, closed ones too: whoever looks later must see what happened."""
        wie = Betrokkene.objects.filter(persoon__in=[self.blijver_id, self.verdwenen_id])
        for casus in Casus.objects.filter(betrokkenen__in=wie).distinct().order_by("pk"):
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
