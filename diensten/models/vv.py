"""V&V: Veilig Thuis looks into safety and conditions itself, within ten weeks of the triagebesluit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Casus, Casusstuk, Processtap, eigenaarstrigger
from diensten import rechten, voorwaarden
from diensten.models.dienst import Dienst
from vt_cvs.kern.overgangen import overgang
from vt_cvs.kern.velden import PlatteTekst
from vt_cvs.organisatie.selectors import label

if TYPE_CHECKING:
    from vt_cvs.kern.termijnen import Termijn
    from vt_cvs.organisatie.models import Medewerker

_UITKOMST_ONTBREEKT = """
    IF NOT EXISTS (SELECT 1 FROM diensten_uitkomst WHERE stap_id = NEW.stap_id)
       OR EXISTS (SELECT 1 FROM diensten_uitkomst WHERE stap_id = NEW.stap_id AND uitkomst_geweld = '') THEN
        RAISE EXCEPTION 'rw_4_8: V&V % heeft nog geen uitkomst per vorm van geweld', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
_UITKOMST_WEG = """
    IF EXISTS (SELECT 1 FROM diensten_vv WHERE stap_id = NEW.stap_id AND stand = 'afgerond') THEN
        RAISE EXCEPTION 'rw_4_8: de V&V van deze uitkomst is afgerond, de uitkomst kan niet leeg'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class VV(Dienst):
    """Chosen is counted and waiting; running is taken up; the start date stays the date of the choice."""

    api_soort = "vvs"
    soort = Processtap.Soort.VV

    class Stand(models.TextChoices):
        GEKOZEN = "gekozen", "Gekozen"
        LOPEND = "lopend", "Lopend"
        AFGEROND = "afgerond", "Afgerond"
        VOORTIJDIG = "voortijdig_beeindigd", "Voortijdig beëindigd"

    geeindigd_als = frozenset({Stand.AFGEROND, Stand.VOORTIJDIG})

    telbaar = frozenset({"stand", "opgepakt_op", "vervolg_monitoren", "vervolg_overdracht", "reden_voortijdig"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("stand", "vervolg_monitoren", "vervolg_overdracht", "toelichting", "reden_voortijdig")

    stand = FSMField("status", choices=Stand.choices, default=Stand.GEKOZEN, protected=True)
    vervolg_monitoren = models.BooleanField(
        "Monitoren", default=False, help_text="Veilig Thuis kijkt na 3 en 12 maanden of het veilig bleef."
    )
    vervolg_overdracht = models.BooleanField(
        "Overdracht na V&V", default=False, help_text="Een andere partij gaat met het gezin verder."
    )
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Waarom dit vervolg past bij dit gezin.")
    reden_voortijdig = models.CharField(
        "reden van voortijdig einde",
        max_length=40,
        blank=True,
        help_text="Waarom de dienst eerder stopt. Voor het CBS.",
    )

    @overgang(
        stand,
        van=Stand.GEKOZEN,
        naar=Stand.LOPEND,
        mag=rechten.mag_behandelen,
        knop="V&V oppakken",
        zin="V&V opgepakt",
        regels=["RW-5.12b"],
    )
    def pak_op(self, *, door: Medewerker) -> None:
        """Someone starts on it; the start date does not move."""
        self.opgepakt_op = timezone.now()

    @overgang(
        stand,
        van=Stand.LOPEND,
        naar=Stand.AFGEROND,
        mag=rechten.mag_behandelen,
        mits=[voorwaarden.uitkomst_en_vervolg_zijn_gevuld, voorwaarden.voorwaarden_worden_gemonitord],
        knop="V&V afronden",
        zin="V&V afgerond, vervolg: {o.vervolg_in_woorden}",
        regels=["RW-4.8", "RAD-3", "RW-6.7"],
    )
    def rond_af(self, *, door: Medewerker) -> None:
        """Outcome and follow-up stand recorded; what follows starts in the same transaction."""

    @overgang(
        stand,
        van=[Stand.GEKOZEN, Stand.LOPEND],
        naar=Stand.VOORTIJDIG,
        mag=rechten.mag_behandelen,
        knop="V&V voortijdig beëindigen",
        zin="V&V voortijdig beëindigd: {o.reden_voortijdig_in_woorden}",
        regels=["RW-4.8"],
    )
    def beeindig_voortijdig(self, *, door: Medewerker, reden_voortijdig: str, toelichting: str = "") -> None:
        """It cannot go on, for instance because the family left; the reason is counted."""
        voorwaarden.eis_reden(reden_voortijdig, veld="reden_voortijdig", regel="RW-4.8")
        voorwaarden.eis_code("reden_voortijdig", reden_voortijdig, veld="reden_voortijdig")
        self.reden_voortijdig = reden_voortijdig
        self.toelichting = toelichting

    class Meta:
        verbose_name = "V&V"
        verbose_name_plural = "V&V's"
        constraints = [
            models.CheckConstraint(
                condition=~Q(stand="afgerond") | Q(vervolg_monitoren=True) | Q(vervolg_overdracht=True),
                name="rw_4_8_vv_afgerond_heeft_vervolg",
            ),
            models.CheckConstraint(
                condition=~Q(stand="voortijdig_beeindigd") | ~Q(reden_voortijdig=""),
                name="rw_4_8_vv_voortijdig_heeft_reden",
            ),
            models.CheckConstraint(
                condition=Q(stand="voortijdig_beeindigd")
                | Q(stand="gekozen", opgepakt_op__isnull=True)
                | Q(stand__in=["lopend", "afgerond"], opgepakt_op__isnull=False),
                name="rw_5_12b_vv_opgepakt_heeft_tijdstip",
            ),
        ]
        triggers: ClassVar = [
            eigenaarstrigger("vv"),
            pgtrigger.FSM(
                name="vv_machine",
                field="stand",
                transitions=[
                    ("gekozen", "lopend"),
                    ("gekozen", "voortijdig_beeindigd"),
                    ("lopend", "afgerond"),
                    ("lopend", "voortijdig_beeindigd"),
                ],
            ),
            pgtrigger.Trigger(
                name="rw_4_8_vv_uitkomst_per_vorm",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand"),
                condition=pgtrigger.Q(new__stand="afgerond"),
                func=_UITKOMST_ONTBREEKT,
            ),
        ]

    @property
    def termijn(self) -> Termijn | None:
        from diensten.selectors import tien_weken_van

        return None if self.is_geeindigd else tien_weken_van(self)

    @property
    def uitkomsten(self) -> QuerySet[Uitkomst]:
        return Uitkomst.objects.filter(stap_id=self.stap_id)

    @property
    def vervolg_in_woorden(self) -> str:
        gekozen = {"Monitoren": self.vervolg_monitoren, "Overdracht": self.vervolg_overdracht}
        return " en ".join(naam for naam, wel in gekozen.items() if wel) or "nog niet besloten"

    @property
    def reden_voortijdig_in_woorden(self) -> str:
        return label("reden_voortijdig", self.reden_voortijdig)


class Uitkomst(Casusstuk):
    """What became of one form of violence, for the whole family system (RW-9.21)."""

    telbaar = frozenset({"vorm", "uitkomst_geweld"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("vorm", "uitkomst_geweld")

    stap = models.ForeignKey(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    vorm = models.CharField("vorm van geweld", max_length=40, help_text="Telt mee in de cijfers; onbekend mag.")
    uitkomst_geweld = models.CharField(
        "uitkomst", max_length=40, blank=True, help_text="Wat er uit kwam, voor het hele gezin. Voor het CBS."
    )

    class Meta:
        verbose_name = "uitkomst per vorm van geweld"
        verbose_name_plural = "uitkomsten per vorm van geweld"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["stap", "vorm"], name="uitkomst_eenmaal_per_vorm")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_4_8_uitkomst_niet_leeg_na_afronden",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("uitkomst_geweld"),
                condition=pgtrigger.Q(new__uitkomst_geweld=""),
                func=_UITKOMST_WEG,
            )
        ]

    def __str__(self) -> str:
        return f"{self.vorm_in_woorden}: {self.in_woorden or 'nog geen uitkomst'}"

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def vorm_in_woorden(self) -> str:
        return label("geweldsvorm", self.vorm)

    @property
    def veldnaam(self) -> str:
        """The name of its control on the page of the service."""
        return f"uitkomst_{self.pk}"

    @property
    def in_woorden(self) -> str:
        return label("uitkomst_geweld", self.uitkomst_geweld) if self.uitkomst_geweld else ""

    def pad(self) -> str:
        return f"{self.casus.pad()}diensten/{self.stap_id}/"
