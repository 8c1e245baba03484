"""Zones, plans and what they hold in their lives, on the sandbox's real servers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.errors import Conflict, NotFound, Refused, RegistrarError, Verdict
from registrar.types import (
    DnsRecord,
    Done,
    HostingStatus,
    Pending,
    RecordType,
    Redirect,
    RedirectType,
    RenewalMode,
    SubdomainCertificate,
)

PLAN = "soler-estudio.com"
PASSWORD = "Canary-word-1"
RECORDS = {
    "A": DnsRecord(f"a.{PLAN}", RecordType.A, "203.0.113.9", ttl=600),
    "AAAA": DnsRecord(f"a.{PLAN}", RecordType.AAAA, "2a00:1450:4003::9"),
    "CNAME": DnsRecord(f"alias.{PLAN}", RecordType.CNAME, "lamps.example"),
    "wildcard": DnsRecord(f"*.sub.{PLAN}", RecordType.A, "203.0.113.9"),
    "MX": DnsRecord(f"in.{PLAN}", RecordType.MX, "mail.lamps.example", priority=5),
    "NS": DnsRecord(f"zone.{PLAN}", RecordType.NS, "ns1.lamps.example"),
    "SRV": DnsRecord(f"_sip._tcp.{PLAN}", RecordType.SRV, "5 5060 sip.lamps.example", priority=20),
    "CAA": DnsRecord(PLAN, RecordType.CAA, '0 issue "ca.example"'),
    "TXT": DnsRecord(f"_dmarc.{PLAN}", RecordType.TXT, "v=DMARC1; p=none; rua=mailto:a@lamps.example"),
}


# Zones


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_record_is_read_back_as_it_was_created(driver, record):
    created = driver.dns.create(PLAN, record).value

    assert replace(created, identifier="") == record if record.priority else created.value == record.value
    assert driver.dns.info(PLAN, created.identifier) == created
    assert driver.dns.list(PLAN, word=record.name, type=record.type).items == (created,)
    driver.dns.delete(PLAN, created)
    with pytest.raises(NotFound):
        driver.dns.info(PLAN, created.identifier)


def test_record_changes_its_value_ttl_and_priority(driver):
    created = driver.dns.create(PLAN, RECORDS["MX"]).value

    changed = driver.dns.update(PLAN, replace(created, value="mx.lamps.example", ttl=3600, priority=7)).value

    assert (changed.identifier, changed.name) == (created.identifier, created.name)
    assert (changed.value, changed.ttl, changed.priority) == ("mx.lamps.example", 3600, 7)


def test_zone_is_paged_and_filtered(driver):
    everything = driver.dns.list(PLAN)

    assert len(driver.dns.list(PLAN, page=2, page_length=5).items) == 5
    assert driver.dns.list(PLAN, page_length=5).total == everything.total == len(everything.items)
    assert {record.type for record in driver.dns.list(PLAN, type=RecordType.MX).items} == {RecordType.MX}
    assert all("spf1" in record.value for record in driver.dns.list(PLAN, value="spf1").items)


def test_zone_is_replaced_emptied_and_restored(driver):
    before = driver.dns.list(PLAN).items

    driver.dns.replace(PLAN, list(RECORDS.values()))
    written = driver.dns.list(PLAN).items
    driver.dns.delete_all(PLAN)
    empty = driver.dns.list(PLAN)
    driver.dns.restore(PLAN)
    restored = driver.dns.list(PLAN).items

    assert {(record.name, record.type, record.value) for record in written} == {
        (record.name, record.type, record.value) for record in RECORDS.values()
    }
    assert (empty.items, empty.total, empty.is_last) == ((), 0, True)
    assert len(restored) == len(before)


def test_zone_as_it_was_read_can_be_written_back(driver):
    before = driver.dns.list(PLAN).items

    driver.dns.replace(PLAN, before)

    assert [replace(record, identifier="") for record in driver.dns.list(PLAN).items] == [
        replace(record, identifier="") for record in before
    ]


def test_second_cname_of_a_name_is_not_created(driver, world):
    driver.dns.create(PLAN, RECORDS["CNAME"])

    with pytest.raises(Conflict):
        driver.dns.create(PLAN, RECORDS["CNAME"])
    assert world.executed("service/dnscreate") == 1


def test_zone_of_an_international_name_is_in_a_labels(driver):
    name = "xn--mller-bau-q9a.com"

    created = driver.dns.create("müller-bau.com", DnsRecord(f"*.x.{name}", RecordType.TXT, "grün")).value

    assert (created.name, created.value) == (f"*.x.{name}", "grün")
    assert all(record.name.endswith(name) for record in driver.dns.list(name).items)


@pytest.mark.parametrize("act", ["list", "restore", "delete_all"])
def test_zone_of_somebody_else_is_not_found(driver, act):
    with pytest.raises(NotFound):
        getattr(driver.dns, act)("lighthouse.net")


# Plans


def test_plans_are_listed_and_filtered(driver):
    hosting = driver.hosting
    everything = hosting.list()

    assert everything.total == len(everything.items) > 5
    assert [plan.name for plan in hosting.list(name=PLAN).items] == [PLAN]
    assert {plan.status for plan in hosting.list(status=HostingStatus.INACTIVE).items} == {
        HostingStatus.INACTIVE
    }
    assert hosting.list(renewable=True).total + hosting.list(renewable=False).total == everything.total
    assert all("loja" in plan.name for plan in hosting.list(word="loja").items)
    assert {plan.name.rpartition(".")[2] for plan in hosting.list(tld="fr").items} == {"fr"}


def test_plan_tells_of_itself(driver):
    plan = driver.hosting.info(PLAN)
    resources = driver.hosting.resources(PLAN)

    assert (plan.status, plan.renewal_mode, plan.renewable) == (
        HostingStatus.ACTIVE,
        RenewalMode.MANUAL,
        False,
    )
    assert plan.created_on < plan.expires_on
    assert resources["mailboxes"].used == driver.hosting.mailboxes(PLAN).total
    assert resources["ftp_usage"].unit == "bytes"
    assert driver.hosting.servers(PLAN).ftp.endswith(PLAN)
    assert "default" in driver.hosting.php(PLAN).available
    assert isinstance(driver.hosting.error_log(PLAN), tuple)


def test_new_plan_is_pending_until_it_is_set_up(driver, world):
    before = driver.account.info().balance

    outcome = driver.hosting.create("soler-estudio.es", "basic", years=2)

    assert isinstance(outcome, Pending)
    assert outcome.value.status is HostingStatus.STARTING
    assert driver.account.info().balance == before - outcome.value.charged.amount
    world.settle()
    found = driver.hosting.info(outcome.reference)
    assert (found.name, found.status) == ("soler-estudio.es", HostingStatus.ACTIVE)


def test_renewal_of_a_plan_is_pending_until_the_plan_is_active(driver, world):
    name = "panaderia-etxeberria.com"
    before = driver.hosting.info(name)

    outcome = driver.hosting.renew(name, years=1)

    assert isinstance(outcome, Pending)
    assert outcome.value.status is HostingStatus.RENEWING
    world.settle()
    after = driver.hosting.info(name)
    assert (after.status, after.expires_on.year) == (HostingStatus.ACTIVE, before.expires_on.year + 1)


def test_renewal_out_of_time_is_not_executed(driver, world):
    with pytest.raises(RegistrarError) as caught:
        driver.hosting.renew(PLAN)
    assert caught.value.verdict is Verdict.NOT_EXECUTED
    assert world.executed("service/renew") == 0


def test_plan_grows_and_changes_its_settings(driver):
    outcome = driver.hosting.upgrade(PLAN, "professional")
    driver.hosting.set_renewal_mode(PLAN, RenewalMode.AUTOMATIC)
    version = driver.hosting.php(PLAN).available[-1]
    driver.hosting.set_php_version(PLAN, version)

    assert isinstance(outcome, Done)
    assert (outcome.value.product_key, outcome.value.charged.currency) == ("professional", "EUR")
    assert driver.hosting.info(PLAN).renewal_mode is RenewalMode.AUTOMATIC
    assert driver.hosting.php(PLAN).version == version


def test_plan_cannot_shrink(driver):
    with pytest.raises(Conflict):
        driver.hosting.upgrade(PLAN, "mini")


def test_parking_is_switched_both_ways(driver):
    for value in (True, False):
        assert driver.hosting.set_parking(PLAN, value) == Done(value)
        assert driver.hosting.parking(PLAN) is value


def test_site_builder_opens_by_an_address_that_is_not_kept(world):
    exchanges = []

    with world.driver(on_exchange=exchanges.append) as driver:
        url = driver.hosting.web_builder_url(PLAN, f"www.{PLAN}", language="es")

    assert url.startswith("http")
    assert url.partition("?")[2]
    assert url not in repr(exchanges)
    assert url.partition("?")[2] not in repr(exchanges)


def test_plan_of_somebody_else_is_not_found(driver):
    with pytest.raises(NotFound):
        driver.hosting.info("lighthouse.net")


# What a plan holds


def test_ftp_account_in_its_life(driver):
    hosting = driver.hosting
    created = hosting.create_ftp_account(PLAN, f"shop.{PLAN}", "/shop", PASSWORD).value

    assert hosting.ftp_account(PLAN, created.identifier) == created
    assert created in hosting.ftp_accounts(PLAN, word="shop").items
    moved = hosting.update_ftp_account(PLAN, created.identifier, "/stall", PASSWORD + "2").value
    assert (moved.identifier, moved.path) == (created.identifier, "/stall")
    hosting.delete_ftp_account(PLAN, created.identifier)
    with pytest.raises(NotFound):
        hosting.ftp_account(PLAN, created.identifier)


def test_database_in_its_life(driver):
    hosting = driver.hosting
    created = hosting.create_database(PLAN, PASSWORD, external_access=True).value

    assert created.external_access is True
    assert hosting.database(PLAN, created.identifier) == created
    assert created.identifier in {found.identifier for found in hosting.databases(PLAN).items}
    assert hosting.update_database(PLAN, created.identifier, PASSWORD).value.external_access is False
    hosting.delete_database(PLAN, created.identifier)
    with pytest.raises(NotFound):
        hosting.database(PLAN, created.identifier)


@pytest.mark.parametrize("key", ["ftpPath", "sslPath"])
def test_subdomain_in_its_life(driver, world, signer, key):
    world.change(ssl_path_key=key)
    hosting, name = driver.hosting, f"shop.{PLAN}"
    installed = SubdomainCertificate(
        signer.certificate(name), signer.certificate("ca.example"), "secure/", signer.key
    )

    created = hosting.create_subdomain(PLAN, name, "public/").value
    changed = hosting.update_subdomain(PLAN, created.identifier, "shop/", certificate=installed).value

    assert (created.name, created.path, created.certificate) == (name, "public/", None)
    assert (changed.path, changed.certificate.path, changed.certificate.key) == ("shop/", "secure/", "")
    (listed,) = hosting.subdomains(PLAN, word="shop").items
    assert listed == changed
    assert hosting.subdomain(PLAN, created.identifier).certificate is None
    hosting.delete_subdomain(PLAN, created.identifier)
    with pytest.raises(NotFound):
        hosting.subdomain(PLAN, created.identifier)


def test_redirect_in_its_life(driver):
    hosting = driver.hosting
    wanted = Redirect(f"http://www.{PLAN}/old/", "https://lamps.example/", RedirectType.PERMANENT)

    created = hosting.create_redirect(PLAN, wanted).value

    assert replace(created, identifier="") == wanted
    assert created in hosting.redirects(PLAN).items
    changed = hosting.update_redirect(
        PLAN, replace(created, destination="https://lamps.example/new", type=RedirectType.FRAME)
    ).value
    assert hosting.redirect(PLAN, created.identifier) == changed
    assert (changed.type, changed.origin) == (RedirectType.FRAME, wanted.origin)
    hosting.delete_redirect(PLAN, changed)
    with pytest.raises(NotFound):
        hosting.redirect(PLAN, created.identifier)


def test_mailbox_in_its_life(driver, world):
    hosting = driver.hosting
    created = hosting.create_mailbox(PLAN, "ventas", PASSWORD).value

    assert (created.address, created.usage) == (f"ventas@{PLAN}", 0)
    assert hosting.mailbox(PLAN, created.identifier) == created
    assert hosting.mailboxes(PLAN, word="ventas").items == (created,)
    assert hosting.set_mailbox_password(PLAN, created.identifier, PASSWORD + "2").value == created
    hosting.delete_mailbox(PLAN, created.identifier)
    with pytest.raises(NotFound):
        hosting.mailbox(PLAN, created.identifier)
    assert "Canary" not in repr(world.journal())


def test_second_mailbox_of_a_name_is_not_created(driver, world):
    driver.hosting.create_mailbox(PLAN, "ventas", PASSWORD)

    with pytest.raises(Conflict):
        driver.hosting.create_mailbox(PLAN, "ventas", PASSWORD)
    assert world.executed("service/mailcreate") == 1


def test_full_plan_takes_no_more_mailboxes(driver):
    plan = "camille-fournier.fr"
    limit = driver.hosting.resources(plan)["mailboxes"]

    for number in range(limit.maximum - limit.used):
        driver.hosting.create_mailbox(plan, f"box{number}", PASSWORD)
    with pytest.raises(Refused) as caught:
        driver.hosting.create_mailbox(plan, "one-more", PASSWORD)
    assert caught.value.reason == "limit_reached"


def test_mail_alias_in_its_life(driver):
    hosting = driver.hosting
    created = hosting.create_mail_alias(PLAN, "equipo", ["a@lamps.example", f"marta@{PLAN}"]).value

    assert (created.address, created.targets) == (f"equipo@{PLAN}", ("a@lamps.example", f"marta@{PLAN}"))
    assert hosting.mail_alias(PLAN, created.identifier) == created
    assert created in hosting.mail_aliases(PLAN).items
    changed = hosting.update_mail_alias(PLAN, created.identifier, ["b@lamps.example"]).value
    assert (changed.identifier, changed.targets) == (created.identifier, ("b@lamps.example",))
    hosting.delete_mail_alias(PLAN, changed)
    with pytest.raises(NotFound):
        hosting.mail_alias(PLAN, created.identifier)


@pytest.mark.parametrize("empty", ["object", "list"])
def test_empty_answer_is_done_in_both_spellings(driver, world, empty):
    world.change(empty_data=empty)

    assert driver.dns.delete_all(PLAN) == Done(None)


def test_passwords_that_lists_show_are_neither_returned_nor_kept(world):
    exchanges = []

    with world.driver(on_exchange=exchanges.append) as driver:
        created = driver.hosting.create_database(PLAN, PASSWORD)
        found = driver.hosting.databases(PLAN)

    assert PASSWORD not in repr((created, found, exchanges))
