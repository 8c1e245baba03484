"""domain/checkfortransfer, transfer, transferrestart: manual 5.2, 5.4, 5.5."""

from __future__ import annotations

from typing import Any

import pytest


def states(api: Any, name: str, steps: int = 62, seconds: float = 1) -> list[tuple[str, str]]:
    """The different (status, transferStatus) that a domain passes through."""
    seen: list[tuple[str, str]] = []
    for _ in range(steps):
        info = api.ok("domain/getinfo", domain=name)
        state = (info["status"], info["transferStatus"])
        if state not in seen:
            seen.append(state)
        api.advance(seconds)
    return seen


def test_checkfortransfer_has_the_manuals_shape(api: Any) -> None:
    assert api.ok("domain/checkfortransfer", domain="taken-elsewhere.com") == {
        "domains": [
            {
                "name": "taken-elsewhere.com",
                "punycode": "taken-elsewhere.com",
                "tld": "com",
                "transferavail": True,
                "transfermsg": [],
                "price": 9.95,
                "currency": "EUR",
            }
        ]
    }


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("lighthouse.com", "not registered"),
        ("locked-name.com", "locked"),
        ("alder-hosting.com", "already in this account"),
        ("taken-elsewhere.ru", "not available"),
    ],
)
def test_checkfortransfer_says_why_not(api: Any, name: str, message: str) -> None:
    (row,) = api.ok("domain/checkfortransfer", domain=name)["domains"]
    assert row["transferavail"] is False
    assert message in row["transfermsg"][0]


def test_transfer_passes_through_its_states_and_keeps_its_servers(api: Any) -> None:
    data = api.ok(
        "domain/transfer",
        domain="taken-elsewhere.com",
        authcode="Right-1",
        nameservers="keepns",
        ownerContactID=api.contact(),
    )
    assert data["billing"] == {"total": 9.95, "currency": "EUR"}
    assert {key: data["domains"][0][key] for key in ("status", "tsExpir")} == {
        "status": "transfer-init",
        "tsExpir": "",
    }
    assert states(api, "taken-elsewhere.com") == [
        ("transfer-init", "init"),
        ("transfer-pending", "set-auth"),
        ("transfer-pending", "queued"),
        ("active", "completed"),
    ]
    assert api.ok("domain/getinfo", domain="taken-elsewhere.com")["tsExpir"] > "2000"
    assert api.ok("domain/getnameservers", domain="taken-elsewhere.com")["defaultNS"] is False


def test_transfer_of_a_uk_name_waits_for_its_tag(api: Any) -> None:
    api.ok("domain/transfer", domain="taken-elsewhere.co.uk", ownerContactID=api.contact())
    assert ("transfer-pending", "pending-tag") in states(api, "taken-elsewhere.co.uk")


def test_transfer_without_auth_code_waits_until_it_is_restarted_with_one(api: Any) -> None:
    api.ok("domain/transfer", domain="taken-elsewhere.com", ownerContactID=api.contact())
    api.advance(3600)
    info = api.ok("domain/getinfo", domain="taken-elsewhere.com")
    assert (info["status"], info["transferStatus"]) == ("transfer-pending", "pending-auth")
    reply = api.post("domain/transferrestart", domain="taken-elsewhere.com", authcode="Right-1")
    assert reply["messages"] == ["Operation done correctly."]
    assert set(reply["responseData"]) == {"name", "status", "tld", "tsExpir", "domainID"}
    api.advance(3600)
    assert api.ok("domain/getinfo", domain="taken-elsewhere.com")["status"] == "active"
    assert api.state()["balance"] == "4990.05"


def test_transfer_with_a_wrong_auth_code_is_cancelled_refunded_and_can_be_restarted(api: Any) -> None:
    api.ok("domain/transfer", domain="taken-elsewhere.com", authcode="wrong-1", ownerContactID=api.contact())
    api.advance(3600)
    info = api.ok("domain/getinfo", domain="taken-elsewhere.com")
    assert (info["status"], info["transferStatus"]) == ("transfer-cancel", "cancelled")
    assert api.state()["balance"] == "5000.00"
    api.ok("domain/transferrestart", domain="taken-elsewhere.com", authcode="Right-1")
    api.advance(3600)
    assert api.ok("domain/getinfo", domain="taken-elsewhere.com")["status"] == "active"
    assert api.state()["balance"] == "4990.05"


def test_auth_code_is_masked_in_the_journal(api: Any) -> None:
    api.ok("domain/transfer", domain="taken-elsewhere.com", authcode="Right-1", ownerContactID=api.contact())
    entry = api.journal()[-1]
    assert entry["arguments"]["authcode"] == "********"
    assert "Right-1" not in str(api.journal())


def test_restart_of_what_is_no_stuck_transfer_answers_2012(api: Any) -> None:
    assert api.code("domain/transferrestart", domain="alder-hosting.com") == 2012


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"domain": "lighthouse.com"}, 2005),
        ({"domain": "locked-name.com"}, 2005),
        ({"domain": "alder-hosting.com"}, 2005),
        ({"domain": "taken-elsewhere.museum"}, 2002),
        ({"ownerContactID": ""}, 101),
        ({"foacontact": "tech"}, 105),
        ({"nameservers": "default"}, 105),
    ],
)
def test_transfer_refused_answers_its_code(api: Any, parameters: dict[str, str], code: int) -> None:
    call = {
        "domain": "taken-elsewhere.com",
        "ownerContactID": api.contact(),
        "authcode": "Right-1",
        **parameters,
    }
    assert api.code("domain/transfer", **call) == code
    assert len(api.journal()) == 1


def test_jobs_demands_the_site_of_every_contact(api: Any) -> None:
    sites = {f"jobs{role}Website": "https://lamps.example" for role in ("Owner", "Admin", "Tech", "Billing")}
    call = {"domain": "taken-elsewhere.jobs", "ownerContactID": api.contact(), "authcode": "Right-1"}
    for missing in sites:
        sent = {key: value for key, value in sites.items() if key != missing}
        assert api.code("domain/transfer", **call, **sent) == 101
    assert api.code("domain/transfer", **call, **sites, jobsOwnerIsAssocMember="perhaps") == 105
    api.ok("domain/transfer", **call, **sites, jobsOwnerIsAssocMember="1")
