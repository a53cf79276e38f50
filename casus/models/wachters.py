"""What PostgreSQL itself guards about people: where they may be added, who was merged, and that nobody descends from
themselves."""

from __future__ import annotations

import pgtrigger

PERSOONSGEGEVENS = (
    "voornamen",
    "voorvoegsel",
    "achternaam",
    "geboortedatum",
    "geboortedatum_opgegeven",
    "geslacht",
    "geboorteland",
    "ongeboren",
    "bsn",
    "bsn_stand",
    "straat",
    "postcode",
    "plaats",
    "adres_geheim",
    "telefoon",
    "email",
    "overleden_op",
)

opgegaan_staat_vast = pgtrigger.Protect(
    name="persoon_opgegaan_staat_vast",
    operation=pgtrigger.UpdateOf(*PERSOONSGEGEVENS),
    condition=pgtrigger.Q(old__opgegaan_in__isnull=False, new__opgegaan_in__isnull=False),
)
"""Who was merged into someone else is kept as it was, to be given back when they are split again."""

# The lock lets a closing that is on its way finish first.
_OPEN_CASUS = """
    IF EXISTS (SELECT 1 FROM (SELECT stand FROM casus_casus WHERE id = NEW.casus_id FOR SHARE) c WHERE stand <> 'open')
    THEN
        RAISE EXCEPTION 'rw_13_af: de casus is gesloten en krijgt er geen betrokkene bij (casus %)', NEW.casus_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

alleen_in_open_casus = pgtrigger.Trigger(
    name="rw_13_af_betrokkene_in_open_casus",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=_OPEN_CASUS,
)

# The lock makes a merging that is on its way finish first.
_NIET_OPGEGAAN = """
    IF EXISTS (SELECT 1 FROM (SELECT opgegaan_in_id FROM casus_persoon WHERE id = NEW.persoon_id FOR SHARE) p
               WHERE opgegaan_in_id IS NOT NULL) THEN
        RAISE EXCEPTION 'persoon_opgegaan: deze persoon is samengevoegd met een ander (persoon %)', NEW.persoon_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

niet_met_wie_opging = pgtrigger.Trigger(
    name="betrokkene_niet_met_wie_opging",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("persoon_id"),
    condition=pgtrigger.Q(new__persoon__isnull=False),
    func=_NIET_OPGEGAAN,
)

# Two rows that together make a circle may be written at the same time: they wait for each other here.
_GEEN_KRING = """
    PERFORM pg_advisory_xact_lock(hashtext('casus_familieband'));
    IF EXISTS (
        WITH RECURSIVE onder (id) AS (
            SELECT NEW.ander_id
            UNION
            SELECT f.ander_id FROM casus_familieband f JOIN onder o ON f.persoon_id = o.id
             WHERE f.soort IN ('ouder', 'stiefouder', 'pleegouder', 'grootouder') AND f.id <> NEW.id
        ) SELECT 1 FROM onder WHERE id = NEW.persoon_id
    ) THEN
        RAISE EXCEPTION 'familieband_kring: niemand stamt van zichzelf af (personen % en %)',
            NEW.persoon_id, NEW.ander_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

geen_kring = pgtrigger.Trigger(
    name="familieband_geen_kring",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("persoon_id", "ander_id", "soort"),
    condition=pgtrigger.Q(new__soort__in=["ouder", "stiefouder", "pleegouder", "grootouder"]),
    func=_GEEN_KRING,
)

_ALLEEN_DIRECT = """
    IF NOT EXISTS (SELECT 1 FROM casus_betrokkene b JOIN casus_processtap s ON s.id = NEW.stap_id
                    WHERE b.id = NEW.betrokkene_id AND b.stand = 'directbetrokkene' AND b.casus_id = s.casus_id) THEN
        RAISE EXCEPTION 'rw_7_6: alleen over een directbetrokkene van deze casus (betrokkene %)', NEW.betrokkene_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

alleen_over_directbetrokkene = pgtrigger.Trigger(
    name="rw_7_6_alleen_directbetrokkene",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("betrokkene_id", "stap_id"),
    func=_ALLEEN_DIRECT,
)

_ZELFDE_CASUS = """
    IF NOT EXISTS (SELECT 1 FROM casus_betrokkene b JOIN casus_processtap s ON s.id = NEW.stap_id
                    WHERE b.id = NEW.betrokkene_id AND b.casus_id = s.casus_id) THEN
        RAISE EXCEPTION 'rw_7_3: deze betrokkene hoort bij een andere casus (betrokkene %)', NEW.betrokkene_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

betrokkene_van_deze_casus = pgtrigger.Trigger(
    name="rw_7_3_betrokkene_van_deze_casus",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("betrokkene_id", "stap_id"),
    func=_ZELFDE_CASUS,
)

_BINNEN_CASUS = """
    IF NOT EXISTS (SELECT 1 FROM casus_betrokkene WHERE id = NEW.betrokkene_id AND casus_id = NEW.casus_id) THEN
        RAISE EXCEPTION 'pro_4: deze betrokkene hoort bij een andere casus (betrokkene %)', NEW.betrokkene_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

uitwisseling_binnen_casus = pgtrigger.Trigger(
    name="pro_4_partij_van_deze_casus",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("betrokkene_id", "casus_id"),
    condition=pgtrigger.Q(new__betrokkene__isnull=False),
    func=_BINNEN_CASUS,
)
