"""The driver on the sandbox's real server: whole lives, and the switches for what the manual leaves open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from registrar.errors import (
    AlreadyExists,
    AuthenticationFailed,
    Conflict,
    InvalidRequest,
    NotFound,
)
from registrar.types import (
    AvailabilityState,
    DnsRecord,
    DomainOrder,
    DomainStatus,
    Done,
    GlueRecord,
    Price,
    RecordType,
    RenewalMode,
)

NAME = "lighthouse.com"
OURS = "bluestem-studio.com"
FOREIGN = "taken-lantern.com"


def usd(amount: str) -> Price:
    return Price(Decimal(amount), "USD")


def test_life_of_a_name(driver, world, person, firm):
    domains = driver.domains
    (found,) = domains.check_many([NAME])
    assert found.state is AvailabilityState.AVAILABLE
    credit = driver.account.info().balance
    with pytest.raises(NotFound):
        domains.info(NAME)

    created = domains.create(DomainOrder(NAME, person, years=2))
    assert isinstance(created, Done)
    assert created.value.charged == usd("17.98")
    assert driver.account.info().balance == credit - Decimal("17.98")
    info = domains.info(NAME)
    assert (info.status, info.expires_on) == (DomainStatus.ACTIVE, created.value.expires_on)
    assert info.expires_on.year == info.created_on.year + 2
    assert domains.check(NAME).state is AvailabilityState.TAKEN
    assert [line.expires_on for line in domains.list(name=NAME).items] == [info.expires_on]

    renewed = domains.renew(NAME, current_expiry=info.expires_on, years=3)
    assert isinstance(renewed, Done)
    assert renewed.value.expires_on.year == info.expires_on.year + 3
    with pytest.raises(Conflict):
        domains.renew(NAME, current_expiry=info.expires_on)
    assert world.executed("domain/renew") == 1

    for locked in (True, False):
        assert domains.set_transfer_lock(NAME, locked).value.status is DomainStatus.ACTIVE
        assert domains.info(NAME).transfer_lock is locked

    servers = ("ns1.lamps.example", "ns2.lamps.example")
    domains.set_nameservers(NAME, servers)
    shown = domains.nameserver_set(NAME)
    assert (tuple(server.name for server in shown.nameservers), shown.default) == (servers, False)
    domains.set_nameservers(NAME)
    assert domains.nameserver_set(NAME).default is True

    before = domains.contacts(NAME)
    domains.set_contacts(NAME, tech=firm)
    after = domains.contacts(NAME)
    assert after.tech.contact == firm
    assert (after.owner, after.admin, after.billing) == (before.owner, before.admin, before.billing)

    assert domains.buy_whois_privacy(NAME, years=1) == Done(None)
    assert domains.info(NAME).whois_privacy is True
    assert domains.buy_whois_privacy(NAME, years=1, renewal=True) == Done(None)
    with pytest.raises(Conflict):
        domains.buy_whois_privacy(NAME, years=1)


def test_contacts_come_back_as_they_were_ordered(driver, person, firm):
    order = DomainOrder(NAME, firm, admin=person, tech=person)

    driver.domains.create(order)

    found = driver.domains.contacts(NAME)
    assert found.owner.contact == found.billing.contact == firm
    assert found.admin.contact == replace(
        person, address="12 Quay Street, Floor 3", country=person.country.upper()
    )
    assert found.admin == found.tech


def test_registration_carries_nameservers_and_privacy(driver, world, person):
    order = DomainOrder(
        NAME, person, nameservers=("ns1.lamps.example", "ns2.lamps.example"), whois_privacy=True
    )

    outcome = driver.domains.create(order)

    assert outcome.value.charged == usd("12.98")
    assert [server.name for server in driver.domains.nameservers(NAME)] == list(order.nameservers)
    assert driver.domains.info(NAME).whois_privacy is True
    assert (world.executed("domain/create"), world.executed("whois_privacy/create")) == (1, 1)


def test_international_name_goes_through_its_life_as_a_labels(driver, person):
    assert isinstance(driver.domains.create(DomainOrder("Faro-Español.com", person)), Done)

    name = "xn--faro-espaol-9db.com"
    assert driver.domains.info("faro-español.com").name == name
    assert [line.name for line in driver.domains.list(name=name).items] == [name]


def test_hello_and_account(driver):
    assert driver.tools.hello().ip == "127.0.0.1"
    info = driver.account.info()
    assert (info.user, info.currency, info.balance) == ("demo-ote", "USD", Decimal(2500))


@pytest.mark.parametrize("credentials", [{"api_token": "wrong"}, {"username": "nobody-ote"}])
def test_wrong_credentials_fail_the_test_of_credentials(world, credentials):
    known = {"username": "demo-ote", "api_token": "demo"}

    with (
        world.driver(credentials=known | credentials) as driver,
        pytest.raises(AuthenticationFailed),
    ):
        driver.tools.hello()


def test_session_opens_works_and_ends(driver, world):
    driver.client.login()
    assert driver.account.info().user == "demo-ote"

    world.change(end_sessions=True)
    with pytest.raises(AuthenticationFailed):
        driver.account.info()
    assert driver.account.info().user == "demo-ote"

    driver.client.login()
    driver.client.logout()
    assert driver.account.info().user == "demo-ote"


def test_login_from_an_address_that_is_not_listed_fails(driver, world):
    world.change(ip_listed=False)

    with pytest.raises(AuthenticationFailed):
        driver.client.login()


@pytest.mark.parametrize("kind", ["string", "number"])
def test_amounts_are_read_in_both_spellings(driver, world, kind):
    world.assume(credit=kind, check_price=kind)

    assert driver.account.info().balance == Decimal(2500)
    assert driver.domains.check(NAME).price == usd("8.99")


@pytest.mark.parametrize("kind", ["list", "object"])
def test_empty_account_has_an_empty_list(driver, world, kind):
    world.assume(empty_map=kind)
    for line in driver.domains.list().items:
        world.change(remove_domain=line.name)

    assert driver.domains.list().total == 0


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("lighthouse.net", AvailabilityState.TAKEN),
        ("lighthouse.nosuch", AvailabilityState.UNSUPPORTED),
        ("premium-lantern.com", AvailabilityState.AVAILABLE),
        (OURS, AvailabilityState.TAKEN),
        ("-.com", AvailabilityState.INVALID),
        ("faro-español.com", AvailabilityState.AVAILABLE),
    ],
)
def test_availability(driver, name, state):
    assert driver.domains.check(name).state is state


def test_prices(driver):
    assert driver.domains.prices("premium-lantern.com").create == Decimal(3900)
    assert driver.domains.prices(OURS).renew == Decimal("10.99")
    assert driver.domains.prices(FOREIGN).renew is None


def test_names_of_the_account(driver):
    page = driver.domains.list(page_length=4)

    assert (len(page.items), page.total) == (4, 25)
    info = driver.domains.info(OURS)
    (line,) = driver.domains.list(name=OURS).items
    assert (line.status, line.expires_on) == (DomainStatus.UNKNOWN, info.expires_on)
    assert info.renewal_mode is not RenewalMode.UNKNOWN


@pytest.mark.parametrize("code", [204, 221, 240])
def test_foreign_name_is_not_found_whatever_its_code(driver, world, code):
    world.assume(foreign_domain_code=code)
    uses = (
        driver.domains.info,
        driver.domains.nameservers,
        driver.domains.glue_records,
        driver.dns.list,
        lambda name: driver.domains.set_transfer_lock(name, True),
        lambda name: driver.dns.create(name, DnsRecord(name, RecordType.A, "203.0.113.9")),
        lambda name: driver.domains.buy_whois_privacy(name, years=1),
    )

    for use in uses:
        with pytest.raises(NotFound):
            use(FOREIGN)


@pytest.mark.parametrize("roles", ["any", "all"])
def test_contacts_are_set_whether_some_roles_or_all_are_wanted(driver, world, person, roles):
    world.assume(contact_roles=roles)

    driver.domains.set_contacts(OURS, billing=person)

    assert driver.domains.contacts(OURS).billing.contact.email == person.email


def test_expired_name_is_unknown_and_no_longer_active(driver, world):
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()

    world.change(domain=OURS, set={"expire_date": yesterday.isoformat(), "auto_renew": False})

    info = driver.domains.info(OURS)
    assert (info.status, info.expires_on) == (DomainStatus.UNKNOWN, yesterday)


RECORDS = (
    DnsRecord(f"www.{OURS}", RecordType.A, "203.0.113.9"),
    DnsRecord(f"six.{OURS}", RecordType.AAAA, "2001:db8::9", 600),
    DnsRecord(f"al.{OURS}", RecordType.ANAME, "lamps.example"),
    DnsRecord(f"*.wild.{OURS}", RecordType.CNAME, "lamps.example"),
    DnsRecord(f"mail.{OURS}", RecordType.MX, "mx.lamps.example", 300, 10),
    DnsRecord(f"sub.{OURS}", RecordType.NS, "ns1.lamps.example"),
    DnsRecord(f"_sip._tcp.{OURS}", RecordType.SRV, "5 5060 sip.lamps.example", 300, 20),
    DnsRecord(f"txt.{OURS}", RecordType.TXT, 'v=spf1 "quoted" -all'),
)


@pytest.mark.parametrize("priority", ["where_used", "always"])
def test_record_of_every_type_comes_and_goes(driver, world, priority):
    world.assume(priority=priority)
    dns = driver.dns
    before = dns.list(OURS).total

    for record in RECORDS:
        created = dns.create(OURS, record).value
        shown = dns.info(OURS, created.identifier)
        assert shown == created == replace(record, ttl=record.ttl or 300, identifier=created.identifier)
        with pytest.raises(AlreadyExists):
            dns.create(OURS, record)
        assert dns.delete(OURS, created) == Done(None)
        with pytest.raises(NotFound):
            dns.delete(OURS, created)
    assert dns.list(OURS).total == before
    assert {record.type for record in RECORDS} == dns.types


def test_host_comes_changes_and_goes(driver):
    domains = driver.domains
    glue = GlueRecord(f"ns9.{OURS}", "203.0.113.5", "2001:db8::5", ("203.0.113.7",))
    others = domains.glue_records(OURS)

    assert glue in domains.create_glue(OURS, glue).value
    with pytest.raises(AlreadyExists):
        domains.create_glue(OURS, glue)
    changed = GlueRecord(glue.name, "203.0.113.6", "2001:db8::5")
    assert changed in domains.update_glue(OURS, changed).value
    assert domains.delete_glue(OURS, glue.name) == Done(others)
    with pytest.raises(NotFound):
        domains.delete_glue(OURS, glue.name)
    with pytest.raises(NotFound):
        domains.update_glue(OURS, glue)


def test_hosts_are_read_from_the_registry_again(driver):
    name = "bluestem-hosting.us"
    before = driver.domains.glue_records(name)

    synced = driver.domains.sync_glue(name)

    assert len(synced) == len(before) + 1
    assert driver.domains.glue_records(name) == synced


def test_unknown_calls_are_refused_by_the_client_alone(driver, world):
    with pytest.raises(InvalidRequest):
        driver.client.call("domain/renew")
    assert world.requests() == []


def test_name_that_the_registry_takes_back_is_not_found(driver, world, person):
    driver.domains.create(DomainOrder("cancel-lantern.com", person))

    world.advance(timedelta(minutes=1).total_seconds())

    with pytest.raises(NotFound):
        driver.domains.info("cancel-lantern.com")
