"""What one record must look like, whatever stands beside it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.dns.lint.remark import Level, Remark, Row
from registrar.types import RecordType

# Registrars take texts up to this size; DNS itself stops at 65,535.
LONGEST_TEXT = 4096
LARGEST_TTL = 2**31 - 1
LONGEST_NAME = 253

_OWNER = re.compile(
    r"(?:\*|[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_SRV = re.compile(r"(\d{1,5}) (\d{1,5}) (\S+)")
_SRV_NAME = re.compile(r"_[a-z0-9-]+\._[a-z]+(\..+)?")
_CAA = re.compile(r'(\d{1,3})\s+(\S+)\s+"([^"]*)"')
_CAA_TAGS = frozenset(
    {"issue", "issuewild", "issuemail", "issuevmc", "iodef", "contactemail", "contactphone"}
)
_CAA_ISSUE = re.compile(r"\s*([a-z0-9-]+(\.[a-z0-9-]+)*)?\s*(;.*)?", re.IGNORECASE)
_PRIVATE = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
    "::ffff:0:0/96",
)
# First and last as numbers, by version: a zone may have thousands of addresses.
_INSIDE = {
    version: [
        (int(network.network_address), int(network.broadcast_address))
        for network in map(ipaddress.ip_network, _PRIVATE)
        if network.version == version
    ]
    for version in (4, 6)
}
_LONE_DOT = frozenset({RecordType.MX, RecordType.SRV})
_HOST_BY_LETTER = frozenset({RecordType.MX, RecordType.NS, RecordType.SRV})


def remarks(row: Row, zone: str, hosted: frozenset[RecordType], minimum_ttl: int) -> Iterator[Remark]:
    """What is wrong with a record of `zone`."""
    yield from _owner(row, zone)
    if row.type not in hosted:
        yield _error(
            "type", _("Records of type %(type)s cannot be kept at this registrar."), row, type=row.type
        )
    record = row.record
    if record.ttl is not None and not minimum_ttl <= record.ttl <= LARGEST_TTL:
        yield _error(
            "ttl", _("The time to live has to be at least %(least)s seconds."), row, least=minimum_ttl
        )
    if record.priority is not None and not 0 <= record.priority <= 65535:
        yield _error("priority", _("A priority is a number from 0 to 65535."), row)
    if row.type in (RecordType.A, RecordType.AAAA):
        yield from _address(row)
    elif row.type == RecordType.SRV:
        yield from _srv(row)
    elif row.type == RecordType.TXT:
        yield from _text(row)
    elif row.type == RecordType.CAA:
        yield from _caa(row)
    else:
        yield from _host(row)


def _owner(row: Row, zone: str) -> Iterator[Remark]:
    name = row.name
    if name == zone:
        return
    if not name.endswith("." + zone):
        yield _error("outside", _("%(name)s is not a name in this zone."), row, name=name)
    elif len(name) > LONGEST_NAME or not _OWNER.fullmatch(name):
        yield _error(
            "name",
            _("%(name)s is not a name that a record can have. A * stands alone and first."),
            row,
            name=name,
        )
    elif name.endswith(f".{zone}.{zone}") or name == f"{zone}.{zone}":
        yield _warning("name_twice", _("The zone's name stands twice in %(name)s."), row, name=name)


def _address(row: Row) -> Iterator[Remark]:
    address = row.address
    if address is None:
        kind = _("%(value)s is not an IPv4 address.")
        if row.type == RecordType.AAAA:
            kind = _("%(value)s is not an IPv6 address.")
        yield _error("address", kind, row, value=row.value)
        return
    number = int(address)
    if any(first <= number <= last for first, last in _INSIDE[address.version]):
        text = _("%(value)s is an address inside a private network: nobody outside can reach it.")
        yield _warning("private", text, row, value=row.value)
    elif address.is_multicast or address.is_unspecified:
        yield _warning("no_host", _("%(value)s is not the address of a machine."), row, value=row.value)
    if "_" in row.name:
        text = _("%(name)s has an underscore: it works in DNS, but not as the name of a machine.")
        yield _warning("underscore", text, row, name=row.name)


def _host(row: Row) -> Iterator[Remark]:
    target = row.target
    if target == "." and row.type in _LONE_DOT:
        return
    if _is_address(target):
        text = _("A record of type %(type)s points to a name; %(value)s is an address.")
        yield _error("address_as_host", text, row, type=row.type, value=target)
    elif len(target) > LONGEST_NAME or not _HOST.fullmatch(target):
        yield _error("host", _("%(value)s is not the name of a host."), row, value=target)
    elif "." not in target:
        text = _("%(value)s is a name of a single word. Did you mean a name inside this zone?")
        yield _warning("single_label", text, row, value=target)
    elif "_" in target and row.type in _HOST_BY_LETTER:
        text = _("%(name)s has an underscore: it works in DNS, but not as the name of a machine.")
        yield _warning("underscore", text, row, name=target)


def _is_address(text: str) -> bool:
    if not (text[-1:].isdigit() or ":" in text):
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _srv(row: Row) -> Iterator[Remark]:
    found = _SRV.fullmatch(row.value)
    if not found or int(found[1]) > 65535 or int(found[2]) > 65535:
        yield _error(
            "srv",
            _("The value of an SRV record is weight, port and host, as in: 5 5060 sip.example.com"),
            row,
        )
        return
    if not _SRV_NAME.fullmatch(row.name):
        text = _("The name of an SRV record begins with service and protocol, as in: _sip._tcp")
        yield _warning("srv_name", text, row)
    yield from _host(row)


def _text(row: Row) -> Iterator[Remark]:
    value = row.value
    if not value.strip() or not value.isprintable():
        yield _error("text", _("The value of a TXT record is one line of text."), row)
        return
    size = len(value.encode())
    if size > LONGEST_TEXT:
        yield _error(
            "text_long",
            _("The text has %(size)s bytes; at most %(most)s can be kept."),
            row,
            size=size,
            most=LONGEST_TEXT,
        )
    if len(value) > 1 and value[0] == value[-1] == '"':
        text = _("The quotes around the text would become part of it. Leave them out.")
        yield _warning("text_quotes", text, row)


def _caa(row: Row) -> Iterator[Remark]:
    found = _CAA.fullmatch(row.value)
    if not found or int(found[1]) > 255:
        text = _('The value of a CAA record is flags, tag and value, as in: 0 issue "ca.example.net"')
        yield _error("caa", text, row)
        return
    flags, tag, value = int(found[1]), found[2].lower(), found[3]
    if tag not in _CAA_TAGS:
        text = _("Authorities know no CAA tag %(tag)s. Usual are issue, issuewild and iodef.")
        yield _warning("caa_tag", text, row, tag=found[2])
    elif flags not in (0, 128):
        yield _warning("caa_flags", _("The flags of a CAA record are 0, or 128 for critical."), row)
    elif tag == "iodef" and not value.lower().startswith(("mailto:", "http://", "https://")):
        yield _warning("caa_iodef", _("The value of iodef begins with mailto: or https://."), row)
    elif tag.startswith("issue") and not _CAA_ISSUE.fullmatch(value):
        text = _("%(value)s is not the name of an authority, as in: ca.example.net")
        yield _warning("caa_issuer", text, row, value=value)


def _error(code: str, text: str | Promise, row: Row, **values: object) -> Remark:
    return Remark(Level.ERROR, code, text, row.name, row.record, values)


def _warning(code: str, text: str | Promise, row: Row, **values: object) -> Remark:
    return Remark(Level.WARNING, code, text, row.name, row.record, values)
