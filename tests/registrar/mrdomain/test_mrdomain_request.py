"""Our types as the registrar's parameters, and what is refused before anything is sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.errors import InvalidRequest
from registrar.mrdomain import domain_mapping, request
from registrar.types import Contact, ContactType, DnssecKey, GlueRecord, RenewalMode

PERSON = Contact(
    type=ContactType.INDIVIDUAL,
    first_name="Ada",
    last_name="Lamp",
    email="ada@example.com",
    phone="+44.2071234567",
    address="1 Quay",
    postal_code="SW1A 1AA",
    city="London",
    state="London",
    country="gb",
    identification="ID1",
)
COMPANY = replace(
    PERSON, type=ContactType.ORGANIZATION, organization="Faro S.L", organization_type="612", country="ES"
)


def test_contact_has_bare_names_when_created():
    assert request.contact(PERSON) == {
        "Type": "individual",
        "FirstName": "Ada",
        "LastName": "Lamp",
        "IdentNumber": "ID1",
        "Email": "ada@example.com",
        "Phone": "+44.2071234567",
        "Address": "1 Quay",
        "PostalCode": "SW1A 1AA",
        "City": "London",
        "State": "London",
        "Country": "GB",
    }


def test_contact_has_prefixed_names_in_an_order():
    found = request.contacts({"owner": COMPANY, "admin": "ABC-12", "tech": None, "billing": None})

    assert found["ownerContactType"] == "organization"
    assert found["ownerContactOrgName"] == "Faro S.L"
    assert found["ownerContactOrgType"] == "612"
    assert found["adminContactID"] == "ABC-12"
    assert not [name for name in found if name.startswith(("tech", "billing"))]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", " "),
        ("email", ""),
        ("email", "nobody"),
        ("phone", "2071234567"),
        ("phone", "+442071234567"),
        ("phone", "+44.20 71"),
        ("fax", "1234"),
        ("country", "GBR"),
        ("country", ""),
        ("state", ""),
        ("postal_code", ""),
        ("identification", ""),
    ],
)
def test_contact_with_a_wrong_field_is_refused(field, value):
    with pytest.raises(InvalidRequest) as caught:
        request.contact(replace(PERSON, **{field: value}))
    assert caught.value.field == field


@pytest.mark.parametrize("field", ["organization", "organization_type"])
def test_spanish_organization_needs_its_name_and_type(field):
    with pytest.raises(InvalidRequest) as caught:
        request.contact(replace(COMPANY, **{field: ""}))
    assert caught.value.field == field


def test_organization_elsewhere_needs_no_type():
    assert "OrgType" not in request.contact(replace(COMPANY, organization_type="", country="FR"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Example.COM", "example.com"),
        (" example.com. ", "example.com"),
        ("España.com", "xn--espaa-rta.com"),
        ("xn--espaa-rta.com", "xn--espaa-rta.com"),
        ("a.co.uk", "a.co.uk"),
    ],
)
def test_domain_name_becomes_a_labels(given, expected):
    assert request.domain_name(given) == expected


@pytest.mark.parametrize(
    "name",
    ["", "com", "-a.com", "a-.com", "a..com", ".com", "a b.com", "a/b.com", f"{'a' * 64}.com", "\u2028.com"],
)
def test_domain_name_that_is_none_is_refused(name):
    with pytest.raises(InvalidRequest) as caught:
        request.domain_name(name)
    assert caught.value.field == "name"


def test_nameservers_are_joined_in_their_order():
    assert (
        request.nameservers(["NS2.example.com", "ns1.example.com"], "parking")
        == "ns2.example.com,ns1.example.com"
    )


@pytest.mark.parametrize("word", ["parking", "default"])
def test_no_nameservers_become_the_registrars_word(word):
    assert request.nameservers((), word) == word


@pytest.mark.parametrize(
    "names",
    [
        ["ns1.example.com"],
        [f"ns{number}.example.com" for number in range(8)],
        ["ns1.example.com", "NS1.example.com"],
        ["ns1.example.com", "bad name"],
        "ns1.example.com,ns2.example.com",
    ],
)
def test_wrong_nameservers_are_refused(names):
    with pytest.raises(InvalidRequest) as caught:
        request.nameservers(names, "parking")
    assert caught.value.field == "nameservers"


@pytest.mark.parametrize("value", [0, -1, 101, True])
def test_years_out_of_range_are_refused(value):
    with pytest.raises(InvalidRequest):
        request.years(value)


@pytest.mark.parametrize("value", ["", "ABC", "ABC 12", "ABC-12&x=1"])
def test_wrong_handle_is_refused(value):
    with pytest.raises(InvalidRequest):
        request.handle(value)


def test_glue_record():
    record = GlueRecord("ns1.Example.com", "192.0.2.1", "2A00::0001")

    assert request.glue(record, "example.com") == {
        "name": "ns1.example.com",
        "ipv4": "192.0.2.1",
        "ipv6": "2a00::1",
    }


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (GlueRecord("ns1.other.com", "192.0.2.1"), "glue"),
        (GlueRecord("ns1.notexample.com", "192.0.2.1"), "glue"),
        (GlueRecord("ns1.example.com", ""), "ipv4"),
        (GlueRecord("ns1.example.com", "2a00::1"), "ipv4"),
        (GlueRecord("ns1.example.com", "192.0.2.1", "192.0.2.1"), "ipv6"),
    ],
)
def test_wrong_glue_record_is_refused(record, field):
    with pytest.raises(InvalidRequest) as caught:
        request.glue(record, "example.com")
    assert caught.value.field == field


@pytest.mark.parametrize(
    "key",
    [
        DnssecKey(-1, 13, 2, "AB"),
        DnssecKey(1, 256, 2, "AB"),
        DnssecKey(1, 13, -1, "AB"),
        DnssecKey(1, 13, 2, " "),
    ],
)
def test_wrong_dnssec_key_is_refused(key):
    with pytest.raises(InvalidRequest):
        request.dnssec_key(key)


def test_neutral_word_becomes_the_registrars():
    assert request.word(domain_mapping.RENEWAL_MODE, RenewalMode.LET_EXPIRE, "mode") == "letexpire"


def test_neutral_word_that_the_registrar_lacks_is_refused():
    with pytest.raises(InvalidRequest) as caught:
        request.word(domain_mapping.RENEWAL_MODE, RenewalMode.UNKNOWN, "mode")
    assert caught.value.field == "mode"
