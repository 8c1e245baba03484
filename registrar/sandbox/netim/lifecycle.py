"""What happens to domains by itself: renewal or expiry, quarantine, deletion (sections 2.6 and 6)."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from registrar.sandbox.clock import add_years
from registrar.sandbox.netim import tariff
from registrar.sandbox.netim.model import ACTIVE, DAY, INACTIVE, QUARANTINE, Domain
from registrar.sandbox.netim.tariff import CURRENCY

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

LIVE = frozenset({"ACTIVE", "HOLD", "RESERVED"})


def renewable_from(domain: Domain) -> float | None:
    """The first moment at which it can be renewed (dateMinRenew)."""
    return None if domain.expires is None else domain.expires - tariff.before_days(domain.rules) * DAY


def renewable_until(domain: Domain) -> float | None:
    """The last moment at which it can be renewed (dateMaxRenew)."""
    return None if domain.expires is None else domain.expires + tariff.after_days(domain.rules) * DAY


def restorable_until(domain: Domain) -> float | None:
    """The last moment at which it can be restored (dateMaxRestore)."""
    start = renewable_until(domain) if domain.deleted is None else domain.deleted
    return None if start is None else start + tariff.restore_days(domain.rules) * DAY


def active(domain: Domain) -> str:
    """The status of a name in good standing: published or not."""
    return ACTIVE if domain.ns else INACTIVE


class Lifecycle:
    """Moves the domains of one account along as time passes."""

    def __init__(self, family: Netim) -> None:
        self._family = family
        self._due: list[tuple[float, str]] = []

    def restart(self) -> None:
        """Read the account afresh, after a reset or a load."""
        self._due = []
        for domain in self._family.account.domains.values():
            self.watch(domain)

    def watch(self, domain: Domain) -> None:
        """Note when the domain needs attention next; call after every change of dates or status."""
        moment = self._moment(domain)
        if moment is not None:
            heapq.heappush(self._due, (moment, domain.name))

    def _moment(self, domain: Domain) -> float | None:
        if domain.main in LIVE:
            return domain.expires
        if domain.main == "EXPIRED":
            return renewable_until(domain)
        return restorable_until(domain) if domain.main == "QUARANTINE" else None

    def next(self) -> float | None:
        """When something is due next; None for never."""
        while self._due:
            moment, name = self._due[0]
            domain = self._family.account.domains.get(name)
            # A row that a later change overtook.
            if domain is not None and self._moment(domain) == moment:
                return moment
            heapq.heappop(self._due)
        return None

    def run_next(self) -> None:
        """Let happen what `next` announced."""
        moment, name = heapq.heappop(self._due)
        domain = self._family.account.domains[name]
        if domain.main in LIVE:
            self._expire(domain, moment)
        elif domain.main == "EXPIRED":
            domain.status = QUARANTINE
        else:
            self.remove(domain)
        if name in self._family.account.domains:
            self.watch(domain)

    def _expire(self, domain: Domain, moment: float) -> None:
        account, world, tld = self._family.account, self._family.world, domain.rules
        years = tld.renew_years[0]
        price = tariff.fees(world, tld, account.began, domain.name)["Fee4Renewal"] * years
        if not domain.auto_renew or account.available - price < account.hard_limit:
            domain.status = "EXPIRED"
            return
        account.balance -= price
        domain.expires = add_years(moment, years)
        money = {"price": str(price), "currency": CURRENCY, "balance": str(account.balance)}
        world.record(self._family.name, "(autorenew)", domain.name, arguments={}, **money)

    def remove(self, domain: Domain) -> None:
        """The name is free again for everybody."""
        del self._family.account.domains[domain.name]
        self._family.world.names.free(domain.name)
