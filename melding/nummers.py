"""Meldingsnummers: one series for signals and meldingen together, so that a number names one report only."""

from __future__ import annotations

import pgtrigger

_ANDERE = {
    "signaal": "EXISTS (SELECT 1 FROM melding_melding m WHERE m.nummer = NEW.nummer)",
    "melding": (
        "EXISTS (SELECT 1 FROM melding_signaal s WHERE s.nummer = NEW.nummer AND s.id IS DISTINCT FROM NEW.signaal_id)"
        " OR EXISTS (SELECT 1 FROM melding_signaal s WHERE s.id = NEW.signaal_id AND s.nummer <> NEW.nummer)"
    ),
}


def eigen_nummer(tabel: str) -> pgtrigger.Trigger:
    """Refuses a number that the other table has given out; the lock makes two at once wait for each other."""
    return pgtrigger.Trigger(
        name=f"rw_6_18_nummer_van_een_{tabel}",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            PERFORM pg_advisory_xact_lock(hashtextextended(NEW.nummer, 618));
            IF {_ANDERE[tabel]} THEN
                RAISE EXCEPTION 'rw_6_18: meldingsnummer % is al uitgegeven', NEW.nummer
                    USING ERRCODE = 'unique_violation';
            END IF;
            RETURN NEW;
        """,
    )
