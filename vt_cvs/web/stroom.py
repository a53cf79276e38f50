"""What happens to a message before Django reads it."""

import io
from typing import Any

from django.conf import settings

PAD = "/api/"


class HeelBericht:
    """WSGI: a body that comes in pieces (chunked) has no length, and Django would take it for empty.

    Only below /api/, and never more than a message may be: one byte over the limit is enough to be refused.
    """

    def __init__(self, toepassing: Any) -> None:
        self.toepassing = toepassing

    def __call__(self, omgeving: dict[str, Any], begin: Any) -> Any:
        in_stukken = not omgeving.get("CONTENT_LENGTH") and "chunked" in omgeving.get("HTTP_TRANSFER_ENCODING", "")
        if in_stukken and omgeving.get("PATH_INFO", "").startswith(PAD):
            inhoud = self._lees(omgeving["wsgi.input"])
            omgeving = {**omgeving, "CONTENT_LENGTH": str(len(inhoud)), "wsgi.input": io.BytesIO(inhoud)}
        return self.toepassing(omgeving, begin)

    @staticmethod
    def _lees(stroom: Any) -> bytes:
        """What came in, or nothing when the pieces do not fit together: then it is refused as unreadable."""
        try:
            return bytes(stroom.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
        except Exception:
            return b""
