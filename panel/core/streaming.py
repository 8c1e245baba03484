"""Very many rows, a chunk at a time: as much memory for a million as for a thousand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import translation

CHUNK = 1000
# What rows lead to, by the fields that do; each with what it leads to itself.
Paths = dict[str, "Paths"]


def apart(queryset: QuerySet[Any]) -> tuple[QuerySet[Any], Paths]:
    """The same rows without what they lead to, and what that is: join() brings it to a chunk of them."""
    joined = queryset.query.select_related
    if not isinstance(joined, dict):
        return queryset, {}
    return queryset.select_related(None), joined


def join(rows: Sequence[Model], paths: Paths) -> None:
    """Bring the rows what they lead to, read once for all of them: many have an owner or account in common.

    By hand: prefetch_related asks each row's field for its instance, which takes longer than reading the row.
    """
    for name, further in paths.items():
        if not rows:
            return
        field: Any = rows[0]._meta.get_field(name)
        others = field.related_model._base_manager
        if field.concrete:
            own = field.attname
            found = others.in_bulk({getattr(row, own) for row in rows} - {None})
        else:
            # The other side of a one-to-one: the other row knows of this one.
            own, there = "pk", field.field
            found = {getattr(row, there.attname): row for row in others.filter(**{f"{there.name}__in": rows})}
        for row in rows:
            field.set_cached_value(row, found.get(getattr(row, own)))
        join(list(found.values()), further)


def in_language(language: str, lines: Iterator[str]) -> Iterator[str]:
    """A stream is read after its request has ended: each piece is written in the request's language all the same."""
    while True:
        with translation.override(language):
            piece = "".join(islice(lines, CHUNK))
        if not piece:
            return
        yield piece
