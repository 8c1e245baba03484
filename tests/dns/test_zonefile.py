"""Zone files: what is read of them, what is said of each line that is not, and that what is written is read again."""

from __future__ import annotations

import ipaddress

import dns.zone
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.dns import zonefile
from panel.dns.lint import Level
from panel.dns.records import normal
from registrar.types import DnsRecord, RecordType
from tests.dns.zones import SOUND, ZONE, record


def lines(*text: str) -> zonefile.Parsed:
    return zonefile.parse("\n".join(text), ZONE)


def test_file_of_bind_is_read_with_all_that_it_leaves_out() -> None:
    found = lines(
        "$TTL 1h ; for all",
        "$ORIGIN Lamps.Example.",
        "@ IN SOA ns1.else.example. post.lamps.example. (",
        "      2026010101 ; serial",
        "      3h 1h 1w 300 )",
        "        IN  NS   ns1.else.example.",
        "        MX  10 mail",
        '        300 IN TXT "v=spf1 mx" " -all"',
        "www     IN 600 CNAME @",
        "mail    A   203.0.113.6",
        "        AAAA 2001:DB8:0::6",
        "$ORIGIN shop",
        "*       A   203.0.113.7",
        "_sip._tcp.lamps.example. SRV 0 5 5060 mail.lamps.example.",
        '@ CAA 0 issue "ca.example.net"',
        "deep.er ANAME else.example.",
    )

    assert found.records == (
        record("@", "MX", f"mail.{ZONE}", 3600, 10),
        record("@", "TXT", "v=spf1 mx -all", 300),
        record("www", "CNAME", ZONE, 600),
        record("mail", "A", "203.0.113.6", 3600),
        record("mail", "AAAA", "2001:db8::6", 3600),
        record("*.shop", "A", "203.0.113.7", 3600),
        record("_sip._tcp", "SRV", f"5 5060 mail.{ZONE}", 3600, 0),
        record("shop", "CAA", '0 issue "ca.example.net"', 3600),
        record("deep.er.shop", "ANAME", "else.example", 3600),
    )
    assert [(remark.line, remark.code) for remark in found.remarks] == [(3, "soa"), (6, "apex_ns")]
    assert found.is_whole


def test_text_is_read_whole_whatever_it_is_made_of() -> None:
    found = lines(
        'a TXT "one" "two" ( "three"',
        '   "four;" ; no part of it',
        " )",
        r'b TXT "say \"yes\" \\ \195\169"',
        f'c TXT "{"x" * 255}" "{"y" * 100}"',
        "d TXT unquoted",
    )

    assert [row.value for row in found.records] == [
        "onetwothreefour;",
        'say "yes" \\ é',
        "x" * 255 + "y" * 100,
        "unquoted",
    ]
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("line", "code", "level"),
    [
        ("www A 203.0.113", "data", "error"),
        ("www MX mail", "data", "error"),
        ("www A", "data", "error"),
        ("www", "unreadable", "error"),
        ("www 300 IN", "unreadable", "error"),
        ("a..b A 203.0.113.5", "unreadable", "error"),
        ("www A 203.0.113.5 left over", "data", "error"),
        ('www TXT "not closed', "open", "error"),
        ("www TXT ( not closed", "open", "error"),
        ("www TXT " + '"' + "x" * 256 + '"', "data", "error"),
        (r"www TXT \200", "data", "error"),
        ("www.else.example. A 203.0.113.5", "outside", "error"),
        ("www FOO bar", "type_unknown", "error"),
        ("$INCLUDE other.zone", "include", "error"),
        ("$GENERATE 1-9 host$ A 203.0.113.$", "generate", "error"),
        ("$UNKNOWN x", "directive", "error"),
        ("$TTL soon", "unreadable", "error"),
        ('www CAA 0 issue "a\\"b"', "data", "error"),
        ("www DS 1 13 2 " + "ab" * 32, "type", "warning"),
        ("www HTTPS 1 .", "type", "warning"),
        ("www CH TXT version", "class", "warning"),
        ("@ NS ns1.else.example.", "apex_ns", "warning"),
        ("first A 203.0.113.1", "again", "warning"),
    ],
)
def test_line_that_gives_no_record_is_named(line: str, code: str, level: str) -> None:
    found = lines("; a comment", "first A 203.0.113.1", "", line)

    (remark,) = found.remarks
    assert (remark.line, remark.code, str(remark.level)) == (4, code, level)
    assert remark.source == line[:200]
    assert remark.sentence
    assert found.is_whole is (level == "warning")
    assert len(found.records) == 1


def test_what_comes_after_a_bad_line_is_read() -> None:
    found = lines('one TXT "open', "two A 203.0.113.2", "three A no", "four A 203.0.113.4")

    assert [row.name for row in found.records] == [f"two.{ZONE}", f"four.{ZONE}"]
    assert [remark.line for remark in found.remarks] == [1, 3]


def test_first_record_needs_a_name() -> None:
    assert [remark.code for remark in lines(" A 203.0.113.1").remarks] == ["no_owner"]


@pytest.mark.parametrize(
    ("text", "ttls"),
    [
        (["a A 203.0.113.1"], [None]),
        (["a 60 A 203.0.113.1", "b A 203.0.113.1"], [60, 60]),
        (["$TTL 90", "a 60 A 203.0.113.1", "b A 203.0.113.1"], [60, 90]),
        (["@ SOA a. b. 1 2 3 4 77", "a A 203.0.113.1"], [77]),
        (["@ 5 SOA a. b. 1 2 3 4 77", "a A 203.0.113.1"], [5]),
        (["a 1W2D3H4M5S A 203.0.113.1"], [788645]),
    ],
)
def test_time_to_live_is_found_where_the_standard_looks(text: list[str], ttls: list[int | None]) -> None:
    assert [row.ttl for row in lines(*text).records] == ttls


def test_name_in_letters_of_any_language_becomes_an_a_label() -> None:
    (row,) = zonefile.parse("\ufeffbücher CNAME größe.example.\r\n", ZONE).records

    assert (row.name, row.value) == (f"xn--bcher-kva.{ZONE}", "xn--gre-6ka8i.example")


def test_file_beyond_the_limits_is_refused() -> None:
    with pytest.raises(zonefile.TooLarge):
        zonefile.parse("; " + "é" * (zonefile.LARGEST // 2), ZONE)
    with pytest.raises(zonefile.TooLarge):
        zonefile.parse("\n".join(f"a A 10.{n >> 16}.{n >> 8 & 255}.{n & 255}" for n in range(10_001)), ZONE)


def test_file_that_was_written_is_one_for_other_programs() -> None:
    rows = [*SOUND, record("open", "A", "203.0.113.9", None), record("long", "TXT", "ü" * 300)]
    text = zonefile.write(rows, ZONE, comment="Of today\nas kept")

    found = dns.zone.from_text(text, check_origin=False)

    assert text.startswith("; Of today\n; as kept\n$ORIGIN lamps.example.\n")
    assert found.origin is not None
    assert found.origin.to_text() == "lamps.example."
    assert sum(len(rdataset) for _name, rdataset in found.iterate_rdatasets()) == len(rows)
    assert found.get_rdataset("www", "CNAME").ttl == 300
    assert found.get_rdataset("open", "A").ttl == zonefile.OPEN_TTL


def test_reading_stops_where_there_is_too_much_to_say() -> None:
    found = lines(*["bad A no"] * 3000, "good A 203.0.113.1")

    assert len(found.remarks) == zonefile.MOST_REMARKS + 1
    assert (found.remarks[-1].code, found.remarks[-1].line, found.is_whole) == ("stopped", 1000, False)
    assert found.records == ()


LABEL = st.from_regex(r"[a-z0-9_]([a-z0-9_-]{0,20}[a-z0-9])?", fullmatch=True)
HOST = st.lists(LABEL, min_size=1, max_size=4).map(lambda labels: ".".join([*labels, "example"]))
NUMBER = st.integers(0, 65535)
# Letters of few and of many bytes, and those that a zone file must write otherwise.
LETTER = st.integers(0, 0xFF).map(chr) | st.sampled_from('"\\;()@$ ü€漢😀\u2028\x85')
TEXT = st.text(LETTER, max_size=300)
VALUES = {
    RecordType.A: st.ip_addresses(v=4).map(str),
    RecordType.AAAA: st.ip_addresses(v=6).map(str),
    RecordType.ANAME: HOST,
    RecordType.CNAME: HOST,
    RecordType.NS: HOST,
    RecordType.MX: HOST | st.just("."),
    RecordType.SRV: st.builds(lambda weight, port, host: f"{weight} {port} {host}", NUMBER, NUMBER, HOST),
    RecordType.TXT: TEXT,
    RecordType.CAA: st.builds(
        lambda flags, tag, text: f'{flags} {tag} "{text}"',
        st.integers(0, 255),
        st.sampled_from(["issue", "issuewild", "iodef"]),
        TEXT.map(lambda text: text.replace('"', "")),
    ),
}


@st.composite
def any_record(draw: st.DrawFn) -> DnsRecord:
    kind = draw(st.sampled_from(list(RecordType)))
    prefix = draw(st.sampled_from(["", "*."]))
    labels = draw(st.lists(LABEL, max_size=3))
    name = ".".join([*labels, ZONE]) if kind != RecordType.NS else ".".join(["sub", *labels, ZONE])
    priority = draw(NUMBER) if kind in (RecordType.MX, RecordType.SRV) else None
    ttl = draw(st.none() | st.integers(0, 2**31 - 1))
    return DnsRecord(
        f"{prefix if kind != RecordType.NS else ''}{name}", kind, draw(VALUES[kind]), ttl, priority
    )


def test_every_type_has_values() -> None:
    assert set(VALUES) == set(RecordType)


@settings(deadline=None)
@given(
    st.lists(any_record(), max_size=6, unique_by=lambda row: (row.name, row.type, row.value, row.priority))
)
def test_zone_that_was_written_is_read_again(rows: list[DnsRecord]) -> None:
    found = zonefile.parse(zonefile.write(rows, ZONE), ZONE)

    assert found.remarks == ()
    assert sorted(found.records, key=repr) == sorted(map(normal, rows), key=repr)


@settings(deadline=None)
@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["a", " ", "\n", '"', "(", ")", ";", "\\", "$TTL", "IN", "A", "1"])).map(
        "".join
    )
)
def test_any_text_is_read_or_remarked_upon(text: str) -> None:
    found = zonefile.parse(text, ZONE)

    assert all(row.name == ZONE or row.name.endswith(f".{ZONE}") for row in found.records)
    assert all(remark.level in (Level.ERROR, Level.WARNING) and remark.line > 0 for remark in found.remarks)
    for row in found.records:
        if row.type == RecordType.A:
            ipaddress.IPv4Address(row.value)
