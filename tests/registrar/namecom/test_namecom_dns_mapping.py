"""Records and hosts from bytes."""

from __future__ import annotations

import pytest

from registrar.errors import UnreadableReply
from registrar.namecom import dns_mapping, host_mapping, mapping
from registrar.transport import reading
from registrar.types import (
    DnsRecord,
    GlueRecord,
    RecordType,
)

OK = '"result":{"code":100,"message":"Command Successful"}'


def data(text: str) -> dict[str, object]:
    """What beside the result came with a reply."""
    reply = reading.parse_json(f"{{{OK},{text}}}".encode())
    return dict(mapping.envelope(reply, "test", str).data)


RECORDS = (
    '"records":[{"record_id":"101","name":"faro.com","type":"A","content":"203.0.113.9","ttl":"300",'
    '"create_date":"2014-03-05 21:10:44"},'
    '{"record_id":"102","name":"faro.com","type":"MX","content":"mx.lamps.example","ttl":"600",'
    '"create_date":"2014-03-05 21:10:44","priority":"10"},'
    '{"record_id":"103","name":"_sip._tcp.faro.com","type":"SRV","content":"5 5060 sip.lamps.example",'
    '"ttl":"300","create_date":"","priority":"20"},'
    '{"record_id":"104","name":"*.faro.com","type":"CNAME","content":"Faro.com","ttl":"300","priority":"10"},'
    '{"record_id":"105","name":"faro.com","type":"TXT","content":" v=spf1 -all ","ttl":"300","priority":"N\\/A"},'
    '{"record_id":"106","name":"faro.com","type":"ANAME","content":"lamps.example","ttl":"300"},'
    '{"record_id":"107","name":"faro.com","type":"AAAA","content":"2001:db8::9","ttl":"300"},'
    '{"record_id":"108","name":"sub.faro.com","type":"NS","content":"ns1.lamps.example.","ttl":"300"}]'
)


def test_records():
    assert dns_mapping.records(data(RECORDS)) == (
        DnsRecord("faro.com", RecordType.A, "203.0.113.9", 300, None, "101"),
        DnsRecord("faro.com", RecordType.MX, "mx.lamps.example", 600, 10, "102"),
        DnsRecord("_sip._tcp.faro.com", RecordType.SRV, "5 5060 sip.lamps.example", 300, 20, "103"),
        DnsRecord("*.faro.com", RecordType.CNAME, "faro.com", 300, None, "104"),
        DnsRecord("faro.com", RecordType.TXT, " v=spf1 -all ", 300, None, "105"),
        DnsRecord("faro.com", RecordType.ANAME, "lamps.example", 300, None, "106"),
        DnsRecord("faro.com", RecordType.AAAA, "2001:db8::9", 300, None, "107"),
        DnsRecord("sub.faro.com", RecordType.NS, "ns1.lamps.example", 300, None, "108"),
    )


def test_created_record_has_numbers_as_numbers():
    found = dns_mapping.record(
        data(
            '"record_id":109,"name":"mail.faro.com","type":"MX","content":"mx.lamps.example","ttl":300,'
            '"create_date":"2026-06-01 12:00:00","priority":10'
        )
    )

    assert found == DnsRecord("mail.faro.com", RecordType.MX, "mx.lamps.example", 300, 10, "109")


@pytest.mark.parametrize(
    "record",
    [
        '{"record_id":"1","name":"faro.com","type":"HINFO","content":"x","ttl":"300"}',
        '{"name":"faro.com","type":"A","content":"203.0.113.9","ttl":"300"}',
        '{"record_id":"1","type":"A","content":"203.0.113.9"}',
        '{"record_id":"1","name":"faro.com","type":"A","ttl":"300"}',
        '{"record_id":"1","name":"faro.com","type":"A","content":"x","ttl":"five"}',
        "7",
    ],
)
def test_record_of_another_shape_is_unreadable(record):
    with pytest.raises(UnreadableReply):
        dns_mapping.records(data(f'"records":[{record}]'))


def test_hosts():
    found = host_mapping.hosts(
        data(
            '"hosts":[{"hostname":"ns1.faro.com","ips":["203.0.113.5","2001:DB8::5","203.0.113.6"]},'
            '{"hostname":"NS2.faro.com","ips":[]}]'
        )
    )

    assert found == (
        GlueRecord("ns1.faro.com", "203.0.113.5", "2001:db8::5", ("203.0.113.6",)),
        GlueRecord("ns2.faro.com"),
    )


@pytest.mark.parametrize("hosts", ['"x":1', '"hosts":[{"hostname":"ns1.faro.com","ips":["here"]}]'])
def test_hosts_of_another_shape_are_unreadable(hosts):
    with pytest.raises(UnreadableReply):
        host_mapping.hosts(data(hosts))
