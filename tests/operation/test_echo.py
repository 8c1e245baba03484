"""An answer that denies a request may be the echo of that very request: it was executed, and is there already."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from panel.billing import ledger
from panel.dns.operations import plan_zone, read_zone
from panel.domain.operations_dnssec import plan_dnssec
from panel.domain.operations_renew import plan_renew
from panel.operation.states import State
from registrar import types
from tests.operation.crashing import work
from tests.operation.renewals import PRICE, RENEWED
from tests.operation.settings_of_names import AT_NAMECOM, KEY, SIGNED
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


def test_record_that_was_made_and_denied_is_followed_by_the_rest_of_the_zone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panel.account.throttle.take", lambda *_: None)
    domain = stage.domain("namecom", AT_NAMECOM)
    with stage.driver("namecom") as driver:
        shown = read_zone(driver, AT_NAMECOM)
    world = World(stage.sandbox, "namecom")
    world.plant("dns/create", "already_exists", 1)
    lantern = types.DnsRecord(f"lantern.{AT_NAMECOM}", types.RecordType.A, "192.0.2.77", ttl=600)
    planned: Any = plan_zone(domain, [*shown[:-1], lantern], actor=None, seen=shown)

    for _turn in range(8):
        work()

    planned.refresh_from_db()
    assert (planned.state, planned.sends) == (State.SUCCEEDED, 2)
    assert [len(world.executed(action)) for action in ("dns/create", "dns/delete")] == [1, 1]


def test_key_that_was_kept_and_denied_is_followed_by_the_end_of_the_old_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panel.account.throttle.take", lambda *_: None)
    world = World(stage.sandbox, "mrdomain")
    world.plant("domain/dnsseccreate", "already_exists", 1)
    planned: Any = plan_dnssec(stage.domain("mrdomain", SIGNED), [KEY], actor=None)

    for _turn in range(8):
        work()

    planned.refresh_from_db()
    assert (planned.state, planned.sends) == (State.SUCCEEDED, 2)
    assert len(world.executed("domain/dnsseccreate")) == len(world.executed("domain/dnssecdelete")) == 1
