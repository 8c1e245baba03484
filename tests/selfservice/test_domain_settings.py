"""Switches, nameservers and renewals of a name by its customer: page, operation, registrar, mirror, page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from panel.account.models import Cost
from panel.billing import ledger
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.domain.operations_renew import later
from panel.operation.models import Operation
from tests.conftest import control
from tests.selfservice.pages import words_of

# One of the names in the sandbox's world.
NAME = "soler-estudio.com"
PAGE = f"/domains/{NAME}/"


@pytest.fixture
def name(make_domain: Callable[..., Any], catalogue: Any, settle: Callable[[], None]) -> Domain:
    """A name of the customer that the registrar has too, as it was read there."""
    domain: Domain = make_domain(NAME)
    plan_refresh(NAME, domain.account, key="first", customer=domain.customer)
    settle()
    domain.refresh_from_db()
    assert domain.detailed_at is not None
    return domain


def term_of(page: Any, years: int) -> str:
    """The value of a choice of the renewal form."""
    found = re.search(rf'value="({years}@[\d.]+)"', page.content.decode())
    assert found is not None
    return found[1]


def renewal(own: Client, years: int) -> dict[str, str]:
    """What the browser sends from the renewal page as it is now."""
    page = own.get(PAGE + "renew/")
    hidden = dict(
        re.findall(r'<input type="hidden" name="(expires_on|key)" value="([^"]+)"', page.content.decode())
    )
    return {**hidden, "term": term_of(page, years)}


# --- switches -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "field"),
    [
        ("transfer-lock", "transfer_lock"),
        ("change-lock", "modification_lock"),
        ("privacy", "whois_privacy"),
    ],
)
def test_switch_says_changing_until_the_registrar_shows_it(
    own: Client, name: Domain, settle: Callable[[], None], slug: str, field: str
) -> None:
    before = getattr(name, field)
    assert before is not None

    answer = own.post(f"{PAGE}turn/{slug}/", {"to": "off" if before else "on"})

    assert answer.status_code == 302
    name.refresh_from_db()
    assert getattr(name, field) is before
    assert "Changing" in words_of(own.get(PAGE))
    settle()
    name.refresh_from_db()
    assert getattr(name, field) is not before
    assert "Changing" not in words_of(own.get(PAGE))


def test_automatic_renewal_is_turned_on_and_off(
    own: Client, name: Domain, settle: Callable[[], None]
) -> None:
    wanted = {"automatic": ("off", "manual"), "manual": ("on", "automatic")}

    for _turn in range(2):
        to, mode = wanted[name.renewal_mode]
        own.post(f"{PAGE}turn/auto-renew/", {"to": to})
        settle()
        name.refresh_from_db()
        assert name.renewal_mode == mode


def test_double_click_on_a_switch_changes_it_once(own: Client, name: Domain) -> None:
    to = "off" if name.transfer_lock else "on"

    for _click in range(2):
        assert own.post(f"{PAGE}turn/transfer-lock/", {"to": to}).status_code == 302

    assert Operation.objects.filter(kind="domain.transfer_lock").count() == 1


def test_switch_that_is_so_already_says_so_beside_it(own: Client, name: Domain) -> None:
    answer = own.post(f"{PAGE}turn/transfer-lock/", {"to": "on" if name.transfer_lock else "off"})

    assert answer.status_code == 422
    assert "It is like this already" in words_of(answer)
    assert not Operation.objects.filter(kind="domain.transfer_lock").exists()


def test_other_way_while_it_is_changing_has_to_wait(own: Client, name: Domain) -> None:
    ways = ["off", "on"] if name.transfer_lock else ["on", "off"]
    own.post(f"{PAGE}turn/transfer-lock/", {"to": ways[0]})
    Domain.objects.filter(pk=name.pk).update(transfer_lock=not name.transfer_lock)

    answer = own.post(f"{PAGE}turn/transfer-lock/", {"to": ways[1]})

    assert answer.status_code == 409
    assert "It is being changed already" in words_of(answer)


def test_what_the_registrar_shows_nothing_of_has_no_button(own: Client, name: Domain) -> None:
    Domain.objects.filter(pk=name.pk).update(whois_privacy=None)

    page = own.get(PAGE).content.decode()

    assert "Not offered for this extension" in page
    assert "/turn/privacy/" not in page
    assert own.post(f"{PAGE}turn/privacy/", {"to": "on"}).status_code == 422


@pytest.mark.parametrize(("slug", "to"), [("weather", "on"), ("transfer-lock", "sideways")])
def test_switch_that_is_none_is_missing(own: Client, name: Domain, slug: str, to: str) -> None:
    assert own.post(f"{PAGE}turn/{slug}/", {"to": to}).status_code == 404


# --- nameservers ----------------------------------------------------------------------------------------------------


def test_nameservers_are_changed_and_shown(own: Client, name: Domain, settle: Callable[[], None]) -> None:
    servers = "ns1.münchen-dns.test\n ns2.harbor.test. "

    answer = own.post(PAGE + "nameservers/", {"choice": "own", "servers": servers})

    assert answer.status_code == 302
    settle()
    name.refresh_from_db()
    assert name.nameservers == ["ns1.xn--mnchen-dns-9db.test", "ns2.harbor.test"]
    assert "ns1.münchen-dns.test" in words_of(own.get(PAGE))


@pytest.mark.parametrize(
    ("servers", "said"),
    [
        ("ns1.harbor.test", "Enter 2 to"),
        ("ns1.harbor.test 192.0.2.1", "instead of its address"),
        ("ns1.harbor.test ns1.harbor.test", "is there twice"),
        ("", "Enter 2 to"),
    ],
)
def test_wrong_nameservers_are_told_beside_the_field(
    own: Client, name: Domain, servers: str, said: str
) -> None:
    answer = own.post(PAGE + "nameservers/", {"choice": "own", "servers": servers})

    assert answer.status_code == 422
    assert said in words_of(answer)
    assert servers in answer.content.decode()
    assert not Operation.objects.filter(kind="domain.nameservers").exists()


def test_same_nameservers_are_no_change(own: Client, name: Domain) -> None:
    answer = own.post(PAGE + "nameservers/", {"choice": "own", "servers": " ".join(name.nameservers)})

    assert answer.status_code == 422
    assert "It is like this already" in words_of(answer)


def test_nameservers_of_a_locked_name_say_what_to_do_first(own: Client, name: Domain) -> None:
    Domain.objects.filter(pk=name.pk).update(modification_lock=True)

    shown = own.get(PAGE + "nameservers/")
    sent = own.post(PAGE + "nameservers/", {"choice": "own", "servers": "ns1.harbor.test ns2.harbor.test"})

    assert (shown.status_code, sent.status_code) == (200, 422)
    assert "Lift the lock first" in words_of(shown)


# --- contacts ---------------------------------------------------------------------------------------------------------


def test_technical_contact_is_changed_and_the_others_stay(
    own: Client, name: Domain, settle: Callable[[], None], contact: Any
) -> None:
    name.refresh_from_db()
    owner, admin = name.owner_id, name.admin_id

    answer = own.post(PAGE + "contacts/", {"tech": contact.public_id, "admin": "", "billing": ""})

    assert answer.status_code == 302
    settle()
    settle()
    name.refresh_from_db()
    assert name.tech is not None
    assert name.tech.content["email"] == contact.email
    assert (name.owner_id, name.admin_id) == (owner, admin)
    assert Operation.objects.get(kind="domain.contacts").state == "succeeded"


def test_no_contact_chosen_is_asked_for(own: Client, name: Domain, contact: Any) -> None:
    answer = own.post(PAGE + "contacts/", {"tech": "", "admin": "", "billing": ""})

    assert answer.status_code == 422
    assert "at least one" in words_of(answer)


def test_contact_of_another_customer_is_none_to_choose(
    own: Client, name: Domain, contact: Any, make_customer: Callable[..., Any]
) -> None:
    contact.customer = make_customer("Somebody else")
    contact.save()

    answer = own.post(PAGE + "contacts/", {"tech": contact.public_id})

    assert answer.status_code == 422
    assert not Operation.objects.filter(kind="domain.contacts").exists()


def test_empty_book_leads_to_a_new_contact_and_back(own: Client, name: Domain, customer: Any) -> None:
    customer.contacts.all().delete()

    page = own.get(PAGE + "contacts/").content.decode()

    assert f"/contacts/new/?next={PAGE}contacts/" in page.replace("%2F", "/")


# --- renewals -------------------------------------------------------------------------------------------------------


def test_renewal_moves_the_date_and_takes_the_price_that_was_shown(
    own: Client, name: Domain, settle: Callable[[], None], customer: Any
) -> None:
    start, before = name.expires_on, ledger.balance(customer)
    assert start is not None
    sent = renewal(own, 2)

    assert own.post(PAGE + "renew/", sent).status_code == 302

    price = Decimal(sent["term"].partition("@")[2])
    assert ledger.balance(customer) == before - price
    assert ledger.held(customer) == price
    settle()
    name.refresh_from_db()
    assert name.expires_on == later(start, 2)
    assert (ledger.balance(customer), ledger.held(customer)) == (before - price, Decimal(0))


def test_double_click_renews_and_pays_once(
    own: Client, name: Domain, settle: Callable[[], None], sandbox: Any
) -> None:
    sent = renewal(own, 1)

    for _click in range(2):
        assert own.post(PAGE + "renew/", sent).status_code == 302
    settle()

    journal = control(sandbox, "GET", "/journal")["journal"]
    assert len([row for row in journal if (row["action"], row["subject"]) == ("domain/renew", NAME)]) == 1
    assert Operation.objects.filter(kind="domain.renew").count() == 1


def test_renewal_after_the_date_moved_asks_to_look_again(own: Client, name: Domain) -> None:
    sent = renewal(own, 1)
    assert name.expires_on is not None
    Domain.objects.filter(pk=name.pk).update(expires_on=name.expires_on + timedelta(days=365))

    answer = own.post(PAGE + "renew/", sent)

    assert answer.status_code == 422
    assert "expires on another day than was shown" in words_of(answer)
    shown = re.findall(r'name="expires_on" value="([^"]+)"', answer.content.decode())
    assert own.post(PAGE + "renew/", {**sent, "expires_on": shown[0]}).status_code == 302


def test_price_that_moved_is_not_taken(own: Client, name: Domain, catalogue: Any) -> None:
    sent = renewal(own, 1)
    Cost.objects.filter(tld__name="com", action="renew").update(amount=Decimal("99.00"))

    answer = own.post(PAGE + "renew/", sent)

    assert answer.status_code == 422
    assert "The price has changed" in words_of(answer)
    assert not Operation.objects.filter(kind="domain.renew").exists()


def test_wallet_that_lacks_the_money_says_how_much(own: Client, name: Domain) -> None:
    Cost.objects.filter(tld__name="com", action="renew").update(amount=Decimal("900.00"))

    answer = own.post(PAGE + "renew/", renewal(own, 1))

    assert answer.status_code == 422
    assert "Your wallet lacks" in words_of(answer)
    assert not Operation.objects.filter(kind="domain.renew").exists()


def test_name_without_a_price_is_not_renewed_but_asked_about(own: Client, name: Domain) -> None:
    Cost.objects.filter(tld__name="com", action="renew").delete()

    page = own.get(PAGE + "renew/")

    assert "Please ask us" in words_of(page)


def test_unknown_outcome_of_a_renewal_is_looked_into_and_paid_once(
    own: Client, name: Domain, settle: Callable[[], None], sandbox: Any, customer: Any
) -> None:
    fault = {"family": "mrdomain", "action": "domain/renew", "kind": "reset_after", "times": 1}
    control(sandbox, "POST", "/faults", fault)
    before, sent = ledger.balance(customer), renewal(own, 1)

    own.post(PAGE + "renew/", sent)
    settle()

    operation = Operation.objects.get(kind="domain.renew")
    assert operation.state == "succeeded"
    assert ledger.balance(customer) == before - Decimal(sent["term"].partition("@")[2])


# --- who may ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["turn/transfer-lock/", "nameservers/", "contacts/", "renew/"])
def test_others_cannot_change_a_name(
    colleague: Client, stranger: Client, client: Client, name: Domain, address: str
) -> None:
    page = colleague.get(PAGE).content.decode()

    assert "/turn/" not in page
    assert f"{PAGE}nameservers/" not in page
    assert f"{PAGE}contacts/" not in page
    assert colleague.post(PAGE + address).status_code == 403
    assert stranger.post(PAGE + address).status_code == 404
    assert client.post(PAGE + address).status_code == 302
    assert Operation.objects.exclude(kind="domain.refresh").count() == 0
