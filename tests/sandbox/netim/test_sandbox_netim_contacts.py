"""Contacts and hosts (sections 2.3, 2.4, 3.2 to 3.7)."""

from __future__ import annotations

from typing import Any

import pytest

V4, V6 = ["203.0.113.7"], ["2001:db8::7"]
HOST = "ns7.walsh-boatyard.com"


def test_contact_is_created_and_told_whole(api: Any, person: dict[str, str]) -> None:
    sent = {
        **person,
        "birthDate": "1815-12-10",
        "additional": {"item": {"key": "ES_NIF", "value": "12345678Z"}},
    }
    key = api.ok("contactCreate", sent)
    info = api.ok("contactInfo", key)
    assert list(info)[:5] == ["idContact", "firstName", "lastName", "bodyForm", "bodyName"]
    assert list(info)[-3:] == ["birthCountry", "idNumber", "additional"]
    assert {name: info[name] for name in person} == person
    assert (info["idContact"], info["birthDate"], info["tmName"]) == (key, "1815-12-10", "")
    assert info["additional"] == {"ES_NIF": "12345678Z"}
    assert [row["subject"] for row in api.journal("contactCreate")] == [key]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"firstName": ""}, "firstName : Missing value"),
        ({"lastName": "X Æ A-12"}, "lastName : Invalid value"),
        ({"firstName": "A" * 31}, "firstName : Value too long"),
        ({"bodyForm": "SARL"}, "bodyForm : Invalid value"),
        ({"bodyForm": "ORG"}, "bodyName : Missing value"),
        ({"address1": "1 <b>"}, "address1 : Invalid value"),
        ({"zipCode": "1" * 11}, "zipCode : Value too long"),
        ({"area": "NO"}, "Province : Invalid value"),
        ({"country": "IT"}, "Province : Invalid value"),
        ({"country": "IT", "area": "Roma"}, "Province : Invalid value"),
        ({"country": "XX"}, "country : Invalid value"),
        ({"country": ""}, "country : Missing value"),
        ({"phone": "+33.320000000"}, "phone : Invalid value"),
        ({"phone": "0320000000"}, "phone : Invalid value"),
        ({"fax": "x"}, "fax : Invalid value"),
        ({"email": "nobody"}, "email : Invalid value"),
        ({"language": "ES"}, "language : Invalid value"),
        ({"isOwner": ""}, "isOwner : Missing value"),
        ({"isOwner": "2"}, "isOwner : Invalid value"),
        ({"tmType": "EUIPO"}, "tmType : Invalid value"),
        ({"birthDate": "10/12/1815"}, "birthDate : Invalid value"),
        ({"birthDate": "1815-02-30"}, "birthDate : Invalid value"),
        ({"birthCountry": "XX"}, "birthCountry : Invalid value"),
        ({"additional": "text"}, "additional : Invalid value"),
        ({"city": ["Lille"]}, "city : Invalid value"),
    ],
)
def test_bad_contact_is_refused_with_its_field(
    api: Any, person: dict[str, str], changes: dict[str, Any], text: str
) -> None:
    assert api.fails("contactCreate", {**person, **changes}) == f"E13 : {text}"
    assert not api.journal()


def test_province_is_named_in_french_too(api: Any, person: dict[str, str]) -> None:
    api.ok("sessionSetPreference", "lang", "FR")
    assert api.fails("contactCreate", {**person, "country": "US"}) == "E13 : Province : Valeur invalide"


def test_contact_that_is_no_owner_is_changed_whole(api: Any, person: dict[str, str]) -> None:
    key = api.owner(isOwner="0")
    answer = api.done(
        "contactUpdate", key, {**person, "isOwner": "0", "lastName": "King", "city": "Gent", "country": "BE"}
    )
    assert answer["TYPE"] == "contactUpdate"
    info = api.ok("contactInfo", key)
    assert (info["lastName"], info["city"], info["isOwner"]) == ("King", "Gent", "0")


def test_owner_keeps_the_identity_when_changed(api: Any, person: dict[str, str]) -> None:
    key = api.owner()
    api.done("contactOwnerUpdate", key, {**person, "lastName": "King", "city": "Lens"})
    info = api.ok("contactInfo", key)
    assert (info["lastName"], info["city"]) == ("Byron", "Lens")


def test_changed_identity_can_be_refused_instead(api: Any, person: dict[str, str]) -> None:
    api.world(owner_identity="refused")
    key = api.owner()
    assert api.fails("contactOwnerUpdate", key, {**person, "lastName": "King"}).startswith("E90-M9011 : ")
    api.done("contactOwnerUpdate", key, {**person, "city": "Lens"})


def test_each_update_is_for_its_own_kind_of_contact(api: Any, person: dict[str, str]) -> None:
    owner, other = api.owner(), api.owner(isOwner="0")
    assert api.fails("contactUpdate", owner, person) == "E13 : idContact : Must not be an owner contact"
    assert api.fails("contactOwnerUpdate", other, person) == "E13 : idContact : Must be an owner contact"
    assert (
        api.fails("contactOwnerUpdate", owner, {**person, "isOwner": "0"}) == "E13 : isOwner : Invalid value"
    )


def test_contact_that_nobody_uses_is_deleted(api: Any) -> None:
    key = api.owner()
    assert api.done("contactDelete", key)["TYPE"] == "contactDelete"
    assert api.fails("contactInfo", key) == "E13 : idContact : Unknown"
    assert [row["action"] for row in api.journal()] == ["contactCreate", "contactDelete"]


def test_contact_in_use_and_the_reseller_are_not_deleted(api: Any) -> None:
    used = api.info("walsh-boatyard.com")["idOwner"]
    for key in (used, "DEMO01"):
        assert api.fails("contactDelete", key) == "E90-M9003 : This object is in use"


@pytest.mark.parametrize(
    ("pattern", "field", "first"),
    [
        ("*", "", "Phare"),
        ("Giulia", "firstName", "Giulia"),
        ("*@walsh-*", "email", "Eoin"),
        ("nobody", "lastName", ""),
    ],
)
def test_contacts_are_listed_by_a_filter(api: Any, pattern: str, field: str, first: str) -> None:
    rows = api.ok("queryContactList", pattern, field)
    assert [row["firstName"] for row in rows][:1] == ([first] if first else [])


def test_list_of_contacts_has_its_members_and_refuses_unknown_fields(api: Any) -> None:
    rows = api.ok("queryContactList")
    assert len(rows) == 11
    assert list(rows[0]) == ["idContact", "firstName", "lastName", "bodyForm", "bodyName", "isOwner"]
    assert api.fails("queryContactList", "x", "shoeSize") == "E13 : field : Invalid value"


def test_host_lives_from_creation_to_deletion(api: Any) -> None:
    assert api.done("hostCreate", HOST, V4, V6)["TYPE"] == "hostCreate"
    assert api.ok("queryHostList", "ns7.*") == [{"name": HOST, "ipv4": V4, "ipv6": V6}]
    api.done("hostUpdate", HOST, ["198.51.100.7", "198.51.100.8"], [])
    assert api.ok("queryHostList", HOST) == [
        {"name": HOST, "ipv4": ["198.51.100.7", "198.51.100.8"], "ipv6": []}
    ]
    api.done("hostDelete", HOST)
    assert api.ok("queryHostList", HOST) == []
    assert [row["action"] for row in api.journal()] == ["hostCreate", "hostUpdate", "hostDelete"]


@pytest.mark.parametrize(
    ("host", "v4", "v6", "text"),
    [
        ("ns1.google.com", V4, [], "E15-M1502 : This domain name is not under your management"),
        ("ns1.phare-hebergement.net", V4, [], "E90-M9002 : This object already exists in your account"),
        ("ns one.walsh-boatyard.com", V4, [], "E13 : host : Invalid value"),
        (HOST, [], [], "E13 : ipv4 : Missing value"),
        (HOST, ["2001:db8::1"], [], "E13 : ipv4 : Invalid value"),
        (HOST, ["127.0.0.1"], [], "E13 : ipv4 : Invalid value"),
        (HOST, ["1.2.3"], [], "E13 : ipv4 : Invalid value"),
        (HOST, [], V4, "E13 : ipv6 : Invalid value"),
    ],
)
def test_bad_host_is_refused(api: Any, host: str, v4: list[str], v6: list[str], text: str) -> None:
    assert api.fails("hostCreate", host, v4, v6) == text


def test_host_in_use_or_unknown_is_refused(api: Any) -> None:
    assert api.fails("hostDelete", "ns1.phare-hebergement.net") == "E90-M9003 : This object is in use"
    assert api.fails("hostUpdate", HOST, V4, []) == "E13 : host : Unknown"
