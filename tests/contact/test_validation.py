"""What people type into contact forms, and what is made of it."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.contact.validation import (
    SPANISH_ORGANIZATION_TYPES,
    contact_warnings,
    suggest_organization_type,
    validate_contact,
)
from registrar.types import Contact, ContactType

ANA = {
    "type": "individual",
    "first_name": "Ana",
    "last_name": "Torres",
    "organization": "",
    "organization_type": "",
    "identification": "12345678Z",
    "email": "ana@example.com",
    "phone": "+34.600123456",
    "fax": "",
    "address": "Calle Mayor 1",
    "postal_code": "28013",
    "city": "Madrid",
    "state": "Madrid",
    "country": "ES",
}
ACME = ANA | {
    "type": "organization",
    "organization": "Acme S.L.",
    "organization_type": "612",
    "identification": "B64717838",
}
ABROAD = ANA | {"country": "FR", "postal_code": "75001", "city": "Paris", "state": "Paris"}


def cleaned_of(base: dict[str, str], field: str, **changes: str) -> str:
    cleaned, errors = validate_contact(base | changes)
    assert errors == {}
    return cleaned[field]


def errors_of(base: dict[str, str], **changes: str) -> dict[str, list[str]]:
    return validate_contact(base | changes)[1]


@pytest.mark.parametrize("contact", [ANA, ACME, ABROAD])
def test_valid_contact_is_unchanged_and_fits_the_registrar_type(contact: dict[str, str]) -> None:
    cleaned, errors = validate_contact(contact)

    assert errors == {}
    assert cleaned == contact
    assert Contact(**cleaned | {"type": ContactType(cleaned["type"])}).email == "ana@example.com"


def test_empty_contact_names_every_required_field() -> None:
    cleaned, errors = validate_contact({})

    assert set(errors) == {
        "type",
        "first_name",
        "last_name",
        "identification",
        "email",
        "phone",
        "address",
        "postal_code",
        "city",
        "state",
        "country",
    }
    assert all(messages and messages[0].endswith(".") for messages in errors.values())
    assert set(cleaned) == set(ANA)


def test_pasted_text_is_tidied() -> None:
    cleaned, errors = validate_contact(
        ANA
        | {
            "first_name": "  Jose\u0301\u00a0 María ",
            "phone": "\u202a+34 600 12 34 56\u202c",
            "address": "Calle Mayor 1\r\n\r\n Piso 2,\n",
            "unknown": "x",
        }
    )

    assert errors == {}
    assert cleaned["first_name"] == "José María"
    assert cleaned["phone"] == "+34.600123456"
    assert cleaned["address"] == "Calle Mayor 1, Piso 2"
    assert "unknown" not in cleaned


@pytest.mark.parametrize(
    "field", ["first_name", "last_name", "city", "address"], ids=lambda field: str(field)
)
@pytest.mark.parametrize("value", ["1234", "---", "Ana\x07", "a" * 129])
def test_text_without_letters_or_too_long_is_refused(field: str, value: str) -> None:
    assert list(errors_of(ANA, **{field: value})) == [field]


@pytest.mark.parametrize("name", ["O'Brien", "Gómez-Peña", "王小明", "Müller 3rd", "Ωμέγα"])
def test_names_of_every_script_are_accepted(name: str) -> None:
    assert cleaned_of(ANA, "last_name", last_name=name) == name


@pytest.mark.parametrize(
    ("contact_type", "country", "typed", "stored"),
    [
        ("individual", "ES", "12.345.678-z", "12345678Z"),
        ("individual", "ES", "ES12345678Z", "12345678Z"),
        ("individual", "ES", "x-1234567-l", "X1234567L"),
        ("organization", "ES", "B-64717838", "B64717838"),
        ("organization", "FR", "732 829 320", "732829320"),
        ("organization", "FR", "732 829 320 00074", "73282932000074"),
        ("organization", "FR", "FR 83 404 833 048", "FR83404833048"),
        ("individual", "FR", "12ab34567", "12AB34567"),
        ("individual", "IT", "rccmnl83s18d969h", "RCCMNL83S18D969H"),
        ("organization", "IT", "IT 00743110157", "00743110157"),
        ("individual", "PT", "501 964 843", "501964843"),
        ("organization", "DE", "DE 136,695 976".replace(",", " "), "DE136695976"),
        ("organization", "DE", "HRB 12345", "HRB 12345"),
        ("organization", "GR", "EL 094259216", "EL094259216"),
        ("individual", "US", "passport 123-456", "PASSPORT 123-456"),
    ],
)
def test_identification_takes_its_countrys_form(
    contact_type: str, country: str, typed: str, stored: str
) -> None:
    cleaned, errors = validate_contact(
        ACME | {"type": contact_type, "country": country, "identification": typed}
    )

    assert "identification" not in errors
    assert cleaned["identification"] == stored


@pytest.mark.parametrize(
    ("contact_type", "country", "typed"),
    [
        ("individual", "ES", ""),
        ("individual", "ES", "12345678A"),
        ("individual", "ES", "B64717838"),
        ("organization", "ES", "B64717839"),
        ("organization", "FR", "732829321"),
        ("organization", "FR", "acme"),
        ("individual", "IT", "RCCMNL83S18D969A"),
        ("organization", "IT", "00743110158"),
        ("individual", "PT", "501964842"),
        ("organization", "DE", "DE136695975"),
        ("individual", "US", "12"),
        ("individual", "US", "1" * 31),
        ("individual", "US", "none"),
        ("individual", "US", "123<456>"),
        ("organization", "US", ""),
    ],
)
def test_identification_that_cannot_be_is_refused(contact_type: str, country: str, typed: str) -> None:
    errors = errors_of(ACME, type=contact_type, country=country, identification=typed)

    assert "identification" in errors


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("A58818501", "524"),
        ("B64717838", "612"),
        ("C1", "560"),
        ("D1", "562"),
        ("E1", "150"),
        ("F1", "566"),
        ("G1", "47"),
        ("J1", "554"),
        ("P1", "747"),
        ("Q1", "746"),
        ("R1", "164"),
        ("S1", "436"),
        ("U1", "717"),
        ("V1", "877"),
        ("N1", "713"),
        ("W1", "713"),
        ("X1234567L", "1"),
        ("12345678Z", "1"),
        ("H1", "877"),
        ("es-b64717838", "612"),
        ("", ""),
    ],
)
def test_organization_type_is_suggested_by_the_first_letter(number: str, code: str) -> None:
    assert suggest_organization_type(number) == code
    assert not code or code in SPANISH_ORGANIZATION_TYPES


def test_spanish_organization_needs_its_type_and_hears_the_suggestion() -> None:
    message = errors_of(ACME, organization_type="")["organization_type"][0]

    assert "Limited company" in message


def test_organization_type_is_emptied_where_it_means_nothing() -> None:
    assert cleaned_of(ANA, "organization_type", organization_type="612") == ""
    assert (
        validate_contact(ACME | {"country": "FR", "organization_type": "612"})[0]["organization_type"] == ""
    )


def test_organization_type_against_the_tax_number_is_a_warning_only() -> None:
    cleaned, errors = validate_contact(ACME | {"organization_type": "524"})

    assert errors == {}
    assert list(contact_warnings(cleaned)) == ["organization_type"]
    assert contact_warnings(ACME) == {}
    assert contact_warnings(ANA) == {}
    assert contact_warnings(ACME | {"organization_type": "877"}) == {}


def test_individual_with_an_organization_name_is_asked_to_decide() -> None:
    assert list(errors_of(ANA, organization="Acme")) == ["organization"]
    assert list(errors_of(ACME, organization="")) == ["organization"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Ana.Torres+web@Example.COM", "Ana.Torres+web@example.com"),
        ("ana@Café.example", "ana@xn--caf-dma.example"),
        ("ana@xn--caf-dma.example", "ana@xn--caf-dma.example"),
    ],
)
def test_email_domain_becomes_an_a_label(typed: str, stored: str) -> None:
    assert cleaned_of(ANA, "email", email=typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "ana@",
        "@example.com",
        "ana@localhost",
        "a na@example.com",
        "ana@exa mple.com",
        "aña@example.com",
        "ana@-x.com",
        "ana..t@example.com",
        "ana@127.0.0.1",
        "ana@xn--zzzzzz!.com",
        "a" * 65 + "@example.com",
    ],
)
def test_email_that_is_none_is_refused(typed: str) -> None:
    assert list(errors_of(ANA, email=typed)) == ["email"]


@pytest.mark.parametrize(("typed", "stored"), [("es", "ES"), ("uk", "GB"), ("EL", "GR")])
def test_country_habits_are_understood(typed: str, stored: str) -> None:
    assert validate_contact(ANA | {"country": typed})[0]["country"] == stored


@pytest.mark.parametrize("typed", ["", "Spain", "XX", "XK", "001"])
def test_country_that_is_none_is_refused(typed: str) -> None:
    assert "country" in errors_of(ANA, country=typed)


ANYTHING = st.text(max_size=40)
NUMBERS = st.text(alphabet="0123456789+-. ()ABEXZ/", max_size=25)
FIELDS = sorted(ANA)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from(FIELDS), ANYTHING | NUMBERS, max_size=14),
    st.sampled_from([ANA, ACME, ABROAD]),
    st.sampled_from(["ES", "FR", "US", "CA", "IT", "PT", "GB", "DE", "GR", "LV", "HK", "AQ", "xx", ""]),
)
def test_any_text_is_answered_and_the_answer_is_stable(
    changes: dict[str, str], base: dict[str, str], country: str
) -> None:
    data = base | {"country": country} | changes

    cleaned, errors = validate_contact(data)
    again, errors_again = validate_contact(cleaned)

    assert again == cleaned
    assert errors_again == errors
    assert set(errors) <= set(cleaned) == set(FIELDS)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)), st.booleans())
def test_example_numbers_of_every_region_are_accepted(region: str, national: bool) -> None:
    number = phonenumbers.example_number(region)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.E164
    typed = phonenumbers.format_number(number, form)

    cleaned, errors = validate_contact(ANA | {"country": region, "phone": typed})

    if "country" not in errors:
        assert "phone" not in errors
        assert cleaned["phone"].startswith(f"+{number.country_code}.")


def test_half_a_character_is_refused_and_can_still_be_shown() -> None:
    cleaned, errors = validate_contact(ANA | {"first_name": "Ana\ud800"})

    assert list(errors) == ["first_name"]
    assert cleaned["first_name"].encode("utf-8")
