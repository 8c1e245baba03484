"""Celery's side of what a page waits for: searching, checking what is to be moved here, asking nameservers.

An id in, nothing out.
"""

from __future__ import annotations

from celery import shared_task

from panel.core import broker

CHECK_TASK = "panel.domain.search_tasks.check"
TRANSFER_TASK = "panel.domain.search_tasks.check_transfers"
NAMESERVER_TASK = "panel.domain.search_tasks.ask_nameservers"


@shared_task(name=CHECK_TASK)
def check(search_pk: int) -> None:
    """Ask the registrar about the open lines of one search."""
    from panel.domain.answering import answer

    answer(search_pk)


@shared_task(name=TRANSFER_TASK)
def check_transfers(batch_pk: int) -> None:
    """Ask the registrar about the open lines of one batch of transfers."""
    from panel.domain.transfer.checks import answer

    answer(batch_pk)


@shared_task(name=NAMESERVER_TASK)
def ask_nameservers(check_pk: int) -> None:
    """Ask the nameservers of one check."""
    from panel.domain.asking.asking import answer

    answer(check_pk)


def send_check(search_pk: int) -> None:
    """Hand a search to the workers. A broker that is away costs time: the page that waits asks again."""
    broker.send(CHECK_TASK, search_pk, expires=60)


def send_transfer_check(batch_pk: int) -> None:
    """As send_check(), for a batch of transfers."""
    broker.send(TRANSFER_TASK, batch_pk, expires=60)


def send_nameserver_check(check_pk: int) -> None:
    """As send_check(), for a question to nameservers."""
    broker.send(NAMESERVER_TASK, check_pk, expires=60)
