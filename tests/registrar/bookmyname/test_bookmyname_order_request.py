"""Orders as the registrar's maps, judged before anything is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from registrar.bookmyname import request
from registrar.errors import Conflict, InvalidRequest, NotSent
from registrar.types import DomainOrder, GlueRecord, Pending, TransferOrder
from tests.registrar.bookmyname.conftest import Answered
from tests.registrar.bookmyname.replies import CREATED, DOMAIN, php
from tests.registrar.bookmyname.test_bookmyname_contact_request import PERSON, items


def test_order_is_the_manuals_map(answered: Answered):
    line = answered(domain_create=php("domain_create", 1, 277, CREATED))

    outcome = line.driver.domains.create(
        DomainOrder(
            "Faro.com", "151049", years=2, nameservers=("ns0.x.example", "ns1.x.example"), tech="127743"
        )
    )

    assert isinstance(outcome, Pending)
    assert outcome.reference == "277"
    assert items(line) == {
        "domain": "faro.com",
        "period": "2",
        "owner_id": "151049",
        "admin_id": "13490",
        "tech_id": "127743",
        "bill_id": "13490",
        "service": "dns",
        "ip_dns_master": "",
        "ns0": "ns0.x.example",
        "ns1": "ns1.x.example",
    }


def test_order_without_nameservers_gets_the_registrars_own():
    form = request.registration(DomainOrder("faro.com", "151049"), "13490")

    assert (form["ns0"], form["ns1"], form["period"]) == ("ns0.online.net", "ns1.online.net", 1)


def test_nameservers_below_the_name_bring_their_addresses():
    order = DomainOrder(
        "faro.com",
        "151049",
        nameservers=("ns.other.example", "ns1.faro.com"),
        glue=(GlueRecord("NS1.faro.com", "203.0.113.5"),),
    )

    form = request.registration(order, "13490")

    assert {key: value for key, value in form.items() if "ns1" in key} == {
        "ns1": "ns1.faro.com",
        "ipns1": "203.0.113.5",
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "faro"}, "name"),
        ({"owner": PERSON}, "owner"),
        ({"owner": ""}, "owner"),
        ({"owner": "LP7-FREE"}, "owner"),
        ({"admin": PERSON}, "admin"),
        ({"billing": "x"}, "billing"),
        ({"years": 11}, "years"),
        ({"years": 0}, "years"),
        ({"years": True}, "years"),
        ({"nameservers": ("ns1.x.example",)}, "nameservers"),
        ({"nameservers": tuple(f"ns{n}.x.example" for n in range(5))}, "nameservers"),
        ({"nameservers": ("ns1.x.example", "NS1.x.example")}, "nameservers"),
        ({"nameservers": "ns1.x.example"}, "nameservers"),
        ({"nameservers": ("ns1.faro.com", "ns1.x.example")}, "glue"),
        ({"glue": (GlueRecord("ns1.faro.com", "203.0.113.5"),)}, "glue"),
        ({"glue": (GlueRecord("ns1.x.example", "203.0.113.5"),)}, "glue"),
        ({"extra": {"birth_date": "1984-05-23"}}, "extra"),
        ({"premium": True}, "premium"),
        ({"launch_phase": "sunrise"}, "launch_phase"),
        ({"dns_template": "x"}, "dns_template"),
        ({"whois_privacy": True}, "whois_privacy"),
    ],
)
def test_order_that_cannot_be_said_is_refused_before_sending(answered: Answered, changes, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.create(replace(DomainOrder("faro.com", "151049"), **changes))
    assert caught.value.field == field
    assert line.requests == []


def test_transfer_names_the_owner_for_french_names_only():
    order = TransferOrder("faro.com", "151049", auth_code="secret")

    assert request.transfer(order) == {"domain": "faro.com", "authkey": "secret"}
    assert request.transfer(replace(order, name="faro.fr")) == {
        "domain": "faro.fr",
        "authkey": "secret",
        "extid": "151049",
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner": PERSON}, "owner"),
        ({"keep_nameservers": False}, "keep_nameservers"),
        ({"admin": "1"}, "admin"),
        ({"change_owner": True}, "change_owner"),
        ({"extra": {"x": "y"}}, "extra"),
    ],
)
def test_transfer_that_cannot_be_said_is_refused(changes, field):
    with pytest.raises(InvalidRequest) as caught:
        request.transfer(replace(TransferOrder("faro.com", "151049"), **changes))
    assert caught.value.field == field


def test_transfer_is_started_again_with_a_code(answered: Answered):
    line = answered(domain_transfer=php("domain_transfer", 1, 9, {"tid": 9, "owner_id": 5}))

    assert line.driver.domains.transfer_restart("faro.com", "secret") == Pending("9")

    for name, code, field in (("faro.com", None, "auth_code"), ("faro.fr", "secret", "name")):
        with pytest.raises(InvalidRequest) as caught:
            line.driver.domains.transfer_restart(name, code)
        assert caught.value.field == field
    assert line.functions == ["domain_transfer"]


def test_renewal_reads_the_expiry_first(answered: Answered):
    line = answered(
        domain_info=php("domain_info", 1, 141958, DOMAIN),
        domain_renew=php("domain_renew", 1, 9, {"tid": 9}),
    )

    outcome = line.driver.domains.renew("faro.com", current_expiry=date(2030, 9, 26), years=5)

    assert isinstance(outcome, Pending)
    assert outcome.reference == "9"
    assert outcome.value is not None
    assert (outcome.value.expires_on, outcome.value.years) == (date(2030, 9, 26), 5)
    assert line.functions == ["domain_info", "domain_renew"]
    assert b'<param3 xsi:type="xsd:int">5</param3>' in line.body


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("2031-09-26 21:43:10", Conflict), ("0000-00-00 00:00:00", Conflict)],
)
def test_renewal_of_a_name_that_expires_otherwise_is_a_conflict(answered: Answered, shown, expected):
    line = answered(domain_info=php("domain_info", 1, 141958, DOMAIN | {"registrar_expiration": shown}))

    with pytest.raises(expected):
        line.driver.domains.renew("faro.com", current_expiry=date(2030, 9, 26))
    assert line.functions == ["domain_info"]


def test_renewal_whose_guard_cannot_be_read_is_not_sent(answered: Answered):
    line = answered(domain_info=b"garbage")

    with pytest.raises(NotSent):
        line.driver.domains.renew("faro.com", current_expiry=date(2030, 9, 26))


@pytest.mark.parametrize("expiry", [datetime(2030, 9, 26), "2030-09-26", None])
def test_renewal_wants_a_date(answered: Answered, expiry: Any):
    line = answered(domain_info=php("domain_info", 1, 141958, DOMAIN))

    with pytest.raises(InvalidRequest) as caught:
        line.driver.domains.renew("faro.com", current_expiry=expiry)
    assert caught.value.field == "current_expiry"
