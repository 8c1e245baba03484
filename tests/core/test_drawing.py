"""Cells as a list draws them: what a method asks for, what is empty, what is escaped, where a row leads."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.template import Context
from django.utils import translation
from django.utils.safestring import mark_safe

from panel.core import drawing
from panel.core.cells import badge, when
from panel.core.tables import EMPTY, Column, DateColumn, LinkColumn, PageOf, Table


class PlainTable(Table):
    name = Column("Name", title=True)
    city = Column("City", accessor="customer__city", default="nowhere")
    number = Column("Number", numeric=True)
    shout = Column("Shout", accessor="name", empty_values=())
    both = Column("Both", accessor="name")

    def render_shout(self, value: Any) -> str:
        return str(value).upper()

    def render_both(self, record: Any, value: Any, table: Table) -> str:
        return f"{record.number}:{value}:{len(list(table.data))}"

    def value_both(self, record: Any) -> str:
        return f"v{record.number}"


class NarrowTable(PlainTable):
    city = None  # type: ignore[assignment]
    both = Column("Other", accessor="number")


def row(**values: Any) -> Any:
    return SimpleNamespace(
        **{"name": "<b>", "number": 12345, "customer": SimpleNamespace(city="Brest"), **values}
    )


def drawn(table: Table, *names: str) -> str:
    return "".join(cells for _record, cells in drawing.rows(table, names, Context()))


def test_cells_carry_their_headings_and_escape_what_is_not_markup() -> None:
    page = drawn(PlainTable([row()]), "name", "city")

    assert page == (
        '<th scope="row" class="cell-title" data-label="Name">&lt;b&gt;</th><td data-label="City">Brest</td>'
    )


def test_markup_of_ours_is_shown_as_it_is() -> None:
    assert drawn(PlainTable([row(name=mark_safe("<i>x</i>"))]), "name").endswith("<i>x</i></th>")


def test_number_is_written_as_the_language_writes_it_and_set_right() -> None:
    with translation.override("es"):
        page = drawn(PlainTable([row()]), "number")

    assert page == '<td data-label="Number" class="num">12\N{NO-BREAK SPACE}345</td>'


@pytest.mark.parametrize(
    "record", [row(customer=None), row(customer=SimpleNamespace(city="")), row(customer=SimpleNamespace())]
)
def test_path_that_breaks_off_shows_the_default_and_gives_a_spreadsheet_nothing(record: Any) -> None:
    table = PlainTable([record])

    assert drawing.contents(table, "city")(record) == "nowhere"
    assert drawing.values(table, "city")(record) is None


def test_method_gets_what_it_names() -> None:
    record = row()
    table = PlainTable([record, record])

    assert drawing.contents(table, "both")(record) == "12345:<b>:2"
    assert drawing.values(table, "both")(record) == "v12345"
    assert drawing.contents(table, "shout")(row(name=None)) == "NONE"


def test_derived_table_replaces_takes_away_and_keeps_the_order() -> None:
    assert list(NarrowTable.base_columns) == ["name", "number", "shout", "both"]
    assert NarrowTable.base_columns["both"].verbose_name == "Other"
    assert list(PlainTable.base_columns) == ["name", "city", "number", "shout", "both"]
    assert Column("x").default == EMPTY


@pytest.mark.parametrize(
    ("view", "key", "address"),
    [
        ("domain", "xn--bcher-kva.com", "/domains/xn--bcher-kva.com/"),
        ("order", "or-2345", "/orders/or-2345/"),
        ("domain", "a b.com", "/domains/a%20b.com/"),
        ("office:exchange", "4711", "/office/accounts/calls/4711/"),
    ],
)
def test_address_of_a_row_is_what_the_url_says(view: str, key: str, address: str) -> None:
    class Linked(Table):
        name = LinkColumn("Name", link=PageOf(view, "name"))

    assert f'href="{address}"' in drawn(Linked([row(name=key)]), "name")


def test_address_is_read_off_what_belongs_to_the_row() -> None:
    class Linked(Table):
        name = LinkColumn("Name", link=PageOf("domain", "customer.city"))

    held = row(name="x", customer=row(city="faro.test"))

    assert 'href="/domains/faro.test/"' in drawn(Linked([held]), "name")


def test_day_of_a_column_is_told_from_the_day_on_which_it_is_drawn() -> None:
    class Dated(Table):
        end = DateColumn("End", relative=True)

    table = Dated([row(end=date(2026, 3, 3))])

    with time_machine.travel("2026-03-01T12:00Z", tick=False):
        first = drawn(table, "end")
    with time_machine.travel("2026-03-02T12:00Z", tick=False):
        second = drawn(table, "end")

    assert "in 2 days" in first
    assert "tomorrow" in second


def test_badge_of_text_is_escaped_however_often_it_is_drawn() -> None:
    first = badge(mark_safe("<i>ok</i>"), "info")
    second = badge("<i>ok</i>", "info")

    assert "<i>ok</i>" in first
    assert "&lt;i&gt;ok" in second


def test_day_is_drawn_in_each_language(settings: Any) -> None:
    from datetime import date

    day = date(2030, 3, 5)
    with translation.override("en"):
        english = when(day)
    with translation.override("fr"):
        french = when(day)

    assert "5 Mar 2030" in english
    assert english != french
    assert 'datetime="2030-03-05"' in french
