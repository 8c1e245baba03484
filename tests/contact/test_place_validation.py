"""Telephones, postal codes and provinces: each country writes them in its own way."""

from __future__ import annotations

import pytest

from panel.contact.validation import province_for_postal_code, validate_contact
from panel.contact.validation.postal import POSTAL_FORMATS, WITHOUT_POSTAL_CODES, clean_postal_code

# Places only: the other fields are missing here, and their errors are of no interest.
ANA = {
    "type": "individual",
    "phone": "+34.600123456",
    "address": "Calle Mayor 1",
    "postal_code": "28013",
    "city": "Madrid",
    "state": "Madrid",
    "country": "ES",
}
ABROAD = ANA | {"country": "FR", "postal_code": "75001", "city": "Paris", "state": "Paris"}
PLACES = {"phone", "fax", "address", "postal_code", "city", "state", "country"}


def errors_of(base: dict[str, str], **changes: str) -> dict[str, list[str]]:
    errors = validate_contact(base | changes)[1]
    return {field: messages for field, messages in errors.items() if field in PLACES}


def cleaned_of(base: dict[str, str], field: str, **changes: str) -> str:
    assert errors_of(base, **changes) == {}
    return validate_contact(base | changes)[0][field]


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("+34 600 123 456", "ES", "+34.600123456"),
        ("0034600123456", "ES", "+34.600123456"),
        ("00 34 600-123-456", "FR", "+34.600123456"),
        ("600 123 456", "ES", "+34.600123456"),
        ("01 42 68 53 00", "FR", "+33.142685300"),
        ("+33 (0)1 42 68 53 00", "ES", "+33.142685300"),
    ],
)
def test_phone_is_stored_with_country_code_and_dot(typed: str, country: str, stored: str) -> None:
    base = ANA if country == "ES" else ABROAD

    assert cleaned_of(base, "phone", phone=typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("06 6982 1234", "+39.0669821234"),
        ("(415) 555-2671", "+1.4155552671"),
        ("020 7946 0018", "+44.2079460018"),
    ],
)
def test_national_phone_keeps_what_its_country_needs(typed: str, stored: str) -> None:
    country = {"+39": "IT", "+1.": "US", "+44": "GB"}[stored[:3]]

    assert validate_contact(ANA | {"country": country, "phone": typed})[0]["phone"] == stored


@pytest.mark.parametrize(
    "typed", ["", "123", "+34 12", "call me", "+999 600 123 456", "+34 600123456 ext 3", "0" * 99]
)
def test_phone_that_is_none_is_refused_with_an_example(typed: str) -> None:
    assert list(errors_of(ANA, phone=typed)) == ["phone"]


def test_phone_error_shows_an_example_of_the_country() -> None:
    message = errors_of(ABROAD, phone="123")["phone"][0]

    assert "+33" in message


def test_phone_without_country_needs_its_code() -> None:
    errors = errors_of(ANA, phone="600123456", country="")

    assert {"phone", "country"} <= set(errors)


def test_fax_is_optional_and_written_like_a_phone() -> None:
    assert cleaned_of(ANA, "fax", fax="91 123 45 67") == "+34.911234567"


@pytest.mark.parametrize(("country", "code"), [(c, f.example) for c, f in POSTAL_FORMATS.items()])
def test_postal_example_is_valid_as_written_and_without_separators(country: str, code: str) -> None:
    bare = code.replace(" ", "").replace("-", "").lower()

    assert clean_postal_code(code, country) == code
    assert clean_postal_code(bare, country) == code


@pytest.mark.parametrize(
    ("country", "typed", "stored"),
    [
        ("GB", "sw1a1aa", "SW1A 1AA"),
        ("NL", "1012js", "1012 JS"),
        ("CA", "k1a-0b1", "K1A 0B1"),
        ("PL", "00950", "00-950"),
        ("PT", "1000001", "1000-001"),
        ("SE", "11455", "114 55"),
        ("IE", "D02AF30", "D02 AF30"),
        ("US", "94103 1234", "94103-1234"),
        ("DE", "D-10115", "10115"),
        ("FR", "F-75001", "75001"),
        ("LU", "L-1009", "1009"),
        ("LV", "1010", "LV-1010"),
        ("CH", "CH-8001", "8001"),
        ("HK", "00000", "00000"),
        ("PA", "0801", "0801"),
    ],
)
def test_postal_code_takes_its_countrys_form(country: str, typed: str, stored: str) -> None:
    errors = errors_of(ANA, country=country, postal_code=typed)

    assert "postal_code" not in errors
    assert validate_contact(ANA | {"country": country, "postal_code": typed})[0]["postal_code"] == stored


@pytest.mark.parametrize(
    ("country", "typed", "example"),
    [
        ("ES", "2801", "28013"),
        ("ES", "53001", "28013"),
        ("ES", "", "28013"),
        ("GB", "12345", "SW1A 1AA"),
        ("NL", "1012", "1012 JS"),
        ("US", "ABCDE", "94103"),
        ("HK", "", "00000"),
        ("PA", "", "00000"),
        ("PA", "!", "12345"),
    ],
)
def test_postal_code_error_shows_an_example(country: str, typed: str, example: str) -> None:
    assert example in errors_of(ANA, country=country, postal_code=typed)["postal_code"][0]


def test_countries_without_postal_codes_have_no_format() -> None:
    assert not WITHOUT_POSTAL_CODES & set(POSTAL_FORMATS)


@pytest.mark.parametrize(
    ("code", "province"),
    [
        ("28013", "Madrid"),
        ("01001", "Álava"),
        ("08001", "Barcelona"),
        ("15001", "A Coruña"),
        ("20001", "Gipuzkoa"),
        ("33001", "Asturias"),
        ("38001", "Santa Cruz de Tenerife"),
        ("46001", "Valencia"),
        ("52001", "Melilla"),
        ("00100", None),
        ("53001", None),
        ("2801", None),
        ("abcde", None),
        ("", None),
    ],
)
def test_province_follows_the_postal_code(code: str, province: str | None) -> None:
    assert province_for_postal_code(code) == province


@pytest.mark.parametrize(
    ("postal_code", "typed", "stored"),
    [
        ("28013", "", "Madrid"),
        ("48001", "VIZCAYA", "Bizkaia"),
        ("17001", "gerona", "Girona"),
        ("46001", "València", "Valencia"),
        ("01001", "Araba/Álava", "Álava"),
        ("15001", "la coruna", "A Coruña"),
    ],
)
def test_spanish_province_is_recognized_or_filled_in(postal_code: str, typed: str, stored: str) -> None:
    assert cleaned_of(ANA, "state", postal_code=postal_code, state=typed) == stored


def test_spanish_province_that_contradicts_the_postal_code_is_refused() -> None:
    message = errors_of(ANA, state="Barcelona")["state"][0]

    assert "Madrid" in message
    assert "Barcelona" in message


def test_spanish_province_that_does_not_exist_is_refused() -> None:
    assert list(errors_of(ANA, state="Catalonia")) == ["state"]


@pytest.mark.parametrize(
    ("country", "typed", "stored"),
    [
        ("US", "california", "CA"),
        ("US", "ny", "NY"),
        ("US", "Washington", "WA"),
        ("US", "District of Columbia", "DC"),
        ("CA", "Québec", "QC"),
        ("CA", "on", "ON"),
        ("IT", "Roma", "Roma"),
    ],
)
def test_state_takes_its_countrys_form(country: str, typed: str, stored: str) -> None:
    cleaned, errors = validate_contact(ANA | {"country": country, "state": typed})

    assert "state" not in errors
    assert cleaned["state"] == stored


@pytest.mark.parametrize(("country", "typed"), [("US", "Bavaria"), ("CA", "CA"), ("IT", ""), ("FR", "75")])
def test_state_that_is_none_is_refused(country: str, typed: str) -> None:
    assert "state" in errors_of(ANA, country=country, state=typed)
