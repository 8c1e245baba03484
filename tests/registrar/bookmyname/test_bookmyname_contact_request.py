"""Contacts as the registrar's map, judged before anything is sent."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from registrar.errors import InvalidRequest, NotSent
from registrar.types import (
    Contact,
    ContactType,
    Done,
)
from tests.registrar.bookmyname.conftest import Answered, Line
from tests.registrar.bookmyname.replies import CONTACT, php

PERSON = Contact(
    type=ContactType.INDIVIDUAL,
    first_name="Odile",
    last_name="LAMPE",
    email="lampe@example.fr",
    phone="+33.298010203",
    address="3 quai du Phare\n2e étage",
    postal_code="29200",
    city="BREST",
    state="",
    country="FR",
)
COMPANY = replace(PERSON, type=ContactType.ORGANIZATION, organization="Phare SARL")
BIRTH = {
    "fr_identification": "individual",
    "birth_date": "1984-05-23",
    "birth_postal_code": "29200",
    "birth_city": "Brest",
    "birth_country": "GB",
}
_ITEM = re.compile(
    r'<item><key xsi:type="xsd:string">(\w+)</key><value xsi:type="xsd:\w+">([^<]*)</value></item>'
)


def items(line: Line) -> dict[str, str]:
    """The entries of the map in the last request."""
    return dict(_ITEM.findall(line.body.decode()))


def test_contact_is_the_manuals_map(answered: Answered):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))

    outcome = line.driver.contacts.create(PERSON)

    assert isinstance(outcome, Done)
    sent = items(line)
    assert re.fullmatch("[0-9a-f]{16}", sent.pop("passwd"))
    assert sent == {
        "email": "lampe@example.fr",
        "hash_email": "yes",
        "formejuridique": "Particulier",
        "civilite": "",
        "nom": "LAMPE",
        "prenom": "Odile",
        "societe": "",
        "adresse1": "3 quai du Phare",
        "adresse2": "2e étage",
        "cp": "29200",
        "ville": "BREST",
        "region_id": "",
        "pays_id": "1",
        "telephone": "+33.298010203",
        "telecopie": "",
        "numero_tva": "",
        "siret": "",
        "lang": "fr",
        "revente": "no",
    }


def test_contacts_password_is_not_on_record(answered: Answered):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))

    line.driver.contacts.create(PERSON)

    assert items(line)["passwd"] not in repr(line.exchanges)


@pytest.mark.parametrize(
    ("contact", "siret", "vat"),
    [
        (replace(COMPANY, identification="482 109 375 00021"), "48210937500021", ""),
        (replace(COMPANY, identification="FR40123456824"), "", "FR40123456824"),
        (replace(COMPANY, identification="48210937500021", country="GB"), "", "48210937500021"),
        (replace(PERSON, identification="85071201234"), "", ""),
    ],
)
def test_number_of_an_organization_goes_where_it_belongs(answered: Answered, contact, siret, vat):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))

    line.driver.contacts.create(contact)

    assert (items(line)["siret"], items(line)["numero_tva"]) == (siret, vat)


@pytest.mark.parametrize(
    ("language", "country", "sent"),
    [("", "FR", "fr"), ("", "GB", "en"), ("de", "FR", "de"), ("it", "FR", "en"), ("ES", "GB", "es")],
)
def test_contact_is_written_to_in_a_language_that_the_registrar_has(
    answered: Answered, language, country, sent
):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))

    line.driver.contacts.create(replace(PERSON, language=language, country=country))

    assert items(line)["lang"] == sent


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_name": " "}, "last_name"),
        ({"email": "nobody"}, "email"),
        ({"phone": "0298010203"}, "phone"),
        ({"fax": "1"}, "fax"),
        ({"address": "\n"}, "address"),
        ({"country": ""}, "country"),
        ({"type": ContactType.ORGANIZATION}, "organization"),
    ],
)
def test_incomplete_contact_is_refused_before_anything_is_asked(answered: Answered, changes, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.contacts.create(replace(PERSON, **changes))
    assert caught.value.field == field
    assert line.requests == []


def test_fields_of_an_extension_travel_with_the_contact(answered: Answered):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))

    line.driver.contacts.create(PERSON, tld="fr", extra=BIRTH)

    sent = items(line)
    assert {key: sent[key] for key in sent if key.startswith("dotfr")} == {
        "dotfr_mode": "PARTICULIER",
        "dotfr_ne_le": "23-05-1984",
        "dotfr_ne_cp": "29200",
        "dotfr_ne_ville": "Brest",
        "dotfr_ne_pays_id": "7",
    }


def test_association_proves_itself_as_one(answered: Answered):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))
    extra = {
        "fr_identification": "association",
        "publication_date": "2001-02-03",
        "publication_page": "12",
    }

    line.driver.contacts.create(COMPANY, tld="fr", extra=extra)

    assert items(line)["formejuridique"] == "Association"


@pytest.mark.parametrize(
    ("tld", "extra", "field"),
    [
        ("", {"birth_date": "1984-05-23"}, "extra"),
        ("us", None, "nexus_category"),
        ("fr", {**BIRTH, "birth_country": "DE"}, "birth_country"),
        ("com", {"birth_date": "1984-05-23"}, "birth_date"),
    ],
)
def test_fields_that_an_extension_lacks_or_wants_are_named(answered: Answered, tld, extra, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.contacts.create(PERSON, tld=tld, extra=extra)
    assert caught.value.field == field
    assert "contact_create" not in line.functions


def test_contact_that_is_no_owner_is_not_asked_for_the_extensions_fields(answered: Answered):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))

    assert line.driver.contacts.create(PERSON, tld="us", is_owner=False)


def test_update_keeps_what_our_contacts_do_not_know(answered: Answered):
    shown = CONTACT | {"hash_email": "no", "lang": "de", "formejuridique": "Association", "societe": "Phare"}
    line = answered(
        contact_info=php("contact_info", 1, 151049, shown),
        contact_update=php("contact_update", 1, 151049, shown),
    )

    line.driver.contacts.update("151049", replace(COMPANY, fax="+33.298010204"))

    assert line.functions == ["api_paysid", "contact_info", "contact_update"]
    sent = items(line)
    assert {key: sent[key] for key in ("hash_email", "civilite", "lang", "formejuridique", "revente")} == {
        "hash_email": "no",
        "civilite": "Mme",
        "lang": "de",
        "formejuridique": "Association",
        "revente": "no",
    }
    assert (sent["telecopie"], sent["societe"]) == ("+33.298010204", "Phare SARL")
    assert "passwd" not in sent


def test_update_of_a_contact_that_cannot_be_read_is_not_sent(answered: Answered):
    line = answered(contact_info=b"garbage")

    with pytest.raises(NotSent):
        line.driver.contacts.update("151049", PERSON)
