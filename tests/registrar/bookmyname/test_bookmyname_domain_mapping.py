"""Replies about domains and operations as bytes, in the shapes of the manual's examples, from both kinds of servers."""

from __future__ import annotations

from datetime import date

import pytest

from registrar.bookmyname import status
from registrar.errors import InvalidRequest, OutcomeUnknown, Refused, UnreadableReply
from registrar.types import (
    Availability,
    AvailabilityState,
    DomainInfo,
    DomainOrder,
    DomainStatus,
    Nameserver,
    OperationStatus,
    Pending,
    RegisteredDomain,
)
from tests.registrar.bookmyname.conftest import Answered
from tests.registrar.bookmyname.replies import CONTACT, CREATED, DOMAIN, php
from tests.registrar.bookmyname.test_bookmyname_mapping import RECORD, servers


@servers
def test_domain(answered: Answered, write):
    line = answered(domain_info=write("domain_info", 1, 141958, DOMAIN))

    assert line.driver.domains.info("FARO.com") == DomainInfo(
        name="faro.com",
        tld="com",
        remote_id="141958",
        status=DomainStatus.ACTIVE,
        raw_status="Active, clientTransferProhibited",
        expires_on=date(2030, 9, 26),
        created_on=date(2006, 9, 26),
        renewable=True,
        modification_lock=False,
        transfer_lock=True,
        auth_code_readable=True,
        busy=False,
    )
    found = line.driver.domains.nameserver_set("faro.com")
    assert found.nameservers == (
        Nameserver("ns0.free.example", 1),
        Nameserver("ns1.free.example", 2),
        Nameserver("ns3.free.example", 3),
    )
    assert found.default is False
    assert line.driver.domains.nameservers("faro.com") == found.nameservers
    assert line.driver.domains.auth_code("faro.com") == "hqruzKPTYZ13"


def test_every_bit_has_its_name():
    assert status.names(0x7FFF) == tuple(status.BITS.values())
    assert list(status.BITS) == [1 << number for number in range(15)]
    assert status.names(0) == ()


@pytest.mark.parametrize("bits", [-1, 0x8000])
def test_unknown_bit_is_unreadable(bits):
    with pytest.raises(UnreadableReply):
        status.names(bits)


@pytest.mark.parametrize(
    ("word", "bits", "expected"),
    [
        ("Active", 0, DomainStatus.ACTIVE),
        ("active", 0x4000, DomainStatus.ACTIVE),
        ("Active", 0x400, DomainStatus.REGISTERING),
        ("Active", 0x800 | 0x04, DomainStatus.PENDING_DELETE),
        ("Active", 0x1000, DomainStatus.RENEWING),
        ("Active", 0x2000, DomainStatus.TRANSFERRING),
        ("Active", 0x04, DomainStatus.ON_HOLD),
        ("Active", 0x08, DomainStatus.ON_HOLD),
        ("Suspended", 0, DomainStatus.UNKNOWN),
        ("Frozen", 0x400, DomainStatus.UNKNOWN),
    ],
)
def test_bits_tell_where_a_name_stands(word, bits, expected):
    assert status.neutral(word, bits, registered=True) is expected


@pytest.mark.parametrize(
    ("bits", "renewable", "modification_lock", "transfer_lock"),
    [
        (0, True, False, False),
        (0x01, True, False, False),
        (0x10, False, False, False),
        (0x20, False, False, False),
        (0x80, True, False, True),
        (0x100, False, True, False),
        (0x200, False, True, False),
        (0x4000, False, False, False),
    ],
)
def test_bits_become_flags(answered: Answered, bits, renewable, modification_lock, transfer_lock):
    line = answered(domain_info=php("domain_info", 1, 141958, DOMAIN | {"registry_status": bits}))

    info = line.driver.domains.info("faro.com")

    assert (info.renewable, info.modification_lock, info.transfer_lock) == (
        renewable,
        modification_lock,
        transfer_lock,
    )


@pytest.mark.parametrize(
    ("bits", "busy"), [(0, False), (0x40, False), (0x400, True), (0x1000, True), (0x4000, True)]
)
def test_pending_bits_say_that_something_is_under_way(answered: Answered, bits, busy):
    line = answered(domain_info=php("domain_info", 1, 141958, DOMAIN | {"registry_status": bits}))

    assert line.driver.domains.info("faro.com").busy is busy


def test_name_without_an_auth_code_has_none(answered: Answered):
    line = answered(domain_info=php("domain_info", 1, 141958, DOMAIN | {"authinfo": ""}))

    with pytest.raises(Refused):
        line.driver.domains.auth_code("faro.com")
    assert line.driver.domains.info("faro.com").auth_code_readable is False


def test_own_nameservers_are_known(answered: Answered):
    servers = {"ns0": "NS0.online.net", "ns1": "ns1.online.net", "ns2": ""}
    line = answered(domain_info=php("domain_info", 1, 141958, DOMAIN | servers))

    assert line.driver.domains.nameserver_set("faro.com").default is True


@pytest.mark.parametrize(
    "changes",
    [
        {"domain": "other.com"},
        {"domain": ""},
        {"status": ""},
        {"registry_status": ""},
        {"registrar_expiration": "x"},
    ],
)
def test_domain_of_another_shape_is_unreadable(answered: Answered, changes):
    line = answered(domain_info=php("domain_info", 1, 141958, DOMAIN | changes))

    with pytest.raises(UnreadableReply):
        line.driver.domains.info("faro.com")


@servers
def test_order(answered: Answered, write):
    line = answered(domain_create=write("domain_create", 1, 277, CREATED))

    assert line.driver.domains.create(DomainOrder("faro.com", "151049")) == Pending(
        "277",
        RegisteredDomain(
            name="faro.com",
            tld="com",
            remote_id="141958",
            status=DomainStatus.REGISTERING,
            raw_status="Active",
            years=1,
        ),
    )


@pytest.mark.parametrize(
    ("retval", "fields", "reference"),
    [(278, {"tid": 278}, "278"), (278, ..., "278"), (278, {}, "278"), (278, [], "278")],
)
def test_transaction_is_retval(answered: Answered, retval, fields, reference):
    line = answered(domain_delete=php("domain_delete", 1, retval, fields))

    assert line.driver.domains.delete("faro.com") == Pending(reference)


@pytest.mark.parametrize(("retval", "fields"), [(0, ...), (-1, ...), (278, {"tid": 279}), (278, "x")])
def test_transaction_without_one_number_is_unreadable(answered: Answered, retval, fields):
    line = answered(domain_delete=php("domain_delete", 1, retval, fields))

    with pytest.raises(UnreadableReply):
        line.driver.domains.delete("faro.com")


@servers
@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Wait", OperationStatus.PENDING),
        ("ToProcess", OperationStatus.PENDING),
        ("Done", OperationStatus.DONE),
        ("Error", OperationStatus.FAILED),
        ("Teleported", OperationStatus.UNKNOWN),
    ],
)
def test_operation(answered: Answered, write, word, expected):
    line = answered(api_status=write("api_status", 1, 277, {"tid": 277, "status": word}))

    record = line.driver.operations.info("277")

    assert (record.reference, record.status, record.raw_status) == ("277", expected, word)


@pytest.mark.parametrize("fields", [{"tid": 278, "status": "Done"}, {"tid": 277}, {"status": ""}, {}, ...])
def test_operation_of_another_shape_is_unreadable(answered: Answered, fields):
    line = answered(api_status=php("api_status", 1, 277, fields))

    with pytest.raises(UnreadableReply):
        line.driver.operations.info("277")


@pytest.mark.parametrize("reference", ["", "x", "-1", "2 7"])
def test_reference_that_is_no_number_is_refused(answered: Answered, reference):
    with pytest.raises(InvalidRequest):
        answered().driver.operations.info(reference)


@pytest.mark.parametrize(
    ("retcode", "retval", "state"),
    [
        (1, 1, AvailabilityState.AVAILABLE),
        (-1, -2, AvailabilityState.TAKEN),
        (-1, -3, AvailabilityState.UNSUPPORTED),
        (-1, -4, AvailabilityState.TAKEN),
        (-1, -5, AvailabilityState.INVALID),
    ],
)
def test_check(answered: Answered, retcode, retval, state):
    line = answered(domain_check=php("domain_check", retcode, retval))

    assert line.driver.domains.check("Faro.com") == Availability("faro.com", "com", state)


def test_check_of_no_name_asks_nobody(answered: Answered):
    line = answered()

    assert line.driver.domains.check("-.com").state is AvailabilityState.INVALID
    assert line.requests == []


@pytest.mark.parametrize(("retcode", "retval"), [(1, 7), (0, 0), (-1, -6)])
def test_check_that_says_something_else_is_unknown(answered: Answered, retcode, retval):
    line = answered(domain_check=php("domain_check", retcode, retval))

    with pytest.raises(OutcomeUnknown):
        line.driver.domains.check("faro.com")


@servers
@pytest.mark.parametrize("pair", [(1, 1), (0, 0), (1, 0)])
def test_check_of_one_label_in_many_extensions(answered: Answered, write, pair):
    fields = {"com": 0, "net": 1, "org": "0", "eu": "1"}
    line = answered(domain_multicheck=write("domain_multicheck", *pair, fields))

    found = line.driver.domains.check_many(["faro.net", "FARO.com", "faro.eu", "faro.xyz"])

    assert [(item.name, item.state) for item in found] == [
        ("faro.net", AvailabilityState.AVAILABLE),
        ("faro.com", AvailabilityState.TAKEN),
        ("faro.eu", AvailabilityState.AVAILABLE),
        ("faro.xyz", AvailabilityState.UNSUPPORTED),
    ]
    assert b">faro</param2>" in line.body


@pytest.mark.parametrize("names", [[], ["faro.com", "lamp.com"], ["faro"]])
def test_check_of_other_mixtures_is_refused(answered: Answered, names):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.check_many(names)
    assert caught.value.field == "names"
    assert line.requests == []


@servers
def test_list_with_dates(answered: Answered, write):
    fields = {"faro.com": 1916689390, "lamp.net": 0, "luz.fr": "2027-05-14 23:59:59"}
    line = answered(domain_list=write("domain_list", 1, 3, fields))

    page = line.driver.domains.list()

    assert [(item.name, item.tld, item.expires_on) for item in page.items] == [
        ("faro.com", "com", date(2030, 9, 26)),
        ("lamp.net", "net", None),
        ("luz.fr", "fr", date(2027, 5, 14)),
    ]
    assert {(item.status, item.raw_status, item.remote_id) for item in page.items} == {
        (DomainStatus.UNKNOWN, "", "")
    }


@servers
def test_list_of_names_alone(answered: Answered, write):
    line = answered(domain_list=write("domain_list", 1, 2, ["faro.com", "LAMP.net"]))

    assert [(item.name, item.expires_on) for item in line.driver.domains.list().items] == [
        ("faro.com", None),
        ("lamp.net", None),
    ]


@pytest.mark.parametrize(
    "body", [php("domain_list", 1, 0, []), php("domain_list", 1, 0), php("domain_list", 0, 0)]
)
def test_empty_list(answered: Answered, body):
    page = answered(domain_list=body).driver.domains.list()

    assert (page.items, page.total) == ((), 0)


@pytest.mark.parametrize(
    "fields",
    [
        ["faro"],
        [1],
        ["faro.com", "faro.com"],
        {"faro.com": "soon"},
        {"faro.com": []},
        "faro.com",
        [None],
        {"": 1},
    ],
)
def test_list_of_another_shape_is_unreadable(answered: Answered, fields):
    line = answered(domain_list=php("domain_list", 1, 2, fields))

    with pytest.raises(UnreadableReply):
        line.driver.domains.list()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"name": "faro.com"}, ["faro.com"]),
        ({"word": "AR"}, ["faro.com", "faro.net"]),
        ({"tld": ".net"}, ["faro.net", "lamp.net"]),
        ({"page": 2, "page_length": 2}, ["lamp.net"]),
    ],
)
def test_list_is_filtered_and_paged_here(answered: Answered, filters, found):
    fields = {"faro.com": 1916689390, "faro.net": 1, "lamp.net": 1}
    line = answered(domain_list=php("domain_list", 1, 3, fields))

    assert [item.name for item in line.driver.domains.list(**filters).items] == found
    with pytest.raises(InvalidRequest):
        line.driver.domains.list(page=0)


def test_contacts_of_a_domain_are_read_once_each(answered: Answered):
    everybody = dict.fromkeys(("owner_id", "admin_id", "tech_id", "bill_id"), 151049)
    line = answered(
        domain_info=php("domain_info", 1, 141958, DOMAIN | everybody),
        contact_info=php("contact_info", 1, 151049, CONTACT),
    )

    found = line.driver.domains.contacts("faro.com")

    assert (found.owner, found.admin, found.tech, found.billing) == (RECORD,) * 4
    assert line.functions == ["domain_info", "contact_info"]


def test_contact_that_may_not_be_seen_is_none(answered: Answered):
    line = answered(domain_info=php("domain_info", 1, 141958, DOMAIN), contact_info=php("contact_info", 0, 0))

    assert line.driver.domains.contacts("faro.com").owner is None


@pytest.mark.parametrize("fields", [{"1": ""}, {"FRANCE": "1"}, ["FRANCE"], [], ...])
def test_table_of_another_shape_is_unreadable(answered: Answered, fields):
    line = answered(api_paysid=php("api_paysid", 1, 1, fields))

    with pytest.raises(UnreadableReply):
        line.driver.tools.table("countries")
