"""What can be done to many names at once: whether it can be done to one, judged without a query, and doing it.

`judge()` asks the same preconditions as planning does, so that a preview promises what a worker keeps.
"""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Q

from panel.contact.validation import validate_nameservers
from panel.domain import operations_settings as settings
from panel.domain.assignment import assign
from panel.domain.bulk.action import Action, Books, Deed
from panel.domain.bulk.contact_actions import ChangeOwners, SetRoles
from panel.domain.bulk.models import BulkJob
from panel.domain.bulk.tag_actions import AddTags, RemoveTags
from panel.domain.models import Domain
from panel.domain.operations_renew import RenewDomain, plan_renew, require_renewable
from panel.domain.planning import price_of, require, require_changeable
from panel.domain.refusals import BadValue, CannotDo, NotNow, Unchanged
from panel.operation.models import Operation
from panel.people.models import Customer
from registrar.tld import nameserver_limits
from registrar.types import RenewalMode

Kind = BulkJob.Action


class SetNameservers(Action):
    """Other nameservers; none means the registrar's own."""

    kinds = (settings.SetNameservers.name,)

    def facts(self, domain: Domain) -> tuple[Any, ...]:
        return (self._is_so(domain),)

    def judge(self, domain: Domain, books: Books) -> None:
        require(domain.account, domain.tld_name, *settings.SetNameservers.methods)
        require_changeable(domain)
        if self._names:
            self._fit(domain)
        if self._is_so(domain):
            raise Unchanged

    def carry_out(self, deed: Deed, books: Books) -> Operation:
        if self._names:
            self._fit(deed.domain)
        return settings.plan_nameservers(deed.domain, self._names, actor=deed.actor, key=deed.key)

    @property
    def _names(self) -> list[str]:
        names: list[str] = self.values["nameservers"]
        return names

    def _is_so(self, domain: Domain) -> bool:
        return bool(self._names) and set(self._names) == set(domain.nameservers)

    def _fit(self, domain: Domain) -> None:
        limits = nameserver_limits(domain.account.family)
        most = max(limits.maximum, limits.update_maximum)
        if validate_nameservers(self._names, limits.minimum, most)[1]:
            raise CannotDo("nameservers_do_not_fit")


class Turn(Action):
    """A flag that is turned on or off."""

    switch: ClassVar[type[settings.Switch]]

    def facts(self, domain: Domain) -> tuple[Any, ...]:
        return getattr(domain, self.switch.field), domain.detailed_at is None

    def judge(self, domain: Domain, books: Books) -> None:
        settings.require_switchable(self.switch, domain)
        if getattr(domain, self.switch.field) == self.wanted:
            raise Unchanged

    @property
    def on(self) -> bool:
        """Which way."""
        return bool(self.values["on"])

    @property
    def wanted(self) -> Any:
        """What the flag is to be."""
        return self.on

    def carry_out(self, deed: Deed, books: Books) -> Operation:
        settings.require_switchable(self.switch, deed.domain)
        return self.plan(deed)

    @abstractmethod
    def plan(self, deed: Deed) -> Operation:
        """Plan it. Raises as plan_switch()."""


class TurnTransferLock(Turn):
    """Transfers away: forbidden or allowed."""

    kinds, switch = (settings.SetTransferLock.name,), settings.SetTransferLock

    def plan(self, deed: Deed) -> Operation:
        return settings.plan_transfer_lock(deed.domain, self.on, actor=deed.actor, key=deed.key)


class TurnPrivacy(Turn):
    """WHOIS privacy, where it costs nothing: what is sold by the year is bought name by name."""

    kinds, switch = (settings.SetWhoisPrivacy.name,), settings.SetWhoisPrivacy

    def plan(self, deed: Deed) -> Operation:
        return settings.plan_whois_privacy(deed.domain, self.on, actor=deed.actor, key=deed.key)


class TurnAutoRenew(Turn):
    """Renewal by itself, or by hand."""

    kinds, switch = (settings.SetRenewalMode.name,), settings.SetRenewalMode

    @property
    def wanted(self) -> RenewalMode:
        return RenewalMode.AUTOMATIC if self.on else RenewalMode.MANUAL

    def plan(self, deed: Deed) -> Operation:
        return settings.plan_renewal_mode(deed.domain, self.wanted, actor=deed.actor, key=deed.key)


class Renew(Action):
    """One year more, at the price and from the expiry that were seen."""

    kinds = (RenewDomain.name,)

    def facts(self, domain: Domain) -> tuple[Any, ...]:
        return domain.expires_on is None, domain.customer_id

    def judge(self, domain: Domain, books: Books) -> Decimal | None:
        require_renewable(domain)
        return self._price(domain, books)

    def carry_out(self, deed: Deed, books: Books) -> Operation:
        if deed.item.expires_on is None:
            raise NotNow("expiry_unknown")
        if self._price(deed.domain, books) != deed.item.price:
            raise CannotDo("price_changed")
        return plan_renew(
            deed.domain, years=1, expires_on=deed.item.expires_on, price=deed.item.price, actor=deed.actor,
            key=deed.key,
        )  # fmt: skip

    def _price(self, domain: Domain, books: Books) -> Decimal | None:
        book = books.of(domain.customer.brand) if domain.customer else None
        try:
            return price_of(domain, "renew", 1, book=book)
        except BadValue:
            raise CannotDo("not_for_a_year") from None


class Move(Action):
    """Give names to a customer. Nothing happens at a registrar."""

    busy = "busy_for_another"

    def rivals(self) -> Q:
        """What its present customer pays for: its money and its outcome are theirs."""
        return Q(customer__isnull=False) & ~Q(customer=self.values["customer"])

    def facts(self, domain: Domain) -> tuple[Any, ...]:
        return (domain.customer_id,)

    def judge(self, domain: Domain, books: Books) -> None:
        if domain.customer_id == self.values["customer"]:
            raise Unchanged

    def carry_out(self, deed: Deed, books: Books) -> None:
        self.judge(deed.domain, books)
        customer = Customer.objects.filter(pk=self.values["customer"]).first()
        if customer is None or deed.actor is None:
            raise CannotDo("gone")
        changed, _left = assign(Domain.objects.filter(pk=deed.domain.pk), customer, deed.actor)
        if not changed:
            raise CannotDo(self.busy)


ACTIONS: dict[str, type[Action]] = {
    Kind.NAMESERVERS: SetNameservers,
    Kind.CONTACTS: SetRoles,
    Kind.OWNER: ChangeOwners,
    Kind.TRANSFER_LOCK: TurnTransferLock,
    Kind.PRIVACY: TurnPrivacy,
    Kind.AUTO_RENEW: TurnAutoRenew,
    Kind.RENEW: Renew,
    Kind.TAG: AddTags,
    Kind.UNTAG: RemoveTags,
    Kind.MOVE: Move,
}


def action_of(job: BulkJob) -> Action:
    """What a job wants."""
    return ACTIONS[job.action](job.values)
