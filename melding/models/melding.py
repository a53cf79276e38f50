"""The report: what was reported, by whom, and how far we are with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Casus, Casusstuk, Processtap, eigenaarstrigger
from melding import rechten, voorwaarden
from melding.models.signaal import Signaal
from melding.nummers import eigen_nummer
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Triagetermijn, triagetermijn
from vt_cvs.kern.velden import PlatteTekst, Regeltekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


ANONIEM = frozenset({"soort", "functie", "organisatie", "naam", "email", "email_reden", "telefoon", "anoniem"})


@regel("RW-6.4", "RW-7.7")
class Melder(Casusstuk):
    """Whoever reported. An anonymous melder is known to us by function and organisation, to the family not at all."""

    class Soort(models.TextChoices):
        PROFESSIONAL = "professional", "professional"
        BURGER = "burger", "burger"
        POLITIE = "politie", "politie"
        ANONIEM = "anoniem", "anoniem"

    class EmailReden(models.TextChoices):
        NIET_BEKEND = "niet_bekend", "niet bekend"
        WIL_NIET = "wil_niet", "wil geen e-mailadres geven"

    telbaar = frozenset({"soort", "functie", "organisatie", "anoniem"})
    na_vernietiging = frozenset({"soort", "functie", "organisatie", "anoniem", "casus"})
    ter_inzage = ("naam", "functie", "organisatie")

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="+", verbose_name="casus", editable=False)
    soort = models.CharField(
        "soort melder", max_length=12, choices=Soort.choices, blank=True, help_text="Telt mee in de cijfers."
    )
    functie = models.CharField(
        "functie", max_length=40, blank=True, help_text="Rol of beroep van de melder. Voor het CBS; onbekend mag."
    )
    organisatie = models.CharField(
        "organisatie", max_length=40, blank=True, help_text="Waar de melder werkt. Voor het CBS; onbekend mag."
    )
    naam = Regeltekst("naam", blank=True, help_text="Om de melder te kunnen aanspreken en terug te koppelen.")
    email = Regeltekst("e-mailadres", blank=True, help_text="Om contact te kunnen leggen.")
    email_reden = models.CharField(
        "geen e-mailadres, omdat",
        max_length=12,
        choices=EmailReden.choices,
        blank=True,
        help_text="Een keuze volstaat; zonder adres volgt een taak om anders terug te koppelen.",
    )
    telefoon = Regeltekst("telefoon", max_length=40, blank=True, help_text="Om contact te kunnen leggen.")
    anoniem = models.BooleanField(
        "anoniem voor het gezin",
        default=False,
        help_text="Het gezin krijgt dan niets te weten over de melder, ook niet functie en organisatie.",
    )

    class Meta:
        verbose_name = "melder"
        verbose_name_plural = "melders"
        constraints = [
            models.CheckConstraint(condition=~Q(soort="anoniem") | Q(anoniem=True), name="melder_anoniem_is_anoniem")
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_6_16_eerst_de_nti",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("anoniem"),
                func="""
                    IF OLD.anoniem AND NOT NEW.anoniem AND EXISTS (
                        SELECT 1 FROM melding_nti n JOIN melding_melding m ON m.id = n.melding_id
                         WHERE m.melder_id = NEW.id) THEN
                        RAISE EXCEPTION 'rw_6_16: beslis eerst over de NTI, dan wordt de melder open'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return "anonieme melder" if self.anoniem else self.naam or "melder"

    @property
    def logstap_id(self) -> int | None:
        return None

    @regel("RW-5.18a")
    def niet_ter_inzage(self) -> frozenset[str]:
        """Of an anonymous melder the family learns nothing, not even what kind of work it is."""
        return ANONIEM if self.anoniem else frozenset()


@regel("RW-6.3", "RW-6.5")
class Melding(Casusstuk, Toestandsmodel):
    """One report in a case, with the number and date of the signal it came from."""

    class Stand(models.TextChoices):
        ONTVANGEN = "ontvangen", "Ontvangen"
        IN_BEOORDELING = "in_beoordeling", "In beoordeling"
        BESLOTEN = "besloten", "Besloten"
        AFGEHANDELD = "afgehandeld", "Afgehandeld"

    telbaar = frozenset(
        {"nummer", "stand", "ontvangen_op", "aanleiding", "gemeente", "duur_geweld", "hulpverlening", "melder"}
    )
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("nummer", "ontvangen_op", "incident_op", "situatie", "aanleiding", "duur_geweld", "hulpverlening")

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
    gemeente = models.CharField(
        "gemeente",
        max_length=10,
        blank=True,
        help_text="Waar de kinderen staan ingeschreven, of anders degene tegen wie het geweld gericht is. "
        "Voor het CBS.",
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
        constraints = [models.UniqueConstraint(fields=["nummer"], name="rw_6_18_meldingsnummer_uniek")]
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
    def heeft_nti(self) -> bool:
        return NTI.objects.filter(melding=self).exists()

    @property
    def gebeurd_op(self) -> datetime:
        return self.ontvangen_op

    def pad(self) -> str:
        return f"{self.casus.pad()}meldingen/{self.nummer}/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from melding.services.meldingen import na_stap

        na_stap(self, naam, door=door)


@regel("RW-6.16", "RW-6.17")
class NTI(Casusstuk):
    """What would give an anonymous melder away. Seen by who works on the case, never by the family."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ()
    buiten_inzage = frozenset({"inhoud", "reden"})

    melding = models.OneToOneField(Melding, models.CASCADE, related_name="+", verbose_name="melding", editable=False)
    inhoud = PlatteTekst(
        "inhoud", help_text="Wat herleidbaar is tot de anonieme melder; komt nooit in het inzagedossier."
    )
    reden = Regeltekst("reden", max_length=400, blank=True, help_text="Waardoor dit de melder zou verraden.")

    class Meta:
        verbose_name = "NTI"
        verbose_name_plural = "NTI"
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_7_10_alleen_anonieme_melder",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    PERFORM 1 FROM melding_melder d JOIN melding_melding m ON m.melder_id = d.id
                      WHERE m.id = NEW.melding_id AND d.anoniem FOR UPDATE OF d;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'rw_7_10: NTI hoort bij een anonieme melder' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"NTI bij {self.melding}"

    @property
    def casus(self) -> Casus:
        return self.melding.casus

    @property
    def logstap_id(self) -> int | None:
        return self.melding.stap_id

    def pad(self) -> str:
        return self.melding.pad()
