"""Every read and the life of an order, on the sandbox's real servers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from registrar import open_driver
from registrar.errors import (
    AlreadyExists,
    AuthenticationFailed,
    InvalidRequest,
    NotFound,
    NotSupported,
    OutcomeUnknown,
    PermissionDenied,
    RateLimited,
    Refused,
    RegistrarError,
    Verdict,
)
from registrar.types import (
    AvailabilityState,
    Contact,
    ContactRecord,
    ContactType,
    DnssecKey,
    DomainDetail,
    DomainOrder,
    DomainStatus,
    Done,
    Pending,
    RenewalMode,
    TransferOrder,
    TransferStatus,
    Verification,
)

NAME = "soler-estudio.com"


@pytest.fixture
def person() -> Contact:
    return Contact(
        type=ContactType.INDIVIDUAL,
        first_name="Zoë",
        last_name="Łódź & Co",
        email="zoe@example.com",
        phone="+48.224000713",
        address="ul. Nowy Świat 21",
        postal_code="00-029",
        city="Warszawa",
        state="mazowieckie",
        country="PL",
        identification="85071201234",
    )


@pytest.fixture
def owner(driver, person) -> str:
    outcome = driver.contacts.create(person)
    assert isinstance(outcome, Done)
    handle: str = outcome.value.handle
    return handle


def test_tools(driver):
    assert driver.tools.hello().ip == "127.0.0.1"
    assert driver.tools.idn("españa.com").punycode == "xn--espaa-rta.com"
    assert {found.name.rpartition(".")[2] for found in driver.tools.suggest("lighthouse")} == {"com", "net"}
    assert ("FR", "France") in {(row.code, row.name) for row in driver.tools.table("countries")}
    assert driver.tools.table("es_juridic")
    assert "ANSWER" in driver.tools.dig("example.com", "mx", "8.8.8.8").text
    assert driver.tools.zone_check("example.fr", ["ns1.example.com", "ns2.example.com"]).name == "example.fr"


@pytest.mark.parametrize(
    ("tool", "arguments", "field"),
    [
        ("suggest", ("x",), "tlds"),
        ("suggest", (" ",), "word"),
        ("idn", ("",), "text"),
        ("table", ("planets",), "kind"),
        ("dig", ("example.com", "AXFR", "8.8.8.8"), "type"),
        ("zone_check", ("example.fr", ["ns1.example.com"]), "nameservers"),
    ],
)
def test_impossible_tool_call_is_refused_before_sending(driver, world, tool, arguments, field):
    options = {"tlds": ("fr",)} if field == "tlds" else {}

    with pytest.raises(InvalidRequest) as caught:
        getattr(driver.tools, tool)(*arguments, **options)
    assert caught.value.field == field
    assert world.control("GET", "/requests")["requests"] == []


def test_account_info_and_promotions(driver):
    info = driver.account.info()

    assert (info.user, info.currency) == ("demo", "EUR")
    assert info.balance is not None
    assert info.balance > 0
    for promotion in driver.account.promotions():
        assert bool(promotion.tld) != bool(promotion.product)
        assert promotion.starts_at < promotion.ends_at


def test_zones_are_paged_completely(driver):
    first = driver.account.zones(page_length=7)
    pages, found = first, list(first.items)
    while not pages.is_last:
        pages = driver.account.zones(page=pages.number + 1, page_length=7)
        found += pages.items

    assert len(found) == first.total == len({zone.tld for zone in found})
    (com,) = driver.account.zones(tld="com").items
    assert com.create is not None
    assert com.create.price > 0
    assert com.create.years[0] == 1


def test_contacts_are_created_read_and_found(driver, person, owner):
    record: ContactRecord = driver.contacts.info(owner)
    found = driver.contacts.list(email=person.email)

    assert record.contact == person
    assert [summary.handle for summary in found.items] == [owner]
    assert driver.contacts.list(country="pl", identification=person.identification).total >= 1
    assert driver.contacts.list(verification=Verification.FAILED, designated_agent=False).total >= 1


def test_missing_contact_is_not_found(driver):
    with pytest.raises(NotFound):
        driver.contacts.info("ZZ-999999")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("lighthouse.com", AvailabilityState.AVAILABLE),
        ("lighthouse.net", AvailabilityState.TAKEN),
        ("premium-lantern.app", AvailabilityState.PREMIUM),
        ("lighthouse.nosuch", AvailabilityState.UNSUPPORTED),
        ("-.com", AvailabilityState.INVALID),
        ("español-faro.com", AvailabilityState.AVAILABLE),
    ],
)
def test_availability(driver, name, state):
    assert driver.domains.check(name).state is state


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (2001, AvailabilityState.INVALID),
        (2002, AvailabilityState.UNSUPPORTED),
        (2003, AvailabilityState.MAINTENANCE),
    ],
)
def test_availability_code_is_a_state(driver, world, code, state):
    world.fault("domain/check", f"code:{code}", times=1)

    assert driver.domains.check("lighthouse.com").state is state


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (2004, Refused),
        (1010, RateLimited),
        (1030, AuthenticationFailed),
        (105, InvalidRequest),
        (9, OutcomeUnknown),
    ],
)
def test_other_code_of_a_check_is_an_error(driver, world, code, error):
    world.fault("domain/check", f"code:{code}", times=1)

    with pytest.raises(error):
        driver.domains.check("lighthouse.com")


def test_transfer_check(driver):
    assert driver.domains.check_transfer("taken-lantern.com").possible
    refused = driver.domains.check_transfer("lighthouse.com")
    assert not refused.possible
    assert refused.reasons


def test_registration_is_pending_until_a_read_says_active(driver, world, owner):
    before = driver.account.info().balance

    outcome = driver.domains.create(DomainOrder("nordic-lanterns.com", owner, years=2))

    assert isinstance(outcome, Pending)
    assert outcome.value is not None
    assert outcome.value.charged is not None
    assert driver.account.info().balance == before - outcome.value.charged.amount
    pending = driver.domains.info("nordic-lanterns.com")
    assert (pending.status, pending.remote_id) == (DomainStatus.REGISTERING, outcome.reference)
    assert pending.expires_on is None
    world.settle()
    active = driver.domains.info("nordic-lanterns.com")
    assert active.status is DomainStatus.ACTIVE
    assert active.created_on is not None
    assert active.expires_on is not None
    assert active.expires_on.year == active.created_on.year + 2


def test_order_carries_contacts_nameservers_and_tld_fields(driver, world, person, owner):
    company = replace(
        person, type=ContactType.ORGANIZATION, organization="Faro", country="FR", postal_code="75001"
    )
    order = DomainOrder(
        "phare-nordique.fr",
        company,
        nameservers=("ns1.example.com", "ns2.example.com"),
        admin=owner,
        extra={"company_number": "123456789"},
    )

    driver.domains.create(order)

    (entry,) = [entry for entry in world.journal() if entry["action"] == "domain/create"]
    sent = entry["arguments"]
    assert sent["nameservers"] == "ns1.example.com,ns2.example.com"
    assert sent["ownerContactOrgName"] == "Faro"
    assert sent["adminContactID"] == owner
    assert sent["frSirenNumber"] == "123456789"
    world.settle()
    contacts = driver.domains.contacts("phare-nordique.fr")
    assert contacts.owner is not None
    assert contacts.owner.contact.organization == "Faro"
    assert contacts.admin is not None
    assert contacts.admin.handle == owner
    shown = driver.domains.nameserver_set("phare-nordique.fr")
    assert ([server.name for server in shown.nameservers], shown.default) == (
        ["ns1.example.com", "ns2.example.com"],
        False,
    )


def test_order_without_a_required_tld_field_is_refused_before_sending(driver, world, owner):
    with pytest.raises(InvalidRequest) as caught:
        driver.domains.create(DomainOrder("farola.madrid", owner))

    assert caught.value.field == "intended_use"
    assert "domain/create" not in {row["action"] for row in world.control("GET", "/requests")["requests"]}


def test_order_with_the_owners_type_reads_no_contact(driver, world, owner):
    order = DomainOrder(
        "available-farola.madrid",
        owner,
        extra={"intended_use": "A shop for lamps"},
        owner_type=ContactType.INDIVIDUAL,
    )

    driver.domains.create(order)

    assert [row["action"] for row in world.control("GET", "/requests")["requests"]] == [
        "contact/create",
        "domain/create",
    ]


@pytest.mark.parametrize(
    ("name", "error", "reason"),
    [("lighthouse.net", AlreadyExists, "taken"), ("premium-lantern.app", Refused, "premium")],
)
def test_impossible_registration_is_not_executed(driver, world, owner, name, error, reason):
    with pytest.raises(error) as caught:
        driver.domains.create(DomainOrder(name, owner))

    assert caught.value.reason == reason
    assert world.executed("domain/create") == 0


def test_premium_name_is_registered_when_said(driver, owner):
    outcome = driver.domains.create(DomainOrder("premium-lantern.app", owner, premium=True))

    assert outcome.value.charged.amount > Decimal(30)


def test_international_name_goes_through_its_life_as_a_labels(driver, world, owner):
    assert isinstance(driver.domains.create(DomainOrder("Faro-Español.com", owner)), Pending)
    world.settle()

    name = "xn--faro-espaol-9db.com"
    assert driver.domains.info("faro-español.com").name == name
    assert [line.name for line in driver.domains.list(name=name).items] == [name]


def test_renewal_moves_the_expiry(driver):
    expiry = driver.domains.info(NAME).expires_on
    assert expiry is not None

    outcome = driver.domains.renew(NAME, current_expiry=expiry, years=3)

    assert isinstance(outcome, Done)
    assert (outcome.value.expires_on.year, outcome.value.years) == (expiry.year + 3, 3)


def test_renewal_from_an_outdated_expiry_is_not_executed(driver, world):
    expiry = driver.domains.info(NAME).expires_on

    with pytest.raises(RegistrarError) as caught:
        driver.domains.renew(NAME, current_expiry=expiry - timedelta(days=365))
    assert caught.value.verdict is Verdict.NOT_EXECUTED
    assert world.executed("domain/renew") == 0


def test_transfer_is_pending_until_it_is_active(driver, world, owner):
    outcome = driver.domains.transfer(TransferOrder("taken-lantern.com", owner, auth_code="code-1234"))

    assert isinstance(outcome, Pending)
    assert driver.domains.info("taken-lantern.com").status is DomainStatus.TRANSFERRING
    world.settle()
    arrived = driver.domains.info("taken-lantern.com")
    assert (arrived.status, arrived.transfer_status) == (DomainStatus.ACTIVE, TransferStatus.COMPLETED)


@pytest.mark.parametrize("include", [None, *DomainDetail])
def test_list_brings_what_was_asked(driver, include):
    page = driver.domains.list(page_length=3, include=include)

    assert (len(page.items), page.length) == (3, 3)
    line = page.items[0]
    assert (line.contacts is not None) == (include is DomainDetail.CONTACTS)
    assert (line.nameservers is not None) == (include is DomainDetail.NAMESERVERS)
    assert (line.info is not None) == (include is DomainDetail.INFO)
    assert (line.glue_records is not None) == (include is DomainDetail.GLUE_RECORDS)


def test_list_filters(driver, world):
    domains = driver.domains
    owner = domains.contacts(NAME).owner.handle
    everything = domains.list().total

    assert [line.name for line in domains.list(name=NAME).items] == [NAME]
    assert all("soler" in line.name for line in domains.list(word="soler").items)
    assert {line.tld for line in domains.list(tld="es").items} == {"es"}
    assert 0 < domains.list(owner=owner).total < everything
    assert {line.status for line in domains.list(status=DomainStatus.GRACE).items} == {DomainStatus.GRACE}
    assert {line.raw_status for line in domains.list(status="transfer-pending").items} == {"transfer-pending"}
    assert 0 < domains.list(tag="clientes").total < everything
    assert domains.list(renewal_mode=RenewalMode.AUTOMATIC).total < everything
    assert domains.list(owner_verification=Verification.FAILED).total == len(
        world.names(ownerverification="failed")
    )
    assert 0 < domains.list(renewable=True).total < everything


def test_list_of_what_cannot_be_renewed_is_not_offered(driver):
    with pytest.raises(NotSupported):
        driver.domains.list(renewable=False)


def test_list_by_a_status_of_two_words_is_refused_before_sending(driver):
    with pytest.raises(InvalidRequest, match="register-init, register-pending"):
        driver.domains.list(status=DomainStatus.REGISTERING)


def test_flags_are_read_back_as_they_were_set(driver):
    domains = driver.domains
    for value in (True, False):
        domains.set_transfer_lock(NAME, value)
        domains.set_whois_privacy(NAME, value)
        assert (domains.info(NAME).transfer_lock, domains.info(NAME).whois_privacy) == (value, value)
    for value in (True, False):
        domains.set_modification_lock(NAME, value)
        assert domains.info(NAME).modification_lock is value
        domains.set_whois_visible("soler-estudio.es", value)
        assert domains.info("soler-estudio.es").whois_visible is value
    domains.set_renewal_mode(NAME, RenewalMode.LET_EXPIRE)
    domains.set_tag(NAME, "blue,green")
    found = domains.info(NAME)
    assert (found.renewal_mode, found.tag) == (RenewalMode.LET_EXPIRE, "blue,green")


def test_contacts_that_are_not_given_stay_as_they_are(driver, owner):
    before = driver.domains.contacts(NAME)

    driver.domains.set_contacts(NAME, tech=owner)

    after = driver.domains.contacts(NAME)
    assert after.tech is not None
    assert after.tech.handle == owner
    assert (after.owner, after.admin, after.billing) == (before.owner, before.admin, before.billing)


def test_nameservers_return_to_the_registrars_own(driver):
    driver.domains.set_nameservers(NAME, ["ns1.example.com", "ns2.example.com"])
    assert driver.domains.nameserver_set(NAME).default is False

    driver.domains.set_nameservers(NAME)

    assert driver.domains.nameserver_set(NAME).default is True


def test_dnssec_keys_come_and_go(driver):
    key = DnssecKey(257, 13, 2, "AB" * 32)

    assert driver.domains.add_dnssec_key(NAME, key).value.keys == (key,)
    assert driver.domains.dnssec(NAME).active
    assert driver.domains.delete_dnssec_key(NAME, key).value.keys == ()


def test_texts_and_history(driver):
    driver.domains.set_tag(NAME, "new")

    assert NAME.upper() in driver.domains.whois(NAME)
    assert len(driver.domains.auth_code(NAME)) > 5
    assert driver.domains.history(NAME, page_length=1).total >= 1
    assert driver.domains.deleted(page_length=2).items
    assert driver.domains.service(NAME).name == NAME
    assert driver.domains.glue_records(NAME) == ()


def test_auth_code_stays_out_of_the_record(world):
    exchanges = []

    with world.driver(on_exchange=exchanges.append) as driver:
        code = driver.domains.auth_code(NAME)

    assert code not in repr(exchanges)


@pytest.mark.parametrize(
    "read", ["info", "contacts", "nameservers", "glue_records", "dnssec", "auth_code", "service", "history"]
)
def test_name_of_somebody_else_is_not_found(driver, read):
    with pytest.raises(NotFound):
        getattr(driver.domains, read)("lighthouse.net")


def test_wrong_password_fails_authentication(world):
    with (
        open_driver(
            "mrdomain",
            endpoint=world.mrdomain_url,
            credentials={"apiuser": "demo", "apipasswd": "wrong-password"},
        ) as driver,
        pytest.raises(AuthenticationFailed),
    ):
        driver.tools.hello()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (1000, RateLimited),
        (1007, PermissionDenied),
        (1030, AuthenticationFailed),
        (103, PermissionDenied),
        (104, NotSupported),
    ],
)
def test_account_wide_refusal(driver, world, code, error):
    world.fault("*", f"code:{code}", times=1)

    with pytest.raises(error):
        driver.account.info()


def test_too_many_checks_ask_for_a_pause_and_the_next_time_ban(driver, world):
    world.control("POST", "/reset", seed=1, limits={"checks": 2})
    for _ in range(2):
        driver.domains.check("lighthouse.com")

    with pytest.raises(RateLimited) as caught:
        driver.domains.check("lighthouse.com")
    assert (caught.value.reason, caught.value.after) == ("blocked", 600)

    world.control("POST", "/advance", seconds=caught.value.after)
    for _ in range(2):
        driver.domains.check("lighthouse.com")
    with pytest.raises(AuthenticationFailed) as banned:
        driver.domains.check("lighthouse.com")
    assert banned.value.reason == "banned"


def test_low_level_call_returns_the_registrars_data(driver):
    data = driver.client.call("domain/getinfo", domain=NAME, infoType="nameservers")

    assert data["nameservers"][0]["order"] == 1
