"""Looking things up in triage; nothing here changes anything."""

from triage.selectors.bekend import Bekend, Bekende, bronnen, wat_al_bekend_is
from triage.selectors.besluiten import eerder_besluit, mogelijke_tekenaars, na_tekenen, nog_niet_gedaan
from triage.selectors.vhts import Taxatie, betrokken_mensen, haal_besluit, haal_vht, vhts_van, zonder_besluit

__all__ = [
    "Bekend",
    "Bekende",
    "Taxatie",
    "betrokken_mensen",
    "bronnen",
    "eerder_besluit",
    "haal_besluit",
    "haal_vht",
    "mogelijke_tekenaars",
    "na_tekenen",
    "nog_niet_gedaan",
    "vhts_van",
    "wat_al_bekend_is",
    "zonder_besluit",
]
