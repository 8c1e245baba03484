"""Registrations that fail: what a code, the words of an item and a look make of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.errors import (
    AlreadyExists,
    Conflict,
    InsufficientFunds,
    InvalidRequest,
    OutcomeUnknown,
    Refused,
    UnreadableReply,
)
from registrar.types import (
    DomainOrder,
    Done,
)
from tests.registrar.namecom.replies import reply, result, shown


def failed(order_type: str, *information: str, code: int = 100, **fields: object) -> bytes:
    line = result(order_type, success=False, price=0, information=list(information), **fields)
    return reply({"results": [line]}, code=code)


@pytest.fixture
def registration(person) -> DomainOrder:
    return DomainOrder("faro.com", person)


FREE = reply({"domains": {"faro.com": {"tld": "com", "avail": True, "price": "8.99"}}})
TAKEN = reply({"domains": {"faro.com": {"tld": "com", "avail": False}}})
NONE_OURS = reply({"domains": []})
FAILED = [
    failed("domain/create", "Command Failed - Not Available"),
    failed("domain/create"),
    failed("domain/create", code=240),
    reply(code=240),
    reply(code=204, said="Parameter Value Error - Something"),
]


@pytest.mark.parametrize("answer", FAILED)
def test_failed_registration_of_a_name_that_is_ours_already_exists(answered, registration, answer):
    line = answered({"order": answer, "domain/get": reply(shown())})

    with pytest.raises(AlreadyExists) as caught:
        line.driver.domains.create(registration)
    assert caught.value.reason == "in_account"


@pytest.mark.parametrize("answer", FAILED)
def test_failed_registration_of_a_name_that_is_taken_already_exists(answered, registration, answer):
    line = answered(
        {"order": answer, "domain/get": reply(code=204), "domain/list": NONE_OURS, "domain/check": TAKEN}
    )

    with pytest.raises(AlreadyExists) as caught:
        line.driver.domains.create(registration)
    assert caught.value.reason == "taken"


@pytest.mark.parametrize("answer", FAILED)
def test_failed_registration_of_a_free_name_is_refused(answered, registration, answer):
    line = answered(
        {"order": answer, "domain/get": reply(code=221), "domain/list": NONE_OURS, "domain/check": FREE}
    )

    with pytest.raises((Refused, InvalidRequest)) as caught:
        line.driver.domains.create(registration)
    assert caught.value.reason in {"create_failed", "invalid_parameter"}


@pytest.mark.parametrize("answer", FAILED)
@pytest.mark.parametrize("lost", ["domain/get", "domain/list", "domain/check"])
def test_failed_registration_that_cannot_be_looked_into_is_a_conflict(answered, registration, answer, lost):
    replies = {
        "order": answer,
        "domain/get": reply(code=204),
        "domain/list": NONE_OURS,
        "domain/check": FREE,
        lost: b"garbage",
    }

    with pytest.raises(Conflict) as caught:
        answered(replies).driver.domains.create(registration)
    assert caught.value.reason == "create_failed"


def test_failed_creation_with_several_contacts_is_looked_into_likewise(answered, registration, firm):
    line = answered({"domain/create": reply(code=240), "domain/get": reply(shown())})

    with pytest.raises(AlreadyExists):
        line.driver.domains.create(replace(registration, tech=firm))


def test_creation_about_another_name_is_unreadable(answered, registration, firm):
    line = answered({"domain/create": reply({"domain_name": "other.com"})})

    with pytest.raises(UnreadableReply):
        line.driver.domains.create(replace(registration, tech=firm))


@pytest.mark.parametrize(
    ("answer", "error", "reason"),
    [
        (reply(code=260, said="Insufficient Funds"), InsufficientFunds, "balance"),
        (failed("domain/create", "Insufficient Funds"), InsufficientFunds, "balance"),
        (failed("domain/create", "Insufficient Funds", code=240), InsufficientFunds, "balance"),
        (failed("domain/create", code=260), InsufficientFunds, "balance"),
        (reply(code=261, said="Unable to Authorize Funds"), InsufficientFunds, "funds_not_authorized"),
        (failed("domain/create", "Unexpected Error (Exception)"), OutcomeUnknown, "exception"),
        (reply(code=250), OutcomeUnknown, "exception"),
        (reply(code=203, said="Required Parameter Missing"), InvalidRequest, "missing_parameter"),
    ],
)
def test_failure_of_a_registration_is_told_by_code_or_words(answered, registration, answer, error, reason):
    line = answered({"order": answer})

    with pytest.raises(error) as caught:
        line.driver.domains.create(registration)
    assert caught.value.reason == reason
    assert line.lines == ["POST /api/order"]


@pytest.mark.parametrize("code", [100, 203, 204, 240, 260])
def test_item_that_succeeded_is_believed_under_a_documented_code(answered, registration, code):
    line = answered(
        {"order": reply({"results": [result("domain/create")]}, code=code), "domain/get": reply(shown())}
    )

    assert isinstance(line.driver.domains.create(registration), Done)


@pytest.mark.parametrize("code", [250, 120, 0])
def test_item_under_a_code_that_leaves_everything_open_is_not_believed(answered, registration, code):
    line = answered({"order": reply({"results": [result("domain/create")]}, code=code)})

    with pytest.raises(OutcomeUnknown):
        line.driver.domains.create(registration)
