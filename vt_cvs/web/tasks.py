"""Background work of the pages; may run twice, late or after a crash."""

from celery import shared_task

from vt_cvs.web import klad


@shared_task(name="vt_cvs.web.ruim_kladden_op")
def ruim_kladden_op() -> int:
    """Drafts that nobody went on with."""
    return klad.ruim_op()
