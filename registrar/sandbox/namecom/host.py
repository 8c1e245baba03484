"""Registered nameservers. The paths are the manual's; **no client tells the bodies**, so they are assumptions.

All of them are in this file: what is sent is named in FIELDS, what is answered is `hosts` in `_view`.
"""

from __future__ import annotations

from ipaddress import ip_address

from registrar.sandbox.namecom.call import Call, Command, Data
from registrar.sandbox.namecom.codes import ApiError, invalid, missing
from registrar.sandbox.namecom.model import Domain

FIELDS = {"name": "hostname", "one": "ip_address", "many": "ips"}
MOST_ADDRESSES = 13


def _view(domain: Domain) -> Data:
    return {
        "hosts": [{FIELDS["name"]: name, FIELDS["many"]: list(ips)} for name, ips in domain.hosts.items()]
    }


def list_(call: Call) -> Data:
    """The registered nameservers as the account knows them."""
    return _view(call.domain())


def sync(call: Call) -> Data:
    """Take over what the registry has; an effect only where that differs."""
    domain = call.domain()
    if domain.hosts != domain.registry_hosts:
        domain.hosts = {name: list(ips) for name, ips in domain.registry_hosts.items()}
        call.effect(domain.name, hosts=sorted(domain.hosts))
    return _view(domain)


def create(call: Call) -> Data:
    """A registered nameserver with one address or more."""
    domain = call.domain()
    name = _name(call, domain)
    one = call.text(FIELDS["one"], "")
    addresses = [_address(text) for text in [*([one] if one else []), *call.list_of_texts(FIELDS["many"])]]
    if not addresses:
        raise missing(FIELDS["one"])
    if len(set(addresses)) < len(addresses) or len(addresses) > MOST_ADDRESSES:
        raise invalid(FIELDS["many"])
    if name in domain.registry_hosts:
        raise ApiError(204, "Duplicate Host")
    _store(domain, name, addresses)
    call.effect(domain.name, hostname=name, ips=addresses)
    return {}


def _name(call: Call, domain: Domain) -> str:
    """The full name under the domain; it may be sent without the domain."""
    sent = call.text(FIELDS["name"])
    full = sent if sent.lower().rstrip(".").endswith("." + domain.name) else f"{sent}.{domain.name}"
    return call.name(full, FIELDS["name"])


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        raise invalid(FIELDS["one"]) from None


def _store(domain: Domain, name: str, addresses: list[str]) -> None:
    domain.hosts[name], domain.registry_hosts[name] = list(addresses), list(addresses)


def _known(call: Call) -> tuple[Domain, str]:
    domain = call.domain()
    name = _name(call, domain)
    if name not in domain.hosts:
        raise invalid(FIELDS["name"])
    return domain, name


def delete(call: Call) -> Data:
    """One that the domain itself uses cannot go: 240."""
    domain, name = _known(call)
    if name in domain.nameservers:
        raise ApiError(240, "Host In Use")
    del domain.hosts[name]
    domain.registry_hosts.pop(name, None)
    call.effect(domain.name, hostname=name)
    return {}


def add_ip(call: Call) -> Data:
    """One address more."""
    domain, name = _known(call)
    address = _address(call.text(FIELDS["one"]))
    addresses = domain.hosts[name]
    if address in addresses:
        raise ApiError(204, "Duplicate Ip Address")
    if len(addresses) >= MOST_ADDRESSES:
        raise ApiError(240, "Too Many Ip Addresses")
    _store(domain, name, [*addresses, address])
    call.effect(domain.name, hostname=name, ip_address=address)
    return {}


def remove_ip(call: Call) -> Data:
    """One address less; the last one stays: 240."""
    domain, name = _known(call)
    address = _address(call.text(FIELDS["one"]))
    rest = [one for one in domain.hosts[name] if one != address]
    if len(rest) == len(domain.hosts[name]):
        raise invalid(FIELDS["one"])
    if not rest:
        raise ApiError(240, "Last Ip Address")
    _store(domain, name, rest)
    call.effect(domain.name, hostname=name, ip_address=address)
    return {}


COMMANDS: dict[str, Command] = {
    "host/list": list_,
    "host/sync": sync,
    "host/create": create,
    "host/delete": delete,
    "host/add_ip": add_ip,
    "host/remove_ip": remove_ip,
}
