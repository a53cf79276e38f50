"""What PostgreSQL itself guards of RW-5.18f: nothing unjudged leaves, and what left stays as it was."""

import pgtrigger

_ALLES_BEOORDEELD = """
    IF NOT EXISTS (SELECT 1 FROM inzage_onderdeel WHERE verzoek_id = NEW.id) OR EXISTS (
        SELECT 1 FROM inzage_onderdeel
         WHERE verzoek_id = NEW.id AND (oordeel = 'te_doen' OR lakplekken @> '[{"voorstel": true}]'::jsonb)
    ) THEN
        RAISE EXCEPTION 'rw_5_18f: niet elk onderdeel is beoordeeld (verzoek %)', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

_VERSTREKT_STAAT_VAST = """
    IF TG_OP <> 'INSERT' AND
       EXISTS (SELECT 1 FROM inzage_inzageverzoek WHERE id = OLD.verzoek_id AND stand = 'verstrekt') THEN
        RAISE EXCEPTION 'rw_5_18f: wat verstrekt is, staat vast (verzoek %)', OLD.verzoek_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF (NEW.oordeel = 'te_doen' OR NEW.lakplekken @> '[{"voorstel": true}]'::jsonb) AND
       EXISTS (SELECT 1 FROM inzage_inzageverzoek
                WHERE id = NEW.verzoek_id AND stand IN ('gescreend', 'verstrekt')) THEN
        RAISE EXCEPTION 'rw_5_18f: heropen eerst de screening (verzoek %)', NEW.verzoek_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

alles_beoordeeld = pgtrigger.Trigger(
    name="rw_5_18f_alles_beoordeeld",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand"),
    condition=pgtrigger.Q(new__stand__in=["gescreend", "verstrekt"]),
    func=_ALLES_BEOORDEELD,
)

een_verzoeker = pgtrigger.Protect(
    name="rw_5_18f_een_verzoeker",
    operation=pgtrigger.Update,
    condition=~pgtrigger.Q(old__stand="ontvangen")
    & (
        pgtrigger.Q(old__verzoeker__df=pgtrigger.F("new__verzoeker"))
        | pgtrigger.Q(old__namens__df=pgtrigger.F("new__namens"))
    ),
)

verstrekt_staat_vast = pgtrigger.Trigger(
    name="rw_5_18f_verstrekt_staat_vast",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=_VERSTREKT_STAAT_VAST,
)
