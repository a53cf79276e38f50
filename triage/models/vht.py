"""The VHT: the answers, the forms of violence with their facts and sources, and what follows from them."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Casus, Casusstuk, Processtap, eigenaarstrigger
from casus.voorwaarden import casus_is_open
from melding.models import Melding
from triage import bijzonder, rechten, voorwaarden
from triage.instrument import MULTIPROBLEMATISCH_CRITERIUM_B, Conclusie, Instrument, concludeer, instrument
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst, Regeltekst
from vt_cvs.organisatie.selectors import label

if TYPE_CHECKING:
    from triage.models.besluit import Triagebesluit
    from vt_cvs.organisatie.models import Medewerker

JA_OF_NEE: dict[bool | None, str] = {True: "ja", False: "nee", None: "nog open"}
_ALLEEN_EEN_NIEUWE_CONCLUSIE = """
    IF TG_OP = 'UPDATE' AND OLD.stand = NEW.stand AND OLD.eindconclusie = NEW.eindconclusie
       AND OLD.criterium_b = NEW.criterium_b AND OLD.vastgesteld_op IS NOT DISTINCT FROM NEW.vastgesteld_op THEN
        RETURN NEW;
    END IF;
"""


def _bij_conclusie(naam: str, func: str) -> pgtrigger.Trigger:
    """Holds a rule at the moment a final conclusion is set, by whatever way it is set."""
    return pgtrigger.Trigger(
        name=naam,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__stand="vastgesteld"),
        func=f"{_ALLEEN_EEN_NIEUWE_CONCLUSIE}{func} RETURN NEW;",
    )


@regel("RW-13.S0", "RW-8.14")
class VHT(Casusstuk, Toestandsmodel):
    """One assessment per melding. It can be supplemented as long as the case is open; each version is kept."""

    class Stand(models.TextChoices):
        IN_BEWERKING = "in_bewerking", "In bewerking"
        VASTGESTELD = "vastgesteld", "Vastgesteld"

    class Eindconclusie(models.TextChoices):
        ACUUT = "acuut", "Acuut onveilig"
        STRUCTUREEL = "structureel", "Structureel onveilig"
        MULTIPROBLEMATISCH = "multiproblematisch", "Multiproblematische leefsituatie"
        GEEN = "geen", "Geen onveiligheid gezien"
        ONBEKEND = "onbekend", "Niet volledig getaxeerd"

    class Tussenstand(models.TextChoices):
        JA = "ja", "Acuut onveilig"
        NEE = "nee", "Niet acuut"

    api_soort = "vhts"
    telbaar = frozenset({"stand", "instrument", "tussenstand_a", "eindconclusie", "criterium_b", "vastgesteld_op"})
    na_vernietiging = telbaar | {"stap", "melding"}
    ter_inzage = ("vastgesteld_op", "eindconclusie", "tussenstand_op", "tussenstand_a", "instrument")

    stap = models.OneToOneField(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    melding = models.ForeignKey(Melding, models.CASCADE, related_name="+", verbose_name="melding", editable=False)
    instrument = models.CharField("uitgave van het instrument", max_length=40, editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.IN_BEWERKING, protected=True)
    uit = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name="overgenomen uit", editable=False
    )
    tussenstand_a = models.CharField(
        "tussenstand A", max_length=4, choices=Tussenstand.choices, blank=True, editable=False
    )
    tussenstand_op = models.DateTimeField("tussenstand op", null=True, editable=False)
    tussenstand_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="tussenstand door",
        editable=False,
    )
    eindconclusie = models.CharField(
        "eindconclusie", max_length=20, choices=Eindconclusie.choices, blank=True, editable=False
    )
    criterium_b = models.BooleanField("criterium B aangekruist", default=False, editable=False)
    vastgesteld_op = models.DateTimeField("vastgesteld op", null=True, editable=False)
    vastgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="vastgesteld door",
        editable=False,
    )
    aangevuld_op = models.DateTimeField("aangevuld op", null=True, editable=False)

    @overgang(
        stand,
        van=[Stand.IN_BEWERKING, Stand.VASTGESTELD],
        naar=Stand.VASTGESTELD,
        mag=rechten.mag_invullen,
        mits=[
            casus_is_open,
            voorwaarden.elke_vorm_heeft_feit_en_bron,
            voorwaarden.c_is_ingevuld_als_dat_moet,
            voorwaarden.a_en_b_zijn_volledig,
            bijzonder.na_thv_acuut,
            bijzonder.na_crisis_acuut,
        ],
        knop="Eindconclusie vaststellen",
        zin="Eindconclusie van de VHT vastgesteld: {o.eindconclusie_naam}",
        regels=["RW-8.14", "RW-8.22"],
    )
    def stel_vast(self, *, door: Medewerker) -> None:
        """The conclusion follows from the answers; after a supplement it is set anew, with its own date."""
        conclusie = self.conclusie
        self.eindconclusie = conclusie.totaal
        self.criterium_b = bool(conclusie.criterium_b)
        self.vastgesteld_op = timezone.now()
        self.vastgesteld_door = door

    class Meta:
        verbose_name = "VHT"
        verbose_name_plural = "VHT's"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["melding"], name="rw_13_s0_een_vht_per_melding"),
            models.CheckConstraint(
                condition=Q(stand="in_bewerking", eindconclusie="", vastgesteld_op=None, vastgesteld_door=None)
                | Q(stand="vastgesteld", vastgesteld_op__isnull=False, vastgesteld_door__isnull=False)
                & ~Q(eindconclusie=""),
                name="rw_8_14_eindconclusie_heeft_moment",
            ),
            models.CheckConstraint(
                condition=Q(tussenstand_a="", tussenstand_op=None)
                | ~Q(tussenstand_a="") & Q(tussenstand_op__isnull=False, tussenstand_door__isnull=False),
                name="rw_8_14_tussenstand_heeft_moment",
            ),
        ]
        triggers: ClassVar = [
            eigenaarstrigger("triage"),
            pgtrigger.FSM(
                name="vht_machine",
                field="stand",
                transitions=[("in_bewerking", "vastgesteld"), ("vastgesteld", "vastgesteld")],
            ),
            _bij_conclusie(
                "rw_8_12_feit_en_bron_bij_elke_vorm",
                r"""
                IF EXISTS (SELECT 1 FROM triage_geweldsvorm
                            WHERE vht_id = NEW.id AND (feit !~ '\S' OR bron !~ '\S')) THEN
                    RAISE EXCEPTION 'rw_8_12: een vorm van geweld heeft geen feit of geen bron'
                        USING ERRCODE = 'check_violation';
                END IF;
                """,
            ),
            _bij_conclusie(
                "rw_8_7_c_als_a_en_b_nee_zijn",
                """
                IF (SELECT NOT coalesce(bool_or(waarde AND onderdeel IN ('A', 'B')), false)
                           AND (count(*) FILTER (WHERE onderdeel = 'C') = 0
                                OR count(*) FILTER (WHERE onderdeel = 'C' AND waarde IS NULL) > 0)
                      FROM triage_antwoord WHERE vht_id = NEW.id) THEN
                    RAISE EXCEPTION 'rw_8_7: zonder acute of structurele onveiligheid is C nodig'
                        USING ERRCODE = 'check_violation';
                END IF;
                """,
            ),
            _bij_conclusie(
                "rw_8_22_conclusie_volgt_uit_de_antwoorden",
                """
                IF NEW.criterium_b <> EXISTS (SELECT 1 FROM triage_antwoord
                                               WHERE vht_id = NEW.id AND criterium_b AND waarde)
                   OR NEW.eindconclusie <> (
                    SELECT CASE WHEN bool_or(waarde AND onderdeel = 'A') THEN 'acuut'
                                WHEN bool_or(waarde AND onderdeel = 'B') THEN 'structureel'
                                WHEN bool_or(waarde AND onderdeel = 'C') THEN 'multiproblematisch'
                                WHEN count(*) FILTER (WHERE waarde IS NULL) > 0 OR count(*) = 0 THEN 'onbekend'
                                ELSE 'geen' END
                      FROM triage_antwoord WHERE vht_id = NEW.id) THEN
                    RAISE EXCEPTION 'rw_8_22: de eindconclusie volgt uit de antwoorden'
                        USING ERRCODE = 'check_violation';
                END IF;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"VHT bij melding {self.melding.nummer}"

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[VHT]:
        """By the number of its melding."""
        return cls.objects.filter(melding__nummer=nummer)

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def is_vastgesteld(self) -> bool:
        return self.stand == self.Stand.VASTGESTELD

    @property
    def blad(self) -> Instrument:
        """The edition these answers belong to."""
        return instrument(self.instrument)

    @property
    def conclusie(self) -> Conclusie:
        """As the answers stand now; read anew each time, for rows change beside this one."""
        return concludeer(self.blad, {a.vraag: a.waarde for a in self.antwoorden.all()})

    @property
    def eindconclusie_naam(self) -> str:
        """With the number of RW-8.22, which never replaces a positive A or B."""
        naam = self.get_eindconclusie_display() if self.eindconclusie else ""
        if not self.criterium_b:
            return naam
        ernaast = "" if self.eindconclusie == "multiproblematisch" else "; leefsituatie ernaast"
        return f"{naam}{ernaast} (conclusie {MULTIPROBLEMATISCH_CRITERIUM_B})"

    @property
    def zegt(self) -> str:
        """What this assessment says of safety: the final conclusion, unless acute danger was seen since."""
        gezien = self.tussenstand_op if self.tussenstand_a == self.Tussenstand.JA else None
        if gezien and (self.vastgesteld_op is None or gezien > self.vastgesteld_op):
            return "acuut"
        return self.eindconclusie or "onbekend"

    @cached_property
    def besluit(self) -> Triagebesluit:
        from triage.models.besluit import Triagebesluit

        besluit = Triagebesluit.objects.select_related("opsteller", "tweede").get(vht=self)
        besluit.vht = self
        return besluit

    @property
    def gebeurd_op(self) -> datetime:
        return self.stap.begonnen_op

    def pad(self) -> str:
        return f"{self.casus.pad()}vht/{self.melding.nummer}/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from triage.services.vht import na_stap

        na_stap(self, naam, door=door)


class VHTStuk(Casusstuk):
    """A part of one VHT. Filling in is in the log; on the time line come only later supplements."""

    vht: Any

    class Meta:
        abstract = True

    @property
    def casus(self) -> Casus:
        return self.vht.casus

    @property
    def logstap_id(self) -> int | None:
        return self.vht.stap_id

    @property
    def op_tijdlijn(self) -> bool:
        return self.vht.is_vastgesteld

    def pad(self) -> str:
        return self.vht.pad()


class Antwoord(VHTStuk):
    """The answer to one question: yes, no or still open, with what it rests on."""

    telbaar = frozenset({"vraag", "waarde"})
    na_vernietiging = frozenset({"vht", "vraag", "onderdeel", "criterium_b", "waarde"})
    ter_inzage = ("vraag", "waarde", "feit", "bron")

    vht = models.ForeignKey(VHT, models.CASCADE, related_name="antwoorden", verbose_name="VHT", editable=False)
    vraag = models.CharField("vraag", max_length=8, editable=False)
    onderdeel = models.CharField("onderdeel", max_length=1, editable=False)
    criterium_b = models.BooleanField("criterium B aangekruist", default=False, editable=False)
    waarde = models.BooleanField(
        "antwoord", null=True, blank=True, help_text="Hieruit volgt de conclusie. Leeg: nog niet beantwoord."
    )
    feit = PlatteTekst("feit", blank=True, help_text="Wat er is gezien, gehoord of gezegd. Geen oordeel.")
    bron = Regeltekst("bron", blank=True, help_text="Van wie of waaruit je dit weet.")
    uit = models.ForeignKey(
        VHT, models.SET_NULL, null=True, related_name="+", verbose_name="overgenomen uit", editable=False
    )

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ("vraag",)
        constraints = [models.UniqueConstraint(fields=["vht", "vraag"], name="antwoord_eenmaal_per_vraag")]

    def __str__(self) -> str:
        return f"{self.vraag} {self.ja_of_nee}"

    @property
    def ja_of_nee(self) -> str:
        return JA_OF_NEE[self.waarde]


class Geweldsvorm(VHTStuk):
    """A form of violence with the fact and the source it rests on (RW-8.12); recording it is never refused."""

    telbaar = frozenset({"vorm"})
    na_vernietiging = frozenset({"vht", "vorm"})
    ter_inzage = ("vorm", "feit", "bron")

    vht = models.ForeignKey(VHT, models.CASCADE, related_name="vormen", verbose_name="VHT", editable=False)
    vorm = models.CharField("vorm van geweld", max_length=40, help_text="Telt mee in de cijfers; onbekend mag.")
    feit = PlatteTekst("feit", blank=True, help_text="Wat er is gezien, gehoord of gezegd. Geen oordeel.")
    bron = Regeltekst("bron", blank=True, help_text="Van wie of waaruit je dit weet.")
    uit = models.ForeignKey(
        VHT, models.SET_NULL, null=True, related_name="+", verbose_name="overgenomen uit", editable=False
    )

    class Meta:
        verbose_name = "vorm van geweld"
        verbose_name_plural = "vormen van geweld"
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(vorm=""), name="vorm_is_gekozen")]

    def __str__(self) -> str:
        return label("geweldsvorm", self.vorm)

    @property
    def ontbreekt(self) -> list[str]:
        return [veld for veld in ("feit", "bron") if not getattr(self, veld).strip()]
