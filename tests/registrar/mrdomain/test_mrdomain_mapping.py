"""Replies of modules tool, account and contact as bytes, in the shapes of manual chapters 2 to 4 and 6."""

# ruff: noqa: UP031  (JSON is full of braces)

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from registrar.errors import UnreadableReply
from registrar.mrdomain import mapping
from registrar.types import (
    AccountInfo,
    Contact,
    ContactRecord,
    ContactSummary,
    ContactType,
    DnsAnswer,
    Hello,
    Idn,
    Promotion,
    Suggestion,
    TableRow,
    Verification,
    Zone,
    ZoneAction,
    ZoneCheck,
)


def reply(data: str, action: str = "tool\\/hello") -> bytes:
    """A successful reply around `data`, as the service writes it."""
    return (
        '{"success":true,"errorCode":0,"errorCodeMsg":"","action":"%s","version":"1.0.20","responseData":%s}'
        % (action, data)
    ).encode()


def data_of(text: str):
    return mapping.envelope(reply(text)).data


def test_error_reply_keeps_code_and_everything_said():
    body = (
        b'{"success":false,"errorCode":102,"errorCodeMsg":"Object action invalid","action":"tool\\/nope",'
        b'"version":"1.0.20","messages":["invalid object\\/action"],"responseData":[]}'
    )

    found = mapping.envelope(body)

    assert (found.code, found.data) == (102, None)
    assert found.message == "Object action invalid: invalid object/action"


@pytest.mark.parametrize(
    ("success", "code"), [("1", '"0"'), ('"1"', "0"), ('"true"', "0"), ("true", "0.0"), ("true", '"0"')]
)
def test_success_is_read_in_all_its_spellings(success, code):
    body = f'{{"success":{success},"errorCode":{code},"responseData":{{"a":1}}}}'.encode()

    assert mapping.envelope(body).data == {"a": 1}


@pytest.mark.parametrize("success", ["false", "0", '""', '"false"'])
def test_failure_is_read_in_all_its_spellings(success):
    body = f'{{"success":{success},"errorCode":"2008","errorCodeMsg":null,"responseData":[]}}'.encode()

    assert mapping.envelope(body).code == 2008


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"true",
        b"<html>Bad gateway</html>",
        b'{"success":true,"errorCode":0,"responseData":{"a":',
        b'{"success":true,"errorCode":0}',
        b'{"success":true,"errorCode":2008,"responseData":{}}',
        b'{"success":false,"errorCode":0,"responseData":[]}',
        b'{"errorCode":0,"responseData":{}}',
        b'{"success":true,"responseData":{}}',
        b'{"success":"maybe","errorCode":0,"responseData":{}}',
        b'{"success":true,"errorCode":"zero","responseData":{}}',
        b'{"success":true,"errorCode":0,"responseData":{"a":NaN}}',
        b'{"success":true,"errorCode":0,"responseData":{"name":"espa\xf1a.com"}}',
        "{}".encode("utf-16"),
        b"[" * 100_000,
    ],
)
def test_reply_of_another_shape_is_unreadable(body):
    with pytest.raises(UnreadableReply):
        mapping.envelope(body)


def test_unreadable_reply_does_not_carry_the_body():
    with pytest.raises(UnreadableReply) as caught:
        mapping.envelope(b'{"authcode":"canary-1234"')
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_hello():
    found = mapping.hello(data_of('{"ip":"198.51.100.4","lang":"en","version":"1.0.20"}'))

    assert found == Hello("198.51.100.4", "en", "1.0.20")


def test_idn():
    text = '{"query":"gar\\u00e7on.com","unicode":"gar\\u00e7on.com","punycode":"xn--garon-0ra.com"}'

    assert mapping.idn(data_of(text)) == Idn("garçon.com", "garçon.com", "xn--garon-0ra.com")


def test_suggestions_keep_the_order_and_every_boolean():
    text = '{"query":"faro","suggests":{"faro":{"com":false,"net":0},"elfaro":{"com":"","net":"1"}}}'

    assert mapping.suggestions(data_of(text)) == (
        Suggestion("faro.com", False),
        Suggestion("faro.net", False),
        Suggestion("elfaro.com", False),
        Suggestion("elfaro.net", True),
    )


@pytest.mark.parametrize("empty", ["[]", "{}"])
def test_no_suggestions(empty):
    assert mapping.suggestions(data_of('{"query":"x","suggests":%s}' % empty)) == ()


def test_table():
    text = '{"items":[{"code":"FR","name":"France"},{"code":47,"name":"Asociaci\\u00f3n"}]}'

    assert mapping.table(data_of(text)) == (TableRow("FR", "France"), TableRow("47", "Asociación"))


def test_dns_answer():
    text = '{"query":"example.org","nameserver":"192.0.2.53","type":"NS","result":";; Got answer:\\n"}'

    assert mapping.dns_answer(data_of(text)) == DnsAnswer(
        "example.org", "192.0.2.53", "NS", ";; Got answer:\n"
    )


def test_zone_check():
    text = (
        '{"domain":"example.fr","nameservers":["ns1.example.net","ns2.example.net"],'
        '"result":{"zonepass":false,"report":"ZONE : example.fr\\n==> FAILURE"}}'
    )

    assert mapping.zone_check(data_of(text)) == ZoneCheck(
        "example.fr", ("ns1.example.net", "ns2.example.net"), False, "ZONE : example.fr\n==> FAILURE"
    )


@pytest.mark.parametrize("balance", ["88.10", '"88.10"'])
def test_account_info_reads_money_exactly(balance):
    text = (
        '{"clientName":"Alder","apiuser":"alder","balance":%s,"threshold":30.0,"currency":"EUR",'
        '"ip":"198.51.100.4"}' % balance
    )

    found = mapping.account_info(data_of(text))

    assert found == AccountInfo("Alder", "alder", "EUR", Decimal("88.10"), Decimal("30.0"), "198.51.100.4")


@pytest.mark.parametrize("balance", ["null", '""', '"a lot"', "true", "{}", '"Infinity"'])
def test_account_info_without_a_readable_balance_is_unreadable(balance):
    text = '{"clientName":"A","apiuser":"a","balance":%s,"threshold":1,"currency":"EUR","ip":""}' % balance

    with pytest.raises(UnreadableReply):
        mapping.account_info(data_of(text))


def test_promotions_are_a_list():
    text = (
        '[{"promo":"TFN4","type":"domain","action":"create","price":3.5,"tsIni":"2026-01-01 00:00:00",'
        '"tsEnd":"2026-12-31 23:59:00","tld":"pro"},'
        '{"promo":"TVN4","type":"ssl","action":"create","price":"28","tsIni":"2026-05-03 00:00:00",'
        '"tsEnd":"2026-07-03 00:00:00","productID":"57"}]'
    )

    first, second = mapping.promotions(data_of(text))

    assert first == Promotion(
        "TFN4",
        "create",
        Decimal("3.5"),
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
        tld="pro",
    )
    assert (second.product, second.tld, second.price) == ("57", "", Decimal("28"))


@pytest.mark.parametrize("empty", ["[]", "{}"])
def test_no_promotions(empty):
    assert mapping.promotions(data_of(empty)) == ()


def test_promotion_for_nothing_is_unreadable():
    text = (
        '[{"promo":"T","type":"domain","action":"create","price":1,"tsIni":"2026-01-01",'
        '"tsEnd":"2026-01-02"}]'
    )

    with pytest.raises(UnreadableReply):
        mapping.promotions(data_of(text))


def test_zones_with_all_some_and_no_actions():
    text = (
        '{"queryInfo":{"page":1,"pageLength":100,"results":2,"total":102},"zones":['
        '{"tld":"green","tldtop":"green","authcodereq":true,"create":{"price":12.95,"years":"1","inPromo":true},'
        '"renew":{"price":52.95,"years":"10,2, 1"},"transfer":{"price":"52.95","years":1}},'
        '{"tld":"co.uk","tldtop":"uk","authcodereq":"","requirements":"A UK address"}]}'
    )

    page = mapping.zones(data_of(text))

    assert (page.number, page.length, page.total, page.is_last) == (1, 100, 102, False)
    assert page.items == (
        Zone(
            "green",
            "green",
            True,
            create=ZoneAction(Decimal("12.95"), (1,), in_promo=True),
            renew=ZoneAction(Decimal("52.95"), (1, 2, 10)),
            transfer=ZoneAction(Decimal("52.95"), (1,)),
        ),
        Zone("co.uk", "uk", False, requirements="A UK address"),
    )


@pytest.mark.parametrize(
    "query",
    [
        '"page":0,"pageLength":100,"total":1',
        '"page":1,"pageLength":0,"total":1',
        '"page":1,"pageLength":9,"total":-1',
        '"page":1,"pageLength":9',
        '"page":1.5,"pageLength":9,"total":1',
    ],
)
def test_page_without_sound_numbers_is_unreadable(query):
    with pytest.raises(UnreadableReply):
        mapping.zones(data_of('{"queryInfo":{%s},"zones":[]}' % query))


ORGANIZATION = (
    '{"contactID":"ALD-77","contactType":"organization","firstName":"Ana","lastName":"Ruiz",'
    '"orgName":"Faro S.L",'
    '"orgType":%s,"identNumber":"B12345678","email":"ana@example.es","phone":"+34.912345678","fax":"",'
    '"address":"Calle Mayor, 1","postalCode":"28001","city":"Madrid","state":"Madrid","country":"ES",'
    '"verificationstatus":"inprocess","daaccepted":true%s}'
)


@pytest.mark.parametrize("kind", ["612", '"612"'])
def test_contact_record(kind):
    found = mapping.contact_record(data_of(ORGANIZATION % (kind, "")))

    assert found == ContactRecord(
        "ALD-77",
        Contact(
            type=ContactType.ORGANIZATION,
            first_name="Ana",
            last_name="Ruiz",
            email="ana@example.es",
            phone="+34.912345678",
            address="Calle Mayor, 1",
            postal_code="28001",
            city="Madrid",
            state="Madrid",
            country="ES",
            identification="B12345678",
            organization="Faro S.L",
            organization_type="612",
        ),
        Verification.IN_PROCESS,
        designated_agent=True,
    )


def test_contact_record_with_a_nic_handle():
    found = mapping.contact_record(data_of(ORGANIZATION % ('""', ',"esNicHandle":"XX1-ESNIC-F4"')))

    assert found.nic_handle == "XX1-ESNIC-F4"


def test_contact_of_unknown_verification_is_kept():
    text = (ORGANIZATION % ('""', "")).replace("inprocess", "postponed")

    assert mapping.contact_record(data_of(text)).verification is Verification.UNKNOWN


@pytest.mark.parametrize(
    ("old", "new"), [('"ALD-77"', '""'), ('"ALD-77"', "[]"), ('"organization"', '"robot"'), ('"ES"', "{}")]
)
def test_contact_of_another_shape_is_unreadable(old, new):
    with pytest.raises(UnreadableReply):
        mapping.contact_record(data_of((ORGANIZATION % ('""', "")).replace(old, new)))


def test_contact_list():
    text = (
        '{"queryInfo":{"page":1,"pageLength":1000,"results":1,"total":1},"contacts":[{"contactID":"LK-1",'
        '"contactType":"individual","contactName":"Lee King","identNumber":"4-8","email":"lee@example.com",'
        '"country":"us","verificationstatus":"verified","daaccepted":0}]}'
    )

    page = mapping.contact_summaries(data_of(text))

    assert page.is_last
    assert page.items == (
        ContactSummary(
            "LK-1",
            ContactType.INDIVIDUAL,
            "Lee King",
            "lee@example.com",
            "US",
            "4-8",
            Verification.VERIFIED,
            designated_agent=False,
        ),
    )


def test_verification_mail_reply_without_designated_agent():
    text = (
        '{"contactID":"CT-3","contactType":"organization","contactName":"Clar S.L","identNumber":"X","email":'
        '"t@example.com","country":"ES","verificationstatus":"verified"}'
    )

    assert mapping.contact_summary(data_of(text)).designated_agent is None


def test_numbers_survive_without_rounding():
    body = reply('{"clientName":"A","apiuser":"a","balance":0.1,"threshold":"","currency":"EUR","ip":""}')

    found = mapping.account_info(mapping.envelope(body).data)

    assert found.balance == Decimal("0.1")
    assert found.threshold is None
    assert json.loads(body)["responseData"]["balance"] == 0.1


def test_text_that_no_database_can_store_is_cleaned():
    found = mapping.hello(data_of('{"ip":"a\\u0000b","lang":"\\ud800x","version":"\\ud83d\\ude00"}'))

    assert (found.ip, found.language, found.version) == ("ab", "?x", "\U0001f600")
