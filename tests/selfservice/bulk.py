"""What tests of changes of many names do again and again."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from panel.domain.models import BulkJob, Domain
from panel.operation.models import Operation
from panel.operation.states import State
from panel.operation.transition import move

NEW, START = "/jobs/new/", "/jobs/start/"


def words_of(response: Any) -> str:
    """The page's words in one line."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def ids(names: list[Domain]) -> list[int]:
    return [name.pk for name in names]


def ticket_of(page: Any) -> str:
    """What the start button of a preview carries."""
    found = re.search(r'name="ticket" value="([^"]+)"', page.content.decode())
    assert found is not None, words_of(page)
    return found[1]


def started(client: Client, names: list[Domain], action: str, **values: Any) -> BulkJob:
    """A job that was previewed and started."""
    page = client.post(NEW, {"ids": ids(names), "action": action, **values})
    answer = client.post(START, {"ticket": ticket_of(page)})
    assert answer.status_code == 302
    return BulkJob.objects.get(public_id=answer["Location"].rstrip("/").rpartition("/")[2])


def end(kind: str, state: State) -> None:
    """Bring every operation of a kind to its end, as the engine does."""
    for operation in Operation.objects.filter(kind=kind, state=State.QUEUED):
        move(operation.pk, State.SENDING)
        move(operation.pk, state)
