"""The triagebesluit: one per melding, taken by two, never revised."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Casus, Casusstuk
from casus.voorwaarden import casus_is_open
from triage import bijzonder, rechten, voorwaarden
from triage.models.vht import VHT
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst
from vt_cvs.organisatie.selectors import labels

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker

GENOMEN = pgtrigger.Q(old__stand="genomen")


@regel("RW-8.19", "RW-9.3")
class Triagebesluit(Casusstuk, Toestandsmodel):
    """The one decision on a melding. It is there as an empty concept from the start, so there is never a second."""

    class Stand(models.TextChoices):
        CONCEPT = "concept", "Concept"
        VOORGELEGD = "voorgelegd", "Voorgelegd"
        GENOMEN = "genomen", "Genomen"

    class Uitkomst(models.TextChoices):
        BIJ_VT = "bij_vt", "Vervolgstappen beleggen bij Veilig Thuis"
        OVERDRACHT = "overdracht", "Overdracht"
        MAATWERK = "maatwerk", "Inzet regionale maatwerktaak"
        EINDE = "einde", "Einde bemoeienis (geen vervolgstappen)"

    api_soort = "triagebesluiten"
    telbaar = frozenset({"stand", "uitkomst", "acuut", "genomen_op"})
    na_vernietiging = telbaar | {"vht", "opsteller", "tweede"}
    ter_inzage = ("genomen_op", "uitkomst", "toelichting", "acuut")

    vht = models.ForeignKey(VHT, models.CASCADE, related_name="+", verbose_name="VHT", editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.CONCEPT, protected=True)
    uitkomst = models.CharField(
        "triagebesluit",
        max_length=12,
        choices=Uitkomst.choices,
        blank=True,
        help_text="Wat er met deze melding gebeurt. Mag van de conclusie van de VHT afwijken.",
    )
    toelichting = PlatteTekst(
        "toelichting", blank=True, help_text="Waarom dit besluit. Komt in het dossier en, na screening, in de inzage."
    )
    opsteller = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="opsteller",
        editable=False,
    )
    tweede = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tweede medewerker",
        help_text="Wie het besluit toetst en meetekent; altijd een ander dan jij.",
    )
    acuut = models.BooleanField("acuut besluit", default=False, editable=False)
    voorgelegd_op = models.DateTimeField("voorgelegd op", null=True, blank=True, editable=False)
    genomen_op = models.DateTimeField("genomen op", null=True, blank=True, editable=False)

    @overgang(
        stand,
        van=Stand.CONCEPT,
        naar=Stand.VOORGELEGD,
        mag=rechten.mag_voorstellen,
        mits=[
            casus_is_open,
            voorwaarden.eindconclusie_is_vastgesteld,
            bijzonder.na_thv_bij_veilig_thuis,
            bijzonder.na_crisis_bij_veilig_thuis,
        ],
        knop="Voorleggen aan collega",
        zin="Triagebesluit voorgelegd aan {o.tweede.naam}: {o.uitkomst_naam}",
        regels=["RW-8.10", "RW-8.10b"],
    )
    def leg_voor(
        self, *, door: Medewerker, uitkomst: Uitkomst, tweede: Medewerker | None = None, toelichting: str = ""
    ) -> None:
        """The first employee decides and names who checks it."""
        voorwaarden.eis_voorstel(door=door, tweede=tweede, uitkomst=uitkomst)
        self.opsteller, self.tweede = door, tweede
        self.uitkomst, self.toelichting = uitkomst, toelichting
        self.voorgelegd_op = timezone.now()

    @overgang(
        stand,
        van=Stand.VOORGELEGD,
        naar=Stand.GENOMEN,
        mag=rechten.mag_tekenen,
        mits=[casus_is_open, voorwaarden.twee_medewerkers_besluiten],
        knop="Tekenen",
        zin="Triagebesluit genomen: {o.uitkomst_naam}",
        regels=["RW-8.10", "RW-8.10b", "RW-8.19"],
    )
    def bevestig(self, *, door: Medewerker, toelichting: str = "") -> None:
        """The second employee takes the decision together with the first, under their own name."""
        self.tweede = door
        self.genomen_op = timezone.now()
        self.getekend_met = toelichting

    @overgang(
        stand,
        van=Stand.VOORGELEGD,
        naar=Stand.CONCEPT,
        mag=rechten.mag_tekenen,
        knop="Terug met vraag of bezwaar",
        zin="Triagebesluit teruggegeven aan {o.opsteller.naam}",
        regels=["RW-8.10b"],
    )
    def geef_terug(self, *, door: Medewerker, toelichting: str) -> None:
        """Not yet: a question or an objection. Nothing has been decided; what was proposed stays as a concept."""
        voorwaarden.eis_toelichting(toelichting, "Schrijf je vraag of bezwaar op; je collega ziet die direct.")
        self.getekend_met = toelichting
        self.voorgelegd_op = None

    @overgang(
        stand,
        van=Stand.VOORGELEGD,
        naar=Stand.CONCEPT,
        mag=rechten.mag_voorstellen,
        knop="Voorstel terughalen",
        zin="Voorstel voor het triagebesluit teruggehaald",
    )
    def haal_terug(self, *, door: Medewerker) -> None:
        """To change it, or to ask another colleague."""
        self.voorgelegd_op = None

    @overgang(
        stand,
        van=Stand.CONCEPT,
        naar=Stand.GENOMEN,
        mag=rechten.mag_voorstellen,
        mits=[casus_is_open, voorwaarden.collega_tekent_vooraf],
        knop="Acuut triagebesluit nemen",
        zin="Acuut triagebesluit genomen: {o.uitkomst_naam}",
        regels=["RW-8.13", "RW-8.10", "RW-8.19"],
    )
    def neem_acuut(self, *, door: Medewerker, tweede: Medewerker | None = None, toelichting: str = "") -> None:
        """At once, with an empty VHT and one person logged in; the named colleague signs afterwards."""
        voorwaarden.eis_voorstel(door=door, tweede=tweede, uitkomst=self.Uitkomst.BIJ_VT)
        self.opsteller, self.tweede = door, tweede
        self.uitkomst, self.toelichting = self.Uitkomst.BIJ_VT, toelichting
        self.acuut = True
        self.genomen_op = timezone.now()

    class Meta:
        verbose_name = "triagebesluit"
        verbose_name_plural = "triagebesluiten"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["vht"], name="rw_8_19_een_besluit_per_melding"),
            models.CheckConstraint(
                condition=Q(stand="concept") | Q(opsteller__isnull=False, tweede__isnull=False),
                name="rw_8_10_twee_namen",
            ),
            models.CheckConstraint(condition=~Q(tweede=F("opsteller")), name="rw_8_10_twee_verschillende_namen"),
            models.CheckConstraint(
                condition=Q(stand="concept") | Q(uitkomst__in=["bij_vt", "overdracht", "maatwerk", "einde"]),
                name="rw_8_19_besluit_heeft_uitkomst",
            ),
            models.CheckConstraint(
                condition=Q(stand="genomen", genomen_op__isnull=False) | ~Q(stand="genomen") & Q(genomen_op=None),
                name="rw_8_19_genomen_heeft_tijdstip",
            ),
            models.CheckConstraint(
                condition=Q(acuut=False) | Q(stand="genomen", uitkomst="bij_vt"), name="rw_8_13_acuut_is_bij_vt"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="triagebesluit_machine",
                field="stand",
                transitions=[
                    ("concept", "genomen"),
                    ("concept", "voorgelegd"),
                    ("voorgelegd", "concept"),
                    ("voorgelegd", "genomen"),
                ],
            ),
            pgtrigger.Protect(
                name="rw_9_3_staat_vast", operation=pgtrigger.Update | pgtrigger.Delete, condition=GENOMEN
            ),
            pgtrigger.Trigger(
                name="rw_8_10b_genomen_is_getekend",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT 1 FROM triage_triagebesluit b
                                WHERE b.id = NEW.id AND b.stand = 'genomen' AND NOT b.acuut
                                  AND NOT EXISTS (SELECT 1 FROM triage_bevestiging t
                                                   WHERE t.besluit_id = b.id AND t.oordeel = 'eens'
                                                     AND t.getekend_door_id = b.tweede_id)) THEN
                        RAISE EXCEPTION 'rw_8_10b: een triagebesluit geldt pas als de tweede medewerker tekende'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    getekend_met: str = ""
    """What the signing employee wrote; kept in the row of the signature."""

    def __str__(self) -> str:
        return f"triagebesluit bij melding {self.vht.melding.nummer}"

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[Triagebesluit]:
        """By the number of its melding."""
        return cls.objects.filter(vht__melding__nummer=nummer)

    @property
    def casus(self) -> Casus:
        return self.vht.casus

    @property
    def logstap_id(self) -> int | None:
        return self.vht.stap_id

    @property
    def is_genomen(self) -> bool:
        return self.stand == self.Stand.GENOMEN

    @property
    def is_bevestigd(self) -> bool:
        return self.handtekeningen.filter(oordeel=Bevestiging.Oordeel.EENS).exists()

    @property
    def uitkomst_naam(self) -> str:
        """The organisation's own label where it has one: not all of them come from the BUR."""
        return labels("triagebesluit").get(self.uitkomst) or str(self.get_uitkomst_display())

    @property
    def gebeurd_op(self) -> datetime:
        return self.genomen_op or timezone.now()

    def pad(self) -> str:
        return f"{self.casus.pad()}besluit/{self.vht.melding.nummer}/"

    def tekenpad(self) -> str:
        return f"{self.pad()}tekenen/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from triage.services.besluit import na_stap

        na_stap(self, naam, door=door)


class Besluitstuk(Casusstuk):
    """Stands beside a triagebesluit and never changes it."""

    besluit: Any

    class Meta:
        abstract = True

    @property
    def casus(self) -> Casus:
        return self.besluit.casus

    @property
    def logstap_id(self) -> int | None:
        return self.besluit.logstap_id

    def pad(self) -> str:
        return self.besluit.pad()


class Bevestiging(Besluitstuk):
    """What the second employee thinks of it, under their own log-in: before it holds, or afterwards when acute."""

    class Oordeel(models.TextChoices):
        EENS = "eens", "Ik ben het eens"
        TERUG = "terug", "Terug met vraag of bezwaar"

    telbaar = frozenset({"oordeel", "getekend_op"})
    na_vernietiging = frozenset({"besluit", "oordeel", "getekend_op", "getekend_door"})
    ter_inzage = ("getekend_op", "oordeel")

    besluit = models.ForeignKey(
        Triagebesluit, models.CASCADE, related_name="handtekeningen", verbose_name="triagebesluit", editable=False
    )
    oordeel = models.CharField(
        "oordeel", max_length=8, choices=Oordeel.choices, help_text="Of je het met dit besluit eens bent."
    )
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Mag leeg als je het eens bent.")
    getekend_op = models.DateTimeField("getekend op", default=timezone.now, editable=False)
    getekend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="getekend door", editable=False
    )

    class Meta:
        verbose_name = "handtekening"
        verbose_name_plural = "handtekeningen"
        ordering = ("getekend_op", "id")
        constraints = [
            models.UniqueConstraint(fields=["besluit"], condition=Q(oordeel="eens"), name="rw_8_10b_eenmaal_bevestigd")
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_8_10b_een_ander_bevestigt",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("getekend_door_id", "besluit_id"),
                func="""
                    IF EXISTS (SELECT 1 FROM triage_triagebesluit
                                WHERE id = NEW.besluit_id AND opsteller_id = NEW.getekend_door_id) THEN
                        RAISE EXCEPTION 'rw_8_10b: wie het besluit opstelde, bevestigt het niet'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="rw_9_3_handtekening_staat_vast",
                operation=pgtrigger.UpdateOf("oordeel", "getekend_op", "getekend_door_id", "besluit_id")
                | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return self.get_oordeel_display()

    @property
    def gebeurd_op(self) -> datetime:
        return self.getekend_op


@regel("RW-9.3")
class Besluitaantekening(Besluitstuk):
    """A note beside a decision that has been taken: the decision itself stays as it was."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("gemaakt_op", "aantekening")

    besluit = models.ForeignKey(
        Triagebesluit, models.CASCADE, related_name="aantekeningen", verbose_name="triagebesluit", editable=False
    )
    aantekening = PlatteTekst(
        "aantekening", help_text="Wat er na het besluit duidelijk werd. Het besluit blijft staan."
    )
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now, editable=False)
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gemaakt door", editable=False
    )

    class Meta:
        verbose_name = "aantekening bij het besluit"
        verbose_name_plural = "aantekeningen bij het besluit"
        ordering = ("gemaakt_op", "id")

    def __str__(self) -> str:
        return self.aantekening

    @property
    def gebeurd_op(self) -> datetime:
        return self.gemaakt_op
