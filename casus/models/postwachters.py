"""What PostgreSQL itself guards about what leaves: with the disclaimer, to someone of the case, and not about others.

The screen says which words and where, and finds more; here stands only what must never leave, whichever way it was
sent. Each of these looks at the moment of sending: what is written down about people afterwards changes nothing.
"""

from __future__ import annotations

import pgtrigger

# Letters and digits only: a line end or an invisible mark in the setting must never hold up a letter.
_DISCLAIMER = """
    IF TG_OP = 'UPDATE' AND OLD.verzonden_op IS NOT NULL THEN
        RETURN NEW;
    END IF;
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

_EIGEN_MELDING = """
    IF NEW.bericht_id IS NULL THEN
        RAISE EXCEPTION 'rw_6_15: bij terugkoppeling % is niets geschreven', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.betrokkene_id IS NULL AND EXISTS (
        SELECT 1 FROM casus_bericht b
          JOIN casus_processtap s ON s.id = NEW.stap_id
          JOIN casus_casus c ON c.id = s.casus_id
         WHERE b.id = NEW.bericht_id AND (
               b.casus_id <> c.id
            OR position(c.nummer in b.onderwerp || ' ' || b.tekst) > 0
            OR (SELECT count(*) FROM regexp_matches(b.onderwerp || ' ' || b.tekst, '[A-Z]-\\d{3}-\\d{3}-\\d{3}', 'g') n
                 WHERE n[1] <> NEW.meldingsnummer) > 0
            OR EXISTS (
                   SELECT 1 FROM casus_betrokkene x JOIN casus_persoon p ON p.id = x.persoon_id,
                          LATERAL (SELECT concat_ws(' ', p.voornamen, nullif(p.voorvoegsel, ''), p.achternaam)) v (heel)
                    WHERE x.casus_id = c.id AND p.voornamen <> '' AND p.achternaam <> '' AND length(v.heel) > 3
                      AND position(lower(v.heel) in lower(NEW.aan)) = 0
                      AND lower(b.onderwerp || ' ' || b.tekst) ~
                          ('(?<!\\w)' || regexp_replace(lower(v.heel), '([^[:alnum:] ])', '\\\\\1', 'g') || '(?!\\w)')))
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
    condition=pgtrigger.Q(new__stand="verzonden"),
    func=_EIGEN_MELDING,
)

_GEDAAN = """
    IF TG_OP = 'INSERT' THEN
        IF NEW.stand <> 'te_doen' THEN
            RAISE EXCEPTION 'rw_6_15: een terugkoppeling begint als te doen' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.stand = 'afgeleverd' AND OLD.stand IN ('te_doen', 'mislukt') AND NEW.toelichting ~ '^\\s*$' THEN
        RAISE EXCEPTION 'rw_6_15: bij terugkoppeling % staat niet wat er is gezegd', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

gedaan_of_gemotiveerd = pgtrigger.Trigger(
    name="rw_6_15_gedaan_met_wat_is_gezegd",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand"),
    func=_GEDAAN,
)

# A mail of the report or the decision is always somebody's feedback; who that is, is checked and must be of the case.
_PARTIJ = """
    IF TG_OP = 'UPDATE' AND OLD.verzonden_op IS NOT NULL THEN
        RETURN NEW;
    END IF;
    SELECT x.id, x.stand, x.betrokkene_id, x.via_id, s.casus_id INTO t
      FROM casus_terugkoppeling x JOIN casus_processtap s ON s.id = x.stap_id WHERE x.bericht_id = NEW.id;
    SELECT s.casus_id, s.soort INTO stap FROM casus_processtap s WHERE s.id = NEW.stap_id;
    IF NEW.stap_id IS NOT NULL AND stap.casus_id <> NEW.casus_id THEN
        RAISE EXCEPTION 'rw_5_1: bericht % hoort bij een stap van een andere casus', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.soort = 'mail' AND NEW.adres !~ '^[^@\\s,;"<>]+@[^@\\s,;"<>]+$' THEN
        RAISE EXCEPTION 'rw_5_1: bericht % gaat niet naar een enkel mailadres', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF t.id IS NULL THEN
        IF NEW.soort = 'mail' AND (stap.soort IS NULL OR stap.soort IN ('melding', 'triage')) THEN
            RAISE EXCEPTION 'rw_5_1: bericht % is voor niemand van deze casus', NEW.id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF t.casus_id <> NEW.casus_id OR t.stand <> 'verzonden' OR EXISTS (
           SELECT 1 FROM unnest(ARRAY[t.betrokkene_id, t.via_id]) wie
            WHERE wie IS NOT NULL AND NOT EXISTS (
                  SELECT 1 FROM casus_betrokkene b
                   WHERE b.id = wie AND b.casus_id = NEW.casus_id AND b.persoon_id IS NOT NULL)) THEN
        RAISE EXCEPTION 'rw_5_1: wie bericht % krijgt, hoort niet bij deze casus', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

naar_een_partij = pgtrigger.Trigger(
    name="rw_5_1_naar_een_partij",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("verzonden_op"),
    condition=pgtrigger.Q(new__verzonden_op__isnull=False),
    declare=[("t", "record"), ("stap", "record")],
    func=_PARTIJ,
)

# Only of feedback: what is handed over to another organisation has rules of its own (RW-10.1).
_OVER_ANDEREN = """
    IF TG_OP = 'UPDATE' AND OLD.verzonden_op IS NOT NULL THEN
        RETURN NEW;
    END IF;
    SELECT x.id, coalesce(x.via_id, x.betrokkene_id) AS lezer_id INTO t
      FROM casus_terugkoppeling x WHERE x.bericht_id = NEW.id;
    IF t.id IS NULL THEN
        RETURN NEW;
    END IF;
    alles := NEW.onderwerp || ' ' || NEW.tekst;
    IF EXISTS (
        SELECT 1 FROM regexp_matches(alles, '(?<![[:alnum:]+.-])(?<!\\d )(\\d{9})(?![[:alnum:]-])', 'g') m,
               LATERAL (SELECT sum(substr(m[1], i, 1)::int * CASE i WHEN 9 THEN -1 ELSE 10 - i END) AS som
                          FROM generate_series(1, 9) i) proef
         WHERE proef.som % 11 = 0 AND m[1] <> '000000000'
    ) THEN
        RAISE EXCEPTION 'rw_5_1: in bericht % staat een BSN', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM casus_betrokkene b JOIN casus_persoon p ON p.id = b.persoon_id
         WHERE b.casus_id = NEW.casus_id AND p.adres_geheim AND (
               (length(p.straat) > 5 AND lower(alles) ~ ('(?<!\\w)'
                   || regexp_replace(lower(trim(p.straat)), '([^[:alnum:] ])', '\\\\\1', 'g') || '(?!\\w)'))
            OR (p.postcode ~ '^\\d{4} ?[A-Za-z]{2}$' AND upper(alles) ~ ('(?<!\\w)' || left(p.postcode, 4) || ' ?'
                   || right(upper(p.postcode), 2) || '(?!\\w)')))
    ) THEN
        RAISE EXCEPTION 'rw_7_15: in bericht % staat een geheim adres', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM casus_betrokkene b JOIN casus_persoon p ON p.id = b.persoon_id
         WHERE b.casus_id = NEW.casus_id AND b.id IS DISTINCT FROM t.lezer_id AND p.geboortedatum <> current_date
           AND alles ~ ('(?<!\\d)0?' || extract(day FROM p.geboortedatum) || '[-/.]0?'
                        || extract(month FROM p.geboortedatum) || '[-/.]' || extract(year FROM p.geboortedatum)
                        || '(?!\\d)')
    ) THEN
        RAISE EXCEPTION 'rw_5_1: in bericht % staat de geboortedatum van een ander', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

niets_over_anderen = pgtrigger.Trigger(
    name="rw_5_1_niets_over_anderen",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("verzonden_op"),
    condition=pgtrigger.Q(new__verzonden_op__isnull=False),
    declare=[("t", "record"), ("alles", "text")],
    func=_OVER_ANDEREN,
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
