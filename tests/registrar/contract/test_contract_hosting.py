"""Module hosting, over every family: plans, and what belongs to them or to a domain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.errors import InvalidRequest, NotFound, RegistrarError
from registrar.types import (
    HostingStatus,
    MailAlias,
    Mailbox,
    Redirect,
    RedirectType,
    RenewalMode,
)
from tests.registrar.contract.contract import Door, promise

PASSWORD = "Canary-word-1"
TARGETS = ("a@lamps.example", "b@lamps.example")


def plan(door: Door) -> str:
    return door.profile.special.get("plan", door.profile.hosted)


def redirect(door: Door) -> Redirect:
    form = "http://old.{}/" if door.profile.redirects_from_addresses else "old.{}"
    return Redirect(form.format(plan(door)), "https://lamps.example/", RedirectType.PERMANENT)


def mailbox(door: Door) -> Mailbox:
    created = door.settled(door.driver.hosting.create_mailbox(plan(door), "lamp", PASSWORD))
    assert created is not None
    return created


def alias(door: Door) -> MailAlias:
    created = door.settled(door.driver.hosting.create_mail_alias(plan(door), "all", TARGETS))
    assert created is not None
    return created


@promise("hosting.list", "hosting.info")
def test_plans_are_listed_as_they_are_shown(door: Door) -> None:
    page = door.driver.hosting.list()

    assert page.total == len(page.items)
    (listed,) = door.driver.hosting.list(name=plan(door)).items
    shown = door.driver.hosting.info(plan(door))
    assert (listed.name, listed.status, listed.expires_on) == (shown.name, shown.status, shown.expires_on)


@promise("hosting.info")
def test_plan_of_somebody_else_is_not_found(door: Door) -> None:
    with pytest.raises(NotFound):
        door.driver.hosting.info(door.profile.taken)


@promise("hosting.resources", "hosting.servers", "hosting.php", "hosting.error_log")
def test_plan_tells_of_its_parts(door: Door) -> None:
    hosting, name = door.driver.hosting, plan(door)

    for meter in hosting.resources(name).values():
        assert meter.maximum is None or 0 <= meter.used <= meter.maximum
    assert hosting.servers(name).ftp
    assert hosting.php(name).available
    assert all("\n" not in line for line in hosting.error_log(name))


@promise("hosting.create", "hosting.info")
def test_plan_is_bought_and_active_in_the_end(door: Door) -> None:
    name, before = door.profile.special["new plan"], door.balance()

    door.settled(door.driver.hosting.create(name, door.profile.special["plan product"], years=1))

    assert door.driver.hosting.info(name).status is HostingStatus.ACTIVE
    assert float(door.balance()) < float(before)


@promise("hosting.renew", "hosting.info")
def test_plan_is_renewed(door: Door) -> None:
    name = door.profile.special["renewable plan"]
    before = door.driver.hosting.info(name).expires_on
    assert before is not None

    door.settled(door.driver.hosting.renew(name, years=1))

    after = door.driver.hosting.info(name).expires_on
    assert after is not None
    assert after.year == before.year + 1


@promise("hosting.upgrade", "hosting.info")
def test_plan_becomes_a_higher_one(door: Door) -> None:
    higher = door.profile.special["higher product"]

    outcome = door.settled(door.driver.hosting.upgrade(plan(door), higher))

    assert outcome is not None
    assert outcome.product_key == higher


@promise("hosting.set_renewal_mode", "hosting.info")
def test_renewal_mode_of_a_plan_is_read_back(door: Door) -> None:
    for mode in (RenewalMode.AUTOMATIC, RenewalMode.MANUAL):
        door.settled(door.driver.hosting.set_renewal_mode(plan(door), mode))
        assert door.driver.hosting.info(plan(door)).renewal_mode is mode


@promise("hosting.set_php_version", "hosting.php")
def test_php_version_is_read_back(door: Door) -> None:
    version = door.driver.hosting.php(plan(door)).available[-1]

    door.settled(door.driver.hosting.set_php_version(plan(door), version))

    assert door.driver.hosting.php(plan(door)).version == version


@promise("hosting.parking", "hosting.set_parking")
def test_parking_is_read_back(door: Door) -> None:
    for value in (True, False):
        door.settled(door.driver.hosting.set_parking(plan(door), value))
        assert door.driver.hosting.parking(plan(door)) is value


@promise("hosting.web_builder_url")
def test_site_builder_is_opened_without_an_effect(door: Door) -> None:
    assert door.driver.hosting.web_builder_url(plan(door), f"www.{plan(door)}").startswith("http")
    assert door.journal() == []


@promise(
    "hosting.create_ftp_account",
    "hosting.ftp_account",
    "hosting.ftp_accounts",
    "hosting.update_ftp_account",
    "hosting.delete_ftp_account",
)
def test_ftp_account_in_its_life(door: Door) -> None:
    hosting, name = door.driver.hosting, plan(door)
    created = door.settled(hosting.create_ftp_account(name, f"lamp.{name}", "/lamp", PASSWORD))
    assert created is not None

    assert hosting.ftp_account(name, created.identifier) == created
    assert created in hosting.ftp_accounts(name).items
    door.settled(hosting.update_ftp_account(name, created.identifier, "/other", PASSWORD))
    assert hosting.ftp_account(name, created.identifier).path == "/other"
    door.settled(hosting.delete_ftp_account(name, created.identifier))
    with pytest.raises(NotFound):
        hosting.ftp_account(name, created.identifier)
    assert PASSWORD not in repr((created, door.journal()))


@promise(
    "hosting.create_database",
    "hosting.database",
    "hosting.databases",
    "hosting.update_database",
    "hosting.delete_database",
)
def test_database_in_its_life(door: Door) -> None:
    hosting, name = door.driver.hosting, plan(door)
    created = door.settled(hosting.create_database(name, PASSWORD))
    assert created is not None

    assert hosting.database(name, created.identifier) == created
    assert created.name in {found.name for found in hosting.databases(name).items}
    door.settled(hosting.update_database(name, created.identifier, PASSWORD, external_access=True))
    assert hosting.database(name, created.identifier).external_access is True
    door.settled(hosting.delete_database(name, created.identifier))
    with pytest.raises(NotFound):
        hosting.database(name, created.identifier)
    assert PASSWORD not in repr((created, door.journal()))


@promise(
    "hosting.create_subdomain",
    "hosting.subdomain",
    "hosting.subdomains",
    "hosting.update_subdomain",
    "hosting.delete_subdomain",
)
def test_subdomain_in_its_life(door: Door) -> None:
    hosting, name = door.driver.hosting, plan(door)
    created = door.settled(hosting.create_subdomain(name, f"lamp.{name}", "public/"))
    assert created is not None

    assert created.name == f"lamp.{name}"
    assert hosting.subdomain(name, created.identifier) == created
    assert created in hosting.subdomains(name).items
    door.settled(hosting.update_subdomain(name, created.identifier, "lamp/"))
    assert hosting.subdomain(name, created.identifier).path == "lamp/"
    door.settled(hosting.delete_subdomain(name, created.identifier))
    with pytest.raises(NotFound):
        hosting.subdomain(name, created.identifier)


@promise("hosting.create_redirect", "hosting.redirects", "hosting.delete_redirect")
def test_redirect_comes_and_goes(door: Door) -> None:
    hosting, name, wanted = door.driver.hosting, plan(door), redirect(door)
    before = hosting.redirects(name).items

    door.settled(hosting.create_redirect(name, wanted))

    (listed,) = set(hosting.redirects(name).items) - set(before)
    assert (listed.origin, listed.destination, listed.type) == (
        wanted.origin,
        wanted.destination,
        wanted.type,
    )
    door.settled(hosting.delete_redirect(name, listed))
    assert hosting.redirects(name).items == before


@promise("hosting.create_redirect")
def test_redirect_from_another_domain_is_refused_before_sending(door: Door) -> None:
    elsewhere = replace(redirect(door), origin=redirect(door).origin.replace(plan(door), "lamps.example"))

    with pytest.raises(InvalidRequest):
        door.driver.hosting.create_redirect(plan(door), elsewhere)
    assert door.journal() == []


@promise("hosting.create_redirect", "hosting.redirect", "hosting.update_redirect")
def test_redirect_changes_its_destination(door: Door) -> None:
    hosting, name = door.driver.hosting, plan(door)
    created = door.settled(hosting.create_redirect(name, redirect(door)))
    assert created is not None

    door.settled(hosting.update_redirect(name, replace(created, destination="https://lamps.example/new")))

    assert hosting.redirect(name, created.identifier).destination == "https://lamps.example/new"


@promise("hosting.create_mailbox", "hosting.mailbox", "hosting.mailboxes")
def test_mailbox_is_created(door: Door) -> None:
    created = mailbox(door)

    assert created.address == f"lamp@{plan(door)}"
    assert door.driver.hosting.mailbox(plan(door), created.identifier) == created
    assert created in door.driver.hosting.mailboxes(plan(door)).items
    assert PASSWORD not in repr((created, door.journal()))


@promise("hosting.create_mailbox")
def test_mailbox_is_not_created_twice(door: Door) -> None:
    mailbox(door)

    with pytest.raises(RegistrarError):
        mailbox(door)
    assert len(door.journal()) == 1


@promise("hosting.create_mailbox", "hosting.set_mailbox_password")
def test_mailbox_gets_another_password(door: Door) -> None:
    door.settled(
        door.driver.hosting.set_mailbox_password(plan(door), mailbox(door).identifier, PASSWORD + "2")
    )

    assert len(door.journal()) == 2
    assert PASSWORD not in repr(door.journal())


@promise("hosting.create_mailbox", "hosting.delete_mailbox", "hosting.mailbox")
def test_mailbox_is_deleted(door: Door) -> None:
    created = mailbox(door)

    door.settled(door.driver.hosting.delete_mailbox(plan(door), created.identifier))

    with pytest.raises(NotFound):
        door.driver.hosting.mailbox(plan(door), created.identifier)


@promise("hosting.create_mail_alias", "hosting.mail_aliases", "hosting.delete_mail_alias")
def test_mail_alias_comes_and_goes(door: Door) -> None:
    hosting, name = door.driver.hosting, plan(door)
    before = hosting.mail_aliases(name).items
    alias(door)

    (listed,) = [found for found in hosting.mail_aliases(name).items if found not in before]
    assert (listed.address, listed.targets) == (f"all@{name}", TARGETS)
    door.settled(hosting.delete_mail_alias(name, listed))
    assert hosting.mail_aliases(name).items == before


@promise("hosting.create_mail_alias", "hosting.mail_alias", "hosting.update_mail_alias")
def test_mail_alias_changes_its_targets(door: Door) -> None:
    hosting, name, created = door.driver.hosting, plan(door), alias(door)

    door.settled(hosting.update_mail_alias(name, created.identifier, TARGETS[:1]))

    assert hosting.mail_alias(name, created.identifier).targets == TARGETS[:1]
