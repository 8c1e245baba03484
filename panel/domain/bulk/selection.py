"""Which names somebody chose: some on a page, all that a list's filter shows, or those of a job that came to nothing.

Whatever a browser sends is resolved anew from the scope of who asks.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django_filters import FilterSet

from panel.core.listing import MOST_CHOSEN
from panel.domain.bulk.queries import not_done
from panel.domain.models import BulkJob, Domain

SALT = "bulk-selection"
LONGEST_FILTER = 1000


class UnknownFilter(ValueError):
    """The filter says something that the list does not know: it would show everything."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Keys that were ticked, or else a list's filter as its query string, or the public id of a job to try again."""

    ids: tuple[int, ...] = ()
    query: str | None = None
    job: str = ""

    def __bool__(self) -> bool:
        return bool(self.ids or self.job) or self.query is not None

    @property
    def text(self) -> str:
        """As a form carries it on; nobody else can write one."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)


def read(data: QueryDict) -> Selection:
    """What a browser's form or address says.

    Raises signing.BadSignature for one that was written by hand, and UnknownFilter for one that is too long.
    """
    if carried := data.get("selection"):
        return restored(signing.loads(carried, salt=SALT))
    if job := data.get("of"):
        return Selection(job=job)
    if data.get("all"):
        if len(query := data.get("filter", "")) > LONGEST_FILTER:
            # One that is cut would show more than was chosen.
            raise UnknownFilter(query)
        return Selection(query=query)
    keys = [key for key in data.getlist("ids")[:MOST_CHOSEN] if key.isascii() and key.isdigit()]
    return Selection(ids=tuple(int(key) for key in keys if len(key) < 19))


def restored(kept: dict[str, Any]) -> Selection:
    """A selection from what asdict() made of it."""
    return Selection(tuple(kept["ids"]), kept["query"], kept["job"])


def resolve(
    selection: Selection,
    scope: QuerySet[Domain],
    jobs: QuerySet[BulkJob],
    filterset: type[FilterSet],
    request: HttpRequest,
) -> QuerySet[Domain]:
    """The names of a scope that are chosen; `jobs` are those that the person may see. Raises UnknownFilter."""
    if selection.job:
        items = not_done(jobs.filter(public_id=selection.job))
        return scope.filter(pk__in=items.values("domain_id"))
    if selection.query is None:
        return scope.filter(pk__in=selection.ids)
    filtered = filterset(QueryDict(selection.query), queryset=scope, request=request)
    if not filtered.form.is_valid():
        raise UnknownFilter(selection.query)
    found: QuerySet[Domain] = filtered.qs
    return found
