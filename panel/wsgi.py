"""The WSGI application, loaded to the end, and the thread that watches the clock from every web process."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")

application = get_wsgi_application()

from panel.core import heap, watch  # noqa: E402 - the apps must be ready

# With every view, which the first page would have to wait for. By name: this module is below them.
for urls in ("panel.urls", "panel.urls_brand"):
    import_module(urls)
heap.set_aside()
watch.start()
