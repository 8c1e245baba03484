"""Another owner for many names at once: what extensions ask, what trades cost, and what cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Account, Cost, Tld
from panel.billing import ledger
from panel.contact.models import Contact
from panel.domain.bulk.work import work
from panel.domain.models import BulkJob, Domain
from panel.operation.models import Operation
from tests.selfservice.bulk import NEW, START, ids, ticket_of, words_of

# What .fr asks of a person.
BIRTH = {
    "extra_birth_date": "1984-03-12", "extra_birth_postal_code": "81000", "extra_birth_city": "Albi",
    "extra_birth_country": "FR",
}  # fmt: skip


@pytest.fixture
def trading(db: None) -> Account:
    """An account, never called, at a registrar where a trade of .fr costs money and one of .com is free."""
    account = Account.objects.create(
        label="Trader", family="netim", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )
    for name, trade in (("fr", "12.00"), ("com", "0.00")):
        row = Tld.objects.create(account=account, name=name, parent=name, seen_at=timezone.now())
        for action, amount in {"create": "8.00", "renew": "8.00", "trade": trade}.items():
            Cost.objects.create(tld=row, action=action, amount=Decimal(amount), currency="EUR", years=[1])
    return account


@pytest.fixture
def traded(make_domain: Callable[..., Domain], trading: Account) -> list[Domain]:
    """A name of .com, where the registrar changes owners for nothing, and one of .fr."""
    return [make_domain(name, account=trading, owner=None) for name in ("free.com", "priced.fr")]


def asked(names: list[Domain], owner: Contact, **fields: Any) -> dict[str, Any]:
    """What a browser posts for a change of owner."""
    return {
        "ids": ids(names), "action": "owner", "answered": "1", "owner": owner.public_id, "consent": "on",
        **fields,
    }  # fmt: skip


def test_what_extensions_ask_is_asked_once_the_owner_is_known(
    own: Client, traded: list[Domain], contact: Contact
) -> None:
    first = own.post(NEW, {"ids": ids(traded), "action": "owner"})
    second = own.post(NEW, asked(traded, contact))

    assert "extra_birth_date" not in first.content.decode()
    assert second.status_code == 422
    assert "Some of the extensions ask more about the new owner." in words_of(second)
    assert "Please fill this in." not in words_of(second)
    assert 'name="extra_birth_date"' in second.content.decode()
    assert f'name="asked_of" value="{contact.public_id}"' in second.content.decode()


def test_answer_that_lacks_is_told_beside_its_field(
    own: Client, make_domain: Callable[..., Domain], trading: Account, contact: Contact
) -> None:
    name = make_domain("puerto.cat", account=trading, owner=None)

    answer = own.post(NEW, asked([name], contact, asked_of=contact.public_id))

    assert answer.status_code == 422
    assert "Please fill this in." in words_of(answer)


def test_without_consent_nothing_is_shown(own: Client, traded: list[Domain], contact: Contact) -> None:
    answer = own.post(NEW, {**asked(traded[:1], contact), "consent": ""})

    assert answer.status_code == 422
    assert "Without the consent of all it cannot be done." in words_of(answer)


def test_owners_are_changed_at_the_price_that_was_shown(
    own: Client, traded: list[Domain], contact: Contact, customer: Any
) -> None:
    page = own.post(NEW, asked(traded, contact, asked_of=contact.public_id, **BIRTH))
    total = page.context["purse"]["total"]
    answer = own.post(START, {"ticket": ticket_of(page)})
    job = BulkJob.objects.get()
    work(job.pk)

    assert answer.status_code == 302
    assert page.context["numbers"]["ready"] == 2
    assert contact.display_name in words_of(page)
    assert total > Decimal("12.00")
    assert ledger.held(customer) == total
    prices = dict(Operation.objects.filter(kind="domain.owner").values_list("label", "price"))
    assert prices == {"free.com": None, "priced.fr": total}
    extra = Operation.objects.get(kind="domain.owner", label="priced.fr").payload["extra"]
    assert extra["birth_city"] == "Albi"
    assert Operation.objects.get(kind="domain.owner", label="free.com").payload["extra"] == {}


def test_price_of_a_trade_that_rose_after_the_start_is_not_paid(
    own: Client, traded: list[Domain], contact: Contact, customer: Any
) -> None:
    page = own.post(NEW, asked(traded, contact, asked_of=contact.public_id, **BIRTH))
    own.post(START, {"ticket": ticket_of(page)})
    Cost.objects.filter(tld__name="fr", action="trade").update(amount=Decimal("30.00"))

    work(BulkJob.objects.get().pk)

    reasons = dict(BulkJob.objects.get().items.values_list("name", "reason"))
    assert reasons == {"free.com": "", "priced.fr": "price_changed"}
    assert ledger.held(customer) == 0


def test_name_whose_owner_or_contacts_are_changing_is_left_out(
    own: Client, traded: list[Domain], contact: Contact
) -> None:
    page = own.post(NEW, asked(traded[:1], contact))
    own.post(START, {"ticket": ticket_of(page)})
    work(BulkJob.objects.get().pk)

    again = own.post(NEW, asked(traded[:1], contact))

    assert again.context["numbers"] == {"ready": 0, "unchanged": 0, "refused": 1}
    assert "It is being changed already." in words_of(again)


def test_contact_of_somebody_else_cannot_be_chosen(
    own: Client, traded: list[Domain], contact: Contact, make_customer: Callable[..., Any]
) -> None:
    Contact.objects.filter(pk=contact.pk).update(customer=make_customer("Other"))

    answer = own.post(NEW, asked(traded[:1], contact))

    assert answer.status_code == 422
    assert not BulkJob.objects.exists()
    assert "There is no contact to choose" in words_of(answer)
