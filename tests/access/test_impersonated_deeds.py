"""What is done while staff act as a customer's person carries both names, also what a worker makes of it later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from panel.account.models import Account
from panel.domain import farewell
from panel.domain.bulk.work import work
from panel.domain.farewell import plan_farewell
from panel.domain.models import Domain, PlannedDeletion
from panel.operation.models import Event, Operation
from panel.operation.queries import TOLD
from panel.operation.words import timeline_for
from tests.access.conftest import BACKEND, NAME, begin, words_of
from tests.selfservice.bulk import started


def test_what_is_done_carries_both_names(
    acting: Client, staff: Any, owner: Any, name: Domain, customer: Any
) -> None:
    assert acting.post(f"/domains/{NAME}/turn/transfer-lock/", {"to": "on"}).status_code == 302

    operation = Operation.objects.prefetch_related(*TOLD).get(kind="domain.transfer_lock")
    assert (operation.actor, operation.impersonator, operation.customer) == (owner, staff, customer)
    planned = Event.objects.get(operation=operation, to_state="planned")
    assert (planned.actor, planned.impersonator) == (owner, staff)
    # The customer's words for what is over leave out the passing steps: the last one is told by nobody.
    assert {moment.by for moment in timeline_for([operation], "staff")} == {f"{staff} as {owner}", ""}
    assert {moment.by for moment in timeline_for([operation])} <= {f"our staff for {owner}", ""}
    assert str(staff) not in "".join(moment.by for moment in timeline_for([operation]))


def test_customer_reads_that_our_staff_did_it_and_not_who(
    acting: Client, name: Domain, owner: Any, staff: Any
) -> None:
    acting.post(f"/domains/{NAME}/turn/transfer-lock/", {"to": "on"})
    own = Client()
    own.force_login(owner, backend=BACKEND)
    public_id = Operation.objects.get(kind="domain.transfer_lock").public_id

    page = words_of(own.get(f"/operations/{public_id}/"))

    assert f"By our staff for {owner}." in page
    assert str(staff) not in page


def test_staff_read_both_on_the_operations_page(acting: Client, name: Domain, owner: Any, staff: Any) -> None:
    acting.post(f"/domains/{NAME}/turn/transfer-lock/", {"to": "on"})
    acting.post("/acting/end/")

    page = words_of(acting.get(f"/office/operations/{Operation.objects.get().public_id}/"))

    assert f"{staff} as {owner}" in page


def test_what_a_worker_plans_later_carries_both_names(
    acting: Client, name: Domain, staff: Any, owner: Any
) -> None:
    job = started(acting, [name], "transfer-lock:on")

    work(job.pk)

    operation = Operation.objects.get(kind="domain.transfer_lock")
    assert (operation.actor, operation.impersonator) == (owner, staff)


def test_deletion_that_waited_carries_both_names(name: Domain, staff: Any, owner: Any) -> None:
    name.account = Account.objects.create(
        label="netim", family="netim", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )
    name.save()
    plan_farewell(name, actor=owner.acted_by(staff))
    PlannedDeletion.objects.update(due_at=timezone.now() - timedelta(minutes=1))

    assert farewell.run() == (1, 0)

    operation = Operation.objects.get(kind="domain.delete")
    assert (operation.actor, operation.impersonator) == (owner, staff)


def test_own_deeds_afterwards_carry_one_name(acting: Client, name: Domain, staff: Any) -> None:
    acting.post("/acting/end/")
    acting.post(f"/office/domains/{NAME}/turn/transfer-lock/", {"to": "on"})

    operation = Operation.objects.get(kind="domain.transfer_lock")
    assert (operation.actor, operation.impersonator) == (staff, None)


def test_reader_stays_a_reader(office: Client, make_user: Any, customer: Any, name: Domain) -> None:
    begin(office, make_user("reader@demo.test", customer=customer, role="reader"))

    assert office.get(f"/domains/{NAME}/").status_code == 200
    assert office.post(f"/domains/{NAME}/turn/transfer-lock/", {"to": "on"}).status_code == 403


def test_history_takes_the_same_queries_however_much_was_done_for_the_person(
    acting: Client, name: Domain, staff: Any, owner: Any, django_assert_max_num_queries: Any
) -> None:
    def add(count: int) -> None:
        for _number in range(count):
            operation = Operation.objects.create(
                kind="domain.transfer_lock", subject=name.subject, label=NAME, state="succeeded",
                account=name.account, customer=name.customer, actor=owner, impersonator=staff,
                intent_key=f"test:{Operation.objects.count()}", finished_at=timezone.now(),
            )  # fmt: skip
            Event.objects.create(operation=operation, to_state="succeeded", actor=owner, impersonator=staff)

    add(1)
    acting.get(f"/domains/{NAME}/")
    with django_assert_max_num_queries(100) as one:
        acting.get(f"/domains/{NAME}/")
    add(9)
    with django_assert_max_num_queries(100) as many:
        acting.get(f"/domains/{NAME}/")

    assert len(one) == len(many)
