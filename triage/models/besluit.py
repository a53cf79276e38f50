"""The triagebesluit: one per melding, taken by two, never revised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Casus, Casusstuk
from casus.voorwaarden import casus_is_open
from triage import bijzonder, rechten, voorwaarden
from triage.models import besluitwachters as wachters
from triage.models.handtekening import Bevestiging
from triage.models.vht import VHT
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst
from vt_cvs.organisatie.selectors import labels

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


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
        self,
        *,
        door: Medewerker,
        uitkomst: Uitkomst,
        tweede: Medewerker | None = None,
        deelnemers: Sequence[Medewerker] = (),
        toelichting: str = "",
    ) -> None:
        """The first employee decides and names who checks it: one colleague, or several in an MDO."""
        voorwaarden.eis_voorstel(door=door, tweede=tweede, uitkomst=uitkomst, deelnemers=deelnemers)
        self.opsteller, self.tweede = door, tweede
        self.samen_met = [wie for wie in dict.fromkeys([tweede, *deelnemers]) if wie] if deelnemers else []
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
        constraints = wachters.BESLUIT_CONSTRAINTS
        triggers: ClassVar = wachters.BESLUIT_TRIGGERS

    getekend_met: str = ""
    """What the signing employee wrote; kept in the row of the signature."""
    samen_met: Sequence[Any] = ()
    """Who decides along in an MDO; kept in a row for each."""

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
    def nog_te_tekenen(self) -> list[Medewerker]:
        """Who was asked to sign and has not: each participant of an MDO, otherwise the second employee."""
        if self.stand == self.Stand.CONCEPT:
            return []
        eens = {h.getekend_door_id for h in self.handtekeningen.all() if h.oordeel == Bevestiging.Oordeel.EENS}
        samen = [deelnemer.medewerker for deelnemer in self.deelnemers.all()]
        gevraagd = samen or [wie for wie in (self.tweede,) if wie and not eens]
        return [wie for wie in gevraagd if wie.pk not in eens]

    @property
    def is_bevestigd(self) -> bool:
        """Everyone who decided has signed under their own log-in."""
        return self.is_genomen and not self.nog_te_tekenen

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
