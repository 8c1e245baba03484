"""An answer that denies a request may be the echo of that very request: it was executed, and is there already."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from panel.billing import ledger
from panel.domain.operations_renew import plan_renew
from panel.operation.states import State
from tests.operation.crashing import work
from tests.operation.renewals import PRICE, RENEWED
from tests.operation.stage import Stage
from tests.operation.test_renew_proof import REQUEST
from tests.operation.worlds import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("family", RENEWED)
def test_renewal_that_was_executed_and_denied_is_the_orders(family: str, stage: Stage) -> None:
    domain = stage.domain(family, RENEWED[family])
    assert isinstance(domain.expires_on, date)
    before = ledger.balance(stage.customer)
    world = World(stage.sandbox, family)
    world.plant(REQUEST[family], "already_exists", 1)
    planned: Any = plan_renew(domain, years=1, expires_on=domain.expires_on, price=PRICE, actor=None)

    for _turn in range(8):
        work()
        world.settle()

    planned.refresh_from_db()
    assert (planned.state, planned.sends) == (State.SUCCEEDED, 1)
    assert ledger.balance(stage.customer) == before - PRICE
    assert len(world.effects(domain.name)) == 1
