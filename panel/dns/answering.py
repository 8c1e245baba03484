"""Who answers for a name on the internet: the zone that is edited here, or somebody else's nameservers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

from panel.dns.models import Zone
from panel.domain.models import Domain, to_unicode
from panel.domain.planning import capability
from panel.domain.wording import is_parked
from registrar.types import RecordType


@dataclass(frozen=True, slots=True)
class Answering:
    """`here`: whether the registrar's zone is what the world sees; None where nobody knows.

    `keeps_zones`: whether the registrar has zones at all. `servers` are those of the name, `providers` the domains that
    they belong to, as U-labels.
    """

    keeps_zones: bool
    here: bool | None
    servers: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()


def answering(domain: Domain, zone: Zone | None) -> Answering:
    """Who answers for the name, as far as the mirror tells."""
    servers = tuple(name.lower().rstrip(".") for name in domain.nameservers)
    keeps = capability(domain.account, domain.tld_name, "dns.list").usable
    return Answering(
        keeps,
        _is_here(domain, zone, servers) if keeps else False,
        tuple(map(to_unicode, servers)),
        tuple(dict.fromkeys(to_unicode(_provider(name)) for name in servers)),
    )


def _is_here(domain: Domain, zone: Zone | None, servers: tuple[str, ...]) -> bool | None:
    if zone is not None and zone.read_at and not zone.hosted:
        return False
    if domain.hosts_zone is not None:
        return domain.hosts_zone
    if not servers:
        return None
    own = {
        value for name, kind, value, *_rest in (zone.records if zone is not None else ())
        if kind == RecordType.NS and name == domain.name
    }  # fmt: skip
    return is_parked(domain) or bool(own & set(servers))


def _provider(server: str) -> str:
    """The name that somebody has registered, to which the server belongs."""
    return _suffixes().privatesuffix(server) or server


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)
