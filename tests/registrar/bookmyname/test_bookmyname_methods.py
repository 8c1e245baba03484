"""Every function of the manual is reached by a typed method."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registrar.bookmyname.actions import ACTIONS, METHODS
from registrar.bookmyname.capability import CAPABILITIES
from registrar.errors import NotSupported
from registrar.types import DomainOrder, GlueRecord, TransferOrder
from tests.registrar.bookmyname.conftest import Answered
from tests.registrar.bookmyname.replies import CONTACT, COUNTRIES, CREATED, DOMAIN, php
from tests.registrar.bookmyname.test_bookmyname_contact_request import PERSON

GLUE = GlueRecord("ns1.faro.com", "203.0.113.5")
TRANSACTION = (278, {"tid": 278})

# Function -> the call of its method, and what the function answers.
CALLS: dict[str, tuple[Any, tuple[int, Any]]] = {
    "contact_create": (lambda d: d.contacts.create(PERSON), (151049, CONTACT)),
    "contact_update": (lambda d: d.contacts.update("151049", PERSON), (151049, CONTACT)),
    "contact_delete": (lambda d: d.contacts.delete("151049"), (151049, CONTACT)),
    "contact_info": (lambda d: d.contacts.info("151049"), (151049, CONTACT)),
    "contact_list": (lambda d: d.contacts.list(), (1, [CONTACT])),
    "domain_check": (lambda d: d.domains.check("faro.com"), (1, {})),
    "domain_multicheck": (lambda d: d.domains.check_many(["faro.com"]), (1, {"com": 1})),
    "domain_create": (lambda d: d.domains.create(DomainOrder("faro.com", "151049")), (277, CREATED)),
    "domain_renew": (lambda d: d.domains.renew("faro.com", current_expiry=date(2030, 9, 26)), TRANSACTION),
    "domain_update": (lambda d: d.domains.set_nameservers("faro.com"), TRANSACTION),
    "domain_delete": (lambda d: d.domains.delete("faro.com"), TRANSACTION),
    "domain_info": (lambda d: d.domains.info("faro.com"), (141958, DOMAIN)),
    "domain_list": (lambda d: d.domains.list(), (1, {"faro.com": 1})),
    "domain_transfer": (lambda d: d.domains.transfer(TransferOrder("faro.com", "151049")), TRANSACTION),
    "host_create": (lambda d: d.domains.create_glue("faro.com", GLUE), TRANSACTION),
    "host_update": (lambda d: d.domains.update_glue("faro.com", GLUE), TRANSACTION),
    "host_delete": (lambda d: d.domains.delete_glue("faro.com", "ns1.faro.com"), TRANSACTION),
    "api_status": (lambda d: d.operations.info("277"), (277, {"tid": 277, "status": "Done"})),
    "api_paysid": (lambda d: d.tools.table("countries"), (1, COUNTRIES)),
    "api_regionid": (lambda d: d.tools.table("regions"), (1, COUNTRIES)),
}
READ_FIRST = {"contact_info": (151049, CONTACT), "domain_info": (141958, DOMAIN)}


@pytest.mark.parametrize("function", ACTIONS)
def test_function_is_reached_by_its_typed_method(answered: Answered, function):
    call, answer = CALLS[function]
    answers = READ_FIRST | {function: answer}
    line = answered(**{name: php(name, 1, *given) for name, given in answers.items()})

    call(line.driver)

    assert line.exchanges[-1].action == function
    assert CAPABILITIES.find(METHODS[function]).usable


def test_connection_is_tested_with_the_cheapest_function_that_asks_for_the_password(answered: Answered):
    line = answered()

    line.driver.tools.hello()

    assert line.functions == ["api_paysid"]


def test_lock_that_nobody_could_lift_is_left_to_people(answered: Answered):
    line = answered()

    with pytest.raises(NotSupported):
        line.driver.domains.set_modification_lock("faro.com", True)
    assert "lifting" in line.driver.supports("domain.set_modification_lock").note
