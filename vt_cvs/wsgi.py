"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from vt_cvs.web.stroom import HeelBericht

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vt_cvs.settings")
application = HeelBericht(get_wsgi_application())
