"""Module domain: the writes that may cost money. Each begins a transaction, to be followed with operation.info()."""

from __future__ import annotations

from datetime import date

from registrar.bookmyname import domain_mapping, mapping, request, status
from registrar.bookmyname.client import BookMyNameClient
from registrar.errors import InvalidRequest
from registrar.interface.domain import DomainOrders
from registrar.transport import values
from registrar.types import (
    DomainOrder,
    DomainStatus,
    DomainSummary,
    Outcome,
    Pending,
    RegisteredDomain,
    TransferOrder,
)


class BookMyNameOrders(DomainOrders):
    """Three functions."""

    def __init__(self, client: BookMyNameClient) -> None:
        self._client = client

    def create(self, order: DomainOrder) -> Outcome[RegisteredDomain]:
        """As the contract: always Pending, by the transaction's number.

        Roles that are not given are the reseller's own, as the manual recommends. Fields of an extension travel
        with the owner's contact. Nameservers below the name itself need their address in `order.glue`.
        """
        form = request.registration(order, self._client.account)
        read = domain_mapping.ordered(form["domain"], form["period"])
        reference, value = self._client.fetch("domain_create", {"fields": form}, read)
        return Pending(reference, value)

    def transfer(self, order: TransferOrder) -> Outcome[RegisteredDomain]:
        """As the contract: always Pending, by the transaction's number.

        The registrar takes the owner from whois; the owner of the order is sent for .fr only, whose registry asks
        for it.
        """
        form = request.transfer(order)
        reference = self._client.fetch("domain_transfer", form, mapping.transaction)
        return Pending(reference, _under_way(form["domain"], DomainStatus.TRANSFERRING))

    def transfer_restart(self, name: str, auth_code: str | None = None) -> Outcome[DomainSummary]:
        """As the contract, by domain_transfer again, which the manual says is not billed a second time."""
        domain = values.domain_name(name)
        if not auth_code:
            raise InvalidRequest("a transfer is started again with its auth code", field="auth_code")
        if values.tld(domain) == "fr":
            raise InvalidRequest("a transfer of .fr needs its owner: order it again", field="name")
        parameters = {"domain": domain, "authkey": auth_code}
        return Pending(self._client.fetch("domain_transfer", parameters, mapping.transaction))

    def renew(
        self, name: str, *, current_expiry: date, years: int | None = None
    ) -> Outcome[RegisteredDomain]:
        """As the contract: always Pending, by the transaction's number.

        The API has no guard against renewing twice: the name is read just before, and Conflict raised unless it
        expires on `current_expiry`, RateLimited("busy") raised while something else about it is under way.
        """
        domain = values.domain_name(name)
        period = values.years(years, request.YEARS)
        shown, bits = values.read_before_write(
            lambda: self._client.fetch(
                "domain_info", {"domain": domain}, domain_mapping.about(domain, domain_mapping.info_and_bits)
            )
        )
        values.guard_expiry(shown.expires_on, current_expiry)
        # A renewal that is under way may be this very one: the registrar denies another, and that is looked into.
        status.refuse_while_busy(bits & ~status.PENDING_RENEW)
        parameters = {"domain": domain, "period": period}
        reference = self._client.fetch("domain_renew", parameters, mapping.transaction)
        value = RegisteredDomain(
            name=domain,
            tld=shown.tld,
            remote_id=shown.remote_id,
            status=DomainStatus.RENEWING,
            raw_status=shown.raw_status,
            expires_on=shown.expires_on,
            years=period,
        )
        return Pending(reference, value)


def _under_way(domain: str, state: DomainStatus) -> RegisteredDomain:
    """A name of which the registrar told nothing yet."""
    return RegisteredDomain(domain, values.tld(domain), remote_id="", status=state, raw_status="")
