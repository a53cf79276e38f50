"""Said at start and by `manage.py check`, not at the first PDF."""

from __future__ import annotations

import ctypes.util
from typing import Any

from django.core import checks

from casus.inzage.document import PANGO


def pango_is_er(app_configs: Any, **_: Any) -> list[checks.CheckMessage]:  # noqa: ARG001
    """Looks for the library only: importing WeasyPrint takes a second."""
    if ctypes.util.find_library("pango-1.0") and ctypes.util.find_library("pangoft2-1.0"):
        return []
    return [checks.Warning("Inzagedossiers kunnen niet worden gemaakt: Pango ontbreekt.", hint=PANGO, id="inzage.W001")]
