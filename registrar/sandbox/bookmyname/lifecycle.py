"""What time does: transactions go from Wait to ToProcess to Done or Error, and domains that are not renewed go."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from registrar.sandbox.bookmyname.model import CURRENCY, Domain, Host, Transaction
from registrar.sandbox.clock import add_years

if TYPE_CHECKING:
    from registrar.sandbox.bookmyname.family import BookMyName

DAY = 86400.0
# Sandbox seconds that a transaction takes, before the registry's own slowness.
SECONDS = (3.0, 8.0)
TRANSFER_SECONDS = (20.0, 60.0)
# ASSUMPTION: how long a domain stays in the database, renewable, after its expiry.
KEPT_DAYS = 45


class Lifecycle:
    """A queue of moments at which a transaction ends or a domain is dropped."""

    def __init__(self, family: BookMyName) -> None:
        self._family = family
        self._due: list[tuple[float, str, str]] = []

    def restart(self) -> None:
        """Look at the whole account afresh, after a reset, a load or a change from outside."""
        self._due = []
        for rows in self._family.account.running.values():
            for transaction in rows:
                self.watch(transaction)
        for domain in self._family.account.domains.values():
            self._keep(domain)

    def watch(self, transaction: Transaction) -> None:
        """Put the end of a transaction into the queue."""
        heapq.heappush(self._due, (transaction.ends, "tid", str(transaction.tid)))

    def _keep(self, domain: Domain) -> None:
        if domain.expires is not None:
            heapq.heappush(self._due, (domain.expires + KEPT_DAYS * DAY, "domain", domain.name))

    def tick(self) -> None:
        """Apply everything that is due, in order of time."""
        account, now = self._family.account, self._family.world.clock.now()
        while self._due and self._due[0][0] <= now:
            moment, kind, key = heapq.heappop(self._due)
            if kind == "tid":
                transaction = account.transactions.get(int(key))
                if transaction is not None and transaction.open and transaction.ends <= now:
                    self.finish(transaction, moment)
                continue
            domain = account.domains.get(key)
            if domain is not None and key not in account.running and self._is_over(domain, now):
                self.drop(domain)

    def _is_over(self, domain: Domain, now: float) -> bool:
        return domain.expires is not None and domain.expires + KEPT_DAYS * DAY <= now

    def settle(self) -> None:
        """Every transaction ends now, as it would have ended in its time."""
        now = self._family.world.clock.now()
        for number in sorted(self._family.account.transactions):
            if self._family.account.transactions[number].open:
                self.finish(self._family.account.transactions[number], now)

    def finish(self, transaction: Transaction, moment: float) -> None:
        """The transaction ends with its word at `moment`, and takes effect or is given up."""
        account = self._family.account
        account.close(transaction)
        if transaction.action == "domain_create" and self._family.elsewhere(transaction.subject):
            transaction.word = "Error"
        if transaction.word == "Done":
            _DONE[transaction.action](self._family, transaction, moment)
            # In brackets, so that plain actions are what was asked for in this world.
            action = f"({transaction.action})" if transaction.earlier else transaction.action
            self._record(transaction, action, transaction.arguments, transaction.results)
        else:
            self._give_up(transaction)
        domain = account.domains.get(transaction.subject)
        if domain is not None:
            self._keep(domain)

    def _record(
        self, transaction: Transaction, action: str, arguments: dict[str, Any], results: dict[str, Any]
    ) -> None:
        """Charge what the transaction costs and write it into the journal."""
        account, world = self._family.account, self._family.world
        details: dict[str, Any] = {"arguments": arguments, "results": results}
        if transaction.price:
            account.balance -= Decimal(transaction.price)
            details.update(price=transaction.price, currency=CURRENCY, balance=str(account.balance))
        world.record(self._family.name, action, transaction.subject, **details)

    def drop(self, domain: Domain) -> None:
        """The domain is nobody's any more."""
        account = self._family.account
        del account.domains[domain.name]
        for host in [host for host in account.hosts if host.endswith("." + domain.name)]:
            del account.hosts[host]
        self._family.world.names.free(domain.name)

    def _give_up(self, transaction: Transaction) -> None:
        """Nothing happened and nothing is charged, but for a transfer.

        The manual: a transfer that failed can be started again without being billed; so the first one was.
        """
        account, name = self._family.account, transaction.subject
        if transaction.action == "domain_transfer" and (transaction.price or name in account.paid):
            account.paid[name] = account.domains[name].contacts["owner"]
        else:
            transaction.price = ""
        self._record(transaction, "(error)", {}, {"tid": transaction.tid, "of": transaction.action})
        if transaction.action in ("domain_create", "domain_transfer"):
            account.domains.pop(name, None)


def _set_glue(family: BookMyName, glue: dict[str, str], moment: float) -> None:
    account = family.account
    for name, address in glue.items():
        host = account.hosts.get(name)
        if host is None:
            account.host_serial += 1
            host = account.hosts[name] = Host(account.host_serial, name, address, moment)
        host.ip, host.lastupdate = address, moment


def _created(family: BookMyName, transaction: Transaction, moment: float) -> None:
    domain = family.account.domains[transaction.subject]
    domain.created, domain.lastupdate = moment, moment
    domain.expires = add_years(moment, transaction.effect["years"])
    _set_glue(family, transaction.effect["glue"], moment)


def _renewed(family: BookMyName, transaction: Transaction, moment: float) -> None:
    domain = family.account.domains[transaction.subject]
    domain.expires = add_years(domain.expires or moment, transaction.effect["years"])
    domain.lastupdate = moment


def _updated(family: BookMyName, transaction: Transaction, moment: float) -> None:
    domain = family.account.domains[transaction.subject]
    for name, value in transaction.effect["set"].items():
        setattr(domain, name, value)
    domain.contacts.update(transaction.effect["contacts"])
    domain.lastupdate = moment
    _set_glue(family, transaction.effect["glue"], moment)


def _deleted(family: BookMyName, transaction: Transaction, moment: float) -> None:
    family.lifecycle.drop(family.account.domains[transaction.subject])


def _transferred(family: BookMyName, transaction: Transaction, moment: float) -> None:
    domain, effect = family.account.domains[transaction.subject], transaction.effect
    domain.created, domain.lastupdate = effect["created"], moment
    domain.expires = add_years(effect["expires"], 1)
    domain.ns = list(effect["ns"])
    family.account.outside.pop(domain.name, None)
    family.account.paid.pop(domain.name, None)


def _host_set(family: BookMyName, transaction: Transaction, moment: float) -> None:
    _set_glue(family, {transaction.subject: transaction.effect["ip"]}, moment)


def _host_deleted(family: BookMyName, transaction: Transaction, moment: float) -> None:
    family.account.hosts.pop(transaction.subject, None)


_DONE: dict[str, Callable[[BookMyName, Transaction, float], None]] = {
    "domain_create": _created,
    "domain_renew": _renewed,
    "domain_update": _updated,
    "domain_delete": _deleted,
    "domain_transfer": _transferred,
    "host_create": _host_set,
    "host_update": _host_set,
    "host_delete": _host_deleted,
}
