"""What proves a transfer, a deletion and a restoration, and what only looks like one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.billing import ledger
from panel.domain.models import Domain
from panel.domain.operations_end import plan_delete, plan_restore
from panel.domain.operations_transfer import plan_transfer
from panel.domain.refusals import BadValue, NotNow, NotOffered
from panel.operation import sweep
from panel.operation.looks import MOST_UNCLEAR
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen, give_up, it_happened
from panel.operation.states import State
from tests.operation.crashing import work
from tests.operation.renewals import COMING, PRICE, arrives_before, transfer_in
from tests.operation.stage import Stage
from tests.operation.worlds import World

pytestmark = pytest.mark.django_db
TRANSFER = {"mrdomain": "domain/transfer", "netim": "domainTransferIn", "bookmyname": "domain_transfer"}


def after(operation: Operation, rounds: int = 2) -> Operation:
    for _ in range(rounds):
        work()
    operation.refresh_from_db()
    return operation


# --- transfer -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", list(TRANSFER))
def test_name_that_was_in_the_account_before_was_not_brought_there(family: str, stage: Stage) -> None:
    operation = transfer_in(family, "")(stage)
    world = World(stage.sandbox, family)
    arrives_before(world)

    after(operation, 4)

    assert (operation.state, operation.reason) == (State.FAILED, "already_exists")
    assert world.requests_for(TRANSFER[family]) == 0
    assert ledger.held(stage.customer) == 0
    assert not Domain.objects.filter(name=COMING, customer=stage.customer).exists()


@pytest.mark.parametrize("family", list(TRANSFER))
def test_second_transfer_that_is_answered_taken_is_found_to_be_ours(family: str, stage: Stage) -> None:
    operation = transfer_in(family, "")(stage)
    world = World(stage.sandbox, family)
    world.plant(TRANSFER[family], "late_effect", 1)
    after(operation, 3)
    assert (operation.state, operation.reason) == (State.QUEUED, "did_not_happen")
    with stage.driver(family) as driver:
        # It takes effect while the second request is under way: as near as two can come.
        read = type(driver.domains).info
    seen: list[int] = []

    def info(self: Any, name: str) -> Any:
        found: Any = None
        try:
            found = read(self, name)
        finally:
            seen.append(1)
            if len(seen) == 1:
                world.settle()
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(driver.domains), "info", info)
        work()
    for _ in range(4):
        work()
        world.settle()

    assert after(operation, 1).state == State.SUCCEEDED
    assert len([row for row in world.effects(COMING) if row["action"] == TRANSFER[family]]) == 1


def test_transfer_that_was_never_looked_for_was_never_sent(stage: Stage) -> None:
    operation = transfer_in("mrdomain", "")(stage)
    Operation.objects.filter(pk=operation.pk).update(state=State.UNKNOWN)

    after(operation, 1)

    assert operation.absences == 1
    assert operation.note.startswith("never sent")


def test_transfer_that_the_registry_cancelled_fails_and_frees_the_name(stage: Stage) -> None:
    stage.spoil(True)
    operation = transfer_in("mrdomain", "")(stage)
    after(operation, 1)
    assert Domain.objects.get(name=COMING).status == "transferring"
    World(stage.sandbox, "mrdomain").settle()

    after(operation, 2)

    assert (operation.state, operation.reason) == (State.FAILED, "transfer_failed")
    assert Domain.objects.get(name=COMING).status == "transfer_cancelled"
    assert ledger.balance(stage.customer) == 500


def test_cancelled_transfer_of_long_ago_is_not_this_one(stage: Stage) -> None:
    stage.spoil(True)
    first = transfer_in("mrdomain", "")(stage)
    after(first, 1)
    World(stage.sandbox, "mrdomain").settle()
    after(first, 2)
    stage.spoil(False)
    again = plan_transfer(
        stage.customer,
        COMING,
        auth_code="right",
        registrant=stage.contact,
        actor=None,
        account=stage.account("mrdomain"),
        price=PRICE,
    )
    World(stage.sandbox, "mrdomain").plant("domain/transfer", "reset_before", 1)
    after(again, 3)
    assert (again.state, again.reason) == (State.QUEUED, "did_not_happen")

    work()
    World(stage.sandbox, "mrdomain").settle()

    assert after(again).state == State.SUCCEEDED


def test_transfer_given_up_by_a_person_leaves_nobodys_name(stage: Stage, staff: Any) -> None:
    operation = transfer_in("mrdomain", "")(stage)
    after(operation, 1)
    Operation.objects.filter(pk=operation.pk).update(state=State.ATTENTION)

    assert give_up(operation, actor=staff, reason="the old registrar says no")

    assert Domain.objects.get(name=COMING).customer is None


def test_person_vouches_for_a_transfer(stage: Stage, staff: Any) -> None:
    operation = transfer_in("mrdomain", "")(stage)
    Operation.objects.filter(pk=operation.pk).update(state=State.ATTENTION)

    assert it_happened(operation, actor=staff, reason="seen there")

    assert Domain.objects.get(name=COMING).customer == stage.customer


def test_namecom_takes_no_transfers(stage: Stage) -> None:
    account = stage.account("namecom")

    with pytest.raises(NotOffered) as refused:
        plan_transfer(
            stage.customer,
            COMING,
            auth_code="x",
            registrant=stage.contact,
            actor=None,
            account=account,
            price=PRICE,
        )

    assert refused.value.capability == "domain.transfer"
    assert not Operation.objects.exists()
    assert ledger.held(stage.customer) == 0


@pytest.mark.parametrize(
    ("family", "nameservers"), [("netim", ()), ("bookmyname", ("ns1.lamps.example", "ns2.lamps.example"))]
)
def test_nameservers_of_a_transfer_are_told_where_they_must_be_and_not_where_they_stay(
    family: str, nameservers: tuple[str, ...], stage: Stage
) -> None:
    with pytest.raises(BadValue) as refused:
        plan_transfer(
            stage.customer,
            COMING,
            auth_code="x",
            registrant=stage.contact,
            actor=None,
            account=stage.account(family),
            nameservers=nameservers,
            price=PRICE,
        )

    assert refused.value.field == "nameservers"
    assert not Operation.objects.exists()


def test_name_that_is_here_is_not_transferred_in(stage: Stage) -> None:
    stage.domain("mrdomain", "soler-estudio.com")

    with pytest.raises(NotNow) as refused:
        plan_transfer(
            stage.customer,
            "soler-estudio.com",
            auth_code="x",
            registrant=stage.contact,
            actor=None,
            account=stage.account("mrdomain"),
            price=PRICE,
        )

    assert refused.value.reason == "held"


# --- delete ---------------------------------------------------------------------------------------------------------


def deletion_lost(stage: Stage, name: str = "ruches-du-leman.eu") -> tuple[Operation, World]:
    """A deletion whose request was lost before it arrived."""
    operation = plan_delete(stage.domain("bookmyname", name), actor=None)
    world = World(stage.sandbox, "bookmyname")
    world.plant("domain_delete", "reset_before", 1)
    work()
    return operation, world


def test_name_that_is_gone_and_free_was_deleted(stage: Stage) -> None:
    operation, world = deletion_lost(stage)
    world.change(remove_domain="ruches-du-leman.eu")
    world.change(free_name="ruches-du-leman.eu")

    assert after(operation, 1).state == State.SUCCEEDED
    assert Domain.objects.get().status == "deleted"


def test_name_that_is_gone_and_held_by_somebody_goes_to_a_person(stage: Stage) -> None:
    operation, world = deletion_lost(stage)
    world.change(remove_domain="ruches-du-leman.eu")

    after(operation, MOST_UNCLEAR + 1)

    assert (operation.state, operation.reason) == (State.ATTENTION, "nothing_proved")
    assert "gone to another registrar" in operation.note
    assert operation.sends == 1


def test_name_that_had_run_out_proves_no_deletion(stage: Stage) -> None:
    expired = timezone.now().date() - timedelta(days=2)
    world = World(stage.sandbox, "bookmyname")
    world.change(domain="ruches-du-leman.eu", set={"registrar_expiration": expired.isoformat()})
    operation, world = deletion_lost(stage)
    world.change(remove_domain="ruches-du-leman.eu")
    world.change(free_name="ruches-du-leman.eu")

    after(operation, MOST_UNCLEAR + 1)

    assert operation.state == State.ATTENTION
    assert "it may have run out" in operation.note


def test_deletion_waits_for_another_change_of_the_name(stage: Stage) -> None:
    operation = plan_delete(stage.domain("bookmyname", "whitman-prints.com"), actor=None)

    after(operation, 1)

    assert (operation.state, operation.sends) == (State.QUEUED, 0)
    assert "something is under way" in operation.note


def test_expired_name_in_redemption_may_have_come_there_by_itself(stage: Stage) -> None:
    world = World(stage.sandbox, "netim")
    operation = plan_delete(stage.domain("netim", "kinsale-moorings.com"), actor=None)
    assert operation.starts_from["status"] == "grace"
    world.plant("domainDelete", "reset_before", 1)
    work()
    world.change(domain="kinsale-moorings.com", set={"status": "QUARANTINE, NOT DELEGATED"})

    after(operation, MOST_UNCLEAR + 1)

    assert operation.state == State.ATTENTION
    assert "may have come to by itself" in operation.note


def test_name_is_read_again_while_a_person_decides(stage: Stage) -> None:
    world = World(stage.sandbox, "netim")
    operation = plan_delete(stage.domain("netim", "kinsale-moorings.com"), actor=None)
    world.plant("domainDelete", "reset_before", 1)
    work()
    world.change(domain="kinsale-moorings.com", set={"status": "QUARANTINE, NOT DELEGATED"})
    assert Domain.objects.get().status != Domain.Status.REDEMPTION

    after(operation, MOST_UNCLEAR + 2)

    assert operation.state == State.ATTENTION
    assert Domain.objects.get().status == Domain.Status.REDEMPTION
    assert Operation.objects.filter(kind="domain.refresh", state=State.SUCCEEDED).count() == 1


def test_name_about_which_nothing_was_sent_is_not_read_again_for_a_person(stage: Stage) -> None:
    operation = plan_delete(stage.domain("bookmyname", "whitman-prints.com"), actor=None)
    after(operation, 1)
    assert (operation.state, operation.sends) == (State.QUEUED, 0)

    Operation.objects.filter(pk=operation.pk).update(deadline_at=timezone.now() - timedelta(days=1))
    sweep.overdue()

    operation.refresh_from_db()
    assert operation.state == State.ATTENTION
    assert not Operation.objects.filter(kind="domain.refresh").exists()


def test_deleted_name_that_can_be_restored_is_read_again(stage: Stage) -> None:
    operation = plan_delete(stage.domain("netim", "carnets-de-garonne.org"), actor=None)

    after(operation, 2)

    assert operation.state == State.SUCCEEDED
    assert Domain.objects.get().status == "redemption"


# --- restore --------------------------------------------------------------------------------------------------------


def test_name_is_not_restored_before_it_is_known_what_became_of_its_deletion(stage: Stage) -> None:
    """Restored, it would look as if it had never been deleted, and the deletion would be sent once more."""
    name, world = "carnets-de-garonne.org", World(stage.sandbox, "netim")
    domain = stage.domain("netim", name)
    deletion = plan_delete(domain, actor=None)
    world.plant("domainDelete", "reset_after", 1)
    work()
    deletion.refresh_from_db()
    assert deletion.state == State.UNKNOWN
    # As a reading tells that came in between.
    Domain.objects.update(status=Domain.Status.REDEMPTION)
    domain.refresh_from_db()

    with pytest.raises(AlreadyOpen) as refused:
        plan_restore(domain, actor=None, price=Decimal("42.80"))

    assert refused.value.operation == deletion
    assert after(deletion).state == State.SUCCEEDED
    domain.refresh_from_db()
    assert after(plan_restore(domain, actor=None, price=Decimal("42.80"))).state == State.SUCCEEDED
    assert world.requests_for("domainDelete") == 1


def test_name_is_not_deleted_before_it_is_known_what_became_of_its_restoration(stage: Stage) -> None:
    domain = stage.domain("netim", "walsh-chandlery.com")
    restoration = plan_restore(domain, actor=None, price=Decimal("42.80"))
    World(stage.sandbox, "netim").plant("domainRestore", "reset_after", 1)
    work()
    Domain.objects.update(status=Domain.Status.ACTIVE)
    domain.refresh_from_db()

    with pytest.raises(AlreadyOpen) as refused:
        plan_delete(domain, actor=None)

    assert refused.value.operation == restoration


def test_name_that_cannot_be_restored_any_more_fails_and_the_money_comes_back(stage: Stage) -> None:
    domain = stage.domain("netim", "walsh-chandlery.com")
    operation = plan_restore(domain, actor=None, price=Decimal("42.80"))
    World(stage.sandbox, "netim").change(remove_domain="walsh-chandlery.com")

    after(operation, 4)

    assert operation.state == State.FAILED
    assert ledger.balance(stage.customer) == 500


def test_name_that_somebody_else_restored_is_not_paid_for(stage: Stage) -> None:
    domain = stage.domain("netim", "walsh-chandlery.com")
    operation = plan_restore(domain, actor=None, price=Decimal("42.80"))
    with stage.driver("netim") as driver:
        driver.domains.restore("walsh-chandlery.com")

    after(operation, 4)

    assert operation.state == State.FAILED
    assert "no request of ours got through" in operation.note
    assert ledger.balance(stage.customer) == 500


def test_living_name_is_not_restored(stage: Stage) -> None:
    with pytest.raises(NotNow):
        plan_restore(stage.domain("netim", "bastienroux-photo.com"), actor=None, price=Decimal(40))


@pytest.mark.parametrize("family", ["mrdomain", "namecom"])
def test_registrars_without_deletion_are_not_asked_for_one(family: str, stage: Stage) -> None:
    names = {"mrdomain": "soler-estudio.com", "namecom": "byrne-ceramics.com"}

    with pytest.raises(NotOffered):
        plan_delete(stage.domain(family, names[family]), actor=None)
