"""Module domain: the writes that may cost money (manual, Order Actions and Create Domain)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from registrar.errors import (
    AlreadyExists,
    Conflict,
    InvalidRequest,
    NotFound,
    Refused,
    RegistrarError,
)
from registrar.interface.domain import DomainOrders
from registrar.namecom import availability, domain_mapping, order_mapping, order_request, request
from registrar.namecom.client import NameComClient
from registrar.namecom.holding import Holding, now, settled
from registrar.transport import reading, values
from registrar.types import (
    AvailabilityState,
    DomainOrder,
    DomainStatus,
    Done,
    ItemKind,
    ItemResult,
    OrderItem,
    Outcome,
    Pending,
    Price,
    RegisteredDomain,
)

# Codes behind which a registration may be there already, or the name be somebody else's.
_LOOKED_INTO = frozenset({"", "204", "240"})


class NameComOrders(DomainOrders):
    """Two calls, order in its five types."""

    _client: NameComClient
    _holding: Holding

    def create(self, order: DomainOrder) -> Outcome[RegisteredDomain]:
        """As the contract (manual, Domain Create), with contacts as content.

        By an order with one item, which tells what it cost; where several contacts share the roles, by domain/create,
        the one call that is known to take a list of them, unless privacy is bought along. Done when a read behind it
        shows the name, with what was charged; Pending where that read fails. Raises NotSupported for an extension
        whose requirements the registrar does not document.
        """
        item = order_request.registration(order)
        domain, years = item["domain_name"], item["period"]
        try:
            if isinstance(item["contact"], dict) or order.whois_privacy:
                charged = order_mapping.charged(self._buy(item))
            else:
                self._created(domain, order_request.creation(order))
                charged = None
        except (Conflict, InvalidRequest, Refused) as error:
            if error.code not in _LOOKED_INTO:
                raise
            raise self._looked_into(domain, error) from error
        found = self._shown(domain, years, charged)
        return Done(found) if found.status is DomainStatus.ACTIVE else Pending(domain, found)

    def renew(
        self, name: str, *, current_expiry: date, years: int | None = None
    ) -> Outcome[RegisteredDomain]:
        """As the contract (manual, Domain Renew).

        The API has no guard: the expiry is read just before. A failed renewal is a Conflict: read the name.
        """
        domain = values.domain_name(name)
        item = order_request.item(OrderItem(ItemKind.RENEW, domain, values.years(years, request.YEARS)))
        shown = values.read_before_write(lambda: self._holding.get(domain))
        values.guard_expiry(reading.day(shown, "expire_date"), current_expiry)
        charged = order_mapping.charged(self._buy(item))
        found = self._shown(domain, item["period"], charged)
        if found.expires_on is not None and found.expires_on > current_expiry:
            return Done(found)
        return Pending(domain, found)

    def order(self, items: Sequence[OrderItem]) -> tuple[ItemResult, ...]:
        """As the contract (manual, Process Order).

        Behind the results of the items stand those of privacy that came along with them. A renewal in it has no guard
        against being done twice but the caller's. An item that failed without a telling code has `look_first`.
        """
        ordered = order_request.items(items)
        return self._client.answer(
            "order", {"items": ordered}, lambda envelope: order_mapping.results(envelope, ordered)
        )

    def backorder(self, name: str) -> Outcome[None]:
        """As the contract (manual, Backorder)."""
        self._buy(order_request.item(OrderItem(ItemKind.BACKORDER, name)))
        return Done(None)

    def buy_whois_privacy(self, name: str, *, years: int, renewal: bool = False) -> Outcome[None]:
        """As the contract (manual, Whois Privacy Create and Renew)."""
        kind = ItemKind.WHOIS_PRIVACY_RENEWAL if renewal else ItemKind.WHOIS_PRIVACY
        item = order_request.item(OrderItem(kind, name, years))
        settled(lambda: self._buy(item), lambda: item["domain_name"] not in self._holding.names(), "domain")
        return Done(None)

    def _buy(self, item: order_request.Item) -> tuple[ItemResult, ...]:
        """An order of one item. Raises what its failure means."""

        def read(envelope: order_mapping.Envelope) -> tuple[ItemResult, ...]:
            results = order_mapping.results(envelope, [item])
            if not results[0].succeeded:
                raise order_mapping.failure(envelope, results[0])
            return results

        return self._client.answer("order", {"items": [item]}, read)

    def _created(self, domain: str, parameters: order_request.Item) -> None:
        """domain/create. What it answers beside its code is not known; a name in it must be the one ordered."""

        def read(data: object) -> None:
            found = reading.mapping(data, "the reply")
            if not reading.is_absent(found, "domain_name") and (
                reading.domain_name(found, "domain_name") != domain
            ):
                raise reading.unreadable("the reply is about another name")

        self._client.fetch("domain/create", parameters, read)

    def _shown(self, domain: str, years: int, charged: Price | None) -> RegisteredDomain:
        """What a read behind a purchase shows; where it fails, what is known without it."""
        status, expires_on = DomainStatus.UNKNOWN, None
        try:
            shown = domain_mapping.summary(domain, self._holding.get(domain), now())
            status, expires_on = shown.status, shown.expires_on
        except RegistrarError:
            # Bought all the same: whoever polls reads it again.
            pass
        return RegisteredDomain(
            name=domain,
            tld=values.tld(domain),
            remote_id=domain,
            status=status,
            raw_status="",
            expires_on=expires_on,
            years=years,
            charged=charged,
        )

    def _looked_into(self, domain: str, error: RegistrarError) -> RegistrarError:
        """Why a registration failed: no code tells a name that is taken, or ours already, from any other failure."""
        try:
            self._holding.get(domain)
            return AlreadyExists(error.message, code=error.code, reason="in_account")
        except NotFound:
            pass
        except RegistrarError:
            return Conflict(error.message, code=error.code, reason="create_failed")
        try:
            state = availability.check(self._client, domain).state
        except RegistrarError:
            return Conflict(error.message, code=error.code, reason="create_failed")
        if state is AvailabilityState.TAKEN:
            return AlreadyExists(error.message, code=error.code, reason="taken")
        if isinstance(error, InvalidRequest):
            return error
        return Refused(error.message, code=error.code, reason="create_failed")
