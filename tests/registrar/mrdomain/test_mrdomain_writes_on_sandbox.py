"""Every write under every fault: what the driver says is never contradicted by what the registrar did."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from registrar.errors import (
    InsufficientFunds,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    RegistrarError,
    UnreadableReply,
    Verdict,
)
from registrar.mrdomain.actions import ACTIONS
from registrar.types import (
    Contact,
    ContactType,
    DnssecKey,
    DomainOrder,
    GlueRecord,
    RenewalMode,
    TransferOrder,
    Verification,
)

NAME = "soler-estudio.com"
KEY = DnssecKey(257, 13, 2, "AB" * 32)
GLUE = GlueRecord(f"ns1.{NAME}", "203.0.113.5")
PERSON = Contact(
    type=ContactType.INDIVIDUAL,
    first_name="Ada",
    last_name="Lamp",
    email="ada@example.com",
    phone="+44.2071234567",
    address="1 Quay",
    postal_code="SW1A 1AA",
    city="London",
    state="London",
    country="GB",
    identification="ID1",
)


@dataclass(frozen=True)
class Write:
    """`arrange` makes it possible and returns what `act` needs."""

    action: str
    act: Callable[[Any, Any], Any]
    arrange: Callable[[Any, Any], Any] = lambda driver, world: None


def handle(driver: Any, world: Any) -> str:
    found: str = driver.contacts.list(page_length=1).items[0].handle
    return found


def unverified(driver: Any, world: Any) -> str:
    found: str = driver.contacts.list(verification=Verification.IN_PROCESS).items[0].handle
    return found


def with_glue(driver: Any, world: Any) -> None:
    driver.domains.create_glue(NAME, GLUE)


def with_key(driver: Any, world: Any) -> None:
    driver.domains.add_dnssec_key(NAME, KEY)


def stopped_transfer(driver: Any, world: Any) -> str:
    name = "taken-lantern.com"
    driver.domains.transfer(TransferOrder(name, handle(driver, world), auth_code="wrong-code"))
    world.settle()
    return name


WRITES = {
    "contact create": Write("contact/create", lambda driver, _: driver.contacts.create(PERSON)),
    "contact verification": Write(
        "contact/resendverificationmail",
        lambda driver, found: driver.contacts.resend_verification(found),
        unverified,
    ),
    "create": Write(
        "domain/create",
        lambda driver, owner: driver.domains.create(DomainOrder("nordic-lanterns.com", owner, years=2)),
        handle,
    ),
    "transfer": Write(
        "domain/transfer",
        lambda driver, owner: driver.domains.transfer(TransferOrder("taken-lantern.com", owner, "code-1234")),
        handle,
    ),
    "transfer restart": Write(
        "domain/transferrestart",
        lambda driver, name: driver.domains.transfer_restart(name, "code-1234"),
        stopped_transfer,
    ),
    "renew": Write(
        "domain/renew",
        lambda driver, expiry: driver.domains.renew(NAME, current_expiry=expiry, years=1),
        lambda driver, world: driver.domains.info(NAME).expires_on,
    ),
    "nameservers": Write(
        "domain/updatenameservers",
        lambda driver, _: driver.domains.set_nameservers(NAME, ["ns1.example.com", "ns2.example.com"]),
    ),
    "contacts": Write(
        "domain/updatecontacts",
        lambda driver, found: driver.domains.set_contacts(NAME, admin=found, tech=PERSON),
        handle,
    ),
    "glue create": Write("domain/gluerecordcreate", lambda driver, _: driver.domains.create_glue(NAME, GLUE)),
    "glue update": Write(
        "domain/gluerecordupdate",
        lambda driver, _: driver.domains.update_glue(NAME, GlueRecord(GLUE.name, "203.0.113.6")),
        with_glue,
    ),
    "glue delete": Write(
        "domain/gluerecorddelete", lambda driver, _: driver.domains.delete_glue(NAME, GLUE.name), with_glue
    ),
    "dnssec create": Write("domain/dnsseccreate", lambda driver, _: driver.domains.add_dnssec_key(NAME, KEY)),
    "dnssec delete": Write(
        "domain/dnssecdelete", lambda driver, _: driver.domains.delete_dnssec_key(NAME, KEY), with_key
    ),
    "transfer lock": Write("domain/update", lambda driver, _: driver.domains.set_transfer_lock(NAME, False)),
    "modification lock": Write(
        "domain/update", lambda driver, _: driver.domains.set_modification_lock(NAME, True)
    ),
    "whois privacy": Write("domain/update", lambda driver, _: driver.domains.set_whois_privacy(NAME, False)),
    "whois visible": Write(
        "domain/update", lambda driver, _: driver.domains.set_whois_visible("soler-estudio.es", False)
    ),
    "renewal mode": Write(
        "domain/update", lambda driver, _: driver.domains.set_renewal_mode(NAME, RenewalMode.LET_EXPIRE)
    ),
    "tag": Write("domain/update", lambda driver, _: driver.domains.set_tag(NAME, "blue,green")),
    "domain verification": Write(
        "domain/resendverificationmail",
        lambda driver, name: driver.domains.resend_verification(name),
        lambda driver, world: world.names(ownerverification="inprocess")[0],
    ),
}

# Fault -> what the driver may say of it. An effect that comes later than the call is in the journal afterwards.
FAULTS: dict[str, tuple[type[RegistrarError], ...]] = {
    "refuse": (NotSent, OutcomeUnknown),
    "timeout_before": (OutcomeUnknown,),
    "timeout_after": (OutcomeUnknown,),
    "reset_before": (OutcomeUnknown,),
    "reset_after": (OutcomeUnknown,),
    "http_500_before": (OutcomeUnknown,),
    "http_500_after": (OutcomeUnknown,),
    "garbage_before": (UnreadableReply,),
    "garbage": (UnreadableReply,),
    "slow": (OutcomeUnknown,),
    "cut": (UnreadableReply,),
    "rate_limit": (RateLimited,),
    "late_effect": (OutcomeUnknown,),
    "code:1": (OutcomeUnknown,),
    "code:1100": (InsufficientFunds,),
    "code:7777": (OutcomeUnknown,),
}
EXECUTED = {"timeout_after", "reset_after", "http_500_after", "garbage", "slow", "cut", "late_effect"}
SLOW = {"timeout_before", "timeout_after", "slow"}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_write_without_a_fault_is_executed_once_and_said_so(driver, world, write):
    needed = write.arrange(driver, world)
    before = world.executed(write.action)

    outcome = write.act(driver, needed)

    assert type(outcome).__name__ in {"Done", "Pending"}
    assert world.executed(write.action) == before + 1


# The six forms of domain/update differ in one parameter: one of them meets the faults for all.
FAULTY = {name: write for name, write in WRITES.items() if write.action != "domain/update" or name == "tag"}


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("write", FAULTY.values(), ids=FAULTY)
def test_write_under_a_fault_is_never_misreported(driver, world, write, kind):
    needed = write.arrange(driver, world)
    before = world.executed(write.action)
    world.fault(write.action, kind, times=1, seconds=5)
    total = 0.3 if kind in SLOW else 10

    with world.driver(total=total) as faulty, pytest.raises(FAULTS[kind]) as caught:
        write.act(faulty, needed)

    world.control("POST", "/advance", seconds=10)
    expected = 1 if kind in EXECUTED else 0
    deadline = time.monotonic() + 10
    while (executed := world.executed(write.action) - before) < expected and time.monotonic() < deadline:
        time.sleep(0.01)
    assert executed == expected
    assert caught.value.verdict is Verdict.UNKNOWN or executed == 0


def test_every_write_of_the_four_modules_is_under_test(driver):
    modules = {"tool", "account", "domain", "contact"}
    writes = {name for name, is_write in ACTIONS.items() if is_write and name.partition("/")[0] in modules}

    assert {write.action for write in WRITES.values()} == writes


def test_outage_means_not_sent(driver, world):
    world.fault("*", "refuse")

    with pytest.raises(NotSent):
        driver.domains.set_tag(NAME, "blue")

    world.control("DELETE", "/faults")
    assert driver.tools.hello().version == "1.0.20"
