"""How far an order has come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from panel.billing.models import Order, OrderLine
from panel.operation.states import FINAL, State


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of an order's names. `given_back` is what went back to the wallet."""

    total: int
    done: int
    ended: int
    given_back: Decimal

    @property
    def is_final(self) -> bool:
        """True once nothing about the order changes by itself any more."""
        return self.ended == self.total


def with_progress(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with `names`, `done` and `ended`: how many names, how many are theirs, how many are settled."""
    state = "lines__operation__state"
    return orders.annotate(
        names=Count("lines"),
        done=Count("lines", filter=Q(**{state: State.SUCCEEDED})),
        ended=Count("lines", filter=Q(**{f"{state}__in": sorted(FINAL)})),
    )


def lines_of(order: Order) -> list[OrderLine]:
    """The order's names with their operations."""
    return list(order.lines.select_related("operation__brand", "operation__depends_on").order_by("pk"))


def progress_of(lines: list[OrderLine]) -> Progress:
    """The counts of an order's lines."""
    states = [State(line.operation.state) for line in lines]
    failed = [line for line in lines if line.operation.state in (State.FAILED, State.CANCELLED)]
    return Progress(
        total=len(lines),
        done=states.count(State.SUCCEEDED),
        ended=sum(state in FINAL for state in states),
        given_back=sum((line.price for line in failed), Decimal("0.00")),
    )
