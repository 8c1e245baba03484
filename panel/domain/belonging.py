"""What belongs to a name: most names have nothing of most of it, and one query tells which."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from panel.domain.models import Domain, subject_of
from panel.domain.operations_renew import RenewDomain
from panel.operation.models import Operation

# Renewals of which the mirror does not show yet what they lead to.
RENEWED = "renewed_from"
SORTS = [
    RENEWED,
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


class There(Expression):
    """Whether a name has rows of a sort, in SQL that is put together from the names of tables and columns alone.

    Exists() says the same, and takes a twentieth of the time of a page to be built and compiled for all sorts.
    """

    output_field = BooleanField()

    def __init__(self, sort: str) -> None:
        super().__init__()
        self.sort = sort

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition. The names' table must stand under its own name, as in every query that begins there."""
        relation: Any = Domain._meta.get_field(self.sort)
        quoted, own = connection.ops.quote_name, connection.ops.quote_name(Domain._meta.db_table)
        rows, about = quoted(relation.related_model._meta.db_table), quoted(relation.field.column)
        return f"EXISTS(SELECT 1 FROM {rows} its WHERE its.{about} = {own}.id)", ()  # noqa: S608 - names of models


class RenewedFrom(Expression):
    """Whether a renewal started from the very expiry that is still shown: then more may be paid than it says."""

    output_field = BooleanField()

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition, on what There() asks for. A day is written the same way in JSON and by both databases."""
        own, rows = (connection.ops.quote_name(model._meta.db_table) for model in (Domain, Operation))
        return (
            f"EXISTS(SELECT 1 FROM {rows} its WHERE its.kind = %s "  # noqa: S608 - names of models
            f"AND its.subject = %s || {own}.name AND CAST(its.starts_from AS text) LIKE "
            f"'%%' || CAST({own}.expires_on AS text) || '%%')",
            (RenewDomain.name, subject_of("")),
        )


def _condition(sort: str) -> Expression:
    return RenewedFrom() if sort == RENEWED else There(sort)


def whole(names: QuerySet[Domain]) -> QuerySet[Domain]:
    """The names with what has() tells of them and the margins of their prices, for the page of one."""
    kept = {f"{KEPT}_{sort}": _condition(sort) for sort in SORTS}
    return names.select_related("customer__brand__price_list").annotate(**kept)


def has(domain: Domain, sort: str) -> bool:
    """Whether there is anything of a sort. Asked once for all sorts while the row is in memory: for pages that read."""
    if KEPT not in domain.__dict__:
        domain.__dict__[KEPT] = _belonging(domain)
    return sort in domain.__dict__[KEPT]


def _belonging(domain: Domain) -> frozenset[str]:
    known = [domain.__dict__.get(f"{KEPT}_{sort}") for sort in SORTS]
    if None not in known:
        return frozenset(sort for sort, there in zip(SORTS, known, strict=True) if there)
    found = Domain.objects.filter(pk=domain.pk).values_list(*map(_condition, SORTS)).first()
    return frozenset(sort for sort, there in zip(SORTS, found or (), strict=False) if there)
