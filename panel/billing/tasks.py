"""Celery's side of orders."""

from __future__ import annotations

from celery import shared_task

from panel.billing import notices
from panel.operation.sweep import beat


@shared_task(name="panel.billing.tasks.tell_customers")
def tell_customers() -> None:
    """Mail customers how their orders ended."""
    beat("tell-customers", mailed=notices.tell_customers())
