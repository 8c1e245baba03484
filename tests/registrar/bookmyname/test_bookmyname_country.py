"""Countries and regions: names of one side, numbers of the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.bookmyname.country import country_code
from registrar.errors import InvalidRequest, NotSent
from registrar.types import TableRow
from tests.registrar.bookmyname.conftest import Answered
from tests.registrar.bookmyname.replies import CONTACT, php
from tests.registrar.bookmyname.test_bookmyname_contact_request import PERSON


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("FRANCE", "FR"),
        ("ROYAUME-UNI", "GB"),
        ("Royaume Uni", "GB"),
        ("UNITED KINGDOM", "GB"),
        ("ETATS-UNIS", "US"),
        ("ÉTATS-UNIS D'AMÉRIQUE", "US"),
        ("COREE DU SUD", "KR"),
        ("CORÉE, RÉPUBLIQUE DE", "KR"),
        ("REPUBLIQUE DE COREE", "KR"),
        ("TCHEQUIE", "CZ"),
        ("REPUBLIQUE TCHEQUE", "CZ"),
        ("COTE D'IVOIRE", "CI"),
        ("RUSSIE", "RU"),
        ("RUSSIA", "RU"),
        ("CONGO", "CG"),
        ("LA REUNION", "RE"),
        ("PAYS-BAS", "NL"),
        ("VIET NAM", "VN"),
        ("COREE", ""),
        ("VIRGIN ISLANDS", ""),
        ("ATLANTIDE", ""),
        ("", ""),
    ],
)
def test_country_is_found_by_its_french_or_english_name(name, code):
    assert country_code(name) == code


def test_country_goes_out_as_the_registrars_number(answered: Answered):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))

    line.driver.contacts.create(replace(PERSON, country="jp"))

    assert (
        '<key xsi:type="xsd:string">pays_id</key><value xsi:type="xsd:string">33</value>'
        in line.body.decode()
    )


def test_country_that_the_table_lacks_is_refused_before_the_contact_is_sent(answered: Answered):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.contacts.create(replace(PERSON, country="DE"))
    assert caught.value.field == "country"
    assert line.functions == ["api_paysid"]


def test_tables_are_read_once_for_an_endpoint(answered: Answered):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))

    line.driver.contacts.create(PERSON)
    line.driver.contacts.create(replace(PERSON, country="US", state="NY"))
    line.driver.contacts.create(replace(PERSON, country="US", state="New York"))

    assert line.functions == [
        "api_paysid",
        "contact_create",
        "api_regionid",
        "contact_create",
        "contact_create",
    ]


@pytest.mark.parametrize(
    ("country", "state", "number"),
    [("US", "NY", "3"), ("US", "new york", "3"), ("US", "Texas", ""), ("US", "", ""), ("FR", "New York", "")],
)
def test_state_goes_out_as_a_region_where_addresses_need_one(answered: Answered, country, state, number):
    line = answered(contact_create=php("contact_create", 1, 151049, CONTACT))

    line.driver.contacts.create(replace(PERSON, country=country, state=state))

    expected = f'<key xsi:type="xsd:string">region_id</key><value xsi:type="xsd:string">{number}</value>'
    assert expected in line.body.decode()


def test_lost_table_means_that_the_contact_was_not_sent(answered: Answered):
    line = answered(api_paysid=b"garbage")

    with pytest.raises(NotSent):
        line.driver.contacts.create(PERSON)
    assert line.functions == ["api_paysid"]


def test_tables_are_shown(answered: Answered):
    line = answered()

    assert line.driver.tools.table("countries")[:2] == (TableRow("1", "FRANCE"), TableRow("7", "ROYAUME-UNI"))
    assert line.driver.tools.table("regions") == (TableRow("3", "New York"), TableRow("4", "Ontario"))
    with pytest.raises(InvalidRequest):
        line.driver.tools.table("es_juridic")
