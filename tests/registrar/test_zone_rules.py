"""What is said of a family's zones is what its driver takes."""

from __future__ import annotations

from importlib import import_module

import pytest

from registrar import FAMILIES
from registrar.errors import InvalidRequest
from registrar.types import DnsRecord, RecordType
from registrar.zones import zone_rules

MODULES = {
    "mrdomain": ("registrar.mrdomain.dns", "MrDomainDns"),
    "netim": ("registrar.netim.dns", "NetimDns"),
    "namecom": ("registrar.namecom.dns", "NameComDns"),
}
NOWHERE = DnsRecord("in.lamps.example", RecordType.MX, ".", 300, 10)


def takes(family: str, record: DnsRecord) -> bool:
    """Whether the family's driver writes such a record into a request."""
    written = {
        "mrdomain": lambda: import_module("registrar.mrdomain.dns_mapping").parameters(
            record, "lamps.example"
        ),
        "namecom": lambda: import_module("registrar.namecom.dns_mapping").parameters(record, "lamps.example"),
    }
    try:
        written[family]()
    except InvalidRequest:
        return False
    return True


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_family_has_rules_where_it_shows_zones(family: str) -> None:
    assert (zone_rules(family) is not None) is FAMILIES[family].capabilities.find("dns.list").usable


@pytest.mark.parametrize("family", sorted(MODULES))
def test_types_and_shortest_ttl_are_those_of_the_driver(family: str) -> None:
    module, name = MODULES[family]
    driver, rules = getattr(import_module(module), name), zone_rules(family)

    assert rules is not None
    assert rules.types == driver.types
    assert rules.minimum_ttl >= driver.minimum_ttl


@pytest.mark.parametrize("family", ["mrdomain", "namecom"])
def test_shortest_ttl_is_taken_and_a_shorter_one_is_not(family: str) -> None:
    rules = zone_rules(family)
    assert rules is not None
    row = DnsRecord("www.lamps.example", RecordType.A, "192.0.2.1", rules.minimum_ttl)

    assert takes(family, row)
    assert not takes(family, DnsRecord(row.name, row.type, row.value, rules.minimum_ttl - 1))


@pytest.mark.parametrize("family", ["mrdomain", "namecom"])
def test_lone_dot_is_taken_where_the_rules_say_so(family: str) -> None:
    rules = zone_rules(family)

    assert rules is not None
    assert takes(family, NOWHERE) is rules.says_nowhere
