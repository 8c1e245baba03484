"""Module domain: the writes that cost nothing. Each begins a transaction, to be followed with operation.info()."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from registrar.bookmyname import domain_mapping, mapping, request, status
from registrar.bookmyname.client import BookMyNameClient
from registrar.errors import InvalidRequest
from registrar.interface.domain import DomainUpdates
from registrar.transport import reading, values
from registrar.types import Contact, DomainSummary, GlueRecord, Outcome, Pending


class BookMyNameUpdates(DomainUpdates):
    """Five functions; domain_update in four of its uses.

    domain_update is not said to keep what it is not told, so the name is read first and everything sent along. While
    something else about the name is under way nothing is sent: RateLimited("busy").
    """

    def __init__(self, client: BookMyNameClient) -> None:
        self._client = client

    def set_nameservers(self, name: str, nameservers: Sequence[str] = ()) -> Outcome[DomainSummary]:
        """As the contract, up to 13. A slot that was used and is not any more is sent empty ("empty-removes")."""
        given = request.nameservers(nameservers, request.NAMESERVERS)
        return self._update(
            name,
            lambda shown: {
                **{
                    slot: "" for slot in domain_mapping.NAMESERVER_SLOTS if not reading.is_absent(shown, slot)
                },
                **given,
            },
        )

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
        """As the contract, by the contacts' numbers. Fields of an extension belong to the owner's contact here."""
        if extra:
            raise InvalidRequest("the registrar keeps these fields with the contact", field="extra")
        given = request.roles({"owner": owner, "admin": admin, "tech": tech, "billing": billing})
        if not given:
            raise InvalidRequest("no contact to set", field="owner")
        return self._update(name, lambda shown: given)

    def set_transfer_lock(self, name: str, locked: bool) -> Outcome[DomainSummary]:
        """As the contract, by clientTransferProhibited. The other bits that a client may set stay as they are."""

        def bits(shown: Mapping[str, Any]) -> dict[str, str]:
            kept = reading.whole(shown, "registry_status") & status.CLIENT_BITS & ~status.TRANSFER_LOCK
            return {"registry_status": str(kept | (status.TRANSFER_LOCK if locked else 0))}

        return self._update(name, bits)

    def renew_auth_code(self, name: str, *, to_registrant: bool = False) -> Outcome[None]:
        """As the contract. The code is made here, since the API wants to be told it; nobody is sent an e-mail."""
        if to_registrant:
            raise InvalidRequest("the registrar sends no auth code by e-mail", field="to_registrant")
        code = request.new_auth_code()
        return Pending(self._update(name, lambda shown: {"authinfo": code}).reference)

    def delete(self, name: str) -> Outcome[None]:
        domain = values.domain_name(name)
        return Pending(self._client.fetch("domain_delete", {"domain": domain}, mapping.transaction))

    def create_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        return self._glue("host_create", name, glue)

    def update_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        return self._glue("host_update", name, glue)

    def delete_glue(self, name: str, host: str) -> Outcome[tuple[GlueRecord, ...]]:
        parameters = {"host": values.host(host, values.domain_name(name))}
        return Pending(self._client.fetch("host_delete", parameters, mapping.transaction))

    def _glue(self, function: str, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        host = values.host(glue.name, values.domain_name(name))
        parameters = {"host": host, "ip": request.ipv4(glue)}
        return Pending(self._client.fetch(function, parameters, mapping.transaction))

    def _update(
        self, name: str, changes: Callable[[Mapping[str, Any]], Mapping[str, str]]
    ) -> Pending[DomainSummary]:
        domain = values.domain_name(name)
        shown: Mapping[str, Any] = values.read_before_write(
            lambda: self._client.fetch(
                "domain_info", {"domain": domain}, domain_mapping.about(domain, domain_mapping.record)
            )
        )
        status.refuse_while_busy(reading.whole(shown, "registry_status"))
        form = {**request.current(shown, self._client.account), **changes(shown)}
        parameters = {"domain": domain, "fields": form}
        return Pending(self._client.fetch("domain_update", parameters, mapping.transaction))
