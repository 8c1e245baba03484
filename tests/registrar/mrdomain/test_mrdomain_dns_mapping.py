"""Replies of the DNS part of module service as bytes (manual 7.40 to 7.43), and records as parameters."""

# ruff: noqa: UP031  (JSON is full of braces)

from __future__ import annotations

import base64
import json

import pytest

from registrar.errors import InvalidRequest, UnreadableReply
from registrar.mrdomain import dns_mapping, mapping, reading
from registrar.types import DnsRecord, RecordType

ZONE = "faro.com"


def data_of(text: str):
    body = (
        '{"success":true,"errorCode":0,"errorCodeMsg":"","action":"service\\/dns","responseData":%s}' % text
    )
    return mapping.envelope(body.encode()).data


def one(type_: str, value: str, *, name: str = "www.faro.com", ttl: str = '"-"', priority: str = '"-"'):
    return data_of(
        '{"entityID":"SRV0000000007-000000071","name":"%s","type":"%s","ttl":%s,"priority":%s,"value":"%s"}'
        % (name, type_, ttl, priority, value)
    )


def test_list_of_records():
    text = (
        '{"queryInfo":{"page":1,"pageLength":2,"results":2,"total":20},"dns":['
        '{"entityID":"SRV0000000007-000000071","name":"faro.com","type":"A","ttl":"-","priority":"-",'
        '"value":"203.0.113.9"},'
        '{"entityID":"SRV0000000007-000000072","name":"*.faro.com","type":"CNAME","ttl":"3600","priority":"-",'
        '"value":"srv21.lamps.example"}]}'
    )

    page = reading.page(data_of(text), "dns", dns_mapping.record)

    assert page.items == (
        DnsRecord("faro.com", RecordType.A, "203.0.113.9", identifier="SRV0000000007-000000071"),
        DnsRecord(
            "*.faro.com", RecordType.CNAME, "srv21.lamps.example", 3600, None, "SRV0000000007-000000072"
        ),
    )
    assert (page.total, page.is_last) == (20, False)


def test_service_record_keeps_its_priority_apart():
    found = dns_mapping.record(one("SRV", "10 8080 SRV.faro.es.", name="_sip._tcp.faro.com", priority='"10"'))

    assert (found.name, found.value, found.priority) == ("_sip._tcp.faro.com", "10 8080 srv.faro.es", 10)


@pytest.mark.parametrize(
    ("type_", "written", "value"),
    [
        ("MX", "Mail.faro.com.", "mail.faro.com"),
        ("NS", "ns1.faro.com", "ns1.faro.com"),
        ("MX", ".", "."),
        ("CNAME", "españa.com", "xn--espaa-rta.com"),
        ("TXT", "v=spf1  -all ", "v=spf1  -all "),
        ("CAA", '0 issue \\"ca.example\\"', '0 issue "ca.example"'),
        ("AAAA", " 2001:db8::1 ", "2001:db8::1"),
        ("SRV", "strange", "strange"),
    ],
)
def test_values_by_type(type_, written, value):
    assert dns_mapping.record(one(type_, written)).value == value


@pytest.mark.parametrize(
    ("written", "number"),
    [('"-"', None), ('""', None), ("null", None), ('"600"', 600), ("600", 600), ('"0"', 0)],
)
def test_ttl_and_priority_are_numbers_or_the_default(written, number):
    found = dns_mapping.record(one("MX", "mail.faro.com", ttl=written, priority=written))

    assert (found.ttl, found.priority) == (number, number)


def test_name_of_an_international_zone_is_its_a_label():
    found = dns_mapping.record(one("TXT", "x", name="*.España.com"))

    assert found.name == "*.xn--espaa-rta.com"


@pytest.mark.parametrize(
    "data",
    [one("SPF", "x"), one("A", "1", ttl='"soon"'), data_of('{"name":"faro.com","type":"A"}'), data_of("{}")],
)
def test_record_that_is_not_understood_is_unreadable(data):
    with pytest.raises(UnreadableReply):
        dns_mapping.record(data)


@pytest.mark.parametrize(
    ("record", "sent"),
    [
        (
            DnsRecord("FARO.com.", RecordType.A, " 203.0.113.9"),
            {"name": "faro.com", "type": "A", "value": "203.0.113.9"},
        ),
        (
            DnsRecord("faro.com", RecordType.AAAA, "2001:DB8:0::1", ttl=600),
            {"name": "faro.com", "type": "AAAA", "value": "2001:db8::1", "ttl": "600"},
        ),
        (
            DnsRecord("*.www.faro.com", RecordType.CNAME, "España.com."),
            {"name": "*.www.faro.com", "type": "CNAME", "value": "xn--espaa-rta.com"},
        ),
        (
            DnsRecord("faro.com", RecordType.MX, "mail.faro.com", priority=0),
            {"name": "faro.com", "type": "MX", "value": "mail.faro.com", "priority": "0"},
        ),
        (
            DnsRecord("faro.com", RecordType.MX, ".", priority=0),
            {"name": "faro.com", "type": "MX", "value": ".", "priority": "0"},
        ),
        (
            DnsRecord("_sip._tcp.faro.com", RecordType.SRV, "05 5060 sip.faro.com.", priority=10),
            {"name": "_sip._tcp.faro.com", "type": "SRV", "value": "5 5060 sip.faro.com", "priority": "10"},
        ),
        (
            DnsRecord("faro.com", RecordType.CAA, '0 issue "ca.example; a=b"'),
            {"name": "faro.com", "type": "CAA", "value": '0 issue "ca.example; a=b"'},
        ),
        (
            DnsRecord("_dmarc.faro.com", RecordType.TXT, "v=DMARC1; p=none"),
            {"name": "_dmarc.faro.com", "type": "TXT", "value": "v=DMARC1; p=none"},
        ),
        (
            DnsRecord("sub.faro.com", RecordType.NS, "ns1.lamps.example"),
            {"name": "sub.faro.com", "type": "NS", "value": "ns1.lamps.example"},
        ),
    ],
    ids=lambda value: str(value.type) if isinstance(value, DnsRecord) else "",
)
def test_record_as_parameters(record, sent):
    assert dns_mapping.parameters(record, ZONE) == sent


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (DnsRecord("other.com", RecordType.A, "203.0.113.9"), "name"),
        (DnsRecord("nofaro.com", RecordType.A, "203.0.113.9"), "name"),
        (DnsRecord("www.*.faro.com", RecordType.A, "203.0.113.9"), "name"),
        (DnsRecord("www", RecordType.A, "203.0.113.9"), "name"),
        (DnsRecord("faro.com", RecordType.ANAME, "lamps.example"), "type"),
        (DnsRecord("faro.com", RecordType.A, "2001:db8::1"), "value"),
        (DnsRecord("faro.com", RecordType.A, "here"), "value"),
        (DnsRecord("faro.com", RecordType.AAAA, "203.0.113.9"), "value"),
        (DnsRecord("faro.com", RecordType.MX, "10 mail.faro.com"), "value"),
        (DnsRecord("faro.com", RecordType.CNAME, "."), "value"),
        (DnsRecord("faro.com", RecordType.SRV, "10 5 5060 sip.faro.com"), "value"),
        (DnsRecord("faro.com", RecordType.SRV, "5 70000 sip.faro.com"), "value"),
        (DnsRecord("faro.com", RecordType.CAA, "0 issue ca.example"), "value"),
        (DnsRecord("faro.com", RecordType.CAA, '300 issue "ca.example"'), "value"),
        (DnsRecord("faro.com", RecordType.TXT, " "), "value"),
        (DnsRecord("faro.com", RecordType.TXT, "two\nlines"), "value"),
        (DnsRecord("faro.com", RecordType.TXT, "x", ttl=0), "ttl"),
        (DnsRecord("faro.com", RecordType.TXT, "x", ttl=2**31), "ttl"),
        (DnsRecord("faro.com", RecordType.TXT, "x", priority=1), "priority"),
        (DnsRecord("faro.com", RecordType.MX, "mail.faro.com", priority=70000), "priority"),
    ],
    ids=lambda value: f"{value.type} {value.value}" if isinstance(value, DnsRecord) else "",
)
def test_impossible_record_names_its_field(record, field):
    with pytest.raises(InvalidRequest) as caught:
        dns_mapping.parameters(record, ZONE)
    assert caught.value.field == field


def test_whole_zone_is_json_in_base64_with_dashes_for_defaults():
    records = [
        DnsRecord("faro.com", RecordType.A, "203.0.113.9"),
        DnsRecord("faro.com", RecordType.MX, "mail.faro.com", ttl=600, priority=5),
    ]

    assert json.loads(base64.b64decode(dns_mapping.zone(records, ZONE))) == [
        {"name": "faro.com", "type": "A", "ttl": "-", "priority": "-", "value": "203.0.113.9"},
        {"name": "faro.com", "type": "MX", "ttl": "600", "priority": "5", "value": "mail.faro.com"},
    ]


def test_whole_zone_must_hold_a_record():
    with pytest.raises(InvalidRequest) as caught:
        dns_mapping.zone([], ZONE)
    assert caught.value.field == "records"
