"""The contract of module domain: writes that may cost money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import (
    Contact,
    DomainOrder,
    DomainSummary,
    InternalTransferOrder,
    ItemResult,
    OrderItem,
    Outcome,
    RegisteredDomain,
    TransferOrder,
)


class DomainOrders(Module):
    """Writes that may cost money."""

    noun: ClassVar[str] = "domain"

    def create(self, order: DomainOrder) -> Outcome[RegisteredDomain]:
        """Register. Done when the name is active, Pending(reference=remote id) until then.

        Raises AlreadyExists, InsufficientFunds, Refused(reason) and the rest of the tree.
        """
        raise self.lacking("create")

    def transfer(self, order: TransferOrder) -> Outcome[RegisteredDomain]:
        """Transfer in. Done when the name is active, Pending(reference=remote id) until then."""
        raise self.lacking("transfer")

    def transfer_restart(self, name: str, auth_code: str | None = None) -> Outcome[DomainSummary]:
        """Start a stopped transfer again, with another auth code if one is given."""
        raise self.lacking("transfer_restart")

    def transfer_internal(self, order: InternalTransferOrder) -> Outcome[RegisteredDomain]:
        """Pull a name from another account at the same registrar."""
        raise self.lacking("transfer_internal")

    def change_owner(
        self, name: str, owner: str | Contact, *, extra: Mapping[str, str] | None = None
    ) -> Outcome[DomainSummary]:
        """Hand the name to another registrant: a trade, where the registry has one."""
        raise self.lacking("change_owner")

    def restore(self, name: str) -> Outcome[RegisteredDomain]:
        """Bring a name back that is in redemption. Raises Conflict when it is not, or too late."""
        raise self.lacking("restore")

    def order(self, items: Sequence[OrderItem]) -> tuple[ItemResult, ...]:
        """Several items in one order: each succeeds or fails by itself, and is answered in their order.

        Raises only when none was executed, or nobody knows.
        """
        raise self.lacking("order")

    def backorder(self, name: str) -> Outcome[None]:
        """Ask for a name that is about to be deleted."""
        raise self.lacking("backorder")

    def buy_whois_privacy(self, name: str, *, years: int, renewal: bool = False) -> Outcome[None]:
        """Buy the privacy service for a name, or `renewal` of it."""
        raise self.lacking("buy_whois_privacy")

    def renew(
        self, name: str, *, current_expiry: date, years: int | None = None
    ) -> Outcome[RegisteredDomain]:
        """Renew by `years` (None: the shortest period).

        Done when the expiry moved past `current_expiry`, else Pending.

        `current_expiry` must come from the registrar, read just before: it is the guard against renewing
        twice. A family whose API has no such guard reads the date itself and raises Conflict when it differs.
        """
        raise self.lacking("renew")
