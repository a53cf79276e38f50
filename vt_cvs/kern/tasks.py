"""Background work of the ground. Every task may run twice, late, or after a crash without harm."""

from celery import shared_task

from vt_cvs.kern.uitpost import bezorg


@shared_task
def bezorg_uitpost() -> int:
    """Empty the outbox."""
    return bezorg()
