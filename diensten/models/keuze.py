"""The choice of what follows: after triage, at the end of a service, or after an Overdracht that did not happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Casus, Casusstuk, Processtap
from diensten import rechten, voorwaarden
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.velden import PlatteTekst, Regeltekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


class Keuze(Casusstuk, Toestandsmodel):
    """V&V or onderzoek, and/or Overdracht, and/or Lokaal maatwerk (RW-9.2). Its date is their start date.

    It hangs on the triage step and its VHT, or on the step of the service that it follows (RW-8.21).
    """

    api_soort = "keuzes"

    class Stand(models.TextChoices):
        OPEN = "open", "Open"
        GEMAAKT = "gemaakt", "Gemaakt"

    telbaar = frozenset({"stand", "vv", "oz", "overdracht", "maatwerk", "soort_partij", "gemaakt_op"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("gemaakt_op", "vv", "oz", "overdracht", "partij", "maatwerk", "toelichting")

    vht = models.ForeignKey(
        "triage.VHT", models.SET_NULL, null=True, related_name="+", verbose_name="VHT", editable=False
    )
    stap = models.ForeignKey(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.OPEN, protected=True)
    vv = models.BooleanField(
        "V&V", default=False, help_text="Verder onderzoek naar veiligheid en voorwaarden, door Veilig Thuis."
    )
    oz = models.BooleanField(
        "Onderzoek", default=False, help_text="Onderzoek door Veilig Thuis; in plaats van V&V, nooit ernaast."
    )
    overdracht = models.BooleanField(
        "Overdracht", default=False, help_text="Een betrokken partij kan het goed oppakken; mag naast V&V of onderzoek."
    )
    soort_partij = models.CharField(
        "soort partij", max_length=40, blank=True, help_text="Aan wat voor organisatie je overdraagt. Voor het CBS."
    )
    partij = Regeltekst("partij", blank=True, help_text="De naam van de organisatie of het team.")
    maatwerk = models.BooleanField(
        "Lokaal maatwerk", default=False, help_text="Wat je regio zelf organiseert; mag ernaast of alleen."
    )
    soort_maatwerk = Regeltekst(
        "soort maatwerk", max_length=80, blank=True, help_text="Welk lokaal maatwerk wordt ingezet."
    )
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Waarom dit past bij dit gezin.")
    gemaakt_op = models.DateTimeField("gemaakt op", null=True, blank=True, editable=False)
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gemaakt door",
        editable=False,
    )

    @overgang(
        stand,
        van=Stand.OPEN,
        naar=Stand.GEMAAKT,
        mag=rechten.mag_kiezen,
        mits=[voorwaarden.casus_is_open, voorwaarden.keuze_na_conclusie_en_contact],
        knop="Keuze vastleggen",
        zin="Keuze vervolgstappen: {o.in_woorden}",
        regels=["RW-8.11", "RW-9.2", "RW-5.12b"],
    )
    def kies(
        self,
        *,
        door: Medewerker,
        vv: bool = False,
        oz: bool = False,
        overdracht: bool = False,
        soort_partij: str = "",
        partij: str = "",
        maatwerk: bool = False,
        soort_maatwerk: str = "",
        toelichting: str = "",
    ) -> None:
        """What is chosen starts now, in the same transaction."""
        voorwaarden.eis_minstens_een_keuze(vv, oz, overdracht, maatwerk)
        voorwaarden.eis_vv_of_oz(vv=vv, oz=oz)
        voorwaarden.eis_code("overdracht_organisatie", soort_partij, veld="soort_partij")
        self.vv, self.oz, self.overdracht, self.maatwerk = vv, oz, overdracht, maatwerk
        self.soort_partij, self.partij = (soort_partij, partij) if overdracht else ("", "")
        self.soort_maatwerk = soort_maatwerk if maatwerk else ""
        self.toelichting = toelichting
        self.gemaakt_op, self.gemaakt_door = timezone.now(), door

    class Meta:
        verbose_name = "keuze vervolgstappen"
        verbose_name_plural = "keuzen vervolgstappen"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["stap"], condition=Q(stand="open"), name="rw_8_11_een_open_keuze"),
            models.CheckConstraint(
                condition=Q(stand="open") | Q(vv=True) | Q(oz=True) | Q(overdracht=True) | Q(maatwerk=True),
                name="rw_9_2_minstens_een_keuze",
            ),
            models.CheckConstraint(condition=~Q(vv=True, oz=True), name="rw_9_2_vv_of_oz"),
            models.CheckConstraint(
                condition=Q(stand="open", gemaakt_op__isnull=True) | Q(stand="gemaakt", gemaakt_op__isnull=False),
                name="rw_5_12b_gemaakt_heeft_datum",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(name="keuze_machine", field="stand", transitions=[("open", "gemaakt")]),
            pgtrigger.Protect(
                name="rw_5_12b_datum_staat_vast",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__gemaakt_op__isnull=False, old__gemaakt_op__df=pgtrigger.F("new__gemaakt_op")
                ),
            ),
        ]

    def __str__(self) -> str:
        return "keuze vervolgstappen"

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def na_een_dienst(self) -> bool:
        """At the end of a service (RW-8.21), not after triage."""
        return self.stap.soort != Processtap.Soort.TRIAGE

    @property
    def in_woorden(self) -> str:
        """“V&V en Overdracht”."""
        gekozen = {
            "V&V": self.vv,
            "Onderzoek": self.oz,
            "Overdracht": self.overdracht,
            "Lokaal maatwerk": self.maatwerk,
        }
        return " en ".join(naam for naam, wel in gekozen.items() if wel) or "nog niet gemaakt"

    def pad(self) -> str:
        return f"{self.casus.pad()}keuze/{self.pk}/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from diensten.services.keuzes import start_gekozen_diensten

        start_gekozen_diensten(self, door=door)
