"""What a process has loaded is kept out of the garbage collector's way.

A started panel holds half a million objects that live as long as it does: models, forms, translations, the address
table. A collection that walks through them takes a tenth of a second, in the middle of somebody's page.
"""

from __future__ import annotations

import gc
from importlib import import_module

# All routes, and with them all views. By name: they are above this.
ROUTES = ("panel.urls", "panel.urls_brand")
# Objects that are made before the young ones are looked through: a page of a hundred rows makes some ten thousand that
# its own reference counts free again.
YOUNG = 20_000


def load_views() -> None:
    """What the first page would have to wait for."""
    for name in ROUTES:
        import_module(name)


def set_aside() -> None:
    """Exempt everything loaded so far from collection, and look for cycles less often. To be called after loading.

    What is made later is collected as before. Called again, it exempts what has come meanwhile as well.
    """
    gc.collect()
    gc.freeze()
    _young, middle, old = gc.get_threshold()
    gc.set_threshold(YOUNG, middle, old)
