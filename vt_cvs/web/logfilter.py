"""No personal data in a log line or error report: what happened is said, never to whom."""

import logging
import re
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

# What could point at a person: nine digits, a date of birth, a mail address, a telephone number.
_PERSOONLIJK = re.compile(
    r"\b\d{9}\b|\b\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d{2}\b|[\w.+-]+@[\w-]+\.[\w.]+|\+31\d{9}|\b0\d{1,3}[- ]?\d{6,8}\b"
)


class ZonderInhoud(logging.Filter):
    """Masks what looks like a person, drops the query string and the values an exception carries."""

    def filter(self, record: logging.LogRecord) -> bool:
        tekst = re.sub(r"(\s|^)(/[^\s?\"]*)\?\S*", r"\1\2?…", record.getMessage())
        record.msg, record.args = _PERSOONLIJK.sub("…", tekst), ()
        if record.exc_info and isinstance(record.exc_info, tuple) and record.exc_info[0] is not None:
            record.msg = f"{record.msg} [{record.exc_info[0].__name__}{_plek(record.exc_info[2])}]"
            record.exc_info, record.exc_text = None, None
        return True


def _plek(spoor: Any) -> str:
    """File and line of the last frame: enough to look, without the values that were in play."""
    while spoor is not None and spoor.tb_next is not None:
        spoor = spoor.tb_next
    return f" {spoor.tb_frame.f_code.co_filename}:{spoor.tb_lineno}" if spoor is not None else ""


class GeenGegevens(SafeExceptionReporterFilter):
    """Error reports hold no form, no settings and no local variables."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        return {}.items()
