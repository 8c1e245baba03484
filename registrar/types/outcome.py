"""Results of writes, pages of reads, and prices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in a currency (ISO 4217 code)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The registrar says it is done, and `value` is what it answered."""

    value: T


@dataclass(frozen=True, slots=True)
class Pending(Generic[T]):
    """Accepted, not finished. `reference` is what to poll by; `value` is what is known so far."""

    reference: str
    value: T | None = None


Outcome = Done[T] | Pending[T]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. `number` starts at 1; `total` counts the items of all pages."""

    items: tuple[T, ...]
    number: int
    length: int
    total: int

    @property
    def is_last(self) -> bool:
        """True when no further page holds anything."""
        return self.number * self.length >= self.total or not self.items
