"""Large zones stay quick: the server's own work, by the processor's clock of this thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from panel.dns import drafts, records
from panel.dns.merging import between
from panel.dns.models import Zone
from panel.dns.outcome import outcome_of
from panel.dns.records import row_of
from panel.domain.models import Domain
from panel.operation.models import Operation
from tests.dns.zone_rows import NAME, ZONE, an_operation, kept, rec

PAGE = f"/domains/{NAME}/dns/"
MANY = 5000
# Seconds of this thread: twice the promise of 150 ms, since tests run on machines that do other things too.
MOST = 0.3


@pytest.fixture
def large(domain: Domain) -> Zone:
    """A zone of 5,000 records."""
    hosts = [rec(f"host-{number:05}", "A", f"192.0.{number // 250}.{number % 250}") for number in range(MANY)]
    return kept(domain, [*ZONE, *hosts[: MANY - len(ZONE)]])


def quickest(act: Callable[[], Any], times: int = 3) -> float:
    """The best of some turns, in seconds of this thread's work."""
    found = []
    for _turn in range(times):
        begun = time.thread_time()
        act()
        found.append(time.thread_time() - begun)
    return min(found)


def test_page_search_form_and_edit_of_a_large_zone_are_quick(own: Client, large: Zone, owner: Any) -> None:
    row = row_of(rec("host-02500", "A", "192.0.10.0"))
    drafts.put(large, owner, rec("blog", "A", "192.0.2.9"))
    own.get(PAGE)

    times = {
        "page": quickest(lambda: own.get(PAGE)),
        "last page": quickest(lambda: own.get(f"{PAGE}?page=50")),
        "search": quickest(lambda: own.get(f"{PAGE}?q=host-04")),
        "form": quickest(lambda: own.get(f"{PAGE}record/?row={row}")),
        "edit": quickest(lambda: own.post(f"{PAGE}record/?row={row}", {"name": "host-02500", "address": "192.0.9.9"})),
        "delete": quickest(lambda: own.post(f"{PAGE}drop/", {"row": row})),
    }  # fmt: skip

    assert {what: took for what, took in times.items() if took > MOST} == {}


def test_plan_of_a_large_zone_is_quick(own: Client, large: Zone, owner: Any) -> None:
    drafts.put(large, owner, rec("blog", "A", "192.0.2.9"))
    own.get(f"{PAGE}review/")

    assert quickest(lambda: own.get(f"{PAGE}review/")) <= MOST


def test_whole_large_zone_against_another_one_is_linear(large: Zone, owner: Any) -> None:
    base = list(drafts.working(large, owner).base)
    other = [replace(record, ttl=60) for record in base]

    took = quickest(lambda: (between(base, other, NAME), records.blocking(base, other)), times=1)

    assert took < 2


def test_thousands_of_records_of_one_name_and_type_are_compared_in_linear_time() -> None:
    texts = [rec("@", "TXT", f"verification={number}") for number in range(MANY)]
    others = [rec("@", "TXT", f"other={number}") for number in range(MANY)]
    services = [
        rec("_sip._tcp", "SRV", "5 5060 sip.lamps.example", priority=number) for number in range(MANY)
    ]

    took = quickest(lambda: (between(texts, others, NAME), records.blocking(texts, others)), times=1)
    took += quickest(lambda: between(services, [*reversed(services)], NAME), times=1)

    assert took < 2


def test_what_became_of_a_large_change_is_told_quickly(large: Zone, owner: Any) -> None:
    base = list(drafts.working(large, owner).base)
    wanted = [replace(record, ttl=60) for record in base]
    operation = an_operation(
        large.domain, "dns.zone", state="failed", reason="refused", finished_at=large.read_at,
        payload={"name": NAME, "records": [records.kept(row) for row in wanted], "base": large.serial},
    )  # fmt: skip

    outcome = outcome_of(operation, large)
    took = quickest(lambda: outcome_of(operation, large), times=1)

    assert (len(outcome.results), outcome.made) == (MANY, 0)
    assert took < 2


def test_applying_a_change_of_a_large_zone_is_quick(own: Client, large: Zone, owner: Any) -> None:
    drafts.put(large, owner, rec("blog", "A", "192.0.2.9"))
    mark = own.get(f"{PAGE}review/").context["plan"].mark

    took = quickest(lambda: own.post(f"{PAGE}review/", {"mark": mark}), times=1)

    assert Operation.objects.filter(kind="dns.zone").count() == 1
    # There is only one turn of this, so that whatever else is collected meanwhile counts too.
    assert took <= 2 * MOST
