"""Names by a part of them.

On PostgreSQL an index of trigrams finds them (panel.domain.name_index). With it the few that match are looked up first,
as a materialized CTE: in one statement with the list's order and limit, the planner would walk the whole list by name
instead. Where many match, walking is quicker, and they are not looked up.
"""

from __future__ import annotations

import idna
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from panel.domain.models import Domain

FEW = 1000


def named(domains: QuerySet[Domain], text: str) -> QuerySet[Domain]:
    """Those of a scope's domains whose name contains the text, as A-label or as U-label."""
    words = text.strip().lower()
    return _found(domains, [_named(words)]) if words else domains


def named_or(domains: QuerySet[Domain], text: str, other: Q) -> QuerySet[Domain]:
    """The same, and those that meet another condition."""
    words = text.strip().lower()
    return _found(domains, [_named(words), other]) if words else domains


def _named(words: str) -> Q:
    asked = Q(name__contains=words) | Q(unicode_name__contains=words)
    try:
        label = idna.encode(words, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return asked
    return asked if label == words else asked | Q(name__contains=label)


def _found(domains: QuerySet[Domain], conditions: list[Q]) -> QuerySet[Domain]:
    if connection.vendor == "postgresql":
        keys = _keys(domains, conditions)
        if len(keys) <= FEW:
            return domains.filter(pk__in=keys)
    met = Q()
    for condition in conditions:
        met |= condition
    return domains.filter(met)


def _keys(domains: QuerySet[Domain], conditions: list[Q]) -> set[int]:
    """The keys of those that meet one of the conditions, or more than FEW of them. Takes one query."""
    plain = domains.order_by().select_related(None)
    # Each condition for itself: together, one without an index would keep the others from theirs.
    try:
        parts = [plain.filter(condition).values("pk").query.sql_with_params() for condition in conditions]
    except EmptyResultSet:
        return set()
    hits = " UNION ALL ".join(f"({sql})" for sql, _params in parts)
    arguments = [value for _sql, params in parts for value in params]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH hits(key) AS MATERIALIZED ({hits}) SELECT key FROM hits LIMIT %s",  # noqa: S608 - Django's own SQL
            [*arguments, FEW * len(conditions) + 1],
        )
        return {key for (key,) in cursor.fetchall()}
