"""Draws the cells of a table's rows: a list has some hundreds, so what can be settled once is settled before the first.

Each column becomes one function from a record to its content. What a method asks for is read off its signature once
for the process; the heading, the cell's tag and its attributes once for a page.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from panel.core.markup import escaped
from panel.core.tables import Column, Table

Content = Callable[[Any], Any]
GIVEN = ("record", "value", "table")


def contents(table: Table, name: str) -> Content:
    """What the cells of a column show, by record."""
    column = table.base_columns[name].settled()
    return _column(table, name, column, getattr(table, f"render_{name}", column.render), column.default)


def values(table: Table, name: str) -> Content:
    """What a spreadsheet gets of a column, by record; None where there is nothing."""
    column = table.base_columns[name]
    return _column(table, name, column, getattr(table, f"value_{name}", column.value), None)


def rows(table: Table, names: Sequence[str], context: Context) -> Iterator[tuple[Any, SafeString]]:
    """Each record with its cells, drawn. Numbers and dates are written as the context's language writes them."""
    columns = table.base_columns
    drawn = [(*_tags(columns[name], name), contents(table, name)) for name in names]
    for record in table.data:
        pieces: list[str] = []
        for opening, closing, content in drawn:
            shown = content(record)
            if not isinstance(shown, SafeString):
                shown = escaped(shown) if isinstance(shown, str) else render_value_in_context(shown, context)
            pieces += (opening, shown, closing)
        yield record, mark_safe("".join(pieces))  # noqa: S308 - each piece is markup of ours or escaped


def heading(column: Column, name: str) -> str:
    """What a column is called."""
    return str(column.verbose_name or name.replace("_", " ").capitalize())


def _tags(column: Column, name: str) -> tuple[str, str]:
    label = escaped(heading(column, name))
    if column.title:
        return f'<th scope="row" class="cell-title" data-label="{label}">', "</th>"
    numeric = ' class="num"' if column.numeric else ""
    return f'<td data-label="{label}"{numeric}>', "</td>"


def _column(table: Table, name: str, column: Column, method: Callable[..., Any], default: Any) -> Content:
    """A column's content by record, as its method or the table's gives it; the default where there is nothing."""
    wanted = _wanted(getattr(method, "__func__", method))
    empty = column.empty_values
    if wanted == ("record",) and not empty:
        return lambda record: method(record=record)
    value_of = _reader(column.accessor or name) if empty or "value" in wanted else _nothing
    if wanted == ("value",):
        call: Callable[[Any, Any], Any] = lambda _record, value: method(value=value)  # noqa: E731
    elif wanted == ("record",):
        call = lambda record, _value: method(record=record)  # noqa: E731
    elif wanted == ("record", "value"):
        call = lambda record, value: method(record=record, value=value)  # noqa: E731
    else:
        call = lambda record, value: method(  # noqa: E731
            **{
                key: found
                for key, found in (("record", record), ("value", value), ("table", table))
                if key in wanted
            }
        )

    def content(record: Any) -> Any:
        value = value_of(record)
        if value in empty:
            return default
        return call(record, value)

    return content


@lru_cache(maxsize=1024)
def _wanted(function: Callable[..., Any]) -> tuple[str, ...]:
    """The arguments that a method asks for, of those that there are."""
    parameters = inspect.signature(function).parameters
    if any(found.kind is found.VAR_KEYWORD for found in parameters.values()):
        return GIVEN
    return tuple(name for name in GIVEN if name in parameters)


def _nothing(_record: Any) -> Any:
    return None


def _reader(path: str) -> Content:
    """What is at the end of a path; None where it breaks off. A field with choices gives its word."""
    *before, last = path.split("__")
    attributes: dict[type[Any], str] = {}

    def read(record: Any) -> Any:
        for part in before:
            record = getattr(record, part, None)
        kind = type(record)
        if kind not in attributes:
            attributes[kind] = _shown_by(kind, last)
        found = getattr(record, attributes[kind], None)
        return found() if callable(found) and not hasattr(found, "do_not_call_in_templates") else found

    return read


def _shown_by(kind: type[Any], name: str) -> str:
    """The attribute that shows a field: the word of its choice where it has choices."""
    try:
        field = kind._meta.get_field(name) if issubclass(kind, Model) else None
    except FieldDoesNotExist:
        field = None
    return f"get_{name}_display" if getattr(field, "choices", None) else name
