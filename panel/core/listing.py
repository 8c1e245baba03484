"""The one way to make a list page.

    def domain_list(request):
        actor = actor_of(request)
        listing = Listing(
            request, domains_for(actor).select_related("owner"),
            table=DomainTable, filterset=DomainFilter, default_sort="name",
        )
        if listing.wants_csv:
            return listing.csv("domains")
        return listing.render("domains/list.html", {"actor": actor})

The queryset starts from a scope and brings what the columns need (select_related, prefetch_related), so that a page
takes the same number of queries with 1 and with 50 rows. The page's template shows the list as its part `table`:

    {% partialdef table inline %}{% include "listing/listing.html" %}{% endpartialdef %}

* columns: a `Table` of `panel.core.tables` columns (DomainColumn, BadgeColumn, DateColumn, MoneyColumn ...); with
  `reads` it names the fields that its cells need, and nothing else is read
* filters: a django-filter FilterSet; a filter called `q` becomes the search box, the others follow it; its attribute
  `total` (`panel.core.remembered.Counted`), where it has one, is how many rows there are without any filter
* everything in the URL: `q` and the filters, `sort=name` or `sort=-expires`, `cols=name&cols=expires`,
  `size=25|50|100`, `after=` or `before=` (signed cursors), `format=csv`
* `render()` answers htmx (target `listing`) with the part alone and everybody else with the whole page
* `bulk="jobs/part/bar.html"`: a check box per row (posted as `ids`) inside one form, with that template's buttons
  under the table; `bulk_url` is where it posts to (default: this page). `chosen(request, queryset)` gives the rows.
* `empty="domains/empty.html"`: shown instead of the table when there is nothing at all, filters or not
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.forms import BoundField, CheckboxInput
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template import Context
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_filters import FilterSet

from panel.core import drawing, keyset
from panel.core.csv import csv_lines, csv_response
from panel.core.markup import escaped
from panel.core.remembered import Counted
from panel.core.streaming import CHUNK, apart, in_language, join
from panel.core.tables import Column, Table

SIZES = (25, 50, 100)
DEFAULT_SIZE = 50
COUNT_LIMIT = 1000
MOST_CHOSEN = 1000
PAGE_PARAMS = ("after", "before", "format")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading. `url` sorts by it (empty: not sortable)."""

    name: str
    label: str
    numeric: bool
    url: str = ""
    aria: str = "none"
    icon: str = "chevrons-up-down"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its record, its cells, drawn, the one with the check box first where rows can be chosen, and its name."""

    record: Any
    cells: SafeString
    label: str


class Listing:
    """A list page's state and rows; see the module.

    `label` says what is listed, `placeholder` what can be searched; `row_actions` is a template for a last cell (it
    gets `record`); `context` goes to the page's template.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        *,
        table: type[Table],
        filterset: type[FilterSet] | None = None,
        default_sort: str,
        label: str = "",
        placeholder: str = "",
        bulk: str = "",
        bulk_url: str = "",
        empty: str = "",
        row_actions: str = "",
        csv_enabled: bool = True,
        context: Mapping[str, Any] | None = None,
    ) -> None:
        self.request = request
        self.params = request.GET
        self.table_class = table
        self.filterset = filterset(self.params, queryset=queryset, request=request) if filterset else None
        self.queryset: QuerySet[Any] = self.filterset.qs if self.filterset is not None else queryset
        if table.reads:
            # What a list does not show is not read either: most of the time that rows take is spent on their columns.
            sorts = [column.sort for column in self.columns.values() if column.sort]
            shown = [field for name in self.shown for field in self.columns[name].reads]
            self.queryset = self.queryset.only(*table.reads, *sorts, *shown)
        for name in self.shown:
            self.queryset = self.columns[name].bring(self.queryset)
        self.default_sort = default_sort
        self.label = label or _("List")
        self.placeholder = placeholder or _("Search")
        self.bulk, self.bulk_url, self.empty, self.row_actions = bulk, bulk_url, empty, row_actions
        self.csv_enabled = csv_enabled
        self.context = dict(context or {})

    # --- what the URL asks for --------------------------------------------------------------------------------------

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Every column by name, in order."""
        columns: dict[str, Column] = self.table_class.base_columns
        return columns

    @cached_property
    def shown(self) -> list[str]:
        """The names of the columns on show; the title always is."""
        asked = {name for value in self.params.getlist("cols") for name in value.split(",")} & set(
            self.columns
        )
        return [
            name
            for name, column in self.columns.items()
            if column.title or (name in asked if asked else column.shown)
        ]

    @cached_property
    def size(self) -> int:
        """Rows on a page."""
        text = self.params.get("size", "")
        return int(text) if text in {str(size) for size in SIZES} else DEFAULT_SIZE

    @cached_property
    def sort(self) -> str:
        """The sort word in force: a column's name, with a minus for descending."""
        asked = self.params.get("sort", "")
        column = self.columns.get(asked.removeprefix("-"))
        return asked if column is not None and column.sort else self.default_sort

    @cached_property
    def order(self) -> keyset.Order:
        """The sort word as a field."""
        name = self.sort.removeprefix("-")
        column = self.columns.get(name)
        return keyset.Order(column.sort if column and column.sort else name, self.sort.startswith("-"))

    @property
    def wants_csv(self) -> bool:
        """True when the list is asked for as a spreadsheet."""
        return self.csv_enabled and self.params.get("format") == "csv"

    @property
    def is_filtered(self) -> bool:
        """True when a search or a filter is in force."""
        if self.filterset is None:
            return False
        cleaned = getattr(self.filterset.form, "cleaned_data", {})
        return any(value not in (None, "", [], False) for value in cleaned.values())

    # --- what the page shows ----------------------------------------------------------------------------------------

    @cached_property
    def page(self) -> keyset.Page:
        """The rows of this page and the cursors of its neighbors."""
        return keyset.page(
            self.queryset,
            self.order,
            size=self.size,
            after=self.params.get("after", ""),
            before=self.params.get("before", ""),
        )

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted no further than COUNT_LIMIT + 1 where that is not known."""
        page = self.page
        if not page.after and not page.before:
            return len(page.rows)
        if self.total is not None:
            return self.total.value
        return self.queryset.order_by().values("pk")[: COUNT_LIMIT + 1].count()

    @property
    def total(self) -> Counted[int] | None:
        """How many rows there are as the filterset knows it, while nothing is filtered."""
        known: Counted[int] | None = getattr(self.filterset, "total", None)
        return None if self.is_filtered else known

    @property
    def count_text(self) -> str:
        """How many there are, in words."""
        if self.total is not None and self.total.at is not None:
            return _("About %(count)s results") % {"count": number_format(self.count, force_grouping=True)}
        if self.total is None and self.count > COUNT_LIMIT:
            return _("More than %(count)s results") % {
                "count": number_format(COUNT_LIMIT, force_grouping=True)
            }
        words = ngettext("%(count)s result", "%(count)s results", self.count)
        return words % {"count": number_format(self.count, force_grouping=True)}

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of this page, cells drawn."""
        table = self.table_class(self.page.rows)
        title = next((name for name, column in self.columns.items() if column.title), self.shown[0])
        named, choose = drawing.values(table, title), _("Select %(name)s")
        rows = []
        for record, cells in drawing.rows(table, self.shown, Context()):
            label = str(named(record) or record)
            if self.bulk:
                cells = self._box(record, choose % {"name": label}) + cells
            rows.append(Row(record, cells, label))
        return rows

    @property
    def body(self) -> SafeString:
        """The rows as markup, where they are nothing but their cells."""
        return mark_safe("\n".join(f"<tr>{row.cells}</tr>" for row in self.rows))  # noqa: S308 - drawn

    def _box(self, record: Any, words: str) -> SafeString:
        key = str(record.pk)
        checked = " checked" if key in self.picked else ""
        return mark_safe(  # noqa: S308 - key and words are escaped
            f'<td class="cell-select"><input type="checkbox" name="ids" value="{escaped(key)}"{checked} data-bulk-item '
            f'aria-label="{escaped(words)}"></td>'
        )

    @cached_property
    def picked(self) -> set[str]:
        """The keys of the rows that a form which comes back with an error had chosen."""
        return set(self.request.POST.getlist("ids"))

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings of the shown columns."""
        return [self._heading(name) for name in self.shown]

    def _heading(self, name: str) -> Heading:
        column = self.columns[name]
        label = drawing.heading(column, name)
        if not column.sort:
            return Heading(name, label, column.numeric)
        ascending, descending = self.sort == name, self.sort == f"-{name}"
        return Heading(
            name,
            label,
            column.numeric,
            url=self.url(sort=f"-{name}" if ascending else name),
            aria="ascending" if ascending else "descending" if descending else "none",
            icon="arrow-up" if ascending else "arrow-down" if descending else "chevrons-up-down",
        )

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The columns that can be chosen, for c-column-chooser."""
        return [
            {"key": name, "label": column.verbose_name or name, "shown": name in self.shown}
            for name, column in self.columns.items()
            if not column.title
        ]

    @cached_property
    def filter_fields(self) -> list[BoundField]:
        """The filters after the search box, named for those who cannot see them."""
        if self.filterset is None:
            return []
        fields = [field for field in self.filterset.form if field.name != "q"]
        for field in fields:
            if not isinstance(field.field.widget, CheckboxInput):
                field.field.widget.attrs.setdefault("aria-label", str(field.label))
        return fields

    @property
    def searches(self) -> bool:
        """True when there is a search box."""
        return self.filterset is not None and "q" in self.filterset.filters

    @property
    def search(self) -> str:
        """What was searched."""
        return self.params.get("q", "")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a change of the filters keeps besides the sorting: the columns and the page size."""
        return [(name, value) for name in ("cols", "size") for value in self.params.getlist(name)]

    def url(self, **changes: str) -> str:
        """This page's address with some parameters changed ("" removes one) and back on the first page."""
        params = self.params.copy()
        for name in PAGE_PARAMS:
            params.pop(name, None)
        for name, value in changes.items():
            params.pop(name, None)
            if value:
                params[name] = value
        return f"{self.request.path}?{params.urlencode()}" if params else self.request.path

    @property
    def next_url(self) -> str:
        """The next page, or ""."""
        return self.url(after=self.page.after) if self.page.after else ""

    @property
    def previous_url(self) -> str:
        """The previous page, or ""."""
        return self.url(before=self.page.before) if self.page.before else ""

    @property
    def csv_url(self) -> str:
        """The whole filtered list as a spreadsheet, or ""."""
        return self.url(format="csv") if self.csv_enabled else ""

    @property
    def reset_url(self) -> str:
        """The list without search and filters, or "" when there are none."""
        if not self.is_filtered or self.filterset is None:
            return ""
        return self.url(**dict.fromkeys(self.filterset.filters, ""))

    # --- answers ----------------------------------------------------------------------------------------------------

    def render(self, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """The page, or its part `table` where htmx asks for the list alone."""
        htmx = getattr(self.request, "htmx", None)
        part = bool(htmx and htmx.target == "listing" and not htmx.history_restore_request)
        content = {**self.context, **(context or {}), "listing": self}
        response = render(self.request, f"{template}#table" if part else template, content)
        # Page and part share one address: no cache may hand out one for the other.
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    def csv(self, name: str) -> StreamingHttpResponse:
        """Every row of the filtered list, in its order, as a download; the columns are the shown ones."""
        lines = csv_lines([heading.label for heading in self.headings], self._csv_rows())
        return csv_response(name, in_language(translation.get_language() or "en", lines))

    def _csv_rows(self) -> Iterator[list[object]]:
        queryset, paths = apart(self.queryset)
        rows = keyset.ordered(queryset, self.order).iterator(chunk_size=CHUNK)
        while chunk := list(islice(rows, CHUNK)):
            join(chunk, paths)
            yield from self._csv_chunk(chunk)

    def _csv_chunk(self, chunk: list[Any]) -> Iterator[list[object]]:
        table = self.table_class(chunk)
        columns = [drawing.values(table, name) for name in self.shown]
        for record in table.data:
            yield [value_of(record) for value_of in columns]


def chosen(request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of a scope that were ticked and posted (`ids`), at most MOST_CHOSEN; anything else is ignored."""
    keys = [key for key in request.POST.getlist("ids")[:MOST_CHOSEN] if key.isascii() and key.isdigit()]
    return queryset.filter(pk__in=[int(key) for key in keys if len(key) < 19])
