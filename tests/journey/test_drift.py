"""The world changes behind the panel's back: staff see what differs, put one thing back, accept one, put one aside."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.journey

SETTLED_WITHIN = 120
FOREIGN = ["ns1.elsewhere.test", "ns2.elsewhere.test"]
LEFT_ALONE = "soler-estudio.com"


def import_names(page: Any, rows: Any, account: str) -> None:
    """Press the button of the account's import and wait for the pass over its names."""
    passes = "SELECT count(*) FROM registrar_account_syncrun WHERE kind = 'domains' AND state = 'done'"
    before = rows(passes)
    page.goto(f"/office/accounts/{account}/import/")
    page.locator("main form").get_by_role("button").last.click()
    for _turn in range(SETTLED_WITHIN * 2):
        if rows(passes) > before:
            return
        page.wait_for_timeout(500)
    pytest.fail("the pass over the account's names did not end")


def decide(page: Any, name: str, button: str, *, reason: str = "", until: str = "") -> None:
    """Tick the item of a name and press a button of the bulk bar."""
    page.goto(f"/office/domains/drift/?q={name}")
    page.locator("input[name=ids]").first.check()
    if reason:
        page.locator("input[name=reason]").fill(reason)
    if until:
        page.locator("input[name=until]").fill(until)
    page.get_by_role("button", name=button).click()
    page.get_by_role("status").or_(page.locator(".alert")).first.wait_for()


def test_staff_put_back_accept_and_put_aside_what_changed_at_the_registrar(
    visit: Any, screenshot: Any, registry: Any, rows: Any
) -> None:
    (found, account) = (
        rows(
            "SELECT d.name, d.transfer_lock, d.whois_privacy FROM domain_domain d "
            "JOIN registrar_account_account a ON a.id = d.account_id WHERE a.family = 'mrdomain' "
            "AND d.status = 'active' AND d.transfer_lock = 1 AND d.whois_privacy IS NOT NULL "
            "AND d.tld_name = 'com' AND d.name <> ? ORDER BY d.id LIMIT 3",
            LEFT_ALONE,
        ),
        rows("SELECT public_id FROM registrar_account_account WHERE family = 'mrdomain'")[0][0],
    )
    (unlocked, _l, _p), (moved, _l, _p), (shown, _l, private) = found
    office = visit("staff@demo.test")
    import_names(office, rows, account)
    change = {
        unlocked: {"transferBlock": False},
        moved: {"nameservers": FOREIGN, "defaultNS": False},
        shown: {"whoisPrivacy": not private},
    }
    for name, fields in change.items():
        registry.call("POST", "/world/mrdomain", {"domain": name, "set": fields})

    import_names(office, rows, account)

    office.goto("/office/domains/drift/")
    for name in change:
        assert office.locator("tr", has_text=name).count() == 1
    screenshot(office, "office-drift")
    decide(office, unlocked, "Put back")
    decide(office, moved, "Accept")
    later = (date.today() + timedelta(days=20)).isoformat()
    decide(office, shown, "Ignore until", reason="The customer asked for it by phone.", until=later)

    outcomes = (
        "SELECT d.name, f.state, f.outcome FROM domain_drift f JOIN domain_domain d ON d.id = f.domain_id "
        "WHERE d.name IN (?, ?, ?) AND f.field IN ('transfer_lock', 'nameservers', 'whois_privacy')"
    )
    wanted = {
        (unlocked, "closed", "pushed_back"),
        (moved, "closed", "accepted"),
        (shown, "ignored", ""),
    }
    for _turn in range(SETTLED_WITHIN * 2):
        if set(rows(outcomes, *change)) == wanted:
            break
        office.wait_for_timeout(500)
    assert set(rows(outcomes, *change)) == wanted
    there = {row["name"]: row for row in registry.call("GET", "/state/mrdomain")["domains"]}
    assert there[unlocked]["transferBlock"] is True
    assert [host.lower() for host in there[moved]["nameservers"]] == FOREIGN
    office.goto("/office/domains/drift/?state=all")
    for name in change:
        office.locator("tr", has_text=name).first.wait_for()
    assert office.get_by_text(re.compile("elsewhere.test")).count()
    screenshot(office, "office-drift-decided")
