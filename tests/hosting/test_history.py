"""What happened to a name's hosting stands in the name's own history, for those who may see the thing it is about."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panel.access.parts import Part
from panel.domain.assignment import assign
from panel.domain.models import Domain
from panel.hosting.models import Mailbox, Price
from panel.hosting.operations_mail import CreateMailbox
from panel.hosting.plan_services import plan_upgrade, upgrades_of
from panel.hosting.queries import plan_of
from panel.hosting.services import plan_create
from panel.operation.models import Operation
from panel.operation.states import State
from panel.operation.transition import move
from tests.hosting.scenes import BASIC, SECRET, page
from tests.selfservice.lending import READ, lent
from tests.selfservice.pages import words_of

NAME_PAGE = f"/domains/{BASIC}/"
HISTORY = f"{NAME_PAGE}history/"


def mailbox(domain: Domain, local: str, actor: Any) -> Operation:
    """A mailbox that is being made."""
    return plan_create(
        CreateMailbox, domain, f"{local}@{BASIC}", actor=actor, secrets={"password": SECRET}, key=local
    )


@pytest.fixture
def browser_of(sign_in: Any, make_user: Any, make_customer: Any) -> Callable[..., Client]:
    """`browser_of("dns", domain, Part.DNS_ZONE)`: somebody of another customer to whom parts of the name are lent."""

    def lend(word: str, domain: Domain, *parts: Part) -> Client:
        user = make_user(f"{word}@demo.test", customer=make_customer(f"{word} Ltd"))
        lent(domain, user, READ, *parts)
        return sign_in(user)

    return lend


def test_history_tells_what_was_done_to_which_thing_and_no_secret(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], sign_in: Any, staff: Any
) -> None:
    held(BASIC)
    old = Mailbox.objects.get(name=f"hola@{BASIC}")
    own.post(page(BASIC, "mailboxes"), {"name": "ventas", "password": SECRET, "form": "a"})
    own.post(
        page(BASIC, "redirects"),
        {
            "name": f"www.{BASIC}/tienda/", "destination": "https://shop.test/a?key=unsaid-4711", "type": "permanent",
            "form": "b",
        },
    )  # fmt: skip
    own.post(page(BASIC, "mailboxes", old.public_id), {"delete": old.name})
    meanwhile = words_of(own.get(HISTORY))
    settle()
    pages = [own.get(HISTORY), own.get(NAME_PAGE)]
    office = sign_in(staff).get(f"/office{HISTORY}")

    assert f"New mailbox: ventas@{BASIC}" in meanwhile
    for answer in pages:
        told = words_of(answer)
        assert f"Mailbox created: ventas@{BASIC}" in told
        assert f"Web forward created: http://www.{BASIC}/tienda/" in told
        assert "It leads to https://shop.test/a." in told
        assert f"Mailbox deleted: {old.name}" in told
    assert f"New mailbox (ventas@{BASIC})" in words_of(office)
    for answer in (*pages, office):
        assert SECRET not in answer.content.decode()
        assert "unsaid-4711" not in answer.content.decode()


def test_history_of_a_lent_name_tells_of_the_parts_that_are_lent_alone(
    own: Client, owner: Any, operator: Any, held: Callable[..., Domain], browser_of: Callable[..., Client]
) -> None:
    domain = held(BASIC)
    for key, amount in (("basic", 40), ("professional", 80)):
        Price.objects.create(brand=operator, product_key=key, amount=Decimal(amount), currency="EUR")
    mailbox(domain, "ventas", owner)
    plan = plan_of(domain)
    assert plan is not None
    larger = next(offer for offer in upgrades_of(domain, plan) if offer.key == "professional")
    plan_upgrade(domain, "professional", larger.price, actor=owner)

    own_people = words_of(own.get(NAME_PAGE))
    with_mailboxes = words_of(browser_of("mail", domain, Part.MAILBOXES).get(NAME_PAGE))
    with_others = words_of(browser_of("dns", domain, Part.DNS_ZONE, Part.FTP).get(NAME_PAGE))

    assert f"ventas@{BASIC}" in own_people
    assert "Larger hosting plan: Professional Hosting" in own_people
    assert f"New mailbox: ventas@{BASIC}" in with_mailboxes
    assert "Professional Hosting" not in with_mailboxes
    assert "ventas" not in with_others
    assert "New mailbox" not in with_others
    assert "Professional Hosting" not in with_others
    assert browser_of("whole", domain, *Part).get(HISTORY).status_code == 404


def test_new_customer_reads_nothing_of_what_was_made_before_the_name_was_theirs(
    held: Callable[..., Domain],
    owner: Any,
    staff: Any,
    sign_in: Any,
    make_user: Any,
    make_customer: Callable[..., Any],
) -> None:
    domain = held(BASIC)
    made = mailbox(domain, "ventas", owner)
    move(made.pk, State.SENDING)
    move(made.pk, State.FAILED, reason="limit_reached")
    other = make_customer("Birch")

    assign(Domain.objects.filter(pk=domain.pk), other, staff)

    told = words_of(sign_in(make_user("birch@demo.test", customer=other)).get(HISTORY))
    office = words_of(sign_in(staff).get(f"/office{HISTORY}"))
    assert "Put into your account by us" in told
    assert "ventas" not in told
    assert f"(ventas@{BASIC})" in office


def test_history_takes_the_same_queries_however_many_mailboxes_were_made(
    own: Client, held: Callable[..., Domain], owner: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            own.get(HISTORY)
        return len(captured)

    domain = held(BASIC)
    mailbox(domain, "one", owner)
    own.get(HISTORY)
    few = queries()
    for number in range(12):
        mailbox(domain, f"box-{number}", owner)

    assert queries() == few
    assert Mailbox.objects.filter(domain=domain).count() == 3
