"""Pages by key: a page starts after (or ends before) a row, never at a number: a deep page costs what the first does.

The order is one field and the primary key. Rows without a value come last when ascending and first when descending, on
every database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, Field, Model, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Order:
    """A sort order: a field (a path such as `customer__name` is fine) and its direction."""

    field: str
    descending: bool = False

    @property
    def word(self) -> str:
        """The order as the URL writes it, with a minus for descending."""
        return f"-{self.field}" if self.descending else self.field


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows; the cursors are empty where there is nothing further."""

    rows: list[Any]
    after: str
    before: str


def page(queryset: QuerySet[Any], order: Order, *, size: int, after: str = "", before: str = "") -> Page:
    """The page after or before a cursor; the first one without a cursor, or with one not made for this order."""
    cursor = _decode(queryset, order, after or before)
    backwards = bool(before) and not after and cursor is not None
    rows = list(_slice(queryset, order, cursor, backwards=backwards)[: size + 1])
    if cursor is not None and not rows:
        return page(queryset, order, size=size)
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_next = more if not backwards else True
    has_previous = more if backwards else cursor is not None
    return Page(
        rows=rows,
        after=_encode(order, rows[-1]) if rows and has_next else "",
        before=_encode(order, rows[0]) if rows and has_previous else "",
    )


def ordered(queryset: QuerySet[Any], order: Order) -> QuerySet[Any]:
    """The whole queryset in an order."""
    return _slice(queryset, order, None, backwards=False)


def _slice(
    queryset: QuerySet[Any], order: Order, cursor: tuple[Any, Any] | None, *, backwards: bool
) -> QuerySet[Any]:
    ascending = order.descending == backwards
    name, nullable = order.field, _is_nullable(queryset, order.field)
    if cursor is not None:
        queryset = queryset.filter(_beyond(name, *cursor, ascending=ascending, nullable=nullable))
    if name == "pk":
        return queryset.order_by("pk" if ascending else "-pk")
    if ascending:
        return queryset.order_by(F(name).asc(nulls_last=True) if nullable else F(name).asc(), "pk")
    return queryset.order_by(F(name).desc(nulls_first=True) if nullable else F(name).desc(), "-pk")


def _beyond(name: str, value: Any, key: Any, *, ascending: bool, nullable: bool) -> Q:
    further = Q(pk__gt=key) if ascending else Q(pk__lt=key)
    if name == "pk":
        return further
    empty = Q(**{f"{name}__isnull": True})
    if value is None:
        return (empty & further) if ascending else (empty & further) | ~empty
    side = "gt" if ascending else "lt"
    # "Not before, and beyond" rather than "beyond or equal and": the first half is what an index can answer.
    rest = Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | further)
    return rest | empty if ascending and nullable else rest


def _field(queryset: QuerySet[Any], path: str) -> Field[Any, Any] | None:
    annotation = queryset.query.annotations.get(path)
    if annotation is not None:
        output: Field[Any, Any] = annotation.output_field
        return output
    model: type[Model] = queryset.model
    field: Any = None
    for part in path.split("__"):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        model = getattr(field, "related_model", None) or model
    return field if isinstance(field, Field) else None


def _is_nullable(queryset: QuerySet[Any], path: str) -> bool:
    if path in queryset.query.annotations:
        return True
    model: type[Model] = queryset.model
    for part in path.split("__"):
        if part == "pk":
            return False
        field: Any = model._meta.get_field(part)
        if getattr(field, "null", False):
            return True
        model = getattr(field, "related_model", None) or model
    return False


def _value_of(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part, None)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _signer(order: Order) -> Signer:
    return Signer(salt=f"listing:{order.word}")


def _encode(order: Order, row: Any) -> str:
    return _signer(order).sign_object([_plain(_value_of(row, order.field)), row.pk])


def _decode(queryset: QuerySet[Any], order: Order, text: str) -> tuple[Any, Any] | None:
    if not text:
        return None
    try:
        content: Sequence[Any] = _signer(order).unsign_object(text)
        value, key = content
        field = _field(queryset, order.field)
        if value is not None and field is not None:
            value = field.to_python(value)
        return value, queryset.model._meta.pk.to_python(key)
    except (BadSignature, ValidationError, ValueError, TypeError, UnicodeError):
        return None
