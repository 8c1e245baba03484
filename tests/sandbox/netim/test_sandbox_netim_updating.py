"""Domains changed: contacts, servers, preferences, codes, DNSSEC (sections 2.6, 2.8)."""

from __future__ import annotations

from typing import Any

import pytest

MINE = "walsh-boatyard.com"


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
