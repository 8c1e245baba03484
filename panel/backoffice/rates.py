"""Exchange rates: those in force, their history, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.trail import trail
from panel.billing import rates as exchange
from panel.billing.rate_forms import RateForm

HISTORY = 25


@requires(Permission.STAFF)
def rates(request: HttpRequest) -> HttpResponse:
    """The rates. A post writes a new one down; earlier ones stay as the history."""
    actor = actor_of(request)
    asked = {name: request.GET[name] for name in ("source", "target") if name in request.GET}
    form = RateForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        row = form.save(actor.user)
        messages.success(request, _("Kept: %(rate)s. Prices follow.") % {"rate": row})
        return redirect("office:rates")
    now = timezone.now()
    history = list(exchange.office_rates(actor)[:HISTORY])
    context = {
        "form": form,
        "current": exchange.current_rates(),
        "coming": [row for row in history if row.since > now],
        "history": history,
        "missing_rates": exchange.missing_rates(),
        "crumbs": trail((_("Prices"), "prices")),
    }
    return render(request, "office/prices/rates.html", context, status=422 if form.errors else 200)
