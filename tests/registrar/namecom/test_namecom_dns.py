"""Records of a zone: what is sent, and what a failing code turns out to mean."""

from __future__ import annotations

import pytest

from registrar.errors import (
    AlreadyExists,
    Conflict,
    InvalidRequest,
    NotFound,
    NotSupported,
    Refused,
    UnreadableReply,
)
from registrar.types import (
    DnsRecord,
    Done,
    RecordType,
)
from tests.registrar.namecom.replies import reply

NAME = "faro.com"
OURS = reply({"domains": {NAME: {"tld": "com", "expire_date": "2099-03-05 23:59:59"}}})


@pytest.mark.parametrize(
    ("record", "sent", "shown_as"),
    [
        (
            DnsRecord(NAME, RecordType.A, "203.0.113.9"),
            b'{"hostname":"","type":"A","content":"203.0.113.9","ttl":300}',
            {"name": NAME, "content": "203.0.113.9"},
        ),
        (
            DnsRecord("*.WWW.faro.com", RecordType.AAAA, "2001:DB8::9", 600),
            b'{"hostname":"*.www","type":"AAAA","content":"2001:db8::9","ttl":600}',
            {"name": "*.www.faro.com", "content": "2001:db8::9", "ttl": 600},
        ),
        (
            DnsRecord("*.faro.com", RecordType.CNAME, "Lamps.example."),
            b'{"hostname":"*","type":"CNAME","content":"lamps.example","ttl":300}',
            {"name": "*.faro.com", "content": "lamps.example"},
        ),
        (
            DnsRecord(NAME, RecordType.MX, "mx.lamps.example", priority=0),
            b'{"hostname":"","type":"MX","content":"mx.lamps.example","ttl":300,"priority":0}',
            {"name": NAME, "content": "mx.lamps.example", "priority": 0},
        ),
        (
            DnsRecord("_sip._tcp.faro.com", RecordType.SRV, "5  5060 Sip.lamps.example", priority=20),
            b'{"hostname":"_sip._tcp","type":"SRV","content":"5 5060 sip.lamps.example.","ttl":300,'
            b'"priority":20}',
            {"name": "_sip._tcp.faro.com", "content": "5 5060 sip.lamps.example", "priority": 20},
        ),
        (
            DnsRecord(NAME, RecordType.TXT, 'v=spf1 include:"x" -all'),
            b'{"hostname":"","type":"TXT","content":"v=spf1 include:\\"x\\" -all","ttl":300}',
            {"name": NAME, "content": 'v=spf1 include:"x" -all'},
        ),
        (
            DnsRecord("sub.faro.com", RecordType.NS, "ns1.lamps.example"),
            b'{"hostname":"sub","type":"NS","content":"ns1.lamps.example","ttl":300}',
            {"name": "sub.faro.com", "content": "ns1.lamps.example"},
        ),
        (
            DnsRecord(NAME, RecordType.ANAME, "lamps.example"),
            b'{"hostname":"","type":"ANAME","content":"lamps.example","ttl":300}',
            {"name": NAME, "content": "lamps.example"},
        ),
    ],
)
def test_record_is_created(answered, record, sent, shown_as):
    answer = {"record_id": 7, "type": record.type.value, "ttl": 300, **shown_as}
    line = answered({"dns/create": reply(answer)})

    outcome = line.driver.dns.create(NAME, record)

    assert line.lines == [f"POST /api/dns/create/{NAME}"]
    assert line.body() == sent
    assert isinstance(outcome, Done)
    assert (outcome.value.identifier, outcome.value.name) == ("7", shown_as["name"])
    assert outcome.value.value == shown_as["content"]


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (DnsRecord(NAME, RecordType.CAA, '0 issue "lamps.example"'), "type"),
        (DnsRecord(NAME, RecordType.NS, "ns1.lamps.example"), "name"),
        (DnsRecord("lamps.example", RecordType.A, "203.0.113.9"), "name"),
        (DnsRecord("notfaro.com", RecordType.A, "203.0.113.9"), "name"),
        (DnsRecord(NAME, RecordType.A, "2001:db8::9"), "value"),
        (DnsRecord(NAME, RecordType.A, "here"), "value"),
        (DnsRecord(NAME, RecordType.MX, "."), "value"),
        (DnsRecord(NAME, RecordType.SRV, "5 5060 ."), "value"),
        (DnsRecord(NAME, RecordType.SRV, "5 70000 sip.lamps.example"), "value"),
        (DnsRecord(NAME, RecordType.SRV, "sip.lamps.example"), "value"),
        (DnsRecord(NAME, RecordType.TXT, "two\nlines"), "value"),
        (DnsRecord(NAME, RecordType.TXT, " "), "value"),
        (DnsRecord(NAME, RecordType.A, "203.0.113.9", ttl=299), "ttl"),
        (DnsRecord(NAME, RecordType.A, "203.0.113.9", ttl=2**31), "ttl"),
        (DnsRecord(NAME, RecordType.A, "203.0.113.9", priority=1), "priority"),
        (DnsRecord(NAME, RecordType.MX, "mx.lamps.example", priority=70000), "priority"),
    ],
)
def test_impossible_record_is_refused_before_sending(answered, record, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        line.driver.dns.create(NAME, record)
    assert caught.value.field == field
    assert line.requests == []


def test_record_that_is_there_already_exists(answered):
    line = answered({"dns/create": reply(code=204, said="Parameter Value Error - Duplicate Record")})

    with pytest.raises(AlreadyExists):
        line.driver.dns.create(NAME, DnsRecord(NAME, RecordType.A, "203.0.113.9"))
    assert len(line.requests) == 1


def test_record_that_fails_without_a_reason_is_a_conflict(answered):
    line = answered({"dns/create": reply(code=240), "domain/list": OURS})

    with pytest.raises(Conflict):
        line.driver.dns.create(NAME, DnsRecord(NAME, RecordType.A, "203.0.113.9"))


@pytest.mark.parametrize("answer", [{"name": "other.com"}, {"type": "TXT"}, {"record_id": ""}])
def test_answer_about_another_record_is_unreadable(answered, answer):
    told = {"record_id": 7, "name": NAME, "type": "A", "content": "203.0.113.9", "ttl": 300, **answer}
    line = answered({"dns/create": reply(told)})

    with pytest.raises(UnreadableReply):
        line.driver.dns.create(NAME, DnsRecord(NAME, RecordType.A, "203.0.113.9"))


RECORDS = reply(
    {
        "records": [
            {"record_id": "1", "name": NAME, "type": "A", "content": "203.0.113.9", "ttl": "300"},
            {"record_id": "2", "name": "www.faro.com", "type": "A", "content": "203.0.113.9", "ttl": "300"},
            {"record_id": "3", "name": NAME, "type": "TXT", "content": "hello", "ttl": "300"},
        ]
    }
)


def test_records_are_filtered_and_paged_here(answered):
    dns = answered({"dns/list": RECORDS}).driver.dns

    def listed(**filters):
        return [record.identifier for record in dns.list(NAME, **filters).items]

    assert listed() == ["1", "2", "3"]
    assert listed(word="WWW") == ["2"]
    assert listed(type=RecordType.A) == ["1", "2"]
    assert listed(value="hello") == ["3"]
    assert listed(page=2, page_length=2) == ["3"]


def test_record_is_found_by_its_identifier(answered):
    dns = answered({"dns/list": RECORDS}).driver.dns

    assert dns.info(NAME, "3").value == "hello"
    with pytest.raises(NotFound):
        dns.info(NAME, "4")


def test_record_is_deleted_by_its_identifier(answered):
    line = answered()

    assert line.driver.dns.delete(NAME, DnsRecord(NAME, RecordType.A, "x", identifier="2")) == Done(None)

    assert line.lines == [f"POST /api/dns/delete/{NAME}"]
    assert line.body() == b'{"record_id":"2"}'


def test_record_without_an_identifier_cannot_be_deleted(answered):
    with pytest.raises(InvalidRequest) as caught:
        answered().driver.dns.delete(NAME, DnsRecord(NAME, RecordType.A, "203.0.113.9"))
    assert caught.value.field == "identifier"


@pytest.mark.parametrize(("identifier", "error"), [("9", NotFound), ("2", Refused)])
def test_record_that_cannot_be_deleted_is_looked_for(answered, identifier, error):
    line = answered({"dns/delete": reply(code=240), "dns/list": RECORDS, "domain/list": OURS})

    with pytest.raises(error):
        line.driver.dns.delete(NAME, DnsRecord(NAME, RecordType.A, "x", identifier=identifier))


def test_record_cannot_be_changed_nor_a_zone_replaced(answered):
    dns = answered().driver.dns

    with pytest.raises(NotSupported):
        dns.update(NAME, DnsRecord(NAME, RecordType.A, "203.0.113.9", identifier="1"))
    with pytest.raises(NotSupported):
        dns.replace(NAME, [])
