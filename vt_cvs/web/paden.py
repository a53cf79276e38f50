"""Addresses hold numbers and nothing else; what is no number never reaches a view or the database."""

from django.urls.converters import StringConverter

from vt_cvs.kern.nummers import PATROON


class Nummerdeel(StringConverter):
    """A case or report number, as in /casus/C-481-730-962/."""

    regex = PATROON.pattern
