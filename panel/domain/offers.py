"""What a search's lines say to a customer: free or not, for how much, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from panel.access.actor import Actor
from panel.account.models import Action
from panel.billing import cart
from panel.billing.models import CartLine
from panel.billing.pricing import PriceBook, Quote
from panel.domain.models import Availability, SearchLine, name_in, subject_of
from panel.domain.queries import GONE, domains_for
from panel.operation.queries import operations_for
from panel.operation.states import OPEN


class OfferState(StrEnum):
    """What a line shows. The templates hold the words."""

    CHECKING = "checking"
    RETRYING = "retrying"
    FAILED = "failed"
    AVAILABLE = "available"
    PREMIUM = "premium"
    PRICELESS = "priceless"
    TAKEN = "taken"
    OWNED = "owned"
    ORDERED = "ordered"
    UNSUPPORTED = "unsupported"
    MAINTENANCE = "maintenance"
    INVALID = "invalid"


BUYABLE = frozenset({OfferState.AVAILABLE, OfferState.PREMIUM})


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of a search as a customer sees it. Prices are for one year."""

    line: SearchLine
    state: OfferState
    first: Decimal | None = None
    then: Decimal | None = None
    currency: str = ""
    in_promo: bool = False
    in_cart: bool = False

    @property
    def is_open(self) -> bool:
        """True while the line waits for an answer."""
        return self.state in (OfferState.CHECKING, OfferState.RETRYING)

    @property
    def is_buyable(self) -> bool:
        """True when the name can be put into the cart."""
        return self.state in BUYABLE


class NotForSale(Exception):
    """The name cannot be put into the cart: nobody found it free, or it has no price."""


def offers_for(actor: Actor, lines: Iterable[SearchLine]) -> list[Offer]:
    """The lines as offers: the brand's prices, the customer's own names and its cart, read once for all lines."""
    shown = list(lines)
    names = [line.name for line in shown]
    book = PriceBook(actor.brand, {line.tld_name for line in shown})
    mine = domains_for(actor).filter(name__in=names).exclude(status__in=GONE)
    own = set(mine.values_list("name", flat=True))
    running = operations_for(actor).filter(
        kind="domain.create",
        subject__in=[subject_of(name) for name in names],
        state__in=OPEN,
    )
    ordered = {name_in(subject) for subject in running.values_list("subject", flat=True)}
    in_cart = cart.names_in_cart(actor)
    return [_offer(line, book, own, ordered, in_cart) for line in shown]


def _offer(line: SearchLine, book: PriceBook, own: set[str], ordered: set[str], in_cart: set[str]) -> Offer:
    if line.name in ordered:
        return Offer(line, OfferState.ORDERED)
    if line.name in own:
        return Offer(line, OfferState.OWNED)
    if line.state != SearchLine.State.ANSWERED:
        waiting = OfferState.RETRYING if line.tries else OfferState.CHECKING
        return Offer(line, OfferState.FAILED if line.state == SearchLine.State.FAILED else waiting)
    answer = line.availability
    if answer is None:
        return Offer(line, OfferState.UNSUPPORTED)
    if answer.state not in (Availability.State.AVAILABLE, Availability.State.PREMIUM):
        return Offer(line, OfferState(answer.state))
    quote = quote_for(book, line.tld_name, answer)
    if quote is None or not quote.sellable:
        known = book.account_for(line.tld_name) and book.quote(line.tld_name)
        return Offer(line, OfferState.PRICELESS if known else OfferState.UNSUPPORTED)
    renewal = book.quote(line.tld_name, Action.RENEW)
    return Offer(
        line=line,
        state=OfferState(answer.state),
        first=quote.price,
        then=renewal.price if renewal else None,
        currency=quote.currency,
        in_promo=quote.in_promo,
        in_cart=line.name in in_cart,
    )


def quote_for(book: PriceBook, tld_name: str, answer: Availability) -> Quote | None:
    """The price of a name that was found free; a premium name's own cost decides, and must be known."""
    if answer.state != Availability.State.PREMIUM:
        return book.quote(tld_name)
    usual = book.quote(tld_name)
    if usual is None or answer.cost is None or answer.currency not in ("", usual.account_currency):
        return None
    return book.quote(tld_name, cost=answer.cost)


def put_in_cart(actor: Actor, name: str, tld_name: str, *, years: int | None = None) -> CartLine:
    """Put a name into the customer's cart. Raises NotForSale and cart.CartFull."""
    assert actor.customer is not None
    book = PriceBook(actor.brand, [tld_name])
    account = book.account_for(tld_name)
    answer = Availability.objects.filter(account=account, name=name).first() if account else None
    if answer is None or answer.state not in (Availability.State.AVAILABLE, Availability.State.PREMIUM):
        raise NotForSale(name)
    quote = quote_for(book, tld_name, answer)
    if quote is None or not quote.sellable:
        raise NotForSale(name)
    return cart.add_line(cart.cart_of(actor.customer), name, quote, years=years)
