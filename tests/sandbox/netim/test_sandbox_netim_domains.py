"""Domains: asked about, registered, renewed, deleted, restored, changed (sections 2.5 to 2.9, 6)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

NS = ("ns1.netim.net", "ns2.netim.net")
MINE = "walsh-boatyard.com"
DAY = 86400


def today(days: float = 0) -> str:
    return (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)).strftime("%Y-%m-%d")


@pytest.mark.parametrize(
    ("name", "result", "reason"),
    [
        ("lighthouse.com", "AVAILABLE", ""),
        ("lighthouse.net", "NOT AVAILABLE", ""),
        (MINE, "NOT AVAILABLE", ""),
        ("alder-hosting.com", "NOT AVAILABLE", ""),
        ("premium-lamp.com", "AVAILABLE", "PREMIUM"),
        ("wine.shop", "AVAILABLE", "PREMIUM"),
        ("reserved-lamp.com", "NOT AVAILABLE", "RESERVED"),
        ("applied-lamp.com", "NOT AVAILABLE", "PENDING APPLICATION"),
        ("timeout-lamp.com", "UNKNOWN", "TIMEOUT"),
        ("error-lamp.com", "UNKNOWN", "INTERNAL ERROR"),
        ("lamp.zz", "NOT SOLD", ""),
        ("lamp.tel", "CLOSED", ""),
        ("Café-Lampe.fr", "AVAILABLE", ""),
    ],
)
def test_check_tells_result_and_reason(api: Any, name: str, result: str, reason: str) -> None:
    (row,) = api.ok("domainCheck", name)
    assert (row["result"], row["reason"]) == (result, reason)
    assert row["domain"] == name.lower().replace("café-lampe", "xn--caf-lampe-d4a")


def test_several_names_of_one_extension_are_checked_together(api: Any) -> None:
    rows = api.ok("domainCheck", "lighthouse.com; bad_name.com;lighthouse-two.com")
    assert [row["result"] for row in rows] == ["AVAILABLE", "UNKNOWN", "AVAILABLE"]
    assert rows[1]["reason"] == "BAD_SYNTAX"


@pytest.mark.parametrize("names", ["a-lamp.com;a-lamp.net", "a-lamp.fr;b-lamp.fr"])
def test_names_that_cannot_be_checked_together_are_refused(api: Any, names: str) -> None:
    assert api.fails("domainCheck", names) == "E13 : domain : Invalid value"


@pytest.mark.parametrize("name", ["lamp", "la mp.com", "-lamp.com", "l_mp.com", "."])
def test_bad_syntax_of_one_name_is_a_fault(api: Any, name: str) -> None:
    assert api.fails("domainCheck", name).startswith("E13-M1305 : ")


def test_info_has_its_members_in_order(api: Any) -> None:
    info = api.info("phare-hebergement.eu")
    assert " ".join(info) == (
        "domain dateCreate dateExpiration dateMinRenew dateMaxRenew dateMaxRestore status idOwner idAdmin idTech "
        "idBilling domainIsLock whoisPrivacy autoRenew ns authID IsSigned HasDNS4Service"
    )
    assert info["ns"] == ["ns1.phare-hebergement.net", "ns2.phare-hebergement.net"]
    assert (info["status"], info["HasDNS4Service"], info["IsSigned"]) == ("ACTIVE, DELEGATED", "0", "0")
    assert info["dateMaxRenew"] == info["dateExpiration"]


def test_signed_domain_tells_its_signature(api: Any) -> None:
    info = api.info("phare-numerique.fr")
    assert (info["IsSigned"], list(info)[-1]) == ("1", "DNSSEC")
    assert len(info["DNSSEC"]["DS1"]["digest"]) == 64


def test_domain_of_somebody_else_is_not_under_management(api: Any) -> None:
    assert api.fails("domainInfo", "lighthouse.net") == (
        "E15-M1502 : This domain name is not under your management"
    )


@pytest.mark.parametrize(
    ("pattern", "count"), [("", 32), ("*", 32), ("*.scot", 1), (MINE, 1), ("walsh*", 3), ("x", 0)]
)
def test_domains_are_listed_by_a_filter(api: Any, pattern: str, count: int) -> None:
    rows = api.ok("queryDomainList", pattern)
    assert len(rows) == count
    assert all(list(row) == ["domain", "dateCreate", "dateExpiration"] for row in rows)


def test_prices_of_an_extension_a_name_and_all_agree(api: Any) -> None:
    price = api.ok("queryDomainPrice", "lighthouse.com", None)
    assert " ".join(price) == (
        "FeeCurrency Fee4Registration Fee4Renewal Fee4Transfer Fee4Trade Fee4TransferTrade Fee4Restore "
        "Fee4TrusteeService Fee4LocalContactService IsPremium"
    )
    assert (price["FeeCurrency"], price["Fee4Registration"], price["Fee4Restore"]) == ("EUR", "8.80", "42.80")
    (row,) = [row for row in api.ok("domainPriceList") if row["tld"] == "com"]
    assert " ".join(row) == "tld Fee4Registration Fee4Renewal Fee4Restore Fee4Transfer Fee4Trade"
    assert row["Fee4Registration"] == "8.80"


def test_premium_name_has_its_own_price(api: Any) -> None:
    price = api.ok("queryDomainPrice", "premium-lamp.com")
    assert price["IsPremium"] == "1"
    assert float(price["Fee4Registration"]) > 90


def test_promotion_shows_the_standard_price_until_its_last_day(api: Any) -> None:
    info = api.ok("domainTldInfo", "shop")
    names = list(info)
    assert names[names.index("Fee4Registration") + 1 :][:2] == [
        "StandardFee4Registration",
        "RegistrationDiscountEndDate",
    ]
    assert (info["Fee4Registration"], info["RegistrationDiscountEndDate"]) == ("1.5", today(45))
    api.advance(46 * DAY)
    assert "StandardFee4Registration" not in api.value(
        api.post(api.plain("domainTldInfo", api.open(), "shop"))[1]
    )


def test_unknown_extension_is_an_invalid_value(api: Any) -> None:
    assert api.fails("domainTldInfo", "zz") == "E13 : tld : Unknown"
    assert api.fails("queryDomainPrice", "lamp.zz") == "E13 : domain : Unknown"
    assert api.fails("queryOpeList", "zz") == "E13 : tld : Unknown"


def test_open_operations_follow_the_extension(api: Any) -> None:
    com, es = api.ok("queryOpeList", "COM"), api.ok("queryOpeList", "ES")
    assert (com["domainCreate"], com["domainCreateLP"], com["domainAuthid"]) == ("1", "0", "1")
    assert (es["domainDelete"], es["domainAuthid"], es["domainSetPreference.registrar_lock"]) == (
        "0",
        "0",
        "0",
    )
    assert len(com) == 30


def test_claims_are_told_for_well_known_marks(api: Any) -> None:
    assert [api.ok("queryDomainClaim", name) for name in ("claim-lamp.shop", "adidas.shop", "lamp.shop")] == [
        "1",
        "1",
        "0",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [(MINE, "Registrar: NETIM"), ("lighthouse.net", "somebody else"), ("lighthouse.com", "No match")],
)
def test_whois_is_raw_text(api: Any, name: str, text: str) -> None:
    assert text in api.ok("domainWhois", name)


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


def test_contacts_and_servers_are_changed(api: Any) -> None:
    tech = api.owner(isOwner="0")
    api.done("domainChangeContact", MINE, "DEMO01", tech, "DEMO01")
    answer = api.done("domainChangeDNS", MINE, "ns1.example.net", "ns2.example.net", "", "", "")
    assert answer["TYPE"] == "domainChangeDNS"
    info = api.info(MINE)
    assert (info["idTech"], info["ns"], info["HasDNS4Service"]) == (
        tech,
        ["ns1.example.net", "ns2.example.net"],
        "0",
    )


@pytest.mark.parametrize(
    ("key", "value", "kind", "member", "shown"),
    [
        ("registrar_lock", "0", "domainSetPreference.registrar_lock", "domainIsLock", "0"),
        ("whois_privacy", "1", "domainSetPreference.whois_privacy", "whoisPrivacy", "1"),
        ("auto_renew", "1", "domainSetPreference.auto_renew", "autoRenew", "1"),
        ("to_be_renewed", "0", "domainSetPreference.to_be_renewed", "to_be_renewed", False),
        ("tag", "boats, own", "domainSetPreference", "tag", "boats, own"),
        ("note", "", "domainSetPreference", "note", ""),
    ],
)
def test_preference_is_set(api: Any, key: str, value: str, kind: str, member: str, shown: Any) -> None:
    assert api.done("domainSetPreference", MINE, key, value)["TYPE"] == kind
    (domain,) = [row for row in api.state()["domains"] if row["domain"] == MINE]
    assert str(domain[member]) == str(shown)


@pytest.mark.parametrize(
    ("name", "key", "value", "text"),
    [
        (MINE, "colour", "1", "E13 : codePref : Invalid value"),
        (MINE, "auto_renew", "yes", "E13 : value : Invalid value"),
        (MINE, "note", "x" * 256, "E13 : value : Value too long"),
        (
            "phare-numerique.fr",
            "registrar_lock",
            "1",
            "E90-M9007 : Operation not available for this extension",
        ),
        ("lantern-lane-studio.com", "note", "x", "E90-M9005 : Operation impossible in the current status"),
    ],
)
def test_bad_preference_is_refused(api: Any, name: str, key: str, value: str, text: str) -> None:
    assert api.fails("domainSetPreference", name, key, value) == text


def test_transfer_code_is_new_at_every_call(api: Any) -> None:
    codes = [api.info(MINE)["authID"]]
    for to_registrant in ("0", "1", None):
        assert api.done("domainAuthID", MINE, to_registrant)["TYPE"] == "domainAuthid"
        codes.append(api.info(MINE)["authID"])
    assert len(set(codes)) == 4
    assert not any(code in str(api.journal()) for code in codes)
    assert api.fails("domainAuthID", MINE, "2") == "E13 : sendtoregistrant : Invalid value"


def test_membership_is_for_communities(api: Any) -> None:
    api.world(add_domain={"domain": "lamp-of-mine.aero"})
    api.done("domainSetMembership", "lamp-of-mine.aero", "secret-token")
    assert "secret-token" not in str(api.journal())
    assert api.fails("domainSetMembership", MINE, "x").startswith("E90-M9007")


def test_released_name_leaves_the_account(api: Any) -> None:
    api.done("domainRelease", MINE)
    assert api.info(MINE)["status"] == "TRANSFERRED OUT"
    assert api.ok("queryDomainList", MINE) == []
    assert api.ok("domainCheck", MINE)[0]["result"] == "NOT AVAILABLE"
    assert api.fails("domainRenew", MINE, "1").startswith("E90-M9005")


def test_own_dnssec_needs_netims_servers(api: Any) -> None:
    assert api.done("domainSetDNSsec", MINE, "1")["TYPE"] == "domainSetDNSSEC"
    assert api.info(MINE)["IsSigned"] == "1"
    api.done("domainChangeDNS", MINE, "ns1.example.net", "ns2.example.net")
    assert api.info(MINE)["IsSigned"] == "0"
    assert api.fails("domainSetDNSsec", MINE, "1").startswith("E90-M9010")
    assert api.fails("domainSetDNSsec", MINE, "2") == "E13 : value : Invalid value"


def test_external_dnssec_takes_records_or_a_key(api: Any) -> None:
    name, record = "phare-hebergement.eu", {"key": "1234", "type": "2", "digest": "ab" * 32}
    answer = api.done("domainSetDNSSecExt", name, [record], "257", "3", "13", "")
    assert answer["TYPE"] == "domainSetDNSSECExt"
    assert api.info(name)["DNSSEC"]["DS1"] == {**record, "digest": "AB" * 32, "algo": "13"}
    api.done("domainSetDNSSecExt", name, [], "257", "3", "13", "AwEAAQ==")
    assert api.info(name)["DNSSEC"]["pubKey"] == "AwEAAQ=="
    api.done("domainSetDNSSecExt", name, [], None, None, None, None)
    assert api.info(name)["IsSigned"] == "0"


@pytest.mark.parametrize(
    ("name", "values", "text"),
    [
        (MINE, ([], "257", "3", "13", "AwEAAQ=="), "E90-M9010"),
        (
            "phare-hebergement.eu",
            ([{"key": "x", "type": "2", "digest": "ab" * 32}], "", "", "13", ""),
            "E13 : key",
        ),
        (
            "phare-hebergement.eu",
            ([{"key": "1", "type": "9", "digest": "ab" * 32}], "", "", "13", ""),
            "E13 : type",
        ),
        (
            "phare-hebergement.eu",
            ([{"key": "1", "type": "2", "digest": "ab"}], "", "", "13", ""),
            "E13 : digest",
        ),
        ("phare-hebergement.eu", (["x"], "", "", "13", ""), "E13 : DSRecords"),
        ("phare-hebergement.eu", ([], "257", "3", "99", "AwEAAQ=="), "E13 : algo"),
        ("phare-hebergement.eu", ([], "1", "3", "13", "AwEAAQ=="), "E13 : pubKey"),
        ("phare-hebergement.eu", ([], "257", "3", "13", "???"), "E13 : pubKey"),
    ],
)
def test_bad_external_dnssec_is_refused(api: Any, name: str, values: tuple[Any, ...], text: str) -> None:
    assert api.fails("domainSetDNSSecExt", name, *values).startswith(text)
