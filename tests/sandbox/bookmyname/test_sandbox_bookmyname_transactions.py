"""Transactions: their words, their bits, their ends, and the money behind them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

RUNNING = {
    "gauthier-ceramique.com": ("domain_create", 0x400),
    "deux-rives-2019.info": ("domain_delete", 0x800),
    "miel-leman.net": ("domain_renew", 0x1000),
    "kaas-webshop.com": ("domain_transfer", 0x2000),
    "whitman-prints.com": ("domain_update", 0x4000),
}


def balance(api: Any) -> Decimal:
    return Decimal(api.state()["balance"])


def test_words_follow_one_another_on_the_clock(api: Any) -> None:
    api.control("POST", "/reset", seed=1, speed=0)
    tid = api.ok("domain_renew", "horizon-reseau.com", 1)["tid"]
    seen = [api.status(tid)]
    for _ in range(90):
        api.advance(0.1)
        if api.status(tid) != seen[-1]:
            seen.append(api.status(tid))
    assert seen == ["Wait", "ToProcess", "Done"]


def test_status_names_the_transaction(api: Any) -> None:
    tid = api.ok("domain_renew", "horizon-reseau.com", 1)["tid"]
    result = api.call("api_status", int(tid))
    assert result == {"retcode": "1", "retval": tid, "retfields": {"tid": tid, "status": "Wait"}}


@pytest.mark.parametrize("name", RUNNING)
def test_seeded_domain_shows_the_bit_of_what_is_running(api: Any, name: str) -> None:
    action, bit = RUNNING[name]
    (transaction,) = [row for row in api.state()["transactions"] if row["subject"] == name]
    assert transaction["action"] == action
    assert int(api.info(name)["registry_status"]) & 0x7C00 == bit
    assert api.status(str(transaction["tid"])) in ("Wait", "ToProcess")
    api.settle()
    assert api.status(str(transaction["tid"])) == "Done"


@pytest.mark.parametrize("name", sorted(RUNNING))
def test_second_order_is_denied_while_one_is_running(api: Any, name: str) -> None:
    assert api.code("domain_renew", name, 1) == (-1, -2)
    assert api.code("domain_update", name, {"authinfo": "x"}) == (-1, -2)
    assert api.code("domain_delete", name) == (-1, -3 if name == "deux-rives-2019.info" else -2)


def test_orders_from_before_the_world_are_in_the_journal_in_brackets(api: Any) -> None:
    api.settle()
    actions = [row["action"] for row in api.journal()]
    assert sorted(actions) == sorted(f"({action})" for action, _ in [*RUNNING.values(), ("host_create", 0)])


def test_old_transactions_keep_their_last_word(api: Any) -> None:
    words = {row["subject"]: row["status"] for row in api.state()["transactions"] if not row["open"]}
    assert words == {"helene-gauthier.fr": "Done", "gauthier-poterie.com": "Error"}


def test_create_that_the_registry_refuses_ends_in_error_and_costs_nothing(api: Any) -> None:
    before = balance(api)
    tid = api.ok("domain_create", api.order("cancel-this.com", period=2))["tid"]
    api.advance(60)
    assert (api.status(tid), balance(api)) == ("Error", before)
    assert api.code("domain_info", "cancel-this.com") == (0, 0)
    assert api.code("domain_check", "cancel-this.com") == (1, 1)
    (entry,) = [row for row in api.journal() if row["subject"] == "cancel-this.com"]
    assert entry["action"] == "(error)"
    assert entry["results"] == {"tid": int(tid), "of": "domain_create"}
    assert "price" not in entry


def test_effect_is_in_the_journal_once_it_is_done(api: Any) -> None:
    tid = api.ok("domain_create", api.order("lighthouse.com"))["tid"]
    assert api.journal("domain_create") == []
    api.settle()
    (entry,) = api.journal("domain_create")
    assert (entry["subject"], entry["results"]["tid"]) == ("lighthouse.com", int(tid))
    assert entry["arguments"]["period"] == "1"


def test_name_that_refuses_is_free_in_a_check_and_unavailable_in_the_order(api: Any) -> None:
    assert api.code("domain_check", "refuse-this.com") == (1, 1)
    assert api.code("domain_create", api.order("refuse-this.com")) == (-1, -2)


def test_name_that_somebody_else_takes_meanwhile_ends_in_error(api: Any) -> None:
    tid = api.ok("domain_create", api.order("lighthouse.com"))["tid"]
    api.world(take_name="lighthouse.com")
    api.settle()
    assert api.status(tid) == "Error"
    assert api.code("domain_check", "lighthouse.com") == (-1, -4)


@pytest.mark.parametrize("function", ["domain_renew", "domain_update", "domain_delete"])
def test_transaction_that_is_told_to_fail_leaves_the_domain_as_it_was(api: Any, function: str) -> None:
    api.world(fail={function: 1})
    values = {"domain_renew": [1], "domain_update": [{"authinfo": "Changed"}], "domain_delete": []}[function]
    before = api.info("horizon-reseau.net")
    tid = api.ok(function, "horizon-reseau.net", *values)["tid"]
    api.settle()
    assert (api.status(tid), api.info("horizon-reseau.net")) == ("Error", before)
    assert api.state()["fail"] == {function: 0}
    again = api.ok(function, "horizon-reseau.net", *values)["tid"]
    api.settle()
    assert api.status(again) == "Done"


def test_prices_follow_the_manuals_list_and_the_years(api: Any) -> None:
    before = balance(api)
    api.ok("domain_create", api.order("lighthouse.com", period=3))
    api.ok("domain_create", api.order("brand-new.tw"))
    api.ok("domain_renew", "miel-express.mobi", 2)
    assert balance(api) == before
    api.advance(60)
    assert before - balance(api) == 15 + 15 + 20
    assert sorted(row["price"] for row in api.journal() if "price" in row) == ["15.00", "15.00", "20.00"]
    assert str(balance(api)) in [row.get("balance") for row in api.journal()]


def test_empty_account_is_served_all_the_same(api: Any) -> None:
    api.world(balance=1)
    assert api.code("domain_create", api.order("lighthouse.com"))[0] == 1
    api.advance(60)
    assert balance(api) == -4


def test_money_is_kept_for_what_is_running(api: Any) -> None:
    running = sum(Decimal(row["price"] or 0) for row in api.state()["transactions"] if row["open"])
    api.world(balance=str(running + 7), unpaid="refuse")
    owner = api.contact()
    assert api.code("domain_create", api.order("lighthouse.com", owner))[0] == 1
    assert api.code("domain_create", api.order("lighthouse.fr", owner)) == (-1, -6)
    assert api.code("domain_create", api.order("lighthouse-two.com", owner)) == (-1, -4)


@pytest.mark.parametrize(
    ("function", "values", "retval"),
    [
        ("domain_create", None, -4),
        ("domain_renew", ["horizon-reseau.net", 1], -2),
        ("domain_transfer", ["taken-name.com", "key"], -6),
    ],
)
def test_empty_account_is_refused_where_the_world_says_so(
    api: Any, function: str, values: Any, retval: int
) -> None:
    api.world(balance=0, unpaid="refuse")
    owner = api.contact()
    count = len(api.journal())
    assert api.code(function, *(values or [api.order("lighthouse.com", owner)])) == (-1, retval)
    assert len(api.journal()) == count


def test_empty_account_lets_the_transaction_fail_where_the_world_says_so(api: Any) -> None:
    api.world(balance=0, unpaid="error")
    tid = api.ok("domain_create", api.order("lighthouse.com"))["tid"]
    api.advance(60)
    assert (api.status(tid), balance(api)) == ("Error", 0)


def test_host_lives_from_create_to_delete(api: Any) -> None:
    host = "ns7.horizon-reseau.com"
    api.ok("host_create", host, "192.0.2.7")
    assert api.code("host_info", host) == (0, 0)
    assert api.code("host_create", host, "192.0.2.7") == (-1, -2)
    api.settle()
    assert api.ok("host_info", host)["ip"] == "192.0.2.7"
    api.ok("host_update", host, "2001:db8::7")
    api.settle()
    assert api.ok("host_info", host)["ip"] == "2001:db8::7"
    tid = api.ok("host_delete", host)["tid"]
    api.settle()
    assert (api.status(tid), api.code("host_info", host)) == ("Done", (0, 0))
    done = [row["action"] for row in api.journal() if row["subject"] == host]
    assert done == ["host_create", "host_update", "host_delete"]


def test_pending_host_of_the_seed_comes(api: Any) -> None:
    assert api.code("host_info", "ns2.horizon-reseau.com") == (0, 0)
    api.advance(6 * 3600)
    assert api.ok("host_info", "ns2.horizon-reseau.com")["ip"] == "198.51.100.54"


def test_hosts_go_with_their_domain(api: Any) -> None:
    servers = {"ns0": "ns1.lighthouse.com", "ips0": "192.0.2.1"}
    api.buy("lighthouse.com", **servers)
    api.ok("domain_delete", "lighthouse.com")
    api.settle()
    assert [row for row in api.state()["hosts"] if "lighthouse" in row["name"]] == []
