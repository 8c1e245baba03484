"""Celery's side of searching: an id in, nothing out."""

from __future__ import annotations

from celery import shared_task

from panel.core import broker

CHECK_TASK = "panel.domain.search_tasks.check"


@shared_task(name=CHECK_TASK)
def check(search_pk: int) -> None:
    """Ask the registrar about the open lines of one search."""
    from panel.domain.answering import answer

    answer(search_pk)


def send_check(search_pk: int) -> None:
    """Hand a search to the workers. A broker that is away costs time: the page that waits asks again."""
    broker.send(CHECK_TASK, search_pk, expires=60)
