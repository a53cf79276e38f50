"""What Veilig Thuis does itself after triage: V&V and onderzoek share their states, their clock and their outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from casus.models import eigenaarstrigger
from diensten import voorwaarden
from diensten.models.dienst import Dienst
from vt_cvs.kern.velden import PlatteTekst
from vt_cvs.organisatie.selectors import label

if TYPE_CHECKING:
    from diensten.models.onderzoekspunt import Onderzoekspunt
    from diensten.models.uitkomst import Uitkomst
    from vt_cvs.kern.termijnen import Termijn


class Stand(models.TextChoices):
    GEKOZEN = "gekozen", "Gekozen"
    LOPEND = "lopend", "Lopend"
    AFGEROND = "afgerond", "Afgerond"
    VOORTIJDIG = "voortijdig_beeindigd", "Voortijdig beëindigd"


class EigenDienst(Dienst):
    """Chosen is counted and waiting; running is taken up; the start date stays the date of the choice.

    Each kind declares its own arrows, so that a machine is read in one place; what they do is here.
    """

    Stand = Stand
    geeindigd_als = frozenset({Stand.AFGEROND, Stand.VOORTIJDIG})

    telbaar = frozenset({"stand", "opgepakt_op", "vervolg_monitoren", "vervolg_overdracht", "reden_voortijdig"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage: ClassVar[tuple[str, ...]] = (
        "stand",
        "vervolg_monitoren",
        "vervolg_overdracht",
        "toelichting",
        "reden_voortijdig",
    )

    vervolg_monitoren = models.BooleanField(
        "Monitoren", default=False, help_text="Veilig Thuis kijkt na 3 en 12 maanden of het veilig bleef."
    )
    vervolg_overdracht = models.BooleanField(
        "Overdracht daarna", default=False, help_text="Een andere partij gaat met het gezin verder."
    )
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Waarom dit vervolg past bij dit gezin.")
    reden_voortijdig = models.CharField(
        "reden van voortijdig einde",
        max_length=40,
        blank=True,
        help_text="Waarom de dienst eerder stopt. Voor het CBS.",
    )

    class Meta:
        abstract = True

    def _oppakken(self) -> None:
        self.opgepakt_op = self.opgepakt_op or timezone.now()

    def _voortijdig(self, reden_voortijdig: str, toelichting: str) -> None:
        voorwaarden.eis_reden(reden_voortijdig, veld="reden_voortijdig", regel="RW-4.8")
        voorwaarden.eis_code("reden_voortijdig", reden_voortijdig, veld="reden_voortijdig")
        self.reden_voortijdig = reden_voortijdig
        self.toelichting = toelichting
        self.vervolg_monitoren = self.vervolg_overdracht = False  # what was kept for later was no decision

    @property
    def termijn(self) -> Termijn | None:
        from diensten.selectors import tien_weken_van

        return None if self.is_geeindigd else tien_weken_van(self)

    @property
    def uitkomsten(self) -> QuerySet[Uitkomst]:
        """One per form of violence, for the whole family system."""
        from diensten.models.uitkomst import Uitkomst

        return Uitkomst.objects.filter(stap_id=self.stap_id)

    @property
    def punten(self) -> QuerySet[Onderzoekspunt]:
        """Research questions and expertise, the standing question first."""
        from diensten.models.onderzoekspunt import Onderzoekspunt

        return Onderzoekspunt.objects.filter(stap_id=self.stap_id)

    @property
    def vervolg_in_woorden(self) -> str:
        gekozen = {"Monitoren": self.vervolg_monitoren, "Overdracht": self.vervolg_overdracht}
        return " en ".join(naam for naam, wel in gekozen.items() if wel) or "nog niet besloten"

    @property
    def reden_voortijdig_in_woorden(self) -> str:
        return label("reden_voortijdig", self.reden_voortijdig)


def eisen(soort: str, *, vervolg: Q) -> list[models.BaseConstraint]:
    """What each stand asks of the row, whoever writes it."""
    return [
        models.CheckConstraint(condition=~Q(stand="afgerond") | vervolg, name=f"rw_4_8_{soort}_afgerond_heeft_vervolg"),
        models.CheckConstraint(
            condition=~Q(stand="voortijdig_beeindigd") | ~Q(reden_voortijdig=""),
            name=f"rw_4_8_{soort}_voortijdig_heeft_reden",
        ),
        models.CheckConstraint(
            condition=Q(stand="voortijdig_beeindigd")
            | Q(stand="gekozen", opgepakt_op__isnull=True)
            | Q(stand__in=["lopend", "afgerond"], opgepakt_op__isnull=False),
            name=f"rw_5_12b_{soort}_opgepakt_heeft_tijdstip",
        ),
    ]


def wachters(soort: str, *, pijlen: list[tuple[str, str]], zonder_uitkomst: str = "") -> list[Any]:
    """The step has this owner, the machine has these arrows, and an end has an outcome for each form of violence."""
    overslaan = f"IF {zonder_uitkomst} THEN RETURN NEW; END IF;" if zonder_uitkomst else ""
    return [
        eigenaarstrigger(soort),
        pgtrigger.FSM(name=f"{soort}_machine", field="stand", transitions=pijlen),
        pgtrigger.Trigger(
            name=f"rw_4_8_{soort}_uitkomst_per_vorm",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand"),
            condition=pgtrigger.Q(new__stand="afgerond"),
            func=f"""
                {overslaan}
                IF NOT EXISTS (SELECT 1 FROM diensten_uitkomst WHERE stap_id = NEW.stap_id)
                   OR EXISTS (SELECT 1 FROM diensten_uitkomst WHERE stap_id = NEW.stap_id AND uitkomst_geweld = '') THEN
                    RAISE EXCEPTION 'rw_4_8: dienst % heeft nog geen uitkomst per vorm van geweld', NEW.id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            """,  # noqa: S608 - the condition is a constant of the code
        ),
    ]
