"""Sharing names with people: presets, invitation, change, end, e-mails, who may do it, and what is written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from panel.access.granting import NothingLent, lend
from panel.access.models import Grant, GrantEvent
from panel.access.parts import Level, Part
from panel.domain import handovers
from panel.domain.assignment import assign
from panel.domain.models import Domain
from panel.people.models import Invitation, Membership, User
from panel.sharing.presets import PRESETS
from tests.selfservice.lending import READ, WRITE, lent
from tests.selfservice.pages import words_of

NAME = "lent-name.com"
NEW = "/access/new/"
AGENCY = {"dns_zone": "write", "mailboxes": "write", "mail_aliases": "write"}


@pytest.fixture
def name(make_domain: Callable[..., Any], catalogue: Any) -> Domain:
    domain: Domain = make_domain(NAME)
    return domain


@pytest.fixture
def agency(make_user: Callable[..., Any]) -> Any:
    return make_user("agency@demo.test")


def by_hand(**levels: str) -> dict[str, str]:
    """A form in which parts are chosen one by one."""
    return {"preset": "by-hand", **{f"part-{part}": level for part, level in levels.items()}}


def share(browser: Client, **values: str) -> Any:
    """Ask for the web agency's preset, or for something else."""
    return browser.post(NEW, {"email": "Agency@Demo.test", "names": NAME, "preset": "agency", **values})


def link_in(message: Any) -> str:
    """The path that an invitation leads to."""
    found = re.search(r"https?://[^/\s]+(/accounts/invitation/\S+/)", message.body)
    assert found is not None, message.body
    return found.group(1)


# --- inviting ---------------------------------------------------------------------------------------------------------


def test_person_without_an_account_is_invited_accepts_and_has_what_was_lent(
    own: Client, name: Domain, owner: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = share(own, until=str(timezone.localdate() + timedelta(days=30)), note="Relaunch")
    (message,) = mail.outbox
    newcomer = Client()

    shown = words_of(newcomer.get(link_in(message)))
    accepted = newcomer.post(link_in(message), {"name": "Agency", "password": "correct horse battery"})

    assert response["Location"] == f"/domains/{NAME}/access/"
    assert message.to == ["agency@demo.test"]
    assert message.from_email.startswith("Nameward")
    for text in (message.body, shown):
        assert NAME in text
        assert "Change: DNS records, Mailboxes, Mail aliases" in text
        assert "Relaunch" in text
    assert accepted.status_code == 302
    grant = Grant.objects.get()
    assert (grant.user, grant.levels) == (User.objects.get(email="agency@demo.test"), AGENCY)
    assert not Membership.objects.filter(user=grant.user).exists()
    assert newcomer.get(f"/domains/{NAME}/").status_code == 200
    assert [event.what for event in grant.events.all()] == ["invited", "accepted"]
    assert grant.events.first().actor == owner  # type: ignore[union-attr]


def test_nothing_is_lent_before_the_invitation_is_accepted(
    own: Client, name: Domain, agency: Any, signed_in: Callable[[Any], Client]
) -> None:
    share(own)

    assert signed_in(agency).get(f"/domains/{NAME}/").status_code == 302
    assert "Invited" in words_of(own.get(f"/domains/{NAME}/access/"))


def test_whoever_accepted_before_has_further_names_at_once_and_is_told(
    own: Client,
    name: Domain,
    agency: Any,
    make_domain: Callable[..., Any],
    signed_in: Callable[[Any], Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    lent(name, agency, READ, Part.DNS_ZONE)
    make_domain("another.com")
    make_domain("third.com")

    with django_capture_on_commit_callbacks(execute=True):
        share(own, names="another.com\nthird.com", preset="mail")

    (message,) = mail.outbox
    assert "shared with you" in message.subject
    assert "another.com" in message.body
    assert "third.com" in message.body
    assert "/shared/" in message.body
    assert signed_in(agency).get("/domains/third.com/").status_code == 200
    assert not Invitation.objects.exists()


def test_person_who_is_invited_as_a_member_as_well_becomes_both(
    own: Client, name: Domain, customer: Any, owner: Any, agency: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from panel.people.invitations import invite

    with django_capture_on_commit_callbacks(execute=True):
        share(own)
        invite(customer, "agency@demo.test", "reader", invited_by=owner, address="http://testserver")

    Client().post(link_in(mail.outbox[-1]))

    assert Membership.objects.get(user=agency).role == "reader"
    assert Grant.objects.get().user == agency


def test_invitation_can_be_sent_again(
    own: Client, name: Domain, django_capture_on_commit_callbacks: Any
) -> None:
    share(own)
    grant = Grant.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        response = own.post(f"/access/{grant.public_id}/invite/")

    assert response.status_code == 302
    assert [message.to for message in mail.outbox] == [["agency@demo.test"]]
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_preset_lends_what_it_says(own: Client, name: Domain, preset: Any) -> None:
    share(own, preset=preset.key)

    assert Grant.objects.get().levels == {part.value: level.value for part, level in preset.levels.items()}


def test_web_agency_is_dns_records_and_mailboxes() -> None:
    levels = next(preset for preset in PRESETS if preset.key == "agency").levels

    assert {part.value: level.value for part, level in levels.items()} == AGENCY


def test_parts_can_be_chosen_one_by_one(own: Client, name: Domain) -> None:
    share(own, **by_hand(dns_zone="read", ftp="write", dnssec="disabled"))

    assert Grant.objects.get().levels == {"dns_zone": "read", "ftp": "write"}


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"email": "nobody"}, "email", "valid email"),
        ({"email": "owner@demo.test"}, "email", "acts for the customer already"),
        ({"names": "stranger.com"}, "names", "There is no such name: stranger.com"),
        ({"names": ""}, "names", "required"),
        ({"preset": "by-hand"}, "preset", "at least one part"),
        ({"preset": "nonsense"}, "preset", "valid choice"),
        ({"until": "2020-01-01"}, "until", "This day is over"),
        (by_hand(auth_code="write"), "part-auth_code", "valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_entered_stays(
    own: Client,
    name: Domain,
    make_customer: Any,
    make_domain: Any,
    values: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    make_domain("stranger.com", customer=make_customer("Strange Ltd"))

    response = share(own, note="keep me", **values)

    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors[field])
    assert "keep me" in response.content.decode()
    assert not Grant.objects.exists()


def test_sharing_again_changes_what_is_lent(own: Client, name: Domain, agency: Any) -> None:
    lent(name, agency, READ, Part.DNS_ZONE)

    share(own, preset="mail")

    grant = Grant.objects.get()
    assert grant.levels == {"mailboxes": "write", "mail_aliases": "write"}
    assert [event.what for event in grant.events.all()] == ["changed"]


def test_lending_nothing_is_refused_by_the_service_and_by_the_database(
    name: Domain, owner: Any, agency: Any
) -> None:
    with pytest.raises(NothingLent):
        lend(name.customer, [name], "a@demo.test", {Part.FTP: Level.DISABLED}, by=owner, address="")  # type: ignore[arg-type]
    with pytest.raises(IntegrityError), transaction.atomic():
        lent(name, agency, READ)


# --- changing and ending ----------------------------------------------------------------------------------------------


def test_change_holds_at_once_and_the_person_is_told(
    own: Client,
    name: Domain,
    agency: Any,
    signed_in: Callable[[Any], Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    grant = lent(name, agency, WRITE, Part.NAMESERVERS)
    browser = signed_in(agency)
    assert browser.get(f"/domains/{NAME}/nameservers/").status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        response = own.post(f"/access/{grant.public_id}/", by_hand(nameservers="read"))

    assert response.status_code == 302
    assert browser.get(f"/domains/{NAME}/nameservers/").status_code == 403
    assert "has changed" in mail.outbox[0].subject


def test_change_of_nothing_is_no_event(own: Client, name: Domain, agency: Any) -> None:
    grant = lent(name, agency, READ, Part.NAMESERVERS)

    own.post(f"/access/{grant.public_id}/", by_hand(nameservers="read"))

    assert not grant.events.exists()


def test_end_holds_at_once_is_told_and_can_be_shared_again(
    own: Client,
    name: Domain,
    agency: Any,
    signed_in: Callable[[Any], Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    grant = lent(name, agency, WRITE, *Part)
    browser = signed_in(agency)

    with django_capture_on_commit_callbacks(execute=True):
        own.post(f"/access/{grant.public_id}/revoke/")
        own.post(f"/access/{grant.public_id}/revoke/")

    assert browser.get(f"/domains/{NAME}/").status_code == 302
    assert [message.subject for message in mail.outbox] == [f"Nameward: your access to {NAME} has ended"]
    assert list(GrantEvent.objects.values_list("what", flat=True)) == ["revoked"]
    share(own)
    assert Grant.objects.filter(revoked_at=None).count() == 1


def test_handing_the_name_over_ends_what_was_lent_for_good(
    name: Domain,
    agency: Any,
    owner: Any,
    make_customer: Any,
    make_user: Any,
    operator: Any,
    customer: Any,
    staff: Any,
) -> None:
    from panel.access.actor import actor_for

    grant = lent(name, agency, WRITE, *Part)
    make_user("next@demo.test", customer=make_customer("Next Ltd"))
    offered = handovers.offer(name, "next@demo.test", actor=owner)
    taker = actor_for(User.objects.get(email="next@demo.test"), operator)
    assert taker is not None

    handovers.accept(offered, taker)
    assign(Domain.objects.filter(pk=name.pk), customer, staff)

    grant.refresh_from_db()
    assert grant.revoked_at is not None
    assert actor_for(agency, operator) is None


# --- who sees and who decides -----------------------------------------------------------------------------------------


def test_owner_sees_who_can_do_what(own: Client, name: Domain, agency: Any) -> None:
    lent(name, agency, READ, Part.DNS_ZONE, note="Audit")

    of_name = words_of(own.get(f"/domains/{NAME}/access/"))
    of_all = words_of(own.get("/access/"))
    of_domain = words_of(own.get(f"/domains/{NAME}/"))

    for page in (of_name, of_all, of_domain):
        assert "DNS records" in page
    assert "agency@demo.test" in of_name
    assert "Audit" in of_name
    assert "Owner: everything" in of_name


@pytest.mark.parametrize("role", ["reader", "manager"])
def test_only_owners_decide_who_else_may(
    make_user: Any, customer: Any, signed_in: Any, name: Domain, agency: Any, role: str
) -> None:
    grant = lent(name, agency, READ, Part.DNS_ZONE)
    browser = signed_in(make_user("other@demo.test", customer=customer, role=role))

    assert browser.get("/access/").status_code == 200
    assert browser.get(f"/access/{grant.public_id}/").status_code == 200
    for address in (NEW, f"/access/{grant.public_id}/", f"/access/{grant.public_id}/revoke/"):
        assert browser.post(address, by_hand(ftp="write")).status_code == 403
    assert browser.get(NEW).status_code == 403
    grant.refresh_from_db()
    assert grant.levels == {"dns_zone": "read"}


def test_stranger_finds_no_grant_of_others(stranger: Client, name: Domain, agency: Any) -> None:
    grant = lent(name, agency, READ, Part.DNS_ZONE)

    assert stranger.get(f"/access/{grant.public_id}/").status_code == 404
    assert stranger.post(f"/access/{grant.public_id}/revoke/").status_code == 404
    assert stranger.get(f"/domains/{NAME}/access/").status_code == 404
    assert "agency@demo.test" not in words_of(stranger.get("/access/"))


def test_staff_and_the_brands_people_see_and_change_the_same(
    staff: Any,
    signed_in: Any,
    name: Domain,
    agency: Any,
    make_user: Any,
    alder: Any,
    make_customer: Any,
    make_domain: Any,
) -> None:
    grant = lent(name, agency, READ, Part.DNS_ZONE)
    elsewhere = make_domain("alder-name.com", customer=make_customer("Alder's", brand=alder))
    theirs = lent(elsewhere, agency, READ, Part.DNS_ZONE)
    office = signed_in(staff)
    runner = Client(headers={"host": "alder.localhost"})
    runner.force_login(
        make_user("runner@demo.test", brand=alder), backend="panel.people.backends.BrandAuthenticationBackend"
    )

    for browser, prefix, seen in ((office, "/office", grant), (runner, "/brand", theirs)):
        assert seen.domain.name in words_of(browser.get(f"{prefix}/access/"))
        assert "agency@demo.test" in words_of(browser.get(f"{prefix}/domains/{seen.domain.name}/access/"))
        changed = browser.post(f"{prefix}/access/{seen.public_id}/", by_hand(mailboxes="write"))
        assert changed.status_code == 302
        seen.refresh_from_db()
        assert seen.levels == {"mailboxes": "write"}
    assert NAME not in words_of(runner.get("/brand/access/"))
    assert runner.get(f"/brand/access/{grant.public_id}/").status_code == 404
    # Which member of the staff it was is nobody's affair but the staff's.
    page = words_of(office.get(f"/office/access/{grant.public_id}/"))
    assert str(staff) in page


def test_customer_reads_that_our_staff_did_it(
    own: Client, staff: Any, signed_in: Any, name: Domain, agency: Any
) -> None:
    grant = lent(name, agency, READ, Part.DNS_ZONE)
    signed_in(staff).post(f"/office/access/{grant.public_id}/", by_hand(mailboxes="write"))

    page = words_of(own.get(f"/access/{grant.public_id}/"))

    assert "our staff" in page
    assert str(staff) not in page


def test_staff_cannot_share_names_of_several_customers_or_of_nobody(
    staff: Any, signed_in: Any, name: Domain, make_domain: Any, make_customer: Any
) -> None:
    make_domain("other.com", customer=make_customer("Other Ltd"))
    make_domain("nobodys.com", customer=None)
    office = signed_in(staff)

    for names, sentence in (
        (f"{NAME}\nother.com", "several customers"),
        ("nobodys.com", "belongs to no customer"),
    ):
        response = office.post(
            "/office/access/new/", {"email": "a@demo.test", "names": names, "preset": "agency"}
        )
        assert response.status_code == 422
        assert sentence in words_of(response)


@pytest.mark.parametrize("state", ["access", "invited", "over"])
def test_list_is_filtered_by_state(own: Client, name: Domain, agency: Any, state: str) -> None:
    today = timezone.localdate()
    lent(name, agency, READ, Part.DNS_ZONE, email="access@demo.test")
    lent(name, agency, READ, Part.DNS_ZONE, email="invited@demo.test", user_id=None)
    lent(name, agency, READ, Part.DNS_ZONE, email="over@demo.test", until=today - timedelta(days=1))

    page = words_of(own.get("/access/", {"state": state}))

    assert {word for word in ("access", "invited", "over") if f"{word}@demo.test" in page} == {state}


def test_invitation_is_in_the_brands_name_and_leads_to_the_brands_host(
    alder: Any,
    make_user: Any,
    make_customer: Any,
    make_domain: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    theirs = make_customer("Rowan Books", brand=alder)
    make_domain("rowan.com", customer=theirs)
    browser = Client(headers={"host": "alder.localhost"})
    browser.force_login(
        make_user("rowan@demo.test", customer=theirs),
        backend="panel.people.backends.BrandAuthenticationBackend",
    )

    with django_capture_on_commit_callbacks(execute=True):
        share(browser, names="rowan.com")
    (message,) = mail.outbox
    newcomer = Client(headers={"host": "alder.localhost"})
    newcomer.post(link_in(message), {"name": "Agency", "password": "correct horse battery"})

    assert message.from_email.startswith("Alder Hosting")
    assert "alder.localhost" in message.body
    assert "Nameward" not in f"{message.subject} {message.body}"
    assert "rowan.com" in words_of(newcomer.get("/shared/"))
    # On another brand's host the person has no business.
    elsewhere = Client()
    elsewhere.force_login(
        User.objects.get(email="agency@demo.test"),
        backend="panel.people.backends.BrandAuthenticationBackend",
    )
    assert elsewhere.get("/shared/").status_code == 302
