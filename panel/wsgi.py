"""The WSGI application, and the thread that watches the clock from every web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")

application = get_wsgi_application()

from panel.core import watch  # noqa: E402 - the apps must be ready

watch.start()
