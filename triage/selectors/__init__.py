"""Looking things up in triage; nothing here changes anything."""

from triage.selectors.bekend import Bekend, wat_al_bekend_is
from triage.selectors.vhts import Taxatie, betrokken_mensen, haal_besluit, haal_vht, vhts_van, zonder_besluit

__all__ = [
    "Bekend",
    "Taxatie",
    "betrokken_mensen",
    "haal_besluit",
    "haal_vht",
    "vhts_van",
    "wat_al_bekend_is",
    "zonder_besluit",
]
