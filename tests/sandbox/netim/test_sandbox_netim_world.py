"""The control port's side of Netim: state, changes behind the client's back, reset, and the state file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registrar.sandbox import start

MINE = "walsh-boatyard.com"


def test_seed_is_an_account_in_many_states_that_collides_with_no_other(api: Any) -> None:
    state = api.state()
    assert len(state["domains"]) == 34
    assert len(state["contacts"]) == 11
    assert len({row["status"] for row in state["domains"]}) == 10
    assert len(state["hosts"]) == 3
    assert len(state["certificates"]) == 1
    others = api.control("GET", "/state/mrdomain")["domains"]
    assert not {row["domain"] for row in state["domains"]} & {row["punycode"] for row in others}


def test_dates_of_the_seed_fit_its_statuses(api: Any) -> None:
    api.settle()
    api.advance(1)
    before = {row["domain"]: row["status"] for row in api.state()["domains"]}
    assert before["kinsale-moorings.com"] == "EXPIRED"
    assert before["walsh-chandlery.com"] == "QUARANTINE, NOT DELEGATED"
    assert before["taken-voiles-et-vent.com"] == "ACTIVE, DELEGATED"


def test_reset_can_ask_for_domains_balance_and_limits(api: Any) -> None:
    api.reset(domains=300, balance="12.50", limits={"sessions": 1})
    assert len(api.ok("queryDomainList")) == 332
    assert api.balance() == "12.50"
    assert api.told(api.post(api.plain("sessionOpen", "DEMO01", "demo", "EN")))[0] == "E90-M9001"


@pytest.mark.parametrize(
    "options",
    [
        {"domains": -1},
        {"balance": "much"},
        {"balance": "NaN"},
        {"limits": {"checks": 5}},
        {"limits": {"sessions": True}},
    ],
)
def test_bad_reset_is_refused_with_a_sentence(api: Any, options: dict[str, Any]) -> None:
    assert api.refused("/reset", family="netim", **options)


@pytest.mark.parametrize(
    "data",
    [
        {"weather": "rain"},
        {"domain": "google.com", "set": {}},
        {"domain": MINE, "set": {"colour": "red"}},
        {"domain": MINE, "set": {"idOwner": "XX999"}},
        {"domain": MINE, "set": {"odd": {"colour": "red"}}},
        {"domain": MINE, "set": {"dateExpiration": "tomorrow"}},
        {"contact": "XX999", "set": {}},
        {"contact": "DEMO01", "set": {"colour": "red"}},
        {"operation": 1, "set": {"status": "Done"}},
        {"add_domain": {"domain": MINE}},
        {"add_domain": {"domain": "lamp.zz"}},
        {"remove_domain": "google.com"},
        {"session_timeout": -1},
        {"max_sessions": "many"},
        {"owner_identity": "x"},
    ],
)
def test_bad_change_is_refused_with_a_sentence(api: Any, data: dict[str, Any]) -> None:
    assert api.refused("/world/netim", **data)


def test_domain_is_changed_behind_the_clients_back(api: Any) -> None:
    fields = {
        "status": "HOLD, NOT DELEGATED",
        "dateExpiration": "2031-05-06",
        "domainIsLock": False,
        "ns": ["a.b.example"],
        "idTech": "DEMO01",
        "authID": "code",
        "autoRenew": True,
        "note": "x",
        "zone": [{"subdomain": "x", "kind": "A", "value": "203.0.113.1", "options": {}}],
    }
    api.world(domain=MINE, set=fields)
    info = api.info(MINE)
    assert (info["status"], info["dateExpiration"], info["domainIsLock"]) == (
        "HOLD, NOT DELEGATED",
        "2031-05-06",
        "0",
    )
    assert (info["ns"], info["idTech"], info["authID"], info["autoRenew"]) == (
        ["a.b.example"],
        "DEMO01",
        "code",
        "1",
    )
    assert [row["host"] for row in api.ok("queryZoneList", MINE)] == [f"x.{MINE}"]
    assert not api.journal()


def test_domain_can_tell_curious_things(api: Any) -> None:
    odd = {"dateExpiration": "0000-00-00", "status": "HAPPY", "ns": ["<script>"], "authID": "\u2603 & <b>"}
    api.world(domain=MINE, set={"odd": odd})
    assert {key: api.info(MINE)[key] for key in odd} == odd
    assert api.ok("queryDomainList", MINE)[0]["dateExpiration"] == "0000-00-00"


def test_domain_comes_and_goes_without_a_request(api: Any) -> None:
    api.world(add_domain={"domain": "lamp-of-mine.com", "set": {"note": "new"}})
    assert api.info("lamp-of-mine.com")["status"] == "ACTIVE, DELEGATED"
    api.world(remove_domain="lamp-of-mine.com")
    assert api.fails("domainInfo", "lamp-of-mine.com").startswith("E15-M1502")
    assert api.ok("domainCheck", "lamp-of-mine.com")[0]["result"] == "NOT AVAILABLE"


def test_contact_balance_and_limits_are_changed(api: Any) -> None:
    api.world(contact="DEMO01", set={"city": "Lens", "additional": {"EU_CITIZENSHIP": "FR"}})
    assert api.ok("contactInfo", "DEMO01")["city"] == "Lens"
    assert api.world(balance=7, low_limit=1)["balance"] == "7.00"
    assert api.balance() == "7.00"
    api.world(session_timeout=30, max_sessions=1)
    assert api.state()["limits"] == {"sessions": 1, "timeout": 30}


def test_sessions_can_be_ended_and_logins_refused(api: Any) -> None:
    assert api.session
    assert api.world(expire_sessions=True) == {"expire_sessions": 1}
    assert api.fails("hello").startswith("E02 : ")
    api.world(login_refused=True)
    assert api.told(api.post(api.plain("sessionOpen", "DEMO01", "demo", "EN")))[0] == "E01-M0101"


@pytest.mark.parametrize(
    ("status", "message", "told"),
    [("Done", "", ""), ("Failed", "Their words", "Their words"), ("Cancelled", "", "")],
)
def test_pending_operation_is_ended_as_the_world_says(api: Any, status: str, message: str, told: str) -> None:
    number = api.create("lighthouse.fr")["ID_OPE"]
    api.world(operation=int(number), set={"status": status, "message": message})
    answer = api.ok("queryOpe", number)
    assert (answer["STATUS"], answer["MESSAGE"]) == (status, told)
    assert len(api.journal("domainCreate")) == (status == "Done")
    assert "must be" in api.refused("/world/netim", operation=4958001, set={"status": "Happy"})


def test_state_file_keeps_everything_even_what_is_only_pending(caller_of: Any, tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    with start(seed=1, state_file=file) as sandbox:
        api = caller_of(sandbox)
        session = api.session
        api.owner(additional={"item": {"key": "ES_NIF", "value": "1"}})
        number = api.create("lighthouse.fr")["ID_OPE"]
        saved = file.read_text()
        before = api.state()
    assert number in saved
    file.write_text(saved)
    with start(state_file=file) as sandbox:
        api = caller_of(sandbox)
        assert api.value(api.post(api.plain("hello", session))[1]) == "Hello DEMO01"
        after = api.state()
        for state in (before, after):
            for row in state["operations"]:
                row.pop("in", None)
            state.pop("clock")
        assert after == before
        api.settle()
        assert api.ok("queryOpe", number)["STATUS"] == "Done"
        assert [row["subject"] for row in api.journal("domainCreate")] == ["lighthouse.fr"]


def test_same_seed_and_requests_give_the_same_answers(api: Any) -> None:
    def run(seed: int) -> list[Any]:
        api.reset(seed=seed, speed=0, start=1_800_000_000)
        answers = [
            api.session,
            api.ok("queryDomainList"),
            api.create("lighthouse.com"),
            api.create("lighthouse.fr"),
        ]
        api.advance(30)
        return [*answers, api.info("lighthouse.com"), api.ok("queryOpePending")]

    first = run(3)
    assert run(3) == first
    assert run(4) != first


def test_names_of_one_registrar_are_taken_at_the_others(api: Any) -> None:
    api.create("lighthouse.com")
    assert api.ok("domainCheck", "alder-hosting.com")[0]["result"] == "NOT AVAILABLE"
    assert api.sandbox.world.registered("lighthouse.com")
    assert not api.sandbox.world.registered("refuse-cidrerie.fr")
