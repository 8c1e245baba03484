"""Updates as the registrar's maps, judged before anything is sent."""

from __future__ import annotations

import re
from typing import Any

import pytest

from registrar.errors import InvalidRequest, NotSent, NotSupported
from registrar.types import GlueRecord, Pending
from tests.registrar.bookmyname.conftest import Answered, Line
from tests.registrar.bookmyname.replies import DOMAIN, php
from tests.registrar.bookmyname.test_bookmyname_contact_request import PERSON, items


def updated(answered: Answered, **shown: Any) -> Line:
    return answered(
        domain_info=php("domain_info", 1, 141958, DOMAIN | shown),
        domain_update=php("domain_update", 1, 278, {"tid": 278}),
    )


SHOWN = {
    "domain": "faro.com",
    "service": "dns",
    "ip_dns_master": "",
    "owner_id": "151049",
    "admin_id": "13490",
    "tech_id": "127743",
    "bill_id": "127743",
    "ns0": "ns0.free.example",
    "ns1": "ns1.free.example",
    "ns2": "ns3.free.example",
    "registry_status": "64",
}


def test_update_sends_everything_along_that_may_be_sent(answered: Answered):
    line = updated(answered, registry_status=64 | 0x80 | 0x01)

    assert line.driver.domains.set_contacts("faro.com", tech="7") == Pending("278")

    assert line.functions == ["domain_info", "domain_update"]
    assert items(line) == SHOWN | {"tech_id": "7", "registry_status": "65"}


def test_update_leaves_contacts_out_that_the_account_may_not_set(answered: Answered):
    line = updated(answered, admin_id=5, tech_id=13490)

    line.driver.domains.set_nameservers("faro.com", ["a.x.example", "b.x.example"])

    assert not {"owner_id", "admin_id", "tech_id", "bill_id"} & items(line).keys()


def test_nameservers_that_go_are_sent_empty(answered: Answered):
    line = updated(answered)

    line.driver.domains.set_nameservers("faro.com", ["a.x.example", "b.x.example"])

    assert items(line) == SHOWN | {"ns0": "a.x.example", "ns1": "b.x.example", "ns2": ""}


def test_no_nameservers_mean_the_registrars_own(answered: Answered):
    line = updated(answered)

    line.driver.domains.set_nameservers("faro.com")

    assert (items(line)["ns0"], items(line)["ns1"], items(line)["ns2"]) == (
        "ns0.online.net",
        "ns1.online.net",
        "",
    )


def test_thirteen_nameservers_may_be_set(answered: Answered):
    line = updated(answered)

    line.driver.domains.set_nameservers("faro.com", [f"ns{n}.x.example" for n in range(13)])

    assert items(line)["ns12"] == "ns12.x.example"
    with pytest.raises(InvalidRequest):
        line.driver.domains.set_nameservers("faro.com", [f"ns{n}.x.example" for n in range(14)])


@pytest.mark.parametrize(
    ("locked", "before", "sent"), [(True, 0x01, "65"), (False, 0x41, "1"), (True, 0x80, "64")]
)
def test_transfer_lock_is_one_bit_among_those_a_client_may_set(answered: Answered, locked, before, sent):
    line = updated(answered, registry_status=before)

    line.driver.domains.set_transfer_lock("faro.com", locked)

    assert items(line)["registry_status"] == sent


def test_new_auth_code_is_made_here_and_never_shown(answered: Answered):
    line = updated(answered)

    assert line.driver.domains.renew_auth_code("faro.com") == Pending("278")

    code = items(line)["authinfo"]
    assert re.fullmatch("[A-Za-z0-9]{12}", code)
    assert code not in repr(line.exchanges)
    with pytest.raises(InvalidRequest):
        line.driver.domains.renew_auth_code("faro.com", to_registrant=True)


def test_update_of_a_name_that_cannot_be_read_is_not_sent(answered: Answered):
    line = answered(domain_info=php("domain_info", 1, 141958, DOMAIN | {"owner_id": ""}))

    with pytest.raises(NotSent):
        line.driver.domains.set_transfer_lock("faro.com", True)
    assert line.functions == ["domain_info"]


@pytest.mark.parametrize(
    ("roles", "field"),
    [({}, "owner"), ({"owner": PERSON}, "owner"), ({"tech": "1", "extra": {"a": "b"}}, "extra")],
)
def test_contacts_that_cannot_be_set_are_refused_before_sending(answered: Answered, roles, field):
    line = updated(answered)

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.set_contacts("faro.com", **roles)
    assert caught.value.field == field
    assert line.requests == []


@pytest.mark.parametrize(
    ("glue", "field"),
    [
        (GlueRecord("ns1.other.com", "203.0.113.5"), "glue"),
        (GlueRecord("ns1.faro.com", "203.0.113"), "ipv4"),
        (GlueRecord("ns1.faro.com", "203.0.113.5", "2001:db8::1"), "ipv6"),
        (GlueRecord("ns1.faro.com", "203.0.113.5", others=("203.0.113.6",)), "ipv6"),
        (GlueRecord("ns1.faro.com", "2001:db8::1"), "ipv4"),
    ],
)
def test_host_that_cannot_be_said_is_refused_before_sending(answered: Answered, glue, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.create_glue("faro.com", glue)
    assert caught.value.field == field
    assert line.requests == []


@pytest.mark.parametrize("filters", [{"tag": "x"}, {"renewable": True}, {"include": "info"}, {"owner": "1"}])
def test_filter_that_the_list_lacks_is_not_supported(answered: Answered, filters):
    line = answered()

    with pytest.raises(NotSupported):
        line.driver.domains.list(**filters)
    assert line.requests == []
