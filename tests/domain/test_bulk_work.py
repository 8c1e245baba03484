"""The worker's half of a change of many names: killed in the middle, twice at once, and refused name by name."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.models import Count

from panel.access.actor import Actor
from panel.account.models import Account
from panel.domain.bulk import services
from panel.domain.bulk.preview import preview
from panel.domain.bulk.selection import Selection
from panel.domain.bulk.work import CHUNK, work
from panel.domain.models import BulkItem, BulkJob, Domain
from panel.domain.tasks import plan_bulk, resume_bulk
from panel.operation.clock import from_now
from panel.operation.handing import PER_LINE
from panel.operation.models import Heartbeat, Operation
from panel.people.models import Customer

pytestmark = pytest.mark.django_db
MANY = CHUNK * 2 + 5


@pytest.fixture
def account(db: None) -> Account:
    """An account that is never called."""
    return Account.objects.create(
        label="netim", family="netim", endpoint="http://127.0.0.1:9/", is_sandbox=True, is_default=True
    )


@pytest.fixture
def make_names(account: Account, customer: Customer) -> Callable[..., list[Domain]]:
    """`make_names(45, transfer_lock=...)`: names of the customer."""

    def make(count: int, **fields: Any) -> list[Domain]:
        defaults = {"status": "active", "transfer_lock": False, "tld_name": "com", "customer": customer}
        return Domain.objects.bulk_create(
            Domain(
                name=f"many-{number:03}.com", unicode_name=f"many-{number:03}.com", account=account,
                **{**defaults, **fields},
            )
            for number in range(count)
        )  # fmt: skip

    return make


@pytest.fixture
def start(operator: Any, customer: Customer, owner: Any) -> Callable[..., BulkJob]:
    """`start(action, values)`: a job about all names."""
    actor = Actor(owner, operator, customer=customer, role="owner")

    def accept(action: str = "transfer-lock", values: Any = None, *, staff: bool = False) -> BulkJob:
        chosen = Domain.objects.all()
        seen = preview(action, {"on": True} if values is None else values, Selection(query=""), chosen)
        key = f"key-{BulkJob.objects.count()}"
        return services.start(seen, key=key, actor=actor, customer=None if staff else customer)

    return accept


def states(job: BulkJob) -> dict[str, int]:
    rows = job.items.order_by().values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in rows}


def plan_all(job: BulkJob) -> None:
    """Turn after turn, as messages and the clock bring them: how much fits into one is the machine's affair."""
    for _turn in range(MANY):
        work(job.pk)
        job.refresh_from_db()
        if job.planned_at is not None:
            return


class Cut:
    """The database goes away at the so many-th new operation."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT INTO") and '"operation_operation"' in sql:
            self.left -= 1
            if self.left < 0:
                raise OperationalError("the database has gone away")
        return execute(sql, params, many, context)


def test_all_of_it_is_planned_each_name_once(make_names: Any, start: Any) -> None:
    make_names(MANY)
    job = start()

    plan_all(job)

    assert states(job) == {"planned": MANY}
    assert job.planned_at is not None
    assert Operation.objects.filter(kind="domain.transfer_lock").count() == MANY


def test_running_it_again_changes_nothing(make_names: Any, start: Any) -> None:
    make_names(3)
    job = start()

    for _time in range(3):
        plan_bulk(job.pk)

    assert Operation.objects.count() == 3


def test_worker_that_dies_in_a_chunk_leaves_whole_chunks_and_the_next_goes_on(
    make_names: Any, start: Any
) -> None:
    make_names(MANY)
    job = start()

    with connection.execute_wrapper(Cut(CHUNK + 3)), pytest.raises(OperationalError):
        plan_all(job)

    assert states(job) == {"planned": CHUNK, "pending": MANY - CHUNK}
    assert Operation.objects.count() == CHUNK
    plan_all(job)
    assert states(job) == {"planned": MANY}
    assert Operation.objects.count() == MANY
    assert BulkItem.objects.filter(job=job).aggregate(n=Count("operation", distinct=True))["n"] == MANY


def test_turn_ends_between_chunks_and_the_next_takes_it_up(make_names: Any, start: Any) -> None:
    make_names(MANY)
    job = start()

    work(job.pk, chunks=1)
    assert states(job) == {"planned": CHUNK, "pending": MANY - CHUNK}
    plan_all(job)

    assert states(job) == {"planned": MANY}


def test_job_in_another_workers_hands_is_left_to_it_until_its_claim_lapses(
    make_names: Any, start: Any
) -> None:
    make_names(2)
    job = start()
    BulkJob.objects.filter(pk=job.pk).update(busy_until=from_now(30))

    work(job.pk)
    assert states(job) == {"pending": 2}
    BulkJob.objects.filter(pk=job.pk).update(busy_until=from_now(-1))
    work(job.pk)

    assert states(job) == {"planned": 2}


def test_clock_finds_a_job_whose_message_was_lost(make_names: Any, start: Any) -> None:
    make_names(2)
    job = start()
    BulkJob.objects.filter(pk=job.pk).update(woken_at=from_now(-services.WAKE_EVERY_SECONDS - 1))

    resume_bulk()

    assert Heartbeat.objects.get(name="bulk").detail == {"woken": 1}
    resume_bulk()
    assert Heartbeat.objects.get(name="bulk").detail == {"woken": 0}


def test_clock_leaves_what_is_planned(make_names: Any, start: Any) -> None:
    make_names(2)
    job = start()
    work(job.pk)
    BulkJob.objects.filter(pk=job.pk).update(woken_at=None)

    assert services.wake_forgotten() == 0


def test_planned_ones_are_handed_out_in_their_turn_and_not_all_at_once(make_names: Any, start: Any) -> None:
    make_names(MANY)
    job = start()

    plan_all(job)

    assert Operation.objects.filter(woken_at__isnull=False).count() == PER_LINE


def test_name_that_went_to_somebody_else_is_not_touched(
    make_names: Any, start: Any, make_customer: Any
) -> None:
    first, second = make_names(2)
    job = start()
    Domain.objects.filter(pk=first.pk).update(customer=make_customer("Strange Ltd"))

    work(job.pk)

    assert list(job.items.values_list("state", "reason")) == [("refused", "gone"), ("planned", "")]
    assert Operation.objects.get().label == second.name


def test_name_that_changed_meanwhile_is_refused_or_left_as_it_is(make_names: Any, start: Any) -> None:
    names = make_names(3)
    job = start()
    Domain.objects.filter(pk=names[0].pk).update(modification_lock=True)
    Domain.objects.filter(pk=names[1].pk).update(transfer_lock=True)

    work(job.pk)

    assert list(job.items.values_list("state", "reason")) == [
        ("refused", "locked"),
        ("unchanged", ""),
        ("planned", ""),
    ]


def test_name_that_cannot_be_planned_for_a_mistake_of_ours_keeps_no_other_from_it(
    make_names: Any, start: Any
) -> None:
    make_names(2)
    job = start()
    job.values = {}
    job.save()

    work(job.pk)

    job.refresh_from_db()
    assert set(job.items.values_list("state", "reason")) == {("refused", "went_wrong")}
    assert job.planned_at is not None


def test_other_way_that_is_under_way_is_the_reason(make_names: Any, start: Any) -> None:
    make_names(1)
    on = start("transfer-lock", {"on": True})
    work(on.pk)
    other = BulkJob.objects.create(action="transfer-lock", values={"on": False}, key="other", total=1)
    domain = Domain.objects.get()
    Domain.objects.update(transfer_lock=True)
    BulkItem.objects.create(job=other, domain=domain, customer=domain.customer, name=domain.name)

    work(other.pk)

    assert other.items.get().reason == "busy"


def test_two_jobs_that_want_the_same_share_its_operation(make_names: Any, start: Any) -> None:
    make_names(2)
    first, second = start(), start()

    work(first.pk)
    work(second.pk)

    assert Operation.objects.count() == 2
    assert set(first.items.values_list("operation", flat=True)) == set(
        second.items.values_list("operation", flat=True)
    )


def test_nameservers_that_do_not_fit_a_registrar_are_told_before(make_names: Any, account: Account) -> None:
    make_names(1)
    servers = [f"ns{number}.mine.example" for number in range(1, 14)]

    seen = preview("nameservers", {"nameservers": servers}, Selection(query=""), Domain.objects.all())

    assert [group.reason for group in seen.groups(by_account=True)] == ["nameservers_do_not_fit"]
    assert seen.groups(by_account=True)[0].account == str(account)


def test_move_gives_names_away_without_an_operation(
    make_names: Any, start: Any, make_customer: Any, operator: Any
) -> None:
    make_names(3)
    other = make_customer("Birch")
    job = start("move", {"customer": other.pk, "shown": "Birch"}, staff=True)

    work(job.pk)

    assert states(job) == {"done": 3}
    assert other.domains.count() == 3
    assert not Operation.objects.exists()


def test_name_with_an_operation_of_its_customer_does_not_move(
    make_names: Any, start: Any, make_customer: Any
) -> None:
    make_names(2)
    work(start().pk)
    other = make_customer("Birch")
    values = {"customer": other.pk, "shown": "Birch"}

    seen = preview("move", values, Selection(query=""), Domain.objects.all())

    assert [(group.reason, group.number) for group in seen.groups(by_account=False)] == [
        ("busy_for_another", 2)
    ]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_plan_each_name_once(make_names: Any, start: Any) -> None:
    make_names(MANY)
    job = start()
    barrier = threading.Barrier(3)
    failures: list[Exception] = []

    def worker() -> None:
        barrier.wait()
        try:
            for _turn in range(4):
                # As if the other's claim had lapsed while it was still at it.
                BulkJob.objects.filter(pk=job.pk).update(busy_until=None)
                work(job.pk, chunks=1)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert states(job) == {"planned": MANY}
    assert Operation.objects.count() == MANY
    assert BulkItem.objects.aggregate(n=Count("operation", distinct=True))["n"] == MANY


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_are_one_job(
    make_names: Any, operator: Any, customer: Customer, owner: Any
) -> None:
    make_names(5)
    actor = Actor(owner, operator, customer=customer, role="owner")
    barrier = threading.Barrier(2)
    found: list[int] = []

    def click() -> None:
        try:
            seen = preview("transfer-lock", {"on": True}, Selection(query=""), Domain.objects.all())
            barrier.wait()
            found.append(services.start(seen, key="the form's", actor=actor, customer=customer).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [found[0]] * 2
    assert BulkItem.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_job_is_accepted_while_a_worker_plans_another(make_names: Any, start: Any) -> None:
    make_names(MANY)
    first = start()
    planning = threading.Event()

    def tell(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "operation_operation" in sql and sql.startswith("INSERT"):
            planning.set()
        return execute(sql, params, many, context)

    def worker() -> None:
        try:
            with connection.execute_wrapper(tell):
                plan_all(first)
        finally:
            connections.close_all()

    thread = threading.Thread(target=worker)
    thread.start()
    assert planning.wait(60)
    start("tag", {"tags": ["vip"], "shown": "vip"})
    left = states(first).get("pending", 0)
    thread.join()

    # SQLite lets one write at a time: a worker does not write on and on while others wait.
    assert left > 0
    assert states(first) == {"planned": MANY}


def test_message_goes_out_only_with_the_job(
    make_names: Any, start: Any, django_capture_on_commit_callbacks: Any
) -> None:
    make_names(1)

    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        start()

    assert len(callbacks) == 1
