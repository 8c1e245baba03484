"""One history of a name: our operations, what customers and staff did with it, and what its registrar wrote down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from panel.domain.history import sources
from panel.domain.history.entry import Entry
from panel.domain.models import Domain
from panel.operation.models import Operation
from panel.operation.states import Lane
from panel.operation.words import Audience, Moment, timeline_for


def history_of(
    domain: Domain | None,
    operations: Sequence[Operation],
    audience: Audience = "customer",
    beside: Sequence[Moment] = (),
) -> list[Moment | Entry]:
    """Everything that is told of the name, newest first, in a fixed number of queries.

    Give the operations with what a timeline needs, and in `beside` what `further()` tells of things of the name. A name
    that is not in the mirror has no history but these. Customers read nothing from before the name was theirs, and no
    word of a registrar.
    """
    moments: list[Moment | Entry] = [*timeline_for(operations, audience), *beside]
    if domain is not None:
        ours = [*_spans(operations), *((moment.at, moment.at) for moment in beside)]
        moments += _entries(domain, ours, audience)
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _entries(domain: Domain, ours: list[sources.Span], audience: Audience) -> list[Entry]:
    found = chain(
        sources.handovers(domain, audience),
        sources.assignments(domain, audience),
        sources.deletions(domain, audience),
        sources.departures(domain, audience),
        sources.self_renewals(domain, audience),
        sources.codes(domain, audience),
        sources.differences(domain, audience),
        sources.registrars(domain, audience, ours),
    )
    if audience == "staff":
        return list(found)
    first = sources.held_since(domain)
    return [entry for entry in found if first is None or entry.at >= first]


def _spans(operations: Sequence[Operation]) -> list[sources.Span]:
    """When operations of ours changed something, from their first event to the last."""
    spans = []
    for operation in operations:
        events = [event.at for event in operation.events.all()]
        if events and operation.lane != Lane.SYNC:
            spans.append((min(events), max(events)))
    return spans
