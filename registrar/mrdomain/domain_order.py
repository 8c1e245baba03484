"""Module domain: the writes that may cost money (manual 5.3 to 5.5 and 5.20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from registrar.errors import InvalidRequest
from registrar.interface.domain import DomainOrders
from registrar.mrdomain import domain_mapping, mapping, reading, request
from registrar.mrdomain.client import FAMILY, MrDomainClient
from registrar.tld import family_parameters, fields_for
from registrar.transport import values
from registrar.types import (
    Contact,
    ContactType,
    DomainOrder,
    DomainStatus,
    DomainSummary,
    Done,
    Outcome,
    Pending,
    RegisteredDomain,
    TransferOrder,
)

N = TypeVar("N", RegisteredDomain, DomainSummary)


class MrDomainOrders(DomainOrders):
    """Four actions."""

    def __init__(self, client: MrDomainClient) -> None:
        self._client = client

    def create(self, order: DomainOrder) -> Outcome[RegisteredDomain]:
        """As the contract (manual 5.3).

        A premium name needs `order.premium`, else it is Refused("premium").
        """
        for field in ("launch_phase", "dns_template", "whois_privacy", "glue"):
            if getattr(order, field):
                raise InvalidRequest(f"the registrar's orders have no {field}", field=field)
        domain = request.domain_name(order.name)
        parameters: dict[str, Any] = {
            "domain": domain,
            "period": request.years(order.years),
            "premium": True if order.premium else None,
            "nameservers": request.nameservers(order.nameservers, "parking"),
            **_contacts(order),
            **self._tld_fields(domain, order, "create"),
        }
        found = self._client.fetch("domain/create", parameters, about(domain, domain_mapping.registered))
        return _settled(found)

    def transfer(self, order: TransferOrder) -> Outcome[RegisteredDomain]:
        """As the contract (manual 5.4)."""
        domain = request.domain_name(order.name)
        kept = "keepns" if order.keep_nameservers else request.nameservers(order.nameservers, "parking")
        parameters: dict[str, Any] = {
            "domain": domain,
            "nameservers": kept,
            "authcode": order.auth_code or None,
            **_contacts(order),
            **self._tld_fields(domain, order, "transfer"),
        }
        found = self._client.fetch("domain/transfer", parameters, about(domain, domain_mapping.registered))
        return _settled(found)

    def transfer_restart(self, name: str, auth_code: str | None = None) -> Outcome[DomainSummary]:
        """As the contract (manual 5.5)."""
        domain = request.domain_name(name)
        parameters = {"domain": domain, "authcode": auth_code or None}
        found = self._client.fetch(
            "domain/transferrestart", parameters, about(domain, domain_mapping.summary)
        )
        return _settled(found)

    def renew(
        self, name: str, *, current_expiry: date, years: int | None = None
    ) -> Outcome[RegisteredDomain]:
        """As the contract (manual 5.20).

        The registrar compares the date too. It is read before all the same: a first no then is never the echo of a
        renewal of ours that a proxy had passed on twice.
        """
        domain = request.domain_name(name)
        parameters = {"domain": domain, "curExpDate": current_expiry, "period": request.years(years)}
        shown = values.read_before_write(
            lambda: self._client.fetch(
                "domain/getinfo", {"domain": domain, "infoType": "status"}, domain_mapping.info
            )
        )
        values.guard_expiry(shown.expires_on, current_expiry)
        found = self._client.fetch("domain/renew", parameters, about(domain, domain_mapping.registered))
        if found.expires_on is not None and found.expires_on > current_expiry:
            return Done(found)
        return Pending(found.remote_id, found)

    def _tld_fields(self, domain: str, order: DomainOrder | TransferOrder, operation: str) -> dict[str, str]:
        tld = request.tld(domain)
        if not order.extra and not fields_for(FAMILY, tld, operation):
            return {}
        return family_parameters(FAMILY, tld, order.extra, self._owner_type(order), operation)

    def _owner_type(self, order: DomainOrder | TransferOrder) -> str:
        if isinstance(order.owner, Contact):
            return order.owner.type
        return order.owner_type or self._read_type(order.owner)

    def _read_type(self, owner: str) -> ContactType:
        parameters = {"contactID": request.handle(owner, "owner"), "infoType": "data"}
        record = values.read_before_write(
            lambda: self._client.fetch("contact/getinfo", parameters, mapping.contact_record)
        )
        return record.contact.type


def about(domain: str, read: Callable[[Mapping[str, Any]], N]) -> Callable[[Any], N]:
    """`read`, and the certainty that the reply speaks of `domain`."""

    def check(data: Any) -> N:
        found = read(reading.mapping(data, "responseData"))
        if found.name != domain:
            raise reading.unreadable("the reply is about another name")
        return found

    return check


def _contacts(order: DomainOrder | TransferOrder) -> dict[str, str]:
    if not order.owner:
        raise InvalidRequest("an order needs an owner", field="owner")
    return request.contacts(
        {"owner": order.owner, "admin": order.admin, "tech": order.tech, "billing": order.billing}
    )


def _settled(found: N) -> Outcome[N]:
    return Done(found) if found.status is DomainStatus.ACTIVE else Pending(found.remote_id, found)
