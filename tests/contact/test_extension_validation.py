"""The fields of extensions and the nameservers, as a form hears about them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.contact.validation import validate_extra, validate_nameservers
from panel.contact.validation.wording import WORDING, translated
from registrar.errors import NotSupported
from registrar.tld import family_parameters, known_families, known_tlds, neutral_fields, rule_for


def test_every_text_of_the_data_can_be_translated() -> None:
    shown = {
        text
        for tld in known_tlds()
        for field in rule_for(tld).fields
        for text in (field.label_key, field.why, *dict(field.choices).values())
    } | set(neutral_fields().values())

    assert shown == WORDING
    assert all(translated(text) for text in shown)


def test_extra_of_a_plain_extension_is_empty() -> None:
    assert validate_extra("mrdomain", "com", "create", "individual", {}) == ({}, {})


def test_extra_is_tidied_and_fits_the_registrar() -> None:
    data = {"company_number": " 732 829 320 ", "trademark_number": ""}

    cleaned, errors = validate_extra("mrdomain", "fr", "create", "organization", data)

    assert errors == {}
    assert cleaned == {"company_number": "732829320"}
    assert family_parameters("mrdomain", "fr", cleaned, "organization") == {"frSirenNumber": "732829320"}


def test_siret_is_checked_where_the_way_of_identification_is_the_establishment() -> None:
    way = {"fr_identification": "establishment"}

    cleaned, errors = validate_extra(
        "bookmyname", "fr", "create", "organization", way | {"establishment_number": "732 829 320 00074"}
    )
    assert errors == {}
    assert cleaned["establishment_number"] == "73282932000074"

    _, errors = validate_extra(
        "bookmyname", "fr", "create", "organization", way | {"establishment_number": "732 829 320 00075"}
    )
    assert "SIRET" in errors["establishment_number"][0]


def test_company_number_is_a_siren_in_france_only() -> None:
    assert validate_extra("netim", "al", "create", "organization", {"company_number": "L72204038P"})[1] == {}
    assert (
        "company_number"
        in validate_extra("netim", "fr", "create", "organization", {"company_number": "L72204038P"})[1]
    )


def test_country_is_chosen_from_the_list() -> None:
    given = {
        "fr_identification": "individual",
        "birth_date": "1984-05-23",
        "birth_postal_code": "69003",
        "birth_city": "Lyon",
        "birth_country": "France",
    }

    _, errors = validate_extra("bookmyname", "fr", "create", "individual", given)

    assert list(errors) == ["birth_country"]
    assert "list" in errors["birth_country"][0]


def test_extra_missing_says_why_it_is_asked() -> None:
    _, errors = validate_extra("mrdomain", "fi", "create", "individual", {})

    assert "date of birth" in errors["birth_date"][0]


def test_extra_website_without_scheme_gets_one() -> None:
    data = {f"jobs_{role}_website": "www.example.com" for role in ("owner", "admin", "tech", "billing")}

    cleaned, errors = validate_extra("mrdomain", "jobs", "transfer", "organization", data)

    assert errors == {}
    assert cleaned["jobs_owner_website"] == "https://www.example.com"


def test_extra_secret_keeps_its_inner_spaces() -> None:
    data = {"aero_id": "ENS1", "aero_password": " two  words "}

    cleaned, errors = validate_extra("mrdomain", "aero", "create", "individual", data)

    assert errors == {}
    assert cleaned["aero_password"] == "two  words"


@pytest.mark.parametrize(
    ("tld", "contact_type", "data", "field"),
    [
        ("fr", "organization", {"company_number": "732829321"}, "company_number"),
        ("fr", "individual", {"company_number": "732829320"}, "company_number"),
        ("com", "individual", {"birth_date": "1984-05-23"}, "birth_date"),
        ("fi", "individual", {"birth_date": "23.05.1984"}, "birth_date"),
        ("fi", "individual", {"birth_date": "2999-05-23"}, "birth_date"),
        ("cat", "individual", {"intended_use": "x" * 256}, "intended_use"),
        ("cat", "individual", {"intended_use": "x\x00"}, "intended_use"),
        ("xxx", "individual", {"xxx_class": "default"}, "xxx_class"),
        (
            "xxx",
            "individual",
            {"xxx_class": "non_member", "xxx_name": "Ana", "xxx_email": "ana@-x.com"},
            "xxx_email",
        ),
        (
            "xxx",
            "individual",
            {"xxx_class": "non_member", "xxx_name": "Ana", "xxx_email": "ana"},
            "xxx_email",
        ),
    ],
)
def test_extra_that_is_wrong_is_explained_at_its_field(
    tld: str, contact_type: str, data: dict[str, str], field: str
) -> None:
    _, errors = validate_extra("mrdomain", tld, "create", contact_type, data)

    assert list(errors) == [field]
    assert errors[field][0].endswith(".")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"jobs_owner_website": "ftp://x.com"}, "jobs_owner_website"),
        ({"jobs_owner_shrm_member": "maybe"}, "jobs_owner_shrm_member"),
    ],
)
def test_jobs_answers_that_are_wrong_are_explained(data: dict[str, str], field: str) -> None:
    _, errors = validate_extra("mrdomain", "jobs", "transfer", "organization", data)

    assert field in errors


def test_extra_for_a_family_without_data_is_not_supported() -> None:
    with pytest.raises(NotSupported):
        validate_extra("nobody", "fr", "create", "individual", {})


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(known_families()),
    st.sampled_from([*known_tlds(), "com", "com.hk", "", ".", "é"]),
    st.sampled_from(["create", "transfer"]),
    st.sampled_from(["individual", "organization"]),
    st.dictionaries(st.sampled_from([*neutral_fields(), "other"]), st.text(max_size=30), max_size=6),
)
def test_any_extra_is_answered_and_the_answer_is_stable(
    family: str, tld: str, operation: str, contact_type: str, data: dict[str, str]
) -> None:
    cleaned, errors = validate_extra(family, tld, operation, contact_type, data)

    if not errors:
        assert validate_extra(family, tld, operation, contact_type, cleaned) == (cleaned, {})
        family_parameters(family, tld, cleaned, contact_type, operation)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ns1.example.com\nNS2.Example.com.", ["ns1.example.com", "ns2.example.com"]),
        ("ns1.a.com, ns2.a.com;;ns3.a.com ", ["ns1.a.com", "ns2.a.com", "ns3.a.com"]),
        (["ns1.café.eu", "", "ns2.xn--caf-dma.eu"], ["ns1.xn--caf-dma.eu", "ns2.xn--caf-dma.eu"]),
    ],
)
def test_nameservers_become_a_labels(typed: str | list[str], names: list[str]) -> None:
    assert validate_nameservers(typed) == (names, [])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "2 to 7"),
        ("ns1.example.com", "2 to 7"),
        (",".join(f"ns{number}.example.com" for number in range(8)), "there are 8"),
        ("192.0.2.1 ns1.example.com", "192.0.2.1"),
        ("ns1.example.com 2001:db8::1", "2001:db8::1"),
        ("ns1.example.com NS1.example.COM.", "twice"),
        ("localhost ns1.example.com", "localhost"),
        ("-ns.example.com ns1.example.com", "-ns.example.com"),
        ("ns_1.example.com ns1.example.com", "ns_1.example.com"),
        ("ns1.example.com " + "a" * 64 + ".example.com", "not a host name"),
    ],
)
def test_nameservers_that_cannot_be_are_named(typed: str, said: str) -> None:
    _, errors = validate_nameservers(typed)

    assert len(errors) == 1
    assert said in errors[0]


def test_nameserver_limits_can_be_those_of_another_family() -> None:
    assert validate_nameservers("ns1.example.com", minimum=1)[1] == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(st.text(max_size=20), max_size=9))
def test_any_nameservers_are_answered_and_the_answer_is_stable(typed: str | list[str]) -> None:
    names, _ = validate_nameservers(typed)

    assert validate_nameservers(names)[0] == names
