"""The life of a name at each of four registrars: whatever a customer can change, and kind words where nobody can."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journey.conftest import PASSWORD

pytestmark = pytest.mark.journey

NAMES = {
    "mrdomain": "soler-estudio.com",
    "netim": "bastienroux-photo.com",
    "bookmyname": "horizon-status.info",
    "namecom": "marcus-ibarra.me",
}
EVERYWHERE = {"contacts", "nameservers", "glue", "transfer-lock", "renew", "owner"}
DONE = {
    "mrdomain": EVERYWHERE | {"dnssec", "privacy", "auth-code", "whois"},
    "netim": EVERYWHERE | {"dnssec", "privacy", "auth-code", "whois"},
    "bookmyname": EVERYWHERE | {"auth-code"},
    "namecom": EVERYWHERE,
}
KINDS = {
    "contacts": "domain.contacts", "nameservers": "domain.nameservers", "glue": "domain.glue",
    "transfer-lock": "domain.transfer_lock", "renew": "domain.renew", "owner": "domain.owner",
    "dnssec": "domain.dnssec", "privacy": "domain.whois_privacy", "auth-code": "domain.read_auth_code",
    "whois": "domain.read_publicity",
}  # fmt: skip
# A key as a provider of DNS shows it: its DS record and, for who wants it, the key itself.
DIGEST = "9F" * 32
PUBLIC_KEY = "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ=="
SETTLED_WITHIN = 90
NOES = ("cannot be done for this name", "There is no code to be had now", "We cannot read it for this name")


class Life:
    """A name in a customer's browser."""

    def __init__(self, page: Any, rows: Callable[..., Any], registry: Any, name: str) -> None:
        self.page, self.rows, self.registry, self.name = page, rows, registry, name

    def open(self, setting: str = "") -> None:
        self.page.goto(f"/domains/{self.name}/{setting}/" if setting else f"/domains/{self.name}/")
        if "/reauthenticate/" in self.page.url:
            self.page.locator("input[name=password]").fill(PASSWORD)
            self.page.get_by_role("button", name="Confirm").click()
            self.page.wait_for_url(f"**/{setting}/")

    def said_no(self) -> bool:
        """Whether the page says that this cannot be done for the name."""
        return any(self.page.locator(".alert, #reading").filter(has_text=words).count() for words in NOES)

    def submit(self) -> None:
        self.page.locator("main form.form").last.get_by_role("button").first.click()

    def settle(self, setting: str) -> str:
        """The state in which the newest operation of a setting ends."""
        for _turn in range(SETTLED_WITHIN * 2):
            self.registry.call("POST", "/settle")
            found = self.rows(
                "SELECT state, note FROM operation_operation WHERE kind = ? AND (label = ? OR label LIKE ?) "
                "ORDER BY id DESC LIMIT 1",
                KINDS[setting], self.name, f"%.{self.name}",
            )  # fmt: skip
            if found and found[0][0] in ("succeeded", "failed", "attention"):
                return str(found[0][0])
            self.page.wait_for_timeout(500)
        return f"not settled: {found}"


def choose_first(page: Any, select: str) -> None:
    page.locator(select).select_option(index=1)


def contacts(life: Life) -> None:
    choose_first(life.page, "select[name=tech]")
    life.submit()


def nameservers(life: Life) -> None:
    life.page.locator("input[name=choice][value=own]").check()
    life.page.locator("textarea[name=servers]").fill("ns1.calm-harbor.net\nns2.calm-harbor.net")
    life.submit()


def glue(life: Life) -> None:
    life.page.locator("input[name=host]").fill("ns7")
    life.page.locator("input[name=ipv4]").fill("192.0.43.77")
    life.submit()


def dnssec(life: Life) -> None:
    page = life.page
    page.get_by_role("button", name="Read it now").click()
    page.get_by_role("button", name="Read again").wait_for(timeout=SETTLED_WITHIN * 1000)
    page.reload()
    page.locator("input[name=key_tag]").fill("4711")
    page.locator("textarea[name=digest]").fill(DIGEST)
    if page.locator("textarea[name=public_key]").count():
        page.locator("textarea[name=public_key]").fill(PUBLIC_KEY)
    life.submit()


def whois(life: Life) -> None:
    life.page.get_by_role("button", name="Read it now").click()


def auth_code(life: Life) -> None:
    life.page.get_by_role("button", name="Read the auth code").click()


def renew(life: Life) -> None:
    life.page.locator("input[name=term]").first.check()
    life.submit()


def owner(life: Life) -> None:
    choose_first(life.page, "select[name=owner]")
    life.page.locator("input[name=consent]").check()
    life.submit()


STEPS: dict[str, Callable[[Life], None]] = {
    "contacts": contacts, "nameservers": nameservers, "glue": glue, "dnssec": dnssec, "whois": whois,
    "auth-code": auth_code, "renew": renew, "owner": owner,
}  # fmt: skip


def turn(life: Life, label: str) -> bool:
    """Turn a switch of the name's page the other way; False where the page offers none."""
    life.open()
    button = life.page.get_by_role("button", name=re.compile(f"Turn (on|off): {label}"))
    if not button.count():
        return False
    button.click()
    return True


@pytest.mark.parametrize("family", list(NAMES))
def test_customer_takes_a_name_through_its_life(
    family: str, visit: Any, screenshot: Any, registry: Any, rows: Any
) -> None:
    page = visit("customer@demo.test")
    life = Life(page, rows, registry, NAMES[family])
    done, ended = set(), {}

    for setting, step in STEPS.items():
        life.open(setting)
        if not life.said_no():
            step(life)
        if not life.said_no():
            ended[setting] = life.settle(setting)
            done.add(setting)
    for setting, label in (("privacy", "WHOIS privacy"), ("transfer-lock", "Transfer lock")):
        if turn(life, label):
            ended[setting] = life.settle(setting)
            done.add(setting)
    life.open()
    screenshot(page, f"life-{family}")

    assert ended == dict.fromkeys(done, "succeeded")
    assert done == DONE[family]
    text = page.locator("body").inner_text().lower()
    assert not any(word in text for word in ("mrdomain", "netim", "bookmyname", "name.com"))
