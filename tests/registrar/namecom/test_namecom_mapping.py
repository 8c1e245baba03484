"""Replies from bytes: every answer that the manual and its readers show, in fixtures of the same shape."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from registrar.errors import UnreadableReply
from registrar.namecom import domain_mapping, mapping
from registrar.transport import reading
from registrar.types import (
    AvailabilityState,
    ContactType,
    DomainStatus,
    Price,
    RenewalMode,
)

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
OK = '"result":{"code":100,"message":"Command Successful"}'


def data(text: str) -> dict[str, object]:
    """What beside the result came with a reply."""
    reply = reading.parse_json(f"{{{OK},{text}}}".encode())
    return dict(mapping.envelope(reply, "test", str).data)


def test_envelope_is_code_message_and_the_rest():
    reply = reading.parse_json(
        b'{"result":{"code":204,"message":"Parameter Value Error - Domain"},"more":{"a":1}}'
    )

    found = mapping.envelope(reply, "domain/get", str.upper)

    assert (found.action, found.code, found.data) == ("domain/get", 204, {"more": {"a": 1}})
    assert found.message == "PARAMETER VALUE ERROR - DOMAIN"


def test_envelope_without_a_message_has_an_empty_one():
    found = mapping.envelope(reading.parse_json(b'{"result":{"code":"100"}}'), "hello", str)

    assert (found.code, found.message) == (100, "")


def test_hello():
    found = mapping.hello(
        data(
            '"service":"Name.com API Test Server","server_date":"2013-12-28 04:46:38","version":"2.0",'
            '"language":"en","client_ip":"203.0.113.77"'
        )
    )

    assert (found.ip, found.language, found.version) == ("203.0.113.77", "en", "2.0")


@pytest.mark.parametrize("credit", ["152.30", '"152.30"'])
def test_account(credit):
    found = mapping.account_info(
        data(
            '"username":"lamps-ote","create_date":"2012-02-21 11:18:11","domain_count":12,'
            f'"account_credit":{credit},"contacts":[{{"type":["registrant"],"first_name":"Ada"}}]'
        )
    )

    assert (found.user, found.currency, found.balance) == ("lamps-ote", "USD", Decimal("152.30"))
    assert found.threshold is None


def test_account_without_a_credit_has_no_balance():
    assert mapping.account_info({"username": "lamps-ote"}).balance is None


def test_list_of_names():
    found = domain_mapping.names(
        data(
            '"domains":{"faro.com":{"tld":"com","create_date":"2014-03-05 21:10:44","expire_date":"2027-03-05 '
            '23:59:59"},"LÁMPARA.es":{"tld":"es","create_date":"","expire_date":null}}'
        )
    )

    line = domain_mapping.line("faro.com", found["faro.com"])
    assert list(found) == ["faro.com", "xn--lmpara-pta.es"]
    assert (line.name, line.tld, line.remote_id) == ("faro.com", "com", "faro.com")
    assert (line.status, line.raw_status, line.expires_on) == (DomainStatus.UNKNOWN, "", date(2027, 3, 5))
    assert domain_mapping.line("x.es", found["xn--lmpara-pta.es"]).expires_on is None


@pytest.mark.parametrize("empty", ["[]", "{}"])
def test_account_without_names_has_an_empty_list(empty):
    assert domain_mapping.names(data(f'"domains":{empty}')) == {}


@pytest.mark.parametrize("text", ['"x":1', '"domains":null', '"domains":"none"', '"domains":{"faro.com":1}'])
def test_list_of_another_shape_is_unreadable(text):
    with pytest.raises(UnreadableReply):
        domain_mapping.names(data(text))


GET = (
    '"domain_name":"faro.com","create_date":"2014-03-05 21:10:44","expire_date":"2027-03-05 23:59:59",'
    '"locked":true,"nameservers":["ns1qkz.name.com","ns2bdr.name.com","ns3cjx.name.com","ns4ghp.name.com"],'
    '"contacts":[],"addons":{"whois_privacy":{"price":"3.99"},"domain\\/renew":{"price":"10.99"}}'
)


def test_name():
    found = domain_mapping.info("faro.com", data(GET), NOW)

    assert (found.name, found.tld, found.remote_id) == ("faro.com", "com", "faro.com")
    assert (found.status, found.raw_status) == (DomainStatus.ACTIVE, "")
    assert (found.created_on, found.expires_on) == (date(2014, 3, 5), date(2027, 3, 5))
    assert (found.transfer_lock, found.hosts_zone, found.renewable) == (True, True, True)
    assert (found.whois_privacy, found.renewal_mode) == (None, RenewalMode.UNKNOWN)
    assert domain_mapping.renewal_price(data(GET)) == Price(Decimal("10.99"), "USD")


@pytest.mark.parametrize(
    ("more", "privacy", "mode"),
    [
        ('"whois_privacy":{"enabled":true},"auto_renew":false', True, RenewalMode.MANUAL),
        ('"whois_privacy":{"enabled":false},"auto_renew":true', False, RenewalMode.AUTOMATIC),
        ('"whois_privacy":[],"auto_renew":"1"', None, RenewalMode.AUTOMATIC),
    ],
)
def test_name_with_privacy_and_renewal(more, privacy, mode):
    found = domain_mapping.info("faro.com", data(f"{GET},{more}"), NOW)

    assert (found.whois_privacy, found.renewal_mode) == (privacy, mode)


def test_name_without_addons_is_not_called_renewable():
    found = data('"domain_name":"faro.com","nameservers":[],"addons":[]')

    assert domain_mapping.info("faro.com", found, NOW).renewable is None
    assert domain_mapping.renewal_price(found) is None


@pytest.mark.parametrize(
    ("expires", "status"),
    [
        ('"2026-06-01 12:00:01"', DomainStatus.ACTIVE),
        ('"2026-06-01 12:00:00"', DomainStatus.UNKNOWN),
        ('"2026-06-02"', DomainStatus.ACTIVE),
        ('"2026-06-01T13:00:00+02:00"', DomainStatus.UNKNOWN),
        ('"0000-00-00 00:00:00"', DomainStatus.UNKNOWN),
        ('""', DomainStatus.UNKNOWN),
        ("null", DomainStatus.UNKNOWN),
    ],
)
def test_name_is_active_until_it_expires_and_unknown_behind_that(expires, status):
    assert domain_mapping.status(data(f'"expire_date":{expires}'), NOW) is status


@pytest.mark.parametrize("expires", ['"soon"', '"2026-13-01 00:00:00"', "true", '{"a":1}'])
def test_date_that_is_none_is_unreadable(expires):
    with pytest.raises(UnreadableReply):
        domain_mapping.status(data(f'"expire_date":{expires}'), NOW)


@pytest.mark.parametrize(
    ("servers", "default"),
    [
        ('"ns1.name.com","ns2.name.com","ns3.name.com","ns4.name.com"', True),
        ('"NS1QKZ.name.com","ns2bdr.name.com."', True),
        ('"ns1qkz.name.com","ns2.lamps.example"', False),
        ('"ns5abc.name.com"', False),
        ('"ns1abcd.name.com"', False),
        ('"ns1abc.name.com.lamps.example"', False),
        ("", False),
    ],
)
def test_nameservers_with_three_letters_are_the_registrars_own(servers, default):
    assert domain_mapping.nameserver_set(data(f'"nameservers":[{servers}]')).default is default


@pytest.mark.parametrize(
    ("wanted", "same"),
    [
        (["ns2.name.com", "ns1.name.com"], True),
        (["NS1qkz.name.com.", "ns2bdr.name.com"], True),
        (["ns1.name.com"], False),
        (["ns1.name.com", "ns2.name.com", "ns3.name.com"], False),
        (["ns1.name.com", "ns2.lamps.example"], False),
    ],
)
def test_own_nameservers_are_known_by_the_names_that_set_them(wanted, same):
    found = domain_mapping.nameserver_set(data('"nameservers":["ns1qkz.name.com","ns2bdr.name.com"]'))

    assert found.is_set_to(wanted) is same


def test_nameservers_keep_their_order():
    found = domain_mapping.nameserver_set(data('"nameservers":["ns9.lamps.example","ns1.lamps.example"]'))

    assert [(server.order, server.name) for server in found.nameservers] == [
        (1, "ns9.lamps.example"),
        (2, "ns1.lamps.example"),
    ]


CONTACTS = (
    '"contacts":[{"type":["registrant","administrative"],"first_name":"Ada","last_name":"Lamp","organization":"",'
    '"address_1":"12 Quay Street","address_2":"Floor 3","city":"Denver","state":"CO","zip":"80202",'
    '"country":"us","phone":"+1.3035550142","fax":null,"email":"ada@lamps.example"},'
    '{"type":"billing","first_name":"Noor","last_name":"Wick","organization":"Wicks SARL","address_1":"1 rue",'
    '"city":"Paris","zip":75001,"country":"FR","phone":"+33.142680001","email":"noor@wicks.example"}]'
)


def test_contacts_stand_by_role_without_handles():
    found = domain_mapping.contacts(data(CONTACTS))

    assert found.owner == found.admin
    assert found.tech is None
    assert found.owner is not None
    assert found.billing is not None
    ada, noor = found.owner.contact, found.billing.contact
    assert found.owner.handle == ""
    assert (ada.type, ada.address, ada.state, ada.country, ada.fax) == (
        ContactType.INDIVIDUAL,
        "12 Quay Street, Floor 3",
        "CO",
        "US",
        "",
    )
    assert (noor.type, noor.organization, noor.postal_code, noor.state) == (
        ContactType.ORGANIZATION,
        "Wicks SARL",
        "75001",
        "",
    )


@pytest.mark.parametrize(
    "types", ['["registrant","registrant"]', '["owner"]', "null", "[1]", '"registrant,billing"']
)
def test_contact_of_another_role_is_unreadable(types):
    with pytest.raises(UnreadableReply):
        domain_mapping.contacts(data(f'"contacts":[{{"type":{types},"first_name":"Ada"}}]'))


CHECK = (
    '"domains":{"faro.com":{"tld":"com","avail":true,"price":"8.99"},"faro.net":{"tld":"net","avail":false,'
    '"price":"9.50"},"faro.org":{"tld":"org","avail":1,"price":12.5},"faro.info":{"avail":0}}'
)


def test_availability_stands_in_the_order_asked():
    asked = ["faro.net", "faro.com", "faro.nosuch", "faro.org", "faro.info"]

    found = domain_mapping.availabilities(data(CHECK), asked)

    assert [one.name for one in found] == asked
    assert [one.state for one in found] == [
        AvailabilityState.TAKEN,
        AvailabilityState.AVAILABLE,
        AvailabilityState.UNSUPPORTED,
        AvailabilityState.AVAILABLE,
        AvailabilityState.TAKEN,
    ]
    assert [one.price and one.price.amount for one in found] == [
        None,
        Decimal("8.99"),
        None,
        Decimal("12.5"),
        None,
    ]


@pytest.mark.parametrize(
    "line", ["{}", '{"avail":"maybe"}', '{"avail":null}', "true", '{"avail":1,"price":-1}']
)
def test_availability_that_is_not_told_is_unreadable(line):
    with pytest.raises(UnreadableReply):
        domain_mapping.availabilities(data(f'"domains":{{"faro.com":{line}}}'), ["faro.com"])
