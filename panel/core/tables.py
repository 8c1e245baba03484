"""Columns of list pages: what a cell shows, what a spreadsheet gets, how it is sorted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from panel.core import cells

EMPTY = "–"


class Column(tables.Column):
    """A column of text.

    `sort` is the model field that it sorts by (none: not sortable), `shown` whether it is on without being chosen,
    `title` marks the one that names the row, `numeric` sets it right-aligned. Further arguments are those of a
    django-tables2 column: the heading first (`verbose_name`), `accessor`, `empty_values`.

    The table may say what a cell shows with `render_NAME(self, record, value)` and what a spreadsheet gets with
    `value_NAME(self, record, value)`.
    """

    def __init__(
        self,
        *args: Any,
        sort: str = "",
        shown: bool = True,
        title: bool = False,
        numeric: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("default", EMPTY)
        super().__init__(*args, orderable=False, **kwargs)
        self.sort, self.shown, self.title, self.numeric = sort, shown, title, numeric

    def value(self, **kwargs: Any) -> Any:
        return kwargs["value"]


class PartColumn(Column):
    """A column whose cells are drawn by a template (or a part of one: `domains/cells.html#state`).

    The template gets `record`, `value` and `table`.
    """

    def __init__(self, template: str, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_values", ())
        super().__init__(*args, **kwargs)
        self.template = template

    def render(self, record: Any, value: Any, table: Any) -> SafeString:
        return render_to_string(self.template, {"record": record, "value": value, "table": table})


class DomainColumn(Column):
    """A domain name: A-label in, U-label shown. `link` gives the address of a row's page."""

    def __init__(self, *args: Any, link: Callable[[Any], str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = link

    def render(self, record: Any, value: Any) -> SafeString:
        href = self.address(record) if self.address else ""
        return cells.domain_name(value, href)


class LinkColumn(Column):
    """Text that leads to the row's page."""

    def __init__(self, *args: Any, link: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = link

    def render(self, record: Any, value: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.address(record), value)


class DateColumn(Column):
    """A date or a moment; `relative` adds how far it is from now, `time` the time of day."""

    def __init__(self, *args: Any, relative: bool = False, time: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relative, self.time = relative, time

    def render(self, value: Any) -> SafeString:
        return cells.when(value, relative=self.relative, time=self.time)


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

    def __init__(self, *args: Any, badge: Callable[[Any], tuple[Any, ...]], **kwargs: Any) -> None:
        kwargs.setdefault("empty_values", ())
        super().__init__(*args, **kwargs)
        self.badge = badge

    def render(self, record: Any) -> SafeString:
        tone, word, *icon = self.badge(record)
        return cells.badge(word, tone, icon[0] if icon else "")

    def value(self, **kwargs: Any) -> Any:
        return self.badge(kwargs["record"])[1]


class YesNoColumn(Column):
    """Yes, no or not known, in words."""

    def render(self, value: Any) -> str:
        return _("Yes") if value else format_html('<span class="muted">{}</span>', _("No"))


class Table(tables.Table):
    """The base of all tables. Only columns and their order matter: a `Listing` draws it."""
