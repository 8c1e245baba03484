"""The control port: state, changes behind the client's back, resets and the state file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from registrar.sandbox import start


def refused(api: Any, **data: Any) -> str:
    """The sentence of a change that is refused."""
    with pytest.raises(AssertionError) as caught:
        api.world(**data)
    return str(caught.value)


def test_seed_has_domains_contacts_hosts_and_no_name_of_another_registrar(api: Any) -> None:
    state = api.state()
    assert 20 <= len(state["domains"]) <= 32
    assert len([row for row in state["contacts"] if row["parent_id"] == 13490]) == 8
    assert len(state["hosts"]) == 2
    theirs = {row["name"] for row in api.control("GET", "/state/mrdomain")["domains"]}
    assert not theirs & {row["domain"] for row in state["domains"]}


def test_reset_gives_the_same_account_for_the_same_seed(api: Any) -> None:
    def look() -> Any:
        api.control("POST", "/reset", seed=4, start=1_700_000_000, speed=0)
        return api.state()

    first = look()
    api.buy("lighthouse.com")
    assert look() == first


def test_reset_takes_domains_balance_and_limits_for_this_family(api: Any) -> None:
    api.control("POST", "/reset", family="bookmyname", domains=300, balance=12.5, limits={"das": 7})
    state = api.state()
    assert (state["balance"], state["das"]["limit"]) == ("12.50", 7)
    assert len(api.ok("domain_list")) > 320


def test_domain_is_changed_behind_the_clients_back(api: Any) -> None:
    changes = {
        "registrar_expiration": "2031-05-06 07:08:09",
        "registrar_creation": "2011-05-06",
        "registry_status": 0x48,
        "authinfo": "Other",
        "status": "Suspended",
        "ns": ["a.example", "b.example", "c.example"],
        "owner_id": 20551,
    }
    api.world(domain="helene-gauthier.com", set=changes)
    record = api.info("helene-gauthier.com")
    assert record["registrar_expiration"] == "2031-05-06 07:08:09"
    assert record["registrar_creation"] == "2011-05-06 00:00:00"
    assert (record["registry_status"], record["status"], record["ns2"]) == ("72", "Suspended", "c.example")
    assert (record["authinfo"], record["owner_id"]) == ("Other", "20551")


def test_contact_and_host_are_changed_behind_the_clients_back(api: Any) -> None:
    api.world(contact=127743, set={"ville": "RENNES", "status": "UDRP"})
    contact = api.ok("contact_info", "", 127743)
    assert (contact["ville"], contact["status"]) == ("RENNES", "UDRP")
    assert api.code("contact_update", 127743, {"ville": "BREST"}) == (-1, -3)
    api.world(host="ns5.horizon-reseau.com", set={"ip": "192.0.2.5"})
    assert api.ok("host_info", "ns5.horizon-reseau.com")["ip"] == "192.0.2.5"
    api.world(remove_host="ns5.horizon-reseau.com")
    assert api.code("host_info", "ns5.horizon-reseau.com") == (0, 0)


@pytest.mark.parametrize("word", ["Done", "Error"])
def test_running_transaction_can_be_ended(api: Any, word: str) -> None:
    tid = api.ok("domain_renew", "horizon-reseau.net", 1)["tid"]
    before = api.info("horizon-reseau.net")["registrar_expiration"]
    api.world(transaction=int(tid), set={"status": word})
    after = api.info("horizon-reseau.net")
    assert (api.status(tid), after["registry_status"]) == (word, "64")
    assert (after["registrar_expiration"] > before) is (word == "Done")


def test_running_transaction_can_be_held(api: Any) -> None:
    tid = api.ok("domain_renew", "horizon-reseau.net", 1)["tid"]
    api.world(transaction=int(tid), set={"status": "ToProcess", "seconds": 86400})
    api.advance(86400)
    assert api.status(tid) == "ToProcess"
    api.world(transaction=int(tid), set={"status": "Wait"})
    assert api.status(tid) == "Wait"
    api.settle()
    assert api.status(tid) == "Done"
    assert "has ended" in refused(api, transaction=int(tid), set={"status": "Wait"})


def test_domain_comes_and_goes_without_a_request(api: Any) -> None:
    api.world(add_domain={"domain": "came-by-itself.fr", "set": {"registrar_expiration": "2030-01-01"}})
    assert api.info("came-by-itself.fr")["registrar_expiration"] == "2030-01-01 00:00:00"
    api.world(remove_domain="came-by-itself.fr")
    assert api.code("domain_info", "came-by-itself.fr") == (0, 0)
    assert api.code("domain_check", "came-by-itself.fr") == (-1, -4)


def test_domain_that_leaves_takes_its_transactions_with_it(api: Any) -> None:
    tid = api.ok("domain_renew", "horizon-reseau.net", 1)["tid"]
    api.world(remove_domain="horizon-reseau.net")
    api.settle()
    assert api.status(tid) == "Error"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"domain": "nowhere-here.com", "set": {}}, "no such domain"),
        ({"domain": "horizon-reseau.net", "set": {"colour": 1}}, "unknown or missing: colour"),
        ({"domain": "horizon-reseau.net", "set": {"registry_status": 99999}}, "registry_status must be"),
        ({"contact": 5, "set": {}}, "no such contact"),
        ({"contact": 127743, "set": {"handle": "X"}}, "unknown or missing: handle"),
        ({"host": "nonsense", "set": {"ip": "x"}}, "not a host"),
        ({"add_domain": {"domain": "x.xyz"}}, "cannot be added"),
        ({"server": "java"}, "server must be one of php, soaplite"),
        ({"das": {"dialect": "uk"}}, "dialect must be one of"),
        ({"das": {"colour": 1}}, "unknown or missing: colour"),
        ({"fail": {"domain_check": 1}}, "unknown or missing: domain_check"),
        ({"outside": {"x.com": {"colour": 1}}}, "unknown or missing: colour"),
        ({"limits": {"checks": 1}}, "limits are"),
        ({"balance": "much"}, "not an amount"),
        ({"colour": 1}, "unknown or missing: colour"),
    ],
)
def test_change_that_makes_no_sense_is_told_in_a_sentence(
    api: Any, data: dict[str, Any], sentence: str
) -> None:
    assert sentence in refused(api, **data)


def test_journal_holds_every_effect_once_with_arguments_and_masks(api: Any) -> None:
    changes = {"authinfo": "Secret-1", "ns0": "a.online.net", "ns1": ""}
    tid = api.ok("domain_update", "horizon-reseau.net", {**changes, "ns2": "c.online.net"})["tid"]
    api.advance(60)
    api.advance(60)
    (entry,) = api.journal()
    assert (entry["action"], entry["subject"]) == ("domain_update", "horizon-reseau.net")
    assert entry["results"] == {"tid": int(tid)}
    assert entry["arguments"] == {
        "authinfo": "********",
        "ns0": "a.online.net",
        "ns2": "c.online.net",
        "domain": "horizon-reseau.net",
    }


def test_reads_and_refusals_are_not_in_the_journal(api: Any) -> None:
    for call in (("domain_list",), ("domain_info", "horizon-reseau.com"), ("contact_list",), ("api_paysid",)):
        api.ok(*call)
    api.code("domain_create", {})
    assert api.journal() == []
    outcomes = [row["outcome"] for row in api.control("GET", "/requests")["requests"]]
    assert outcomes == ["ok", "ok", "ok", "ok", "-1/-5"]


def test_account_and_journal_survive_a_restart(tmp_path: Path, caller_of: Any) -> None:
    path = tmp_path / "world.json"
    with start(seed=5, state_file=path, speed=0) as first:
        api = caller_of(first)
        tid = api.ok("domain_create", api.order("lighthouse.com"))["tid"]
        api.world(
            server="soaplite",
            das={"dialect": "eurid", "words": {"x.eu": "RESERVED"}},
            fail={"domain_renew": 2},
        )
        api.world(outside={"elsewhere-held.com": {"authkey": "Right-1"}})
        before, journal = api.state(), api.journal()
    with start(seed=6, state_file=path) as second:
        api = caller_of(second)
        assert (api.state(), api.journal()) == (before, journal)
        assert api.status(tid) == "Wait"
        api.settle()
        assert (api.status(tid), len(api.journal("domain_create"))) == ("Done", 1)
        assert int(api.info("lighthouse.com")["registry_status"]) == 0


def test_accepted_order_is_in_the_state_file_before_it_is_done(tmp_path: Path, caller_of: Any) -> None:
    path = tmp_path / "world.json"
    with start(seed=5, state_file=path, speed=0) as sandbox:
        api = caller_of(sandbox)
        tid = api.ok("domain_renew", "horizon-reseau.net", 1)["tid"]
        saved = json.loads(path.read_text(encoding="utf-8"))["families"]["bookmyname"]
    assert int(tid) in [row["tid"] for row in saved["transactions"]]


def test_outage_closes_the_soap_port_only(api: Any) -> None:
    api.world(outage=True)
    with pytest.raises(ConnectionRefusedError):
        api.call("domain_list")
    assert b"RC = 0" in api.line(b"get 1.0 horizon-reseau.com\r\n")
    api.world(outage=False)
    assert api.code("domain_check", "available-name.com") == (1, 1)
