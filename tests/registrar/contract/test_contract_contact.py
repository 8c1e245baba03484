"""Module contact, over every family."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.errors import NotFound, RegistrarError
from registrar.types import Contact
from tests.registrar.contract.contract import Door, promise


def created(door: Door, content: Contact | None = None) -> str:
    record = door.settled(door.driver.contacts.create(content or door.profile.contact, tld="com"))
    assert record is not None
    assert record.handle
    return record.handle


def kept(door: Door, content: Contact) -> dict[str, str]:
    return {name: getattr(content, name).casefold() for name in door.profile.contact_kept}


@promise("contact.create", "contact.info")
def test_contact_is_read_back_under_its_handle(door: Door) -> None:
    handle = created(door)

    record = door.driver.contacts.info(handle)

    assert record.handle == handle
    assert kept(door, record.contact) == kept(door, door.profile.contact)
    assert record.contact.type is door.profile.contact.type
    assert len(door.journal()) == 1


@promise("contact.create", "contact.list")
def test_contact_is_in_the_list(door: Door) -> None:
    handle = created(door)

    page = door.driver.contacts.list()

    assert handle in {summary.handle for summary in page.items}
    assert page.total >= len(page.items) > 1


@promise("contact.info")
def test_contact_that_is_not_there_is_not_found(door: Door) -> None:
    with pytest.raises(NotFound):
        door.driver.contacts.info(door.profile.missing_handle)


@promise("contact.create", "contact.update", "contact.info")
def test_contact_changes_its_content(door: Door) -> None:
    handle = created(door)
    content = replace(door.profile.contact, email="lamp@lamps.example", city="Lyon", postal_code="69001")

    door.settled(door.driver.contacts.update(handle, content, tld="com"))

    assert kept(door, door.driver.contacts.info(handle).contact) == kept(door, content)


@promise("contact.update")
def test_contact_that_is_not_there_cannot_change(door: Door) -> None:
    with pytest.raises(NotFound):
        door.driver.contacts.update(door.profile.missing_handle, door.profile.contact)
    assert door.journal() == []


@promise("contact.create", "contact.delete", "contact.list")
def test_deleted_contact_is_gone(door: Door) -> None:
    handle = created(door)

    door.settled(door.driver.contacts.delete(handle))

    assert handle not in {summary.handle for summary in door.driver.contacts.list().items}


@promise("contact.delete", "domain.contacts", "contact.info")
def test_contact_of_a_domain_cannot_be_deleted(door: Door) -> None:
    owner = door.driver.domains.contacts(door.profile.own).owner
    assert owner is not None

    # Not every registrar documents a code for it; none of them may say that it is deleted.
    with pytest.raises(RegistrarError):
        door.driver.contacts.delete(owner.handle)
    assert door.driver.contacts.info(owner.handle).handle == owner.handle


@promise("contact.resend_verification", "contact.create", "domain.create")
def test_verification_is_asked_for_again(door: Door) -> None:
    handle = created(door)
    door.driver.domains.create(replace(door.order(), owner=handle))
    before = len(door.journal())

    door.settled(door.driver.contacts.resend_verification(handle))

    assert len(door.journal()) == before + 1
