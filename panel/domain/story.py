"""What is going on with a name, for the head of its page and its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from panel.core.mark import mark_of
from panel.domain.history.timeline import history_of
from panel.domain.models import Domain
from panel.domain.transfer.steps import transfer_steps
from panel.domain.wording import status_words
from panel.operation.models import Operation
from panel.operation.states import Lane
from panel.operation.words import Moment, describe

STOP_POLLING = 286
# On the name's own page; the rest is one click away.
MOST_TOLD = 12


def story(
    domain: Domain | None, operations: Sequence[Operation], beside: Sequence[Moment] = ()
) -> dict[str, Any]:
    """The state in words, the operation that leads, the history, and whether more will happen (`live`).

    Give the operations newest first, with what a timeline needs. Without a name in the mirror there must be one.
    Read them before the name: the other way round, one that ends between the two would leave a page that shows what
    was before and follows nothing.
    `beside` is what happened to things of the name (`history.further`): its history tells that, its head does not.
    """
    # Whoever has it lent reads nothing of what its customer did with it.
    own = domain is not None and not getattr(domain, "lent", False)
    told = history_of(domain if own else None, operations, beside=beside)
    open_ones = [operation for operation in operations if not operation.is_final]
    leading = next((operation for operation in open_ones if operation.lane != Lane.SYNC), None)
    leading = leading or next(iter(open_ones), None)
    last = next((operation for operation in operations if operation.lane != Lane.SYNC), None)
    return {
        "words": status_words(domain) if domain else describe(last or operations[0]),
        "leading": leading,
        "leading_words": describe(leading) if leading else None,
        "last": last,
        "timeline": told[:MOST_TOLD],
        "more_history": own,
        "live": bool(open_ones) or any(not moment.operation.is_final for moment in beside),
        "transfer": transfer_steps(domain, operations),
        "mark": mark_of(
            domain and domain.updated_at,
            [(item.pk, describe(item)) for item in operations],
            [(moment.at, moment.words) for moment in beside],
        ),
    }


def kinds_under_way(operations: Sequence[Operation]) -> set[str]:
    """The kinds of those to which something may still happen."""
    return {operation.kind for operation in operations if not operation.is_final}


def follow(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page of a name; to htmx the part that follows what is done: 204 while nothing is new, 286 at the end."""
    part = bool(request.htmx) and request.htmx.target == "domain"  # type: ignore[attr-defined]
    if not part:
        return render(request, "domains/detail.html", context)
    if context["live"] and request.GET.get("seen") == context["mark"]:
        return HttpResponse(status=204)
    return render(
        request, "domains/detail.html#domain", context, status=200 if context["live"] else STOP_POLLING
    )
