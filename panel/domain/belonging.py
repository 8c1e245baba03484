"""What belongs to a name: most names have nothing of most of it, and one query tells which."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from panel.domain.models import Domain

SORTS = [
    "handovers",
    "assignments",
    "planned_deletions",
    "departures",
    "self_renewals",
    "auth_codes",
    "drifts",
    "registrar_lines",
    "reminders",
    "tag_uses",
    "grants",
]
KEPT = "belonging"


def count_in(sort: str) -> None:
    """Ask for one more sort, a relation of names that an app above this one has made."""
    if sort not in SORTS:
        SORTS.append(sort)


def whole(names: QuerySet[Domain]) -> QuerySet[Domain]:
    """The names with what has() tells of them and the margins of their prices, for the page of one."""
    return names.select_related("customer__brand__price_list").annotate(**_kept(tuple(SORTS)))


@lru_cache(maxsize=4)
def _kept(sorts: tuple[str, ...]) -> dict[str, Exists]:
    """Made once: each query that they are put to takes copies."""
    return {f"{KEPT}_{sort}": Exists(_rows(sort)) for sort in sorts}


def has(domain: Domain, sort: str) -> bool:
    """Whether there is anything of a sort. Asked once for all sorts while the row is in memory: for pages that read."""
    if KEPT not in domain.__dict__:
        domain.__dict__[KEPT] = _belonging(domain)
    return sort in domain.__dict__[KEPT]


def _belonging(domain: Domain) -> frozenset[str]:
    known = [domain.__dict__.get(f"{KEPT}_{sort}") for sort in SORTS]
    if None not in known:
        return frozenset(sort for sort, there in zip(SORTS, known, strict=True) if there)
    found = Domain.objects.filter(pk=domain.pk).values_list(*(Exists(_rows(sort)) for sort in SORTS)).first()
    return frozenset(sort for sort, there in zip(SORTS, found or (), strict=False) if there)


def _rows(sort: str) -> Any:
    relation: Any = Domain._meta.get_field(sort)
    return relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
