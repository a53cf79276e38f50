"""People: a Persoon belongs to the organisation, a Betrokkene is that person in one case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus import rechten, voorwaarden
from casus.models import wachters
from casus.models.casus import Casus, Casusstuk
from casus.models.logboek import Logregel
from casus.naamsleutels import zoeksleutels
from casus.namen import zoeknaam
from vt_cvs.kern.dossier import Geschiedenis, Stuk
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.velden import BlindeIndex, BSNVeld, PlatteTekst, Regeltekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


class Persoon(Stuk):
    """Someone known to this Veilig Thuis. Content never refuses: what cannot be right is kept and marked."""

    class Geslacht(models.TextChoices):
        VROUW = "V", "vrouw"
        MAN = "M", "man"
        ONBEKEND = "O", "onbekend"

    class BSNStand(models.TextChoices):
        GEEN = "geen", "niet bekend"
        ONJUIST = "onjuist", "klopt niet (elfproef)"
        MOGELIJK = "mogelijk", "nog niet nagekeken"
        BEVESTIGD = "bevestigd", "nagekeken en van deze persoon"

    telbaar = frozenset({"geboortejaar", "geslacht", "geboorteland"})
    na_vernietiging = telbaar
    ter_inzage = ("voornamen", "voorvoegsel", "achternaam", "geboortedatum", "geslacht", "geboorteland")
    buiten_inzage = frozenset(
        {"straat", "postcode", "plaats", "telefoon", "email", "adres_geheim", "brp_geheim", "bsn"}
    )

    voornamen = Regeltekst("voornamen", blank=True, help_text="Zoals bekend; een roepnaam mag.")
    voorvoegsel = Regeltekst("voorvoegsel", max_length=20, blank=True, help_text="Bijvoorbeeld: van den.")
    achternaam = Regeltekst("achternaam", blank=True, help_text="Mag leeg als die nog niet bekend is.")
    geboortedatum = models.DateField(
        "geboortedatum", null=True, blank=True, help_text="Om de persoon te herkennen en de leeftijd te weten."
    )
    geboortedatum_opgegeven = Regeltekst(
        "geboortedatum zoals opgegeven", max_length=40, blank=True, help_text="Als de datum niet kan of niet heel is."
    )
    geboortejaar = models.PositiveSmallIntegerField("geboortejaar", null=True, blank=True, editable=False)
    geslacht = models.CharField(
        "geslacht", max_length=1, choices=Geslacht.choices, blank=True, help_text="Voor het CBS; onbekend mag."
    )
    geboorteland = models.CharField("geboorteland", max_length=60, blank=True, help_text="Voor het CBS; onbekend mag.")
    ongeboren = models.BooleanField("ongeboren kind", default=False, help_text="Voor een kind dat nog komt.")
    bsn = BSNVeld("BSN", blank=True, help_text="Om zeker te weten om wie het gaat, en voor het VT Register.")
    bsn_index = BlindeIndex(van="bsn", db_index=True)
    bsn_stand = models.CharField(
        "BSN nagekeken", max_length=10, choices=BSNStand.choices, default=BSNStand.GEEN, editable=False
    )
    straat = Regeltekst("straat en huisnummer", blank=True, help_text="Waar de persoon verblijft.")
    postcode = Regeltekst("postcode", max_length=10, blank=True, help_text="Om de persoon te herkennen.")
    plaats = Regeltekst("woonplaats", max_length=80, blank=True, help_text="Waar de persoon verblijft.")
    adres_geheim = models.BooleanField(
        "adres geheim", default=False, help_text="Het adres komt dan nergens in beeld of in een brief aan een ander."
    )
    telefoon = Regeltekst("telefoon", max_length=40, blank=True, help_text="Om contact te kunnen leggen.")
    email = Regeltekst("e-mailadres", blank=True, help_text="Om contact te kunnen leggen.")
    overleden_op = models.DateField(
        "overleden op", null=True, blank=True, help_text="Leeg zolang de persoon leeft, of als het niet bekend is."
    )
    brp_geheim = models.BooleanField("adres geheim volgens de BRP", default=False, editable=False)
    brp_nagegaan_op = models.DateTimeField("in de BRP nagegaan op", null=True, blank=True, editable=False)
    opgegaan_in = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="samengevoegd met", editable=False
    )
    zoeknaam = models.CharField(max_length=300, blank=True, editable=False)
    zoeksleutels: Any = ArrayField(models.IntegerField(), default=list, blank=True, editable=False)

    # The digest is kept out of history: it would let a past BSN be recognised.
    history = Geschiedenis(excluded_fields=["bsn_index", "zoeknaam", "zoeksleutels"])

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        indexes = [
            GinIndex(fields=["zoeksleutels"], fastupdate=False, name="persoon_zoeksleutels"),
            models.Index(fields=["geboortedatum", "id"], name="persoon_geboortedatum"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(brp_geheim=False) | Q(adres_geheim=True), name="rw_7_14_geheim_in_de_brp_is_hier_geheim"
            ),
        ]
        triggers: ClassVar = [wachters.opgegaan_staat_vast]

    def __str__(self) -> str:
        return self.volle_naam or ("ongeboren kind" if self.ongeboren else "naam onbekend")

    @property
    def volle_naam(self) -> str:
        return " ".join(deel for deel in (self.voornamen, self.voorvoegsel, self.achternaam) if deel)

    def is_minderjarig(self, op: date | None = None) -> bool | None:
        """None when the birth date is not known."""
        if self.ongeboren:
            return True
        if self.geboortedatum is None:
            return None
        dag = op or timezone.localdate()
        g = self.geboortedatum
        return dag.year - g.year - ((dag.month, dag.day) < (g.month, g.day)) < 18

    def slot(self) -> None:
        if self.pk:
            Persoon.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)

    def bewaar(self, *, door: Any, reden: str) -> None:
        self.zet_zoekkolommen()
        if self.geboortedatum:
            self.geboortejaar = self.geboortedatum.year
        super().bewaar(door=door, reden=reden)

    def zet_zoekkolommen(self) -> None:
        """What people are found by; a secret address is not among it."""
        self.zoeknaam = zoeknaam(self.voornamen, self.achternaam)
        postcode, straat = ("", "") if self.adres_geheim else (self.postcode, self.straat)
        self.zoeksleutels = zoeksleutels(self.voornamen, self.achternaam, postcode=postcode, straat=straat)

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        """In every open case this person is in; without one, in the log of the organisation."""
        casussen = Casus.objects.filter(betrokkenen__persoon=self, stand="open").distinct()
        plekken: list[Casus | None] = [*casussen] or [None]
        for casus in plekken:
            Logregel.objects.create(
                casus=casus,
                soort=self._meta.label_lower,
                onderwerp_id=self.pk,
                wat=wat,
                zin=zin,
                motivering=motivering,
                regels=list(regels),
                door=door,
                op_tijdlijn=casus is not None,
                pad=f"{casus.pad()}betrokkenen/" if casus else "",
            )


class Zichtbaar(models.Manager["Betrokkene"]):
    """Everyone in a case once: who was merged into someone else of the same case stays as a row, out of sight."""

    def get_queryset(self) -> models.QuerySet[Betrokkene]:
        return super().get_queryset().filter(opgegaan_in__isnull=True)


class Betrokkene(Casusstuk, Toestandsmodel):
    """One person in one case. A directbetrokkene never becomes a betrokken derde (RW-7.5)."""

    class Rol(models.TextChoices):
        DERDE = "betrokken_derde", "Betrokken derde"
        DIRECT = "directbetrokkene", "Directbetrokkene"
        PROFESSIONAL = "professional", "Professional"

    class Aandeel(models.TextChoices):
        """A suspicion is never written as a fact."""

        ONBEKEND = "onbekend", "nog niet bekend"
        PLEGER = "vermoed_pleger", "vermoed pleger"
        ONDERGAAT = "ondergaat", "ondergaat het geweld"
        GETUIGE = "getuige", "getuige"
        GEZIN = "gezin", "hoort tot het gezin of huishouden"

    api_soort = "betrokkenen"
    telbaar = frozenset({"stand", "aandeel", "geboortejaar", "geslacht", "geboorteland"})
    na_vernietiging = frozenset({"stand", "aandeel", "geboortejaar", "geslacht", "geboorteland", "casus"})
    ter_inzage = ("persoon", "stand", "aandeel", "relatie", "gezag", "sinds")

    objects = Zichtbaar()

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="betrokkenen", verbose_name="casus", editable=False)
    persoon = models.ForeignKey(
        Persoon, models.PROTECT, null=True, related_name="betrokkenheden", verbose_name="persoon", editable=False
    )
    stand = FSMField(
        "rol",
        choices=Rol.choices,
        default=Rol.DIRECT,
        protected=True,
        help_text="Directbetrokkene: wie het geweld begaat of ondergaat, of tot hun huishouden of gezin hoort. "
        "Betrokken derde: wie bij het systeem hoort maar niet bij de melding betrokken is.",
    )
    aandeel = models.CharField(
        "aandeel",
        max_length=16,
        choices=Aandeel.choices,
        default=Aandeel.ONBEKEND,
        help_text="Wat volgens de melding het aandeel is; een vermoeden blijft een vermoeden.",
    )
    relatie = Regeltekst("relatie", max_length=80, blank=True, help_text="Bijvoorbeeld: moeder van Sem.")
    huishouden = models.PositiveSmallIntegerField(
        "huishouden", default=1, help_text="Wie samenwoont, heeft hetzelfde nummer."
    )
    huishouden_sinds = models.DateField(
        "woont daar sinds", null=True, blank=True, help_text="Leeg als dat niet bekend is."
    )
    huishouden_ook = models.PositiveSmallIntegerField(
        "woont ook in huishouden",
        null=True,
        blank=True,
        help_text="Voor een kind dat bij beide ouders woont.",
    )
    gezag = models.BooleanField(
        "gezag", null=True, blank=True, help_text="Of deze persoon gezag heeft; leeg: onbekend."
    )
    sinds = models.DateTimeField("betrokken sinds", default=timezone.now, editable=False)
    geboortejaar = models.PositiveSmallIntegerField("geboortejaar", null=True, blank=True, editable=False)
    geslacht = models.CharField("geslacht", max_length=1, blank=True, editable=False)
    geboorteland = models.CharField("geboorteland", max_length=60, blank=True, editable=False)
    reden_rol = PlatteTekst("reden van de rol", blank=True, help_text="Waarom iemand directbetrokkene werd.")
    opgegaan_in = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="samengevoegd met", editable=False
    )

    @overgang(
        stand,
        van=Rol.DERDE,
        naar=Rol.DIRECT,
        mag=rechten.mag_vastleggen,
        mits=[voorwaarden.casus_is_open],
        knop="Wordt directbetrokkene",
        zin="Betrokken derde is directbetrokkene geworden",
        regels=["RW-7.4"],
    )
    def wordt_directbetrokkene(self, *, door: Medewerker, reden: str) -> None:
        """A betrokken derde turns out to have a part in it; from now on in the VT Register."""
        voorwaarden.eis_reden(reden, veld="reden", regel="RW-7.4")
        self.reden_rol = reden

    class Meta:
        verbose_name = "betrokkene"
        verbose_name_plural = "betrokkenen"
        ordering = ("huishouden", "id")
        constraints = [
            models.UniqueConstraint(fields=["casus", "persoon"], name="betrokkene_eenmaal_per_casus"),
            models.CheckConstraint(
                condition=Q(stand__in=["directbetrokkene", "betrokken_derde", "professional"]),
                name="rw_7_3_bekende_rol",
            ),
            models.CheckConstraint(
                condition=Q(opgegaan_in__isnull=True) | Q(persoon__isnull=True),
                name="betrokkene_opgegaan_zonder_persoon",
            ),
            models.CheckConstraint(
                condition=Q(huishouden_ook__isnull=True) | ~Q(huishouden_ook=models.F("huishouden")),
                name="betrokkene_twee_huishoudens_verschillen",
            ),
        ]
        triggers: ClassVar = [
            wachters.alleen_in_open_casus,
            wachters.niet_met_wie_opging,
            pgtrigger.FSM(
                name="rw_7_5_nooit_terug",
                field="stand",
                transitions=[("betrokken_derde", "directbetrokkene")],
            ),
        ]

    def __str__(self) -> str:
        wie = self.verder_als
        return str(wie.persoon) if wie.persoon_id else "betrokkene"

    @property
    def verder_als(self) -> Betrokkene:
        """The row that speaks for this one since two persons of this case were merged."""
        return self.opgegaan_in.verder_als if self.opgegaan_in is not None else self

    def pad(self) -> str:
        return f"{self.dossier.pad()}betrokkenen/"

    @property
    def is_direct(self) -> bool:
        return self.stand == self.Rol.DIRECT

    def na_stap(self, naam: str, *, door: Any) -> None:
        from casus.services.betrokkenen import na_stap

        na_stap(self, door=door)
