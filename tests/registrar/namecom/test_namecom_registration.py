"""Registrations: what is sent, and what is shown behind it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from registrar.errors import (
    InvalidRequest,
    NotSupported,
)
from registrar.types import (
    DomainOrder,
    DomainStatus,
    Done,
    GlueRecord,
    Pending,
    Price,
)
from tests.registrar.namecom.replies import reply, result, shown

EXPIRY = date(2099, 3, 5)
CREATED = reply({"results": [result("domain/create")]})


@pytest.fixture
def registration(person) -> DomainOrder:
    return DomainOrder("faro.com", person)


def test_registration_is_an_order_of_one_item(answered, registration):
    line = answered({"order": CREATED, "domain/get": reply(shown())})

    outcome = line.driver.domains.create(replace(registration, years=2))

    assert line.lines == ["POST /api/order", "GET /api/domain/get/faro.com"]
    assert line.body(0) == (
        b'{"items":[{"order_type":"domain/create","domain_name":"faro.com","period":2,"contact":{"type":'
        b'["registrant","administrative","technical","billing"],"first_name":"Ada","last_name":"Lamp",'
        b'"organization":"","address_1":"12 Quay Street","address_2":"Floor 3","city":"Denver","state":"CO",'
        b'"zip":"80202","country":"US","phone":"+1.3035550142","email":"ada@lamps.example","fax":""}}]}'
    )
    assert isinstance(outcome, Done)
    found = outcome.value
    assert (found.name, found.tld, found.remote_id, found.years) == ("faro.com", "com", "faro.com", 2)
    assert (found.status, found.expires_on) == (DomainStatus.ACTIVE, EXPIRY)
    assert found.charged == Price(Decimal("10.99"), "USD")


def test_registration_names_its_own_nameservers_only_when_given(answered, registration):
    line = answered({"order": CREATED, "domain/get": reply(shown())})

    line.driver.domains.create(replace(registration, nameservers=("NS1.lamps.example", "ns2.lamps.example.")))

    (item,) = json.loads(line.body(0))["items"]
    assert item["nameservers"] == ["ns1.lamps.example", "ns2.lamps.example"]


def test_registration_with_several_contacts_goes_by_the_call_that_takes_a_list(answered, registration, firm):
    line = answered({"domain/get": reply(shown())})

    outcome = line.driver.domains.create(replace(registration, tech=firm, billing=firm))

    assert line.lines == ["POST /api/domain/create", "GET /api/domain/get/faro.com"]
    sent = json.loads(line.body(0))
    assert {name: sent[name] for name in ("domain_name", "period")} == {
        "domain_name": "faro.com",
        "period": 1,
    }
    assert [(one["type"], one["last_name"], one["organization"]) for one in sent["contacts"]] == [
        (["registrant", "administrative"], "Lamp", ""),
        (["technical", "billing"], "Wick", "Wicks SARL"),
    ]
    assert isinstance(outcome, Done)
    assert outcome.value.charged is None


def test_privacy_along_with_a_registration_is_a_flag_and_charged_with_it(answered, registration, firm):
    both = [result("domain/create"), result("whois_privacy/create", price=3.99)]
    line = answered({"order": reply({"results": both}), "domain/get": reply(shown())})

    outcome = line.driver.domains.create(replace(registration, whois_privacy=True, tech=firm))

    (item,) = json.loads(line.body(0))["items"]
    assert item["whois_privacy"] == 1
    assert len(item["contact"]) == 2
    assert outcome.value is not None
    assert outcome.value.charged == Price(Decimal("14.98"), "USD")


def test_registration_whose_price_is_not_told_has_no_charge(answered, registration):
    told = [result("domain/create", price=None)]
    line = answered({"order": reply({"results": told}), "domain/get": reply(shown())})

    assert line.driver.domains.create(registration).value.charged is None


def test_privacy_that_failed_costs_nothing_and_the_name_is_registered(answered, registration):
    both = [result("domain/create"), result("whois_privacy/create", success=False, price="3.99")]
    line = answered({"order": reply({"results": both}), "domain/get": reply(shown())})

    outcome = line.driver.domains.create(replace(registration, whois_privacy=True))

    assert isinstance(outcome, Done)
    assert outcome.value.charged == Price(Decimal("10.99"), "USD")


@pytest.mark.parametrize(
    "lost",
    [
        reply(code=250),
        reply(code=240),
        b"garbage",
        reply(shown("other.com")),
        reply(shown(expires="2001-01-01 00:00:00")),
    ],
)
def test_registration_is_pending_while_no_read_shows_it(answered, registration, lost):
    line = answered({"order": CREATED, "domain/get": lost, "domain/list": reply({"domains": []})})

    outcome = line.driver.domains.create(registration)

    assert isinstance(outcome, Pending)
    assert outcome.reference == "faro.com"
    assert outcome.value is not None
    assert outcome.value.status is DomainStatus.UNKNOWN
    assert outcome.value.charged == Price(Decimal("10.99"), "USD")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"owner": "AB-1"}, "owner"),
        ({"owner": ""}, "owner"),
        ({"tech": "AB-1"}, "tech"),
        ({"years": 0}, "years"),
        ({"years": 11}, "years"),
        ({"name": "-.com"}, "name"),
        ({"nameservers": ("ns1.lamps.example",)}, "nameservers"),
        ({"launch_phase": "sunrise"}, "launch_phase"),
        ({"dns_template": "mine"}, "dns_template"),
        ({"glue": (GlueRecord("ns1.faro.com", "203.0.113.5"),)}, "glue"),
        ({"extra": {"birth_date": "1990-01-01"}}, "birth_date"),
    ],
)
def test_impossible_registration_is_refused_before_sending(answered, registration, change, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.create(replace(registration, **change))
    assert caught.value.field == field
    assert line.requests == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"city": ""}, "city"),
        ({"phone": "303 555 0142"}, "phone"),
        ({"fax": "1"}, "fax"),
        ({"country": "USA"}, "country"),
        ({"email": "ada"}, "email"),
    ],
)
def test_impossible_contact_is_refused_before_sending(answered, registration, person, change, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.create(replace(registration, owner=replace(person, **change)))
    assert caught.value.field == field
    assert line.requests == []


def test_organization_needs_its_name(answered, registration, firm):
    with pytest.raises(InvalidRequest) as caught:
        answered().driver.domains.create(replace(registration, owner=replace(firm, organization="")))
    assert caught.value.field == "organization"


@pytest.mark.parametrize("tld", ["asia", "ca", "de", "eu", "jobs", "nl", "pro", "us", "tel", "travel"])
def test_extension_with_requirements_of_no_manual_is_not_sold(answered, registration, tld):
    line = answered()

    with pytest.raises(NotSupported):
        line.driver.domains.create(replace(registration, name=f"faro.{tld}"))
    assert line.requests == []
    assert not line.driver.supports("domain.create", tld=tld).usable
