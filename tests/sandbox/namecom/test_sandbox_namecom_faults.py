"""Name.com's faults in its own words, the world behind the client's back, and the state file."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any

import pytest

from registrar.sandbox import start

MINE = "bluestem-studio.com"
ORDER = {"items": [{"order_type": "domain/create", "domain_name": "lighthouse.com", "period": 1}]}


def executed(api: Any) -> list[str]:
    return [row["action"] for row in api.journal()]


@pytest.mark.parametrize("code", ["203", "221", "240", "250", "251", "260", "261", "299"])
def test_coded_fault_answers_the_code_and_executes_nothing(api: Any, code: str) -> None:
    api.fault("order", f"code:{code}", times=1)
    assert api.error("POST", "order", ORDER)[0] == int(code)
    assert executed(api) == []


def test_code_of_another_shape_cannot_be_planted(api: Any) -> None:
    body = json.dumps({"family": "namecom", "action": "*", "kind": "code:1010"}).encode()
    assert api.http("POST", api.sandbox.control_url + "/faults", body)[0] == 400


def test_too_many_requests_are_http_429(api: Any) -> None:
    api.fault("order", "rate_limit", times=1)
    assert api.raw("POST", "order", ORDER)[0] == 429
    assert executed(api) == []


def test_cut_text_is_a_whole_body_of_half_a_document(api: Any) -> None:
    api.fault("order", "cut_text", times=1)
    status, text = api.raw("POST", "order", ORDER)
    assert status == 200
    assert text.startswith(b'{"result":')
    assert not text.endswith(b"}")
    assert executed(api) == ["domain/create"]


def test_latin1_reply_is_no_utf8(api: Any) -> None:
    api.fault("order", "latin1", times=1)
    text = api.raw("POST", "order", ORDER)[1]
    with pytest.raises(UnicodeDecodeError):
        text.decode("utf-8")
    assert json.loads(text.decode("latin-1"))["results"][0]["success"] is True
    assert executed(api) == ["domain/create"]


def test_unknown_status_is_a_code_of_no_table(api: Any) -> None:
    api.fault("domain/lock", "unknown_status", times=1)
    assert api.error("POST", f"domain/lock/{MINE}") == (120, "Command Queued For Review")
    assert executed(api) == ["domain/lock"]


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("order", ORDER, 240),
        ("domain/create", {"domain_name": "lighthouse.com", "period": 1}, 240),
        (f"dns/create/{MINE}", {"hostname": "x", "type": "A", "content": "1.1.1.1", "ttl": 300}, 204),
        (f"host/create/{MINE}", {"hostname": "ns8", "ip_address": "1.1.1.1"}, 204),
        (f"host/add_ip/{MINE}", {"hostname": "ns1", "ip_address": "1.1.1.1"}, 204),
    ],
)
def test_already_exists_is_told_to_its_maker(api: Any, path: str, body: Any, code: int) -> None:
    api.fault("*", "already_exists", times=1)
    reply = api.reply("POST", path, body)
    assert reply["result"]["code"] == code
    assert all(line["success"] is False for line in reply.get("results", []))
    assert len(executed(api)) == 1


def test_already_exists_leaves_other_replies_alone(api: Any) -> None:
    api.fault("*", "already_exists")
    assert api.get(f"domain/get/{MINE}")["domain_name"] == MINE
    assert api.error("POST", "dns/create/google.com", {})[1] == "Parameter Value Error - Domain"


@pytest.mark.parametrize(
    ("path", "key"),
    [("domain/list", "domains"), (f"dns/list/{MINE}", "records"), (f"host/list/{MINE}", "hosts")],
)
def test_missed_listing_lacks_one_object_once(api: Any, path: str, key: str) -> None:
    whole = len(api.get(path)[key])
    api.fault(path.rpartition("/")[0] if MINE in path else path, "missed", times=1)
    assert [len(api.get(path)[key]) for _ in range(2)] == [whole - 1, whole]


def test_session_ends_in_the_middle(api: Any) -> None:
    login = {"username": "demo-ote", "api_token": "demo"}
    header = {"Api-Session-Token": api.ok("POST", "login", login, {})["session_token"]}
    api.fault("order", "session_expired", times=1)
    assert api.error("POST", "order", ORDER, header)[0] == 251
    assert executed(api) == []
    assert api.error("GET", "account/get", headers=header)[0] == 251
    again = {"Api-Session-Token": api.ok("POST", "login", login, {})["session_token"]}
    assert again != header
    assert api.ok("POST", "order", ORDER, again)["results"][0]["success"] is True


def test_twist_of_another_protocol_cannot_be_planted(api: Any) -> None:
    body = json.dumps({"family": "namecom", "action": "*", "kind": "too_many_sessions"}).encode()
    assert api.http("POST", api.sandbox.control_url + "/faults", body)[0] == 400


@pytest.mark.parametrize(("kind", "effects"), [("reset_before", 0), ("reset_after", 1), ("late_effect", 0)])
def test_reset_says_nothing_of_what_happened(api: Any, kind: str, effects: int) -> None:
    api.fault("order", kind, times=1)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        api.raw("POST", "order", ORDER)
    assert len(executed(api)) == effects
    api.advance(60)
    assert len(executed(api)) == (0 if kind == "reset_before" else 1)


def test_garbage_comes_instead_of_an_executed_reply(api: Any) -> None:
    api.fault("domain/*", "garbage", times=1)
    assert b"It works" in api.raw("POST", f"domain/unlock/{MINE}")[1]
    assert executed(api) == ["domain/unlock"]


def test_world_changes_behind_the_clients_back(api: Any) -> None:
    api.world(
        domain=MINE,
        set={
            "locked": False,
            "auto_renew": False,
            "expire_date": "2031-05-06",
            "create_date": "2020-01-02",
            "whois_privacy": None,
            "nameservers": ["a.one.net", "b.one.net"],
            "records": [{"name": MINE, "type": "MX", "content": "mx.one.net", "priority": 5}],
            "hosts": {},
            "registrant": {"email": "new@example.com"},
        },
    )
    data = api.get(f"domain/get/{MINE}")
    assert (data["expire_date"], data["locked"], data["auto_renew"]) == ("2031-05-06 23:59:59", False, False)
    assert data["nameservers"] == ["a.one.net", "b.one.net"]
    assert data["contacts"][0]["email"] == "new@example.com"
    assert [row["priority"] for row in api.get(f"dns/list/{MINE}")["records"]] == ["5"]
    assert api.get(f"host/list/{MINE}") == {"hosts": []}
    assert executed(api) == []


def test_domains_come_and_go_without_the_client(api: Any) -> None:
    api.world(add_domain={"domain": "lighthouse.com", "set": {"locked": True}})
    assert api.get("domain/get/lighthouse.com")["locked"] is True
    api.world(remove_domain="lighthouse.com")
    assert "lighthouse.com" not in api.get("domain/list")["domains"]
    assert api.post("domain/check", keyword="lighthouse.com")["domains"]["lighthouse.com"]["avail"] is False


@pytest.mark.parametrize(
    "data",
    [
        {"weather": "rain"},
        {"balance": "much"},
        {"balance": "NaN"},
        {"domain": "google.com", "set": {}},
        {"domain": MINE, "set": {"colour": "red"}},
        {"add_domain": {"domain": MINE}},
        {"remove_domain": "google.com"},
    ],
)
def test_change_that_cannot_be_is_refused(api: Any, data: dict[str, Any]) -> None:
    status, _ = api.http("POST", api.sandbox.control_url + "/world/namecom", json.dumps(data).encode())
    assert status == 400


@pytest.mark.parametrize("options", [{"limits": {"checks": 1}}, {"balance": "x"}, {"domains": -1}])
def test_reset_that_cannot_be_is_refused(api: Any, options: dict[str, Any]) -> None:
    body = json.dumps({"family": "namecom", **options}).encode()
    assert api.http("POST", api.sandbox.control_url + "/reset", body)[0] == 400
    api.control("POST", "/reset", seed=1)


def test_more_domains_for_load(api: Any) -> None:
    api.control("POST", "/reset", seed=1, family="namecom", domains=300)
    assert len(api.get("domain/list")["domains"]) == 325


def test_names_of_another_registrars_account_are_not_for_sale(api: Any) -> None:
    data = api.post("domain/check", keyword="soler-estudio.com")["domains"]
    assert data["soler-estudio.com"]["avail"] is False


def test_account_survives_a_restart(tmp_path: Path, caller_of: Any) -> None:
    path = tmp_path / "world.json"
    with start(seed=3, speed=0, state_file=path) as first:
        api = caller_of(first)
        api.reply("POST", "order", ORDER)
        api.post(f"dns/create/{MINE}", hostname="kept", type="A", content="1.1.1.1", ttl=300)
        api.order({"order_type": "backorder/create", "domain_name": "google.com"})
        api.world(assume={"priority": "always"})
        before = (api.state(), api.journal(), api.get("domain/list"))
    with start(seed=4, speed=0, state_file=path) as second:
        api = caller_of(second)
        assert (api.state(), api.journal(), api.get("domain/list")) == before
        api.world(free_name="google.com")
        assert "google.com" in api.get("domain/list")["domains"]
