"""The whole history of a name, for every audience."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from panel.access.rules import actor_of
from panel.domain.history.further import further
from panel.domain.history.reading import ReadHistory
from panel.domain.history.timeline import history_of
from panel.domain.models import Domain
from panel.domain.operations_read import can_read, plan_reading
from panel.domain.setting_pages import SettingPages
from panel.operation.models import Operation
from panel.operation.queries import still_open
from panel.operation.states import State
from panel.operation.words import Audience

MOST_OPERATIONS = 200
MOST_SHOWN = 300


def history(pages: SettingPages, request: HttpRequest, name: str, audience: Audience) -> HttpResponseBase:
    """Everything that happened; posting has what the registrar wrote down read anew."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    # Brand people and staff come by their own addresses, whatever they are to a customer.
    may = bool(pages.prefix) or actor.can_change
    shows = can_read(domain, ReadHistory)
    if request.method == "POST":
        if shows:
            plan_reading(domain, ReadHistory, actor=actor.user)
        return redirect(pages.url("domain-history", name))
    # Before what it brings: what ends in between shows, or is followed.
    reading = still_open(pages.operations(actor, domain)).filter(kind=ReadHistory.name).first()
    operations = list(pages.operations(actor, domain)[:MOST_OPERATIONS])
    beside = further(domain, pages.known(actor, domain.name), audience, most=MOST_OPERATIONS)
    told = history_of(domain, operations, audience, beside)
    context = pages.context(
        domain,
        timeline=told[:MOST_SHOWN],
        more=len(told) > MOST_SHOWN or len(operations) == MOST_OPERATIONS,
        shows=shows,
        may_change=may,
        read_at=last_read(domain),
        reading=reading,
    )
    return render(request, "domains/history.html", context)


def last_read(domain: Domain) -> datetime | None:
    """When the registrar's own history was last read."""
    done = Operation.objects.filter(
        kind=ReadHistory.name, subject=domain.subject, account=domain.account, state=State.SUCCEEDED
    )
    return done.order_by("-pk").values_list("finished_at", flat=True).first()
