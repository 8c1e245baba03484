"""A customer with names at imitated registrars, mirrored, and ready to have something done to them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from panel.access.actor import actor_for
from panel.account.models import Account, Cost, Tld
from panel.account.sessions import SharedSessions
from panel.billing import ledger
from panel.billing.models import Cart, CartLine
from panel.brand.services import operator_brand
from panel.contact.models import Contact, ContactHandle, fingerprint
from panel.domain.checkout import checkout, review
from panel.domain.models import Domain
from panel.operation.models import Operation
from panel.people.models import Customer, Membership, User
from registrar import open_driver
from tests.families.conftest import PLACES

PERSON = {
    "first_name": "Ada",
    "last_name": "Morel",
    "identification": "12345678Z",
    "email": "ada@cedar.test",
    "phone": "+34.600123456",
    "address": "Calle Mayor 1",
    "postal_code": "28013",
    "city": "Madrid",
    "state": "Madrid",
    "country": "ES",
}


def checked_out(owner: User, contact: Contact, name: str, *, years: int = 1) -> Operation:
    """The operation of a name that the owner of the contact's customer has put through a real checkout."""
    customer = contact.customer
    actor = actor_for(owner, customer.brand)
    assert actor is not None
    cart, _created = Cart.objects.get_or_create(customer=customer)
    cart.registrant = contact
    cart.save()
    CartLine.objects.create(cart=cart, name=name, tld_name=name.partition(".")[2], years=years)
    placed = checkout(actor, cart, checkout_key=f"key-{name}", expected_total=review(actor, cart).total)
    operation: Operation = placed.lines.get(name=name).operation
    return operation


@dataclass
class Stage:
    """Everything that an arrangement needs; registrars are read directly, without an operation."""

    sandbox: Any
    customer: Any
    contact: Contact
    accounts: dict[str, Account] = field(default_factory=dict)
    spoiled: bool = False

    @classmethod
    def built(cls, sandbox: Any) -> Stage:
        """A customer with 500 EUR and a person in the contact book."""
        customer = Customer.objects.create(
            brand=operator_brand(), name="Cedar Studio", email="cedar@customers.test"
        )
        ledger.top_up(customer, Decimal(500), reason="for the story", actor=None)
        return cls(sandbox, customer, Contact.objects.create(customer=customer, **PERSON))

    def ordered(self, name: str) -> Operation:
        """A name at MrDomain put through a real checkout."""
        tld_name = name.partition(".")[2]
        account = self.account("mrdomain")
        tld = Tld.objects.create(account=account, name=tld_name, parent=tld_name, seen_at=timezone.now())
        for action in ("create", "renew", "transfer"):
            Cost.objects.create(tld=tld, action=action, amount=Decimal(10), currency="EUR", years=[1, 2, 3])
        owner = User.objects.create_user("owner@demo.test", "nameward-demo", name="Owner")
        Membership.objects.create(user=owner, customer=self.customer, role="owner")
        return checked_out(owner, self.contact, name)

    def spoil(self, wanted: bool) -> None:
        """Whether what is arranged from now on is to fail at the registry, such as by a wrong code."""
        self.spoiled = wanted

    def account(self, family: str) -> Account:
        """An account of the family on the sandbox."""
        if family not in self.accounts:
            place = PLACES[family]
            self.accounts[family] = Account.objects.create(
                label=f"{family} sandbox",
                family=family,
                endpoint=self.sandbox.url(family) + place.path,
                is_sandbox=True,
                credentials=place.credentials,
                currency=place.currency,
                balance=Decimal(5000),
            )
        return self.accounts[family]

    def driver(self, family: str) -> Any:
        """A driver of its own, in the account's session."""
        account = self.account(family)
        return open_driver(
            family,
            endpoint=account.endpoint,
            credentials=account.credentials,
            sessions=SharedSessions(account),
        )

    def domain(self, family: str, name: str, **changes: Any) -> Domain:
        """The customer's name as it stands at the registrar, but for `changes`, which only the mirror believes."""
        with self.driver(family) as driver:
            info = driver.domains.info(name)
        domain = Domain(
            name=info.name,
            unicode_name=info.name,
            tld_name=info.tld,
            account=self.account(family),
            customer=self.customer,
            remote_id=info.remote_id,
            status=info.status,
            raw_status=info.raw_status,
            created_on=info.created_on,
            expires_on=info.expires_on,
            renewal_mode=info.renewal_mode,
            transfer_lock=info.transfer_lock,
            modification_lock=info.modification_lock,
            whois_privacy=info.whois_privacy,
            whois_visible=info.whois_visible,
        )
        for attribute, value in changes.items():
            setattr(domain, attribute, value)
        domain.save()
        return domain

    def handle(self, family: str, handle: str) -> ContactHandle:
        """The customer's contact, known at the registrar by a handle that is there already."""
        content = self.contact.content()
        return ContactHandle.objects.create(
            account=self.account(family),
            contact=self.contact,
            handle=handle,
            fingerprint=fingerprint(content),
            content={**asdict(content), "type": str(content.type)},
        )
