"""The driver on the sandbox's real servers: the life of a name, every switch, and what faults make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from registrar import Timeouts, open_driver
from registrar.bookmyname import table
from registrar.bookmyname.country import country_code
from registrar.errors import (
    AlreadyExists,
    AuthenticationFailed,
    Conflict,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    Refused,
)
from registrar.interface.driver import Driver
from registrar.types import (
    AvailabilityState,
    DomainOrder,
    DomainStatus,
    Done,
    GlueRecord,
    OperationStatus,
    Outcome,
    Pending,
    TransferOrder,
)
from tests.registrar.bookmyname.test_bookmyname_contact_request import BIRTH, PERSON
from tests.registrar.world import World

NAME = "phare-nouveau.com"
SERVERS = ("ns1.phare.example", "ns2.phare.example")


class Sandbox:
    """The sandbox from this family's side."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.settle = world.settle
        self.executed = world.executed

    def change(self, **data: Any) -> None:
        self.world.change("bookmyname", **data)

    def fault(self, action: str, kind: str, **data: Any) -> None:
        self.world.plant("bookmyname", action, kind, **data)

    def driver(self, *, password: str = "demo", total: float = 10) -> Driver:
        return open_driver(
            "bookmyname",
            endpoint=f"{self.world.url('bookmyname')}/apis.cgi",
            credentials={
                "dist_id": "13490",
                "dist_passwd": password,
                "das": self.world.url("das").rpartition("/")[2],
            },
            timeouts=Timeouts(connect=5, total=total),
        )


@pytest.fixture
def here(sandbox: World, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """The sandbox as it is born."""
    sandbox.reset()
    monkeypatch.setattr(table, "_tables", {})
    return Sandbox(sandbox)


@pytest.fixture
def driver(here: Sandbox) -> Iterator[Driver]:
    with here.driver() as opened:
        yield opened


def finished(here: Sandbox, driver: Driver, outcome: Outcome[Any]) -> OperationStatus:
    """How a write ends, after it was pending."""
    assert isinstance(outcome, Pending)
    assert driver.operations.info(outcome.reference).status is OperationStatus.PENDING
    here.settle()
    return driver.operations.info(outcome.reference).status


def person(driver: Driver) -> str:
    outcome = driver.contacts.create(PERSON)
    assert isinstance(outcome, Done)
    return outcome.value.handle


@pytest.mark.parametrize("server", ["php", "soaplite"])
def test_whole_life_of_a_name(here, driver, server):
    here.change(server=server)
    assert driver.tools.hello()
    owner = person(driver)
    assert driver.contacts.info(owner).contact == PERSON_SHOWN
    assert driver.domains.check(NAME).state is AvailabilityState.AVAILABLE
    assert driver.tools.quick_check(NAME).state is AvailabilityState.AVAILABLE

    ordered = driver.domains.create(DomainOrder(NAME, owner, nameservers=SERVERS))
    assert driver.domains.info(NAME).status is DomainStatus.REGISTERING
    assert finished(here, driver, ordered) is OperationStatus.DONE
    born = driver.domains.info(NAME)
    assert born.status is DomainStatus.ACTIVE
    assert born.expires_on is not None
    assert driver.domains.check(NAME).state is AvailabilityState.TAKEN

    renewed = driver.domains.renew(NAME, current_expiry=born.expires_on, years=2)
    with pytest.raises(Conflict):
        driver.domains.renew(NAME, current_expiry=born.expires_on, years=2)
    assert finished(here, driver, renewed) is OperationStatus.DONE
    assert driver.domains.info(NAME).expires_on == born.expires_on.replace(year=born.expires_on.year + 2)
    with pytest.raises(Conflict):
        driver.domains.renew(NAME, current_expiry=born.expires_on, years=2)
    assert here.executed("domain_renew") == 1

    for locked in (True, False):
        changed = driver.domains.set_transfer_lock(NAME, locked)
        assert finished(here, driver, changed) is OperationStatus.DONE
        assert driver.domains.info(NAME).transfer_lock is locked

    code = driver.domains.auth_code(NAME)
    assert finished(here, driver, driver.domains.renew_auth_code(NAME)) is OperationStatus.DONE
    assert driver.domains.auth_code(NAME) != code

    assert finished(here, driver, driver.domains.delete(NAME)) is OperationStatus.DONE
    with pytest.raises(NotFound):
        driver.domains.info(NAME)
    assert driver.contacts.delete(owner) == Done(None)


PERSON_SHOWN = replace(PERSON, language="fr")


def test_nameservers_and_hosts(here, driver):
    glue = tuple(GlueRecord(f"ns{n}.{NAME}", f"203.0.113.{n}") for n in (1, 2))
    order = DomainOrder(NAME, person(driver), nameservers=tuple(host.name for host in glue), glue=glue)
    assert finished(here, driver, driver.domains.create(order)) is OperationStatus.DONE
    many = [f"ns{n}.phare.example" for n in range(13)]

    for wanted in (many, SERVERS, ()):
        changed = driver.domains.set_nameservers(NAME, wanted)
        assert finished(here, driver, changed) is OperationStatus.DONE
        shown = [server.name for server in driver.domains.nameservers(NAME)]
        assert shown == list(wanted or ("ns0.online.net", "ns1.online.net"))

    host = GlueRecord(f"ns9.{NAME}", "203.0.113.9")
    assert finished(here, driver, driver.domains.create_glue(NAME, host)) is OperationStatus.DONE
    moved = driver.domains.update_glue(NAME, replace(host, ipv4="203.0.113.10"))
    assert finished(here, driver, moved) is OperationStatus.DONE
    assert finished(here, driver, driver.domains.delete_glue(NAME, host.name)) is OperationStatus.DONE


def test_contacts_of_a_name_change_one_by_one(here, driver):
    owner, other = person(driver), person(driver)
    order = DomainOrder(NAME, owner, nameservers=SERVERS)
    assert finished(here, driver, driver.domains.create(order)) is OperationStatus.DONE

    changed = driver.domains.set_contacts(NAME, tech=other)

    assert finished(here, driver, changed) is OperationStatus.DONE
    found = driver.domains.contacts(NAME)
    assert [record.handle for record in (found.owner, found.admin, found.tech, found.billing) if record] == [
        owner, "13490", other, "13490",
    ]  # fmt: skip
    assert [server.name for server in driver.domains.nameservers(NAME)] == list(SERVERS)
    with pytest.raises(Conflict):
        driver.contacts.delete(other)


def test_french_name_is_proved_with_its_owners_birth(here, driver):
    with pytest.raises(InvalidRequest) as caught:
        driver.domains.create(DomainOrder("phare-nouveau.fr", person(driver), nameservers=SERVERS))
    assert caught.value.field == "extra"

    born = driver.contacts.create(PERSON, tld="fr", extra=BIRTH)
    assert isinstance(born, Done)
    order = DomainOrder("phare-nouveau.fr", born.value.handle, nameservers=SERVERS)

    assert finished(here, driver, driver.domains.create(order)) is OperationStatus.DONE


def test_transfer_in(here, driver):
    here.change(outside={"phare-ailleurs.com": {"authkey": "secret-1234"}})
    order = TransferOrder("phare-ailleurs.com", person(driver), auth_code="secret-1234")

    assert finished(here, driver, driver.domains.transfer(order)) is OperationStatus.DONE
    assert driver.domains.info("phare-ailleurs.com").status is DomainStatus.ACTIVE


def test_transfer_that_failed_is_started_again(here, driver):
    here.change(outside={"phare-ailleurs.com": {"authkey": "secret-1234"}})
    order = TransferOrder("phare-ailleurs.com", person(driver), auth_code="bad-1234")
    assert finished(here, driver, driver.domains.transfer(order)) is OperationStatus.FAILED

    again = driver.domains.transfer_restart("phare-ailleurs.com", "secret-1234")

    assert finished(here, driver, again) is OperationStatus.DONE


@pytest.mark.parametrize(
    ("name", "reason"),
    [("locked-phare.com", "locked"), ("young-phare.com", "too_young"), ("x.zz", "unsupported_tld")],
)
def test_transfer_that_is_refused_tells_why(here, driver, name, reason):
    here.change(outside={name: {}} if reason == "too_young" else {})
    with pytest.raises((Conflict, Refused)) as caught:
        driver.domains.transfer(TransferOrder(name, "13490", auth_code="secret-1234"))
    assert caught.value.reason == reason


def test_order_that_comes_to_nothing_fails(here, driver):
    order = DomainOrder("cancel-phare.com", person(driver), nameservers=SERVERS)

    assert finished(here, driver, driver.domains.create(order)) is OperationStatus.FAILED


def test_order_of_a_name_that_is_gone_already_exists(driver):
    with pytest.raises(AlreadyExists):
        driver.domains.create(DomainOrder("refuse-phare.com", person(driver), nameservers=SERVERS))


def test_wrong_password(here):
    with here.driver(password="wrong") as driver, pytest.raises(AuthenticationFailed):
        driver.tools.hello()


def test_missing_things(driver):
    for ask in (
        lambda: driver.domains.info("not-here.com"),
        lambda: driver.domains.delete("not-here.com"),
        lambda: driver.domains.set_transfer_lock("not-here.com", True),
        lambda: driver.contacts.info("999999"),
        lambda: driver.contacts.delete("999999"),
        lambda: driver.operations.info("999999"),
    ):
        with pytest.raises(NotFound):
            ask()


@pytest.mark.parametrize("shape", ["map", "list"])
def test_list_of_domains_in_both_shapes(here, driver, shape):
    here.change(domain_list=shape)

    page = driver.domains.list()

    assert page.total == len(page.items) == 29
    assert all((line.expires_on is None) == (shape == "list") for line in page.items[:1])
    assert driver.domains.info(page.items[0].name).status is DomainStatus.ACTIVE


@pytest.mark.parametrize("shape", ["contacts", "ids", "map"])
def test_list_of_contacts_in_every_shape(here, driver, shape):
    here.change(contact_list=shape)

    found = driver.contacts.list()

    assert found.total >= 8
    assert all(line.country for line in found.items)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_country_of_the_table_is_recognized(here, driver, language):
    here.change(countries=language)

    unknown = [row.name for row in driver.tools.table("countries") if not country_code(row.name)]

    assert unknown == []


@pytest.mark.parametrize("shown", ["shown", "absent"])
def test_deleted_contact_is_gone(here, driver, shown):
    here.change(deleted_contacts=shown)
    handle = person(driver)
    driver.contacts.delete(handle)

    with pytest.raises(NotFound):
        driver.contacts.info(handle)


def test_check_of_one_label_everywhere(driver):
    found = {
        item.tld: item.state
        for item in driver.domains.check_many([f"phare-nouveau.{tld}" for tld in ("com", "fr", "zz")])
    }

    assert found == {
        "com": AvailabilityState.AVAILABLE,
        "fr": AvailabilityState.AVAILABLE,
        "zz": AvailabilityState.UNSUPPORTED,
    }


@pytest.mark.parametrize(
    ("dialect", "name"),
    [("free", "phare-nouveau.com"), ("eurid", "phare-nouveau.eu"), ("dnsbe", "phare-nouveau.be")],
)
def test_das_in_every_dialect(here, driver, dialect, name):
    here.change(das={"dialect": dialect})

    assert driver.tools.quick_check(name).state is AvailabilityState.AVAILABLE
    here.change(take_name=name)
    assert driver.tools.quick_check(name).state is AvailabilityState.TAKEN


@pytest.mark.parametrize(
    "kind",
    [
        "timeout_after",
        "reset_after",
        "late_effect",
        "garbage",
        "cut",
        "cut_text",
        "latin1",
        "http_500_before",
    ],
)
def test_lost_answer_to_an_order_is_unknown(here, kind):
    with here.driver(total=2) as driver:
        owner = person(driver)
        here.fault("domain_create", kind)

        with pytest.raises(OutcomeUnknown):
            driver.domains.create(DomainOrder(NAME, owner, nameservers=SERVERS))


def test_unknown_word_of_a_transaction_is_no_success(here, driver):
    ordered = driver.domains.create(DomainOrder(NAME, person(driver), nameservers=SERVERS))
    here.settle()
    here.fault("api_status", "unknown_status")

    assert isinstance(ordered, Pending)
    assert driver.operations.info(ordered.reference).status is OperationStatus.UNKNOWN


def test_name_that_was_registered_and_answered_as_taken_is_seen_in_the_account(here, driver):
    owner = person(driver)
    here.fault("domain_create", "already_exists")

    with pytest.raises(AlreadyExists):
        driver.domains.create(DomainOrder(NAME, owner, nameservers=SERVERS))
    assert driver.domains.info(NAME).status is DomainStatus.REGISTERING
