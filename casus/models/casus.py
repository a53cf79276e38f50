"""The case: one family's file, from the first report to its destruction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_fsm import FSMField

from casus import rechten, voorwaarden
from casus.models import postwachters
from casus.models.logboek import Logregel
from vt_cvs.kern.dossier import Dossierstuk
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.velden import Regeltekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


_DICHT_MET_OPEN_STAP = """
    IF EXISTS (SELECT 1 FROM casus_casus WHERE id = NEW.id AND stand <> 'open') AND
       EXISTS (SELECT 1 FROM casus_processtap WHERE casus_id = NEW.id AND geeindigd_op IS NULL) THEN
        RAISE EXCEPTION 'rw_4_8: er staat nog een processtap open (casus %)', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


class Casusstuk(Dossierstuk):
    """A piece of one case: it locks the case, and its acts stand in the log of that case."""

    logzin: ClassVar[str] = ""

    class Meta:
        abstract = True

    @property
    def dossier(self) -> Casus:
        """The case this belongs to; pieces that hang on a step find it there."""
        stuk: Any = self
        return stuk.casus if hasattr(type(self), "casus") else stuk.stap.casus

    @property
    def logstap_id(self) -> int | None:
        return getattr(self, "stap_id", None)

    @property
    def gebeurd_op(self) -> datetime:
        """When it happened, for the time line; recorded now unless the piece itself knows better."""
        return timezone.now()

    @property
    def op_tijdlijn(self) -> bool:
        """Whether its acts show on the time line; everything stands in the log."""
        return True

    def pad(self) -> str:
        """Where it is on screen."""
        return self.dossier.pad()

    def slot(self) -> None:
        Casus.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.dossier.pk)

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        Logregel.objects.create(
            casus=self.dossier,
            stap_id=self.logstap_id,
            soort=self._meta.label_lower,
            onderwerp_id=self.pk,
            wat=wat,
            zin=zin[:400],
            motivering=motivering,
            regels=list(dict.fromkeys(regels)),
            door=door,
            gebeurd_op=self.gebeurd_op if wat == "maak" else timezone.now(),
            pad=self.pad(),
            op_tijdlijn=self.op_tijdlijn,
        )


class Casus(Casusstuk, Toestandsmodel):
    """One file around (partly) the same directbetrokkenen; its phase follows from its open steps."""

    class Soort(models.TextChoices):
        MELDING = "melding", "melding"
        ADVIES = "advies", "advies"

    class Stand(models.TextChoices):
        OPEN = "open", "Open"
        GESLOTEN = "gesloten", "Gesloten"
        VERNIETIGD = "vernietigd", "Vernietigd"

    class Veiligheid(models.TextChoices):
        """What the last VHT (or its interim conclusion) says; not a judgement of its own."""

        ONBEKEND = "onbekend", "Nog niet getaxeerd"
        ACUUT = "acuut", "Acuut onveilig"
        STRUCTUREEL = "structureel", "Structureel onveilig"
        MULTIPROBLEMATISCH = "multiproblematisch", "Multiproblematisch"
        GEEN = "geen", "Geen onveiligheid gezien"
        WAS_ACUUT = "was_acuut", "Was acuut"
        WAS_STRUCTUREEL = "was_structureel", "Was structureel"
        STABIEL = "stabiel", "Stabiel veilig"

    api_soort = "casussen"
    telbaar = frozenset({"soort", "stand", "gestart_op", "gesloten_op", "gemeente"})
    na_vernietiging = telbaar
    ter_inzage = ("soort", "gestart_op", "gesloten_op", "verantwoordelijke", "gemeente")

    nummer = models.CharField("casusnummer", max_length=13, unique=True, editable=False)
    soort = models.CharField(
        "type dossier", max_length=10, choices=Soort.choices, default=Soort.MELDING, editable=False
    )
    naam = Regeltekst("casusnaam", blank=True, editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.OPEN, protected=True)
    gestart_op = models.DateTimeField("startdatum", default=timezone.now, editable=False)
    gesloten_op = models.DateTimeField("einddatum", null=True, blank=True, editable=False)
    verantwoordelijke = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="verantwoordelijke",
        help_text="Wie voor de hele casus aanspreekbaar is.",
    )
    team = models.ForeignKey(
        "organisatie.Team",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="team",
        help_text="Het team dat de casus draagt; collega's van dit team kunnen hem openen.",
    )
    gemeente = models.CharField(
        "gemeente",
        max_length=10,
        blank=True,
        help_text="Waar de kinderen staan ingeschreven, anders degene tegen wie het geweld gericht is; voor het CBS.",
    )
    volgt_op = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="vervolgen",
        verbose_name="volgt op",
        editable=False,
    )
    afgeschermd = models.BooleanField(
        "afgeschermd", default=False, help_text="Alleen wie bij naam genoemd is, kan deze casus openen."
    )
    genoemden = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name="mag openen",
        help_text="Wie een afgeschermde casus kan openen.",
    )
    # Kept up to date by the services, so that a list of cases is one query.
    veiligheid = models.CharField(
        "veiligheid", max_length=20, choices=Veiligheid.choices, default=Veiligheid.ONBEKEND, editable=False
    )
    laagste_score = models.PositiveSmallIntegerField("laagste score", null=True, blank=True, editable=False)
    laatste_contact_op = models.DateTimeField("laatste contact", null=True, blank=True, editable=False)
    laatste_contact_hoe = models.CharField("hoe", max_length=20, blank=True, editable=False)
    heeft_alarm = models.BooleanField("alarmering", default=False, editable=False)
    heeft_nti = models.BooleanField("NTI", default=False, editable=False)

    buiten_inzage = frozenset({"heeft_alarm", "heeft_nti"})

    @overgang(
        stand,
        van=Stand.OPEN,
        naar=Stand.GESLOTEN,
        mag=rechten.mag_sluiten,
        mits=[voorwaarden.geen_open_stap, voorwaarden.geen_open_taak, voorwaarden.mag_sluiten],
        knop="Casus sluiten",
        zin="Casus gesloten",
        regels=["RW-5.12e"],
    )
    def sluit(self, *, door: Medewerker) -> None:
        """Everything in it has ended; contacts and attachments may still be added (RW-13.AF)."""
        self.gesloten_op = timezone.now()

    @overgang(
        stand,
        van=Stand.GESLOTEN,
        naar=Stand.OPEN,
        mag=rechten.mag_herstellen,
        knop="Sluiten herstellen",
        zin="Sluiten hersteld: de casus was bij vergissing gesloten",
        regels=["WVT-5"],
    )
    def herstel(self, *, door: Medewerker, reden: str) -> None:
        """Undo a mistaken closing; never the way in for a new report, so it always asks for the reason."""
        voorwaarden.eis_reden(reden, veld="reden", regel="WVT-5")
        self.gesloten_op = None

    @overgang(
        stand,
        van=Stand.GESLOTEN,
        naar=Stand.VERNIETIGD,
        mag=rechten.mag_vernietigen,
        knop="Casus vernietigen",
        zin="Casus vernietigd: geanonimiseerd",
    )
    def vernietig(self, *, door: Medewerker) -> None:
        """Only the destruction service takes this step, after two people agreed."""

    class Meta:
        verbose_name = "casus"
        verbose_name_plural = "casussen"
        indexes = [
            models.Index(fields=["verantwoordelijke", "stand"], name="casus_verantwoordelijke"),
            models.Index(fields=["team", "stand"], name="casus_team"),
            models.Index(fields=["soort", "gesloten_op"], condition=Q(stand="gesloten"), name="casus_gesloten"),
            models.Index(fields=["naam", "id"], name="casus_naam"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stand="open", gesloten_op__isnull=True) | (~Q(stand="open") & Q(gesloten_op__isnull=False)),
                name="rw_5_12e_gesloten_heeft_einddatum",
            ),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True) | Q(gesloten_op__gte=F("gestart_op")),
                name="casus_eindigt_na_begin",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="casus_machine",
                field="stand",
                transitions=[("open", "gesloten"), ("gesloten", "open"), ("gesloten", "vernietigd")],
            ),
            # At the end of the transaction: what follows up a case closes it before its monitoring hears of that.
            pgtrigger.Trigger(
                name="rw_4_8_dicht_zonder_open_stap",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand"),
                timing=pgtrigger.Deferred,
                func=_DICHT_MET_OPEN_STAP,
            ),
            postwachters.dicht_na_terugkoppeling,
        ]

    def __str__(self) -> str:
        return self.naam or f"Casus {self.nummer}"

    @property
    def dossier(self) -> Casus:
        return self

    def pad(self) -> str:
        return f"/casus/{self.nummer}/"

    @property
    def is_open(self) -> bool:
        return self.stand == self.Stand.OPEN

    def na_stap(self, naam: str, *, door: Any) -> None:
        from casus.services.betrokkenen import meld_betrokkenheid

        meld_betrokkenheid(self)
