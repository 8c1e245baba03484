"""Whatever goes wrong on the way: never a success that did not happen, never a failure that did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from registrar.errors import (
    AlreadyExists,
    Conflict,
    NotFound,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    RegistrarError,
    Verdict,
)
from registrar.interface.driver import Driver
from registrar.types import (
    Contact,
    DnsRecord,
    DomainOrder,
    Done,
    GlueRecord,
    ItemKind,
    OrderItem,
    Pending,
    RecordType,
)

OURS = "bluestem-studio.com"
RECORD = DnsRecord(f"www9.{OURS}", RecordType.A, "203.0.113.9")
GLUE = GlueRecord(f"ns9.{OURS}", "203.0.113.5")
# The object may be there already: it has to be read before anybody calls it a failure.
LOOK_FIRST = (AlreadyExists, Conflict, NotFound)


@dataclass(frozen=True)
class Write:
    """A write: the call that a fault strikes, the effect in the journal, and how it is done."""

    action: str
    effect: str
    do: Callable[[Driver, Contact, Contact], object]


def renewed(driver: Driver, one: Contact, other: Contact) -> object:
    expiry = driver.domains.info(OURS).expires_on
    assert expiry is not None
    return driver.domains.renew(OURS, current_expiry=expiry)


WRITES = {
    "create": Write(
        "order",
        "domain/create",
        lambda driver, one, other: driver.domains.create(DomainOrder("lighthouse.com", one)),
    ),
    "create with contacts": Write(
        "domain/create",
        "domain/create",
        lambda driver, one, other: driver.domains.create(DomainOrder("lighthouse.com", one, tech=other)),
    ),
    "renew": Write("order", "domain/renew", renewed),
    "privacy": Write(
        "order",
        "whois_privacy/create",
        lambda driver, one, other: driver.domains.buy_whois_privacy(OURS, years=1),
    ),
    "backorder": Write(
        "order", "backorder/create", lambda driver, one, other: driver.domains.backorder("lighthouse.net")
    ),
    "lock": Write(
        "domain/unlock",
        "domain/unlock",
        lambda driver, one, other: driver.domains.set_transfer_lock(OURS, False),
    ),
    "nameservers": Write(
        "domain/update_nameservers",
        "domain/update_nameservers",
        lambda driver, one, other: driver.domains.set_nameservers(OURS, ["ns1.a.example", "ns2.a.example"]),
    ),
    "contacts": Write(
        "domain/update_contacts",
        "domain/update_contacts",
        lambda driver, one, other: driver.domains.set_contacts(OURS, tech=other),
    ),
    "record": Write("dns/create", "dns/create", lambda driver, one, other: driver.dns.create(OURS, RECORD)),
    "host": Write(
        "host/create", "host/create", lambda driver, one, other: driver.domains.create_glue(OURS, GLUE)
    ),
}
KINDS = [
    "refuse",
    "reset_before",
    "reset_after",
    "http_500_before",
    "http_500_after",
    "garbage_before",
    "garbage",
    "cut",
    "cut_text",
    "latin1",
    "unknown_status",
    "already_exists",
    "rate_limit",
    "late_effect",
    "session_expired",
    *(f"code:{code}" for code in (203, 204, 211, 221, 240, 250, 251, 260, 261, 999)),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("write", WRITES)
def test_answer_never_contradicts_the_journal(driver, world, person, firm, write, kind):
    one = WRITES[write]
    world.plant(one.action, kind)

    try:
        outcome = one.do(driver, person, firm)
    except RegistrarError as error:
        if error.verdict is Verdict.NOT_EXECUTED and not isinstance(error, LOOK_FIRST):
            assert world.executed(one.effect) == 0
    else:
        assert isinstance(outcome, Done | Pending)
        assert world.executed(one.effect) == 1
    assert world.executed(one.effect) <= 1


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after"])
@pytest.mark.parametrize("write", ["create", "record"])
def test_silence_is_unknown(world, person, firm, write, kind):
    world.plant(WRITES[write].action, kind, seconds=3)

    with world.driver(total=0.4) as driver, pytest.raises(OutcomeUnknown):
        WRITES[write].do(driver, person, firm)


@pytest.mark.parametrize("write", ["create", "record", "lock"])
def test_slow_answer_is_read(driver, world, person, firm, write):
    world.plant(WRITES[write].action, "slow", seconds=0.3)

    assert isinstance(WRITES[write].do(driver, person, firm), Done)


@pytest.mark.parametrize("kind", ["garbage", "reset_after", "code:250", "code:204", "cut"])
def test_write_whose_first_read_fails_was_not_sent(driver, world, person, firm, kind):
    world.plant("domain/get", kind)

    with pytest.raises(RegistrarError) as caught:
        WRITES["contacts"].do(driver, person, firm)
    assert caught.value.verdict is Verdict.NOT_EXECUTED
    assert world.executed("domain/update_contacts") == 0


@pytest.mark.parametrize("kind", ["garbage", "reset_after", "code:240", "code:251", "rate_limit", "missed"])
@pytest.mark.parametrize("write", ["create", "lock"])
def test_write_whose_last_read_fails_is_executed(driver, world, person, firm, write, kind):
    world.plant("domain/get", kind)

    assert isinstance(WRITES[write].do(driver, person, firm), Done | Pending)

    assert world.executed(WRITES[write].effect) == 1


def test_late_effect_is_seen_when_it_comes(driver, world, person):
    world.plant("order", "late_effect", seconds=10)
    with pytest.raises(OutcomeUnknown):
        driver.domains.create(DomainOrder("lighthouse.com", person))
    with pytest.raises(NotFound):
        driver.domains.info("lighthouse.com")

    world.advance(11)

    assert driver.domains.info("lighthouse.com").name == "lighthouse.com"


def test_several_items_whose_order_says_they_exist_are_to_be_looked_at(driver, world):
    world.plant("order", "already_exists")

    found = driver.domains.order(
        [OrderItem(ItemKind.BACKORDER, "lighthouse.net"), OrderItem(ItemKind.RENEW, OURS, 1)]
    )

    assert world.executed("domain/renew") == 1
    assert [(result.succeeded, result.look_first) for result in found] == [(False, True), (False, True)]


def test_port_that_is_closed_is_not_sent(driver, world, person):
    world.plant("*", "refuse", times=None)

    with pytest.raises(NotSent):
        driver.domains.create(DomainOrder("lighthouse.com", person))
    world.clear_faults()
    assert world.executed("domain/create") == 0


def test_too_many_calls_wait(driver, world, person):
    world.plant("order", "rate_limit")

    with pytest.raises(RateLimited):
        driver.domains.create(DomainOrder("lighthouse.com", person))
    assert world.executed("domain/create") == 0
