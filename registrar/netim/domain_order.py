"""Module domain: the writes that cost money (reference 2.6 and 2.7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from registrar.errors import Guarded, InvalidRequest, Refused
from registrar.interface.domain import DomainOrders
from registrar.netim import domain_mapping, request
from registrar.netim.domain_base import NetimDomainBase
from registrar.transport import reading, values
from registrar.types import (
    Contact,
    DomainOrder,
    DomainStatus,
    DomainSummary,
    InternalTransferOrder,
    Outcome,
    RegisteredDomain,
    TransferOrder,
)

# Their day may not be ours: the edge of a term is left to the registrar.
_A_DAY = timedelta(days=1)


class NetimOrders(NetimDomainBase, DomainOrders):
    """Eight functions."""

    def create(self, order: DomainOrder) -> Outcome[RegisteredDomain]:
        """As the contract: domainCreate, or domainCreateLP with a launch phase.

        A premium name needs `order.premium`, else it is Refused("premium"): the API has no such guard, so the name's
        price is read first. Contacts that are not given are the reseller; TLD fields belong to the owner's contact.
        """
        domain = values.domain_name(order.name)
        _refuse_extra(order.extra)
        if order.whois_privacy:
            raise InvalidRequest(
                "privacy is a preference of the registered name, not part of the order", field="whois_privacy"
            )
        owner = request.role(order.owner, "owner")
        roles = {"admin": order.admin, "tech": order.tech, "billing": order.billing}
        arguments: dict[str, Any] = {"idOwner": owner, **request.others(roles, self._client.reseller)}
        if order.launch_phase:
            if order.dns_template:
                raise InvalidRequest("a launch phase takes no template", field="dns_template")
            arguments["launchPhase"] = request.limited(order.launch_phase.strip(), "launch_phase")
        elif order.dns_template:
            arguments["templateDNS"] = request.template(order.dns_template, "dns_template")
        years = self._shortest(domain, order.years, "PeriodCreate")
        arguments |= {**self._nameservers(order.nameservers), "duration": years}
        self._refuse_premium(domain, order.premium)
        function = "domainCreateLP" if order.launch_phase else "domainCreate"
        return self._buy(function, domain, arguments, years, coming=DomainStatus.REGISTERING)

    def transfer(self, order: TransferOrder) -> Outcome[RegisteredDomain]:
        """As the contract: domainTransferIn, or domainTransferTrade with `change_owner`.

        `owner` may be request.HOLDER_OF_THE_REGISTRY, but for a trade. The registrar wants the nameservers: it cannot
        keep those that the name has.
        """
        domain = values.domain_name(order.name)
        _refuse_extra(order.extra)
        if order.keep_nameservers:
            raise InvalidRequest(
                "the registrar has to be told the nameservers, also those that stay", field="keep_nameservers"
            )
        if order.owner == request.HOLDER_OF_THE_REGISTRY and not order.change_owner:
            owner = request.HOLDER_OF_THE_REGISTRY
        else:
            owner = request.role(order.owner, "owner")
        roles = {"admin": order.admin, "tech": order.tech, "billing": order.billing}
        arguments = {
            "authID": request.auth_code(order.auth_code),
            "idOwner": owner,
            **request.others(roles, self._client.reseller),
            **self._nameservers(order.nameservers),
        }
        function = "domainTransferTrade" if order.change_owner else "domainTransferIn"
        return self._buy(function, domain, arguments, coming=DomainStatus.TRANSFERRING)

    def transfer_internal(self, order: InternalTransferOrder) -> Outcome[RegisteredDomain]:
        domain = values.domain_name(order.name)
        roles = {"admin": order.admin, "tech": order.tech, "billing": order.billing}
        arguments = {
            "authID": request.auth_code(order.auth_code),
            **request.others(roles, self._client.reseller),
            **self._nameservers(order.nameservers),
        }
        return self._buy("domainInternalTransfer", domain, arguments, coming=DomainStatus.TRANSFERRING)

    def change_owner(
        self, name: str, owner: str | Contact, *, extra: Mapping[str, str] | None = None
    ) -> Outcome[DomainSummary]:
        """As the contract: domainTransferOwner. The new owner's TLD fields belong to its contact."""
        _refuse_extra(extra or {})
        return self._change("domainTransferOwner", name, idOwner=request.role(owner, "owner"))

    def restore(self, name: str) -> Outcome[RegisteredDomain]:
        """As the contract. Read first, because the registrar's own refusal has no documented code."""
        domain = values.domain_name(name)
        found = self._read_before(domain)
        state, raw = domain_mapping.status(found)
        if state is not DomainStatus.REDEMPTION:
            raise Guarded(f"the name is {raw}", reason="not_restorable")
        last = reading.day(found, "dateMaxRestore")
        if last is not None and _today() > last + _A_DAY:
            raise Guarded(f"the name could be restored until {last}", reason="not_restorable")
        return self._buy("domainRestore", domain, {})

    def renew(
        self, name: str, *, current_expiry: date, years: int | None = None
    ) -> Outcome[RegisteredDomain]:
        """As the contract. The API has no guard against renewing twice: the date is read just before.

        Raises Guarded when it differs, or when the name is outside the term for renewals.
        """
        domain = values.domain_name(name)
        period = self._shortest(domain, years, "PeriodRenew")
        found = self._read_before(domain)
        values.guard_expiry(reading.day(found, "dateExpiration"), current_expiry)
        first, last = reading.day(found, "dateMinRenew"), reading.day(found, "dateMaxRenew")
        if (first and _today() < first - _A_DAY) or (last and _today() > last + _A_DAY):
            raise Guarded(f"the name can be renewed from {first} to {last}", reason="not_renewable")
        return self._buy(
            "domainRenew",
            domain,
            {"duration": period},
            period,
            is_there=lambda renewed: renewed.expires_on is None or renewed.expires_on > current_expiry,
        )

    def _refuse_premium(self, domain: str, accepted: bool) -> None:
        if accepted:
            return
        arguments = {"domain": domain, "authID": None}
        prices = values.read_before_write(
            lambda: self._client.fetch(
                "queryDomainPrice", arguments, lambda data: domain_mapping.prices(data, domain)
            )
        )
        if prices.premium:
            raise Refused("the name is sold at a premium price", reason="premium")


def _refuse_extra(extra: Mapping[str, str]) -> None:
    if extra:
        raise InvalidRequest("the registrar keeps these fields with the owner's contact", field="extra")


def _today() -> date:
    return datetime.now(UTC).date()
