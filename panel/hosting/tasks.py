"""Celery's side of hosting: nothing in, nothing out."""

from __future__ import annotations

from celery import shared_task

from panel.hosting import operations_once
from panel.operation.sweep import beat


@shared_task(name="panel.hosting.tasks.forget_links")
def forget_links() -> None:
    """Drop log-ins to site builders that nobody opened in time."""
    beat("hosting-links", forgotten=operations_once.forget_old())
