"""Remarks about a zone: each mistake is told, a sound zone draws none, and a change that takes much asks again."""

from __future__ import annotations

import time

import pytest

from panel.dns import lint
from panel.dns.lint import Level
from registrar.types import DnsRecord, RecordType
from tests.dns.zones import SOUND, ZONE, record


def codes(after: list[DnsRecord], before: list[DnsRecord] | None = None) -> dict[str, str]:
    found = lint.check([] if before is None else before, after, ZONE)
    return {remark.code: str(remark.level) for remark in found}


def test_sound_zone_draws_no_remark() -> None:
    assert codes(SOUND) == {}
    assert codes(SOUND, SOUND) == {}


@pytest.mark.parametrize(
    ("added", "code", "level"),
    [
        ([record("www", "A", "203.0.113.5")], "cname_beside", "error"),
        ([record("www", "CNAME", "else.example")], "cname_beside", "error"),
        ([record("@", "CNAME", "else.example")], "cname_apex", "error"),
        ([record("@", "ANAME", "else.example")], "aname_beside", "error"),
        ([record("@", "MX", f"www.{ZONE}", priority=20)], "mx_cname", "warning"),
        ([record("_a._tcp", "SRV", f"1 1 www.{ZONE}")], "srv_cname", "warning"),
        ([record("sub", "NS", f"www.{ZONE}")], "ns_cname", "error"),
        ([record("@", "TXT", "v=spf1 -all")], "two_spf", "error"),
        ([record("_dmarc", "TXT", "v=DMARC1; p=none")], "two_dmarc", "error"),
        ([record("@", "TXT", "x" * 4097)], "text_long", "error"),
        ([record("@", "TXT", "two\nlines")], "text", "error"),
        ([record("@", "TXT", '"quoted"')], "text_quotes", "warning"),
        ([DnsRecord("www.else.example", RecordType.A, "203.0.113.5")], "outside", "error"),
        ([DnsRecord(f"not{ZONE}", RecordType.A, "203.0.113.5")], "outside", "error"),
        ([record("a..b", "A", "203.0.113.5")], "name", "error"),
        ([record("a.*", "A", "203.0.113.5")], "name", "error"),
        ([record("x" * 64, "A", "203.0.113.5")], "name", "error"),
        ([record(f"www.{ZONE}", "A", "203.0.113.5")], "name_twice", "warning"),
        ([record("ftp", "CNAME", f"gone.{ZONE}")], "dangling", "warning"),
        ([record("@", "MX", f"shop.{ZONE}")], "dangling", "warning"),
        ([record("a", "CNAME", f"b.{ZONE}"), record("b", "CNAME", f"a.{ZONE}")], "cname_loop", "error"),
        ([record("a", "CNAME", f"a.{ZONE}")], "cname_loop", "error"),
        ([record("mail", "A", "203.0.113.6", 60)], "duplicate", "error"),
        ([record("mail", "A", "203.0.113.9", 60)], "ttl_spread", "warning"),
        ([record("nas", "A", "192.168.1.4")], "private", "warning"),
        ([record("nas", "AAAA", "fd00::1")], "private", "warning"),
        ([record("nas", "A", "0.0.0.0")], "no_host", "warning"),
        ([record("nas", "A", "2001:db8::1")], "address", "error"),
        ([record("nas", "AAAA", "203.0.113.1")], "address", "error"),
        ([record("my_nas", "A", "203.0.113.1")], "underscore", "warning"),
        ([record("@", "MX", "203.0.113.1")], "address_as_host", "error"),
        ([record("ftp", "CNAME", "bad host")], "host", "error"),
        ([record("ftp", "CNAME", "www")], "single_label", "warning"),
        ([record("@", "MX", ".", priority=0)], "null_mx", "error"),
        ([record("@", "CAA", "issue ca.example.net")], "caa", "error"),
        ([record("@", "CAA", '0 isue "ca.example.net"')], "caa_tag", "warning"),
        ([record("@", "CAA", '1 issue "ca.example.net"')], "caa_flags", "warning"),
        ([record("@", "CAA", '0 iodef "post@lamps.example"')], "caa_iodef", "warning"),
        ([record("@", "CAA", '0 issue "https://ca.example"')], "caa_issuer", "warning"),
        ([record("_sip._udp", "SRV", "5060 sip.else.example")], "srv", "error"),
        ([record("sip", "SRV", "1 5060 sip.else.example")], "srv_name", "warning"),
        ([record("new", "A", "203.0.113.1", -1)], "ttl", "error"),
        ([record("@", "MX", "mx.else.example", priority=65536)], "priority", "error"),
        ([record("sub", "NS", f"ns.sub.{ZONE}")], "glue", "warning"),
        ([record("www.branch", "A", "203.0.113.1")], "occluded", "warning"),
        ([record("m", "TXT", "v=spf1;a -all")], "spf_version", "warning"),
        ([record("m", "TXT", "v=spf1 ip4=1.2.3.4 includes:x -all")], "spf_term", "warning"),
        ([record("m", "TXT", "v=spf1 " + "include:a.example " * 11 + "-all")], "spf_lookups", "warning"),
        ([record("m", "TXT", "v=spf1 +all")], "spf_all", "warning"),
        ([record("m", "TXT", "v=spf1 mx")], "spf_end", "warning"),
        ([record("m", "TXT", "v=spf1 -all mx")], "spf_order", "warning"),
        ([record("m", "TXT", "v=DMARC1; p=none")], "dmarc_place", "warning"),
        ([record("_dmarc.m", "TXT", "v=dmarc1; p=none")], "dmarc_version", "warning"),
        ([record("_dmarc.m", "TXT", "v=DMARC1; p=no")], "dmarc_policy", "warning"),
        ([record("_dmarc.m", "TXT", "v=DMARC1; p=none; rua=a@b.example")], "dmarc_report", "warning"),
        ([record("k._domainkey.m", "TXT", "v=DKIM1; k=rsa")], "dkim_key", "warning"),
        ([record("k._domainkey.m", "TXT", "v=DKIM1; p=MIG")], "dkim_key_cut", "warning"),
    ],
)
def test_mistake_is_told(added: list[DnsRecord], code: str, level: str) -> None:
    found = codes([*SOUND, *added])

    assert found.get(code) == level
    assert set(found) <= {code, "ttl_spread", "dangling"}


@pytest.mark.parametrize(
    "added",
    [
        record("a.shop", "MX", f"any.shop.{ZONE}", priority=1),
        record("x", "CNAME", f"any.shop.{ZONE}"),
        record("x", "CNAME", f"deep.branch.{ZONE}"),
        record("x", "MX", ".", priority=0),
        record("_x", "CNAME", "key._domainkey.else.example"),
        record("m", "TXT", "v=spf1 redirect=_spf.else.example"),
        record("m", "TXT", "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a:x.example/24 ?all exp=why.x.example"),
        record("@", "TXT", "some words; p=1"),
        record("k._domainkey.m", "TXT", "v=DKIM1; p="),
        record("m", "CAA", '128 issue ";"'),
        record("m", "CAA", '0 issuewild "ca.example.net; validationmethods=dns-01"'),
        record("_x._tcp", "SRV", "0 0 ."),
        record("m", "TXT", "y" * 400),
    ],
)
def test_what_is_right_draws_no_remark(added: DnsRecord) -> None:
    assert codes([*SOUND, added]) == {}


def test_type_and_ttl_are_those_of_the_registrar() -> None:
    rows = [record("@", "CAA", '0 issue "ca.example.net"', 60)]

    found = lint.check([], rows, ZONE, hosted_types={RecordType.A}, minimum_ttl=300)

    assert [remark.code for remark in found] == ["type", "ttl"]
    assert "300" in found[1].sentence
    assert found[1].record is rows[0]


def test_what_was_so_before_holds_nothing_up() -> None:
    wrong = [*SOUND, record("@", "CNAME", "else.example")]

    (remark,) = lint.check(wrong, [*wrong, record("new", "A", "203.0.113.77")], ZONE)

    assert (remark.code, remark.level, remark.old) == ("cname_apex", Level.WARNING, True)


def test_new_mistake_is_an_error_beside_an_old_one_of_its_kind() -> None:
    before = [*SOUND, record("one", "A", "203.0.113")]

    found = lint.check(before, [*before, record("one", "A", "203.0.114")], ZONE)

    assert [(remark.level, remark.old) for remark in found] == [(Level.ERROR, False), (Level.WARNING, True)]


def without(*taken: tuple[str, str]) -> list[DnsRecord]:
    return [row for row in SOUND if (row.name.removesuffix(ZONE).rstrip(".") or "@", row.type) not in taken]


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (without(("@", "MX")), "mx_last"),
        ([*without(("@", "MX")), record("@", "MX", ".")], "mx_last"),
        (without(("@", "A"), ("@", "AAAA")), "apex_removed"),
        (without(("@", "NS")), "ns_apex"),
        (SOUND[:9], "many"),
        ([*SOUND[:9], *(record(f"n{n}", "A", "203.0.113.9") for n in range(9))], "many"),
        ([], "emptied"),
    ],
)
def test_what_takes_much_asks_for_a_second_yes(after: list[DnsRecord], code: str) -> None:
    found = codes(after, SOUND)

    assert found.get(code) == "second_yes"


def test_what_takes_little_does_not_ask_again() -> None:
    changed = [*SOUND[1:-1], record("@", "A", "203.0.113.50")]

    assert codes(changed, SOUND) == {"glue": "warning"}
    assert codes(SOUND[:3], SOUND[:5]).get("many") is None


def test_single_nameserver_of_the_zone_is_told_when_it_comes_to_that() -> None:
    one = [row for row in SOUND if row.value != "ns2.else.example"]

    assert codes(one, SOUND) == {"ns_single": "warning"}
    assert codes(one, one) == {}


def test_remarks_come_in_the_order_of_their_weight() -> None:
    after = [*without(("@", "MX")), record("nas", "A", "10.0.0.1"), record("x", "A", "no")]

    assert [str(remark.level) for remark in lint.check(SOUND, after, ZONE)] == [
        "error",
        "second_yes",
        "warning",
    ]


def test_time_is_linear_where_everything_is_at_one_name() -> None:
    """A quadratic check takes seconds for this zone; a linear one a fraction of one on any machine."""
    many = range(2500)
    rows = [record("pool", "A", f"203.0.{n // 250}.{n % 250}") for n in many]
    rows += [record(f"c{n}", "CNAME", f"c{n + 1}.{ZONE}") for n in many]
    rows += [record("sub", "NS", f"ns{n}.sub.{ZONE}") for n in many]
    rows += [record(f"ns{n}.sub", "A", "203.0.113.1") for n in many]
    rows += [record("@", "MX", f"pool.{ZONE}", priority=n) for n in many]
    began = time.process_time()

    found = lint.check(rows, rows, ZONE)

    assert time.process_time() - began < 2
    assert {remark.code for remark in found} == {"dangling", "duplicate"}
