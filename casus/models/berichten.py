"""What leaves the case for people: letters and mails, and the feedback to whoever reported."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus import rechten, voorwaarden
from casus.models import postwachters
from casus.models.betrokkenen import Betrokkene
from casus.models.casus import Casus, Casusstuk
from casus.models.processtap import Processtap
from casus.models.vastleggen import Bijlage
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.velden import PlatteTekst, Regeltekst
from vt_cvs.organisatie.sjablonen import Partij, Uitkomst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


class Bericht(Casusstuk):
    """A letter or mail in the file, exactly as it left (RW-6.10)."""

    class Soort(models.TextChoices):
        MAIL = "mail", "mail"
        BRIEF = "brief", "brief"

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("verzonden_op", "aan", "onderwerp", "tekst")
    buiten_inzage = frozenset({"adres", "postkenmerk"})

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="berichten", verbose_name="casus", editable=False)
    stap = models.ForeignKey(
        Processtap, models.CASCADE, null=True, related_name="berichten", verbose_name="processtap", editable=False
    )
    soort = models.CharField(
        "mail of brief", max_length=8, choices=Soort.choices, default=Soort.MAIL, help_text="Hoe het bericht gaat."
    )
    aan = Regeltekst("aan", help_text="Voor wie het bericht is.")
    adres = Regeltekst("adres", blank=True, help_text="Het mailadres of postadres.")
    onderwerp = Regeltekst("onderwerp", help_text="Zonder namen: een onderwerp leest ook een ander.")
    tekst = PlatteTekst("tekst", help_text="Wat er in het bericht staat.")
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now, editable=False)
    verzonden_op = models.DateTimeField("verzonden op", null=True, blank=True, editable=False)
    afgeleverd_op = models.DateTimeField("afgeleverd op", null=True, blank=True, editable=False)
    mislukt_op = models.DateTimeField("niet aangekomen op", null=True, blank=True, editable=False)
    postkenmerk = models.UUIDField("kenmerk van de post", default=uuid.uuid4, unique=True, editable=False)
    document = models.OneToOneField(
        Bijlage, models.SET_NULL, null=True, related_name="+", verbose_name="brief als PDF", editable=False
    )
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door", editable=False
    )

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ("-gemaakt_op", "-id")
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="rw_6_10_verzonden_staat_vast",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.verzonden_op IS NOT NULL AND (OLD.soort, OLD.aan, OLD.adres, OLD.onderwerp, OLD.tekst, "
                    "OLD.verzonden_op, OLD.postkenmerk) IS DISTINCT FROM (NEW.soort, NEW.aan, NEW.adres, "
                    "NEW.onderwerp, NEW.tekst, NEW.verzonden_op, NEW.postkenmerk)"
                ),
            ),
            pgtrigger.Protect(
                name="rw_6_10_verzonden_blijft",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__verzonden_op__isnull=False),
            ),
            postwachters.met_disclaimer,
            postwachters.naar_een_partij,
            postwachters.niets_over_anderen,
        ]

    def __str__(self) -> str:
        return self.onderwerp

    def pad(self) -> str:
        return f"{self.dossier.pad()}documenten/"

    @property
    def aflevering(self) -> str:
        """How far it is, for whoever sent it (RW-6.11)."""
        if self.verzonden_op is None:
            return "nog niet verzonden"
        if self.mislukt_op:
            return "niet aangekomen"
        return "afgeleverd" if self.afgeleverd_op else "onderweg"


class Terugkoppeling(Casusstuk, Toestandsmodel):
    """Telling a party what came of it: done, or motivated not done (RW-6.15)."""

    class Stand(models.TextChoices):
        TE_DOEN = "te_doen", "Te doen"
        VERZONDEN = "verzonden", "Verzonden"
        AFGELEVERD = "afgeleverd", "Afgeleverd"
        MISLUKT = "mislukt", "Niet aangekomen"
        NIET = "niet", "Niet, met reden"

    class Moment(models.TextChoices):
        MELDING = "melding", "over de melding en het dossier"
        TRIAGEBESLUIT = "triagebesluit", "na het triagebesluit"
        OVERDRACHT = "overdracht", "over de overdracht"
        EINDE = "einde", "aan het einde van de actieve betrokkenheid"

    class Wijze(models.TextChoices):
        MAIL = "mail", "mail"
        BRIEF = "brief", "brief"
        ANDERS = "anders", "anders (bijvoorbeeld telefonisch)"

    api_soort = "terugkoppelingen"
    telbaar = frozenset({"stand", "moment"})
    na_vernietiging = frozenset[str]()
    ter_inzage = ("moment", "stand", "gedaan_op", "reden_niet")
    buiten_inzage = frozenset({"aan", "adres", "functie", "soort_ontvanger"})

    stap = models.ForeignKey(
        Processtap, models.CASCADE, related_name="terugkoppelingen", verbose_name="processtap", editable=False
    )
    moment = models.CharField("wanneer", max_length=16, choices=Moment.choices, editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.TE_DOEN, protected=True)
    aan = Regeltekst("aan", blank=True, editable=False)
    functie = Regeltekst("functie", max_length=80, blank=True, editable=False)
    soort_ontvanger = models.CharField(
        "soort ontvanger", max_length=20, choices=Partij.choices, default=Partij.PROFESSIONAL, editable=False
    )
    uitkomst = models.CharField("triagebesluit", max_length=12, choices=Uitkomst.choices, blank=True, editable=False)
    betrokkene = models.ForeignKey(
        Betrokkene, models.CASCADE, null=True, related_name="+", verbose_name="voor wie", editable=False
    )
    via = models.ForeignKey(
        Betrokkene, models.CASCADE, null=True, related_name="+", verbose_name="via gezaghebbende", editable=False
    )
    meldingsnummer = models.CharField("meldingsnummer", max_length=13, blank=True, editable=False)
    adres = Regeltekst("adres", blank=True, help_text="Waar de terugkoppeling heen gaat.")
    wijze = models.CharField("hoe", max_length=8, choices=Wijze.choices, blank=True, help_text="Mail, brief of anders.")
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Bij anders: wat er is gezegd en door wie.")
    reden_niet = Regeltekst("reden van niet", blank=True, help_text="Waarom deze partij geen terugkoppeling krijgt.")
    bericht = models.OneToOneField(
        Bericht, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="bericht", editable=False
    )
    gedaan_op = models.DateTimeField("gedaan op", null=True, blank=True, editable=False)

    @overgang(
        stand,
        van=[Stand.TE_DOEN, Stand.MISLUKT],
        naar=Stand.VERZONDEN,
        mag=rechten.mag_vastleggen,
        mits=[
            voorwaarden.bericht_staat_klaar,
            voorwaarden.ontvanger_is_partij,
            voorwaarden.noemt_alleen_de_eigen_melding,
            voorwaarden.zegt_niets_over_een_ander,
            voorwaarden.adres_is_veilig,
        ],
        knop="Terugkoppeling versturen",
        zin="Terugkoppeling verstuurd",
        regels=["RW-6.15"],
    )
    def verstuur(self, *, door: Medewerker) -> None:
        """The mail or letter leaves; delivery is followed."""
        self.gedaan_op = timezone.now()

    @overgang(
        stand,
        van=[Stand.TE_DOEN, Stand.MISLUKT],
        naar=Stand.AFGELEVERD,
        mag=rechten.mag_vastleggen,
        knop="Anders gedaan",
        zin="Terugkoppeling op een andere manier gedaan",
        regels=["RW-6.12", "RW-6.15"],
    )
    def doe_anders(self, *, door: Medewerker, toelichting: str) -> None:
        """By telephone or in person, also after a mail that came back: what was said stays in the file."""
        voorwaarden.eis_reden(toelichting, veld="toelichting", regel="RW-6.15", uitleg="Schrijf op wat er is gezegd.")
        self.wijze = self.Wijze.ANDERS
        self.toelichting = toelichting
        self.gedaan_op = timezone.now()

    @overgang(
        stand,
        van=Stand.VERZONDEN,
        naar=Stand.AFGELEVERD,
        mag=rechten.is_bezorging,
        knop="Afgeleverd",
        zin="Terugkoppeling afgeleverd",
        regels=["RW-6.11"],
    )
    def noteer_afgeleverd(self, *, door: Medewerker) -> None:
        """The mail server took it."""

    @overgang(
        stand,
        van=[Stand.VERZONDEN, Stand.AFGELEVERD],
        naar=Stand.MISLUKT,
        mag=rechten.is_bezorging,
        knop="Niet aangekomen",
        zin="Terugkoppeling kwam niet aan",
        regels=["RW-6.11"],
    )
    def noteer_mislukt(self, *, door: Medewerker) -> None:
        """It did not arrive; someone has to look."""
        self.gedaan_op = None

    @overgang(
        stand,
        van=[Stand.TE_DOEN, Stand.MISLUKT],
        naar=Stand.NIET,
        mag=rechten.mag_vastleggen,
        mits=[],
        knop="Geen terugkoppeling",
        zin="Geen terugkoppeling, met reden",
        regels=["RW-6.6"],
    )
    def zie_af(self, *, door: Medewerker, reden: str) -> None:
        """Not done, for a reason that is recorded."""
        voorwaarden.eis_reden(reden, veld="reden")
        self.reden_niet = reden
        self.gedaan_op = timezone.now()

    class Meta:
        verbose_name = "terugkoppeling"
        verbose_name_plural = "terugkoppelingen"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(stand="niet") | ~Q(reden_niet__regex=r"^\s*$"), name="rw_6_6_niet_met_reden"
            ),
            models.UniqueConstraint(
                fields=["stap", "moment", "aan", "betrokkene", "via"],
                nulls_distinct=False,
                name="terugkoppeling_eenmaal",
            ),
            models.CheckConstraint(
                condition=Q(betrokkene__isnull=True) | Q(soort_ontvanger__in=["directbetrokkene", "gezaghebbende"]),
                name="rw_5_1_partij_past_bij_wie",
            ),
            models.CheckConstraint(
                condition=~Q(soort_ontvanger__in=["directbetrokkene", "gezaghebbende"]) | Q(betrokkene__isnull=False),
                name="rw_5_1_partij_heeft_iemand",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="terugkoppeling_machine",
                field="stand",
                transitions=[
                    ("te_doen", "verzonden"),
                    ("te_doen", "afgeleverd"),
                    ("te_doen", "niet"),
                    ("verzonden", "afgeleverd"),
                    ("verzonden", "mislukt"),
                    ("afgeleverd", "mislukt"),
                    ("mislukt", "verzonden"),
                    ("mislukt", "afgeleverd"),
                    ("mislukt", "niet"),
                ],
            ),
            postwachters.alleen_eigen_melding,
            postwachters.gedaan_of_gemotiveerd,
        ]

    def __str__(self) -> str:
        return f"terugkoppeling {self.get_moment_display()}"

    @property
    def is_voor_melder(self) -> bool:
        """Otherwise it is for someone the case is about, or who decides for a child it is about."""
        return self.betrokkene_id is None

    @property
    def ontvanger(self) -> Betrokkene | None:
        """Who of the case reads it; None for the melder, who is not in it."""
        return self.via or self.betrokkene

    @property
    def is_open(self) -> bool:
        return self.stand in {self.Stand.TE_DOEN, self.Stand.MISLUKT}

    def pad(self) -> str:
        return f"{self.dossier.pad()}terugkoppeling/{self.pk}/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from casus.services.terugkoppeling import na_stap

        na_stap(self, naam, door=door)
