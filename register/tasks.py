"""Background work of the register. Every task may run twice, late, or after a crash without harm."""

import logging

from celery import shared_task

from register.services import matches, vergelijken
from vt_cvs.kern.uitpost import Later

logger = logging.getLogger(__name__)


@shared_task
def synchroniseer() -> int:
    """Hear what the register has for us; when it cannot be reached, a next run will."""
    try:
        return matches.synchroniseer()
    except Later as fout:
        logger.warning("%s", fout)
        return 0


@shared_task
def vergelijk() -> int:
    """The daily check of everything we said."""
    return vergelijken.vergelijk()
