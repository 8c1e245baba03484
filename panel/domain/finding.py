"""Names by a part of them.

On PostgreSQL indexes of trigrams find them (panel.domain.name_index). With them the few that match are looked up first,
as a materialized CTE: in one statement with the list's order and limit, the planner would walk the whole list by name
instead. Where many match, walking is quicker, and looking them up would be most of the work. A sample of the scope
tells; it decides how names are found, never which.
"""

from __future__ import annotations

import idna
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet

from panel.domain.models import Domain

FEW = 1000
SAMPLE = 500
MANY_OF_SAMPLE = 25


def named(domains: QuerySet[Domain], text: str) -> QuerySet[Domain]:
    """Those of a scope's domains whose name contains the text, as A-label or as U-label."""
    words = text.strip().lower()
    return _found(domains, words, _named(words)) if words else domains


def named_or(domains: QuerySet[Domain], text: str, other: Q) -> QuerySet[Domain]:
    """The same, and those that meet another condition."""
    words = text.strip().lower()
    return _found(domains, words, [*_named(words), other]) if words else domains


def _named(words: str) -> list[Q]:
    """What a name meets one of: nearly all look the same in both forms, and are compared once."""
    differs = ~Q(name=F("unicode_name"))
    asked = [Q(unicode_name__contains=words), differs & Q(name__contains=words)]
    try:
        label = idna.encode(words, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return asked
    return asked if label == words else [*asked, differs & Q(name__contains=label)]


def _found(domains: QuerySet[Domain], words: str, conditions: list[Q]) -> QuerySet[Domain]:
    if connection.vendor == "postgresql":
        keys = _keys(domains, words, conditions)
        if keys is not None:
            return domains.filter(pk__in=keys)
    met = Q()
    for condition in conditions:
        met |= condition
    return domains.filter(met)


def _keys(domains: QuerySet[Domain], words: str, conditions: list[Q]) -> set[int] | None:
    """The keys of those that meet one of the conditions; None for more than FEW of them. Takes one query."""
    plain = domains.order_by().select_related(None)
    # Each condition for itself: together, one without an index would keep the others from theirs.
    try:
        sample, sampled = plain.values("unicode_name")[:SAMPLE].query.sql_with_params()
        parts = [plain.filter(condition).values("pk").query.sql_with_params() for condition in conditions]
    except EmptyResultSet:
        return set()
    found = " UNION ALL ".join(f"({sql})" for sql, _params in parts)
    # Nothing is looked up unless it is asked for, below, where the sample does not tell that there are many.
    statement = (
        f"WITH sample(hits) AS MATERIALIZED (SELECT count(*) FROM ({sample}) AS lot(shown) WHERE shown LIKE %s), "  # noqa: S608 - Django's own SQL
        f"found(key) AS MATERIALIZED ({found}) "
        "SELECT CASE WHEN hits < %s THEN ARRAY(SELECT key FROM found LIMIT %s) END FROM sample"
    )
    pattern, most = f"%{connection.ops.prep_for_like_query(words)}%", FEW * len(conditions) + 1
    looked_up = [value for _sql, params in parts for value in params]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*sampled, pattern, *looked_up, MANY_OF_SAMPLE, most])
        ((keys,),) = cursor.fetchall()
    return None if keys is None or len(set(keys)) > FEW else set(keys)
