"""The signal: what reached us, exactly as it reached us, until someone decides what it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Bijlage, Casus, Casusstuk, Logregel
from casus.voorwaarden import eis_reden
from melding import rechten, voorwaarden
from melding.nummers import eigen_nummer
from melding.signalen.models import wachters
from melding.signalen.models.inhoud import Berichtinhoud
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Triagetermijn, triagetermijn
from vt_cvs.kern.velden import Regeltekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker

VAN_WIE = {
    "afzender": "een andere organisatie",
    "formulier": "het meldformulier",
    "medewerker": "een medewerker van Veilig Thuis",
}
"""Without a sender of its own: what reads on after “van”."""


@regel("RW-6.1")
class Signaal(Berichtinhoud, Casusstuk, Toestandsmodel):
    """A message as received; becomes a melding or advies, or is closed and then forgets whom it was about."""

    class Bron(models.TextChoices):
        AFZENDER = "afzender", "digitaal aangeleverd"
        FORMULIER = "formulier", "meldformulier"
        MEDEWERKER = "medewerker", "ingevoerd door een medewerker"

    class Stand(models.TextChoices):
        NIEUW = "nieuw", "Nieuw"
        ADVIES = "advies", "Advies geworden"
        MELDING = "melding", "Melding geworden"
        AFGESLOTEN = "afgesloten", "Afgesloten"

    telbaar = frozenset({"stand", "bron", "ontvangen_op"})
    na_vernietiging = telbaar
    ter_inzage = (
        "ontvangen_op",
        "incident_op",
        "incident_opgegeven",
        "bron",
        "tekst",
        "aanleiding",
        "duur_opgegeven",
        "gevaar",
        "hulpverlening",
        "wie_helpt",
        "afhankelijken",
    )

    buiten_inzage = frozenset({"melder_bereik"})  # how to reach someone without danger is for us alone

    api_soort = "signalen"
    nummer = models.CharField("meldingsnummer", max_length=13, editable=False)
    bron = models.CharField("bron", max_length=12, choices=Bron.choices, editable=False)
    afzender = models.ForeignKey(
        "organisatie.Afzender",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afzender",
        editable=False,
    )
    kenmerk = Regeltekst("kenmerk van de afzender", max_length=100, blank=True, editable=False)
    inhoud_hash = models.CharField("vingerafdruk van het bericht", max_length=64, blank=True, editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.NIEUW, protected=True)
    ontvangen_op = models.DateTimeField("ontvangen op", default=timezone.now, editable=False)
    incident_op = models.DateTimeField("incident op", null=True, blank=True, editable=False)
    twijfels = ArrayField(models.TextField(), verbose_name="na te kijken", default=list, blank=True, editable=False)
    bijlagen = models.ManyToManyField(Bijlage, related_name="+", verbose_name="bijlagen", editable=False)
    casus = models.ForeignKey(
        Casus, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="casus", editable=False
    )
    reden_sluiten = Regeltekst(
        "reden van sluiten",
        max_length=400,
        blank=True,
        help_text="Waarom dit geen melding of advies wordt. Zonder namen: de reden blijft staan, de rest verdwijnt.",
    )
    sluiten_voorgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="sluiten voorgesteld door",
        editable=False,
    )
    afgesloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afgesloten door",
        editable=False,
    )
    afgesloten_op = models.DateTimeField("afgesloten op", null=True, blank=True, editable=False)

    @overgang(
        stand,
        van=Stand.NIEUW,
        naar=Stand.MELDING,
        mag=rechten.mag_ontvangen,
        mits=[voorwaarden.melding_staat_klaar],
        knop="Melding aannemen",
        zin="Signaal is melding geworden",
        regels=["RW-5.12d"],
    )
    def wordt_melding(self, *, door: Medewerker) -> None:
        """`neem_melding_aan` makes the report; the signal follows."""
        self.casus = self.melding.stap.casus

    @overgang(
        stand,
        van=Stand.NIEUW,
        naar=Stand.ADVIES,
        mag=rechten.mag_opnemen,
        mits=[voorwaarden.kan_advies_zijn, voorwaarden.advies_staat_klaar],
        knop="Advies beginnen",
        zin="Signaal is advies geworden",
        regels=["RW-5.12d", "RW-6.2"],
    )
    def wordt_advies(self, *, door: Medewerker) -> None:
        """Advice names nobody: what the signal knew about people goes."""
        self.casus = self.advies.stap.casus
        self.vergeet()

    @overgang(
        stand,
        van=Stand.NIEUW,
        naar=Stand.NIEUW,
        mag=rechten.mag_opnemen,
        knop="Sluiten voorstellen",
        zin="Voorgesteld om het signaal te sluiten",
    )
    def stel_sluiten_voor(self, *, door: Medewerker, reden: str) -> None:
        """This is nothing for us: one says so and why, another confirms."""
        eis_reden(reden, veld="reden")
        self.reden_sluiten, self.sluiten_voorgesteld_door = reden, door

    @overgang(
        stand,
        van=Stand.NIEUW,
        naar=Stand.NIEUW,
        mag=rechten.mag_opnemen,
        mits=[voorwaarden.sluiten_is_voorgesteld],
        knop="Voorstel intrekken",
        zin="Voorstel om te sluiten ingetrokken",
    )
    def trek_voorstel_in(self, *, door: Medewerker) -> None:
        """On second thoughts it stays."""
        self.reden_sluiten, self.sluiten_voorgesteld_door = "", None

    @overgang(
        stand,
        van=Stand.NIEUW,
        naar=Stand.AFGESLOTEN,
        mag=rechten.mag_signaal_sluiten,
        mits=[voorwaarden.sluiten_is_voorgesteld],
        knop="Sluiten bevestigen",
        zin="Signaal afgesloten zonder melding; de persoonsgegevens zijn gewist",
    )
    def sluit(self, *, door: Medewerker) -> None:
        """The reason stays, the people go."""
        self.afgesloten_door, self.afgesloten_op = door, timezone.now()
        self.vergeet()

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        ordering = ("-ontvangen_op", "-id")
        indexes = [models.Index(fields=["ontvangen_op", "id"], condition=Q(stand="nieuw"), name="signaal_nieuw")]
        constraints = [
            models.UniqueConstraint(fields=["nummer"], name="rw_6_18_signaalnummer_uniek"),
            models.UniqueConstraint(
                fields=["afzender", "kenmerk"], condition=Q(afzender__isnull=False), name="signaal_eenmaal_per_kenmerk"
            ),
            wachters.opgenomen_heeft_casus,
            wachters.afgesloten_met_reden,
            wachters.sluiten_twee_mensen,
            wachters.advies_noemt_niemand,
        ]
        triggers: ClassVar = [
            wachters.machine,
            wachters.zoals_ontvangen,
            eigen_nummer("signaal"),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} van {self.van_wie}"

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[Signaal]:
        return cls.objects.filter(nummer=nummer)

    @property
    def is_digitaal(self) -> bool:
        """Came in from outside: nothing of it disappears on one person's word."""
        return self.bron != self.Bron.MEDEWERKER

    @property
    def van_wie(self) -> str:
        """Who sent it, without naming a person; reads on after “van”."""
        return self.afzender.naam if self.afzender else VAN_WIE[self.bron]

    @property
    def herkomst(self) -> str:
        """How it came in, as the first words of a sentence."""
        return self.afzender.naam if self.afzender else self.get_bron_display().capitalize()

    @property
    def volgt_op(self) -> Casus | None:
        """The closed case at which an employee heard this; its number is the reference of what they wrote down."""
        if self.is_digitaal or not self.kenmerk:
            return None
        return Casus.objects.filter(nummer=self.kenmerk, soort=Casus.Soort.MELDING).first()

    @property
    def feiten(self) -> list[tuple[str, str]]:
        """What was said besides the story, each with its label."""
        from melding.signalen.selectors import feiten

        return feiten(self)

    @property
    def is_nieuw(self) -> bool:
        return self.stand == self.Stand.NIEUW

    @property
    def termijn(self) -> Triagetermijn:
        return triagetermijn(self.ontvangen_op)

    @property
    def gebeurd_op(self) -> datetime:
        return self.ontvangen_op

    def pad(self) -> str:
        return f"/signaal/{self.nummer}/"

    def niet_ter_inzage(self) -> frozenset[str]:
        """What would show who an anonymous melder is, in the fields of the message as well."""
        melding = getattr(self, "melding", None)
        if melding is None or not melding.melder.anoniem:
            return frozenset()
        van_melder = {naam for naam in self.eigen_gegevens if naam.startswith("melder_")}
        return frozenset(van_melder | {"afzender", "kenmerk", "bron"})

    def vergeet(self) -> None:
        super().vergeet()
        if not self.is_digitaal:
            self.kenmerk = ""
        self.twijfels = []
        self.incident_op = None

    def slot(self) -> None:
        if self.casus_id:
            super().slot()
        if self.pk:
            Signaal._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        Logregel.objects.create(
            casus_id=self.casus_id,
            soort=self._meta.label_lower,
            onderwerp_id=self.pk,
            wat=wat,
            zin=zin,
            motivering=motivering,
            regels=list(dict.fromkeys(regels)),
            door=door,
            op_tijdlijn=self.casus_id is not None,
            pad=self.pad(),
        )

    def na_stap(self, naam: str, *, door: Any) -> None:
        from melding.signalen.services import na_stap

        na_stap(self, naam, door=door)
