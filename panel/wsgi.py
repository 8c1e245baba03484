"""The WSGI application, loaded to the end, and the thread that watches the clock from every web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")

application = get_wsgi_application()

from panel.core import heap, watch  # noqa: E402 - the apps must be ready

heap.load_views()
heap.set_aside()
watch.start()
