"""What Netim and BookMyName call our fields, and that every family has a word for every question it asks."""

from __future__ import annotations

from typing import Any

import pytest

from registrar.errors import InvalidRequest
from registrar.tld import (
    Kind,
    Problem,
    check_fields,
    family_data,
    family_key,
    family_parameters,
    fields_for,
    known_families,
    known_tlds,
    nameserver_limits,
    rule_for,
)
from registrar.tld.shapes import Field

ASKED = [
    (family, tld, field)
    for tld in known_tlds()
    for field in (rule_for(tld) or pytest.fail(tld)).fields
    for family in field.families
]
PLACES = sorted({(family, tld) for family, tld, _ in ASKED})
US = {"nexus_category": "us_organization", "application_purpose": "business"}
PERSON = {
    "fr_identification": "individual",
    "birth_date": "1984-05-23",
    "birth_postal_code": "69003",
    "birth_city": "Lyon",
    "birth_country": "fr",
}


def test_four_families_have_data() -> None:
    assert known_families() == ("bookmyname", "mrdomain", "namecom", "netim")


@pytest.mark.parametrize(("family", "tld"), PLACES)
def test_every_question_of_a_family_has_its_key_and_its_words(family: str, tld: str) -> None:
    asked = [field for one, where, field in ASKED if (one, where) == (family, tld)]

    named = {field.name: family_key(family, tld, field.name) for field in asked}

    assert all(named.values())
    assert len(set(named.values())) == len(named)
    for field in asked:
        assert set(family_data(family).choices.get(field.name, {})) == set(dict(field.choices))


@pytest.mark.parametrize(("family", "tld"), PLACES)
@pytest.mark.parametrize("contact_type", ["individual", "organization"])
def test_every_answer_that_passes_the_check_is_sent_under_its_key(
    family: str, tld: str, contact_type: str
) -> None:
    for operation in ("create", "transfer"):
        asked = fields_for(family, tld, operation, contact_type)
        for choice in range(max((len(field.choices) for field in asked), default=0) or 1):
            values = {field.name: _answer(field, choice) for field in asked}

            cleaned, problems = check_fields(family, tld, values, contact_type, operation)
            sent = family_parameters(family, tld, values, contact_type, operation)

            assert problems == {}
            assert cleaned == values
            assert set(sent) == {family_key(family, tld, field.name) for field in asked}


def _answer(field: Field, choice: int) -> str:
    if field.choices:
        return field.choices[choice % len(field.choices)][0]
    samples = {
        Kind.DATE: "1984-05-23",
        Kind.BOOLEAN: "1",
        Kind.COUNTRY: "FR",
        Kind.EMAIL: "ana@example.com",
        Kind.URL: "https://example.com",
    }
    return samples.get(field.kind, "7")


def test_examples_in_the_data_pass_their_own_checks() -> None:
    for family, tld, field in ASKED:
        if field.example:
            owner = "individual" if field.applies_to == "individual" else "organization"
            _, problems = check_fields(family, tld, {field.name: field.example}, owner, field.operations[0])
            assert field.name not in problems


def test_what_a_manual_does_not_demand_says_what_was_assumed() -> None:
    for family, tld, field in ASKED:
        if family == "netim":
            assert field.assumption, (tld, field.name)


def test_same_meaning_has_a_key_at_each_family() -> None:
    assert family_key("mrdomain", "fi", "birth_date") == "ownerDateOfBirth"
    assert family_key("netim", "fi", "birth_date") == "birthDate"
    assert family_key("bookmyname", "fr", "birth_date") == "dotfr_ne_le"
    assert family_parameters("netim", "us", US, "organization") == {
        "additional.US_CATEGORY[domain]": "C21",
        "additional.US_APP_PURPOSE[domain]": "P1",
    }
    assert family_parameters("bookmyname", "us", US, "organization") == {
        "dotus_nexus_category": "C21",
        "dotus_nexus_purpose": "P1",
    }


def test_field_without_a_name_at_a_family_has_no_key() -> None:
    with pytest.raises(KeyError):
        family_key("namecom", "us", "nexus_category")


def test_bookmyname_person_in_fr_is_sent_with_its_own_date_and_an_iso_country() -> None:
    sent = family_parameters("bookmyname", "fr", PERSON, "individual")

    assert sent == {
        "dotfr_mode": "PARTICULIER",
        "dotfr_ne_le": "23-05-1984",
        "dotfr_ne_cp": "69003",
        "dotfr_ne_ville": "Lyon",
        "dotfr_ne_pays_id": "FR",
    }
    assert {key for key in sent if key in family_data("bookmyname").country_keys} == {"dotfr_ne_pays_id"}


@pytest.mark.parametrize(
    ("extra", "owner", "sent"),
    [
        (
            {"fr_identification": "association", "publication_date": "2015-03-12", "publication_page": "12"},
            "organization",
            {
                "dotfr_mode": "ASSOCIATION",
                "dotfr_publication_jo": "12-03-2015",
                "dotfr_publication_jo_page": "12",
            },
        ),
        (
            {"fr_identification": "establishment", "establishment_number": "73282932000074"},
            "organization",
            {"dotfr_mode": "SIRET", "siret": "73282932000074"},
        ),
        (
            {"fr_identification": "trademark", "trademark_number": "4123456"},
            "individual",
            {"dotfr_mode": "MARQUE", "dotfr_marque": "4123456"},
        ),
    ],
)
def test_bookmyname_ways_of_identification_in_fr(
    extra: dict[str, str], owner: str, sent: dict[str, str]
) -> None:
    assert family_parameters("bookmyname", "fr", extra, owner) == sent


@pytest.mark.parametrize(
    ("family", "tld", "extra", "owner", "problems"),
    [
        ("bookmyname", "fr", {}, "individual", {"fr_identification": Problem.MISSING}),
        (
            "bookmyname",
            "fr",
            {"fr_identification": "individual"},
            "individual",
            dict.fromkeys(
                ["birth_date", "birth_postal_code", "birth_city", "birth_country"], Problem.MISSING
            ),
        ),
        (
            "bookmyname",
            "fr",
            {"fr_identification": "establishment"},
            "organization",
            {"establishment_number": Problem.MISSING},
        ),
        (
            "bookmyname",
            "fr",
            {"fr_identification": "association"},
            "organization",
            dict.fromkeys(["publication_date", "publication_page"], Problem.MISSING),
        ),
        (
            "bookmyname",
            "fr",
            {"fr_identification": "trademark"},
            "organization",
            {"trademark_number": Problem.MISSING},
        ),
        (
            "bookmyname",
            "fr",
            {"fr_identification": "individual"},
            "organization",
            {"fr_identification": Problem.BAD_CHOICE},
        ),
        (
            "bookmyname",
            "fr",
            {"fr_identification": "association"},
            "individual",
            {"fr_identification": Problem.BAD_CHOICE},
        ),
        ("bookmyname", "us", {}, "organization", dict.fromkeys(US, Problem.MISSING)),
        ("netim", "us", {}, "individual", dict.fromkeys(US, Problem.MISSING)),
        (
            "bookmyname",
            "us",
            US | {"nexus_category": "C21"},
            "organization",
            {"nexus_category": "bad_choice"},
        ),
        (
            "bookmyname",
            "fr",
            PERSON | {"birth_country": "FRA"},
            "individual",
            {"birth_country": "bad_country"},
        ),
        (
            "bookmyname",
            "fr",
            PERSON | {"birth_country": "é€"},
            "individual",
            {"birth_country": "bad_country"},
        ),
        ("namecom", "us", {}, "organization", {}),
        ("namecom", "us", US, "organization", dict.fromkeys(US, Problem.UNKNOWN_FIELD)),
        ("netim", "eu", {}, "individual", {}),
    ],
)
def test_problems_by_family(
    family: str, tld: str, extra: dict[str, str], owner: str, problems: dict[str, Any]
) -> None:
    assert check_fields(family, tld, extra, owner)[1] == problems


def test_choices_offered_suit_the_owner() -> None:
    def offered(owner: str) -> set[str]:
        return set(dict(fields_for("bookmyname", "fr", "create", owner)[0].choices))

    assert offered("individual") == {"individual", "trademark"}
    assert offered("organization") == {"establishment", "association", "trademark"}


def test_bookmyname_asks_four_answers_for_asia() -> None:
    extra = {
        "asia_locality": "JP",
        "asia_entity_type": "political_party",
        "asia_identity_form": "society_registry",
        "identification_number": "42",
    }

    assert family_parameters("bookmyname", "asia", extra, "organization") == {
        "asia_locality": "JP",
        "asia_typeofentity": "politicalParty",
        "asia_formofident": "societyRegistry",
        "asia_identnumber": "42",
    }
    with pytest.raises(InvalidRequest):
        family_parameters("bookmyname", "asia", {}, "organization")


@pytest.mark.parametrize(
    ("family", "minimum", "maximum", "later"),
    [("mrdomain", 2, 7, 7), ("netim", 2, 5, 5), ("bookmyname", 2, 4, 13), ("namecom", 2, 13, 13)],
)
def test_nameserver_limits_of_each_family(family: str, minimum: int, maximum: int, later: int) -> None:
    limits = nameserver_limits(family)

    assert (limits.minimum, limits.maximum, limits.update_maximum) == (minimum, maximum, later)
    assert limits.source


def test_secrets_are_secret_at_every_family() -> None:
    assert {field.name for _, _, field in ASKED if field.secret} == {"aero_password"}
