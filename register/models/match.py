"""Another Veilig Thuis that knows the same person, as the register told us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models

from register.models.registratie import Registratie, log_bij_persoon
from vt_cvs.kern.dossier import Stuk


class Registermatch(Stuk):
    """Who knows this person, since when, and how to reach them; never why (VTR-1).

    It keeps no history: when the other withdraws, or we do, nothing of it remains but the line in the log.
    """

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("andere_organisatie", "betrokkenheid", "begin", "eind", "besproken_op")

    registratie = models.ForeignKey(
        Registratie, models.CASCADE, related_name="matches", verbose_name="registratie", editable=False
    )
    organisatiecode = models.CharField("code van de organisatie", max_length=50, editable=False)
    andere_organisatie = models.CharField("andere Veilig Thuis", max_length=120, editable=False)
    telefoon = models.CharField("telefoon", max_length=40, blank=True, editable=False)
    betrokkenheid = models.CharField(
        "betrokkenheid", max_length=10, choices=Registratie.Betrokkenheid.choices, editable=False
    )
    begin = models.DateField("betrokken van", null=True, editable=False)
    eind = models.DateField("betrokken tot", null=True, editable=False)
    besproken_op = models.DateTimeField("besproken op", null=True, blank=True, editable=False)
    besproken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="besproken door",
        editable=False,
    )

    class Meta:
        verbose_name = "match in het VT Register"
        verbose_name_plural = "matches in het VT Register"
        ordering = ("andere_organisatie", "id")
        constraints = [
            models.UniqueConstraint(fields=["registratie", "organisatiecode"], name="rw_14_4_match_eenmaal"),
            models.CheckConstraint(
                condition=models.Q(besproken_op__isnull=True, besproken_door__isnull=True)
                | models.Q(besproken_op__isnull=False, besproken_door__isnull=False),
                name="match_besproken_door_iemand",
            ),
        ]

    def __str__(self) -> str:
        return f"match met {self.andere_organisatie}"

    def casussen(self) -> list[Any]:
        return self.registratie.casussen()

    @property
    def dossier(self) -> Any:
        return self.registratie.dossier

    def pad(self) -> str:
        return self.registratie.pad()

    def slot(self) -> None:
        self.registratie.slot()

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        log_bij_persoon(self.registratie, self, door=door, wat=wat, zin=zin, motivering=motivering, regels=regels)


class OntvangenBericht(models.Model):
    """Messages of the register that were processed, so that none is processed twice. Numbers only."""

    nummer = models.BigIntegerField("nummer", unique=True)
    op = models.DateTimeField("op", auto_now_add=True)

    class Meta:
        verbose_name = "ontvangen bericht van het VT Register"
        verbose_name_plural = "ontvangen berichten van het VT Register"

    def __str__(self) -> str:
        return f"bericht {self.nummer}"
