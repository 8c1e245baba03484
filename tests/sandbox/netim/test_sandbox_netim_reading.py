"""Domains and extensions, asked about (sections 2.5, 3.8 to 3.13)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

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
