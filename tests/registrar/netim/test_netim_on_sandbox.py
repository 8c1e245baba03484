"""The driver on the sandbox: the life of a domain, and the trouble on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from registrar import Timeouts, open_driver
from registrar.errors import (
    AuthenticationFailed,
    Conflict,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RegistrarError,
    Verdict,
)
from registrar.interface.driver import Driver
from registrar.netim.session import close_sessions
from registrar.types import (
    AvailabilityState,
    CertificateOrder,
    CertificateStatus,
    Contact,
    ContactType,
    DnsKey,
    DnsRecord,
    DnssecKey,
    DomainOrder,
    DomainStatus,
    Done,
    GlueRecord,
    InternalTransferOrder,
    MailAlias,
    OperationStatus,
    Pending,
    RecordType,
    Redirect,
    RedirectType,
    RenewalMode,
    SoaTimes,
    TransferOrder,
)
from tests.registrar.netim.sent_for_others import SUBJECT
from tests.registrar.world import World

NAME = "lighthouse-keeper.com"
SERVERS = ("ns1.example.net", "ns2.example.net")
PERSON = Contact(
    type=ContactType.INDIVIDUAL,
    first_name="Ada",
    last_name="Lamp",
    email="ada@example.com",
    phone="+44.2071234567",
    address="1 Quay",
    postal_code="SW1A 1AA",
    city="London",
    state="London, City of",
    country="GB",
    identification="ID1",
    language="en",
)


@pytest.fixture
def world(sandbox: World) -> Iterator[World]:
    sandbox.reset()
    yield sandbox
    close_sessions(within=-1)


@pytest.fixture
def driver(world: World) -> Iterator[Driver]:
    with opened(world) as driver:
        yield driver


def opened(world: World, **options: Any) -> Driver:
    credentials = {"reseller": "demo01", "password": "demo"} | options.pop("credentials", {})
    options.setdefault("timeouts", Timeouts(connect=5, total=10))
    return open_driver("netim", endpoint=f"{world.url('netim')}/2.0/", credentials=credentials, **options)


def registered(driver: Driver, name: str = NAME, **options: Any) -> str:
    """A new name of ours, and its owner's handle."""
    handle = driver.contacts.create(PERSON).value.handle  # type: ignore[union-attr]
    given = {"years": 1, "nameservers": SERVERS} | options
    outcome = driver.domains.create(DomainOrder(name, handle, **given))
    assert isinstance(outcome, Done)
    return handle


def done(outcome: Any) -> Any:
    assert isinstance(outcome, Done)
    return outcome.value


def test_account_and_its_catalogue_are_read(driver):
    assert driver.tools.hello().version == "2.0"
    assert driver.account.info().balance > 0
    assert driver.account.zones().total > 5
    (com,) = driver.account.zones(tld="com").items
    assert (com.auth_code_required, com.create.years[0]) == (True, 1)
    assert driver.account.extension("eu").transfer_lock is False
    assert "domainCreate" in driver.operations.open_kinds("com")
    with pytest.raises(NotFound):
        driver.account.extension("nosuch")


def test_contact_is_created_read_changed_and_deleted(driver):
    handle = done(driver.contacts.create(PERSON)).handle
    other = done(driver.contacts.create(replace(PERSON, state="Leeds"), is_owner=False)).handle

    assert driver.contacts.info(handle).contact == PERSON
    assert driver.contacts.info(handle).is_owner
    moved = done(driver.contacts.update(handle, replace(PERSON, city="Leeds")))
    assert moved.contact.city == "Leeds"
    assert done(driver.contacts.update(other, replace(PERSON, first_name="Eve"))).contact.first_name == "Eve"
    assert handle in [line.handle for line in driver.contacts.list(name="ada lamp").items]
    done(driver.contacts.delete(other))
    with pytest.raises(NotFound):
        driver.contacts.info(other)
    with pytest.raises(Refused):
        driver.contacts.update(handle, replace(PERSON, last_name="Moth"))


def test_fields_of_an_extension_are_kept_with_the_contact(driver):
    fields = {"nexus_category": "us_citizen", "application_purpose": "personal"}
    handle = done(driver.contacts.create(PERSON, extra=fields, domain="lamp.us")).handle

    assert driver.contacts.info(handle).extra == fields | {"personal_number": "ID1"}
    done(driver.contacts.update(handle, PERSON, extra=fields, domain="moth.us"))
    held = driver.client.call("contactInfo", handle)["additional"]
    assert held["US_CATEGORY"] == {"lamp.us": "C11", "moth.us": "C11"}


def test_name_is_checked_and_registered(driver, world):
    assert driver.domains.check(NAME).state is AvailabilityState.AVAILABLE
    states = [item.state for item in driver.domains.check_many([NAME, "taken-name.com", "-x-.com"])]
    assert states == [AvailabilityState.AVAILABLE, AvailabilityState.TAKEN, AvailabilityState.INVALID]
    assert driver.domains.prices(NAME).create > 0
    assert driver.domains.claimed(NAME) is False

    handle = registered(driver)

    info = driver.domains.info(NAME)
    assert (info.status, info.raw_status) == (DomainStatus.ACTIVE, "ACTIVE, DELEGATED")
    assert world.executed("domainCreate") == 1
    contacts = driver.domains.contacts(NAME)
    assert contacts.owner.handle == handle
    assert contacts.owner.contact == PERSON
    assert contacts.admin is None
    assert [server.name for server in driver.domains.nameservers(NAME)] == list(SERVERS)
    assert NAME in [line.name for line in driver.domains.list(word="keeper").items]
    assert NAME.upper() in driver.domains.whois(NAME).upper()


def test_premium_name_needs_a_word(driver, world):
    handle = done(driver.contacts.create(PERSON)).handle
    order = DomainOrder("premium-lamp.com", handle, years=1, nameservers=SERVERS)

    with pytest.raises(Refused) as caught:
        driver.domains.create(order)

    assert caught.value.reason == "premium"
    assert world.executed("domainCreate") == 0


def test_nameservers_that_are_not_given_are_the_accounts(driver):
    registered(driver, nameservers=())

    found = driver.domains.nameserver_set(NAME)
    assert found.default
    assert len(found.nameservers) >= 2
    done(driver.domains.set_nameservers(NAME, SERVERS))
    assert driver.domains.nameserver_set(NAME).default is False


def test_preferences_and_contacts_are_set(driver):
    registered(driver)
    admin = done(driver.contacts.create(PERSON, is_owner=False)).handle

    assert done(driver.domains.set_transfer_lock(NAME, False)).info.transfer_lock is False
    assert done(driver.domains.set_whois_privacy(NAME, True)).info.whois_privacy
    automatic = done(driver.domains.set_renewal_mode(NAME, RenewalMode.AUTOMATIC))
    assert automatic.info.renewal_mode is RenewalMode.AUTOMATIC
    done(driver.domains.set_tag(NAME, "a"))
    done(driver.domains.set_note(NAME, "b"))
    done(driver.domains.set_contacts(NAME, admin=admin))
    contacts = driver.domains.contacts(NAME)
    assert (contacts.admin.handle, contacts.tech) == (admin, None)


def test_auth_code_is_made_anew(driver):
    registered(driver)
    before = driver.domains.auth_code(NAME)

    done(driver.domains.renew_auth_code(NAME))

    assert driver.domains.auth_code(NAME) != before


def test_glue_is_created_changed_and_deleted(driver):
    registered(driver)
    host = GlueRecord(f"ns1.{NAME}", "203.0.113.5", "2001:db8::1", ("203.0.113.6",))

    assert done(driver.domains.create_glue(NAME, host)) == (host,)
    changed = GlueRecord(host.name, "203.0.113.9")
    assert done(driver.domains.update_glue(NAME, changed)) == (changed,)
    assert done(driver.domains.delete_glue(NAME, host.name)) == ()


def test_name_is_signed_by_either_side(driver):
    registered(driver)
    key = DnssecKey(12345, 13, 2, "AB" * 32)

    keys = done(driver.domains.set_dnssec_keys(NAME, [key], dns_key=DnsKey(257, 3, 13, "AwEAAQ==")))
    assert keys.keys == (key,)
    done(driver.domains.set_nameservers(NAME))
    done(driver.domains.set_signed(NAME, True))
    assert driver.domains.dnssec(NAME).active
    assert done(driver.domains.set_signed(NAME, False)).info.signed is False


def test_zone_is_filled_and_emptied(driver):
    registered(driver, nameservers=())
    records = [
        DnsRecord(f"www.{NAME}", RecordType.AAAA, "2001:db8::1", ttl=600),
        DnsRecord(NAME, RecordType.MX, f"mx.{NAME}", ttl=600, priority=5),
        DnsRecord(f"*.{NAME}", RecordType.TXT, 'v=x "é"', ttl=600),
        DnsRecord(f"_sip._tcp.eu.{NAME}", RecordType.SRV, f"5 5060 sip.{NAME}", ttl=600, priority=1),
    ]
    before = set(driver.dns.list(NAME).items)

    for record in records:
        done(driver.dns.create(NAME, record))

    assert set(driver.dns.list(NAME).items) - before == set(records)
    for record in records:
        done(driver.dns.delete(NAME, record))
    assert set(driver.dns.list(NAME).items) == before
    done(driver.dns.set_soa(NAME, SoaTimes(3600, 7200, 1800, 604800, 300)))
    done(driver.dns.restore(NAME, template="1"))


def test_mail_and_web_are_forwarded(driver):
    registered(driver, nameservers=())
    web = [
        Redirect(f"a.{NAME}", "https://example.com/x?y=z", RedirectType.PERMANENT),
        Redirect(f"b.{NAME}", "http://example.com", RedirectType.TEMPORARY),
        Redirect(f"c.{NAME}", "https://example.com", RedirectType.FRAME, title="Lamps"),
        Redirect(f"d.{NAME}", "203.0.113.7", RedirectType.ADDRESS),
    ]

    done(driver.hosting.create_mail_alias(NAME, "*", ["a@example.com", "b@example.com"]))
    for redirect in web:
        done(driver.hosting.create_redirect(NAME, redirect))

    (alias,) = driver.hosting.mail_aliases(NAME).items
    assert (alias.address, alias.targets) == (f"*@{NAME}", ("a@example.com", "b@example.com"))
    shown = [replace(item, state=web[0].state) for item in driver.hosting.redirects(NAME).items]
    assert sorted(shown, key=lambda item: item.origin) == web
    done(driver.hosting.delete_mail_alias(NAME, MailAlias(alias.address, ())))
    for redirect in web:
        done(driver.hosting.delete_redirect(NAME, redirect))
    assert driver.hosting.mail_aliases(NAME).total == driver.hosting.redirects(NAME).total == 0


def test_name_is_renewed_once(driver, world):
    registered(driver)
    expiry = driver.domains.info(NAME).expires_on

    renewed = done(driver.domains.renew(NAME, current_expiry=expiry, years=2))

    assert renewed.expires_on.year == expiry.year + 2
    with pytest.raises(Conflict):
        driver.domains.renew(NAME, current_expiry=expiry, years=2)
    assert world.executed("domainRenew") == 1


def test_name_is_deleted_and_restored(driver):
    registered(driver)
    with pytest.raises(Conflict):
        driver.domains.restore(NAME)

    done(driver.domains.delete(NAME))
    assert driver.domains.info(NAME).status is DomainStatus.REDEMPTION

    assert done(driver.domains.restore(NAME)).status is DomainStatus.ACTIVE


def test_transfer_is_followed_to_its_end(driver, world):
    handle = done(driver.contacts.create(PERSON)).handle
    order = TransferOrder(
        "taken-lamps.com", handle, auth_code="good-code", nameservers=SERVERS, keep_nameservers=False
    )

    outcome = driver.domains.transfer(order)

    assert isinstance(outcome, Pending)
    assert driver.domains.info("taken-lamps.com").raw_status == "PENDING"
    (running,) = [item for item in driver.operations.pending() if item.subject == "taken-lamps.com"]
    assert running.reference == outcome.reference
    assert driver.operations.info(outcome.reference).status is OperationStatus.PENDING
    world.settle()
    assert driver.operations.info(outcome.reference).status is OperationStatus.DONE
    assert driver.domains.info("taken-lamps.com").status is DomainStatus.ACTIVE


def test_transfer_that_fails_says_why(driver, world):
    handle = done(driver.contacts.create(PERSON)).handle
    order = TransferOrder(
        "taken-lamps.com", handle, auth_code="wrong-code", nameservers=SERVERS, keep_nameservers=False
    )

    outcome = driver.domains.transfer(order)
    world.settle()

    found = driver.operations.info(outcome.reference)
    assert found.status is OperationStatus.FAILED
    assert found.message


def test_owner_is_changed_by_a_trade(driver, world):
    registered(driver)
    handle = done(driver.contacts.create(replace(PERSON, last_name="Moth"))).handle

    outcome = driver.domains.change_owner(NAME, handle)
    assert isinstance(outcome, Pending)
    world.settle()

    assert driver.domains.contacts(NAME).owner.handle == handle


def test_pending_operation_is_called_off(driver):
    order = InternalTransferOrder("taken-at-netim-lamps.com", "", "", "", nameservers=SERVERS)
    outcome = driver.domains.transfer_internal(order)
    assert isinstance(outcome, Pending)

    done(driver.operations.cancel(outcome.reference))

    assert driver.operations.info(outcome.reference).status is OperationStatus.CANCELLED


def test_registration_that_the_registry_refuses_is_refused(driver, world):
    handle = done(driver.contacts.create(PERSON)).handle

    with pytest.raises(Refused):
        driver.domains.create(DomainOrder("refuse-lamps.com", handle, years=1, nameservers=SERVERS))
    assert world.executed("domainCreate") == 0


def test_certificate_is_ordered_issued_and_revoked(driver, world):
    registered(driver, "lamp.com" if driver.domains.check("lamp.com").state == "available" else NAME)

    outcome = driver.certificates.create(CertificateOrder("SSLDV", subject=SUBJECT))
    assert isinstance(outcome, Pending)
    identifier = outcome.value.certificate_id
    world.settle()

    assert driver.certificates.info(identifier).status is CertificateStatus.VALID
    assert driver.certificates.files(identifier).certificate.startswith("-----BEGIN CERTIFICATE-----")
    done(driver.certificates.set_renewal_mode(identifier, RenewalMode.MANUAL))
    driver.certificates.revoke(identifier)
    world.settle()
    assert driver.certificates.info(identifier).status is CertificateStatus.CANCELLED


def test_session_that_expires_in_the_middle_is_replaced(driver, world):
    registered(driver)
    world.change("netim", expire_sessions=True)

    done(driver.domains.set_transfer_lock(NAME, False))

    assert world.executed("domainSetPreference") == 1


def test_write_that_meets_a_lost_session_is_executed_once(driver, world):
    registered(driver)
    world.plant("netim", "domainRenew", "session_expired", times=1)
    expiry = driver.domains.info(NAME).expires_on

    done(driver.domains.renew(NAME, current_expiry=expiry, years=1))

    assert world.executed("domainRenew") == 1


def test_too_many_sessions_are_a_limit(world):
    world.change("netim", max_sessions=0)

    with opened(world) as driver, pytest.raises(RateLimited) as caught:
        driver.tools.hello()

    assert caught.value.reason == "too_many_sessions"


def test_wrong_password_is_an_authentication_failure(world):
    with opened(world, credentials={"password": "wrong"}) as driver, pytest.raises(AuthenticationFailed):
        driver.tools.hello()


def test_sessions_do_not_pile_up(world):
    for _ in range(5):
        with opened(world) as driver:
            driver.tools.hello()

    with opened(world) as driver:
        assert len(driver.client.call("queryAllSessions")) == 1


@pytest.mark.parametrize("kind", ["cut_text", "latin1", "unknown_status", "garbage", "cut"])
def test_answer_that_cannot_be_understood_is_unknown(driver, world, kind):
    registered(driver)
    world.plant("netim", "domainDelete", kind, times=1)

    with pytest.raises(OutcomeUnknown):
        driver.domains.delete(NAME)


@pytest.mark.parametrize(
    "kind",
    [
        "refuse",
        "timeout_before",
        "timeout_after",
        "reset_before",
        "reset_after",
        "http_500_before",
        "http_500_after",
        "garbage_before",
        "rate_limit",
        "session_expired",
        "already_exists",
        "late_effect",
        "code:E90-M9004",
        "code:E13",
    ],
)
def test_driver_never_says_more_than_the_registrar_did(world, kind):
    with opened(world) as driver:
        registered(driver)
    world.plant("netim", "domainDelete", kind, times=1, seconds=2)

    outcome: Any = None
    verdict = None
    with opened(world, timeouts=Timeouts(connect=1, total=1)) as hurried:
        try:
            outcome = hurried.domains.delete(NAME)
        except RegistrarError as error:
            verdict = error.verdict

    executed = world.executed("domainDelete")
    assert executed in {0, 1}
    assert executed == 1 or not isinstance(outcome, Done)
    assert executed == 0 or verdict is not Verdict.NOT_EXECUTED
