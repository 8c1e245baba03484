"""A page that follows what is under way never stays behind: what ends while it is read shows, or is looked at again.

Whatever comes to its end comes to it after each of the page's queries in turn, with what it changes, at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client

from panel.dns.models import Zone
from panel.dns.operations_read import plan_read_zone
from panel.domain.delegation_models import GlueRecord
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.domain.operations_read import ReadDelegation
from panel.domain.operations_read import plan_reading as plan_look
from panel.hosting.models import Change, Redirect
from panel.hosting.pages import DESKS
from panel.hosting.reading import plan_reading
from panel.operation.models import Operation
from panel.operation.states import State
from tests.between import after_query

pytestmark = pytest.mark.django_db
NAME = "soler-estudio.com"
FOLLOWS = 'hx-trigger="every 2s"'
BEFORE, NOW = "203.0.113.77", "203.0.113.99"
MOST_QUERIES = 20


def pages_behind(
    operation: Operation, browser: Client, address: str, write: Callable[[str], object], before: str = BEFORE
) -> tuple[list[int], int]:
    """After which query's end the page shows what was before and follows nothing, and after how many it shows that."""
    behind, shown = [], 0
    rows = Operation.objects.filter(pk=operation.pk)
    for number in range(MOST_QUERIES):
        write(BEFORE)
        rows.update(state=State.QUEUED, finished_at=None)

        def end() -> None:
            write(NOW)
            rows.update(state=State.SUCCEEDED, finished_at=Now())

        with after_query(number, end):
            page = browser.get(address).content.decode()
        shown += before in page
        if before in page and FOLLOWS not in page:
            behind.append(number)
    return behind, shown


@pytest.mark.parametrize("audience", ["customer", "brand"])
def test_page_of_a_name_shows_what_was_read_meanwhile_or_follows_it(
    audience: str, held: Any, own: Client, sign_in: Any, make_user: Any, operator: Any
) -> None:
    domain = held(NAME, read=False)
    manager = make_user("manager@demo.test", brand=operator)
    browser, folder = (own, "") if audience == "customer" else (sign_in(manager), "/brand")
    refresh = plan_refresh(NAME, domain.account, key="x", customer=domain.customer)
    rows = Domain.objects.filter(pk=domain.pk)

    behind, shown = pages_behind(
        refresh,
        browser,
        f"{folder}/domains/{NAME}/",
        lambda word: rows.update(nameservers=[f"ns.{word}.test"]),
    )

    assert behind == []
    assert 0 < shown < MOST_QUERIES


def test_list_of_things_shows_what_was_changed_meanwhile_or_follows_it(
    held: Any, own: Client, owner: Any
) -> None:
    domain = held(NAME)
    change = plan_reading(domain, actor=owner)
    Operation.objects.filter(pk=change.pk).update(kind=DESKS["redirects"].change.name)
    Change.objects.filter(operation=change).update(noun="redirects")
    Redirect.objects.create(domain=domain, name=f"old.{NAME}", type="301")
    rows = Redirect.objects.filter(domain=domain)

    behind, shown = pages_behind(
        change, own, f"/domains/{NAME}/hosting/redirects/",
        lambda word: rows.update(destination=f"https://{word}/"),
    )  # fmt: skip

    assert behind == []
    assert 0 < shown < MOST_QUERIES


def test_page_of_a_zone_shows_what_was_read_meanwhile_or_follows_it(
    held: Any, own: Client, owner: Any, run_due: Callable[..., int]
) -> None:
    domain = held(NAME, read=False)
    reading = plan_read_zone(domain, actor=owner)
    run_due(hurry=True)
    zone = Zone.objects.get(domain=domain)
    address = next(row for row in zone.records if row[1] == "A")

    def write(word: str) -> None:
        address[2] = word
        Zone.objects.filter(pk=zone.pk).update(records=zone.records)

    behind, shown = pages_behind(reading, own, f"/domains/{NAME}/dns/", write)

    assert behind == []
    assert 0 < shown < MOST_QUERIES


def test_page_of_keys_shows_what_was_read_meanwhile_or_follows_it(held: Any, own: Client, owner: Any) -> None:
    domain = held(NAME, read=False)
    reading = plan_look(domain, ReadDelegation, actor=owner)
    rows = Domain.objects.filter(pk=domain.pk)
    key = {"key_tag": 12345, "algorithm": 13, "digest_type": 2}

    behind, shown = pages_behind(
        reading, own, f"/domains/{NAME}/dnssec/",
        lambda word: rows.update(ds_keys=[{**key, "digest": "AB" * 31 + ("77" if word == BEFORE else "99")}]),
        before="AB" * 31 + "77",
    )  # fmt: skip

    assert behind == []
    assert 0 < shown < MOST_QUERIES


def test_page_of_hosts_shows_what_was_read_meanwhile_or_follows_it(
    held: Any, own: Client, owner: Any
) -> None:
    domain = held(NAME, read=False)
    reading = plan_look(domain, ReadDelegation, actor=owner)
    host = GlueRecord.objects.create(domain=domain, name=f"ns1.{NAME}")
    rows = GlueRecord.objects.filter(pk=host.pk)

    behind, shown = pages_behind(
        reading, own, f"/domains/{NAME}/glue/", lambda word: rows.update(addresses=[word])
    )

    assert behind == []
    assert 0 < shown < MOST_QUERIES
