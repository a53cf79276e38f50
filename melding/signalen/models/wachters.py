"""What PostgreSQL itself guards about a signal: kept as it came, closed by two people, and advice without names."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

opgenomen_heeft_casus = models.CheckConstraint(
    condition=Q(stand__in=["nieuw", "afgesloten"], casus__isnull=True)
    | Q(stand__in=["advies", "melding"], casus__isnull=False),
    name="signaal_opgenomen_heeft_casus",
)

afgesloten_met_reden = models.CheckConstraint(
    condition=~Q(stand="afgesloten")
    | Q(
        ~Q(reden_sluiten__regex=r"^\s*$"),
        afgesloten_door__isnull=False,
        afgesloten_op__isnull=False,
        tekst="",
        melder_naam="",
    ),
    name="rw_6_6_afgesloten_met_reden",
)

sluiten_twee_mensen = models.CheckConstraint(
    condition=~Q(stand="afgesloten")
    | Q(bron="medewerker")
    | Q(sluiten_voorgesteld_door__isnull=False) & ~Q(sluiten_voorgesteld_door=F("afgesloten_door")),
    name="signaal_sluiten_twee_mensen",
)

advies_noemt_niemand = models.CheckConstraint(
    condition=~Q(stand="advies") | Q(bron="medewerker", tekst="", melder_naam=""),
    name="rw_6_2_advies_noemt_niemand",
)

machine = pgtrigger.FSM(
    name="signaal_machine",
    field="stand",
    transitions=[
        ("nieuw", "advies"),
        ("nieuw", "afgesloten"),
        ("nieuw", "melding"),
        ("nieuw", "nieuw"),
    ],
)

zoals_ontvangen = pgtrigger.Protect(
    name="rw_6_3_tekst_zoals_ontvangen",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "NEW.stand IN ('nieuw', 'melding') AND (NEW.tekst, NEW.inhoud_hash, NEW.nummer, NEW.ontvangen_op,"
        " NEW.bron) IS DISTINCT FROM (OLD.tekst, OLD.inhoud_hash, OLD.nummer, OLD.ontvangen_op, OLD.bron)"
    ),
)
