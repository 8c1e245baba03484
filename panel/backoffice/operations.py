"""The operations inbox: what waits, why, and what can safely be done about many at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.tables import OperationFilter, OperationTable, cause_text
from panel.core.listing import Listing, chosen
from panel.operation import services
from panel.operation.models import Operation
from panel.operation.queries import office_operations, still_open
from panel.operation.states import State

SHOWN_CAUSES = 8
LOOKS = {
    State.ATTENTION: ("danger", "user-search"),
    State.UNKNOWN: ("warning", "scan-search"),
    State.QUEUED: ("warning", "clock"),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """Open operations that share an account, a state and a reason."""

    account: str
    state: str
    text: str
    number: int
    since: datetime
    tone: str
    icon: str
    url: str


def causes(operations: QuerySet[Operation]) -> list[Cause]:
    """Why open operations stand still, most pressing and most frequent first."""
    held = still_open(operations).exclude(state__in=[State.PLANNED, State.SENDING])
    held = held.exclude(state=State.QUEUED, waiting_for="")
    rows = (
        held.order_by()
        .values("account_id", "account__label", "state", "waiting_for", "reason")
        .annotate(number=Count("pk"), since=Min("created_at"))
    )
    urgency = [State.ATTENTION, State.UNKNOWN, State.QUEUED, State.WAITING]
    ordered = sorted(rows, key=lambda row: (urgency.index(State(row["state"])), -row["number"]))
    return [_cause(row) for row in ordered[:SHOWN_CAUSES]]


def _cause(row: Mapping[str, Any]) -> Cause:
    state, waiting_for, reason = State(row["state"]), row["waiting_for"], row["reason"]
    query = {"state": state, "account": row["account_id"], "reason": reason, "waiting_for": waiting_for}
    tone, icon = LOOKS.get(state, ("pending", "hourglass"))
    return Cause(
        account=row["account__label"],
        state=str(state.label),
        text=cause_text(reason, waiting_for) or _("No news yet"),
        number=row["number"],
        since=row["since"],
        tone=tone,
        icon=icon,
        url="?" + urlencode({key: value for key, value in query.items() if value}),
    )


@requires(Permission.STAFF)
def operations(request: HttpRequest) -> HttpResponseBase:
    """Every operation, with the causes of those that stand still above them."""
    actor = actor_of(request)
    listing = Listing(
        request,
        office_operations(actor),
        table=OperationTable,
        filterset=OperationFilter,
        default_sort="-pk",
        label=_("Operations"),
        placeholder=_("Name, id or reference"),
        bulk="office/operations/bulk.html",
        bulk_url=reverse("office:operations-bulk"),
        empty="office/operations/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("operations")
    return listing.render("office/operations/list.html", {"causes": causes(office_operations(actor))})


@requires(Permission.STAFF)
@require_POST
def operations_bulk(request: HttpRequest) -> HttpResponse:
    """Hurry, look again at, or cancel the chosen operations: each only where that is safe."""
    actor = actor_of(request)
    rows = list(chosen(request, office_operations(actor)))
    reason = request.POST.get("reason", "").strip()
    action = request.POST.get("action", "")
    if not rows:
        messages.warning(request, _("Nothing was selected."))
    elif action == "retry":
        _tell(request, sum(services.retry_now(row) for row in rows), len(rows))
    elif not reason:
        messages.error(request, _("Say why: the reason is kept with each operation."))
    elif action == "look":
        done = sum(services.look_again(row, actor=actor.user, reason=reason) for row in rows)
        _tell(request, done, len(rows))
    elif action == "cancel":
        _tell(request, sum(services.cancel(row, actor=actor.user, reason=reason) for row in rows), len(rows))
    return redirect(reverse("office:operations") + _back(request))


def _back(request: HttpRequest) -> str:
    query = request.POST.get("back", "")
    return f"?{query}" if query and not query.startswith(("/", "\\")) else ""


def _tell(request: HttpRequest, done: int, asked: int) -> None:
    if done:
        text = ngettext("%(n)s operation: done.", "%(n)s operations: done.", done) % {"n": done}
        messages.success(request, text)
    if done < asked:
        rest = asked - done
        text = ngettext(
            "%(n)s was left alone: its state does not allow it.",
            "%(n)s were left alone: their state does not allow it.",
            rest,
        )
        messages.warning(request, text % {"n": rest})
