"""Onderzoek: Veilig Thuis finds out whether there is violence, within the same ten weeks of the triagebesluit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db.models import Q
from django_fsm import FSMField

from casus.models import Processtap
from diensten import rechten, voorwaarden
from diensten.models.eigen import EigenDienst, Stand, eisen, wachters
from diensten.models.onderzoekspunt import standaardvraag_hoort_erbij
from vt_cvs.kern.overgangen import overgang

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker

_NIET_ALLES_WEERLEGD = """
    IF EXISTS (SELECT 1 FROM diensten_uitkomst WHERE stap_id = NEW.stap_id AND uitkomst_geweld <> 'weerlegd') THEN
        RAISE EXCEPTION 'rw_9_10: niet alles is weerlegd, dus onderzoek % eindigt met Monitoren', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class OZ(EigenDienst):
    """Instead of V&V, or after it; it never becomes a V&V."""

    api_soort = "ozs"
    soort = Processtap.Soort.OZ

    stand = FSMField("status", choices=Stand.choices, default=Stand.GEKOZEN, protected=True)

    @overgang(
        stand,
        van=Stand.GEKOZEN,
        naar=Stand.LOPEND,
        mag=rechten.mag_behandelen,
        knop="Onderzoek oppakken",
        zin="Onderzoek opgepakt",
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
        mits=[
            voorwaarden.uitkomst_en_vervolg_zijn_gevuld,
            voorwaarden.overdracht_alleen_als_alles_is_weerlegd,
            voorwaarden.voorwaarden_worden_gemonitord,
        ],
        knop="Onderzoek afronden",
        zin="Onderzoek afgerond, vervolg: {o.vervolg_in_woorden}",
        regels=["RW-4.8", "RW-9.10", "RAD-3", "RW-6.7"],
    )
    def rond_af(self, *, door: Medewerker) -> None:
        """Outcome and follow-up stand recorded; what follows starts in the same transaction."""

    @overgang(
        stand,
        van=[Stand.GEKOZEN, Stand.LOPEND],
        naar=Stand.VOORTIJDIG,
        mag=rechten.mag_behandelen,
        knop="Onderzoek voortijdig beëindigen",
        zin="Onderzoek voortijdig beëindigd: {o.reden_voortijdig_in_woorden}",
        regels=["RW-4.8"],
    )
    def beeindig_voortijdig(self, *, door: Medewerker, reden_voortijdig: str, toelichting: str = "") -> None:
        """It cannot go on, for instance because someone died; the reason is counted."""
        self._voortijdig(reden_voortijdig, toelichting)

    class Meta:
        verbose_name = "onderzoek"
        verbose_name_plural = "onderzoeken"
        constraints = eisen("oz", vervolg=Q(vervolg_monitoren=True) | Q(vervolg_overdracht=True))
        triggers: ClassVar = [
            *wachters(
                "oz",
                pijlen=[
                    ("gekozen", "lopend"),
                    ("gekozen", "voortijdig_beeindigd"),
                    ("lopend", "afgerond"),
                    ("lopend", "voortijdig_beeindigd"),
                ],
            ),
            standaardvraag_hoort_erbij,
            pgtrigger.Trigger(
                name="rw_9_10_alleen_overdracht_als_weerlegd",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand", "vervolg_monitoren"),
                condition=pgtrigger.Q(new__stand="afgerond", new__vervolg_monitoren=False),
                func=_NIET_ALLES_WEERLEGD,
            ),
        ]
