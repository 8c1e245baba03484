"""Whether a contact's address is confirmed: told on its page, asked again, and read from the registrar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.account.models import Account
from panel.contact.models import Contact, ContactHandle, fingerprint
from panel.contact.verification import confirmation_of
from panel.domain.models import Domain
from panel.operation.models import Operation
from tests.conftest import control
from tests.selfservice.bulk import words_of


@pytest.fixture
def handle(registrar_account: Account, contact: Contact, sandbox: Any) -> ContactHandle:
    """The contact's copy at a registrar that asks for confirmations, as somebody whom it knows there."""
    known = control(sandbox, "GET", "/state/mrdomain")["contacts"][0]["contactID"]
    return set_there(
        sandbox,
        ContactHandle.objects.create(
            account=registrar_account, contact=contact, handle=known, fingerprint=fingerprint(contact.content()),
            verification="in_process",
        ),
        "inprocess",
    )  # fmt: skip


def set_there(sandbox: Any, handle: ContactHandle, word: str) -> ContactHandle:
    """The registrar shows this state."""
    control(
        sandbox, "POST", "/world/mrdomain", {"contact": handle.handle, "set": {"verificationstatus": word}}
    )
    return handle


def page_of(contact: Contact) -> str:
    return f"/contacts/{contact.public_id}/"


@pytest.mark.parametrize(
    ("states", "worst"),
    [
        (["verified"], "verified"),
        (["verified", "in_process"], "in_process"),
        (["in_process", "failed", "verified"], "failed"),
        (["unknown"], None),
        (["not_applicable"], None),
        ([], None),
    ],
)
def test_contact_stands_as_the_worst_of_its_copies(
    registrar_account: Account, contact: Contact, states: list[str], worst: str | None
) -> None:
    for number, state in enumerate(states):
        ContactHandle.objects.create(
            account=registrar_account, contact=contact, handle=f"H{number}", verification=state
        )

    found = confirmation_of(contact)

    assert (found.state if found else None) == worst


def test_registrar_that_asks_nobody_tells_nothing(contact: Contact) -> None:
    account = Account.objects.create(
        label="Netim", family="netim", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )
    ContactHandle.objects.create(account=account, contact=contact, handle="N1", verification="in_process")

    assert confirmation_of(contact) is None


def test_page_tells_it_with_the_names_it_is_about(
    own: Client, contact: Contact, handle: ContactHandle, make_domain: Callable[..., Domain]
) -> None:
    make_domain("waits.com", owner=handle, owner_verification="in_process")
    make_domain("fine.com", owner=handle, owner_verification="verified")

    page = words_of(own.get(page_of(contact)))

    assert "Waits for confirmation" in page
    assert "waits.com" in page
    assert "fine.com" not in page
    assert "MrDomain" not in page


def test_e_mail_is_sent_again_and_the_page_follows(
    own: Client, contact: Contact, handle: ContactHandle, run_due: Callable[..., int], sandbox: Any
) -> None:
    own.post(f"{page_of(contact)}confirm/", {"do": "resend"})
    own.post(f"{page_of(contact)}confirm/", {"do": "resend"})
    during = words_of(own.get(page_of(contact)))
    run_due(hurry=True)

    operation = Operation.objects.get(kind="contact.resend_verification")
    sent = [
        row
        for row in control(sandbox, "GET", "/journal")["journal"]
        if row["action"] == "contact/resendverificationmail"
    ]
    assert "Being checked" in during
    assert operation.state == "succeeded", operation.note
    assert len(sent) == 1


def test_nothing_is_sent_where_it_was_confirmed_meanwhile(
    own: Client, contact: Contact, handle: ContactHandle, run_due: Callable[..., int], sandbox: Any
) -> None:
    set_there(sandbox, handle, "verified")
    own.post(f"{page_of(contact)}confirm/", {"do": "resend"})

    run_due(hurry=True)

    handle.refresh_from_db()
    assert Operation.objects.get().state == "succeeded"
    assert handle.verification == "verified"
    assert "Confirmed" in words_of(own.get(page_of(contact)))


def test_checking_reads_what_the_registrar_shows(
    own: Client, contact: Contact, handle: ContactHandle, run_due: Callable[..., int], sandbox: Any
) -> None:
    set_there(sandbox, handle, "failed")
    own.post(f"{page_of(contact)}confirm/", {"do": "check"})

    run_due(hurry=True)

    assert "Not confirmed in time" in words_of(own.get(page_of(contact)))


def test_contact_without_anything_to_confirm_asks_nobody(own: Client, contact: Contact) -> None:
    answer = own.post(f"{page_of(contact)}confirm/", {"do": "resend"}, follow=True)

    assert "There is nothing left to confirm." in words_of(answer)
    assert not Operation.objects.exists()


def test_others_cannot_have_anybody_asked(
    stranger: Client, colleague: Client, contact: Contact, handle: ContactHandle
) -> None:
    assert stranger.post(f"{page_of(contact)}confirm/", {"do": "resend"}).status_code == 404
    assert colleague.post(f"{page_of(contact)}confirm/", {"do": "resend"}).status_code == 403
    assert "Send the e-mail again" not in words_of(colleague.get(page_of(contact)))
    assert not Operation.objects.exists()
