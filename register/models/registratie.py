"""One person's registration in the VT Register: what we must say, what we said, and why we did not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Betrokkene, Casus, Logregel, Persoon
from casus.rechten import mag_lezen
from casus.voorwaarden import eis_reden
from register import rechten, voorwaarden
from vt_cvs.kern.dossier import Geschiedenis, Stuk
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.rechten import Recht
from vt_cvs.kern.uitpost import zet_in_uitpost
from vt_cvs.kern.velden import PlatteTekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker

REGISTRATIE = "registratie"
"""Outbox kind: this registration must reach the register."""

_ALLEEN_GEVALIDEERD = """
    IF NEW.stand IN ('te_versturen', 'actief', 'inactief') AND NEW.betrokkenheid <> 'verwijderd'
       AND (TG_OP = 'INSERT' OR NEW.stand <> OLD.stand OR NEW.pseudoniem <> OLD.pseudoniem)
       AND NOT EXISTS (SELECT 1 FROM casus_persoon WHERE id = NEW.persoon_id AND bsn_stand = 'bevestigd') THEN
        RAISE EXCEPTION 'rw_14_1: het BSN is niet nagekeken (registratie %)', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Registratie(Stuk, Toestandsmodel):
    """The registration of one person. The register hears the present state, never an event."""

    class Stand(models.TextChoices):
        WACHT_OP_VALIDATIE = "wacht_op_validatie", "Wacht op nakijken van het BSN"
        WACHT_OP_KEUZE = "wacht_op_keuze", "Wacht op keuze van de medewerker"
        NIET = "niet", "Niet in het register (met reden)"
        TE_VERSTUREN = "te_versturen", "Wordt verstuurd"
        ACTIEF = "actief", "Actief"
        INACTIEF = "inactief", "Inactief"
        VERWIJDERD = "verwijderd", "Verwijderd"

    class Betrokkenheid(models.TextChoices):
        ACTIEF = "actief", "betrokken"
        INACTIEF = "inactief", "eerder betrokken"
        VERWIJDERD = "verwijderd", "niet betrokken"

    VERSTUURD = (Stand.TE_VERSTUREN, Stand.ACTIEF, Stand.INACTIEF)
    NOOIT_VERSTUURD = (Stand.WACHT_OP_VALIDATIE, Stand.WACHT_OP_KEUZE, Stand.NIET)
    OP_TIJDLIJN = frozenset({"is_actief", "is_inactief", "is_verwijderd", "registreer", "registreer_niet"})

    api_soort = "registraties"
    api_lezen: ClassVar[Recht] = Recht(
        "een casus van deze persoon mag lezen", lambda wie, r: any(mag_lezen(wie, c) for c in r.casussen())
    )
    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("stand", "begin", "eind", "reden_niet_registreren")

    persoon = models.OneToOneField(
        Persoon, models.SET_NULL, null=True, related_name="+", verbose_name="persoon", editable=False
    )
    stand = FSMField(
        "stand in het VT Register", choices=Stand.choices, default=Stand.WACHT_OP_VALIDATIE, protected=True
    )
    betrokkenheid = models.CharField(
        "betrokkenheid", max_length=10, choices=Betrokkenheid.choices, blank=True, editable=False
    )
    begin = models.DateField("betrokken van", null=True, editable=False)
    eind = models.DateField("betrokken tot", null=True, editable=False)
    pseudoniem = models.CharField("pseudoniem", max_length=64, blank=True, db_index=True, editable=False)
    versie_bericht = models.BigIntegerField("versie voor het register", default=0, editable=False)
    merk = models.CharField("vingerafdruk van het laatste bericht", max_length=64, blank=True, editable=False)
    verstuurd_op = models.DateTimeField("ontvangen door het register", null=True, editable=False)
    reden_niet_registreren = PlatteTekst(
        "reden van niet registreren",
        blank=True,
        help_text="Waarom deze persoon niet in het VT Register komt.",
    )

    # Digests stay out of history: they would let a past BSN be recognised.
    history = Geschiedenis(excluded_fields=["pseudoniem", "merk"])

    @overgang(
        stand,
        van=[Stand.WACHT_OP_VALIDATIE, Stand.WACHT_OP_KEUZE, *VERSTUURD],
        naar=Stand.TE_VERSTUREN,
        mag=rechten.mag_registreren,
        mits=[voorwaarden.persoon_is_gevalideerd],
        knop="Klaarzetten voor het VT Register",
        zin="Registratie staat klaar voor het VT Register",
        regels=["RW-14.1", "RW-7.2"],
    )
    def zet_klaar(
        self, *, door: Medewerker, pseudoniem: str, betrokkenheid: str, begin: date, eind: date | None = None
    ) -> None:
        """What must be said now; it leaves through the outbox."""
        self.pseudoniem, self.betrokkenheid, self.begin, self.eind = pseudoniem, betrokkenheid, begin, eind
        self.versie_bericht += 1

    @overgang(
        stand,
        van=VERSTUURD,
        naar=Stand.TE_VERSTUREN,
        mag=rechten.mag_registreren,
        knop="Intrekken uit het VT Register",
        zin="Intrekking staat klaar voor het VT Register",
        regels=["RW-14.7"],
    )
    def trek_in(self, *, door: Medewerker) -> None:
        """Nobody here is involved with this person (any more), or the BSN proved to be another's."""
        self.betrokkenheid = self.Betrokkenheid.VERWIJDERD
        self.begin = self.eind = None
        self.merk = ""
        self.versie_bericht += 1

    @overgang(
        stand,
        van=Stand.TE_VERSTUREN,
        naar=Stand.ACTIEF,
        mag=rechten.mag_registreren,
        knop="Ontvangen als actief",
        zin="Geregistreerd in het VT Register",
        regels=["RW-14.2"],
    )
    def is_actief(self, *, door: Medewerker, versie_bericht: int, merk: str) -> None:
        self._ontvangen(versie_bericht, merk)

    @overgang(
        stand,
        van=Stand.TE_VERSTUREN,
        naar=Stand.INACTIEF,
        mag=rechten.mag_registreren,
        knop="Ontvangen als inactief",
        zin="Registratie in het VT Register is inactief: de casus is gesloten",
        regels=["RW-14.6"],
    )
    def is_inactief(self, *, door: Medewerker, versie_bericht: int, merk: str) -> None:
        self._ontvangen(versie_bericht, merk)

    @overgang(
        stand,
        van=Stand.TE_VERSTUREN,
        naar=Stand.VERWIJDERD,
        mag=rechten.mag_registreren,
        knop="Ontvangen als verwijderd",
        zin="Registratie in het VT Register is verwijderd",
        regels=["RW-14.7"],
    )
    def is_verwijderd(self, *, door: Medewerker, versie_bericht: int) -> None:
        self._ontvangen(versie_bericht, "")
        self.pseudoniem = ""

    @overgang(
        stand,
        van=NOOIT_VERSTUURD,
        naar=Stand.VERWIJDERD,
        mag=rechten.mag_registreren,
        knop="Vervallen",
        zin="Registratie in het VT Register is niet meer nodig",
    )
    def vervalt(self, *, door: Medewerker) -> None:
        """The person left before anything was sent: there is nothing to withdraw."""
        self.reden_niet_registreren = ""

    @overgang(
        stand,
        van=Stand.VERWIJDERD,
        naar=Stand.WACHT_OP_VALIDATIE,
        mag=rechten.mag_registreren,
        knop="Opnieuw beginnen",
        zin="Persoon is opnieuw betrokken",
    )
    def begin_opnieuw(self, *, door: Medewerker) -> None:
        """The same person came back into a case."""
        self.betrokkenheid = ""

    @overgang(
        stand,
        van=Stand.VERWIJDERD,
        naar=Stand.WACHT_OP_KEUZE,
        mag=rechten.mag_registreren,
        knop="Opnieuw laten kiezen",
        zin="Persoon is opnieuw betrokken; de medewerker kiest",
        regels=["RW-14.2"],
    )
    def vraag_keuze(self, *, door: Medewerker) -> None:
        """The same, where the organisation lets its employees choose."""
        self.betrokkenheid = ""

    @overgang(
        stand,
        van=[Stand.WACHT_OP_KEUZE, Stand.NIET],
        naar=Stand.WACHT_OP_VALIDATIE,
        mag=rechten.mag_kiezen,
        knop="In het VT Register opnemen",
        zin="Medewerker koos voor registratie in het VT Register",
        regels=["RW-14.2"],
    )
    def registreer(self, *, door: Medewerker) -> None:
        self.reden_niet_registreren = ""

    @overgang(
        stand,
        van=[Stand.WACHT_OP_KEUZE, Stand.WACHT_OP_VALIDATIE],
        naar=Stand.NIET,
        mag=rechten.mag_kiezen,
        mits=[voorwaarden.de_medewerker_kiest],
        knop="Niet in het VT Register opnemen",
        zin="Niet geregistreerd in het VT Register",
        regels=["RW-14.2"],
    )
    def registreer_niet(self, *, door: Medewerker, reden: str) -> None:
        eis_reden(reden, veld="reden", regel="RW-14.2")
        self.reden_niet_registreren = reden

    class Meta:
        verbose_name = "registratie in het VT Register"
        verbose_name_plural = "registraties in het VT Register"
        constraints = [
            models.CheckConstraint(
                condition=Q(stand="te_versturen", betrokkenheid__in=["actief", "inactief", "verwijderd"])
                | Q(stand="actief", betrokkenheid="actief", verstuurd_op__isnull=False)
                | Q(stand="inactief", betrokkenheid="inactief", verstuurd_op__isnull=False)
                | Q(stand__in=["wacht_op_validatie", "wacht_op_keuze", "niet", "verwijderd"]),
                name="registratie_stand_is_wat_gezegd_is",
            ),
            models.CheckConstraint(
                condition=Q(betrokkenheid="actief", begin__isnull=False, eind__isnull=True)
                | Q(betrokkenheid="inactief", begin__isnull=False, eind__isnull=False)
                | Q(betrokkenheid__in=["", "verwijderd"], begin__isnull=True, eind__isnull=True),
                name="rw_14_6_inactief_heeft_einddatum_hier",
            ),
            models.CheckConstraint(
                condition=(Q(stand__in=["te_versturen", "actief", "inactief"]) & ~Q(pseudoniem=""))
                | Q(stand__in=["wacht_op_validatie", "wacht_op_keuze", "niet", "verwijderd"], pseudoniem="", merk=""),
                name="rw_14_7_niets_over_na_verwijderen",
            ),
            models.CheckConstraint(
                condition=(Q(stand="niet") & ~Q(reden_niet_registreren__regex=r"^\s*$"))
                | (~Q(stand="niet") & Q(reden_niet_registreren="")),
                name="rw_14_2_niet_heeft_reden",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="registratie_machine",
                field="stand",
                transitions=[
                    ("actief", "te_versturen"),
                    ("inactief", "te_versturen"),
                    ("niet", "verwijderd"),
                    ("niet", "wacht_op_validatie"),
                    ("te_versturen", "actief"),
                    ("te_versturen", "inactief"),
                    ("te_versturen", "te_versturen"),
                    ("te_versturen", "verwijderd"),
                    ("verwijderd", "wacht_op_keuze"),
                    ("verwijderd", "wacht_op_validatie"),
                    ("wacht_op_keuze", "niet"),
                    ("wacht_op_keuze", "te_versturen"),
                    ("wacht_op_keuze", "verwijderd"),
                    ("wacht_op_keuze", "wacht_op_validatie"),
                    ("wacht_op_validatie", "niet"),
                    ("wacht_op_validatie", "te_versturen"),
                    ("wacht_op_validatie", "verwijderd"),
                ],
            ),
            pgtrigger.Trigger(
                name="rw_14_1_alleen_gevalideerd",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_ALLEEN_GEVALIDEERD,
            ),
        ]

    def __str__(self) -> str:
        return f"registratie {self.get_stand_display().lower()}"

    def _ontvangen(self, versie_bericht: int, merk: str) -> None:
        self.versie_bericht, self.merk, self.verstuurd_op = versie_bericht, merk, timezone.now()

    def casussen(self) -> list[Casus]:
        """The cases in which this person is directbetrokkene, open ones first, then the latest closed."""
        als_direct = Betrokkene.objects.filter(
            stand=Betrokkene.Rol.DIRECT, persoon__isnull=False, persoon=self.persoon_id
        )
        casussen = Casus.objects.filter(pk__in=als_direct.values("casus"), soort=Casus.Soort.MELDING)
        return list(casussen.exclude(stand=Casus.Stand.VERNIETIGD).order_by("-stand", "-gesloten_op", "pk"))

    @property
    def dossier(self) -> Casus | None:
        return next(iter(self.casussen()), None)

    def pad(self) -> str:
        casus = self.dossier
        return f"{casus.pad()}register/" if casus else ""

    def slot(self) -> None:
        """Its own queue: nobody who works in a case waits for the register."""
        if self.pk:
            Registratie.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        log_bij_persoon(self, self, door=door, wat=wat, zin=zin, motivering=motivering, regels=regels)

    def na_stap(self, naam: str, *, door: Any) -> None:
        from casus.services.betrokkenen import meld_persoon
        from casus.services.werk import vervul_taken
        from register.services.matches import vergeet_matches

        if naam in {"zet_klaar", "trek_in"}:
            zet_in_uitpost(REGISTRATIE, onderwerp=f"registratie:{self.pk}", registratie_id=self.pk)
        if naam in {"zet_klaar", "trek_in", "vervalt", "registreer_niet", "registreer"}:
            vervul_taken(onderwerp=self, door=door, vervallen=naam != "zet_klaar")
        if naam == "trek_in":
            vergeet_matches(self, door=door)
        if naam == "registreer" and self.persoon is not None:
            meld_persoon(self.persoon)


def log_bij_persoon(
    registratie: Registratie,
    stuk: Stuk,
    *,
    door: Any,
    wat: str,
    zin: str,
    motivering: str = "",
    regels: Sequence[str] = (),
) -> None:
    """A line in each open case of the person, or in the last closed one; without any, in the organisation's log."""
    casussen = registratie.casussen()
    open_ = [casus for casus in casussen if casus.is_open]
    geraakt: list[Casus | None] = [*(open_ or casussen[:1])]
    for casus in geraakt or [None]:
        Logregel.objects.create(
            casus=casus,
            soort=stuk._meta.label_lower,
            onderwerp_id=stuk.pk,
            wat=wat,
            zin=zin[:400],
            motivering=motivering,
            regels=list(dict.fromkeys(regels)),
            door=door,
            op_tijdlijn=casus is not None
            and wat in Registratie.OP_TIJDLIJN | {"match", "stand", "ingetrokken", "bespreek"},
            pad=f"{casus.pad()}register/" if casus else "",
        )
