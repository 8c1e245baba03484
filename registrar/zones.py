"""What the zones of each family take, as data: a test holds it against the drivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from registrar.types import RecordType

_COMMON = frozenset(
    {
        RecordType.A,
        RecordType.AAAA,
        RecordType.CNAME,
        RecordType.MX,
        RecordType.NS,
        RecordType.SRV,
        RecordType.TXT,
    }
)


@dataclass(frozen=True, slots=True)
class ZoneRules:
    """`minimum_ttl` in seconds. `says_nowhere`: MX and SRV may point to ".", which says that there is none.
    `has_defaults`: it puts records of its own in place of a zone when it is asked to.
    """

    types: frozenset[RecordType]
    minimum_ttl: int = 0
    says_nowhere: bool = False
    has_defaults: bool = False


_RULES: Mapping[str, ZoneRules] = MappingProxyType(
    {
        # Manual 7.48.5; a ttl is a number from 1.
        "mrdomain": ZoneRules(
            _COMMON | {RecordType.CAA}, minimum_ttl=1, says_nowhere=True, has_defaults=True
        ),
        # Reference 2.10 and 3.18.
        "netim": ZoneRules(_COMMON),
        # Manual, DNS Actions.
        "namecom": ZoneRules(_COMMON | {RecordType.ANAME}, minimum_ttl=300),
    }
)


def zone_rules(family: str) -> ZoneRules | None:
    """What the family's zones take; None for one that keeps no zones."""
    return _RULES.get(family)
