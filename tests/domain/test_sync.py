"""The mirror in step with the registrar's lists, against the sandbox's real HTTP."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from panel.account import runs, throttle
from panel.account.models import Account, SyncRun, Throttle
from panel.contact import sync as contact_sync
from panel.contact.models import ContactHandle
from panel.domain import tasks
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.domain.passes import sync
from registrar import types


@pytest.fixture(autouse=True)
def _few_details(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_sync, "DETAILS_PER_PASS", 6)
    monkeypatch.setitem(throttle.RATES, "sync", throttle.Rate(per_minute=60_000, burst=1000))


def synced(account: Account, kind: str = SyncRun.Kind.DOMAINS) -> SyncRun:
    run = runs.start(account, kind, wake=False)
    task = tasks.sync_domains if kind == SyncRun.Kind.DOMAINS else tasks.sync_contacts
    task(run.pk)
    run.refresh_from_db()
    return run


def test_sync_mirrors_every_name_without_a_customer(registrar_account: Account) -> None:
    run = synced(registrar_account)

    assert (run.state, run.message, run.skipped) == (SyncRun.State.DONE, "", 0)
    assert run.seen == run.total == run.added == Domain.objects.count() > 3
    assert not Domain.objects.filter(customer__isnull=False).exists()
    active = Domain.objects.filter(status="active").first()
    assert active is not None
    assert active.expires_on
    assert active.created_on
    assert active.owner is not None
    assert active.owner.content["email"]
    assert active.nameservers
    assert active.detailed_at is not None


def test_sync_again_changes_nothing(registrar_account: Account) -> None:
    synced(registrar_account)

    again = synced(registrar_account)

    assert (again.added, again.changed, again.missing, again.skipped) == (0, 0, 0, 0)


def test_sync_in_small_pages_sees_every_name_once(
    registrar_account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = synced(registrar_account).seen
    Domain.objects.all().delete()
    monkeypatch.setattr(sync, "PAGE", 10)

    run = synced(registrar_account)

    assert run.seen == whole == Domain.objects.count()
    assert run.next_page == -(-whole // 10)


def test_sync_goes_on_at_the_page_where_it_rested(
    registrar_account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "PAGE", 10)
    monkeypatch.setattr(runs, "TURN", timedelta(seconds=-1))
    run = synced(registrar_account)
    assert (run.state, run.next_page, run.seen) == (SyncRun.State.QUEUED, 2, 10)

    monkeypatch.setattr(runs, "TURN", timedelta(seconds=60))
    tasks.sync_domains(run.pk)

    run.refresh_from_db()
    assert run.state == SyncRun.State.DONE
    assert run.seen == Domain.objects.count() == run.total


def test_sync_keeps_the_customer_and_corrects_the_rest(registrar_account: Account, customer: Any) -> None:
    synced(registrar_account)
    domain = Domain.objects.filter(status="active").first()
    assert domain is not None
    right = domain.expires_on
    Domain.objects.filter(pk=domain.pk).update(customer=customer, expires_on=date(2001, 1, 1))

    run = synced(registrar_account)

    domain.refresh_from_db()
    assert (domain.customer, domain.expires_on) == (customer, right)
    assert run.changed == 1


def test_sync_leaves_alone_what_an_operation_changes(registrar_account: Account) -> None:
    synced(registrar_account)
    domain = Domain.objects.filter(status="active").first()
    assert domain is not None
    Domain.objects.filter(pk=domain.pk).update(raw_status="ours")
    plan_refresh(domain.name, registrar_account, key="open")

    run = synced(registrar_account)

    domain.refresh_from_db()
    assert domain.raw_status == "ours"
    assert run.missing == 0


def test_sync_marks_a_missing_name_and_deletes_nothing(registrar_account: Account) -> None:
    lost = Domain.objects.create(
        name="lost-and-gone.com", unicode_name="lost-and-gone.com", tld_name="com", account=registrar_account
    )
    Domain.objects.update(updated_at=timezone.now() - timedelta(days=1))

    run = synced(registrar_account)

    lost.refresh_from_db()
    assert lost.missing_since is not None
    assert run.missing == 1


def test_sync_unmarks_a_name_that_is_back(registrar_account: Account) -> None:
    synced(registrar_account)
    Domain.objects.update(missing_since=timezone.now())

    synced(registrar_account)

    assert not Domain.objects.filter(missing_since__isnull=False).exists()


def test_sync_does_not_take_a_name_from_another_account(registrar_account: Account) -> None:
    synced(registrar_account)
    other = Account.objects.create(
        label="Other", family="mrdomain", endpoint="http://127.0.0.1:9", is_sandbox=True
    )
    domain = Domain.objects.first()
    assert domain is not None
    Domain.objects.filter(pk=domain.pk).update(account=other)

    run = synced(registrar_account)

    domain.refresh_from_db()
    assert domain.account == other
    assert run.skipped == 1


def test_sync_rests_without_a_token_and_goes_on_later(registrar_account: Account) -> None:
    throttle.take(registrar_account, "sync")
    Throttle.objects.update(tokens=-6_000_000)

    run = synced(registrar_account)

    assert run.state == SyncRun.State.QUEUED
    assert "limit" in run.message
    assert run.seen == 0
    Throttle.objects.update(tokens=1000)
    tasks.sync_domains(run.pk)
    run.refresh_from_db()
    assert run.state == SyncRun.State.DONE


def test_contact_sync_keeps_summaries_and_reads_details(registrar_account: Account) -> None:
    run = synced(registrar_account, SyncRun.Kind.CONTACTS)

    assert run.state == SyncRun.State.DONE
    assert run.seen == run.added == ContactHandle.objects.count() > 1
    read = ContactHandle.objects.exclude(fingerprint="")
    assert read.count() == 6 < run.seen
    first = read.first()
    assert first is not None
    assert first.content["address"]


def test_contact_sync_reads_a_changed_contact_again(registrar_account: Account) -> None:
    synced(registrar_account, SyncRun.Kind.CONTACTS)
    handle = ContactHandle.objects.exclude(fingerprint="").first()
    assert handle is not None
    right = handle.content["email"]
    ContactHandle.objects.filter(fingerprint="").update(fingerprint="read")
    ContactHandle.objects.filter(pk=handle.pk).update(content={**handle.content, "email": "old@example.test"})

    run = synced(registrar_account, SyncRun.Kind.CONTACTS)

    handle.refresh_from_db()
    assert run.changed == 1
    assert handle.content["email"] == right
    assert handle.fingerprint


def test_contact_sync_again_changes_nothing(registrar_account: Account) -> None:
    synced(registrar_account, SyncRun.Kind.CONTACTS)

    assert synced(registrar_account, SyncRun.Kind.CONTACTS).changed == 0


def test_sync_accounts_starts_both_passes_once(registrar_account: Account) -> None:
    tasks.sync_accounts()
    tasks.sync_accounts()

    assert sorted(SyncRun.objects.values_list("kind", flat=True)) == ["contacts", "domains"]


def test_name_written_by_a_worker_whose_clock_is_ahead_is_brought_in_step(registrar_account: Account) -> None:
    synced(registrar_account)
    domain = Domain.objects.filter(status="active").earliest("name")
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=True):
        domain.status = "renewing"
        domain.save()

    synced(registrar_account)

    domain.refresh_from_db()
    assert domain.status == "active"


def test_pass_of_a_worker_whose_clock_is_behind_loses_no_name(registrar_account: Account) -> None:
    synced(registrar_account)

    with time_machine.travel(timezone.now() - timedelta(hours=2), tick=True):
        run = synced(registrar_account)

    assert run.state == SyncRun.State.DONE
    assert not Domain.objects.filter(missing_since__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_contact_that_two_readings_show_at_once_is_kept_once(
    registrar_account: Account, contact: Any
) -> None:
    content = contact.content()
    records = [types.ContactRecord(handle=f"AM-{number}", contact=content) for number in range(40)]
    start = threading.Barrier(2)
    failures: list[Exception] = []

    def read() -> None:
        try:
            for record in records:
                start.wait(10)
                contact_sync.store_records(registrar_account, [record])
        except Exception as error:
            failures.append(error)
            start.abort()
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _reader in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert failures == []
    assert ContactHandle.objects.filter(account=registrar_account).count() == len(records)
