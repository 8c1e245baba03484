"""Celery's side of hosting: nothing in, nothing out."""

from __future__ import annotations

from celery import shared_task

from panel.hosting import operations_once, operations_plans
from panel.operation.sweep import beat


@shared_task(name="panel.hosting.tasks.forget_links")
def forget_links() -> None:
    """Drop log-ins to site builders that nobody opened in time."""
    beat("hosting-links", forgotten=operations_once.forget_old())


@shared_task(name="panel.hosting.tasks.read_plans")
def read_plans() -> None:
    """Have the list of plans of every account read."""
    beat("hosting-plans", planned=operations_plans.plan_lists())
