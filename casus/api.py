"""Who may see a piece of a file through the API: whoever may see its case; each look is logged."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.request import Request

from casus import rechten
from casus.models import Casus
from vt_cvs.kern.rechten import Recht
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang


def lees_stuk(request: Request, stuk: Any) -> None:
    """Not yours and not there are the same answer. A piece without a case says itself who may read it (`api_lezen`)."""
    casus: Casus | None = getattr(stuk, "dossier", None)
    recht: Recht = getattr(stuk, "api_lezen", rechten.mag_lezen if casus is not None else rechten.mag_opnemen)
    if not recht(request.user, stuk):
        raise Http404
    noteer_toegang(
        request.user, Gebeurtenis.INZIEN, stuk=stuk, casus_id=casus.pk if casus is not None else None, grond="API"
    )
