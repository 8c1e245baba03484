"""What lies in a plan, in a browser: made, changed and taken away once each, though every answer is lost."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.journey.test_survival import wait_for

pytestmark = pytest.mark.journey

NAME = "soler-estudio.com"
WITHOUT = "horizon-status.info"
HOST = f"harbor.{NAME}"
TYPED = "Umbra-7-Kestrel-42"
SETTLED_WITHIN = 90_000


@dataclass(frozen=True)
class Thing:
    """One kind of thing: its page, its calls, what is entered, and what its line shows then.

    `name` is empty where the registrar gives it. `hidden`: a change sets what no list shows, so that after a lost
    answer the same is set once more (docs/decisions/0017-hosting.md).
    """

    slug: str
    calls: str
    name: str
    entry: dict[str, str]
    change: dict[str, str]
    shows: str = ""
    hidden: bool = False

    @property
    def address(self) -> str:
        return f"/domains/{NAME}/hosting/{self.slug}/"


MAIL_AND_FORWARDS = (
    Thing("mailboxes", "mail", f"harbor@{NAME}", {"name": "harbor"}, {"password": TYPED}, hidden=True),
    Thing(
        "aliases", "mailalias", f"crew@{NAME}",
        {"name": "crew", "targets": f"hola@{NAME}"}, {"targets": "crew@calm-harbor.net"}, "crew@calm-harbor.net",
    ),
    Thing(
        "redirects", "redirect", f"http://quay.{NAME}/",
        {"name": f"http://quay.{NAME}/", "destination": "https://calm-harbor.net/"},
        {"destination": "https://calm-harbor.net/quay/"}, "https://calm-harbor.net/quay/",
    ),
)  # fmt: skip
FILES = (
    Thing(
        "ftp", "ftp", f"harbor.{NAME}", {"name": "harbor", "path": "public/harbor/"},
        {"path": "public/quay/", "password": TYPED}, "public/quay/", hidden=True,
    ),
    Thing("databases", "ddbb", "", {}, {"password": TYPED}, hidden=True),
    Thing(
        "subdomains", "subdomain", HOST, {"name": "harbor", "path": "public/harbor/"},
        {"path": "public/quay/"}, "public/quay/",
    ),
)  # fmt: skip


def pair() -> tuple[str, str]:
    """A certificate for the subdomain that its own key signed, and that key, in PEM."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=60))
    named = dated.serial_number(x509.random_serial_number()).add_extension(
        x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False
    )
    certificate = named.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
    return certificate, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@dataclass
class Keeper:
    """A customer who looks after a plan, and watches that no page shows what is secret."""

    page: Any
    secrets: list[str] = field(default_factory=lambda: [TYPED])
    leaks: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Note the page that is open where it shows a secret."""
        shown = self.page.content()
        self.leaks += [f"{self.page.url}: {secret}" for secret in self.secrets if secret in shown]

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def fill(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            self.page.locator(f"main .form [name={name}]").last.fill(value)

    def send(self) -> None:
        """Press the form's button; a password that was made is copied from the one page that shows it."""
        button = self.page.locator("main .form-actions button.button-primary").last
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            button.click()
        self.page.wait_for_load_state()
        made = self.page.locator(".auth-code .copy-value")
        if made.count():
            self.secrets.append(made.inner_text())
            self.page.get_by_role("link", name="I have copied it").click()
        self.look()

    def names(self, thing: Thing) -> set[str]:
        """What the list shows, after the first reading, which begins by itself."""
        self.open(thing.address)
        self.page.get_by_role("button", name="Read again").wait_for(timeout=SETTLED_WITHIN)
        return set(self.page.locator("#as-it-is tbody th").all_inner_texts())

    def row(self, name: str) -> Any:
        cell = self.page.locator("th", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        return self.page.locator("#as-it-is tbody tr").filter(has=cell)

    def settled(self, thing: Thing) -> None:
        """Stay on the list, which follows by itself, until nothing is under way."""
        self.open(thing.address)
        self.page.locator("#as-it-is:not([hx-trigger])").wait_for(timeout=SETTLED_WITHIN)
        assert self.page.locator("#as-it-is .alert").all_inner_texts() == []
        self.look()


@pytest.fixture
def keeper(visit: Any) -> Iterator[Keeper]:
    found = Keeper(visit("customer@demo.test"))
    yield found
    assert found.leaks == []


def executed(registry: Any, thing: Thing) -> dict[str, int]:
    """How often the registrar has carried out each call about one kind of thing."""
    words = ("create", "update", "delete")
    return {word: len(registry.journal(f"service/{thing.calls}{word}", NAME)) for word in words}


# Not all six at once: so many lost answers in a row would have the account rest.
@pytest.mark.parametrize("things", [MAIL_AND_FORWARDS, FILES], ids=["mail and forwards", "files"])
def test_things_are_made_changed_and_deleted_once_though_every_answer_is_lost(
    things: tuple[Thing, ...], keeper: Keeper, registry: Any, rows: Any, visit: Any, screenshot: Any
) -> None:
    before = {thing.slug: (keeper.names(thing), executed(registry, thing)) for thing in things}
    for thing in things:
        for word in ("create", "update", "delete"):
            registry.fault(f"service/{thing.calls}{word}", "reset_after", times=1)
    certificate, key = pair()
    keeper.secrets.append(key.splitlines()[1])
    installed = {"certificate": certificate, "private_key": key, "chain": certificate}
    names: dict[str, str] = {}

    for thing in things:
        keeper.open(thing.address)
        if thing.slug == "subdomains":
            keeper.page.get_by_text("Install a certificate").click()
        keeper.fill({**thing.entry, **(installed if thing.slug == "subdomains" else {})})
        keeper.send()
    for thing in things:
        keeper.settled(thing)
        names[thing.slug] = thing.name or (keeper.names(thing) - before[thing.slug][0]).pop()
    for thing in things:
        keeper.open(thing.address)
        keeper.row(names[thing.slug]).get_by_role("link", name="Change").click()
        keeper.look()
        keeper.fill(thing.change)
        keeper.send()
    for thing in things:
        keeper.settled(thing)
        assert thing.shows in keeper.row(names[thing.slug]).inner_text()
        screenshot(keeper.page, f"hosting-{thing.slug}")
    for thing in things:
        keeper.open(thing.address)
        keeper.row(names[thing.slug]).get_by_role("link", name="Change").click()
        keeper.page.locator("input[name=delete]").fill(names[thing.slug])
        keeper.page.get_by_role("button", name=f"Delete {names[thing.slug]}").click()
        keeper.page.wait_for_url(f"**{thing.address}")
    for thing in things:
        keeper.settled(thing)

    assert {fault["struck"] for fault in registry.call("GET", "/faults")["faults"]} == {1}
    for thing in things:
        known, counts = before[thing.slug]
        once = {"create": 1, "update": 2 if thing.hidden else 1, "delete": 1}
        now = executed(registry, thing)
        assert {word: now[word] - counts[word] for word in now} == once, thing.slug
        assert keeper.names(thing) == known
    office = visit("staff@demo.test")
    for (operation,) in rows(
        "SELECT public_id FROM operation_operation WHERE kind IN ('hosting.create_mailbox', 'hosting.create_subdomain')"
    ):
        assert office.goto(f"/office/operations/{operation}/").status == 200
        keeper.leaks += [f"{office.url}: {secret}" for secret in keeper.secrets if secret in office.content()]
    archived = rows(
        "SELECT e.action, e.request || e.reply FROM registrar_account_exchange e "
        "JOIN operation_operation o ON o.id = e.operation_id WHERE o.kind LIKE 'hosting.%'"
    )
    assert {f"service/{thing.calls}create" for thing in things} <= {action for action, _text in archived}
    keeper.leaks += [action for action, text in archived for secret in keeper.secrets if secret in text]


def test_worker_killed_in_the_call_makes_one_mailbox(
    keeper: Keeper, product: Any, registry: Any, rows: Any
) -> None:
    address = f"pilot@{NAME}"
    thing = MAIL_AND_FORWARDS[0]
    keeper.names(thing)
    made = executed(registry, thing)["create"]
    registry.fault("service/mailcreate", "timeout_after", times=1)

    keeper.fill({"name": "pilot"})
    keeper.send()
    wait_for(lambda: executed(registry, thing)["create"] > made, "the registrar has made it")
    os.kill(product.child("celery"), signal.SIGKILL)
    keeper.settled(thing)

    assert keeper.row(address).count() == 1
    assert executed(registry, thing)["create"] == made + 1
    assert rows(
        "SELECT state, sends FROM operation_operation WHERE kind = 'hosting.create_mailbox' AND label = ?",
        address,
    ) == [("succeeded", 1)]


def test_name_whose_registrar_has_no_hosting_says_so_kindly(keeper: Keeper, registry: Any) -> None:
    keeper.open(f"/domains/{WITHOUT}/hosting/")
    overview = keeper.page.locator("main").inner_text()
    keeper.open(f"/domains/{WITHOUT}/hosting/mailboxes/")
    mailboxes = keeper.page.locator("main").inner_text()

    assert "There is no hosting for this name here" in overview
    assert "You can have them elsewhere" in overview
    assert "cannot be done for this name" in mailboxes
    assert keeper.page.locator("main .form").count() == 0
    assert "bookmyname" not in (overview + mailboxes).lower()
