"""DNS servers of a domain, and the registrar's habit of renaming its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from registrar.sandbox.namecom.call import Call
from registrar.sandbox.namecom.codes import invalid

if TYPE_CHECKING:
    from registrar.sandbox.world import World

OWN = re.compile(r"(ns[1-4])\.name\.com")
KEPT = re.compile(r"ns[1-4][a-z]{3}\.name\.com")
FEWEST, MOST = 2, 13
LETTERS = "bcdfghjklmnpqrstvwxz"


def _suffix(world: World, name: str) -> str:
    dice = world.dice("nameservers", name)
    return "".join(dice.choice(LETTERS) for _ in range(3))


def stored(world: World, name: str, host: str) -> str:
    """How a DNS server is kept: ns1.name.com comes back with three letters that belong to the domain."""
    own = OWN.fullmatch(host)
    return f"{own[1]}{_suffix(world, name)}.name.com" if own else host


def is_own(host: str) -> bool:
    """Whether a DNS server, as it is kept, is one of the registrar's."""
    return KEPT.fullmatch(host) is not None


def default(world: World, name: str) -> list[str]:
    """The registrar's four DNS servers as this domain sees them."""
    return [stored(world, name, f"ns{number}.name.com") for number in range(1, 5)]


def given(call: Call) -> list[str]:
    """The DNS servers sent, an empty list where none were. Raises 204; two to thirteen (assumption)."""
    hosts = [call.name(host, "nameservers") for host in call.list_of_texts("nameservers")]
    if hosts and (not FEWEST <= len(hosts) <= MOST or len(set(hosts)) < len(hosts)):
        raise invalid("nameservers")
    name = call.arguments[0] if call.arguments else call.text("domain_name")
    return [stored(call.family.world, call.name(name), host) for host in hosts]
