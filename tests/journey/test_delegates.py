"""Somebody to whom an owner lends the DNS records of one name: invited, at work, and out again."""

from __future__ import annotations

import re
from email import message_from_string
from email.policy import default
from typing import Any

import pytest

pytestmark = pytest.mark.journey

NAME = "panaderia-etxeberria.com"
PAGE = f"/domains/{NAME}/"
KEEPER = "dns-keeper@calm-harbor.net"
PHRASE = "harbor lantern quiet seven"
OF_OWNERS = (
    "hosting", "hosting/mailboxes", "hosting/plan", "nameservers", "contacts", "auth-code", "renew", "owner",
    "delete", "hand-over", "access", "tags", "history",
)  # fmt: skip
OF_CUSTOMERS = ("/access/", "/access/new/", "/wallet/", "/orders/", "/contacts/", "/renewals/", "/jobs/")
CLOSED = (
    *(f"{PAGE}{part}/" for part in OF_OWNERS),
    *OF_CUSTOMERS,
    "/domains/soler-estudio.com/",
    "/domains/soler-estudio.com/dns/",
    "/office/",
)


def link_in_mail(product: Any, email: str) -> str:
    """The link in the newest e-mail to somebody, which the demo keeps as a file."""
    for file in sorted(
        (product.data / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True
    ):
        message = message_from_string(file.read_text(), policy=default)
        if message["To"] == email:
            found = re.search(r"http://\S+/invitation\S*", message.get_body(("plain",)).get_content())
            assert found is not None
            return found[0]
    raise AssertionError(f"no e-mail to {email}")


def share(owner: Any) -> None:
    """Lend the DNS records, to be changed, and nothing else."""
    owner.goto(f"{PAGE}access/")
    owner.get_by_role("link", name="Share this name").first.click()
    owner.locator("input[name=email]").fill(KEEPER)
    owner.locator("input[name=preset][value=by-hand]").check()
    owner.locator("input[name=part-dns_zone][value=write]").check()
    owner.get_by_role("button", name="Share", exact=True).click()
    owner.wait_for_url(f"**{PAGE}access/")


def accept(page: Any, link: str) -> None:
    """Follow the link of the invitation, choose a password, and be signed in."""
    page.goto(link)
    page.locator("input[name=name]").fill("Dina Keeper")
    page.locator("input[name=password]").fill(PHRASE)
    page.get_by_role("button", name="Accept and sign in").click()
    page.wait_for_url("**/shared/")


def change_a_record(page: Any) -> None:
    """Another address in the line of the first record that has one: drafted, reviewed, applied."""
    record = page.locator(".zone-set", has=page.locator(".zone-kind", has_text=re.compile("^A$")))
    record.locator("a[hx-get]").first.click()
    page.locator(".record-form input[name=address]").fill("192.0.2.77")
    page.locator(".record-form").get_by_role("button").first.click()
    page.locator(".draft-bar").get_by_role("link", name="Review").click()
    page.get_by_role("button", name="Apply 1 change").click()
    page.get_by_text("DNS records changed", exact=True).wait_for()


def test_delegate_looks_after_one_names_records_and_is_out_when_it_ends(
    visit: Any, product: Any, registry: Any, screenshot: Any
) -> None:
    owner, keeper = visit("customer@demo.test"), visit()

    share(owner)
    invited = owner.locator(".grant", has_text=KEEPER).inner_text()
    link = link_in_mail(product, KEEPER)
    accept(keeper, link)
    entries = {text.strip() for text in keeper.locator("nav a").all_inner_texts()} - {""}
    listed = keeper.locator("main tbody tr").all_inner_texts()
    screenshot(keeper, "delegate-shared")
    keeper.get_by_role("link", name=NAME).first.click()
    keeper.wait_for_url(f"**{PAGE}")
    offered = set(
        keeper.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    )
    screenshot(keeper, "delegate-name")
    keeper.goto(f"{PAGE}dns/")
    change_a_record(keeper)
    shown = keeper.locator(".zone-row", has_text="192.0.2.77").count()
    answers = {path: keeper.request.get(path, max_redirects=0).status for path in CLOSED}
    owner.goto(f"{PAGE}dns/versions/")
    told = owner.locator("main").inner_text()
    owner.goto(f"{PAGE}access/")
    owner.get_by_role("link", name=f"Change: {KEEPER}").click()
    owner.get_by_role("button", name="End access").click()
    owner.wait_for_url(f"**{PAGE}access/")
    keeper.goto(f"{PAGE}dns/")
    sent_to = keeper.url
    keeper.locator("input[name=login]").fill(KEEPER)
    keeper.locator("input[name=password]").fill(PHRASE)
    keeper.locator("main form button").first.click()
    # Whoever has no business here any more is signed out, and is answered as a stranger would be.
    keeper.get_by_text("The e-mail address or the password is not right.").first.wait_for()

    assert "Invited" in invited
    assert entries == {"Shared with me"}
    assert len(listed) == 1
    assert NAME in listed[0]
    assert "DNS records" in listed[0]
    assert not offered & set(CLOSED)
    assert shown == 1
    assert answers == dict.fromkeys(CLOSED, 404)
    assert "Dina Keeper" in told
    assert len(registry.journal("service/dnsupdate", NAME)) == 1
    assert "/accounts/login/" in sent_to
    assert keeper.request.get(PAGE, max_redirects=0).status == 302
    assert keeper.request.get(link).status == 410


def test_agency_with_several_names_sees_what_it_may_do_with_each(visit: Any) -> None:
    page = visit("agency@demo.test")

    page.goto("/shared/")
    looked_after = page.locator("main tbody tr", has_text="soler-estudio.com").inner_text()
    looked_at = page.locator("main tbody tr", has_text="bluestem").first.inner_text()
    statuses = [
        page.request.get(f"/domains/soler-estudio.com/{part}").status
        for part in ("", "dns/", "hosting/mailboxes/")
    ]

    assert "Web agency" in looked_after
    assert "Looks only" in looked_at
    assert statuses == [200, 200, 200]
    assert page.request.get("/domains/soler-estudio.com/renew/").status == 404
