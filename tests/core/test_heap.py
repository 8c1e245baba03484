"""What is loaded is out of the garbage collector's way; what is made later is collected."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery.signals import worker_before_create_process, worker_ready

from panel.core import heap

WEB_PROCESS = """
import gc, sys, panel.wsgi
print(gc.get_freeze_count() > 100_000, gc.get_threshold()[0], "panel.selfservice.urls" in sys.modules)
"""


class Knot:
    """Refers to itself: its reference count alone never frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _thresholds_of_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


def test_heap_exempts_what_is_loaded_and_frees_what_comes_later() -> None:
    kept, frozen = Knot(), gc.get_freeze_count()
    heap.set_aside()
    assert gc.get_freeze_count() > frozen
    assert kept not in gc.get_objects()

    forgotten = weakref.ref(Knot())
    gc.collect()

    assert forgotten() is None


@pytest.mark.parametrize("signal", [worker_before_create_process, worker_ready])
def test_heap_is_set_aside_when_a_worker_has_loaded_its_tasks(signal: object) -> None:
    gc.set_threshold(700)

    signal.send(sender=None)  # type: ignore[attr-defined]

    assert gc.get_threshold()[0] == heap.YOUNG


def test_heap_of_a_web_process_is_set_aside_with_every_view(tmp_path: Path) -> None:
    environment = {**os.environ, "DEBUG": "1", "DATA_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}

    told = subprocess.run(
        [sys.executable, "-c", WEB_PROCESS],
        capture_output=True, text=True, check=True, timeout=60, env=environment,
    )  # fmt: skip

    assert told.stdout.split() == ["True", str(heap.YOUNG), "True"]
