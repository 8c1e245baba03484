"""Readings that come at a bad moment: late, in the middle of a change, of a plan that lists nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from panel.core.models import database_now
from panel.domain.models import Domain
from panel.hosting.models import Mailbox
from panel.hosting.nouns import MAILBOXES, Line
from panel.hosting.operations import Shown
from panel.operation.registry import kind_for
from tests.hosting.scenes import BASIC, SECRET, last, page


def shown_before(at: Any, *lines: Line) -> Shown:
    """What a reading that began then saw of the mailboxes."""
    return Shown(at, True, lines={MAILBOXES.slug: list(lines)})


def test_reading_that_began_before_a_change_does_not_undo_it(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)
    began = database_now()
    own.post(page(BASIC, "mailboxes"), {"name": "ventas", "password": SECRET, "form": "a"})
    settle()

    kind_for("hosting.read").apply(last("hosting.read"), shown_before(began))

    new = Mailbox.objects.get(name=f"ventas@{BASIC}")
    assert new.missing_since is None
    assert Mailbox.objects.get(name=f"marta@{BASIC}").missing_since is not None


def test_thing_that_is_being_changed_is_left_as_it_is(own: Client, held: Callable[..., Domain]) -> None:
    held(BASIC)
    box = Mailbox.objects.get(name=f"marta@{BASIC}")
    own.post(page(BASIC, "mailboxes", box.public_id), {"delete": box.name})
    other = Line(box.name, box.remote_id, {"usage": 1, "quota": 2})

    kind_for("hosting.read").apply(last("hosting.read"), shown_before(database_now(), other))

    box.refresh_from_db()
    assert box.usage != 1


def test_thing_that_is_shown_again_is_as_it_was(held: Callable[..., Domain]) -> None:
    held(BASIC)
    box = Mailbox.objects.get(name=f"marta@{BASIC}")
    line = Line(box.name, box.remote_id, {"usage": box.usage, "quota": None})
    reading = kind_for("hosting.read")

    reading.apply(last("hosting.read"), shown_before(database_now()))
    reading.apply(last("hosting.read"), shown_before(database_now()))
    gone = Mailbox.objects.get(pk=box.pk).gone_at
    reading.apply(last("hosting.read"), shown_before(database_now(), line, line))

    back = Mailbox.objects.get(pk=box.pk)
    assert gone is not None
    assert (back.gone_at, back.missing_since, back.quota) == (None, None, box.quota)


def test_plan_whose_lists_are_refused_is_read_without_them(
    held: Callable[..., Domain], faulty: Callable[..., None]
) -> None:
    faulty("service/maillist", "code:300")

    domain = held(BASIC)

    assert domain.hosting_plan.product_key == "basic"
    assert not Mailbox.objects.exists()
    assert last("hosting.read").state == "succeeded"


def test_browser_asks_by_itself_once_for_what_was_never_read(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC, read=False)
    pages = [f"/domains/{BASIC}/hosting/", page(BASIC, "mailboxes")]
    asking = [own.get(address).content.decode() for address in pages]

    own.post(pages[0], {"read": "1"})
    settle()
    known = [own.get(address).content.decode() for address in pages]

    assert all('hx-trigger="load"' in shown for shown in asking)
    assert not any('hx-trigger="load"' in shown for shown in known)
