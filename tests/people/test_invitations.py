"""Invitations: sent once, accepted once, on the right host, by whoever reads the mailbox."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from panel.people import invitations
from panel.people.invitations import NotOpen, accept, find, invite, token_of
from panel.people.models import Invitation, Membership, Role, User

ADDRESS = "http://testserver/"


@pytest.fixture
def invitation(customer: Any, owner: Any, django_capture_on_commit_callbacks: Any) -> Invitation:
    """The owner invites a manager."""
    with django_capture_on_commit_callbacks(execute=True):
        return invite(customer, "New@Demo.test", Role.MANAGER, invited_by=owner, address=ADDRESS)


def test_invite_sends_a_mail_with_a_link_that_works(
    client: Client, invitation: Invitation, mailoutbox: list[Any]
) -> None:
    (mail,) = mailoutbox
    link = re.search(r"http://testserver(/accounts/invitation/\S+)", mail.body)

    assert link
    assert mail.to == ["new@demo.test"]
    assert mail.subject == "Nameward: an invitation for you"
    assert client.get(link[1]).status_code == 200
    invitation.refresh_from_db()
    assert invitation.sent_at is not None


def test_invite_twice_renews_the_open_invitation(invitation: Invitation, customer: Any, owner: Any) -> None:
    again = invite(customer, "new@demo.test", Role.READER, invited_by=owner, address=ADDRESS)

    assert again.pk == invitation.pk
    assert again.role == Role.READER
    assert Invitation.objects.count() == 1


def test_invite_while_the_mail_server_is_away_keeps_the_invitation_unsent(
    customer: Any, owner: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    with django_capture_on_commit_callbacks(execute=True):
        made = invite(customer, "new@demo.test", Role.READER, invited_by=owner, address=ADDRESS)

    made.refresh_from_db()
    assert made.sent_at is None
    assert made.is_open


def test_accept_by_a_new_person_makes_an_account_and_signs_in(client: Client, invitation: Invitation) -> None:
    page = f"/accounts/invitation/{token_of(invitation)}/"

    weak = client.post(page, {"name": "Nora New", "password": "12345"})
    done = client.post(page, {"name": "Nora New", "password": "four unrelated words"})
    again = client.get(page)

    person = User.objects.get(email="new@demo.test")
    assert weak.status_code == 422
    assert done.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert Membership.objects.get(user=person).role == Role.MANAGER
    assert EmailAddress.objects.get(user=person).verified
    assert again.status_code == 410


def test_accept_by_a_known_person_keeps_the_password(
    client: Client, invitation: Invitation, make_user: Any
) -> None:
    person = make_user("new@demo.test")

    client.post(f"/accounts/invitation/{token_of(invitation)}/", {"password": "not mine to set"})

    person.refresh_from_db()
    assert person.check_password("nameward-demo")
    assert person.memberships.get().role == Role.MANAGER
    assert "_auth_user_id" not in client.session


def test_accept_twice_is_refused(invitation: Invitation) -> None:
    accept(invitation, name="Nora", password="four unrelated words")

    with pytest.raises(NotOpen):
        accept(invitation, name="Nora", password="four unrelated words")
    assert Membership.objects.filter(user__email="new@demo.test").count() == 1


def test_find_refuses_what_is_old_forged_or_of_another_brand(
    invitation: Invitation, operator: Any, alder: Any
) -> None:
    token = token_of(invitation)
    here = find(token, operator)
    forged = find(token[:-2] + "xx", operator)
    elsewhere = find(token, alder)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert here == invitation
    assert forged is None
    assert elsewhere is None
    assert find(token, operator) is None


def test_link_lives_no_longer_than_promised(invitation: Invitation) -> None:
    assert invitation.expires_at - timezone.now() <= invitations.VALID
