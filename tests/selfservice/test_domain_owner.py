"""Another owner, a restore and a deletion by a name's customer: page, money, operation, registrar, mirror, page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Account, Cost, Tld
from panel.billing import ledger
from panel.domain import farewell
from panel.domain.models import Domain, PlannedDeletion
from panel.domain.operations import plan_refresh
from panel.operation.models import Operation
from tests.conftest import control
from tests.selfservice.pages import words_of

# At a registrar that sells trades and restores: a trade of .fr costs, one of .com is free.
PRICED, FREE, GONE = "bastienroux-photo.fr", "ferriceramiche.com", "walsh-chandlery.com"
# What .fr asks of a person.
BIRTH = {
    "extra_birth_date": "1984-03-12", "extra_birth_postal_code": "81000", "extra_birth_city": "Albi",
    "extra_birth_country": "FR",
}  # fmt: skip
# At a registrar without trades.
PLAIN, UNCONFIRMED = "soler-estudio.com", "devries-keramiek.com"


@pytest.fixture
def trading(db: None, sandbox: Any) -> Account:
    """An account that sells trades and restores."""
    account = Account.objects.create(
        label="Netim sandbox", family="netim", endpoint=sandbox.url("netim") + "/2.0/", is_sandbox=True,
        credentials={"reseller": "DEMO01", "password": "demo"},
    )  # fmt: skip
    for name, trade in (("fr", "12.00"), ("com", "0.00")):
        row = Tld.objects.create(account=account, name=name, parent=name, seen_at=timezone.now())
        costs = {"create": "8.00", "renew": "8.00", "trade": trade, "restore": "40.00"}
        for action, amount in costs.items():
            Cost.objects.create(tld=row, action=action, amount=Decimal(amount), currency="EUR", years=[1])
    return account


@pytest.fixture
def held(
    make_domain: Callable[..., Any], trading: Account, settle: Callable[[], None]
) -> Callable[..., Domain]:
    """`held(name)`: a name of the customer at the account that trades, as it was read there."""

    def hold(name: str, **fields: Any) -> Domain:
        domain: Domain = make_domain(name, **{"account": trading, "owner": None, **fields})
        plan_refresh(name, domain.account, key="first", customer=domain.customer)
        settle()
        domain.refresh_from_db()
        return domain

    return hold


def page(name: str, setting: str) -> str:
    return f"/domains/{name}/{setting}/"


def hidden(response: Any) -> dict[str, str]:
    """What the form on the page carries unseen."""
    found = re.findall(r'<input type="hidden" name="(price|key)" value="([^"]*)"', response.content.decode())
    return dict(found)


def asked(own: Client, name: str, contact: Any, **fields: Any) -> Any:
    """Post the form of the owner's page as a browser would."""
    seen = hidden(own.get(page(name, "owner")))
    return own.post(page(name, "owner"), {**seen, "owner": contact.public_id, "consent": "on", **fields})


# --- owner ----------------------------------------------------------------------------------------------------------


def test_new_owner_at_a_price_is_paid_once_the_trade_is_done(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], customer: Any, contact: Any
) -> None:
    domain = held(PRICED)
    before = ledger.balance(customer)

    shown = words_of(own.get(page(PRICED, "owner")))
    response = asked(own, PRICED, contact, **BIRTH)
    operation = Operation.objects.get(kind="domain.owner")
    held_now = ledger.held(customer)
    settle()
    operation.refresh_from_db()
    domain.refresh_from_db()

    assert "€" in shown or "EUR" in shown
    assert response.status_code == 302, words_of(response)
    assert operation.price is not None
    assert operation.price > Decimal("12.00")
    assert held_now == operation.price
    assert operation.state == "succeeded", operation.note
    assert ledger.balance(customer) == before - operation.price
    assert domain.owner is not None
    assert domain.owner.content["email"] == contact.email


def test_trade_that_the_registry_gives_away_is_free_of_charge(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], contact: Any
) -> None:
    held(FREE)

    shown = words_of(own.get(page(FREE, "owner")))
    response = asked(own, FREE, contact)
    settle()

    operation = Operation.objects.get(kind="domain.owner")
    assert "Free of charge" in shown
    assert response.status_code == 302, words_of(response)
    assert (operation.price, operation.state) == (None, "succeeded")


def test_owner_at_a_registrar_without_trades_changes_as_a_contact(
    own: Client, make_domain: Callable[..., Any], catalogue: Any, settle: Callable[[], None], contact: Any
) -> None:
    domain = make_domain(PLAIN)
    plan_refresh(PLAIN, domain.account, key="first", customer=domain.customer)
    settle()

    response = asked(own, PLAIN, contact)
    settle()

    operation = Operation.objects.get(kind="domain.owner")
    domain.refresh_from_db()
    assert response.status_code == 302, words_of(response)
    assert operation.state == "succeeded", operation.note
    assert domain.owner.content["email"] == contact.email


def test_owner_without_the_consent_of_both_is_not_changed(
    own: Client, held: Callable[..., Domain], contact: Any
) -> None:
    held(FREE)

    seen = hidden(own.get(page(FREE, "owner")))
    response = own.post(page(FREE, "owner"), {**seen, "owner": contact.public_id})

    assert response.status_code == 422
    assert "Without the consent of both" in words_of(response)
    assert f'value="{contact.public_id}" selected' in response.content.decode()
    assert not Operation.objects.filter(kind="domain.owner").exists()


def test_price_that_has_changed_since_it_was_seen_is_asked_about_again(
    own: Client, held: Callable[..., Domain], contact: Any
) -> None:
    held(PRICED)
    seen = hidden(own.get(page(PRICED, "owner")))
    Cost.objects.filter(action="trade", tld__name="fr").update(amount=Decimal("20.00"))

    response = own.post(page(PRICED, "owner"), {**seen, "owner": contact.public_id, "consent": "on"})

    assert response.status_code == 422
    assert "The price has changed" in words_of(response)
    assert hidden(response)["price"] != seen["price"]


def test_new_owner_that_the_wallet_cannot_pay_is_refused_with_what_is_missing(
    own: Client, held: Callable[..., Domain], contact: Any
) -> None:
    held(PRICED)
    Cost.objects.filter(action="trade").update(amount=Decimal("99999.00"))

    response = asked(own, PRICED, contact, **BIRTH)

    assert response.status_code == 422
    assert "Your wallet lacks" in words_of(response)
    assert not Operation.objects.filter(kind="domain.owner").exists()


def test_double_click_changes_the_owner_once(own: Client, held: Callable[..., Domain], contact: Any) -> None:
    held(FREE)
    seen = hidden(own.get(page(FREE, "owner")))
    data = {**seen, "owner": contact.public_id, "consent": "on"}

    first, second = own.post(page(FREE, "owner"), data), own.post(page(FREE, "owner"), data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Operation.objects.filter(kind="domain.owner").count() == 1


def test_somebody_elses_contact_cannot_become_the_owner(
    own: Client, held: Callable[..., Domain], make_customer: Callable[..., Any], contact: Any
) -> None:
    held(FREE)
    contact.pk, contact.public_id, contact.customer = None, "ct_strange", make_customer("Strange Ltd")
    contact.save(force_insert=True)

    response = asked(own, FREE, contact)

    assert response.status_code == 422
    assert not Operation.objects.filter(kind="domain.owner").exists()


# --- restore --------------------------------------------------------------------------------------------------------


def test_deleted_name_is_restored_at_the_price_that_was_seen(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], customer: Any
) -> None:
    domain = held(GONE)
    assert domain.status == "redemption"
    before = ledger.balance(customer)

    shown = own.get(page(GONE, "restore"))
    response = own.post(page(GONE, "restore"), hidden(shown))
    settle()

    operation = Operation.objects.get(kind="domain.restore")
    domain.refresh_from_db()
    assert response.status_code == 302, words_of(response)
    assert operation.state == "succeeded", operation.note
    assert ledger.balance(customer) == before - operation.price
    assert operation.price >= Decimal("40.00")
    assert domain.status == "active"


def test_name_that_was_not_deleted_cannot_be_restored(own: Client, held: Callable[..., Domain]) -> None:
    held(FREE)

    assert "Only a deleted name can be restored" in words_of(own.get(page(FREE, "restore")))
    assert own.post(page(FREE, "restore"), {"key": "x"}).status_code == 422


def test_name_at_a_registrar_that_restores_nothing_says_so(
    own: Client, make_domain: Callable[..., Any]
) -> None:
    make_domain(PLAIN, status="redemption")

    text = words_of(own.get(page(PLAIN, "restore")))

    assert "cannot be done for this name" in text
    assert "MrDomain" not in text


# --- delete ---------------------------------------------------------------------------------------------------------


def test_deletion_waits_a_day_and_can_be_called_off(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    domain = held(FREE)

    planned = own.post(page(FREE, "delete"), {"typed": "FerriCeramiche.com "})
    ordered_at_once = farewell.run()
    shown = words_of(own.get(page(FREE, "delete")))
    kept = own.post(page(FREE, "delete"), {"keep": "1"})

    row = PlannedDeletion.objects.get(domain=domain)
    assert (planned.status_code, kept.status_code) == (302, 302)
    assert ordered_at_once == (0, 0)
    assert "It is going to be deleted" in shown
    assert row.due_at - row.asked_at >= timedelta(hours=23)
    assert row.outcome == "kept"
    assert not Operation.objects.filter(kind="domain.delete").exists()


def test_deletion_whose_time_has_come_is_ordered_once_and_carried_out(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    domain = held(FREE)
    own.post(page(FREE, "delete"), {"typed": FREE})
    PlannedDeletion.objects.update(due_at=timezone.now() - timedelta(minutes=1))

    first, second = farewell.run(), farewell.run()
    settle()

    domain.refresh_from_db()
    assert (first, second) == ((1, 0), (0, 0))
    assert Operation.objects.get(kind="domain.delete").state == "succeeded"
    assert domain.status in ("redemption", "deleted", "pending_delete")


def test_deletion_of_a_name_that_was_locked_meanwhile_is_refused_and_says_why(
    own: Client, held: Callable[..., Domain]
) -> None:
    domain = held(FREE)
    own.post(page(FREE, "delete"), {"typed": FREE})
    PlannedDeletion.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    Domain.objects.update(modification_lock=True)

    counts = farewell.run()

    row = PlannedDeletion.objects.get(domain=domain)
    assert counts == (0, 1)
    assert (row.outcome, row.reason) == ("refused", "locked")


def test_deletion_with_another_name_typed_is_not_planned(own: Client, held: Callable[..., Domain]) -> None:
    held(FREE)

    response = own.post(page(FREE, "delete"), {"typed": "ferri-ceramiche.com"})

    assert response.status_code == 422
    assert "This is not ferriceramiche.com" in words_of(response)
    assert not PlannedDeletion.objects.exists()


def test_deletion_goes_with_the_customer_who_asked_for_it(
    own: Client, held: Callable[..., Domain], make_customer: Callable[..., Any]
) -> None:
    domain = held(FREE)
    own.post(page(FREE, "delete"), {"typed": FREE})
    PlannedDeletion.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    Domain.objects.filter(pk=domain.pk).update(customer=make_customer("Next Ltd"))

    farewell.run()

    assert PlannedDeletion.objects.get().reason == "another_customer"
    assert not Operation.objects.filter(kind="domain.delete").exists()


# --- who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["owner", "restore", "delete"])
def test_pages_are_their_customers_alone(
    own: Client, stranger: Client, colleague: Client, held: Callable[..., Domain], setting: str
) -> None:
    held(FREE)

    assert own.get(page(FREE, setting)).status_code == 200
    assert stranger.get(page(FREE, setting)).status_code == 404
    assert colleague.post(page(FREE, setting), {"typed": FREE, "key": "x"}).status_code == 403
    assert not PlannedDeletion.objects.exists()


# --- the registrant's confirmation ----------------------------------------------------------------------------------


def test_registrant_who_has_yet_to_confirm_is_mailed_again(
    own: Client, make_domain: Callable[..., Any], settle: Callable[[], None], sandbox: Any
) -> None:
    make_domain(UNCONFIRMED, owner_verification="in_process")

    shown = words_of(own.get(f"/domains/{UNCONFIRMED}/"))
    own.post(page(UNCONFIRMED, "confirm"))
    settle()

    sent = [row["action"] for row in control(sandbox, "GET", "/journal")["journal"]]
    assert "has yet to confirm their details" in shown
    assert sent.count("domain/resendverificationmail") == 1


def test_registrant_who_has_confirmed_is_left_alone(own: Client, make_domain: Callable[..., Any]) -> None:
    make_domain(PLAIN, owner_verification="verified")

    assert "yet to confirm" not in words_of(own.get(f"/domains/{PLAIN}/"))
    assert "nothing left to confirm" in words_of(own.post(page(PLAIN, "confirm"), follow=True))
    assert not Operation.objects.filter(kind="domain.resend_verification").exists()
