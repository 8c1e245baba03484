"""Operations: pending, done, failed, cancelled, and the money they hold; transfers and trades (2.6, 2.13, 4)."""

from __future__ import annotations

from typing import Any

import pytest

ADMINS = ("DEMO01", "DEMO01", "DEMO01")
NS = ("ns1.netim.net", "ns2.netim.net", "", "", "")
MINE = "walsh-boatyard.com"


def asynchronous(api: Any) -> None:
    api.ok("sessionSetPreference", "sync", "0")


def status(api: Any, number: str) -> str:
    return str(api.ok("queryOpe", number)["STATUS"])


def transfer(
    api: Any, name: str, code: str = "xY3-code", function: str = "domainTransferIn", owner: str = ""
) -> str:
    answer = api.ok(function, name, code, owner or api.owner(), *ADMINS, *NS)
    assert answer["STATUS"] == "Pending"
    return str(answer["ID_OPE"])


def test_slow_registry_answers_pending_and_the_clock_finishes_it(api: Any) -> None:
    number = api.create("lighthouse.fr")["ID_OPE"]
    assert status(api, number) == "Pending"
    assert api.info("lighthouse.fr")["status"] == "PENDING"
    assert api.info("lighthouse.fr")["dateExpiration"] == ""
    assert not api.journal("domainCreate")
    api.advance(30)
    assert status(api, number) == "Done"
    assert api.info("lighthouse.fr")["status"] == "ACTIVE, DELEGATED"
    assert [row["results"]["ID_OPE"] for row in api.journal("domainCreate")] == [int(number)]


def test_money_is_held_while_pending_and_taken_when_done(api: Any) -> None:
    api.create("lighthouse.fr")
    assert api.balance() == "4992.95"
    assert (api.state()["balance"], api.state()["held"]) == ("5000.00", "7.05")
    api.settle()
    assert api.balance() == "4992.95"
    assert (api.state()["balance"], api.state()["held"]) == ("4992.95", "0.00")
    assert api.journal("domainCreate")[0]["balance"] == "4992.95"


def test_held_money_cannot_be_spent_twice(api: Any) -> None:
    api.world(balance="10.00")
    api.create("lighthouse.fr")
    assert api.fails("domainRenew", MINE, "1").startswith("E90-M9004")


def test_failed_operation_lets_its_money_go_and_leaves_an_error(api: Any) -> None:
    number = api.create("refuse-lamp.fr")["ID_OPE"]
    api.advance(30)
    answer = api.ok("queryOpe", number)
    assert (answer["STATUS"], answer["MESSAGE"]) == ("Failed", "Refused by the registry")
    assert api.balance() == "5000.00"
    assert api.info("refuse-lamp.fr")["status"] == "ERROR"
    assert api.ok("domainCheck", "refuse-lamp.fr")[0]["result"] == "AVAILABLE"
    assert not api.journal("domainCreate")


def test_name_that_is_cancelled_by_the_registry_is_gone_with_a_refund(api: Any) -> None:
    number = api.create("cancel-lamp.com")["ID_OPE"]
    assert status(api, number) == "Pending"
    api.settle()
    assert api.ok("queryOpe", number)["STATUS"] == "Cancelled"
    assert api.ok("queryOpe", number)["MESSAGE"] == ""
    assert api.balance() == "5000.00"
    assert api.fails("domainInfo", "cancel-lamp.com").startswith("E15-M1502")


def test_asynchronous_session_queues_everything(api: Any) -> None:
    asynchronous(api)
    number = api.pending("domainSetPreference", MINE, "note", "later")
    assert api.state()["domains"][0]["note"] == ""
    api.advance(5)
    assert status(api, number) == "Done"
    assert [row["action"] for row in api.journal()] == ["domainSetPreference"]


@pytest.mark.parametrize(("delay", "answer"), [("0", "Pending"), ("25", "Done"), ("-1", "Done")])
def test_wait_of_a_synchronous_call_decides_what_it_sees(api: Any, delay: str, answer: str) -> None:
    api.ok("sessionSetPreference", "syncDelay", delay)
    assert api.ok("domainSetPreference", MINE, "note", "x")["STATUS"] == answer


def test_world_can_make_every_call_wait(api: Any) -> None:
    api.world(sync_delay=0)
    number = api.create("lighthouse.com")["ID_OPE"]
    assert status(api, number) == "Pending"
    api.settle()
    assert status(api, number) == "Done"


def test_pending_operations_are_listed_with_lower_case_members(api: Any) -> None:
    number = api.create("lighthouse.fr")["ID_OPE"]
    first, row = api.ok("queryOpePending")
    assert first["data_ope"] == "taken-voiles-et-vent.com"
    assert list(row) == ["id_ope", "code_ope", "date_ope", "data_ope"]
    assert (row["id_ope"], row["code_ope"], row["data_ope"]) == (number, "domainCreate", "lighthouse.fr")
    api.settle()
    assert api.ok("queryOpePending") == []


def test_second_operation_of_a_kind_waits_for_the_first(api: Any) -> None:
    asynchronous(api)
    api.pending("domainRenew", MINE, "1")
    assert api.fails("domainRenew", MINE, "1").startswith("E90-M9005")
    api.pending("domainSetPreference", MINE, "tag", "a")
    api.pending("domainSetPreference", MINE, "note", "b")
    api.settle()
    assert len(api.journal("domainRenew")) == 1


def test_order_of_the_same_name_is_refused_while_the_first_is_pending(api: Any) -> None:
    api.create("lighthouse.fr")
    answer = api.post(api.plain("domainCreate", api.session, "lighthouse.fr", api.owner(), *ADMINS, *NS, "1"))
    assert api.told(answer)[0] == "E90-M9002"


def test_queued_operation_can_be_cancelled_once(api: Any) -> None:
    asynchronous(api)
    number = api.create("lighthouse.com")["ID_OPE"]
    assert api.ok("cancelOpe", number) is None
    assert status(api, number) == "Cancelled"
    assert api.fails("cancelOpe", number).startswith("E90-M9009")
    api.settle()
    assert api.balance() == "5000.00"
    assert [row["subject"] for row in api.journal("cancelOpe")] == ["lighthouse.com"]
    assert not api.journal("domainCreate")


def test_operation_in_the_hands_of_the_registry_cannot_be_cancelled(api: Any) -> None:
    number = api.create("lighthouse.fr")["ID_OPE"]
    assert api.fails("cancelOpe", number).startswith("E90-M9009")


def test_unknown_operation_is_an_invalid_value(api: Any) -> None:
    assert api.fails("queryOpe", "1") == "E13 : IDOpe : Unknown"
    assert api.fails("cancelOpe", "x") == "E13 : IDOpe : Invalid value"


def test_transfer_is_pending_and_brings_the_name_with_a_year(api: Any) -> None:
    number = transfer(api, "taken-lamp.com")
    assert api.info("taken-lamp.com")["status"] == "PENDING"
    api.advance(61)
    assert status(api, number) == "Done"
    info = api.info("taken-lamp.com")
    assert info["status"] == "ACTIVE, DELEGATED"
    assert info["dateCreate"] < info["dateExpiration"]
    (entry,) = api.journal("domainTransferIn")
    assert (entry["price"], entry["arguments"]["authID"]) == ("8.80", "********")


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("taken-lamp.com", "wrong-code", "Wrong authorization code"),
        ("locked-lamp.com", "xY3-code", "The domain name is locked"),
        ("nobody-has-this-lamp.com", "xY3-code", "The domain name is not registered"),
    ],
)
def test_transfer_that_cannot_be_fails_later(api: Any, name: str, code: str, message: str) -> None:
    number = transfer(api, name, code)
    api.advance(61)
    answer = api.ok("queryOpe", number)
    assert (answer["STATUS"], answer["MESSAGE"]) == ("Failed", message)
    assert api.info(name)["status"] == "ERROR"
    assert api.balance() == "5000.00"


def test_transfer_needs_its_code_and_its_extension(api: Any) -> None:
    sent = (api.owner(), *ADMINS, *NS)
    assert api.fails("domainTransferIn", "taken-lamp.com", "", *sent) == "E13 : authID : Missing value"
    assert api.fails("domainTransferIn", "taken-lamp.ru", "x", *sent).startswith("E90-M9007")
    assert api.fails("domainTransferIn", MINE, "x", *sent).startswith("E90-M9002")
    assert api.fails("domainTransferTrade", "taken-lamp.com", "x", *sent).startswith("E90-M9007")
    assert transfer(api, "taken-lamp.es", "")


def test_transfer_can_take_the_holder_of_the_registry(api: Any) -> None:
    transfer(api, "taken-lamp.com", owner="#AUTO#")
    api.settle()
    owner = api.info("taken-lamp.com")["idOwner"]
    assert api.ok("contactInfo", owner)["isOwner"] == "1"


def test_transfer_with_trade_costs_both(api: Any) -> None:
    assert (
        api.fails("domainTransferTrade", "taken-lamp.be", "x", "#AUTO#", *ADMINS, *NS)
        == "E13 : idOwner : Unknown"
    )
    transfer(api, "taken-lamp.be", function="domainTransferTrade")
    api.settle()
    assert api.journal("domainTransferTrade")[0]["price"] == "13.20"


def test_transfer_can_be_cancelled_while_it_waits(api: Any) -> None:
    number = transfer(api, "taken-lamp.com")
    api.ok("cancelOpe", number)
    api.advance(100)
    assert not api.journal("domainTransferIn")
    assert api.fails("domainInfo", "taken-lamp.com").startswith("E15-M1502")


def test_transfer_between_accounts_is_automatic_with_a_code(api: Any) -> None:
    assert api.done("domainInternalTransfer", "taken-at-netim-lamp.com", "xY3", *ADMINS, *NS)
    assert api.info("taken-at-netim-lamp.com")["status"] == "ACTIVE, DELEGATED"
    assert api.failed("domainInternalTransfer", "taken-elsewhere.com", "xY3", *ADMINS, *NS) == (
        "The domain name is not in another Netim account"
    )


def test_transfer_between_accounts_without_a_code_waits_for_people(api: Any) -> None:
    number = api.pending("domainInternalTransfer", "taken-at-netim-lamp.com", None, *ADMINS, *NS)
    api.advance(600)
    assert status(api, number) == "Pending"
    api.settle()
    assert status(api, number) == "Done"


def test_trade_is_pending_and_changes_the_holder(api: Any) -> None:
    new = api.owner()
    number = api.pending("domainTransferOwner", "brandt-moebel.de", new)
    assert api.info("brandt-moebel.de")["idOwner"] != new
    api.advance(61)
    assert status(api, number) == "Done"
    assert api.info("brandt-moebel.de")["idOwner"] == new
    assert api.journal("domainTransferOwner")[0]["price"] == "6.15"
    assert api.fails("domainTransferOwner", MINE, "DEMO01") == "E13 : idOwner : Must be an owner contact"


def test_launch_phase_is_pending_until_it_is_over(api: Any) -> None:
    sent = (api.owner(), *ADMINS, *NS, "1")
    number = api.pending("domainCreateLP", "lamp-of-mine.scot", *sent, "LR1")
    assert api.fails("domainCreateLP", "lamp-of-mine.com", *sent, "LR1").startswith("E90-M9007")
    assert api.fails("domainCreateLP", "lamp-two.scot", *sent, "XX") == "E13 : launchPhase : Invalid value"
    api.advance(1700)
    assert status(api, number) == "Pending"
    api.settle()
    assert api.info("lamp-of-mine.scot")["status"] == "ACTIVE, DELEGATED"
    assert [row["results"]["ID_OPE"] for row in api.journal("domainCreateLP")] == [int(number)]


def test_name_taken_meanwhile_fails_when_its_turn_comes(api: Any) -> None:
    asynchronous(api)
    number = api.create("lighthouse.com")["ID_OPE"]
    api.world(take_name="lighthouse.com")
    api.settle()
    assert api.ok("queryOpe", number)["MESSAGE"] == "The domain name is not available"


def test_object_that_goes_away_meanwhile_fails_the_operation(api: Any) -> None:
    asynchronous(api)
    key = api.owner()
    numbers = [
        api.pending("domainSetPreference", MINE, "note", "x"),
        api.pending("domainMailFwdCreate", f"a@{MINE}", "b@example.com"),
        api.pending("contactDelete", key),
    ]
    api.world(remove_domain=MINE)
    api.settle()
    assert [api.ok("queryOpe", number)["STATUS"] for number in numbers] == ["Failed", "Failed", "Done"]
