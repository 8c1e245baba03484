"""External users at MrDomain: manual 9."""

from __future__ import annotations

import json
from typing import Any

import pytest

NEW = {"username": "new.user", "password": "long-enough"}
DOMAIN = "alder-mail.online"


def add(api: Any, **permissions: str) -> Any:
    """A new user with a domain, as the reply has it."""
    api.ok("user/create", **NEW)
    return api.ok("user/adddomain", username="new.user", domainName=DOMAIN, **permissions)


def test_new_user_is_enabled_and_has_no_domain(api: Any) -> None:
    expected = {"username": "new.user", "status": "enabled", "lastLogin": "", "numDomains": 0}
    assert api.ok("user/create", **NEW) == expected
    assert api.ok("user/getinfo", username="new.user") == {**expected, "domains": {}}
    api.world(empty_data="list")
    assert api.ok("user/getinfo", username="new.user")["domains"] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"username": ""}, 101),
        ({"password": ""}, 101),
        ({"username": "a b"}, 3501),
        ({"username": "x"}, 3501),
        ({"username": "iker"}, 3501),
        ({"password": "short"}, 3501),
    ],
)
def test_user_that_cannot_be_answers_its_code(api: Any, change: dict[str, str], code: int) -> None:
    assert api.code("user/create", **{**NEW, **change}) == code
    assert api.journal() == []


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, {"marta.soler", "iker", "agencia-norte"}),
        ({"status": "disabled"}, {"agencia-norte"}),
        ({"username": "SOLER"}, {"marta.soler"}),
        ({"domainName": "SEÑAL-norte.es"}, {"agencia-norte"}),
        ({"domainName": "google.com"}, set()),
    ],
)
def test_list_is_filtered(api: Any, filters: dict[str, str], names: set[str]) -> None:
    data = api.ok("user/list", **filters)
    assert {row["username"] for row in data["users"]} == names
    assert data["queryInfo"]["total"] == len(names)


def test_list_refuses_what_it_cannot_look_for(api: Any) -> None:
    assert api.code("user/list", status="asleep") == 105
    assert api.code("user/list", domainName="a b") == 2001


def test_domain_is_added_with_the_default_rights_and_those_sent(api: Any) -> None:
    data = add(api, domain_ownercontacts="read", service_ftp="disabled")
    assert data["numDomains"] == 1
    rights = data["domains"][DOMAIN]
    assert len(rights) == 16
    assert [rights[name] for name in ("domain_ownercontacts", "service_ftp", "servicemail_alias")] == [
        "read",
        "disabled",
        "write",
    ]
    assert (rights["domain_authcode"], rights["domain_transferblock"]) == ("read", "disabled")


def test_rights_that_are_not_sent_stay(api: Any) -> None:
    add(api, domain_dns="read")
    call = {"username": "new.user", "domainName": DOMAIN}
    rights = api.ok("user/updatedomain", **call, service_ddbb="read")["domains"][DOMAIN]
    assert (rights["domain_dns"], rights["service_ddbb"]) == ("read", "read")


def test_domain_is_taken_away_and_the_user_deleted(api: Any) -> None:
    add(api)
    assert api.ok("user/deletedomain", username="new.user", domainName=DOMAIN)["numDomains"] == 0
    assert api.ok("user/delete", username="new.user") == []
    assert api.code("user/getinfo", username="new.user") == 3500
    assert [(row["action"], row["subject"]) for row in api.journal()] == [
        (f"user/{word}", "new.user") for word in ("create", "adddomain", "deletedomain", "delete")
    ]


@pytest.mark.parametrize(
    ("action", "sent", "code"),
    [
        ("adddomain", {"domainName": DOMAIN}, 3502),
        ("adddomain", {"domainName": "google.com"}, 2008),
        ("adddomain", {"domainName": ""}, 101),
        ("adddomain", {"domainName": "a b"}, 2001),
        ("adddomain", {"domainName": "alder-hosting.com", "domain_dns": "rw"}, 105),
        ("adddomain", {"domainName": "alder-hosting.com", "domain_authcode": "write"}, 105),
        ("updatedomain", {"domainName": "alder-hosting.com"}, 3502),
        ("updatedomain", {"domainName": DOMAIN, "service_ftp": "all"}, 105),
        ("deletedomain", {"domainName": "alder-hosting.com"}, 3502),
        ("updatestatus", {"status": "asleep"}, 105),
        ("updatestatus", {}, 101),
        ("updatepassword", {"password": "short"}, 3502),
        ("updatepassword", {}, 101),
    ],
)
def test_change_that_cannot_be_answers_its_code(
    api: Any, action: str, sent: dict[str, str], code: int
) -> None:
    add(api)
    assert api.code(f"user/{action}", username="new.user", **sent) == code
    assert len(api.journal()) == 2


@pytest.mark.parametrize(
    "action",
    ["getinfo", "updatestatus", "updatepassword", "adddomain", "updatedomain", "deletedomain", "delete"],
)
def test_user_that_there_is_not_answers_3500(api: Any, action: str) -> None:
    assert api.code(f"user/{action}", username="nobody") == 3500
    assert api.code(f"user/{action}") == 101


def test_status_and_password_change(api: Any) -> None:
    before = {row["username"]: row["password_digest"] for row in api.state()["users"]}
    assert api.ok("user/updatestatus", username="iker", status="disabled")["status"] == "disabled"
    data = api.ok("user/updatepassword", username="iker", password="another-one")
    assert list(data) == ["username", "status", "lastLogin", "numDomains", "domains"]
    after = {row["username"]: row["password_digest"] for row in api.state()["users"]}
    assert after["iker"] != before["iker"]
    assert "another-one" not in json.dumps([api.journal(), api.state()])


def test_world_changes_users_behind_the_clients_back(api: Any) -> None:
    api.world(user="iker", set={"status": "disabled", "lastLogin": "2026-01-02"})
    api.world(user="iker", set={"remove_domain": "panaderia-etxeberria.com"})
    row = api.ok("user/getinfo", username="iker")
    assert (row["status"], row["lastLogin"], row["numDomains"]) == ("disabled", "2026-01-02", 0)
    for bad in ({"user": "nobody", "set": {}}, {"user": "iker", "set": {"colour": "red"}}):
        with pytest.raises(AssertionError):
            api.world(**bad)
