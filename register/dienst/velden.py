"""Text that is encrypted at rest and cannot be searched for (VTR-2)."""

from __future__ import annotations

import base64
from typing import Any

from django.db import models

from vt_cvs.kern.versleuteling import ontsleutel, versleutel


class VersleuteldeTekst(models.TextField):
    """Reads as it was written; the database and its backups hold only ciphertext. "" stays ""."""

    def _plek(self) -> str:
        return f"register.{self.name}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return base64.b64encode(versleutel(value.encode(), plek=self._plek())).decode() if value else value

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return ontsleutel(base64.b64decode(value), plek=self._plek()).decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "exact" else None  # only for "is it empty?"
