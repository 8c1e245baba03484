"""A thousand names at four registrars changed by one press of a button, while answers are lost and a worker dies."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.infrastructure.processes import wait_for
from tests.infrastructure.product import Product

pytestmark = pytest.mark.soak

PER_FAMILY = 250
ALL = 4 * PER_FAMILY
WORD = "thousand-harbors"
SERVERS = ["ns1.calm-harbor.net", "ns2.calm-harbor.net"]
# The action that writes nameservers, and the listing's key and field that shows them.
WRITES = {
    "mrdomain": "domain/updatenameservers",
    "netim": "domainChangeDNS",
    "bookmyname": "domain_update",
    "namecom": "domain/update_nameservers",
}
# Shares of the answers that get lost, come as rubbish, or to a request that is executed later or never.
FAULTS = {
    "reset_after": 0.08,
    "http_500_after": 0.04,
    "garbage": 0.04,
    "reset_before": 0.04,
    "late_effect": 0.03,
}
LATE_SECONDS = 3
# What the registrar refuses for good is left for a second job.
REFUSED = 5
# How many times our own caution: the sandbox minds nothing.
PACE = "40"
ENDS_WITHIN = 600


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One started product of its own, whose registrars let themselves be called more often."""
    with Product(tmp_path_factory.mktemp("bulk"), REGISTRAR_PACE=PACE) as running:
        yield running.wait_until_ready()


def add_names(registry: Any) -> None:
    """Names that came into the accounts by another way, and registrars that ban nobody for the load."""
    registry.call("POST", "/world/mrdomain", {"limits": {"checks": 10**9, "errors": 10**9}})
    for family in WRITES:
        for number in range(PER_FAMILY):
            registry.call(
                "POST", f"/world/{family}", {"add_domain": {"domain": f"{WORD}-{family}-{number}.com"}}
            )


def import_and_assign(office: Any, rows: Any) -> None:
    """Staff import every account, and give what is new to a customer, as one job."""
    passes = "SELECT count(*) FROM registrar_account_syncrun WHERE kind = 'domains' AND state = 'done'"
    ((before,),) = rows(passes)
    accounts = rows("SELECT public_id FROM registrar_account_account")
    for (account,) in accounts:
        office.goto(f"/office/accounts/{account}/import/")
        # A pass that is under way hides the button until it is over.
        office.get_by_role("button", name=re.compile("import", re.I)).last.click(timeout=ENDS_WITHIN * 1000)
    wait_for(lambda: rows(passes)[0][0] >= before + len(accounts), ENDS_WITHIN, "every account is imported")
    office.goto(f"/office/domains/?q={WORD}")
    office.locator("input[data-bulk-all]").check()
    office.locator("input[name=all]").check()
    office.locator("select[name=action]").select_option("move")
    office.get_by_role("button", name="Show what would happen").click()
    office.locator("select[name=customer]").select_option(label="Cedar Studio")
    office.get_by_role("button", name="Show what would happen").click()
    office.get_by_role("button", name=re.compile("Start")).click()
    mine = (
        "SELECT count(*) FROM domain_domain d JOIN people_customer c ON c.id = d.customer_id "
        "WHERE d.name LIKE ? AND c.name = 'Cedar Studio'"
    )
    wait_for(lambda: rows(mine, f"{WORD}%") == [(ALL,)], ENDS_WITHIN, "the names are the customer's")
    read = "SELECT count(*) FROM domain_domain WHERE name LIKE ? AND status = 'active'"
    wait_for(
        lambda: rows(read, f"{WORD}%") == [(ALL,)],
        ENDS_WITHIN,
        "names whose list tells little are read one by one",
    )


def start(page: Any) -> str:
    """Start what the preview shows; returns the job's id. Tells how long it took to be accepted."""
    began = time.monotonic()
    page.get_by_role("button", name=re.compile("Start")).click()
    page.wait_for_url(re.compile(r"/jobs/[a-z]+-"))
    print(f"accepted in {time.monotonic() - began:.1f} s")
    return str(page.url).rstrip("/").rpartition("/")[2]


def ended(rows: Any, job: str) -> Counter[str]:
    """How the operations of a job stand."""
    found = rows(
        "SELECT CASE WHEN i.state = 'planned' THEN o.state ELSE i.state END FROM domain_bulkitem i "
        "JOIN domain_bulkjob j ON j.id = i.job_id LEFT JOIN operation_operation o ON o.id = i.operation_id "
        "WHERE j.public_id = ?",
        job,
    )
    return Counter(state for (state,) in found)


def is_over(counts: Counter[str]) -> bool:
    return not set(counts) - {"succeeded", "failed", "attention", "cancelled", "refused", "unchanged", "done"}


def test_thousand_names_are_changed_once_each_while_answers_are_lost_and_a_worker_dies(
    visit: Any, screenshot: Any, product: Any, registry: Any, rows: Any
) -> None:
    add_names(registry)
    import_and_assign(visit("staff@demo.test"), rows)
    for family, action in WRITES.items():
        for kind, rate in FAULTS.items():
            fault = {"family": family, "action": action, "kind": kind, "rate": rate}
            registry.call(
                "POST", "/faults", {**fault, "seconds": LATE_SECONDS} if kind == "late_effect" else fault
            )
    registry.fault(WRITES["mrdomain"], "code:2201", times=REFUSED)
    page = visit("customer@demo.test")
    page.goto(f"/domains/?q={WORD}")
    page.locator("input[data-bulk-all]").check()
    page.locator("input[name=all]").check()
    page.locator("select[name=action]").select_option("nameservers")
    page.get_by_role("button", name="Show what would happen").click()
    page.locator("input[name=choice][value=own]").check()
    page.locator("textarea[name=servers]").fill("\n".join(SERVERS))
    page.get_by_role("button", name="Show what would happen").click()
    screenshot(page, "bulk-thousand-preview")

    job = start(page)
    wait_for(lambda: ended(rows, job)["succeeded"] > ALL // 10, ENDS_WITHIN, "some names are done")
    os.kill(product.child("celery"), signal.SIGKILL)
    with registry.outage():
        page.wait_for_timeout(3000)
    screenshot(page, "bulk-thousand-under-way")
    wait_for(lambda: is_over(ended(rows, job)), ENDS_WITHIN, "every name is at its end")

    assert ended(rows, job) == {"succeeded": ALL - REFUSED, "failed": REFUSED}
    registry.call("DELETE", "/faults")
    page.goto(f"/jobs/{job}/")
    screenshot(page, "bulk-thousand-done")
    page.get_by_role("link", name=f"Try again: {REFUSED} names").click()
    second = start(page)
    wait_for(lambda: is_over(ended(rows, second)), ENDS_WITHIN, "the rest is at its end")
    assert ended(rows, second) == {"succeeded": REFUSED}
    registry.call("POST", "/settle")
    effects = Counter(
        row["subject"]
        for row in registry.call("GET", "/journal")["journal"]
        if row["action"] == WRITES[row["family"]] and row["subject"].startswith(WORD)
    )
    assert len(effects) == ALL
    assert set(effects.values()) == {1}
    shown = rows("SELECT DISTINCT nameservers FROM domain_domain WHERE name LIKE ?", f"{WORD}%")
    assert len(shown) == 1
    assert all(server in shown[0][0] for server in SERVERS)
