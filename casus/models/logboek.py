"""The log: every act is one line, and no line ever changes. The time line of a case is read from it."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Logregel(models.Model):
    """One act: when it happened, who did it, in which step, with its motivation and the rules that applied.

    `zin` is made by the system; what people wrote stands in the piece itself. Only `motivering` is typed.
    """

    casus = models.ForeignKey("casus.Casus", models.CASCADE, null=True, related_name="logregels", verbose_name="casus")
    stap = models.ForeignKey(
        "casus.Processtap", models.CASCADE, null=True, related_name="logregels", verbose_name="processtap"
    )
    soort = models.CharField("soort stuk", max_length=60)
    onderwerp_id = models.BigIntegerField("stuk")
    wat = models.CharField("handeling", max_length=60)
    zin = models.CharField("wat er gebeurde", max_length=400)
    motivering = models.TextField("motivering", blank=True)
    regels = ArrayField(models.CharField(max_length=12), verbose_name="regels", default=list)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door")
    gebeurd_op = models.DateTimeField("gebeurd op", default=timezone.now)
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now)
    op_tijdlijn = models.BooleanField("op de tijdlijn", default=True)
    pad = models.CharField("vindplaats", max_length=200, blank=True)

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logboek"
        indexes = [
            models.Index(fields=["casus", "-gebeurd_op", "-id"], condition=Q(op_tijdlijn=True), name="log_tijdlijn"),
            models.Index(fields=["casus", "-id"], name="log_casus"),
            models.Index(fields=["soort", "onderwerp_id"], name="log_stuk"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="rw_3_12_logboek_staat_vast", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.zin
