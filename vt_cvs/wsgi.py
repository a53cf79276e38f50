"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vt_cvs.settings")
application = get_wsgi_application()

import vt_cvs.celery  # noqa: E402, F401 - tasks are sent to our broker, not to Celery's default
