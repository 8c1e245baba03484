"""The table of result codes: a test per row."""

from __future__ import annotations

import pytest

from registrar.errors import (
    AlreadyExists,
    AuthenticationFailed,
    Conflict,
    InsufficientFunds,
    InvalidRequest,
    NotSupported,
    OutcomeUnknown,
    PermissionDenied,
    Refused,
    Verdict,
)
from registrar.namecom.errors import CODES, DETAILS, MESSAGES, code_in, error_for

ROWS = {
    203: (InvalidRequest, "missing_parameter"),
    204: (InvalidRequest, "invalid_parameter"),
    211: (NotSupported, "unknown_action"),
    221: (PermissionDenied, "not_authorized"),
    240: (Refused, "command_failed"),
    250: (OutcomeUnknown, "exception"),
    251: (AuthenticationFailed, "credentials"),
    260: (InsufficientFunds, "balance"),
    261: (InsufficientFunds, "funds_not_authorized"),
}
SEEN = [
    (204, "Parameter Value Error - Duplicate Record", AlreadyExists, "duplicate"),
    (204, "Parameter Value Error - Duplicate Host", AlreadyExists, "duplicate"),
    (204, "Parameter Value Error - Invalid Srv Format", InvalidRequest, "srv_format"),
    (204, "Parameter Value Error - Domain", InvalidRequest, "invalid_name"),
    (221, "Authorization Error - Username Or Ip Token Invalid", AuthenticationFailed, "credentials"),
    (251, "Authentication Error - Invalid Username Or Api Token", AuthenticationFailed, "credentials"),
]


@pytest.mark.parametrize(("code", "row"), ROWS.items())
def test_code_is_its_error(answered, code, row):
    line = answered({"account/get": _said(code, f"{MESSAGES[code]} - Some Detail")})

    with pytest.raises(row[0]) as caught:
        line.driver.account.info()

    error = caught.value
    assert type(error) is row[0]
    assert (error.code, error.reason) == (str(code), row[1])
    assert error.message == f"{MESSAGES[code]} - Some Detail"


def _said(code: int, message: str) -> bytes:
    return f'{{"result":{{"code":{code},"message":"{message}"}}}}'.encode()


def test_table_holds_every_code_of_the_manual_but_success():
    assert CODES.keys() == ROWS.keys() == MESSAGES.keys()


@pytest.mark.parametrize("code", [0, 99, 101, 120, 200, 241, 300, -1])
def test_code_of_no_table_is_unknown(answered, code):
    line = answered({"domain/lock": _said(code, "Command Odd")})

    with pytest.raises(OutcomeUnknown) as caught:
        line.driver.domains.set_transfer_lock("faro.com", True)

    assert (caught.value.code, caught.value.reason) == (str(code), "undocumented")
    assert caught.value.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(("code", "message", "error", "reason"), SEEN)
def test_detail_that_was_seen_says_more(code, message, error, reason):
    found = error_for(code, message, action="dns/list")

    assert type(found) is error
    assert (found.reason, found.message) == (reason, message)


def test_every_detail_has_a_test():
    tested = {(code, message.partition(" - ")[2].lower()) for code, message, _, _ in SEEN}

    assert all(
        any(code == number and said.startswith(detail) for number, said in tested) for code, detail in DETAILS
    )


@pytest.mark.parametrize("action", ["order", "domain/create", "dns/create", "host/create"])
def test_failed_making_is_to_be_looked_at(action):
    assert type(error_for(240, "Command Failed", action=action)) is Conflict


def test_unknown_call_names_what_is_lacking():
    found = error_for(211, "Invalid Command URL", action="host/sync")

    assert isinstance(found, NotSupported)
    assert found.capability == "host/sync"


def test_wrong_value_names_the_neutral_field():
    found = error_for(204, "Parameter Value Error - Invalid Srv Format", action="dns/create")

    assert isinstance(found, InvalidRequest)
    assert found.field == "value"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Insufficient Funds", 260),
        ("insufficient funds - Add Some", 260),
        ("Command Failed - Not Available", 240),
        ("Unexpected Error (Exception)", 250),
        ("Command Successful", None),
        ("The name has insufficient funds", None),
        ("", None),
    ],
)
def test_code_is_found_in_words_that_begin_with_its_message(words, code):
    assert code_in(words) == code
