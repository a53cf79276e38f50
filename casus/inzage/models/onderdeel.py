"""One part of the file, judged for one requester: show, redact or leave out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from casus.dossier import GRONDEN
from casus.inzage.models.verzoek import Inzageverzoek
from casus.inzage.models.wachters import verstrekt_staat_vast
from casus.models import Casus, Casusstuk, Processtap
from vt_cvs.kern.velden import PlatteTekst, Regeltekst


class Onderdeel(Casusstuk):
    """A piece of the file as it reads for the requester; no text is kept here, only the judgement on it.

    `lakplekken` are `{begin, eind, grond, voorstel, bron}` in the text as `casus.inzage.samenstellen` makes it;
    `vingerafdruk` tells whether that text is still the one that was judged.
    """

    class Oordeel(models.TextChoices):
        TE_DOEN = "te_doen", "Te doen"
        TONEN = "tonen", "Tonen, helemaal"
        LAKKEN = "lakken", "Tonen met gelakte stukken"
        WEGLATEN = "weglaten", "Weglaten, met grond"

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ()

    verzoek = models.ForeignKey(
        Inzageverzoek, models.CASCADE, related_name="onderdelen", verbose_name="inzageverzoek", editable=False
    )
    stap = models.ForeignKey(
        Processtap, models.CASCADE, null=True, related_name="+", verbose_name="processtap", editable=False
    )
    stuksoort = models.CharField("soort stuk", max_length=60, editable=False)
    stuk_id = models.BigIntegerField("stuk", editable=False)
    volgorde = models.PositiveIntegerField("volgorde", default=0, editable=False)
    titel = Regeltekst("titel", editable=False)
    wanneer = models.DateTimeField("wanneer", null=True, editable=False)
    alert = models.BooleanField("Alert", default=False, editable=False)
    vingerafdruk = models.CharField("vingerafdruk", max_length=64, editable=False)
    oordeel = models.CharField(
        "oordeel",
        max_length=10,
        choices=Oordeel.choices,
        default=Oordeel.TE_DOEN,
        help_text="Wat de verzoeker van dit onderdeel te zien krijgt.",
    )
    grond = models.CharField(
        "grond", max_length=1, choices=list(GRONDEN.items()), blank=True, help_text="Waarom dit wordt weggelaten."
    )
    lakplekken = models.JSONField("gelakte stukken", default=list, blank=True, editable=False)
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Voor collega’s; de verzoeker ziet dit niet.")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="door", editable=False
    )
    beoordeeld_op = models.DateTimeField("beoordeeld op", null=True, editable=False)

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        ordering = ("volgorde", "id")
        constraints = [
            models.UniqueConstraint(fields=["verzoek", "stuksoort", "stuk_id"], name="onderdeel_eenmaal"),
            models.CheckConstraint(
                condition=Q(oordeel="te_doen") | Q(door__isnull=False, beoordeeld_op__isnull=False),
                name="rw_5_18f_oordeel_van_iemand",
            ),
            models.CheckConstraint(condition=~Q(oordeel="weglaten") | ~Q(grond=""), name="rw_5_18f_weglaten_met_grond"),
            models.CheckConstraint(condition=~Q(oordeel="tonen") | Q(lakplekken=[]), name="rw_5_18f_tonen_is_helemaal"),
            models.CheckConstraint(
                condition=~Q(oordeel="lakken") | ~Q(lakplekken=[]), name="rw_5_18f_lakken_heeft_plek"
            ),
        ]
        triggers: ClassVar = [verstrekt_staat_vast]

    def __str__(self) -> str:
        return self.titel

    @property
    def dossier(self) -> Casus:
        return self.verzoek.casus

    @property
    def beoordeeld(self) -> bool:
        return self.oordeel != self.Oordeel.TE_DOEN and not self.voorstellen

    @property
    def voorstellen(self) -> list[dict[str, Any]]:
        """Redactions the system proposes and nobody judged yet."""
        return [plek for plek in self.lakplekken if plek["voorstel"]]

    def pad(self) -> str:
        return f"/inzage/{self.verzoek_id}/?deel={self.pk}"
