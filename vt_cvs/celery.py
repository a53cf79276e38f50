"""Background work; the schedule stands in settings."""

from celery import Celery

app = Celery("vt_cvs")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
