"""Module contact: manual 6."""

from __future__ import annotations

from typing import Any

import pytest


def test_create_answers_the_whole_contact(api: Any, person: dict[str, str]) -> None:
    reply = api.post("contact/create", **person)
    data = reply["responseData"]
    key = data.pop("contactID")
    assert reply["messages"] == ["Operation done correctly."]
    letters, _, digits = key.partition("-")
    assert letters == "AB"
    assert digits.isdigit()
    assert data == {
        "contactType": "individual",
        "firstName": "Ada",
        "lastName": "Byron",
        "orgName": "",
        "orgType": "",
        "identNumber": "12345678Z",
        "email": "ada@example.com",
        "phone": "+34.600000000",
        "fax": "",
        "address": "Calle Mayor 1",
        "postalCode": "28001",
        "city": "Madrid",
        "state": "Madrid",
        "country": "ES",
        "verificationstatus": "notapplicable",
        "daaccepted": False,
    }
    assert api.ok("contact/getinfo", contactID=key, infoType="data") == {"contactID": key, **data}


def test_same_data_twice_make_two_contacts(api: Any) -> None:
    assert api.contact() != api.contact()
    assert api.ok("contact/list")["queryInfo"]["total"] == 14
    assert [row["action"] for row in api.journal()] == ["contact/create", "contact/create"]


@pytest.mark.parametrize(
    "field",
    [
        "Type",
        "FirstName",
        "LastName",
        "IdentNumber",
        "Email",
        "Phone",
        "Address",
        "PostalCode",
        "City",
        "State",
        "Country",
    ],
)
def test_missing_field_answers_101_and_names_it(api: Any, person: dict[str, str], field: str) -> None:
    reply = api.post("contact/create", **{**person, field: ""})
    assert reply["errorCode"] == 101
    assert f"'{field}'" in reply["messages"][0]


@pytest.mark.parametrize(
    "change",
    [
        {"Type": "robot"},
        {"Email": "ada at example"},
        {"Phone": "+34600000000"},
        {"Phone": "600000000"},
        {"Fax": "1234"},
        {"Country": "XX"},
        {"PostalCode": "2800"},
        {"PostalCode": "SW1A 1AA", "Country": "US"},
        {"Address": "x" * 256},
        {"Type": "organization", "OrgName": "Lamps", "OrgType": "5"},
    ],
)
def test_malformed_data_answer_3002(api: Any, person: dict[str, str], change: dict[str, str]) -> None:
    assert api.code("contact/create", **{**person, **change}) == 3002
    assert api.journal() == []


def test_malformed_data_of_a_new_owner_answer_3002_and_nothing_is_made(api: Any, inline: Any) -> None:
    owner = inline("owner", Phone="12")
    assert api.code("domain/create", domain="lighthouse.com", **owner, **inline("admin")) == 3002
    assert api.journal() == []
    assert api.ok("contact/list")["queryInfo"]["total"] == 12


@pytest.mark.parametrize(
    ("change", "code"),
    [({"OrgType": "612"}, 101), ({"OrgName": "Lamps"}, 101), ({"OrgName": "Lamps", "Country": "FR"}, 0)],
)
def test_organization_needs_a_name_and_in_spain_a_type(
    api: Any, person: dict[str, str], change: dict[str, str], code: int
) -> None:
    assert api.post("contact/create", **{**person, "Type": "organization", **change})["errorCode"] == code


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"name": "müller"}, ["Müller Bau GmbH"]),
        ({"name": "petra"}, ["Müller Bau GmbH"]),
        ({"email": "ops@alder-hosting.example"}, ["Alder Hosting Ltd"]),
        ({"country": "pt"}, ["Vinhos do Vale Lda"]),
        ({"identNumber": "AAAAAA"}, ["Will Ford"]),
        ({"verificationstatus": "failed"}, ["Anouk de Vries"]),
        ({"daaccepted": "0", "country": "US"}, ["Will Ford"]),
        ({"name": "nobody at all"}, []),
    ],
)
def test_filter_narrows_the_list(api: Any, filters: dict[str, str], expected: list[str]) -> None:
    data = api.ok("contact/list", **filters)
    assert [row["contactName"] for row in data["contacts"]] == expected
    assert data["queryInfo"]["total"] == len(expected)


def test_list_row_has_exactly_the_manuals_fields_and_pages(api: Any) -> None:
    data = api.ok("contact/list", page=3, pageLength=5)
    assert data["queryInfo"] == {"page": 3, "pageLength": 5, "results": 2, "total": 12}
    for row in data["contacts"]:
        assert list(row) == [
            "contactID",
            "contactType",
            "contactName",
            "identNumber",
            "email",
            "country",
            "verificationstatus",
            "daaccepted",
        ]


@pytest.mark.parametrize(
    ("action", "parameters", "code"),
    [
        ("contact/list", {"verificationstatus": "maybe"}, 105),
        ("contact/list", {"daaccepted": "maybe"}, 105),
        ("contact/getinfo", {}, 101),
        ("contact/getinfo", {"contactID": "XX-1"}, 3001),
        ("contact/resendverificationmail", {}, 101),
        ("contact/resendverificationmail", {"contactID": "XX-1"}, 3001),
    ],
)
def test_refused_call_answers_its_code(api: Any, action: str, parameters: dict[str, str], code: int) -> None:
    assert api.code(action, **parameters) == code


def test_info_type_other_than_data_answers_105(api: Any) -> None:
    assert api.code("contact/getinfo", contactID=api.contact(), infoType="history") == 105


def test_verification_mail_is_sent_again_while_it_is_awaited(api: Any) -> None:
    (row,) = api.ok("contact/list", verificationstatus="failed")["contacts"]
    reply = api.post("contact/resendverificationmail", contactID=row["contactID"])
    expected = {key: value for key, value in row.items() if key != "daaccepted"}
    assert reply["responseData"] == {**expected, "verificationstatus": "inprocess"}
    assert api.code("contact/resendverificationmail", contactID=api.contact()) == 3003


def test_address_that_nobody_confirms_fails_after_fifteen_days(api: Any) -> None:
    owner = api.contact(Email="ada@unverified.example")
    api.ok("domain/create", domain="lighthouse.com", ownerContactID=owner)
    assert api.ok("contact/getinfo", contactID=owner)["verificationstatus"] == "inprocess"
    api.advance(15 * 86400 + 60)
    assert api.ok("contact/getinfo", contactID=owner)["verificationstatus"] == "failed"
