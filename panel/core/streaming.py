"""Very many rows, a chunk at a time: as much memory for a million as for a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

CHUNK = 1000


def apart(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, with what they lead to read once for a chunk of them: many have an owner or account in common."""
    joined = queryset.query.select_related
    if not isinstance(joined, dict):
        return queryset
    return queryset.select_related(None).prefetch_related(*_paths(joined))


def _paths(joined: dict[str, Any]) -> Iterator[str]:
    for name, further in joined.items():
        yield name
        for path in _paths(further):
            yield f"{name}__{path}"


def in_language(language: str, lines: Iterator[str]) -> Iterator[str]:
    """A stream is read after its request has ended: each piece is written in the request's language all the same."""
    while True:
        with translation.override(language):
            piece = "".join(islice(lines, CHUNK))
        if not piece:
            return
        yield piece
