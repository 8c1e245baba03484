"""Using the contact book: one remote handle per registrar account and content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from panel.account.models import Account
from panel.contact.models import Contact, ContactHandle, fingerprint
from panel.operation.models import Operation
from panel.operation.services import plan
from panel.operation.states import OPEN
from panel.people.models import User
from registrar import FAMILIES, ContactsAs, ExtraWith
from registrar.tld import family_key

# How the data on extensions mark a field of which a contact holds one value for each of its names.
BY_NAME = "[domain]"


@dataclass(frozen=True, slots=True)
class Extra:
    """Fields that an extension asks, for a registrar that keeps them with the contact (registrar.ExtraWith).

    `domain` is the name that they are for, where the registrar keeps some of them by name.
    """

    tld_name: str = ""
    domain: str = ""
    plain: Mapping[str, str] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def values(self) -> dict[str, str]:
        """All of them."""
        return {**self.plain, **self.secret}

    @property
    def mark(self) -> dict[str, str]:
        """What makes one handle differ from another of the same content."""
        return {**self.values, "domain": self.domain} if self.domain else self.values


NO_EXTRA = Extra()


def handle_for(
    contact: Contact, account: Account, extra: Extra = NO_EXTRA, *, is_owner: bool = True
) -> ContactHandle | None:
    """The handle under which the account already holds this content for this customer, or None.

    Another customer's handle with the same content is never shared.
    """
    mark = _mark(contact, account, extra, is_owner)
    return (
        ContactHandle.objects.filter(account=account, fingerprint=mark, contact__customer=contact.customer)
        .order_by("pk")
        .first()
    )


def plan_registrant(
    contact: Contact, account: Account, actor: User | None, asked: Extra
) -> ContactHandle | Operation | None:
    """As plan_handle(), as the account's registrar wants registrants; None where contacts travel inside orders.

    `asked` tells its name, and is kept with the handle only where the registrar keeps such fields with contacts.
    """
    family = FAMILIES[account.family]
    if family.contacts_as == ContactsAs.CONTENT:
        return None
    if family.extra_with == ExtraWith.ORDER or not asked.values:
        return plan_handle(contact, account, actor)
    keys = [family_key(family.name, asked.tld_name, name) for name in asked.values]
    if not any(key.endswith(BY_NAME) for key in keys):
        asked = replace(asked, domain="")
    return plan_handle(contact, account, actor, asked)


def _mark(contact: Contact, account: Account, extra: Extra, is_owner: bool) -> str:
    """What one handle stands for: its content, the fields of an extension, and whether it can be a registrant."""
    other = FAMILIES[account.family].owners_apart and not is_owner
    return fingerprint(contact.content(), {**extra.mark, "is_owner": "no"} if other else extra.mark)


def plan_handle(
    contact: Contact,
    account: Account,
    actor: User | None,
    extra: Extra = NO_EXTRA,
    *,
    is_owner: bool = True,
) -> ContactHandle | Operation:
    """The handle if there is one, else the (possibly already open) operation that will make it.

    `is_owner`: whether it is to be a registrant, where the registrar keeps those apart.
    """
    content = contact.content()
    mark = _mark(contact, account, extra, is_owner)
    subject = f"contact:{contact.public_id}:{account.public_id}"
    intent = f"contact.create:{contact.public_id}:{account.public_id}:{mark[:24]}:"
    before = Operation.objects.filter(intent_key__startswith=intent)
    # In this order. Whoever orders the same after the count takes the same key, so that one of the two orders is made;
    # an operation that ends between two readings has left its handle for the second.
    number = before.count()
    running = before.filter(state__in=OPEN).first()
    existing = handle_for(contact, account, extra, is_owner=is_owner)
    if existing is not None:
        return existing
    if running is not None:
        return running
    other = Operation.objects.filter(subject=subject, kind="contact.create", state__in=OPEN).exists()
    return plan(
        "contact.create",
        subject=f"{subject}:{mark[:12]}" if other else subject,
        label=contact.display_name,
        account=account,
        intent_key=f"{intent}{number}",
        payload={
            "contact_pk": contact.pk,
            "contact": {**asdict(content), "type": str(content.type)},
            "fingerprint": mark,
            "is_owner": is_owner,
            "tld": extra.tld_name,
            "domain": extra.domain,
            "extra": dict(extra.plain),
        },
        secrets={"extra": dict(extra.secret)} if extra.secret else {},
        customer=contact.customer,
        actor=actor,
    )
