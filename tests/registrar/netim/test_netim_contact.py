"""Contacts both ways: StructContact and our Contact, subdivisions, and what extensions ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.errors import InvalidRequest, NotFound, NotSupported, Refused, UnreadableReply
from registrar.netim import areas, contact_mapping
from registrar.types import Contact, ContactRecord, ContactType
from tests.registrar.netim.sent_for_others import PERSON
from tests.registrar.netim.soap_bytes import fault, operation, struct

COMPANY = replace(PERSON, type=ContactType.ORGANIZATION, organization="Lamp Ltd")
MEMBERS = {
    "idContact": "XX999",
    "firstName": "Ada",
    "lastName": "Lamp",
    "bodyForm": "IND",
    "bodyName": None,
    "address1": "1 quai des Brumes",
    "address2": "Bât. 2",
    "zipCode": "44000",
    "area": "",
    "city": "Nantes",
    "country": "fr",
    "phone": "+33 612345678",
    "fax": "",
    "email": "ada@example.com",
    "language": "FR",
    "isOwner": 1,
}


def pair(name: str, value: str) -> str:
    return f"<item><key>{name}</key><value>{value}</value></item>"


def additional(*pairs: str) -> str:
    return f'<additional xsi:type="ns2:Map">{"".join(pairs)}</additional>'


def returned(**members: object) -> str:
    return struct(MEMBERS | members, "StructContactReturn", "contact")


def test_contact_is_read(netim, driver):
    netim.answer("contactInfo", returned(idNumber="ID1"))

    record = driver.contacts.info("BJ007")

    assert record == ContactRecord(
        "BJ007",
        Contact(
            type=ContactType.INDIVIDUAL,
            first_name="Ada",
            last_name="Lamp",
            email="ada@example.com",
            phone="+33.612345678",
            address="1 quai des Brumes, Bât. 2",
            postal_code="44000",
            city="Nantes",
            state="",
            country="FR",
            identification="ID1",
            language="fr",
        ),
        is_owner=True,
        extra={"personal_number": "ID1"},
    )


@pytest.mark.parametrize("form", ["ORG", "org", "ASSOCIATION"])
def test_any_other_body_is_an_organization(netim, driver, form):
    netim.answer("contactInfo", returned(bodyForm=form, bodyName="Lamp Ltd"))

    contact = driver.contacts.info("BJ007").contact
    assert (contact.type, contact.organization) == (ContactType.ORGANIZATION, "Lamp Ltd")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("+33 612345678", "+33.612345678"),
        ("+1 (555) 123-4567", "+1.5551234567"),
        ("+44.2071234567", "+44.2071234567"),
        ("0612345678", "0612345678"),
        ("", ""),
    ],
)
def test_phone_is_read_where_it_is_written_as_documented(netim, driver, written, read):
    netim.answer("contactInfo", returned(phone=written))

    assert driver.contacts.info("BJ007").contact.phone == read


def test_subdivision_is_read_by_name(netim, driver):
    netim.answer("contactInfo", returned(country="US", area="CA"), returned(country="US", area="ZZZ"))

    assert driver.contacts.info("BJ007").contact.state == "California"
    assert driver.contacts.info("BJ007").contact.state == "ZZZ"


@pytest.mark.parametrize("members", [{"bodyForm": ""}, {"isOwner": "maybe"}, {"additional": "text"}])
def test_contact_that_makes_no_sense_is_unreadable(netim, driver, members):
    netim.answer("contactInfo", returned(**members))

    with pytest.raises(UnreadableReply):
        driver.contacts.info("BJ007")


def test_contact_that_is_not_there_is_not_found(netim, driver):
    netim.answer("contactInfo", fault("E13", "E13 : idContact : Unknown"))

    with pytest.raises(NotFound):
        driver.contacts.info("BJ007")
    with pytest.raises(NotFound):
        driver.contacts.update("BJ007", PERSON)


def test_fields_of_extensions_are_read_by_their_neutral_names(netim, driver):
    netim.answer(
        "contactInfo",
        returned(
            companyNumber="123",
            additional=additional(
                pair("ES_NIF", "X1"),
                pair("US_CATEGORY", pair("a.us", "C11")),
                pair("US_APP_PURPOSE", pair("a.us", "P1") + pair("b.us", "P2")),
                pair("AERO_AUTHID", "ENS1"),
                pair("AERO_AUTHKEY", "canary"),
                pair("NOBODY_KNOWS", "1"),
            ),
        ),
    )

    record = driver.contacts.info("BJ007")

    # Two names with two purposes have none in common, and a password is not shown again.
    assert record.extra == {
        "company_number": "123",
        "tax_number": "X1",
        "nexus_category": "us_citizen",
        "aero_id": "ENS1",
    }
    assert "canary" not in repr(record)


@pytest.mark.parametrize("empty", [None, "", "<additional/>", '<additional xsi:type="ns2:Map"/>'])
def test_contact_without_such_fields_has_none(netim, driver, empty):
    netim.answer("contactInfo", returned(additional=empty))

    assert driver.contacts.info("BJ007").extra == {}


def test_organization_is_sent_with_its_name():
    members = contact_mapping.struct(COMPANY, is_owner=True)

    assert (members["bodyForm"], members["bodyName"]) == ("ORG", "Lamp Ltd")
    assert "idNumber" not in members


def test_identification_of_a_person_is_its_number():
    members = contact_mapping.struct(replace(PERSON, identification=" ID1 "), is_owner=True)

    assert members["idNumber"] == "ID1"


@pytest.mark.parametrize(
    ("language", "sent"), [("", "EN"), ("en", "EN"), ("FR", "FR"), ("fr", "FR"), ("de", "EN")]
)
def test_language_is_one_of_two(language, sent):
    assert contact_mapping.struct(replace(PERSON, language=language), is_owner=True)["language"] == sent


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("first_name", "x" * 31),
        ("last_name", " "),
        ("last_name", "x" * 31),
        ("email", ""),
        ("email", "nobody"),
        ("email", "a@" + "b" * 130),
        ("phone", ""),
        ("phone", "+33 612345678"),
        ("phone", "0612345678"),
        ("fax", "x"),
        ("address", ""),
        ("address", "x" * 81),
        ("postal_code", ""),
        ("postal_code", "x" * 11),
        ("city", ""),
        ("city", "x" * 31),
        ("country", ""),
        ("country", "FRA"),
        ("identification", "x" * 21),
    ],
)
def test_contact_that_the_registrar_would_not_take_is_refused_here(netim, driver, field, value):
    with pytest.raises(InvalidRequest) as caught:
        driver.contacts.create(replace(PERSON, **{field: value}))

    assert caught.value.field == field
    assert netim.calls == []


def test_organization_needs_its_name():
    with pytest.raises(InvalidRequest) as caught:
        contact_mapping.struct(replace(COMPANY, organization=""), is_owner=True)
    assert caught.value.field == "organization"


@pytest.mark.parametrize(
    ("country", "state", "code"),
    [
        ("US", "California", "CA"),
        ("US", "ca", "CA"),
        ("US", "US-CA", "CA"),
        ("IT", "RM", "RM"),
        ("IT", "Roma", "RM"),
        ("BR", "sao paulo", "SP"),
        ("CA", "Québec", "QC"),
        ("JP", "Tokyo", "13"),
        ("MX", "Ciudad de Mexico", "CMX"),
        ("IE", "Dublin", "D"),
        ("AU", "New  South Wales", "NSW"),
        ("GB", "London", "LND"),
        ("GB", "London, City of", "LND"),
    ],
)
def test_subdivision_is_given_by_code_or_name(country, state, code):
    assert areas.code(country, state) == code
    assert areas.code(country, areas.name(country, code)) == code


@pytest.mark.parametrize("country", sorted(areas.COUNTRIES))
@pytest.mark.parametrize("state", ["", "Nowhere"])
def test_subdivision_that_is_none_is_refused(country, state):
    with pytest.raises(InvalidRequest) as caught:
        areas.code(country, state)
    assert caught.value.field == "state"


def test_other_countries_have_no_subdivision():
    assert areas.code("FR", "Loire-Atlantique") == ""
    assert areas.name("FR", "x") == "x"


def test_every_code_fits_into_the_registrars_member():
    for country in areas.COUNTRIES:
        assert all(len(code) <= 5 for code in areas._subdivisions(country)[0])


def test_fields_of_an_extension_become_members_and_keys(netim, driver):
    netim.answer("contactCreate", "<idContact>BJ007</idContact>")

    record = driver.contacts.create(
        COMPANY, tld="fr", extra={"company_number": "732829320", "trademark_type": "inpi"}
    ).value
    driver.contacts.create(PERSON, tld="es", extra={"tax_number": "X1"})
    driver.contacts.create(
        PERSON,
        extra={"nexus_category": "us_citizen", "application_purpose": "business"},
        domain="Lamp.us",
    )

    company, spaniard, american = (call["contact"] for call in netim.named("contactCreate"))
    assert (company["companyNumber"], company["tmType"]) == ("732829320", "INPI")
    assert spaniard["additional"] == {"ES_NIF": "X1"}
    assert american["additional"] == {
        "US_CATEGORY": {"lamp.us": "C11"},
        "US_APP_PURPOSE": {"lamp.us": "P1"},
    }
    assert record.extra == {"company_number": "732829320", "trademark_type": "inpi"}


def test_password_of_an_extension_is_not_returned(netim, driver):
    netim.answer("contactCreate", "<idContact>BJ007</idContact>")

    record = driver.contacts.create(
        PERSON, tld="aero", extra={"aero_id": "ENS1", "aero_password": "canary"}
    ).value

    assert netim.named("contactCreate")[0]["contact"]["additional"]["AERO_AUTHKEY"] == "canary"
    assert record.extra == {"aero_id": "ENS1"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"extra": {"tax_number": "X1"}}, "tld"),
        ({"tld": "us"}, "nexus_category"),
        ({"tld": "es", "extra": {"nexus_category": "us_citizen"}}, "nexus_category"),
        ({"tld": "cat", "extra": {"intended_use": "Books"}}, "domain"),
        ({"domain": "no name", "extra": {"tax_number": "X1"}}, "domain"),
        ({"tld": "a b"}, "tld"),
        ({"tld": "es", "extra": {"tax_number": "X1"}, "is_owner": False, "domain": "-"}, "domain"),
    ],
)
def test_fields_that_cannot_be_kept_are_refused_here(netim, driver, given, field):
    with pytest.raises(InvalidRequest) as caught:
        driver.contacts.create(PERSON, **given)

    assert caught.value.field == field
    assert netim.calls == []


def test_contact_that_is_no_registrant_is_asked_nothing_for_an_extension(netim, driver):
    netim.answer("contactCreate", "<idContact>BJ007</idContact>")

    driver.contacts.create(PERSON, is_owner=False, tld="us")

    assert "additional" not in netim.named("contactCreate")[0]["contact"]


def test_update_keeps_what_extensions_asked_before(netim, driver):
    held = additional(
        pair("ES_NIF", "X1"), pair("US_CATEGORY", pair("a.us", "C12")), pair("EU_CITIZENSHIP", "FR")
    )
    netim.answer("contactInfo", returned(companyNumber="123", idNumber="OLD", additional=held))
    netim.answer("contactOwnerUpdate", operation())

    driver.contacts.update(
        "BJ007",
        replace(PERSON, city="Lyon", identification="NEW"),
        extra={"nexus_category": "us_citizen", "application_purpose": "personal"},
        domain="b.us",
    )

    sent = netim.named("contactOwnerUpdate")[0]["contact"]
    assert (sent["city"], sent["companyNumber"], sent["idNumber"]) == ("Lyon", "123", "NEW")
    assert sent["additional"] == {
        "ES_NIF": "X1",
        "EU_CITIZENSHIP": "FR",
        "US_CATEGORY": {"a.us": "C12", "b.us": "C11"},
        "US_APP_PURPOSE": {"b.us": "P3"},
    }


@pytest.mark.parametrize(
    "change",
    [{"first_name": "Eve"}, {"last_name": "Moth"}, {"type": ContactType.ORGANIZATION, "organization": "X"}],
)
def test_registrant_does_not_become_somebody_else(netim, driver, change):
    netim.answer("contactInfo", returned())

    with pytest.raises(Refused) as caught:
        driver.contacts.update("BJ007", replace(PERSON, **change))

    assert caught.value.reason == "identity"
    assert netim.functions == ["contactInfo"]


def test_registrants_name_may_be_written_otherwise(netim, driver):
    netim.answer("contactInfo", returned(firstName="ADA ", lastName="lamp"))
    netim.answer("contactOwnerUpdate", operation("Pending"))

    driver.contacts.update("BJ007", PERSON)

    assert netim.named("contactOwnerUpdate")


def test_contact_that_is_no_registrant_may_get_another_name(netim, driver):
    netim.answer("contactInfo", returned(isOwner=0))
    netim.answer("contactUpdate", operation("Pending"))

    driver.contacts.update("GK521", replace(PERSON, first_name="Eve"))

    assert netim.named("contactUpdate")[0]["contact"]["firstName"] == "Eve"


@pytest.mark.parametrize(
    "filter_", [{"email": "a@b.c"}, {"country": "FR"}, {"identification": "1"}, {"designated_agent": True}]
)
def test_list_cannot_filter_by_what_it_does_not_tell(netim, driver, filter_):
    with pytest.raises(NotSupported):
        driver.contacts.list(**filter_)

    assert netim.calls == []
