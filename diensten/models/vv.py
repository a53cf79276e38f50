"""V&V: Veilig Thuis looks into safety and conditions itself, within ten weeks of the triagebesluit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django_fsm import FSMField

from casus.models import Processtap
from diensten import rechten, voorwaarden
from diensten.models.eigen import EigenDienst, Stand, eisen, wachters
from vt_cvs.kern.overgangen import overgang

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker

_GEEN_VV_NA_OZ = """
    IF EXISTS (SELECT 1 FROM casus_processtap oz JOIN casus_processtap vv ON vv.casus_id = oz.casus_id
                WHERE vv.id = NEW.stap_id AND oz.soort = 'oz'
                  AND (oz.geeindigd_op IS NULL OR oz.id = NEW.na_dienst_id))
       OR EXISTS (SELECT 1 FROM diensten_keuze k JOIN triage_vht v ON v.id = k.vht_id
                    JOIN diensten_oz_meldingen m ON m.melding_id = v.melding_id WHERE k.id = NEW.keuze_id) THEN
        RAISE EXCEPTION 'rw_9_23: een onderzoek wordt geen V&V' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
_ONDERZOEK_IS_BEGONNEN = """
    IF EXISTS (SELECT 1 FROM diensten_vv WHERE id = NEW.id AND vervolg_onderzoek AND stand = 'afgerond')
       AND NOT EXISTS (SELECT 1 FROM diensten_oz o JOIN casus_processtap begin_oz ON begin_oz.id = o.stap_id
                        JOIN casus_processtap einde_vv ON einde_vv.id = NEW.stap_id
                       WHERE o.na_dienst_id = NEW.stap_id AND begin_oz.begonnen_op = einde_vv.geeindigd_op) THEN
        RAISE EXCEPTION 'rw_9_6: na V&V % begint het onderzoek op de dag dat zij eindigt', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


class VV(EigenDienst):
    """Ends with Monitoren or Overdracht or both, or goes on as onderzoek; never the other way round."""

    api_soort = "vvs"
    soort = Processtap.Soort.VV

    telbaar = EigenDienst.telbaar | {"vervolg_onderzoek"}
    na_vernietiging = EigenDienst.na_vernietiging | telbaar
    ter_inzage: ClassVar[tuple[str, ...]] = (*EigenDienst.ter_inzage, "vervolg_onderzoek")

    stand = FSMField("status", choices=Stand.choices, default=Stand.GEKOZEN, protected=True)
    vervolg_onderzoek = models.BooleanField("verder als onderzoek", default=False, editable=False)

    @overgang(
        stand,
        van=Stand.GEKOZEN,
        naar=Stand.LOPEND,
        mag=rechten.mag_behandelen,
        knop="V&V oppakken",
        zin="V&V opgepakt",
        regels=["RW-5.12b"],
    )
    def pak_op(self, *, door: Medewerker) -> None:
        """Someone starts on it; the start date does not move."""
        self._oppakken()

    @overgang(
        stand,
        van=Stand.LOPEND,
        naar=Stand.AFGEROND,
        mag=rechten.mag_behandelen,
        mits=[voorwaarden.uitkomst_en_vervolg_zijn_gevuld, voorwaarden.voorwaarden_worden_gemonitord],
        knop="V&V afronden",
        zin="V&V afgerond, vervolg: {o.vervolg_in_woorden}",
        regels=["RW-4.8", "RAD-3", "RW-6.7"],
    )
    def rond_af(self, *, door: Medewerker) -> None:
        """Outcome and follow-up stand recorded; what follows starts in the same transaction."""

    @overgang(
        stand,
        van=[Stand.GEKOZEN, Stand.LOPEND],
        naar=Stand.AFGEROND,
        mag=rechten.mag_behandelen,
        knop="Verder als onderzoek",
        zin="Besluit vervolg V&V: onderzoek",
        regels=["RW-9.6", "RW-5.12c", "RW-9.20"],
    )
    def ga_verder_als_onderzoek(self, *, door: Medewerker, toelichting: str = "") -> None:
        """The onderzoek begins where this ends, in the same transaction; the outcome is asked there."""
        self._oppakken()
        self.vervolg_onderzoek, self.vervolg_monitoren, self.vervolg_overdracht = True, False, False
        self.toelichting = toelichting or self.toelichting

    @overgang(
        stand,
        van=[Stand.GEKOZEN, Stand.LOPEND],
        naar=Stand.VOORTIJDIG,
        mag=rechten.mag_behandelen,
        knop="V&V voortijdig beëindigen",
        zin="V&V voortijdig beëindigd: {o.reden_voortijdig_in_woorden}",
        regels=["RW-4.8"],
    )
    def beeindig_voortijdig(self, *, door: Medewerker, reden_voortijdig: str, toelichting: str = "") -> None:
        """It cannot go on, for instance because the family left; the reason is counted."""
        self._voortijdig(reden_voortijdig, toelichting)

    class Meta:
        verbose_name = "V&V"
        verbose_name_plural = "V&V's"
        constraints = [
            *eisen("vv", vervolg=Q(vervolg_monitoren=True) | Q(vervolg_overdracht=True) | Q(vervolg_onderzoek=True)),
            models.CheckConstraint(
                condition=Q(vervolg_onderzoek=False)
                | Q(stand="afgerond", vervolg_monitoren=False, vervolg_overdracht=False),
                name="rw_9_6_onderzoek_is_het_hele_vervolg",
            ),
        ]
        triggers: ClassVar = [
            *wachters(
                "vv",
                pijlen=[
                    ("gekozen", "afgerond"),
                    ("gekozen", "lopend"),
                    ("gekozen", "voortijdig_beeindigd"),
                    ("lopend", "afgerond"),
                    ("lopend", "voortijdig_beeindigd"),
                ],
                zonder_uitkomst="NEW.vervolg_onderzoek",
            ),
            pgtrigger.Trigger(
                name="rw_9_23_geen_vv_na_oz",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stap_id", "na_dienst_id", "keuze_id"),
                func=_GEEN_VV_NA_OZ,
            ),
            pgtrigger.Trigger(
                name="rw_9_6_onderzoek_is_begonnen",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand", "vervolg_onderzoek"),
                timing=pgtrigger.Deferred,
                func=_ONDERZOEK_IS_BEGONNEN,
            ),
        ]

    @property
    def vervolg_in_woorden(self) -> str:
        return "Onderzoek" if self.vervolg_onderzoek else super().vervolg_in_woorden
