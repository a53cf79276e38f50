"""What PostgreSQL itself guards about advice: nobody in it without consent, and its confirmation says a number only."""

from __future__ import annotations

import pgtrigger
from django.db import models

vrager_blijft_betrokken = pgtrigger.Trigger(
    name="rw_6_2_vrager_blijft_betrokken",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("vrager_is"),
    condition=pgtrigger.Q(old__vrager_is="directbetrokkene") & ~pgtrigger.Q(new__vrager_is="directbetrokkene"),
    func="""
        IF EXISTS (SELECT 1 FROM melding_toestemming WHERE advies_id = NEW.id) THEN
            RAISE EXCEPTION 'rw_6_2: de adviesvrager gaf toestemming als directbetrokkene (advies %)', NEW.id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

alleen_van_directbetrokkene = pgtrigger.Trigger(
    name="rw_6_2_alleen_van_directbetrokkene",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("advies_id"),
    func="""
        IF NOT EXISTS (SELECT 1 FROM melding_advies WHERE id = NEW.advies_id AND vrager_is = 'directbetrokkene') THEN
            RAISE EXCEPTION 'rw_6_2: alleen een directbetrokkene kan toestemming geven (advies %)', NEW.advies_id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

_NIEMAND_ZONDER_TOESTEMMING = pgtrigger.Trigger(
    name="rw_6_2_niemand_zonder_toestemming",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("casus_id"),
    func="""
        IF EXISTS (SELECT 1 FROM casus_casus WHERE id = NEW.casus_id AND soort = 'advies') AND NOT EXISTS (
            SELECT 1 FROM melding_toestemming t JOIN melding_advies a ON a.id = t.advies_id
              JOIN casus_processtap s ON s.id = a.stap_id WHERE s.casus_id = NEW.casus_id) THEN
            RAISE EXCEPTION 'rw_6_2: in een advies staat niemand zonder toestemming (casus %)', NEW.casus_id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

_ALLEEN_HET_NUMMER = pgtrigger.Trigger(
    name="rw_5_2_alleen_het_nummer",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("verzonden_op"),
    condition=pgtrigger.Q(new__verzonden_op__isnull=False),
    func="""
        IF TG_OP = 'UPDATE' AND OLD.verzonden_op IS NOT NULL THEN
            RETURN NEW;
        END IF;
        IF EXISTS (
            SELECT 1 FROM casus_casus c JOIN casus_processtap s ON s.casus_id = c.id
              JOIN melding_advies a ON a.stap_id = s.id,
                   LATERAL (SELECT NEW.onderwerp || ' ' || NEW.tekst AS alles) b
             WHERE c.id = NEW.casus_id AND (
                   position(c.nummer in b.alles) = 0
                OR EXISTS (SELECT 1 FROM regexp_matches(b.alles, '[A-Z]-\\d{3}-\\d{3}-\\d{3}', 'g') n
                            WHERE n[1] <> c.nummer)
                OR (length(a.fictieve_naam) > 3 AND position(a.fictieve_naam in b.alles) > 0)
                OR (length(a.onderwerp) > 15 AND position(a.onderwerp in b.alles) > 0)
                OR (length(a.advies) > 15 AND position(a.advies in b.alles) > 0)
                OR (length(a.adviesvrager_naam) > 3 AND position(a.adviesvrager_naam in b.alles) > 0))
        ) THEN
            RAISE EXCEPTION 'rw_5_2: de adviesvrager krijgt alleen het casusnummer advies (casus %)', NEW.casus_id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


def bewaak(betrokkene: type[models.Model], bericht: type[models.Model]) -> None:
    """The tables are of casus; what they may not hold in an advies is known here."""
    pgtrigger.register(_NIEMAND_ZONDER_TOESTEMMING)(betrokkene)
    pgtrigger.register(_ALLEEN_HET_NUMMER)(bericht)
