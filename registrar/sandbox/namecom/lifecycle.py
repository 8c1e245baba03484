"""What time does to an account: registrations undone, expiry, renewal by itself, deletion, backorders caught."""

from __future__ import annotations

import heapq
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import add_years
from registrar.sandbox.namecom import nameservers
from registrar.sandbox.namecom.catalogue import CURRENCY, TLDS, split
from registrar.sandbox.namecom.model import Domain

if TYPE_CHECKING:
    from registrar.sandbox.namecom.family import NameCom

DAY = 86400.0
DELETED_AFTER_DAYS = 45


class Lifecycle:
    """A queue of moments at which some domain changes by itself."""

    def __init__(self, family: NameCom) -> None:
        self._family = family
        self._due: list[tuple[float, str]] = []

    def restart(self) -> None:
        """Look at the whole account afresh, after a reset or a load."""
        self._due = []
        for domain in self._family.account.domains.values():
            self.watch(domain)

    def watch(self, domain: Domain) -> None:
        """Put the domain's next moment into the queue; call it after every change of its dates."""
        heapq.heappush(self._due, (self._next(domain), domain.name))

    def _next(self, domain: Domain) -> float:
        if domain.cancel_at is not None:
            return domain.cancel_at
        return domain.expires + (DELETED_AFTER_DAYS * DAY if domain.lapsed else 0)

    def tick(self) -> None:
        """Apply everything that is due, in order of time."""
        now = self._family.world.clock.now()
        while self._due and self._due[0][0] <= now:
            _, name = heapq.heappop(self._due)
            domain = self._family.account.domains.get(name)
            if domain is None:
                continue
            moment = self._next(domain)
            if moment <= now:
                self._happen(domain, moment)
            if name in self._family.account.domains:
                self.watch(domain)
        self._catch()

    def settle(self) -> None:
        """Whatever the registry might still undo stays."""
        for domain in self._family.account.domains.values():
            if domain.cancel_at is not None:
                domain.cancel_at, domain.refund = None, ""
                self.watch(domain)
        self._catch()

    def _happen(self, domain: Domain, moment: float) -> None:
        if domain.cancel_at is not None:
            del self._family.account.domains[domain.name]
            self._family.account.credit += Decimal(domain.refund)
            self._record("(refund)", domain.name, -Decimal(domain.refund))
        elif domain.lapsed:
            del self._family.account.domains[domain.name]
            self._family.world.names.free(domain.name)
        else:
            self._expire(domain, moment)

    def _expire(self, domain: Domain, moment: float) -> None:
        account, price = self._family.account, TLDS[domain.tld].renew
        if not domain.auto_renew or account.credit < price:
            domain.lapsed = True
            return
        account.credit -= price
        domain.expires = add_years(moment, 1)
        self._record("(autorenew)", domain.name, price)

    def _catch(self) -> None:
        """Register the backordered names that have become free; they were paid for when ordered."""
        account, world = self._family.account, self._family.world
        for name in [name for name in account.backorders if not world.registered(name)]:
            account.backorders.remove(name)
            tld = split(name)[1]
            assert tld is not None
            now = world.clock.now()
            people = {role: dict(contact) for role, contact in account.contacts.items()}
            servers = nameservers.default(world, name)
            domain = Domain(name, tld.name, now, add_years(now, 1), people, servers, self._family.user)
            account.domains[name] = domain
            self.watch(domain)
            self._record("(backorder)", name)

    def _record(self, action: str, name: str, price: Decimal | None = None) -> None:
        details: dict[str, Any] = {"arguments": {}}
        if price is not None:
            details.update(price=str(price), currency=CURRENCY, balance=str(self._family.account.credit))
        self._family.world.record(self._family.name, action, name, **details)
