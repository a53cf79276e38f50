"""Looking things up in a case; nothing here changes anything."""

from casus.selectors.betrokkenheid import (
    CRISISDIENST_DUUR,
    draagt_team_van,
    heeft_noodknop_gebruikt,
    heeft_taak_in,
    is_betrokken_bij,
    zichtbare_casussen,
    zonder_geheim_voor,
)

__all__ = [
    "CRISISDIENST_DUUR",
    "draagt_team_van",
    "heeft_noodknop_gebruikt",
    "heeft_taak_in",
    "is_betrokken_bij",
    "zichtbare_casussen",
    "zonder_geheim_voor",
]
