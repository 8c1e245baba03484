"""An order, its contact and the reading behind it, cut off at every point, under every kind of answer."""

from __future__ import annotations

import pytest

from panel.contact.models import ContactHandle
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.operation.models import Operation
from panel.operation.states import State
from tests.operation.crashing import tell, work
from tests.operation.scenes import Case
from tests.operation.stage import Stage
from tests.operation.stories import Story, Way, cases

pytestmark = pytest.mark.django_db

NAME = "quiet-harbor-lights.com"


def a_contact(stage: Stage) -> Operation:
    """The copy of the contact, which the order waits for."""
    first: Operation | None = stage.ordered(NAME).depends_on
    assert first is not None
    return first


def a_registration(stage: Stage) -> Operation:
    """The order itself, its contact being there."""
    operation = stage.ordered(NAME)
    work()
    operation.refresh_from_db()
    assert operation.state == State.QUEUED
    return operation


def a_reading(stage: Stage) -> Operation:
    """A name is to be read."""
    return plan_refresh("soler-estudio.com", stage.account("mrdomain"), key="asked")


STORIES = [
    Story(
        kind="contact.create",
        family="mrdomain",
        arrange=a_contact,
        steps={"contact/create": 1},
        subject="",
        refused="3002",
        # The registrar makes a second copy of the same contact where the first request takes effect after two proofs
        # of its absence. It costs nothing, and the panel knows and uses one of them only.
        same_twice=True,
    ),
    Story(
        kind="domain.create",
        family="mrdomain",
        arrange=a_registration,
        steps={"domain/create": 1},
        subject=NAME,
        refused="2009",
        taken=lambda world: world.change(take_name=NAME),
        pends=True,
    ),
    Story(
        kind="domain.refresh",
        family="mrdomain",
        arrange=a_reading,
        steps={"domain/getinfo": 1},
        subject="soler-estudio.com",
        refused="2001",
        looked_into="2008",
        reads_only=True,
    ),
]


@pytest.mark.parametrize(("scene", "way"), cases(STORIES), indirect=["scene"], scope="module")
def test_crash_loses_nothing_and_doubles_nothing(case: Case, way: Way) -> None:
    target = tell(case, way)

    assert ContactHandle.objects.filter(contact__isnull=False).count() <= 1
    copies = case.world.executed("contact/create")
    for operation in Operation.objects.filter(kind="contact.create"):
        assert (operation.state == State.SUCCEEDED) == bool(copies)
    if target.kind != "domain.refresh":
        held = Domain.objects.filter(name=NAME, customer=case.stage.customer, status=Domain.Status.ACTIVE)
        assert held.count() == (target.state == State.SUCCEEDED)
        assert len(case.world.executed("domain/create")) == (target.state == State.SUCCEEDED)
