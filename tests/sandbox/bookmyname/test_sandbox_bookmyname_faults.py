"""Faults, the protocol's own among them, against the journal, which tells what was really executed."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

CREATE = "contact_create"


def post(api: Any, call_of: Any, method: str, *values: Any) -> tuple[int, bytes]:
    answer: tuple[int, bytes] = api.post(call_of(method, 13490, "demo", *values), method)
    return answer


@pytest.mark.parametrize(
    ("kind", "executed"), [("refuse", 0), ("reset_before", 0), ("reset_after", 1), ("late_effect", 0)]
)
def test_reset_reaches_the_caller(api: Any, dupond: dict[str, str], kind: str, executed: int) -> None:
    api.fault(CREATE, kind, times=1)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.call(CREATE, dupond)
    assert len(api.journal(CREATE)) == executed


@pytest.mark.parametrize(("kind", "executed"), [("timeout_before", 0), ("timeout_after", 1)])
def test_timeout_says_nothing(api: Any, dupond: dict[str, str], kind: str, executed: int) -> None:
    api.fault(CREATE, kind, times=1)
    with pytest.raises(TimeoutError):
        api.call(CREATE, dupond, timeout=0.3)
    assert len(api.journal(CREATE)) == executed


def test_late_effect_happens_once_after_its_seconds(api: Any) -> None:
    order = api.order("lighthouse.com")
    api.fault("domain_create", "late_effect", times=1, seconds=30)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.call("domain_create", order)
    assert api.code("domain_info", "lighthouse.com") == (0, 0)
    api.advance(31)
    assert api.info("lighthouse.com")["registry_status"] == str(0x400)
    api.advance(30)
    assert len(api.journal("domain_create")) == 1
    assert api.info("lighthouse.com")["registrar_creation"] != "0000-00-00 00:00:00"


@pytest.mark.parametrize("retval", ["-3", "-7", "-99", "0"])
def test_code_is_answered_as_the_functions_own(api: Any, dupond: dict[str, str], retval: str) -> None:
    api.fault(CREATE, f"code:{retval}", times=1)
    retcode = "0" if retval == "0" else "-1"
    assert api.call(CREATE, dupond) == {"retcode": retcode, "retval": retval}
    assert api.journal() == []


def test_codes_of_other_registrars_cannot_be_planted(api: Any) -> None:
    for kind in ("code:E01", "session_expired"):
        with pytest.raises(AssertionError, match="bookmyname"):
            api.fault(CREATE, kind)


def test_rate_limit_is_a_status_without_an_envelope(api: Any, call_of: Any, dupond: dict[str, str]) -> None:
    api.fault(CREATE, "rate_limit", times=1)
    assert post(api, call_of, CREATE, dupond)[0] == 503
    assert api.journal() == []


def test_cut_text_is_valid_http_around_xml_that_ends_too_early(
    api: Any, call_of: Any, dupond: dict[str, str]
) -> None:
    api.fault(CREATE, "cut_text", times=1)
    status, body = post(api, call_of, CREATE, dupond)
    assert (status, len(api.journal(CREATE))) == (200, 1)
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(body)


@pytest.mark.parametrize("ville", ["PARIS", "Béziers"])
def test_latin1_is_not_what_the_head_says(api: Any, call_of: Any, dupond: dict[str, str], ville: str) -> None:
    api.fault(CREATE, "latin1", times=1)
    _, body = post(api, call_of, CREATE, {**dupond, "ville": ville})
    assert b'encoding="UTF-8"' in body
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    assert f'<value xsi:type="xsd:string">{ville}</value>' in body.decode("latin-1")
    assert len(api.journal(CREATE)) == 1


def test_unknown_status_is_a_word_of_no_manual(api: Any) -> None:
    tid = api.ok("domain_renew", "horizon-reseau.net", 1)["tid"]
    api.fault("api_status", "unknown_status", times=1)
    assert api.status(tid) not in ("Wait", "ToProcess", "Done", "Error")
    assert api.status(tid) == "Wait"


@pytest.mark.parametrize(
    ("method", "retval"), [("domain_create", -2), ("domain_transfer", -6), ("host_create", -2), (CREATE, -2)]
)
def test_already_exists_is_said_to_its_owner(
    api: Any, dupond: dict[str, str], method: str, retval: int
) -> None:
    values = {
        "domain_create": [api.order("lighthouse.com", "127743")],
        "domain_transfer": ["taken-name.com", "key"],
        "host_create": ["ns7.horizon-reseau.com", "192.0.2.7"],
        CREATE: [dupond],
    }[method]
    api.fault(method, "already_exists", times=1)
    assert api.code(method, *values) == (-1, retval)
    api.advance(90)
    assert len(api.journal(method)) == 1


@pytest.mark.parametrize("method", ["domain_list", "contact_list"])
@pytest.mark.parametrize("shape", ["first", "second"])
def test_listing_misses_one_object_once(api: Any, method: str, shape: str) -> None:
    api.world(**{method: {"domain_list": "list", "contact_list": "ids"}[method]} if shape == "second" else {})
    whole = api.ok(method)
    api.fault(method, "missed", times=1)
    missing = api.ok(method)
    assert len(missing) == len(whole) - 1
    assert all(row in whole for row in missing)
    assert api.ok(method) == whole


def test_fault_strikes_a_call_that_names_its_function_in_the_body_only(
    api: Any, call_of: Any, dupond: dict[str, str]
) -> None:
    api.fault(CREATE, "code:-2", times=1)
    api.fault("domain_list", "refuse", times=1)
    _, body = api.post(call_of(CREATE, 13490, "demo", dupond))
    assert api.value(body)["retval"] == "-2"
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.post(call_of("domain_list", 13490, "demo"))
    assert api.journal() == []


@pytest.mark.parametrize("header", ['"http://api.dev.free.org/apis.cgi"', '""', "urn:x#", "#domain_list"])
def test_odd_action_of_the_head_never_stops_a_call(api: Any, call_of: Any, header: str) -> None:
    url = api.sandbox.url("bookmyname") + "/apis.cgi"
    body = call_of("domain_check", 13490, "demo", "available-name.com")
    status, answer, _ = api.raw("POST", url, body, {"SOAPAction": header})
    assert (status, api.value(answer)["retval"]) == (200, "1")
