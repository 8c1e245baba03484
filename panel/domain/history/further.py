"""What happened to a thing of a name, such as a mailbox: operations of their own subject that its history tells too.

The app that knows such things says here how they are found and how they read; this one knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from panel.domain import belonging
from panel.domain.models import Domain
from panel.operation.models import Operation
from panel.operation.queries import TOLD
from panel.operation.words import Audience, Moment, Words, timeline_for


@dataclass(frozen=True, slots=True)
class Source:
    """Operations about things of a name.

    `relation` is that of the name which tells whether there are any; `among` narrows operations to those of a name;
    `words` is how a moment of one of them reads.
    """

    relation: str
    among: Callable[[QuerySet[Operation], Domain], QuerySet[Operation]]
    words: Callable[[Moment, Audience], Words]


_SOURCES: dict[str, Source] = {}


def tell(source: Source) -> None:
    """Have every history of a name tell of these as well."""
    _SOURCES[source.relation] = source
    belonging.count_in(source.relation)


def further(
    domain: Domain, known: QuerySet[Operation], audience: Audience = "customer", *, most: int
) -> list[Moment]:
    """The moments of the newest `most` operations of each source, among those that the reader may know (`known`)."""
    moments: list[Moment] = []
    for source in _SOURCES.values():
        if not belonging.has(domain, source.relation):
            continue
        found = source.among(known, domain).prefetch_related(*TOLD).order_by("-pk")[:most]
        told = timeline_for(found, audience)
        moments += [replace(moment, words=source.words(moment, audience)) for moment in told]
    return moments
