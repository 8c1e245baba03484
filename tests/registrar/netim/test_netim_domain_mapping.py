"""Replies about domains in the shapes of the reference, from bytes to our types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from registrar.errors import Conflict, NotFound, UnreadableReply
from registrar.types import (
    Availability,
    AvailabilityState,
    DnssecKey,
    DomainInfo,
    DomainPrices,
    DomainStatus,
    DomainSummary,
    GlueRecord,
    Nameserver,
    NameserverSet,
    RenewalMode,
)
from tests.registrar.netim.soap_bytes import (
    PRICES,
    Answer,
    array,
    domain_info,
    fault,
    strings,
    struct,
)

# Element for element as it was captured from the service.
CAPTURED_CHECK = Answer(
    b'<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope '
    b'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:DRS" '
    b'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    b'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" '
    b'SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>'
    b"<ns1:domainCheckResponse><domainCheckResponseReturn "
    b'SOAP-ENC:arrayType="ns1:StructDomainCheckResponse[1]" xsi:type="ns1:ArrayStructDomainCheckResponse">'
    b'<item xsi:type="ns1:StructDomainCheckResponse"><domain xsi:type="xsd:string">f.sb</domain>'
    b'<result xsi:type="xsd:string">NOT AVAILABLE</result><reason xsi:type="xsd:string">PREMIUM</reason></item>'
    b"</domainCheckResponseReturn></ns1:domainCheckResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>\n"
)


def test_captured_check_is_read(netim, driver):
    netim.answer("domainCheck", CAPTURED_CHECK)

    assert driver.domains.check("f.sb") == Availability("f.sb", "sb", AvailabilityState.TAKEN)


def checked(*rows: tuple[str, str, str | None]) -> str:
    return array(
        [
            struct({"domain": domain, "result": result, "reason": reason}, tag="item")
            for domain, result, reason in rows
        ],
        "StructDomainCheckResponse",
        "domainCheckResponseReturn",
    )


@pytest.mark.parametrize(
    ("result", "reason", "state"),
    [
        ("AVAILABLE", "", AvailabilityState.AVAILABLE),
        ("AVAILABLE", None, AvailabilityState.AVAILABLE),
        ("available", "", AvailabilityState.AVAILABLE),
        ("AVAILABLE", "PREMIUM", AvailabilityState.PREMIUM),
        ("AVAILABLE", "RESERVED", AvailabilityState.UNKNOWN),
        ("AVAILABLE", "PENDING APPLICATION", AvailabilityState.UNKNOWN),
        ("AVAILABLE", "SOMETHING NEW", AvailabilityState.UNKNOWN),
        ("NOT AVAILABLE", "", AvailabilityState.TAKEN),
        ("NOT AVAILABLE", "RESERVED", AvailabilityState.TAKEN),
        ("NOT AVAILABLE", "PENDING APPLICATION", AvailabilityState.TAKEN),
        ("UNKNOWN", "TIMEOUT", AvailabilityState.UNKNOWN),
        ("UNKNOWN", "INTERNAL ERROR", AvailabilityState.UNKNOWN),
        ("UNKNOWN", "BAD_SYNTAX", AvailabilityState.INVALID),
        ("NOT AVAILABLE", "TIMEOUT", AvailabilityState.UNKNOWN),
        ("NOT SOLD", "", AvailabilityState.UNSUPPORTED),
        ("CLOSED", "", AvailabilityState.MAINTENANCE),
        ("PERHAPS", "", AvailabilityState.UNKNOWN),
    ],
)
def test_availability_is_result_and_reason(netim, driver, result, reason, state):
    netim.answer("domainCheck", checked(("lamp.com", result, reason)))

    assert driver.domains.check("lamp.com").state is state


def test_name_that_the_registrar_calls_malformed_is_invalid(netim, driver):
    netim.answer("domainCheck", fault("E13-M1305", "E13-M1305 : domain : Bad syntax"))

    assert driver.domains.check("lamp.com").state is AvailabilityState.INVALID


def test_name_that_nobody_can_register_is_invalid_without_asking(netim, driver):
    assert driver.domains.check("-lamp-.com").state is AvailabilityState.INVALID
    assert netim.calls == []


def test_several_names_are_checked_in_one_call_and_answered_in_order(netim, driver):
    netim.answer("domainCheck", checked(("b.com", "AVAILABLE", ""), ("A.com", "NOT AVAILABLE", "")))

    found = driver.domains.check_many(["a.com", "_.-.com"[2:], "b.com", "a.com"])

    assert netim.named("domainCheck")[0]["domain"] == "a.com;b.com"
    assert [(item.name, item.state.value) for item in found] == [
        ("a.com", "taken"),
        ("-.com", "invalid"),
        ("b.com", "available"),
        ("a.com", "taken"),
    ]


@pytest.mark.parametrize("rows", [[], [("b.com", "AVAILABLE", "")]])
def test_check_that_leaves_the_name_out_is_unreadable(netim, driver, rows):
    netim.answer("domainCheck", checked(*rows))

    with pytest.raises(UnreadableReply):
        driver.domains.check("a.com")


def test_domain_information_is_read(netim, driver):
    netim.answer("domainInfo", domain_info())

    assert driver.domains.info("lamp.com") == DomainInfo(
        name="lamp.com",
        tld="com",
        remote_id="",
        status=DomainStatus.ACTIVE,
        raw_status="ACTIVE, DELEGATED",
        expires_on=date(2027, 5, 1),
        created_on=date(2026, 5, 1),
        renewal_mode=RenewalMode.AUTOMATIC,
        transfer_lock=True,
        whois_privacy=False,
        auth_code_readable=True,
        renewable_from=date(2017, 5, 1),
        renewable_until=date(2099, 5, 1),
        restorable_until=date(2099, 6, 1),
        signed=False,
        hosts_zone=False,
    )


def test_information_that_is_missing_or_nil_is_not_told(netim, driver):
    netim.answer(
        "domainInfo", struct({"domain": "LAMP.com", "status": "PENDING", "autoRenew": None, "ns": None})
    )

    assert driver.domains.info("lamp.com") == DomainInfo(
        "lamp.com", "com", "", DomainStatus.REGISTERING, "PENDING", auth_code_readable=False
    )
    assert driver.domains.nameserver_set("lamp.com") == NameserverSet((), None)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("PENDING", DomainStatus.REGISTERING),
        ("ERROR", DomainStatus.REGISTRATION_CANCELLED),
        ("ACTIVE, DELEGATED", DomainStatus.ACTIVE),
        ("ACTIVE, NOT DELEGATED", DomainStatus.ACTIVE),
        ("ACTIVE", DomainStatus.ACTIVE),
        ("ACTIVE, HOLD, NOT DELEGATED", DomainStatus.ON_HOLD),
        ("RESERVED, NOT DELEGATED", DomainStatus.INACTIVE),
        ("EXPIRED", DomainStatus.GRACE),
        ("EXPIRED, HOLD, NOT DELEGATED", DomainStatus.GRACE),
        ("QUARANTINE, NOT DELEGATED", DomainStatus.REDEMPTION),
        ("HOLD, NOT DELEGATED", DomainStatus.ON_HOLD),
        ("TRANSFERRED OUT", DomainStatus.TRANSFERRED_AWAY),
        ("DELETED", DomainStatus.DELETED),
        ("active,delegated", DomainStatus.ACTIVE),
        ("SLEEPING", DomainStatus.UNKNOWN),
        ("ACTIVE, SLEEPING", DomainStatus.UNKNOWN),
    ],
)
def test_status_is_its_main_word_with_extra_words(netim, driver, raw, status):
    netim.answer("domainInfo", domain_info(status=raw))

    found = driver.domains.info("lamp.com")
    assert (found.status, found.raw_status) == (status, raw)


@pytest.mark.parametrize(
    "members",
    [
        {"domain": "moth.com"},
        {"domain": ""},
        {"status": ""},
        {"dateExpiration": "soon"},
        {"domainIsLock": "perhaps"},
        {"autoRenew": "<autoRenew><a/></autoRenew>"},
    ],
)
def test_information_that_makes_no_sense_is_unreadable(netim, driver, members):
    netim.answer("domainInfo", domain_info(**members))

    with pytest.raises(UnreadableReply):
        driver.domains.info("lamp.com")


def test_name_of_another_account_is_not_found(netim, driver):
    netim.answer("domainInfo", fault("E15-M1502", "E15-M1502 : Not under your management"))

    with pytest.raises(NotFound):
        driver.domains.info("lamp.com")


def test_nameservers_keep_their_order(netim, driver):
    netim.answer("domainInfo", domain_info(HasDNS4Service=1))

    assert driver.domains.nameserver_set("lamp.com") == NameserverSet(
        (Nameserver("ns1.example.net", 1), Nameserver("ns2.example.net", 2)), True
    )
    assert driver.domains.nameservers("lamp.com")[1].name == "ns2.example.net"


def test_auth_code_is_read(netim, driver):
    netim.answer("domainInfo", domain_info(authID="s3cret"), domain_info(authID=""))

    assert driver.domains.auth_code("lamp.com") == "s3cret"
    with pytest.raises(Conflict):
        driver.domains.auth_code("lamp.com")


DS = "<a><key>12345</key><type>2</type><digest>AB</digest><algo>13</algo></a>"


@pytest.mark.parametrize(
    "told",
    [
        f"<DNSSEC>{DS}</DNSSEC>",
        f"<DNSSEC>{DS[3:-4]}</DNSSEC>",
        f"<DNSSEC><item>{DS[3:-4]}</item></DNSSEC>",
        '<DNSSEC xsi:type="ns2:Map"><item><key>flags</key><value>257</value></item>'
        f"<item><key>DS1</key><value>{DS[3:-4]}</value></item></DNSSEC>",
    ],
)
def test_keys_of_a_signed_name_are_read_where_they_are_told(netim, driver, told):
    netim.answer("domainInfo", domain_info(IsSigned=1, DNSSEC=told))

    found = driver.domains.dnssec("lamp.com")
    assert found.active
    assert found.keys == (DnssecKey(12345, 13, 2, "AB"),)


@pytest.mark.parametrize("told", [None, "", "text", "<DNSSEC><a>1</a></DNSSEC>", strings(["a"], "DNSSEC")])
def test_keys_in_another_form_are_not_guessed(netim, driver, told):
    netim.answer("domainInfo", domain_info(IsSigned=1, DNSSEC=told))

    found = driver.domains.dnssec("lamp.com")
    assert (found.active, found.keys) == (True, ())


def hosts(*names: str) -> str:
    return array(
        [
            struct(
                {
                    "name": name,
                    "ipv4": strings(["203.0.113.5", "203.0.113.6"], "ipv4"),
                    "ipv6": '<ipv6 xsi:nil="true" xsi:type="ns1:ArrayOfString"/>',
                },
                tag="item",
            )
            for name in names
        ]
    )


def test_hosts_below_the_name_are_its_glue(netim, driver):
    netim.answer("queryHostList", hosts("NS1.lamp.com", "ns1.moth.com", "ns1.blamp.com"))

    assert driver.domains.glue_records("lamp.com") == (
        GlueRecord("ns1.lamp.com", "203.0.113.5", "", ("203.0.113.6",)),
    )


@pytest.mark.parametrize("empty", ["", "<return/>", '<return xsi:nil="true"/>', array([])])
def test_empty_list_may_be_written_in_many_ways(netim, driver, empty):
    netim.answer("queryHostList", empty)
    netim.answer("queryDomainList", empty)
    netim.answer("queryOpePending", empty)

    assert driver.domains.glue_records("lamp.com") == ()
    assert driver.domains.list().total == 0
    assert driver.operations.pending() == ()


def domain_list(*rows: tuple[str, str]) -> str:
    return array(
        [
            struct({"domain": name, "dateCreate": "2026-01-01", "dateExpiration": expiry}, tag="item")
            for name, expiry in rows
        ],
        "StructDomainList",
        "queryDomainListReturn",
    )


def test_domain_list_tells_names_and_dates(netim, driver):
    netim.answer(
        "queryDomainList", domain_list(("a.com", "2027-01-01"), ("É.co.uk", ""), ("c.com", "2028-01-01"))
    )

    page = driver.domains.list(page=1, page_length=2)

    assert page.total == 3
    assert not page.is_last
    assert page.items == (
        DomainSummary("a.com", "com", "", DomainStatus.UNKNOWN, "", date(2027, 1, 1)),
        DomainSummary("xn--9ca.co.uk", "co.uk", "", DomainStatus.UNKNOWN, ""),
    )
    assert [line.name for line in driver.domains.list(page=2, page_length=2).items] == ["c.com"]


def test_domain_list_is_filtered_here_too(netim, driver):
    netim.answer("queryDomainList", domain_list(("lamp.com", ""), ("lamp.net", ""), ("moth.com", "")))

    assert [line.name for line in driver.domains.list(tld="com", word="lam").items] == ["lamp.com"]
    assert [line.name for line in driver.domains.list(name="moth.com").items] == ["moth.com"]


@pytest.mark.parametrize(
    "rows", ["<return>text</return>", "<return><a>1</a></return>", array(["<item>a</item>"])]
)
def test_list_of_something_else_is_unreadable(netim, driver, rows):
    netim.answer("queryDomainList", rows)

    with pytest.raises(UnreadableReply):
        driver.domains.list()


def test_prices_of_a_name_are_read(netim, driver):
    netim.answer("queryDomainPrice", PRICES)

    assert driver.domains.prices("lamp.com") == DomainPrices(
        "lamp.com",
        "EUR",
        create=Decimal("8.80"),
        renew=Decimal("9.25"),
        transfer=Decimal("8.80"),
        trade=Decimal(0),
        restore=Decimal("42.80"),
        premium=False,
    )


@pytest.mark.parametrize(("answer", "claimed"), [("0", False), ("1", True)])
def test_claim_is_a_number(netim, driver, answer, claimed):
    netim.answer(
        "queryDomainClaim", f'<queryDomainClaimReturn xsi:type="xsd:int">{answer}</queryDomainClaimReturn>'
    )

    assert driver.domains.claimed("lamp.com") is claimed


@pytest.mark.parametrize("answer", ["<return>2</return>", "<return/>", ""])
def test_claim_that_is_no_number_is_unreadable(netim, driver, answer):
    netim.answer("queryDomainClaim", answer)

    with pytest.raises(UnreadableReply):
        driver.domains.claimed("lamp.com")


def test_whois_is_text(netim, driver):
    netim.answer("domainWhois", "<strWhois>Domain: é\nEnd</strWhois>")

    assert driver.domains.whois("lamp.com") == "Domain: é\nEnd"
