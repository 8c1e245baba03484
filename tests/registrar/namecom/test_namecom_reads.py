"""Reads: what is sent, and what a failing code turns out to mean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registrar.errors import (
    InvalidRequest,
    NotFound,
    NotSupported,
    OutcomeUnknown,
    PermissionDenied,
    Refused,
    RegistrarError,
    UnreadableReply,
)
from registrar.types import (
    Availability,
    AvailabilityState,
    DnsRecord,
    DomainDetail,
    DomainPrices,
    DomainStatus,
    GlueRecord,
    Hello,
    Price,
    RecordType,
)
from tests.registrar.namecom.replies import reply, shown

NAME = "faro.com"
OURS = reply({"domains": {NAME: {"tld": "com", "expire_date": "2099-03-05 23:59:59"}}})
NONE_OURS = reply({"domains": []})


def test_hello_tries_the_credentials_too(answered):
    line = answered(
        {
            "hello": reply({"client_ip": "203.0.113.7", "language": "en", "version": "2.0"}),
            "account/get": reply({"username": "lamps-ote"}),
        }
    )

    assert line.driver.tools.hello() == Hello("203.0.113.7", "en", "2.0")
    assert line.lines == ["GET /api/hello", "GET /api/account/get"]


def test_hello_with_wrong_credentials_fails(answered):
    line = answered({"account/get": reply(code=251, said="Authentication Error")})

    with pytest.raises(Exception, match="Authentication"):
        line.driver.tools.hello()


def test_check_asks_a_label_and_its_extension(answered):
    line = answered({"domain/check": reply({"domains": {"faro.co.uk": {"avail": True, "price": "8.99"}}})})

    found = line.driver.domains.check("FARO.co.uk")

    assert line.body() == b'{"keyword":"faro","tlds":["co.uk"]}'
    assert found == Availability(
        "faro.co.uk", "co.uk", AvailabilityState.AVAILABLE, Price(Decimal("8.99"), "USD")
    )


def test_check_of_what_is_no_name_is_not_sent(answered):
    line = answered()

    assert line.driver.domains.check("-.com").state is AvailabilityState.INVALID
    assert line.requests == []


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Parameter Value Error - Tlds", AvailabilityState.UNSUPPORTED),
        ("Parameter Value Error - Keyword", AvailabilityState.INVALID),
        ("Parameter Value Error", AvailabilityState.INVALID),
    ],
)
def test_check_that_is_refused_for_its_values_is_a_state(answered, said, state):
    line = answered({"domain/check": reply(code=204, said=said)})

    assert line.driver.domains.check(NAME).state is state


@pytest.mark.parametrize(
    ("code", "error"),
    [(203, InvalidRequest), (221, PermissionDenied), (240, Refused), (250, OutcomeUnknown)],
)
def test_check_that_fails_otherwise_is_an_error(answered, code, error):
    with pytest.raises(error):
        answered({"domain/check": reply(code=code)}).driver.domains.check(NAME)


def test_several_extensions_are_checked_in_one_call(answered):
    domains = {"faro.com": {"avail": False}, "faro.net": {"avail": True, "price": 9.5}}
    line = answered({"domain/check": reply({"domains": domains})})

    found = line.driver.domains.check_many(["faro.net", "faro.com"])

    assert [one.state for one in found] == [AvailabilityState.AVAILABLE, AvailabilityState.TAKEN]
    assert line.body() == b'{"keyword":"faro","tlds":["net","com"]}'
    assert len(line.requests) == 1


def test_different_labels_are_not_checked_in_one_call(answered):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.check_many(["faro.com", "lamp.com"])
    assert caught.value.field == "names"
    assert line.requests == []


@pytest.mark.parametrize(
    ("available", "replies", "prices"),
    [
        (True, {}, DomainPrices(NAME, "USD", create=Decimal("8.99"))),
        (False, {"domain/get": reply(shown())}, DomainPrices(NAME, "USD", renew=Decimal("10.99"))),
        (False, {"domain/get": reply(code=204), "domain/list": NONE_OURS}, DomainPrices(NAME, "USD")),
    ],
)
def test_prices_of_a_free_name_of_ours_and_of_somebody_elses(answered, available, replies, prices):
    check = reply({"domains": {NAME: {"avail": available, "price": "8.99"}}})

    assert answered({"domain/check": check, **replies}).driver.domains.prices(NAME) == prices


def test_list_is_sorted_filtered_and_paged_here(answered):
    names = ["wick.net", "faro.com", "faro-two.com", "farol.es"]
    everything = {name: {"expire_date": "2099-03-05 23:59:59"} for name in names}
    domains = answered({"domain/list": reply({"domains": everything})}).driver.domains

    def listed(**filters):
        return [line.name for line in domains.list(**filters).items]

    assert listed() == sorted(names)
    assert listed(name="FARO.com") == ["faro.com"]
    assert listed(word="faro") == ["faro-two.com", "faro.com", "farol.es"]
    assert listed(tld=".com") == ["faro-two.com", "faro.com"]
    page = domains.list(page=2, page_length=3)
    assert ([line.name for line in page.items], page.total, page.is_last) == (["wick.net"], 4, True)


@pytest.mark.parametrize(
    "filters",
    [
        {"renewable": False},
        {"include": DomainDetail.INFO},
        {"owner": "AB-1"},
        {"tag": "blue"},
        {"status": DomainStatus.ACTIVE},
        {"owner_verification": "failed"},
        {"renewal_mode": "manual"},
    ],
)
def test_list_by_what_its_lines_do_not_tell_is_not_offered(answered, filters):
    line = answered()

    with pytest.raises(NotSupported):
        line.driver.domains.list(**filters)
    assert line.requests == []


def test_info_about_another_name_is_unreadable(answered):
    line = answered({"domain/get": reply(shown("other.com"))})

    with pytest.raises(UnreadableReply):
        line.driver.domains.info(NAME)


@pytest.mark.parametrize("code", [204, 221, 240])
@pytest.mark.parametrize(
    "use",
    [
        lambda driver: driver.domains.info(NAME),
        lambda driver: driver.domains.contacts(NAME),
        lambda driver: driver.domains.nameservers(NAME),
        lambda driver: driver.domains.glue_records(NAME),
        lambda driver: driver.domains.set_transfer_lock(NAME, True),
        lambda driver: driver.domains.set_nameservers(NAME),
        lambda driver: driver.domains.delete_glue(NAME, "ns1.faro.com"),
        lambda driver: driver.domains.update_glue(NAME, GlueRecord("ns1.faro.com", "203.0.113.5")),
        lambda driver: driver.dns.list(NAME),
        lambda driver: driver.dns.create(NAME, DnsRecord(NAME, RecordType.A, "203.0.113.9")),
        lambda driver: driver.dns.delete(NAME, DnsRecord(NAME, RecordType.A, "x", identifier="1")),
    ],
)
def test_name_that_fails_and_is_not_listed_is_not_found(answered, use, code):
    line = answered({"domain/list": NONE_OURS}, otherwise=reply(code=code))

    with pytest.raises(NotFound) as caught:
        use(line.driver)
    assert (caught.value.code, caught.value.reason) == (str(code), "domain")


@pytest.mark.parametrize(("code", "error"), [(204, InvalidRequest), (221, PermissionDenied), (240, Refused)])
@pytest.mark.parametrize("listed", [OURS, reply(code=250), reply(code=240), b"garbage"])
def test_name_that_fails_and_may_be_ours_keeps_its_error(answered, code, error, listed):
    line = answered({"domain/get": reply(code=code), "domain/list": listed})

    with pytest.raises(error):
        line.driver.domains.info(NAME)


@pytest.mark.parametrize("code", [203, 211, 250, 251, 260, 120])
def test_code_that_speaks_of_no_name_is_not_looked_into(answered, code):
    line = answered({"domain/get": reply(code=code), "domain/list": NONE_OURS})

    with pytest.raises(RegistrarError) as caught:
        line.driver.domains.info(NAME)
    assert not isinstance(caught.value, NotFound)
    assert line.lines == [f"GET /api/domain/get/{NAME}"]
