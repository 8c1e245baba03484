"""Hosts below a name (manual, Registered Nameserver Actions)."""

from __future__ import annotations

import ipaddress

from registrar.errors import InvalidRequest, NotFound, OutcomeUnknown, RegistrarError
from registrar.namecom import host_mapping
from registrar.namecom.holding import Holding, nothing, read_after_write, settled
from registrar.transport import values
from registrar.types import GlueRecord


class Hosts:
    """Six calls. `domain` is an A-label; a host's addresses may be several of either version."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding

    def all(self, domain: str) -> tuple[GlueRecord, ...]:
        """host/list. Raises NotFound when the name is not in the account."""
        return self._holding.fetch("host/list", domain, {}, host_mapping.hosts)

    def synced(self, domain: str) -> tuple[GlueRecord, ...]:
        """host/sync: the hosts as the registry has them."""
        return self._holding.fetch("host/sync", domain, {}, host_mapping.hosts)

    def create(self, domain: str, glue: GlueRecord) -> tuple[GlueRecord, ...]:
        """host/create; all hosts afterwards."""
        host = values.host(glue.name, domain)
        parameters = host_mapping.created(host, _addresses(glue))
        self._holding.fetch("host/create", domain, parameters, nothing)
        return read_after_write(lambda: self.all(domain))

    def delete(self, domain: str, name: str) -> tuple[GlueRecord, ...]:
        """host/delete; those that remain. Raises NotFound for a host that is not there."""
        host = values.host(name, domain)
        settled(
            lambda: self._holding.fetch("host/delete", domain, host_mapping.deleted(host), nothing),
            lambda: all(known.name != host for known in self.all(domain)),
            "host",
        )
        return read_after_write(lambda: self.all(domain))

    def update(self, domain: str, glue: GlueRecord) -> tuple[GlueRecord, ...]:
        """Bring a host's addresses to those of `glue`: what is new by host/add_ip, then what is old by host/remove_ip.

        Raises NotFound for a host that is not there; OutcomeUnknown when some addresses were changed and not all.
        """
        host, wanted = values.host(glue.name, domain), _addresses(glue)
        before = values.read_before_write(lambda: self.all(domain))
        shown = next((known for known in before if known.name == host), None)
        if shown is None:
            raise NotFound(f"{host} is no host of {domain}", reason="host")
        current = host_mapping.addresses(shown)
        steps = [("host/add_ip", address) for address in wanted if address not in current]
        steps += [("host/remove_ip", address) for address in current if address not in wanted]
        for done, (action, address) in enumerate(steps):
            self._step(action, domain, host_mapping.with_address(host, address), done)
        return read_after_write(lambda: self.all(domain))

    def _step(self, action: str, domain: str, parameters: dict[str, str], done: int) -> None:
        try:
            self._holding.fetch(action, domain, parameters, nothing)
        except OutcomeUnknown:
            raise
        except RegistrarError as error:
            if not done:
                raise
            raise OutcomeUnknown(
                f"{done} addresses were changed, then: {error.message}", code=error.code
            ) from error


def _addresses(glue: GlueRecord) -> list[str]:
    found = [values.address(glue.ipv4, 4)] if glue.ipv4 else []
    found += [values.address(glue.ipv6, 6)] if glue.ipv6 else []
    for other in glue.others:
        try:
            found.append(str(ipaddress.ip_address(other.strip())))
        except ValueError:
            raise InvalidRequest(f"not an IP address: {other!r}", field="others") from None
    if not found:
        raise InvalidRequest("a host needs an address", field="ipv4")
    return list(dict.fromkeys(found))
