"""The report: what was reported, and how far we are with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Casus, Casusstuk, Processtap, eigenaarstrigger
from melding import rechten, voorwaarden
from melding.meldingen.models.melder import Melder
from melding.nummers import eigen_nummer
from melding.signalen.models import JaNee, Signaal
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Triagetermijn, triagetermijn
from vt_cvs.kern.velden import PlatteTekst, Regeltekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


THV, CRISIS, MAATWERK = "thv", "crisis", "maatwerk"
"""The reasons for reporting that bring more with them; only the first knows whether a ban was given."""
BIJZONDER = (THV, CRISIS, MAATWERK)
GEEN_TAAK = "geen"
"""The code that says that someone looked, and that there is no such task."""


class Huisverbod(models.TextChoices):
    WEL = "wel", "uitgesproken"
    NIET = "niet", "niet uitgesproken"


@regel("RW-6.3", "RW-6.5", "RW-13.T1", "RW-13.C1", "WVT-9", "WVT-10")
class Melding(Casusstuk, Toestandsmodel):
    """One report in a case, with the number and date of the signal it came from."""

    class Stand(models.TextChoices):
        ONTVANGEN = "ontvangen", "Ontvangen"
        IN_BEOORDELING = "in_beoordeling", "In beoordeling"
        BESLOTEN = "besloten", "Besloten"
        AFGEHANDELD = "afgehandeld", "Afgehandeld"

    telbaar = frozenset(
        {"nummer", "stand", "ontvangen_op", "aanleiding", "thv_uitkomst", "ambtshalve", "gemeente", "duur_geweld",
         "hulpverlening", "afhankelijken", "melder"}
    )  # fmt: skip
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("nummer", "ontvangen_op", "incident_op", "situatie", "aanleiding", "thv_uitkomst", "taak_vt",
                  "taak_ander", "ambtshalve", "duur_geweld", "hulpverlening", "afhankelijken")  # fmt: skip

    api_soort = "meldingen"

    stap = models.OneToOneField(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    nummer = models.CharField("meldingsnummer", max_length=13, editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.ONTVANGEN, protected=True)
    ontvangen_op = models.DateTimeField(
        "ontvangen op",
        default=timezone.now,
        help_text="Vanaf hier loopt de wettelijke termijn; de casus begint op de dag van de eerste melding.",
    )
    incident_op = models.DateTimeField(
        "incident op", null=True, blank=True, help_text="Wanneer het gebeurde, als dat bekend is."
    )
    situatie = PlatteTekst(
        "situatieomschrijving",
        blank=True,
        help_text="Wat er is gemeld, in gewone tekst. Een schriftelijke melding staat hier zoals ontvangen.",
    )
    melder = models.ForeignKey(Melder, models.PROTECT, related_name="+", verbose_name="melder", editable=False)
    aanleiding = models.CharField(
        "aanleiding", max_length=40, blank=True, help_text="Waarom er nu is gemeld. Voor het CBS; onbekend mag."
    )
    thv_uitkomst = models.CharField(
        "huisverbod",
        max_length=4,
        choices=Huisverbod.choices,
        blank=True,
        help_text="Alleen bij aanleiding THV/RIHG: is het huisverbod uitgesproken?",
    )
    taak_vt = models.CharField(
        "taak van Veilig Thuis",
        max_length=40,
        blank=True,
        help_text="Wat Veilig Thuis zelf uitvoert bij het huisverbod, de crisis of de aanvraag. Dan komt lokaal "
        "maatwerk naast de dienst.",
    )
    taak_ander = models.CharField(
        "taak van een andere partij",
        max_length=40,
        blank=True,
        help_text="Wie daarbij ook een taak heeft. Dan komt Overdracht naast de dienst, met wat daarbij hoort.",
    )
    ambtshalve = models.BooleanField(
        "ambtshalve melding",
        default=False,
        help_text="Veilig Thuis begint deze melding zelf, op grond van wat het al weet. Voor het CBS.",
    )
    gemeente = models.CharField(
        "gemeente",
        max_length=10,
        blank=True,
        help_text="Waar de kinderen staan ingeschreven, of anders degene tegen wie het geweld gericht is. "
        "Voor het CBS.",
    )
    gemeente_reden = Regeltekst(
        "waarom een andere gemeente",
        blank=True,
        help_text="Alleen als je een andere gemeente kiest dan het voorstel, zodat een collega het begrijpt.",
    )
    duur_geweld = models.CharField(
        "duur van het geweld",
        max_length=40,
        blank=True,
        help_text="Hoe lang het al speelt. Voor het CBS; onbekend mag.",
    )
    hulpverlening = models.CharField(
        "betrokken hulpverlening",
        max_length=40,
        blank=True,
        help_text="Of er al hulp in het gezin is. Voor het CBS; onbekend mag.",
    )
    afhankelijken = models.CharField(
        "kinderen of afhankelijken in huis",
        max_length=8,
        choices=JaNee.choices,
        blank=True,
        help_text="Wonen er kinderen, of anderen die zorg nodig hebben? Dan kan Veilig Thuis meer doen.",
    )
    signaal = models.OneToOneField(
        Signaal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="melding",
        verbose_name="signaal",
        editable=False,
    )

    @overgang(
        stand,
        van=Stand.ONTVANGEN,
        naar=Stand.IN_BEOORDELING,
        mag=rechten.mag_volgen,
        knop="Beoordeling begint",
        zin="Beoordeling van de melding begonnen",
        regels=["RW-3.10"],
    )
    def begin_beoordeling(self, *, door: Medewerker) -> None:
        """Triage has begun: the VHT is being filled."""

    @overgang(
        stand,
        van=Stand.IN_BEOORDELING,
        naar=Stand.BESLOTEN,
        mag=rechten.mag_volgen,
        knop="Besluit is genomen",
        zin="Over de melding is besloten",
        regels=["RW-3.10"],
    )
    def noteer_besloten(self, *, door: Medewerker) -> None:
        """The triagebesluit has been taken."""

    @overgang(
        stand,
        van=Stand.BESLOTEN,
        naar=Stand.AFGEHANDELD,
        mag=rechten.mag_afhandelen,
        mits=[
            voorwaarden.mag_afhandelen,
            voorwaarden.terugkoppeling_is_gedaan,
            voorwaarden.telbare_velden_van_melding,
        ],
        knop="Melding afhandelen",
        zin="Melding afgehandeld",
        regels=["RW-3.10"],
    )
    def handel_af(self, *, door: Medewerker) -> None:
        """Its diensten have ended, the melder has heard, and what must be counted is there."""

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ("ontvangen_op", "id")
        constraints = [
            models.UniqueConstraint(fields=["nummer"], name="rw_6_18_meldingsnummer_uniek"),
            models.CheckConstraint(
                condition=models.Q(thv_uitkomst="") | models.Q(aanleiding=THV), name="rw_13_t1_uitkomst_bij_thv"
            ),
            models.CheckConstraint(
                condition=models.Q(taak_vt="", taak_ander="") | models.Q(aanleiding__in=["thv", "crisis", "maatwerk"]),
                name="rw_13_t3_taak_bij_bijzondere_melding",
            ),
        ]
        triggers: ClassVar = [
            eigenaarstrigger("melding"),
            pgtrigger.FSM(
                name="melding_machine",
                field="stand",
                transitions=[
                    ("besloten", "afgehandeld"),
                    ("in_beoordeling", "besloten"),
                    ("ontvangen", "in_beoordeling"),
                ],
            ),
            pgtrigger.Protect(
                name="rw_6_18_nummer_blijft",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("nummer", "signaal"),
            ),
            eigen_nummer("melding"),
            pgtrigger.Trigger(
                name="wvt_5_gesloten_blijft_gesloten",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stap_id"),
                func="""
                    IF TG_OP = 'UPDATE' AND NEW.stap_id = OLD.stap_id THEN RETURN NEW; END IF;
                    IF EXISTS (SELECT 1 FROM casus_processtap s JOIN casus_casus c ON c.id = s.casus_id
                                WHERE s.id = NEW.stap_id AND c.stand <> 'open') THEN
                        RAISE EXCEPTION 'wvt_5: een gesloten casus krijgt geen nieuwe melding'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="rw_7_10_nti_houdt_melder_anoniem",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("melder_id"),
                func="""
                    IF EXISTS (SELECT 1 FROM melding_nti n WHERE n.melding_id = NEW.id)
                       AND NOT EXISTS (SELECT 1 FROM melding_melder d WHERE d.id = NEW.melder_id AND d.anoniem) THEN
                        RAISE EXCEPTION 'rw_7_10: NTI hoort bij een anonieme melder' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"melding {self.nummer}"

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[Melding]:
        return cls.objects.filter(nummer=nummer)

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def termijn(self) -> Triagetermijn:
        return triagetermijn(self.ontvangen_op)

    @property
    def hulpverlening_onbekend(self) -> bool:
        """Stays in view until someone looked into it (WVT-9)."""
        return self.hulpverlening in {"", "onbekend"}

    @property
    def is_bijzonder(self) -> bool:
        """A ban, a crisis or a direct request: others may have a task beside us."""
        return self.aanleiding in BIJZONDER

    @property
    def taken_onbekend(self) -> bool:
        """Nobody has looked yet who carries out what; without a ban there is nothing to carry out."""
        wordt_uitgevoerd = self.aanleiding == CRISIS or (
            self.aanleiding == THV and self.thv_uitkomst != Huisverbod.NIET
        )
        return wordt_uitgevoerd and not (self.taak_vt and self.taak_ander)

    @property
    def heeft_nti(self) -> bool:
        from melding.meldingen.models.nti import NTI

        return NTI.objects.filter(melding=self).exists()

    @property
    def gebeurd_op(self) -> datetime:
        return self.ontvangen_op

    def pad(self) -> str:
        return f"{self.casus.pad()}meldingen/{self.nummer}/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from melding.meldingen.services.aannemen import na_stap

        na_stap(self, naam, door=door)
