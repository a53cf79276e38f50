"""What PostgreSQL itself guards about what leaves: with the disclaimer, and to a melder only about the own report."""

from __future__ import annotations

import pgtrigger

# Letters and digits only: a line end or an invisible mark in the setting must never hold up a letter.
_DISCLAIMER = """
    IF EXISTS (
        SELECT 1 FROM organisatie_instelling i
         WHERE position(regexp_replace(normalize(i.disclaimer), '[^[:alnum:]]+', '', 'g')
                        in regexp_replace(normalize(NEW.tekst), '[^[:alnum:]]+', '', 'g')) = 0
    ) THEN
        RAISE EXCEPTION 'rw_10_4: bericht % draagt de disclaimer niet', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

met_disclaimer = pgtrigger.Trigger(
    name="rw_10_4_draagt_disclaimer",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("verzonden_op"),
    condition=pgtrigger.Q(new__verzonden_op__isnull=False),
    func=_DISCLAIMER,
)

# The screen says which words and where; here only what must never leave, whichever way it was sent.
_EIGEN_MELDING = """
    IF EXISTS (
        SELECT 1 FROM casus_bericht b
          JOIN casus_processtap s ON s.id = NEW.stap_id
          JOIN casus_casus c ON c.id = s.casus_id
         WHERE b.id = NEW.bericht_id AND (
               b.casus_id <> c.id
            OR position(c.nummer in b.onderwerp || ' ' || b.tekst) > 0
            OR (SELECT count(*) FROM regexp_matches(b.onderwerp || ' ' || b.tekst, '[A-Z]-\\d{3}-\\d{3}-\\d{3}', 'g') n
                 WHERE n[1] <> NEW.meldingsnummer) > 0
            OR EXISTS (SELECT 1 FROM casus_betrokkene x JOIN casus_persoon p ON p.id = x.persoon_id
                        WHERE x.casus_id = c.id AND p.voornamen <> '' AND p.achternaam <> ''
                          AND position(lower(concat_ws(' ', p.voornamen, nullif(p.voorvoegsel, ''), p.achternaam))
                                       in lower(b.onderwerp || ' ' || b.tekst)) > 0))
    ) THEN
        RAISE EXCEPTION 'rw_5_1: het bericht bij terugkoppeling % zegt meer dan over de eigen melding', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

alleen_eigen_melding = pgtrigger.Trigger(
    name="rw_5_1_alleen_eigen_melding",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand"),
    condition=pgtrigger.Q(new__stand="verzonden", new__betrokkene__isnull=True),
    func=_EIGEN_MELDING,
)

_TERUGKOPPELING_OPEN = """
    IF EXISTS (
        SELECT 1 FROM casus_terugkoppeling t JOIN casus_processtap s ON s.id = t.stap_id
         WHERE s.casus_id = NEW.id AND t.stand IN ('te_doen', 'mislukt')
    ) THEN
        RAISE EXCEPTION 'rw_6_15: er is nog terugkoppeling te geven (casus %)', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

dicht_na_terugkoppeling = pgtrigger.Trigger(
    name="rw_6_15_dicht_na_terugkoppeling",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("stand"),
    condition=pgtrigger.Q(old__stand="open", new__stand="gesloten"),
    func=_TERUGKOPPELING_OPEN,
)
