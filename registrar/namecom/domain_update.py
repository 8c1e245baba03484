"""Module domain: the writes that cost nothing (manual, Domain Actions and Registered Nameserver Actions)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from registrar.errors import InvalidRequest
from registrar.interface.domain import DomainUpdates
from registrar.namecom import glue as hosts
from registrar.namecom import mapping, request
from registrar.namecom.holding import Holding, nothing
from registrar.transport import values
from registrar.types import Contact, DomainSummary, Done, GlueRecord, Outcome


class NameComUpdates(DomainUpdates):
    """Nine calls. What a name is afterwards, a domain/get tells."""

    _holding: Holding
    _hosts: hosts.Hosts

    def set_nameservers(self, name: str, nameservers: Sequence[str] = ()) -> Outcome[DomainSummary]:
        """As the contract (manual, Update Nameservers). The registrar's own come back as ns1abc.name.com."""
        parameters = {"nameservers": request.new_nameservers(nameservers)}
        return self._change("domain/update_nameservers", name, parameters)

    def set_contacts(
        self,
        name: str,
        *,
        owner: str | Contact | None = None,
        admin: str | Contact | None = None,
        tech: str | Contact | None = None,
        billing: str | Contact | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> Outcome[DomainSummary]:
        """As the contract (manual, Update Contacts).

        The registrar may expect every role, so those that stay are read first and sent along. No extension is known
        to ask for fields here: `extra` raises InvalidRequest.
        """
        domain = values.domain_name(name)
        given = request.given_contacts({"owner": owner, "admin": admin, "tech": tech, "billing": billing})
        if not given:
            raise InvalidRequest("no contact to set", field="owner")
        if extra:
            raise InvalidRequest("the registrar takes no fields with contacts", field=next(iter(extra)))
        staying: Mapping[str, Mapping[str, Any]] = {}
        if set(given) != set(mapping.ROLES):
            staying = values.read_before_write(lambda: mapping.roles(self._holding.get(domain)))
        return self._change(
            "domain/update_contacts", domain, {"contacts": request.typed({**staying, **given})}
        )

    def set_transfer_lock(self, name: str, locked: bool) -> Outcome[DomainSummary]:
        """As the contract (manual, Lock Domain and Unlock Domain)."""
        return self._change("domain/lock" if locked else "domain/unlock", name, {})

    def sync_glue(self, name: str) -> tuple[GlueRecord, ...]:
        """As the contract (manual, Sync Host Records)."""
        return self._hosts.synced(values.domain_name(name))

    def create_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        """As the contract (manual, Create Host Records)."""
        return Done(self._hosts.create(values.domain_name(name), glue))

    def update_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        """As the contract (manual, Add IP to and Remove IP from Host Records): a call per address."""
        return Done(self._hosts.update(values.domain_name(name), glue))

    def delete_glue(self, name: str, host: str) -> Outcome[tuple[GlueRecord, ...]]:
        """As the contract (manual, Delete Host Records)."""
        return Done(self._hosts.delete(values.domain_name(name), host))

    def _change(self, action: str, name: str, parameters: Mapping[str, Any]) -> Outcome[DomainSummary]:
        domain = values.domain_name(name)
        self._holding.fetch(action, domain, parameters, nothing)
        return Done(self._holding.line(domain))
