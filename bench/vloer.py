"""The least that the measured pages can cost: their essential questions as bare SQL, asked and fetched."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

VELDEN = """t.id, t.soort, t.titel, t.omdat, t.kop, t.pad, t.uiterlijk, t.rekenkundig, t.termijn, t.direct, t.voor_id,
    s.soort, c.naam, c.nummer, c.stand, c.veiligheid, c.laagste_score, c.laatste_contact_op, c.laatste_contact_hoe,
    c.heeft_alarm, c.heeft_nti, w.naam"""
VAN_MIJ = "t.stand = 'open' AND (t.voor_id = %(wie)s OR (t.voor_id IS NULL AND t.team_id = %(team)s))"
GROEP = """CASE WHEN t.direct OR t.uiterlijk < current_date OR c.veiligheid = 'acuut' THEN 1
    WHEN t.uiterlijk = current_date THEN 2 WHEN t.uiterlijk <= current_date + 7 THEN 3 ELSE 4 END"""

WERKLIJST = (
    f"""SELECT {VELDEN}, {GROEP} AS groep
          FROM casus_taak t
          LEFT JOIN casus_casus c ON c.id = t.casus_id
          LEFT JOIN casus_processtap s ON s.id = t.stap_id
          LEFT JOIN organisatie_medewerker w ON w.id = c.verantwoordelijke_id
         WHERE {VAN_MIJ}
         ORDER BY groep, t.direct DESC, c.veiligheid, t.uiterlijk, t.id LIMIT 51""",
    f"""SELECT {GROEP} AS groep, count(*)
          FROM casus_taak t LEFT JOIN casus_casus c ON c.id = t.casus_id WHERE {VAN_MIJ} GROUP BY 1""",
)
CASUS = (
    """SELECT c.*, w.naam FROM casus_casus c LEFT JOIN organisatie_medewerker w ON w.id = c.verantwoordelijke_id
        WHERE c.nummer = %(nummer)s""",
    """SELECT r.soort, r.onderwerp_id, r.wat, r.zin, r.motivering, r.gebeurd_op, r.pad, d.naam, s.soort,
              k.onderwerp, k.verslag, k.met
         FROM casus_logregel r
         JOIN organisatie_medewerker d ON d.id = r.door_id
         LEFT JOIN casus_processtap s ON s.id = r.stap_id
         LEFT JOIN casus_contact k ON r.soort = 'casus.contact' AND k.id = r.onderwerp_id
        WHERE r.casus_id = %(casus)s AND r.op_tijdlijn
        ORDER BY r.gebeurd_op DESC, r.id DESC LIMIT 51""",
    """SELECT b.stand, b.aandeel, b.relatie, p.voornamen, p.voorvoegsel, p.achternaam, p.geboortedatum
         FROM casus_betrokkene b LEFT JOIN casus_persoon p ON p.id = b.persoon_id WHERE b.casus_id = %(casus)s""",
)


def verbinding() -> psycopg.Connection[Any]:
    """Straight to the database, past Django."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def tijd(db: psycopg.Connection[Any], vragen: Sequence[str], waarden: Mapping[str, Any]) -> float:
    """Milliseconds for all of them, to the last row."""
    begin = time.perf_counter()
    for vraag in vragen:
        db.execute(vraag, waarden).fetchall()
    return (time.perf_counter() - begin) * 1000
