"""A zone at each registrar that hosts zones: imported, edited, broken by another writer, carried over and undone."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import Any

import pytest

from registrar import open_driver, types
from tests.infrastructure.processes import wait_for
from tests.journey.conftest import PATIENCE
from tests.journey.test_zone import read

pytestmark = pytest.mark.journey

FILE = """$ORIGIN {zone}.
$TTL 3600
imported   IN A     192.0.2.31
           IN TXT   "made elsewhere"
docs       IN CNAME imported
"""
SETTLED_WITHIN = 90
KILLED_AT = "mrdomain"


@dataclass(frozen=True)
class Place:
    """A registrar's own door, for whoever writes there beside the panel, and the call that is answered to nobody."""

    offset: int
    path: str
    credentials: dict[str, str]
    name: str
    write: str


PLACES = {
    "mrdomain": Place(
        1, "", {"apiuser": "demo", "apipasswd": "demo"}, "soler-estudio.com", "service/dnssetzone"
    ),
    "netim": Place(
        2, "/2.0/", {"reseller": "DEMO01", "password": "demo"}, "bastienroux-photo.com", "domainZoneCreate"
    ),
    "namecom": Place(
        4, "/api", {"username": "demo-ote", "api_token": "demo"}, "ibarra-guitars.com", "dns/create"
    ),
}


def review_and_apply(page: Any) -> None:
    """From the bar of the draft to the button."""
    if not page.url.endswith("/review/"):
        page.locator(".draft-bar").get_by_role("link", name="Review").click()
    page.wait_for_url("**/review/")
    if page.get_by_label("Yes, this is what I want").count():
        page.get_by_label("Yes, this is what I want").check()
    page.get_by_role("button", name="Apply").click()


def lose_the_answer(registry: Any, family: str) -> None:
    """The next write is executed, and its answer is lost: where the worker is killed, while it waits for it."""
    kind = "timeout_after" if family == KILLED_AT else "reset_after"
    fault = {"family": family, "action": PLACES[family].write, "kind": kind, "times": 1}
    registry.call("POST", "/faults", fault)


def changed(page: Any) -> None:
    page.get_by_text("DNS records changed", exact=True).wait_for(timeout=PATIENCE)


@pytest.mark.parametrize("family", list(PLACES))
def test_zone_is_imported_edited_broken_by_another_writer_carried_over_and_undone(
    family: str, visit: Any, screenshot: Any, product: Any, registry: Any
) -> None:
    place = PLACES[family]
    zone = place.name
    endpoint = f"http://127.0.0.1:{product.sandbox_port + place.offset}{place.path}"
    elsewhere = open_driver(family, endpoint=endpoint, credentials=place.credentials)

    def there() -> set[str]:
        """The first labels that the registrar has."""
        return {record.name.removesuffix(f".{zone}") for record in elsewhere.dns.list(zone).items}

    page = visit("customer@demo.test")
    address = read(page, zone)

    page.goto(f"{address}import/")
    page.locator("textarea[name=text]").fill(FILE.format(zone=zone))
    page.locator("input[name=way][value=add]").check()
    page.get_by_role("button", name="Read it", exact=True).click()
    screenshot(page, f"zone-import-{family}")
    lose_the_answer(registry, family)
    review_and_apply(page)
    if family == KILLED_AT:
        wait_for(lambda: "imported" in there(), SETTLED_WITHIN, "the records have come to the registrar")
        os.kill(product.child("celery"), signal.SIGKILL)
    changed(page)
    assert {"imported", "docs"} <= there()

    page.locator(".zone-type", has_text="IPv4 address").click()
    form = page.locator(".record-form")
    form.locator("input[name=name]").fill("edited")
    form.locator("input[name=address]").fill("192.0.2.32")
    form.get_by_role("button", name="Add", exact=True).click()
    page.locator(".draft-bar").wait_for()
    elsewhere.dns.create(zone, types.DnsRecord(f"other.{zone}", types.RecordType.A, "192.0.2.33", 3600))
    review_and_apply(page)
    page.get_by_text("The records were changed elsewhere meanwhile").wait_for(timeout=PATIENCE)
    screenshot(page, f"zone-moved-{family}")
    assert "edited" not in there()
    review_and_apply(page)
    changed(page)
    assert {"imported", "docs", "edited", "other"} <= there()

    page.get_by_role("button", name="Undo").click()
    review_and_apply(page)
    changed(page)
    screenshot(page, f"zone-undone-{family}")
    assert "edited" not in there()
    assert {"imported", "docs", "other"} <= there()
    elsewhere.close()
