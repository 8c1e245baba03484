"""Faults in MrDomain's own words, against the journal, which tells what was really executed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LOGIN = {"apiuser": "demo", "apipasswd": "demo"}
NAME = "soler-estudio.com"
MAIL = {"serviceName": NAME, "name": "neu", "password": "secret-1"}


def raw(api: Any, action: str, **parameters: str) -> bytes:
    body = urlencode({**LOGIN, **parameters}).encode()
    answer: bytes = api.raw("POST", f"{api.sandbox.mrdomain_url}/{action}/", body, FORM)[1]
    return answer


def executed(api: Any) -> list[str]:
    return [row["action"] for row in api.journal()]


def test_cut_text_is_a_whole_body_of_half_a_document(api: Any) -> None:
    api.fault("service/mailcreate", "cut_text", times=1)
    text = raw(api, "service/mailcreate", **MAIL)
    assert text.startswith(b'{"success":true')
    with pytest.raises(ValueError):
        json.loads(text)
    assert executed(api) == ["service/mailcreate"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_latin1_reply_is_no_utf8(api: Any, form: str) -> None:
    api.fault("service/mailcreate", "latin1", times=1)
    text = raw(api, "service/mailcreate", **MAIL, **{"output-format": form})
    with pytest.raises(UnicodeDecodeError):
        text.decode("utf-8")
    assert "neu@soler-estudio.com" in text.decode("latin-1")
    assert executed(api) == ["service/mailcreate"]


@pytest.mark.parametrize(
    ("action", "sent"),
    [
        ("domain/getinfo", {"domain": NAME}),
        ("service/getinfo", {"serviceName": NAME}),
        ("ssl/getinfo", {"certificateID": "135037"}),
        ("user/getinfo", {"username": "iker"}),
    ],
)
def test_unknown_status_is_a_word_of_no_table(api: Any, action: str, sent: dict[str, str]) -> None:
    before = api.ok(action, **sent)
    api.fault(action, "unknown_status", times=1)
    assert api.ok(action, **sent) == {**before, "status": "awaiting-review"}


def test_unknown_status_reaches_into_lists(api: Any) -> None:
    api.fault("domain/list", "unknown_status", times=1)
    assert {row["status"] for row in api.ok("domain/list")["domains"]} == {"awaiting-review"}


def test_already_exists_is_told_to_the_buyer(api: Any) -> None:
    owner = api.contact()
    api.fault("*", "already_exists", times=1)
    assert api.code("domain/create", domain="lighthouse.com", ownerContactID=owner) == 2010
    assert executed(api) == ["contact/create", "domain/create"]


@pytest.mark.parametrize(
    ("action", "sent", "code"),
    [
        ("service/create", {"serviceName": "lighthouse.com", "productkey": "mini"}, 4007),
        ("service/mailcreate", MAIL, 4004),
        ("user/create", {"username": "new.user", "password": "long-enough"}, 3501),
        ("user/adddomain", {"username": "iker", "domainName": NAME}, 3502),
    ],
)
def test_already_exists_has_a_code_per_kind(api: Any, action: str, sent: dict[str, str], code: int) -> None:
    api.fault("*", "already_exists", times=1)
    assert api.code(action, **sent) == code
    assert executed(api) == [action]


def test_already_exists_leaves_other_replies_alone(api: Any) -> None:
    api.fault("*", "already_exists")
    assert api.ok("service/getinfo", serviceName=NAME)["name"] == NAME
    assert api.code("service/mailcreate", **{**MAIL, "password": ""}) == 101


@pytest.mark.parametrize(
    ("action", "key", "sent"),
    [
        ("domain/list", "domains", {}),
        ("contact/list", "contacts", {}),
        ("service/list", "services", {}),
        ("service/maillist", "mail", {"serviceName": NAME}),
        ("service/dnslist", "dns", {"serviceName": NAME}),
        ("ssl/list", "ssl", {}),
        ("user/list", "users", {}),
    ],
)
def test_missed_listing_lacks_one_object_once(api: Any, action: str, key: str, sent: dict[str, str]) -> None:
    whole = api.ok(action, **sent)
    api.fault(action, "missed", times=1)
    less = api.ok(action, **sent)
    assert less[key] == whole[key][:-1]
    assert less["queryInfo"]["total"] == whole["queryInfo"]["total"] - 1
    assert api.ok(action, **sent) == whole


def test_missed_leaves_what_is_no_listing_alone(api: Any) -> None:
    api.fault("*", "missed")
    assert api.ok("service/getinfo", serviceName=NAME)["name"] == NAME


@pytest.mark.parametrize("kind", ["session_expired", "too_many_sessions"])
def test_fault_of_a_protocol_with_sessions_cannot_be_planted(api: Any, kind: str) -> None:
    body = json.dumps({"family": "mrdomain", "action": "*", "kind": kind}).encode()
    assert api.raw("POST", api.sandbox.control_url + "/faults", body)[0] == 400
