"""Every pair of retcode and retval that the manual has, row by row, and faults."""

from __future__ import annotations

import pytest

from registrar.bookmyname.actions import ACTIONS
from registrar.bookmyname.codec import Fault
from registrar.bookmyname.errors import CODES, error_for, error_for_fault
from registrar.errors import (
    AlreadyExists,
    AuthenticationFailed,
    Conflict,
    InvalidRequest,
    NotFound,
    NotSupported,
    OutcomeUnknown,
    Refused,
    Verdict,
)

EXPECTED = {
    **{(function, -1, -1): (AuthenticationFailed, "credentials") for function in ACTIONS},
    ("contact_create", -1, -2): (Conflict, "create_failed"),
    ("contact_create", -1, -3): (InvalidRequest, "syntax"),
    ("contact_create", -1, -4): (InvalidRequest, "missing_field"),
    ("contact_update", -1, -2): (Refused, "access_denied"),
    ("contact_update", -1, -3): (Conflict, "inactive"),
    ("contact_update", -1, -4): (InvalidRequest, "syntax"),
    ("contact_update", -1, -5): (InvalidRequest, "missing_field"),
    ("contact_update", 0, 0): (NotFound, "contact"),
    ("contact_delete", -1, -2): (Refused, "access_denied"),
    ("contact_delete", -1, -3): (Conflict, "in_use"),
    ("contact_delete", 0, 0): (NotFound, "contact"),
    ("contact_info", 0, 0): (NotFound, "contact"),
    ("domain_check", -1, -2): (AlreadyExists, "taken"),
    ("domain_check", -1, -3): (Refused, "unsupported_tld"),
    ("domain_check", -1, -4): (AlreadyExists, "taken"),
    ("domain_check", -1, -5): (InvalidRequest, "invalid_name"),
    ("domain_multicheck", -1, -2): (InvalidRequest, "invalid_name"),
    ("domain_create", -1, -2): (AlreadyExists, "taken"),
    ("domain_create", -1, -3): (InvalidRequest, "missing_field"),
    ("domain_create", -1, -4): (InvalidRequest, "contact_unusable"),
    ("domain_create", -1, -5): (InvalidRequest, "invalid_name"),
    ("domain_create", -1, -6): (InvalidRequest, "tld_fields"),
    ("domain_create", -1, -7): (InvalidRequest, "nameservers"),
    ("domain_renew", -1, -2): (Conflict, "denied"),
    ("domain_renew", -1, -3): (InvalidRequest, "period"),
    ("domain_renew", -1, -4): (InvalidRequest, "invalid_name"),
    ("domain_renew", 0, 0): (NotFound, "domain"),
    ("domain_update", -1, -2): (Conflict, "denied"),
    ("domain_update", -1, -3): (InvalidRequest, "missing_field"),
    ("domain_update", -1, -4): (InvalidRequest, "contact_unusable"),
    ("domain_update", -1, -5): (InvalidRequest, "invalid_name"),
    ("domain_update", -1, -6): (InvalidRequest, "nameservers"),
    ("domain_update", -1, -7): (InvalidRequest, "nameservers"),
    ("domain_update", 0, 0): (NotFound, "domain"),
    ("domain_delete", -1, -2): (Conflict, "denied"),
    ("domain_delete", -1, -3): (Conflict, "delete_running"),
    ("domain_delete", -1, -4): (InvalidRequest, "invalid_name"),
    ("domain_delete", 0, 0): (NotFound, "domain"),
    ("domain_info", -1, -2): (NotFound, "not_ours"),
    ("domain_info", -1, -3): (InvalidRequest, "invalid_name"),
    ("domain_info", 0, 0): (NotFound, "domain"),
    ("domain_transfer", -1, -2): (Conflict, "pending"),
    ("domain_transfer", -1, -3): (Conflict, "locked"),
    ("domain_transfer", -1, -4): (Refused, "whois_failed"),
    ("domain_transfer", -1, -5): (Conflict, "login_id"),
    ("domain_transfer", -1, -6): (Conflict, "access_denied"),
    ("domain_transfer", -1, -7): (Refused, "unsupported_tld"),
    ("domain_transfer", -1, -8): (Refused, "too_young"),
    ("domain_transfer", -1, -9): (InvalidRequest, "auth_code"),
    ("domain_transfer", -1, -10): (InvalidRequest, "owner_needed"),
    ("host_update", 0, 0): (NotFound, "host"),
    ("host_delete", 0, 0): (NotFound, "host"),
    ("api_status", 0, 0): (NotFound, "operation"),
}


@pytest.mark.parametrize(("pair", "row"), EXPECTED.items())
def test_pair_becomes_its_class_and_reason(pair, row):
    function, retcode, retval = pair

    error = error_for(*pair)

    assert (type(error), error.reason) == row
    assert error.code == f"{retcode}/{retval}"
    assert function in error.message
    assert error.verdict is Verdict.NOT_EXECUTED


def test_table_holds_exactly_the_expected_pairs():
    assert CODES.keys() == EXPECTED.keys()


@pytest.mark.parametrize(
    "pair",
    [
        ("contact_create", 0, 0),
        ("contact_create", -1, -5),
        ("domain_create", 0, 0),
        ("domain_create", -1, -8),
        ("domain_create", -1, 0),
        ("domain_transfer", 0, 0),
        ("domain_renew", -2, -3),
        ("domain_renew", 2, 1),
        ("host_create", -1, -2),
        ("api_status", -1, -2),
    ],
)
def test_unlisted_pair_leaves_the_outcome_unknown(pair):
    error = error_for(*pair)

    assert type(error) is OutcomeUnknown
    assert error.reason == "undocumented"


@pytest.mark.parametrize(
    ("pair", "field"),
    [
        (("domain_create", -1, -6), "extra"),
        (("domain_create", -1, -7), "nameservers"),
        (("domain_create", -1, -4), "contact"),
        (("domain_create", -1, -3), ""),
        (("domain_renew", -1, -3), "years"),
        (("domain_transfer", -1, -9), "auth_code"),
        (("domain_transfer", -1, -10), "owner"),
        (("domain_check", -1, -5), "name"),
        (("contact_create", -1, -4), "contact"),
    ],
)
def test_invalid_request_names_the_neutral_field(pair, field):
    error = error_for(*pair)

    assert isinstance(error, InvalidRequest)
    assert error.field == field


@pytest.mark.parametrize("text", ["Function 'domain_buy' doesn't exist", "The function does not exist"])
def test_fault_of_a_missing_function_proves_that_nothing_happened(text):
    error = error_for_fault("domain_buy", Fault("SOAP-ENV:Server", text))

    assert isinstance(error, NotSupported)
    assert error.capability == "domain_buy"


@pytest.mark.parametrize("text", ["", "Internal error", "the contact does not exist", "no such function"])
def test_any_other_fault_leaves_the_outcome_unknown(text):
    error = error_for_fault("domain_create", Fault("soap:Server", text))

    assert type(error) is OutcomeUnknown
    assert (error.reason, error.code) == ("fault", "soap:Server")
