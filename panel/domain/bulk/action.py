"""What an action on many names is: whether it can be done to one, judged without a query, and doing it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from panel.billing.pricing import PriceBook
from panel.brand.models import Brand
from panel.domain.models import BulkItem, Domain
from panel.operation.models import Operation
from panel.people.models import User


@dataclass(frozen=True, slots=True)
class Deed:
    """One item as an action carries it out: `key` makes it the same operation however often it is tried."""

    item: BulkItem
    domain: Domain
    actor: User | None

    @property
    def key(self) -> str:
        """What the operation's intent is known by."""
        return f"bulk:{self.item.pk}"


class Books:
    """The price books of the brands whose names are renewed, each read once."""

    def __init__(self, tld_names: set[str]) -> None:
        self.tld_names = tld_names
        self._books: dict[int, PriceBook] = {}

    def of(self, brand: Brand) -> PriceBook:
        """The brand's prices in these extensions."""
        if brand.pk not in self._books:
            self._books[brand.pk] = PriceBook(brand, self.tld_names)
        return self._books[brand.pk]


class Action(ABC):
    """A change that is wanted of many names. `values` (JSON) say which; `kinds` may not be under way already."""

    kinds: ClassVar[tuple[str, ...]] = ()
    busy: ClassVar[str] = "busy"

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def rivals(self) -> Q:
        """The open operations about a name while which this cannot be done to it; `busy` is the reason then."""
        return Q(kind__in=self.kinds)

    def prepare(self, chosen: QuerySet[Domain]) -> None:
        """Read at once what judge() needs of all the chosen names; not called before carry_out()."""
        return

    @abstractmethod
    def facts(self, domain: Domain) -> tuple[Any, ...]:
        """What judge() reads of a name besides its account, extension, state and change lock: alike, judged alike."""

    @abstractmethod
    def judge(self, domain: Domain, books: Books) -> Decimal | None:
        """What it costs. Raises CannotDo. Needs `account` and `customer`; asks the database for prices alone."""

    @abstractmethod
    def carry_out(self, deed: Deed, books: Books) -> Operation | None:
        """Plan it, or do it where no registrar is needed. Raises CannotDo, AlreadyOpen and ledger.NotEnoughMoney."""
