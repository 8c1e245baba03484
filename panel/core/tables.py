"""Columns of list pages: what a cell shows, what a spreadsheet gets, how it is sorted.

A table is a class whose attributes are columns, in their order; who derives from it may replace some (`name = None`
takes one away) and adds others at the end. `panel.core.drawing` draws it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from panel.core import cells
from panel.core.markup import escaped

EMPTY = "–"
# What stands in an address for the key of a row while the rest of it is found: an id, or a name or a number where that
# is wanted.
SAMPLES = ("a-row", "a-row.example", "9081726354")
# What a key keeps of itself in an address, as in Django's own reverse().
KEPT = "!$&'()*+,;=/~:@"


_plain = re.compile(r"[a-z0-9.-]*").fullmatch


class PageOf:
    """The address of each row's page: that of a view with one argument, which is read off the row (`domain.name`)."""

    def __init__(self, view: str, key: str) -> None:
        self.view, self.read = view, attrgetter(key)

    def settled(self) -> Callable[[Any], str]:
        """The address by row, for the rows of one page: what is around the key is found once."""
        read, (before, after) = self.read, _here(self.view)
        return lambda record: f"{before}{_quoted(read(record))}{after}"


def address_of(view: str, key: object) -> str:
    """As reverse() with one argument, for those asked for by the dozen. What is around the key is found once."""
    before, after = _here(view)
    return f"{before}{_quoted(key)}{after}"


def _here(view: str) -> tuple[str, str]:
    return _around(view, get_urlconf(), get_script_prefix())


def _quoted(key: object) -> str:
    text = str(key)
    return text if _plain(text) else quote(text, safe=KEPT)


@lru_cache(maxsize=256)
def _around(view: str, urlconf: str | None, _prefix: str) -> tuple[str, str]:
    *others, last = SAMPLES
    for sample in others:
        with suppress(NoReverseMatch):
            return _split(view, urlconf, sample)
    return _split(view, urlconf, last)


def _split(view: str, urlconf: str | None, sample: str) -> tuple[str, str]:
    before, _sample, after = reverse(view, urlconf=urlconf, args=[sample]).partition(sample)
    return before, after


class Column:
    """A column of text.

    `accessor` is the path to a row's value (`customer__name`; the column's own name without it; what can be called is
    called), `default` is shown for a value that is one of `empty_values`. `sort` is the model field that it sorts by
    (none: not sortable), `shown` whether it is on without being chosen, `title` marks the one that names the row,
    `numeric` sets it right-aligned, `reads` names fields that only it needs (see Table).

    The table may say what a cell shows with `render_NAME(self, record, value)` and what a spreadsheet gets with
    `value_NAME(self, record, value)`. These, and `render` and `value` of a column, get what they name of `record`,
    `value` and `table`.
    """

    empty: tuple[Any, ...] = (None, "")

    def __init__(
        self,
        verbose_name: Any = "",
        *,
        accessor: str = "",
        default: Any = EMPTY,
        empty_values: tuple[Any, ...] | None = None,
        sort: str = "",
        shown: bool = True,
        title: bool = False,
        numeric: bool = False,
        reads: tuple[str, ...] = (),
    ) -> None:
        self.verbose_name, self.accessor, self.default = verbose_name, accessor, default
        self.empty_values = self.empty if empty_values is None else empty_values
        self.sort, self.shown, self.title, self.numeric, self.reads = sort, shown, title, numeric, reads

    def settled(self) -> Column:
        """The column as one page draws it: what all of its rows have in common is found here, once."""
        return self

    def bring(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with what only this column needs of other tables; asked for where the column is shown."""
        return queryset

    if TYPE_CHECKING:
        # Each is called with what it names.
        render: Callable[..., Any]
        value: Callable[..., Any]
    else:

        def render(self, value):
            """What the cell shows."""
            return value

        def value(self, value):
            """What a spreadsheet gets."""
            return value


class PartColumn(Column):
    """A column whose cells are drawn by a template (or a part of one: `domains/cells.html#state`).

    The template gets `record`, `value` and `table`.
    """

    empty = ()

    def __init__(self, template: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template

    def render(self, record: Any, value: Any, table: Any) -> SafeString:
        return render_to_string(self.template, {"record": record, "value": value, "table": table})


Link = PageOf | Callable[[Any], str]


class LinkColumn(Column):
    """Text that leads to the row's page."""

    address: Callable[[Any], str]

    def __init__(self, *args: Any, link: Link, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.link = link

    def settled(self) -> Column:
        found = copy.copy(self)
        found.address = self.link.settled() if isinstance(self.link, PageOf) else self.link
        return found

    def render(self, record: Any, value: Any) -> SafeString:
        address = escaped(self.address(record))
        return mark_safe(f'<a href="{address}">{escaped(value)}</a>')  # noqa: S308 - both are escaped


class DomainColumn(LinkColumn):
    """A domain name that leads to its page, where it has one: A-label in, U-label shown."""

    def __init__(self, *args: Any, link: Link = lambda _record: "", **kwargs: Any) -> None:
        super().__init__(*args, link=link, **kwargs)

    def render(self, record: Any, value: Any) -> SafeString:
        return cells.domain_name(value, self.address(record))


class DateColumn(Column):
    """A date or a moment; `relative` adds how far it is from now, `time` the time of day."""

    def __init__(self, *args: Any, relative: bool = False, time: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relative, self.time = relative, time
        self.today: date | None = None

    def settled(self) -> Column:
        if not self.relative:
            return self
        found = copy.copy(self)
        found.today = timezone.localdate()
        return found

    def render(self, value: Any) -> SafeString:
        return cells.when(value, self.relative, time=self.time, today=self.today)


class MoneyColumn(Column):
    """An amount of money, right-aligned. `currency` is the row's field that holds its currency; `tone="plain"` keeps a
    negative amount from being red.
    """

    def __init__(self, *args: Any, currency: str = "currency", tone: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("numeric", True)
        super().__init__(*args, **kwargs)
        self.currency, self.tone = currency, tone

    def render(self, record: Any, value: Any) -> SafeString:
        code = record
        for part in self.currency.split("__"):
            code = getattr(code, part, "")
        return cells.amount_of_money(value, str(code), self.tone)


class BadgeColumn(Column):
    """A state by icon, word and tint: `badge(record)` gives (tone, word) or (tone, word, icon)."""

    empty = ()

    def __init__(self, *args: Any, badge: Callable[[Any], tuple[Any, ...]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.badge = badge

    def render(self, record: Any) -> SafeString:
        tone, word, *icon = self.badge(record)
        return cells.badge(word, tone, icon[0] if icon else "")

    def value(self, record: Any) -> Any:
        return self.badge(record)[1]


class YesNoColumn(Column):
    """Yes, no or not known, in words."""

    def render(self, value: Any) -> str:
        return _("Yes") if value else format_html('<span class="muted">{}</span>', _("No"))


class Table:
    """The base of all tables: columns by name, and the records that are drawn.

    `reads` names the model's fields (paths such as `owner__content` too) that the cells, the badges, the row's actions
    and whatever they call need, besides what the list sorts by and what a column `reads` for itself; empty: all fields
    are read. A field that is missing there costs a query a row, which the tests of query counts show.
    """

    base_columns: ClassVar[dict[str, Column]] = {}
    reads: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = {name: item for name, item in vars(cls).items() if isinstance(item, Column)}
        taken = {name for name, item in vars(cls).items() if item is None}
        inherited = {name: item for name, item in cls.base_columns.items() if name not in taken}
        cls.base_columns = {**inherited, **own}

    def __init__(self, data: Iterable[Any]) -> None:
        self.data = data
