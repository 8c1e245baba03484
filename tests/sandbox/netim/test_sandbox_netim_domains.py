"""Domains registered, renewed, deleted and restored, and what time does to them (sections 2.6, 2.7, 6)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

NS = ("ns1.netim.net", "ns2.netim.net")
MINE = "walsh-boatyard.com"
DAY = 86400


def today(days: float = 0) -> str:
    return (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)).strftime("%Y-%m-%d")


def test_registration_is_done_at_once_and_paid(api: Any) -> None:
    answer = api.create("Lighthouse.com", 2)
    assert list(answer) == ["ID_OPE", "STATUS", "MESSAGE", "TYPE", "DATE"]
    assert (answer["STATUS"], answer["MESSAGE"], answer["TYPE"]) == ("Done", "", "domainCreate")
    info = api.info("lighthouse.com")
    assert (info["status"], info["dateCreate"]) == ("ACTIVE, DELEGATED", today())
    assert info["dateExpiration"][:4] == str(int(today()[:4]) + 2)
    assert (info["domainIsLock"], info["HasDNS4Service"], len(info["authID"])) == ("1", "1", 14)
    (entry,) = api.journal("domainCreate")
    assert (entry["subject"], entry["price"], entry["balance"]) == ("lighthouse.com", "17.60", "4982.40")
    assert entry["results"]["ID_OPE"] == int(answer["ID_OPE"])
    assert api.balance() == "4982.40"


def test_new_zone_follows_the_template(api: Any) -> None:
    api.create("lighthouse.com", 1, "2")
    values = [row["value"] for row in api.ok("queryZoneList", "lighthouse.com")]
    assert "web.lantern-hosting.net" in values


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"domain": "lamp"}, "E13-M1305 : Invalid domain name syntax"),
        ({"domain": "lamp.zz"}, "E13 : domain : Unknown"),
        ({"domain": "lamp.tel"}, "E90-M9007 : Operation not available for this extension"),
        ({"domain": MINE}, "E90-M9002 : This object already exists in your account"),
        ({"idOwner": "XX999"}, "E13 : idOwner : Unknown"),
        ({"idOwner": "DEMO01"}, "E13 : idOwner : Must be an owner contact"),
        ({"idTech": "owner"}, "E13 : idTech : Must not be an owner contact"),
        ({"idAdmin": None}, "E13 : idAdmin : Missing value"),
        ({"ns2": ""}, "E13 : ns2 : Missing value"),
        ({"ns2": "ns1.netim.net"}, "E13 : ns2 : Invalid value"),
        ({"ns3": "not a host"}, "E13 : ns3 : Invalid value"),
        ({"duration": "11"}, "E13 : duration : Invalid value"),
        ({"duration": "0"}, "E13 : duration : Invalid value"),
        ({"templateDNS": "9"}, "E13 : templateDNS : Unknown"),
        ({"domain": "lamp-of-mine.cat"}, "E13 : CAT_INTENDED_USE : Missing value"),
        ({"domain": "lamp-of-mine.es"}, "E13 : ES_NIF : Missing value"),
        ({"domain": "lamp-of-mine.info", "duration": "2"}, "E13 : duration : Invalid value"),
    ],
)
def test_bad_registration_is_refused_without_effect(api: Any, change: dict[str, Any], text: str) -> None:
    owner = api.owner()
    good = {
        "domain": "lighthouse.com",
        "idOwner": owner,
        "idAdmin": "DEMO01",
        "idTech": "DEMO01",
        "idBilling": "DEMO01",
        "ns1": NS[0],
        "ns2": NS[1],
        "ns3": "",
        "duration": "1",
        "templateDNS": None,
    }
    sent = {**good, **{key: owner if value == "owner" else value for key, value in change.items()}}
    answer = api.post(api.named("domainCreate", **sent))
    assert api.told(answer)[1] == text
    assert not api.journal("domainCreate")
    assert api.balance() == "5000.00"


def test_data_of_an_extension_is_found_in_additional(api: Any) -> None:
    use = {
        "item": {"key": "CAT_INTENDED_USE", "value": {"item": {"key": "lamp-of-mine.cat", "value": "A blog"}}}
    }
    owner = api.owner(additional=use)
    api.done("domainCreate", "lamp-of-mine.cat", owner, *["DEMO01"] * 3, *NS, "", "", "", "1")


@pytest.mark.parametrize(
    ("name", "ns", "message"),
    [
        ("lighthouse.net", NS, "The domain name is not available"),
        ("reserved-lamp.com", NS, "The domain name is not available"),
        ("alder-hosting.com", NS, "The domain name is not available"),
        ("refuse-lamp.com", NS, "Refused by the registry"),
        ("lamp-of-mine.de", ("broken.example.net", "ns2.example.net"), "The DNS test failed"),
        (
            "lamp-of-mine.com",
            ("ns1.lamp-of-mine.com", "ns2.example.net"),
            "Name server unknown to the registry",
        ),
    ],
)
def test_registry_says_no_as_a_failed_operation(
    api: Any, name: str, ns: tuple[str, str], message: str
) -> None:
    answer = api.create(name, ns=(*ns, "", "", ""))
    assert (answer["STATUS"], answer["MESSAGE"]) == ("Failed", message)
    assert not api.journal("domainCreate")
    assert api.balance() == "5000.00"
    assert api.ok("queryOpe", answer["ID_OPE"]) == answer
    assert api.fails("domainInfo", name).startswith("E15-M1502")


def test_lack_of_money_is_a_fault_and_hard_limit_is_kept(api: Any) -> None:
    api.world(balance="10.00", hard_limit="2.00")
    assert api.told(api.post(api.plain("domainRenew", api.session, MINE, "1")))[0] == "E90-M9004"
    api.world(hard_limit="-5.00")
    api.done("domainRenew", MINE, "1")
    assert api.balance() == "0.75"


def test_renewal_moves_the_expiry_by_whole_years(api: Any) -> None:
    before = api.info(MINE)["dateExpiration"]
    assert api.done("domainRenew", MINE, "3")["TYPE"] == "domainRenew"
    assert api.info(MINE)["dateExpiration"] == f"{int(before[:4]) + 3}{before[4:]}"
    assert api.balance() == "4972.25"


def test_expired_name_is_renewed_from_its_old_expiry(api: Any) -> None:
    before = api.info("kinsale-moorings.com")
    assert before["status"] == "EXPIRED"
    api.done("domainRenew", "kinsale-moorings.com", "1")
    after = api.info("kinsale-moorings.com")
    assert (after["status"], after["dateExpiration"][4:]) == (
        "ACTIVE, DELEGATED",
        before["dateExpiration"][4:],
    )


def test_renewal_is_refused_outside_its_window_and_beyond_ten_years(api: Any) -> None:
    assert api.failed("domainRenew", MINE, "10") == "More than ten years ahead"
    assert api.fails("domainRenew", "walsh-chandlery.com", "1").startswith("E90-M9005")
    api.world(domain="brandt-moebel.de", set={"dateExpiration": today(200)})
    assert api.fails("domainRenew", "brandt-moebel.de", "1").startswith("E90-M9008")
    api.world(domain="brandt-moebel.de", set={"dateExpiration": today(50)})
    api.done("domainRenew", "brandt-moebel.de", "1")
    assert len(api.journal("domainRenew")) == 1


def test_deleted_name_can_be_restored_for_its_price(api: Any) -> None:
    assert api.done("domainDelete", MINE, "now")["TYPE"] == "domainDelete"
    info = api.info(MINE)
    assert (info["status"], info["dateMaxRestore"]) == ("QUARANTINE, NOT DELEGATED", today(30))
    api.done("domainRestore", MINE)
    assert api.info(MINE)["status"] == "ACTIVE, DELEGATED"
    assert api.journal("domainRestore")[0]["price"] == "42.80"


def test_deletion_is_refused_where_it_cannot_be(api: Any) -> None:
    assert api.fails("domainDelete", MINE, "LATER") == "E13 : typeDelete : Invalid value"
    api.world(add_domain={"domain": "lamp-of-mine.es"})
    assert api.fails("domainDelete", "lamp-of-mine.es", "NOW").startswith("E90-M9007")
    assert api.fails("domainRestore", MINE).startswith("E90-M9005")


def test_time_takes_a_name_from_expiry_over_quarantine_to_freedom(api: Any) -> None:
    api.world(limits={"timeout": 400 * DAY})
    name = "carnets-de-garonne.info"
    states = []
    for days in (3, 30, 30):
        api.advance(days * DAY)
        states.append(api.info(name)["status"] if name in str(api.ok("queryDomainList", name)) else "gone")
    assert states == ["EXPIRED", "QUARANTINE, NOT DELEGATED", "gone"]
    assert api.ok("domainCheck", name)[0]["result"] == "AVAILABLE"


def test_name_with_autorenew_renews_itself(api: Any) -> None:
    before = api.info("bastienroux-photo.com")["dateExpiration"]
    api.world(limits={"timeout": 400 * DAY}, domain="bastienroux-photo.com", set={"autoRenew": True})
    api.advance(17 * DAY)
    assert api.info("bastienroux-photo.com")["dateExpiration"] == f"{int(before[:4]) + 1}{before[4:]}"
    (entry,) = api.journal("(autorenew)")
    assert (entry["subject"], entry["price"]) == ("bastienroux-photo.com", "9.25")
