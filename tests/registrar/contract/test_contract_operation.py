"""Module operation, over every family."""

from __future__ import annotations

import pytest

from registrar.errors import NotFound, RegistrarError
from registrar.types import OperationStatus, Pending
from tests.registrar.contract.contract import Door, promise


def pending_transfer(door: Door) -> str:
    """The reference of something that takes its time everywhere."""
    outcome = door.driver.domains.transfer(door.transfer())
    assert isinstance(outcome, Pending)
    return outcome.reference


@promise("operation.info", "domain.transfer")
def test_operation_is_pending_until_it_is_done(door: Door) -> None:
    reference = pending_transfer(door)

    assert door.driver.operations.info(reference).status is OperationStatus.PENDING
    door.world.settle()
    assert door.driver.operations.info(reference).status is OperationStatus.DONE


@promise("operation.info")
def test_operation_that_is_not_there_is_not_found(door: Door) -> None:
    with pytest.raises(NotFound):
        door.driver.operations.info("999999999")


@promise("operation.pending", "domain.transfer")
def test_pending_operations_are_listed_until_they_are_done(door: Door) -> None:
    reference = pending_transfer(door)

    assert reference in {record.reference for record in door.driver.operations.pending()}
    door.world.settle()
    assert reference not in {record.reference for record in door.driver.operations.pending()}


@promise("operation.cancel", "operation.info", "domain.transfer")
def test_cancelled_operation_is_cancelled_or_has_gone_too_far(door: Door) -> None:
    reference = pending_transfer(door)

    try:
        door.settled(door.driver.operations.cancel(reference))
    except RegistrarError:
        assert door.driver.operations.info(reference).status is OperationStatus.PENDING
    else:
        assert door.driver.operations.info(reference).status is OperationStatus.CANCELLED


@promise("operation.cancel", "operation.info", "domain.transfer")
def test_operation_that_is_done_cannot_be_cancelled(door: Door) -> None:
    reference = pending_transfer(door)
    door.world.settle()

    with pytest.raises(RegistrarError):
        door.driver.operations.cancel(reference)
    assert door.driver.operations.info(reference).status is OperationStatus.DONE


@promise("operation.open_kinds")
def test_kinds_of_operations_that_are_open_are_told_for_an_extension(door: Door) -> None:
    assert door.driver.operations.open_kinds("com")
