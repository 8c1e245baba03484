"""The alarm clock: Celery wakes the engine, the database holds the truth."""

import os
from typing import Any

from celery import Celery
from celery.signals import (
    setup_logging,
    worker_before_create_process,
    worker_process_shutdown,
    worker_ready,
    worker_shutdown,
)

from panel.core import heap

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")

app = Celery("panel", task_cls="panel.operation.periodic:PanelTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_logs(**_options: Any) -> None:
    """Leave logging to the settings: with a receiver here, Celery sets no level of its own over the panel's."""


@worker_before_create_process.connect
@worker_ready.connect
def set_aside(**_options: Any) -> None:
    """Tasks are loaded; before processes are forked, so that they share what is loaded for as long as they live."""
    heap.set_aside()


@worker_shutdown.connect
@worker_process_shutdown.connect
def end_sessions(**_options: Any) -> None:
    """Close what this process alone keeps open, such as a test of credentials; sessions of accounts are shared."""
    from registrar import close_sessions

    close_sessions()
