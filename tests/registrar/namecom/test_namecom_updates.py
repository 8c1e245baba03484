"""Updates of a name: what is sent, and what is certain when a read before or behind them fails."""

from __future__ import annotations

import json
from datetime import date

import pytest

from registrar.errors import (
    InvalidRequest,
    NotSent,
)
from registrar.types import (
    DomainStatus,
    DomainSummary,
    Done,
)
from tests.registrar.namecom.replies import reply, shown

NAME = "faro.com"
ACTIVE = DomainSummary(NAME, "com", NAME, DomainStatus.ACTIVE, "", date(2099, 3, 5))


@pytest.mark.parametrize(("locked", "action"), [(True, "lock"), (False, "unlock")])
def test_lock_and_unlock(answered, locked, action):
    line = answered({"domain/get": reply(shown())})

    assert line.driver.domains.set_transfer_lock("Faro.com", locked) == Done(ACTIVE)

    assert line.lines == [f"POST /api/domain/{action}/faro.com", "GET /api/domain/get/faro.com"]


@pytest.mark.parametrize("lost", [reply(code=250), reply(code=251), b"garbage"])
def test_update_is_done_though_the_read_behind_it_fails(answered, lost):
    line = answered({"domain/get": lost})

    outcome = line.driver.domains.set_transfer_lock(NAME, True)

    assert outcome == Done(DomainSummary(NAME, "com", NAME, DomainStatus.UNKNOWN, ""))


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (["NS1.lamps.example", "ns2.lamps.example"], ["ns1.lamps.example", "ns2.lamps.example"]),
        ([], ["ns1.name.com", "ns2.name.com", "ns3.name.com", "ns4.name.com"]),
        (["ns1qkz.name.com", "ns2bdr.name.com"], ["ns1qkz.name.com", "ns2bdr.name.com"]),
    ],
)
def test_nameservers(answered, given, sent):
    line = answered({"domain/get": reply(shown())})

    assert line.driver.domains.set_nameservers(NAME, given) == Done(ACTIVE)

    assert json.loads(line.body(0)) == {"nameservers": sent}


def test_contacts_that_stay_are_read_and_sent_along(answered, firm):
    line = answered({"domain/get": reply(shown())})

    assert line.driver.domains.set_contacts(NAME, tech=firm) == Done(ACTIVE)

    assert line.lines == [
        f"GET /api/domain/get/{NAME}",
        f"POST /api/domain/update_contacts/{NAME}",
        f"GET /api/domain/get/{NAME}",
    ]
    registrant, others, tech = json.loads(line.body(1))["contacts"]
    assert (registrant["type"], registrant["address_2"]) == (["registrant"], "Floor 3")
    assert (others["type"], others["last_name"]) == (["administrative", "billing"], "Wick")
    assert "state" not in others
    assert (tech["type"], tech["fax"]) == (["technical"], "+33.142680002")


def test_role_that_a_name_does_not_have_is_not_made_up(answered, firm):
    only = [{"type": "registrant", "first_name": "Ada", "country": "US"}]
    line = answered({"domain/get": reply(shown(contacts=only))})

    line.driver.domains.set_contacts(NAME, tech=firm)

    first, second = json.loads(line.body(1))["contacts"]
    assert first == {"type": ["registrant"], "first_name": "Ada", "country": "US"}
    assert second["type"] == ["technical"]


def test_all_contacts_are_set_without_a_read_before(answered, person, firm):
    line = answered({"domain/get": reply(shown())})

    line.driver.domains.set_contacts(NAME, owner=person, admin=firm, tech=firm, billing=person)

    assert line.lines[0] == f"POST /api/domain/update_contacts/{NAME}"
    assert [contact["type"] for contact in json.loads(line.body(0))["contacts"]] == [
        ["registrant", "billing"],
        ["administrative", "technical"],
    ]


def test_contacts_whose_first_read_is_lost_were_not_sent(answered, person):
    line = answered({"domain/get": b"garbage"})

    with pytest.raises(NotSent):
        line.driver.domains.set_contacts(NAME, owner=person)
    assert line.lines == [f"GET /api/domain/get/{NAME}"]


@pytest.mark.parametrize(
    ("roles", "field"),
    [
        ({}, "owner"),
        ({"owner": "AB-1"}, "owner"),
        ({"billing": "AB-1"}, "billing"),
        ({"extra": {"birth_date": "1990-01-01"}}, "owner"),
    ],
)
def test_impossible_contacts_are_refused_before_sending(answered, roles, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.set_contacts(NAME, **roles)
    assert caught.value.field == field
    assert line.requests == []


def test_fields_of_an_extension_cannot_be_set_with_contacts(answered, person):
    with pytest.raises(InvalidRequest) as caught:
        answered().driver.domains.set_contacts(NAME, owner=person, extra={"birth_date": "1990-01-01"})
    assert caught.value.field == "birth_date"
