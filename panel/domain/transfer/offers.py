"""What the lines of a batch say to a customer: whether a name can be moved, for how much, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from panel.billing.pricing import PriceBook
from panel.domain.models import TransferBatch, TransferLine
from panel.domain.transfer.batches import ORDERABLE
from panel.domain.transfer.words import obstacle_words
from panel.operation.states import State
from panel.operation.words import Words, describe


class Stand(StrEnum):
    """What a line shows. The templates hold the words."""

    CHECKING = "checking"
    RETRYING = "retrying"
    FAILED = "failed"
    POSSIBLE = "possible"
    UNCHECKED = "unchecked"
    REFUSED = "refused"
    PRICELESS = "priceless"
    FORGOTTEN = "forgotten"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class TransferOffer:
    """One line of a batch as a customer sees it. `words` are those of the operation once it is ordered."""

    line: TransferLine
    stand: Stand
    price: Decimal | None = None
    why: str = ""
    next_step: str = ""
    words: Words | None = None

    @property
    def is_open(self) -> bool:
        """True while the line waits for an answer."""
        return self.stand in (Stand.CHECKING, Stand.RETRYING)

    @property
    def is_coming(self) -> bool:
        """True while its operation goes on."""
        return self.line.operation is not None and not self.line.operation.is_final

    @property
    def is_orderable(self) -> bool:
        """True when the name can be ordered now."""
        return self.stand in (Stand.POSSIBLE, Stand.UNCHECKED)

    @property
    def mark(self) -> str:
        """What tells whether the line says something else than before."""
        return f"{self.stand}:{self.words.title if self.words else self.line.problem}"


def lines_of(batch: TransferBatch) -> QuerySet[TransferLine]:
    """The batch's lines with what is shown of them, and `is_kept`: whether a code is still there. Without the codes."""
    kept = ExpressionWrapper(~Q(code=""), output_field=BooleanField())
    around = ("account", "operation__brand", "operation__depends_on")
    return batch.lines.defer("code").annotate(is_kept=kept).select_related(*around)


def offers_of(batch: TransferBatch, lines: Iterable[TransferLine]) -> list[TransferOffer]:
    """The lines (see lines_of()) as offers, at the brand's prices, read once for all lines."""
    shown = list(lines)
    book = PriceBook(batch.customer.brand, {line.tld_name for line in shown})
    return [_offer(line, book) for line in shown]


def orderable(offers: Iterable[TransferOffer]) -> list[TransferOffer]:
    """Those that can be ordered now."""
    return [offer for offer in offers if offer.is_orderable]


def total_of(offers: Sequence[TransferOffer]) -> Decimal:
    """What these cost together."""
    return sum((offer.price for offer in offers if offer.price is not None), Decimal("0.00"))


def _offer(line: TransferLine, book: PriceBook) -> TransferOffer:
    if line.operation is not None:
        given_back = line.operation.state in (State.FAILED, State.CANCELLED)
        price = None if given_back else line.operation.price
        return TransferOffer(line, Stand.ORDERED, price, words=describe(line.operation))
    if line.state == TransferLine.State.PENDING:
        return TransferOffer(line, Stand.RETRYING if line.tries else Stand.CHECKING)
    if line.state == TransferLine.State.FAILED:
        return TransferOffer(line, Stand.FAILED)
    if line.state == TransferLine.State.REFUSED:
        why, next_step = obstacle_words(line.reason)
        return TransferOffer(line, Stand.REFUSED, why=why, next_step=next_step)
    assert line.state in ORDERABLE
    if line.has_code and not getattr(line, "is_kept", True):
        return TransferOffer(line, Stand.FORGOTTEN)
    quote = book.quote(line.tld_name, "transfer", account=line.account)
    if quote is None or not quote.sellable:
        return TransferOffer(line, Stand.PRICELESS)
    return TransferOffer(line, Stand(line.state), quote.total(1))
