"""pytest plugin: gives every parallel test process a Redis database of its own (SUITE_REDIS_URLS)."""

import os

_urls = os.environ.get("SUITE_REDIS_URLS", "").split()
if _urls:
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["REDIS_URL"] = _urls[_worker % len(_urls)]
