"""The control port, the world behind it, limits of use, and that several worlds share nothing."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from registrar.sandbox import start


def refused(api: Any, method: str, path: str, body: bytes = b"{}") -> tuple[int, str]:
    status, answer, _ = api.raw(method, api.sandbox.control_url + path, body)
    return status, json.loads(answer)["error"]


def test_root_describes_the_sandbox(api: Any) -> None:
    data = api.control("GET", "/")
    assert data["families"]["mrdomain"] == api.sandbox.mrdomain_url
    assert data["families"]["namecom"] == api.sandbox.url("namecom")
    assert "timeout_after" in data["fault_kinds"]
    assert "POST /settle" in data["routes"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/faults", b'{"family": "nobody", "action": "*", "kind": "slow"}'),
        ("POST", "/faults", b'{"family": "mrdomain", "action": "*", "kind": "explode"}'),
        ("POST", "/faults", b'{"family": "mrdomain", "action": "*", "kind": "slow", "rate": 2}'),
        ("POST", "/faults", b'{"family": "mrdomain", "action": "*", "kind": "slow", "times": 0}'),
        ("POST", "/faults", b"not json"),
        ("POST", "/faults", b"[]"),
        ("POST", "/advance", b"{}"),
        ("POST", "/advance", b'{"seconds": -1}'),
        ("POST", "/reset", b'{"sed": 1}'),
        ("POST", "/reset", b'{"limits": {"checks": "many"}}'),
        ("POST", "/reset", b'{"limits": 5}'),
        ("POST", "/reset", b'{"balance": "NaN"}'),
        ("POST", "/reset", b'{"domains": -1}'),
        ("GET", "/state/nobody", b""),
        ("POST", "/world/mrdomain", b'{"weather": "rain"}'),
        ("POST", "/world/mrdomain", b'{"domain": "google.com", "set": {}}'),
        ("POST", "/world/mrdomain", b'{"domain": "alder-hosting.com", "set": {"colour": 1}}'),
        ("POST", "/world/mrdomain", b'{"domain": "alder-hosting.com", "set": {"status": "happy"}}'),
        ("POST", "/world/mrdomain", b'{"balance": "much"}'),
    ],
)
def test_bad_request_is_refused_with_a_sentence(api: Any, method: str, path: str, body: bytes) -> None:
    status, sentence = refused(api, method, path, body)
    assert status == 400
    assert sentence


def test_unknown_path_is_not_found(api: Any) -> None:
    assert refused(api, "GET", "/nothing")[0] == 404
    assert refused(api, "DELETE", "/journal")[0] == 404


def test_same_seed_and_requests_give_the_same_answers(api: Any) -> None:
    def run(seed: int) -> list[Any]:
        api.control("POST", "/reset", seed=seed, speed=0, start=1_800_000_000, limits={"checks": 1000})
        answers = [api.ok("domain/list"), api.ok("contact/list")]
        answers += [
            api.ok("domain/check", domain=f"{word}.com") for word in ("river", "stone", "lantern", "kite")
        ]
        answers.append(api.ok("domain/create", domain="lighthouse.com", ownerContactID=api.contact()))
        api.advance(6)
        answers.append(api.ok("domain/getinfo", domain="lighthouse.com"))
        return answers

    first = run(3)
    assert run(3) == first
    assert run(4) != first


def test_reset_can_ask_for_more_domains_and_another_balance(api: Any) -> None:
    api.control("POST", "/reset", seed=1, domains=500, balance="12.50")
    assert api.ok("domain/list", pageLength=1)["queryInfo"]["total"] == 543
    assert api.ok("account/info")["balance"] == 12.5
    rows = [
        row for page in range(1, 7) for row in api.ok("domain/list", pageLength=100, page=page)["domains"]
    ]
    assert len({row["domainID"] for row in rows}) == len({row["name"] for row in rows}) == 543


def test_journal_since_gives_the_later_entries(api: Any) -> None:
    for _ in range(3):
        api.contact()
    later = api.control("GET", "/journal?since=2")["journal"]
    assert [row["seq"] for row in later] == [3]
    assert later[0]["clock"].endswith("Z")


def test_settle_finishes_everything_that_is_pending(api: Any) -> None:
    api.ok("domain/create", domain="lighthouse.com", ownerContactID=api.contact())
    api.control("POST", "/settle")
    statuses = {row["name"]: row["status"] for row in api.ok("domain/list")["domains"]}
    assert (
        statuses["lighthouse.com"] == statuses["willford-moves.me"] == statuses["alderpanel.app"] == "active"
    )
    assert statuses["muellerbau-alt.com"] == "expired-redemption"


def test_domain_changed_behind_the_panels_back(api: Any) -> None:
    changes = {"status": "expired-renewgrace", "tsExpir": "2031-05-06", "tag": "odd", "transferBlock": False}
    api.world(domain="camillefournier.com", set=changes)
    info = api.ok("domain/getinfo", domain="camillefournier.com")
    assert {key: info[key] for key in changes} == changes


def test_contact_changed_behind_the_panels_back(api: Any) -> None:
    key = api.contact()
    api.world(contact=key, set={"email": "new@example.com", "verificationstatus": "failed"})
    data = api.ok("contact/getinfo", contactID=key)
    assert (data["email"], data["verificationstatus"]) == ("new@example.com", "failed")


def test_domain_removed_or_added_behind_the_panels_back(api: Any) -> None:
    api.world(remove_domain="camillefournier.com")
    assert api.code("domain/getinfo", domain="camillefournier.com") == 2008
    assert api.ok("domain/check", domain="camillefournier.com")["domains"][0]["available"] is False
    api.world(add_domain={"domain": "lighthouse.com", "set": {"tag": "found"}})
    assert api.ok("domain/getinfo", domain="lighthouse.com")["tag"] == "found"


def test_name_taken_by_somebody_else_and_freed_again(api: Any) -> None:
    api.world(take_name="lighthouse.com")
    assert api.code("domain/create", domain="lighthouse.com", ownerContactID=api.contact()) == 2010
    api.world(free_name="lighthouse.com")
    api.ok("domain/create", domain="lighthouse.com", ownerContactID=api.contact())


@pytest.mark.parametrize(("status", "code"), [("blocked", 1000), ("deleted", 1001), ("inactive", 1002)])
def test_standing_of_the_account_answers_its_code(api: Any, status: str, code: int) -> None:
    api.world(account_status=status)
    assert api.code("account/info") == code


def test_ip_filter_resets_or_answers_1007(api: Any) -> None:
    api.world(ip_filter=True)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.post("tool/hello")
    api.world(ip_filter="code")
    assert api.code("tool/hello") == 1007
    api.world(ip_filter=False)
    assert api.post("tool/hello")["success"] is True


def test_too_many_checks_block_for_a_minute_and_the_second_time_for_good(api: Any) -> None:
    api.control("POST", "/reset", seed=1, limits={"checks": 3})
    codes = [api.post("domain/check", domain="lighthouse.com")["errorCode"] for _ in range(5)]
    assert codes == [0, 0, 0, 1010, 1010]
    assert api.code("account/info") == 1010
    assert api.state()["blocked"] is True
    api.advance(61)
    codes = [api.post("domain/check", domain="lighthouse.com")["errorCode"] for _ in range(4)]
    assert codes == [0, 0, 0, 1030]
    api.advance(3600)
    assert api.code("tool/hello") == 1030
    api.control("POST", "/reset", seed=1)
    assert api.post("tool/hello")["success"] is True


def test_too_many_errors_block_what_follows(api: Any) -> None:
    api.control("POST", "/reset", seed=1, limits={"errors": 2})
    assert [api.post("domain/getinfo")["errorCode"] for _ in range(4)] == [101, 101, 101, 1010]
    assert api.world(unblock=True) == {"unblock": True}
    assert api.post("tool/hello")["success"] is True


def test_checks_spread_over_time_block_nobody(api: Any) -> None:
    api.control("POST", "/reset", seed=1, limits={"checks": 3})
    for _ in range(8):
        api.ok("domain/check", domain="lighthouse.com")
        api.advance(21)


def test_two_sandboxes_in_one_process_share_nothing(api: Any, caller_of: Any) -> None:
    with start(seed=2) as other_sandbox:
        other = caller_of(other_sandbox)
        other.ok("domain/create", domain="lighthouse.com", ownerContactID=other.contact())
        assert api.journal() == []
        assert api.ok("domain/check", domain="lighthouse.com")["domains"][0]["available"] is True


def test_one_name_wanted_by_many_at_once_is_sold_once(api: Any) -> None:
    owner = api.contact()
    codes: list[int] = []

    def buy() -> None:
        codes.append(api.post("domain/create", domain="lighthouse.com", ownerContactID=owner)["errorCode"])

    buyers = [threading.Thread(target=buy) for _ in range(12)]
    for thread in buyers:
        thread.start()
    for thread in buyers:
        thread.join(20)
    assert sorted(codes) == [0] + [2010] * 11
    assert sum(row["action"] == "domain/create" for row in api.journal()) == 1
    assert api.state()["balance"] == "4990.05"
