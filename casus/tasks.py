"""Background work of the spine; each may run twice, late or after a crash."""

from celery import shared_task

from casus.services.herinneringen import herinner


@shared_task
def herinneren() -> None:
    """Terms that are close or past."""
    herinner()
