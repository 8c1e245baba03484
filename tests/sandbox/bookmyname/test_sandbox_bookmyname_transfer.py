"""Transfers: what is known of a name elsewhere, the owner that comes with it, failing and starting again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest


def test_transfer_brings_a_domain_with_another_year_and_its_owner(api: Any) -> None:
    result = api.call("domain_transfer", "taken-name.com", "1234secret5678")
    tid, owner = result["retfields"]["tid"], result["retfields"]["owner_id"]
    assert result["retval"] == tid
    before = api.info("taken-name.com")
    assert (before["registrar_expiration"], before["registry_status"]) == ("0000-00-00 00:00:00", str(0x2000))
    api.settle()
    after = api.info("taken-name.com")
    assert (api.status(tid), after["registry_status"], after["owner_id"]) == ("Done", "0", owner)
    assert after["registrar_creation"] < before["lastupdate"] < after["registrar_expiration"]
    assert api.ok("contact_info", "", owner)["email"] == "holder@taken-name.com"
    (entry,) = api.journal("domain_transfer")
    assert (entry["arguments"]["authkey"], entry["price"]) == ("********", "5.00")


def test_transfer_takes_longer_than_a_registration(api: Any) -> None:
    tid = api.ok("domain_transfer", "taken-name.com", "key")["tid"]
    api.advance(15)
    assert api.status(tid) in ("Wait", "ToProcess")
    api.advance(60)
    assert api.status(tid) == "Done"


def test_second_order_while_it_is_running_is_pending(api: Any) -> None:
    api.ok("domain_transfer", "taken-name.com", "key")
    assert api.code("domain_transfer", "taken-name.com", "key") == (-1, -2)
    assert api.code("domain_transfer", "kaas-webshop.com", "key") == (-1, -2)


@pytest.mark.parametrize(
    ("name", "key"), [("taken-name.com", "wrong-key"), ("taken-name.com", "bad"), ("taken-novote.com", "key")]
)
def test_failed_transfer_is_started_again_without_being_billed(api: Any, name: str, key: str) -> None:
    first = api.ok("domain_transfer", name, key)
    api.settle()
    assert api.status(first["tid"]) == "Error"
    assert api.code("domain_info", name) == (0, 0)
    money = Decimal(api.state()["balance"])
    api.world(outside={name: {"vote": True}})
    again = api.ok("domain_transfer", name, "NewSecret5678")
    assert again["owner_id"] == first["owner_id"]
    api.settle()
    assert (api.status(again["tid"]), Decimal(api.state()["balance"])) == ("Done", money)
    rows = [row for row in api.journal() if row["subject"] == name]
    assert [(row["action"], row.get("price")) for row in rows] == [
        ("(error)", "5.00"),
        ("domain_transfer", None),
    ]


def test_fr_is_transferred_to_the_contact_of_extid(api: Any, born: dict[str, str]) -> None:
    owner = api.contact(**born)
    assert api.code("domain_transfer", "taken-name.fr", "") == (-1, -10)
    moved = api.ok("domain_transfer", "taken-name.fr", "", int(owner))
    assert moved["owner_id"] == owner
    api.settle()
    assert api.info("taken-name.fr")["owner_id"] == owner


def test_age_is_measured_on_the_worlds_clock(api: Any) -> None:
    now = api.control("GET", "/")["clock"][:10]
    api.world(outside={"elsewhere-held.com": {"created": now}})
    assert api.code("domain_transfer", "elsewhere-held.com", "key") == (-1, -8)
    api.advance(62 * 86400)
    assert api.code("domain_transfer", "elsewhere-held.com", "key")[0] == 1


@pytest.mark.parametrize(
    ("facts", "retval"), [({"locked": True}, -3), ({"pending": True}, -2), ({"whois": False}, -4)]
)
def test_world_says_what_holds_a_name_back(api: Any, facts: dict[str, bool], retval: int) -> None:
    api.world(outside={"elsewhere-held.com": facts})
    assert api.code("domain_transfer", "elsewhere-held.com", "key") == (-1, retval)


def test_key_that_the_world_knows_is_the_only_right_one(api: Any) -> None:
    api.world(outside={"elsewhere-held.com": {"authkey": "Right-1"}})
    words = []
    for key in ("Almost-1", "Right-1"):
        tid = api.ok("domain_transfer", "elsewhere-held.com", key)["tid"]
        api.settle()
        words.append(api.status(tid))
    assert words == ["Error", "Done"]
