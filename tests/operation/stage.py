"""A customer with names at imitated registrars, mirrored, and ready to have something done to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from panel.account.models import Account
from panel.contact.models import Contact, ContactHandle, fingerprint
from panel.domain.models import Domain
from panel.operation.models import Operation
from registrar import open_driver
from tests.families.conftest import PLACES


@dataclass
class Stage:
    """Everything that an arrangement needs; registrars are read directly, without an operation."""

    sandbox: Any
    customer: Any
    contact: Contact
    order: Callable[[str], Any] | None = None
    accounts: dict[str, Account] = field(default_factory=dict)
    spoiled: bool = False

    def ordered(self, name: str) -> Operation:
        """A name put through a real checkout."""
        assert self.order is not None
        operation: Operation = self.order(name)
        return operation

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
        """A driver of its own."""
        account = self.account(family)
        return open_driver(family, endpoint=account.endpoint, credentials=account.credentials)

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
