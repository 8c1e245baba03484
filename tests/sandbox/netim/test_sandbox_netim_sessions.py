"""Sessions, their preferences and limits, and the account (sections 1.5, 2.1, 2.2)."""

from __future__ import annotations

from typing import Any

import pytest


def test_login_opens_a_session_like_sessionopen(api: Any) -> None:
    key = api.value(api.post(api.plain("login", "demo01", "demo", "FR", "MODULE=1.0"))[1])
    assert len(key) == 32
    assert api.value(api.post(api.plain("hello", key))[1]) == "Bonjour DEMO01"


@pytest.mark.parametrize(
    ("reseller", "password", "language", "code"),
    [
        ("DEMO02", "demo", "EN", "E01-M0101"),
        ("DEMO01", "Demo", "EN", "E01-M0101"),
        ("DEMO01", "", "EN", "E01-M0101"),
        (None, None, None, "E01-M0101"),
        ("DEMO01", "demo", "XX", "E13"),
    ],
)
def test_wrong_login_is_refused(
    api: Any, reseller: str | None, password: str | None, language: str | None, code: str
) -> None:
    assert api.told(api.post(api.plain("sessionOpen", reseller, password, language)))[0] == code


def test_refusal_of_a_login_is_told_in_its_language(api: Any) -> None:
    text = api.told(api.post(api.plain("sessionOpen", "DEMO01", "no", "FR")))[1]
    assert text.startswith("E01-M0101 : Connexion impossible")


def test_session_tells_what_it_is(api: Any) -> None:
    info = api.ok("sessionInfo")
    assert list(info) == ["IDSession", "timeLogin", "timeLastActivity", "lang", "sync"]
    assert (info["IDSession"], info["lang"], info["sync"]) == (api.session, "EN", "1")
    assert int(info["timeLastActivity"]) >= int(info["timeLogin"]) > 1_700_000_000


def test_all_sessions_of_the_reseller_are_listed(api: Any) -> None:
    other = api.open("FR")
    assert {row["IDSession"] for row in api.ok("queryAllSessions")} == {api.session, other}


def test_closed_session_is_dead(api: Any) -> None:
    api.ok("sessionClose")
    assert api.fails("hello").startswith("E02 : ")
    assert api.fails("sessionClose").startswith("E02 : ")


def test_session_dies_of_inactivity_but_lives_while_it_is_used(api: Any) -> None:
    for _ in range(3):
        api.advance(1700)
        assert api.ok("hello") == "Hello DEMO01"
    api.advance(1801)
    assert api.fails("hello").startswith("E02 : ")


def test_timeout_and_number_of_sessions_can_be_set(api: Any) -> None:
    api.reset(limits={"sessions": 2, "timeout": 60})
    api.open()
    api.open()
    full = api.told(api.post(api.plain("sessionOpen", "DEMO01", "demo", "EN")))
    assert full[0] == "E90-M9001"
    api.advance(61)
    assert len(api.open()) == 32


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("lang", "DE", "value"),
        ("sync", "2", "value"),
        ("syncDelay", "128", "value"),
        ("syncDelay", "soon", "value"),
        ("notif", "1", "type"),
    ],
)
def test_preference_that_nobody_documents_is_refused(api: Any, kind: str, value: str, field: str) -> None:
    assert api.fails("sessionSetPreference", kind, value) == f"E13 : {field} : Invalid value"


def test_language_of_messages_can_be_changed(api: Any) -> None:
    assert api.ok("sessionSetPreference", "lang", "fr") is None
    assert api.fails("domainInfo", "google.com") == (
        "E15-M1502 : Ce nom de domaine n'est pas sous votre gestion"
    )
    assert (
        api.failed(
            "domainCreate",
            "taken-name.com",
            api.owner(),
            *["DEMO01"] * 3,
            "ns1.netim.net",
            "ns2.netim.net",
            "",
            "",
            "",
            "1",
        )
        == "Le nom de domaine n'est pas disponible"
    )


def test_account_has_its_members_in_order(api: Any) -> None:
    account = api.ok("queryResellerAccount")
    assert " ".join(account) == (
        "BALANCE_AMOUNT BALANCE_LOW_LIMIT BALANCE_HARD_LIMIT DOMAIN_AUTO_RENEW HOSTING_AUTO_RENEW DEFAULT_OWNER "
        "DEFAULT_BILLING DEFAULT_TECH DEFAULT_ADMIN PREMIUM_PROCESSING DEFAULT_DNS_5 DEFAULT_DNS_4 DEFAULT_DNS_3 "
        "DEFAULT_DNS_2 DEFAULT_DNS_1 DEFAULT_DNS_TEMPLATE"
    )
    assert account["BALANCE_AMOUNT"] == "5000.00"
    assert account["DEFAULT_DNS_1"] == "ns1.netim.net"
    assert api.ok("contactInfo", account["DEFAULT_OWNER"])["isOwner"] == "1"


def test_same_seed_opens_the_same_sessions(api: Any) -> None:
    first = api.session
    api.reset()
    assert api.session == first
    api.reset(seed=2)
    assert api.session != first
