"""Hosts below a name, a call per address."""

from __future__ import annotations

import json

import pytest

from registrar.errors import (
    InvalidRequest,
    NotFound,
    NotSent,
    OutcomeUnknown,
    Refused,
)
from registrar.types import (
    Done,
    GlueRecord,
)
from tests.registrar.namecom.replies import reply

NAME = "faro.com"
OURS = reply({"domains": {NAME: {"tld": "com", "expire_date": "2099-03-05 23:59:59"}}})


def hosts(*addresses: str) -> bytes:
    return reply({"hosts": [{"hostname": "ns1.faro.com", "ips": list(addresses)}]})


def test_host_is_created_with_all_its_addresses(answered):
    line = answered({"host/list": hosts("203.0.113.5", "2001:db8::5", "203.0.113.6")})
    glue = GlueRecord("NS1.faro.com", "203.0.113.5", "2001:DB8::5", ("203.0.113.6",))

    outcome = line.driver.domains.create_glue(NAME, glue)

    assert line.lines == [f"POST /api/host/create/{NAME}", f"GET /api/host/list/{NAME}"]
    assert json.loads(line.body(0)) == {
        "hostname": "ns1.faro.com",
        "ips": ["203.0.113.5", "2001:db8::5", "203.0.113.6"],
    }
    assert outcome == Done((GlueRecord("ns1.faro.com", "203.0.113.5", "2001:db8::5", ("203.0.113.6",)),))


@pytest.mark.parametrize("lost", [reply(code=251), reply(code=240), b"garbage"])
def test_host_that_is_created_and_not_shown_is_unknown(answered, lost):
    line = answered({"host/list": lost, "domain/list": OURS})

    with pytest.raises(OutcomeUnknown):
        line.driver.domains.create_glue(NAME, GlueRecord("ns1.faro.com", "203.0.113.5"))


def test_host_gets_its_new_addresses_before_it_loses_the_old(answered):
    line = answered({"host/list": [hosts("203.0.113.5", "2001:db8::5"), hosts("203.0.113.6", "2001:db8::5")]})
    glue = GlueRecord("ns1.faro.com", "203.0.113.6", "2001:db8::5")

    assert line.driver.domains.update_glue(NAME, glue) == Done((glue,))

    assert line.lines == [
        f"GET /api/host/list/{NAME}",
        f"POST /api/host/add_ip/{NAME}",
        f"POST /api/host/remove_ip/{NAME}",
        f"GET /api/host/list/{NAME}",
    ]
    assert json.loads(line.body(1)) == {"hostname": "ns1.faro.com", "ip_address": "203.0.113.6"}
    assert json.loads(line.body(2)) == {"hostname": "ns1.faro.com", "ip_address": "203.0.113.5"}


def test_host_that_was_changed_in_part_is_unknown(answered):
    line = answered(
        {"host/list": hosts("203.0.113.5"), "host/remove_ip": reply(code=240), "domain/list": OURS}
    )

    with pytest.raises(OutcomeUnknown, match="1 addresses were changed"):
        line.driver.domains.update_glue(NAME, GlueRecord("ns1.faro.com", "203.0.113.6"))


def test_host_whose_change_is_lost_is_unknown(answered):
    line = answered({"host/list": hosts("203.0.113.5"), "host/add_ip": b"garbage"})

    with pytest.raises(OutcomeUnknown):
        line.driver.domains.update_glue(NAME, GlueRecord("ns1.faro.com", "203.0.113.6"))


def test_host_whose_first_change_failed_is_unchanged(answered):
    line = answered({"host/list": hosts("203.0.113.5"), "host/add_ip": reply(code=240), "domain/list": OURS})

    with pytest.raises(Refused):
        line.driver.domains.update_glue(NAME, GlueRecord("ns1.faro.com", "203.0.113.6"))


def test_host_whose_first_read_is_lost_is_unchanged(answered):
    line = answered({"host/list": b"garbage"})

    with pytest.raises(NotSent):
        line.driver.domains.update_glue(NAME, GlueRecord("ns1.faro.com", "203.0.113.6"))


def test_host_that_is_not_there_is_not_found(answered):
    line = answered({"host/list": hosts("203.0.113.5"), "host/delete": reply(code=204), "domain/list": OURS})

    with pytest.raises(NotFound):
        line.driver.domains.update_glue(NAME, GlueRecord("ns2.faro.com", "203.0.113.6"))
    with pytest.raises(NotFound) as caught:
        line.driver.domains.delete_glue(NAME, "ns2.faro.com")
    assert caught.value.reason == "host"


def test_host_that_cannot_be_deleted_keeps_its_error(answered):
    line = answered({"host/list": hosts("203.0.113.5"), "host/delete": reply(code=240), "domain/list": OURS})

    with pytest.raises(Refused):
        line.driver.domains.delete_glue(NAME, "ns1.faro.com")


def test_host_is_deleted_and_those_that_remain_are_shown(answered):
    line = answered({"host/list": hosts("203.0.113.5")})

    outcome = line.driver.domains.delete_glue(NAME, "ns2.faro.com")

    assert json.loads(line.body(0)) == {"hostname": "ns2.faro.com"}
    assert outcome == Done((GlueRecord("ns1.faro.com", "203.0.113.5"),))


@pytest.mark.parametrize(
    ("glue", "field"),
    [
        (GlueRecord("ns1.faro.com"), "ipv4"),
        (GlueRecord("ns1.lamps.example", "203.0.113.5"), "glue"),
        (GlueRecord("ns1.faro.com", "2001:db8::5"), "ipv4"),
        (GlueRecord("ns1.faro.com", "", "203.0.113.5"), "ipv6"),
        (GlueRecord("ns1.faro.com", "203.0.113.5", others=("here",)), "others"),
    ],
)
def test_impossible_host_is_refused_before_sending(answered, glue, field):
    line = answered()

    for use in (line.driver.domains.create_glue, line.driver.domains.update_glue):
        with pytest.raises(InvalidRequest) as caught:
            use(NAME, glue)
        assert caught.value.field == field
    assert line.requests == []
