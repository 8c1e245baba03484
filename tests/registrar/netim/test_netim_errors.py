"""Their fault codes in our error tree: a row, a test."""

from __future__ import annotations

import pytest

from registrar.errors import (
    AuthenticationFailed,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    Verdict,
)
from registrar.netim.errors import CODES, WAIT_SECONDS, code_of, error_for

ROWS = {
    "E01-M0101": (AuthenticationFailed, "credentials"),
    "E02": (RateLimited, "session"),
    "E13": (InvalidRequest, "invalid_parameter"),
    "E13-M1305": (InvalidRequest, "invalid_name"),
    "E15-M1502": (NotFound, "domain"),
}


def test_table_holds_the_codes_that_are_known():
    assert {code: (row.error, row.reason) for code, row in CODES.items()} == ROWS


@pytest.mark.parametrize("code", ROWS)
def test_code_becomes_its_class(code):
    error = error_for(code, f"{code} : text")

    assert (type(error), error.reason) == ROWS[code]
    assert (error.code, error.message) == (code, f"{code} : text")
    assert error.verdict is Verdict.NOT_EXECUTED


@pytest.mark.parametrize(
    ("code", "error", "reason"),
    [("E02-M0202", RateLimited, "session"), ("E13-M1399", InvalidRequest, "invalid_parameter")],
)
def test_code_of_a_known_class_is_of_that_class(code, error, reason):
    found = error_for(code, f"{code} : text")

    assert (type(found), found.reason, found.code) == (error, reason, code)


@pytest.mark.parametrize(
    "code",
    [
        "E01",
        "E01-M0102",
        "E03",
        "E14",
        "E15",
        "E15-M1503",
        "E99-M9901",
        "E130",
        "e13",
        "SOAP-ENV:Client",
        "",
        "Done",
    ],
)
def test_code_that_is_not_listed_is_neither_success_nor_failure(code):
    error = error_for(code, "some text")

    assert type(error) is OutcomeUnknown
    assert (error.code, error.reason) == (code, "undocumented")


def test_lost_session_waits():
    error = error_for("E02", "E02 : no session")

    assert isinstance(error, RateLimited)
    assert error.after == WAIT_SECONDS


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("E13 : Province : Invalid value", "state"),
        ("E13 : province : Invalid value", "state"),
        ("E13 : Something : Invalid value", ""),
        ("E13 : Invalid value", ""),
        ("Province", ""),
    ],
)
def test_field_is_named_where_its_word_is_known(text, field):
    error = error_for("E13", text)

    assert isinstance(error, InvalidRequest)
    assert error.field == field


def test_malformed_name_is_about_the_name():
    error = error_for("E13-M1305", "E13-M1305 : domain : Bad syntax")

    assert isinstance(error, InvalidRequest)
    assert error.field == "name"


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("E13", "E13-M1305 : text", "E13"),
        ("SOAP-ENV:Server", "E13-M1305 : text", "E13-M1305"),
        ("SOAP-ENV:Server", " E02 text", "E02"),
        ("SOAP-ENV:Server", "looping in E13", "SOAP-ENV:Server"),
        ("", "E15-M1502", "E15-M1502"),
        ("Server", "E1305 : no", "Server"),
    ],
)
def test_code_stands_in_the_fault_or_in_front_of_its_text(code, text, found):
    assert code_of(code, text) == found
