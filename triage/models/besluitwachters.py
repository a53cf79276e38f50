"""What PostgreSQL itself guards around the triagebesluit: one per melding, two names, signed, and never changed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

BESLUIT_CONSTRAINTS = [
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

BESLUIT_TRIGGERS = [
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
        name="rw_9_3_staat_vast",
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__stand="genomen"),
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

HANDTEKENING_TRIGGERS = [
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
        operation=pgtrigger.UpdateOf("oordeel", "getekend_op", "getekend_door_id", "besluit_id") | pgtrigger.Delete,
    ),
]

DEELNEMER_TRIGGERS = [
    pgtrigger.Trigger(
        name="rw_9_3_deelnemers_staan_vast",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (SELECT 1 FROM triage_triagebesluit
                        WHERE id IN (OLD.besluit_id, NEW.besluit_id) AND stand = 'genomen'
                          AND NOT (acuut AND TG_OP = 'DELETE')) THEN
                RAISE EXCEPTION 'rw_9_3: wie aan een genomen triagebesluit deelnamen, staat vast'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    ),
]
"""An acute decision knows no MDO: participants of a proposal that was overtaken by it go."""
