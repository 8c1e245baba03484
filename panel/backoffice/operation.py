"""One operation: its timeline, attempts and exchanges, and what a person decides about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panel.access.rules import Permission, actor_of, requires
from panel.account.models import Exchange
from panel.account.queries import office_exchanges, with_beginnings
from panel.backoffice.forms import DecisionForm
from panel.backoffice.trail import trail
from panel.operation import services
from panel.operation.models import Attempt, Operation
from panel.operation.queries import TOLD, office_operations
from panel.operation.states import State
from panel.operation.words import describe, kind_label, timeline_for
from panel.people.models import User

DECISIONS: dict[str, Callable[..., bool]] = {
    "happened": services.it_happened,
    "again": services.send_again,
    "give-up": services.give_up,
    "look": services.look_again,
    "cancel": services.cancel,
}
UNSENT = (State.PLANNED, State.QUEUED)
HURRIED = (State.QUEUED, State.WAITING, State.UNKNOWN)
# What waits for a registry is asked for news for days.
SHOWN_ATTEMPTS = 20
SHOWN_OF_CALL = 2000


@requires(Permission.STAFF)
def operation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that is known of an operation, except its secrets."""
    return _page(request, public_id)


def _page(request: HttpRequest, public_id: str, form: DecisionForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    scope = office_operations(actor).select_related("depends_on").prefetch_related(*TOLD, "entries")
    found = get_object_or_404(scope, public_id=public_id)
    attempts = list(found.attempts.order_by("-number")[: None if request.GET.get("all") else SHOWN_ATTEMPTS])
    oldest = attempts[-1].number if attempts else 0
    calls = with_beginnings(
        office_exchanges(actor).filter(operation=found, attempt__gte=oldest), SHOWN_OF_CALL
    )
    context = {
        "operation": found,
        "words": describe(found, "staff"),
        "kind": kind_label(found.kind),
        "timeline": timeline_for([found], "staff"),
        "attempts": attempts_with(attempts, list(calls.order_by("pk"))),
        "earlier": found.attempts.filter(number__lt=oldest).count() if len(attempts) == SHOWN_ATTEMPTS else 0,
        "payload": json.dumps(found.payload, indent=2, ensure_ascii=False, sort_keys=True),
        "decision_form": form or DecisionForm(),
        # What came back from a send may have been executed: then looking comes first.
        "unsent": found.state in UNSENT and found.sends == 0,
        "hurried": found.state in HURRIED,
        "open": not found.is_final,
        "crumbs": trail((_("Operations"), "operations")),
    }
    polled = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "office/operations/operation.html#live" if polled else "office/operations/operation.html"
    ended = polled and (found.is_final or found.state == State.ATTENTION)
    status = 422 if form is not None else 286 if ended else 200
    response = render(request, template, context, status=status)
    if ended:
        # What can be decided, and the last attempt, are outside of the part that polls.
        response["HX-Refresh"] = "true"
    return response


def attempts_with(attempts: list[Attempt], exchanges: Sequence[Exchange]) -> list[dict[str, object]]:
    """Each attempt with the calls that were made in it, in the order of the attempts."""
    return [
        {
            "attempt": attempt,
            "exchanges": [row for row in exchanges if row.attempt == attempt.number],
        }
        for attempt in attempts
    ]


@requires(Permission.STAFF)
@require_POST
def operation_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a person decided, with a reason, or a push to try now."""
    actor = actor_of(request)
    found = get_object_or_404(office_operations(actor), public_id=public_id)
    decision = request.POST.get("decision", "")
    if decision == "retry":
        _tell_of_hurry(request, services.retry_now(found))
        return redirect("office:operation", public_id)
    form = DecisionForm(request.POST)
    if decision not in DECISIONS:
        form.add_error(None, _("Choose what to do."))
    if not form.is_valid():
        return _page(request, public_id, form)
    _tell(request, _decide(found, decision, actor.user, form.cleaned_data["reason"]))
    return redirect("office:operation", public_id)


def _decide(found: Operation, decision: str, user: User, reason: str) -> bool:
    return DECISIONS[decision](found, actor=user, reason=reason)


def _tell_of_hurry(request: HttpRequest, done: bool) -> None:
    if done:
        messages.success(request, _("Done. The timeline shows what follows."))
    else:
        messages.info(
            request,
            _(
                "Not now: it was asked about a moment ago, or the time until the next look is part of the proof."
            ),
        )


def _tell(request: HttpRequest, done: bool) -> None:
    if done:
        messages.success(request, _("Done. The timeline shows what follows."))
    else:
        messages.warning(
            request,
            _("Too late, or too little is known to take your word for it. Nothing was done: look again."),
        )
