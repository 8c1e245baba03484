"""Several registrars as one market: which account can do this for this extension, at what cost.

Pure: offers in, a ranking out. Who makes the offers, and what an account is, is the caller's affair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from registrar.capability import Support

CENT = Decimal("0.01")


class Health(StrEnum):
    """Whether an account can be used. Stopped: its credentials are refused; resting: not called for a while."""

    WORKING = "working"
    RESTING = "resting"
    STOPPED = "stopped"
    PAUSED = "paused"


class Stance(StrEnum):
    """What the operator wishes for an account and an extension."""

    NONE = ""
    PREFER = "prefer"
    NEVER = "never"


class Obstacle(StrEnum):
    """Why an account is left out."""

    CANNOT = "cannot"
    NOT_SOLD = "not_sold"
    CLOSED = "closed"
    NEVER = "never"
    PAUSED = "paused"
    NO_RATE = "no_rate"
    STOPPED = "stopped"
    RESTING = "resting"
    BALANCE_LOW = "balance_low"

    @property
    def passes(self) -> bool:
        """True when an order could simply wait until it is over; the others want a decision of a person."""
        return self in {Obstacle.STOPPED, Obstacle.RESTING, Obstacle.BALANCE_LOW}


class Why(StrEnum):
    """Why the first of a ranking is the first."""

    ONLY = "only"
    PREFERRED = "preferred"
    CHEAPEST = "cheapest"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one account says to one action in one extension.

    `cost` is for one year in `currency` (None: not sold); `price` is the same in the currency in which offers are
    compared (None: there is no exchange rate). `balance` is in `currency`, None where nobody knows it. `is_open` is
    False for an account that takes no new registrations.
    """

    account: int
    support: Support
    cost: Decimal | None
    currency: str
    price: Decimal | None
    health: Health = Health.WORKING
    balance: Decimal | None = None
    stance: Stance = Stance.NONE
    is_open: bool = True

    @property
    def is_usable(self) -> bool:
        """True when the account's API can do it."""
        return self.support in {Support.FULL, Support.PARTIAL}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An offer that cannot be used now, with every reason."""

    offer: Offer
    obstacles: tuple[Obstacle, ...]

    @property
    def passes(self) -> bool:
        """True when all that is in its way passes by itself or by a top-up."""
        return all(obstacle.passes for obstacle in self.obstacles)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Offers that can be used now, best first; and those left out, those that only have to wait first."""

    offers: tuple[Offer, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def best(self) -> Offer | None:
        """The offer to use. Where every usable one has to wait, the best of those: orders are taken, and wait."""
        if self.offers:
            return self.offers[0]
        return next((out.offer for out in self.left_out if out.passes), None)

    @property
    def why(self) -> Why | None:
        """Why `best` is it; None where there is none."""
        best = self.best
        if best is None:
            return None
        if not self.offers:
            return Why.WAITS
        if best.stance == Stance.PREFER:
            return Why.PREFERRED
        return Why.ONLY if len(self.offers) == 1 else Why.CHEAPEST


def obstacles(offer: Offer, years: int = 1) -> tuple[Obstacle, ...]:
    """Everything that is in the way of an offer, what lasts first."""
    found = [
        (Obstacle.CANNOT, not offer.is_usable),
        (Obstacle.NOT_SOLD, offer.cost is None),
        (Obstacle.CLOSED, not offer.is_open),
        (Obstacle.NEVER, offer.stance == Stance.NEVER),
        (Obstacle.PAUSED, offer.health == Health.PAUSED),
        (Obstacle.NO_RATE, offer.cost is not None and offer.price is None),
        (Obstacle.STOPPED, offer.health == Health.STOPPED),
        (Obstacle.RESTING, offer.health == Health.RESTING),
        (Obstacle.BALANCE_LOW, _is_short(offer, years)),
    ]
    return tuple(obstacle for obstacle, present in found if present)


def rank(offers: Iterable[Offer], years: int = 1) -> Ranking:
    """Sort offers: the preferred one, then by price, then full support before partial, then the older account."""
    ranked, left_out = [], []
    for offer in sorted(offers, key=_order):
        in_the_way = obstacles(offer, years)
        if in_the_way:
            left_out.append(LeftOut(offer, in_the_way))
        else:
            ranked.append(offer)
    left_out.sort(key=lambda out: not out.passes)
    return Ranking(tuple(ranked), tuple(left_out))


def convert(amount: Decimal, rate: Decimal) -> Decimal:
    """`amount` at `rate`, to the cent, halves upwards."""
    return (amount * rate).quantize(CENT, ROUND_HALF_UP)


def _order(offer: Offer) -> tuple[bool, bool, Decimal, bool, int]:
    price = offer.price if offer.price is not None else Decimal(0)
    return (
        offer.stance != Stance.PREFER,
        offer.price is None,
        price,
        offer.support != Support.FULL,
        offer.account,
    )


def _is_short(offer: Offer, years: int) -> bool:
    return offer.balance is not None and offer.cost is not None and offer.balance < offer.cost * years
