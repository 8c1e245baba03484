"""Replies as bytes, in the shapes of the manual's examples, from both kinds of servers."""

from __future__ import annotations

import pytest

from registrar.errors import InvalidRequest, NotFound, NotSupported, UnreadableReply
from registrar.types import (
    Contact,
    ContactRecord,
    ContactSummary,
    ContactType,
    Done,
)
from tests.registrar.bookmyname.conftest import Answered
from tests.registrar.bookmyname.replies import CONTACT, perl, php

RECORD = ContactRecord(
    handle="151049",
    contact=Contact(
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
        language="fr",
    ),
    nic_handle="LP7-FREE",
)
servers = pytest.mark.parametrize("write", [php, perl])


@servers
def test_contact(answered: Answered, write):
    line = answered(contact_info=write("contact_info", 1, 151049, CONTACT))

    assert line.driver.contacts.info("151049") == RECORD
    assert line.driver.contacts.info("LP7-FREE") == RECORD
    assert b"LP7-FREE" in line.body


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("Particulier", ContactType.INDIVIDUAL),
        ("particulier", ContactType.INDIVIDUAL),
        ("Societe", ContactType.ORGANIZATION),
        ("Association", ContactType.ORGANIZATION),
        ("Autre", ContactType.ORGANIZATION),
    ],
)
def test_legal_form_tells_the_type(answered: Answered, form, kind):
    line = answered(contact_info=php("contact_info", 1, 151049, CONTACT | {"formejuridique": form}))

    assert line.driver.contacts.info("151049").contact.type is kind


@pytest.mark.parametrize(
    "changes", [{"formejuridique": "Fondation"}, {"formejuridique": ""}, {"id": 7}, {"id": "x"}, {"nom": []}]
)
def test_contact_of_another_shape_is_unreadable(answered: Answered, changes):
    line = answered(contact_info=php("contact_info", 1, 151049, CONTACT | changes))

    with pytest.raises(UnreadableReply):
        line.driver.contacts.info("151049")


def test_country_that_nobody_knows_stays_empty(answered: Answered):
    line = answered(contact_info=php("contact_info", 1, 151049, CONTACT | {"pays": "ATLANTIDE"}))

    assert line.driver.contacts.info("151049").contact.country == ""


def test_deleted_contact_is_not_there(answered: Answered):
    line = answered(contact_info=php("contact_info", 1, 151049, CONTACT | {"status": "Deleted"}))

    with pytest.raises(NotFound):
        line.driver.contacts.info("151049")


def test_suspended_contact_is_there(answered: Answered):
    line = answered(contact_info=php("contact_info", 1, 151049, CONTACT | {"status": "Suspended"}))

    assert line.driver.contacts.info("151049").handle == "151049"


@pytest.mark.parametrize("handle", ["", "x", "151049;", "-FREE", "1" * 20])
def test_handle_that_is_none_is_refused_before_sending(answered: Answered, handle):
    line = answered()

    with pytest.raises(InvalidRequest):
        line.driver.contacts.info(handle)
    assert line.requests == []


def test_deleting_a_contact_returns_nothing(answered: Answered):
    line = answered(contact_delete=php("contact_delete", 1, 151049, CONTACT))

    assert line.driver.contacts.delete("151049") == Done(None)
    with pytest.raises(UnreadableReply):
        line.driver.contacts.delete("151050")


FIRM = CONTACT | {"id": 7, "formejuridique": "Societe", "societe": "Phare SARL", "siret": "48210937500021"}
SUMMARIES = (
    ContactSummary("151049", ContactType.INDIVIDUAL, "Odile LAMPE", "lampe@example.fr", "FR"),
    ContactSummary("7", ContactType.ORGANIZATION, "Phare SARL", "lampe@example.fr", "FR", "48210937500021"),
)


@pytest.mark.parametrize(
    "fields",
    [
        [CONTACT, FIRM],
        {"151049": CONTACT, "7": FIRM},
        {"0": CONTACT, "1": FIRM, "2": CONTACT | {"status": "Deleted"}},
    ],
)
def test_contact_list_of_records(answered: Answered, fields):
    line = answered(contact_list=php("contact_list", 1, 13490, fields))

    page = line.driver.contacts.list()

    assert page.items == SUMMARIES
    assert (page.number, page.total) == (1, 2)
    assert line.functions == ["contact_list"]


def test_contact_list_of_a_large_account_is_read_whole(answered: Answered):
    many = [{**CONTACT, "id": number, "address": "x" * 2000} for number in range(1, 2501)]
    line = answered(contact_list=php("contact_list", 1, 13490, many))

    page = line.driver.contacts.list(page_length=3000)

    assert page.total == 2500


@pytest.mark.parametrize("fields", [[151049], ["151049"], {"151049": "LP7-FREE"}])
def test_contact_list_of_numbers_is_read_one_by_one(answered: Answered, fields):
    line = answered(
        contact_list=php("contact_list", 1, 13490, fields),
        contact_info=php("contact_info", 1, 151049, CONTACT),
    )

    assert line.driver.contacts.list().items == SUMMARIES[:1]
    assert line.functions == ["contact_list", "contact_info"]


@pytest.mark.parametrize(
    "body",
    [
        php("contact_list", 0, 0),
        php("contact_list", 1, 0, []),
        php("contact_list", 1, 0, {}),
        php("contact_list", 1, 0),
    ],
)
def test_no_contacts_are_an_empty_list(answered: Answered, body):
    assert answered(contact_list=body).driver.contacts.list().items == ()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"name": "lampe"}, ["151049"]),
        ({"name": "phare"}, ["7"]),
        ({"email": "LAMPE@example.fr"}, ["151049", "7"]),
        ({"email": "lampe"}, []),
        ({"country": "fr", "identification": "48210937500021"}, ["7"]),
        ({"page": 2, "page_length": 1}, ["7"]),
    ],
)
def test_contact_list_is_filtered_and_paged_here(answered: Answered, filters, found):
    line = answered(contact_list=php("contact_list", 1, 13490, [CONTACT, FIRM]))

    assert [item.handle for item in line.driver.contacts.list(**filters).items] == found


def test_contact_list_knows_no_verification(answered: Answered):
    with pytest.raises(NotSupported):
        answered().driver.contacts.list(designated_agent=True)
