"""Contacts of many names at once: another owner, or others beside the owner."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from panel.contact.models import Contact
from panel.domain.bulk.action import Action, Books, Deed
from panel.domain.models import Domain
from panel.domain.operations_contacts import (
    TRADE,
    ChangeOwner,
    SetContacts,
    plan_contacts,
    plan_owner,
    require_ownable,
)
from panel.domain.planning import capability, quote_of, require, require_changeable
from panel.domain.refusals import CannotDo
from panel.domain.registrant import split_extra
from panel.operation.models import Operation
from registrar.tld import fields_for


def _require_same_book(values: Mapping[str, Any], domain: Domain) -> None:
    """Raise CannotDo for a name whose customer's book the chosen contacts are not of."""
    # Jobs from before this was kept are judged when they are planned.
    if values.get("customer", domain.customer_id) != domain.customer_id:
        raise CannotDo("another_book")


class SetRoles(Action):
    """Other contacts beside the owner. Whether they are the same already is found out when it is planned."""

    kinds = (SetContacts.name, ChangeOwner.name)

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._contacts: dict[int, Contact] | None = None

    def facts(self, domain: Domain) -> tuple[Any, ...]:
        return (domain.customer_id,)

    def judge(self, domain: Domain, books: Books) -> None:
        _require_same_book(self.values, domain)
        require(domain.account, domain.tld_name, *SetContacts.methods)
        require_changeable(domain)

    def carry_out(self, deed: Deed, books: Books) -> Operation:
        if self._contacts is None:
            self._contacts = Contact.objects.in_bulk(self.values["roles"].values())
        roles = {role: self._contacts.get(pk) for role, pk in self.values["roles"].items()}
        found = {role: contact for role, contact in roles.items() if contact is not None}
        if len(found) != len(roles):
            raise CannotDo("contact_gone")
        if any(contact.customer_id != deed.domain.customer_id for contact in found.values()):
            raise CannotDo("another_book")
        return plan_contacts(deed.domain, found, actor=deed.actor, key=deed.key)


class ChangeOwners(Action):
    """Another owner, at the price of a trade where its registrar sells one."""

    kinds = (ChangeOwner.name, SetContacts.name)

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._owner: Contact | None = None

    def facts(self, domain: Domain) -> tuple[Any, ...]:
        return (domain.customer_id,)

    def judge(self, domain: Domain, books: Books) -> Decimal | None:
        _require_same_book(self.values, domain)
        require_ownable(domain)
        self._answers(domain)
        return self._price(domain, books)

    def carry_out(self, deed: Deed, books: Books) -> Operation:
        if self._owner is None:
            self._owner = Contact.objects.filter(pk=self.values["owner"]).first()
        if self._owner is None:
            raise CannotDo("contact_gone")
        if self._owner.customer_id != deed.domain.customer_id:
            raise CannotDo("another_book")
        price = self._price(deed.domain, books)
        if price != deed.item.price:
            raise CannotDo("price_changed")
        return plan_owner(
            deed.domain, self._owner, actor=deed.actor, price=price or Decimal(0),
            extra=self._answers(deed.domain), key=deed.key,
        )  # fmt: skip

    def _answers(self, domain: Domain) -> dict[str, str]:
        """What was answered of that which the name's extension asks. Raises CannotDo where something lacks."""
        asked = {field.name for field in fields_for(domain.account.family, domain.tld_name, "create")}
        given = {name: value for name, value in self.values["extra"].items() if name in asked}
        _plain, _secret, problems = split_extra(
            domain.account.family, domain.tld_name, "create", self.values["type"], given
        )
        if problems:
            raise CannotDo("asks_more")
        return given

    def _price(self, domain: Domain, books: Books) -> Decimal | None:
        """What it costs; None where it is free of charge."""
        if domain.customer is None or not capability(domain.account, domain.tld_name, TRADE).usable:
            return None
        quote = quote_of(domain, domain.customer, "trade", books.of(domain.customer.brand))
        return quote.total(1) or None
