"""How the machine is, in words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from panel.access.rules import Permission, actor_of, requires
from panel.account.queries import office_accounts, office_syncs
from panel.account.tables import account_badge
from panel.backoffice.queries import heartbeats
from panel.core.health import Check, checks

SHOWN = 15


@requires(Permission.STAFF)
def health(request: HttpRequest) -> HttpResponse:
    """Broker, beat, oldest due operation, passes and accounts."""
    actor = actor_of(request)
    context = {
        "checks": [_in_words(check()) for check in checks()],
        "beats": [{"name": _job(row.name), "at": row.at} for row in heartbeats(actor)],
        "syncs": list(office_syncs(actor)[:SHOWN]),
        "accounts": [{"row": row, "badge": account_badge(row)} for row in office_accounts(actor)],
    }
    return render(request, "office/health.html", context)


def _job(name: str) -> str:
    jobs = {
        "accounts": _("Balances"),
        "catalogues": _("Catalogues and costs"),
        "forget-exchanges": _("Old exchanges deleted"),
        "sweep": _("Search for due operations"),
        "sync": _("Passes over the accounts"),
        "tell-customers": _("Mails to customers"),
        "tell-staff": _("Mails to staff"),
    }
    return jobs.get(name, name)


def _in_words(check: Check) -> dict[str, object]:
    words = {
        "broker": (
            _("Messages between the parts"),
            _("Workers are woken at once."),
            _("The broker is away: orders are accepted and go on when it is back."),
        ),
        "beat": (
            _("The clock"),
            _("Due operations are found every few seconds."),
            _("The clock or the workers stand still: nothing is sent until they run again."),
        ),
        "oldest_due_operation": (
            _("The queue"),
            _("No operation waits for a worker."),
            _("Operations wait too long for a worker: start more of them."),
        ),
    }
    details = {"never": _("never"), "none": _("none")}
    title, good, bad = words.get(check.name, (check.name, _("Well."), _("Not well.")))
    detail = details.get(check.detail, check.detail)
    return {"title": title, "text": good if check.ok else bad, "ok": check.ok, "detail": detail}
