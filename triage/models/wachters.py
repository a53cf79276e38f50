"""What the database asks at the moment a final conclusion is set, by whatever way it is set."""

from __future__ import annotations

import pgtrigger

_ALLEEN_EEN_NIEUWE_CONCLUSIE = """
    IF TG_OP = 'UPDATE' AND OLD.stand = NEW.stand AND OLD.eindconclusie = NEW.eindconclusie
       AND OLD.criterium_b = NEW.criterium_b AND OLD.vastgesteld_op IS NOT DISTINCT FROM NEW.vastgesteld_op THEN
        RETURN NEW;
    END IF;
"""


def _bij_conclusie(naam: str, func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=naam,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__stand="vastgesteld"),
        func=f"{_ALLEEN_EEN_NIEUWE_CONCLUSIE}{func} RETURN NEW;",
    )


BIJ_DE_EINDCONCLUSIE = (
    _bij_conclusie(
        "rw_8_12_feit_en_bron_bij_elke_vorm",
        r"""
        IF EXISTS (SELECT 1 FROM triage_geweldsvorm v
                    WHERE v.vht_id = NEW.id AND NOT EXISTS (SELECT 1 FROM triage_feit f WHERE f.vorm_id = v.id))
           OR EXISTS (SELECT 1 FROM triage_feit WHERE vht_id = NEW.id AND (feit !~ '\S' OR bron !~ '\S')) THEN
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
)
