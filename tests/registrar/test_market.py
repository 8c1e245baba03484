"""Offers of several accounts, ranked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrar.capability import Support
from registrar.market import Health, Obstacle, Offer, Stance, Why, convert, obstacles, rank


def offer(account: int, amount: str = "10.00", **changes: Any) -> Offer:
    cost = Decimal(amount)
    values = {"support": Support.FULL, "cost": cost, "currency": "EUR", "price": cost, **changes}
    return Offer(account=account, **values)


def accounts(offers: Any) -> list[int]:
    return [one.account for one in offers]


def test_rank_puts_the_cheapest_first() -> None:
    ranking = rank([offer(1, "12.00"), offer(2, "9.00"), offer(3, "10.00")])

    assert accounts(ranking.offers) == [2, 3, 1]
    assert ranking.best == ranking.offers[0]
    assert ranking.why == Why.CHEAPEST


def test_rank_compares_in_one_currency() -> None:
    dollars = offer(1, "12.00", currency="USD", price=Decimal("10.80"))

    assert accounts(rank([offer(2, "11.00"), dollars]).offers) == [1, 2]


def test_preference_wins_over_price() -> None:
    ranking = rank([offer(1, "5.00"), offer(2, "9.00", stance=Stance.PREFER)])

    assert accounts(ranking.offers) == [2, 1]
    assert ranking.why == Why.PREFERRED


def test_preferred_account_that_rests_gives_way_to_one_that_works() -> None:
    ranking = rank([offer(1, stance=Stance.PREFER, health=Health.RESTING), offer(2, "12.00")])

    assert accounts(ranking.offers) == [2]
    assert ranking.why == Why.ONLY
    assert ranking.left_out[0].obstacles == (Obstacle.RESTING,)


def test_full_support_comes_before_partial_at_the_same_price() -> None:
    assert accounts(rank([offer(1, support=Support.PARTIAL), offer(2)]).offers) == [2, 1]


def test_older_account_comes_first_where_nothing_else_decides() -> None:
    assert accounts(rank([offer(8), offer(3)]).offers) == [3, 8]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"support": Support.NONE}, Obstacle.CANNOT),
        ({"support": Support.MANUAL}, Obstacle.CANNOT),
        ({"cost": None, "price": None}, Obstacle.NOT_SOLD),
        ({"is_open": False}, Obstacle.CLOSED),
        ({"stance": Stance.NEVER}, Obstacle.NEVER),
        ({"health": Health.PAUSED}, Obstacle.PAUSED),
        ({"price": None}, Obstacle.NO_RATE),
        ({"health": Health.STOPPED}, Obstacle.STOPPED),
        ({"health": Health.RESTING}, Obstacle.RESTING),
        ({"balance": Decimal("9.99")}, Obstacle.BALANCE_LOW),
    ],
)
def test_offer_is_left_out_with_its_reason(changes: dict[str, Any], expected: Obstacle) -> None:
    ranking = rank([offer(1, **changes), offer(2, "99.00")])

    assert accounts(ranking.offers) == [2]
    assert [(out.offer.account, out.obstacles) for out in ranking.left_out] == [(1, (expected,))]


def test_every_reason_is_told() -> None:
    found = obstacles(offer(1, support=Support.NONE, stance=Stance.NEVER, health=Health.PAUSED))

    assert found == (Obstacle.CANNOT, Obstacle.NEVER, Obstacle.PAUSED)


def test_balance_that_nobody_knows_is_no_obstacle() -> None:
    assert obstacles(offer(1, balance=None)) == ()


def test_balance_must_hold_all_years() -> None:
    enough_for_one = offer(1, "10.00", balance=Decimal("15.00"))

    assert obstacles(enough_for_one) == ()
    assert obstacles(enough_for_one, years=2) == (Obstacle.BALANCE_LOW,)


@pytest.mark.parametrize(
    "passing", [{"health": Health.RESTING}, {"health": Health.STOPPED}, {"balance": Decimal(1)}]
)
def test_order_waits_at_the_only_account_until_it_can(passing: dict[str, Any]) -> None:
    ranking = rank([offer(1, **passing), offer(2, stance=Stance.NEVER)])

    assert ranking.offers == ()
    assert ranking.best is not None
    assert ranking.best.account == 1
    assert ranking.why == Why.WAITS


def test_nothing_is_chosen_where_everything_wants_a_person() -> None:
    ranking = rank([offer(1, health=Health.PAUSED), offer(2, price=None), offer(3, support=Support.NONE)])

    assert ranking.best is None
    assert ranking.why is None


@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [("12.99", "0.92", "11.95"), ("0.05", "0.5", "0.03"), ("0.15", "0.1", "0.02"), ("10.00", "1", "10.00")],
)
def test_convert_rounds_halves_up_to_the_cent(amount: str, rate: str, expected: str) -> None:
    assert convert(Decimal(amount), Decimal(rate)) == Decimal(expected)


OFFERS = st.builds(
    Offer,
    account=st.integers(1, 50),
    support=st.sampled_from(Support),
    cost=st.none() | st.decimals("0", "99", places=2),
    currency=st.just("EUR"),
    price=st.none() | st.decimals("0", "99", places=2),
    health=st.sampled_from(Health),
    balance=st.none() | st.decimals("0", "99", places=2),
    stance=st.sampled_from(Stance),
    is_open=st.booleans(),
)


@given(st.lists(OFFERS, max_size=8, unique_by=lambda one: one.account))
def test_ranking_loses_no_offer_and_uses_none_that_is_barred(offers: list[Offer]) -> None:
    ranking = rank(offers)

    everything = [*accounts(ranking.offers), *(out.offer.account for out in ranking.left_out)]
    assert sorted(everything) == sorted(accounts(offers))
    assert all(not obstacles(one) for one in ranking.offers)
    assert ranking == rank(list(reversed(offers)))
    if ranking.best is not None:
        assert all(obstacle.passes for obstacle in obstacles(ranking.best))
