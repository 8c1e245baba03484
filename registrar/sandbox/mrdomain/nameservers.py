"""The nameservers parameter: a word or two to seven hosts (manual 5.3, 5.4, 5.6)."""

from __future__ import annotations

from typing import NamedTuple

from registrar.sandbox.mrdomain.call import Call
from registrar.sandbox.mrdomain.codes import invalid
from registrar.sandbox.names import InvalidName, to_ascii

DEFAULT = ("ns1.mrdomain.com", "ns2.mrdomain.com")
FEWEST, MOST = 2, 7


class Choice(NamedTuple):
    """Hosts in order; `keep` means those that the domain has elsewhere."""

    hosts: list[str]
    default: bool
    keep: bool = False


def hosts(call: Call, parameter: str = "nameservers") -> list[str]:
    """Two to seven host names, empty ones dropped. Raises 101 or 105."""
    found = [part.strip() for part in call.params.required(parameter).split(",") if part.strip()]
    if not FEWEST <= len(found) <= MOST:
        raise invalid(parameter, f"{FEWEST} to {MOST} DNS servers")
    try:
        names = [to_ascii(host) for host in found]
    except InvalidName as error:
        raise invalid(parameter, str(error)) from error
    if any("." not in name for name in names) or len(set(names)) < len(names):
        raise invalid(parameter, "different host names")
    return names


def choose(call: Call, words: tuple[str, ...], default: str = "") -> Choice:
    """What the parameter asks for; `words` are those of this action, `default` stands in when not sent."""
    value = call.params.text("nameservers", default)
    if value in words:
        return Choice([] if value == "keepns" else list(DEFAULT), value != "keepns", value == "keepns")
    return Choice(hosts(call), False)
