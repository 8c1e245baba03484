"""How the machine is, in words."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from panel.access.rules import Permission, actor_of, requires
from panel.account.queries import office_accounts, office_syncs
from panel.account.tables import account_badge
from panel.core.health import Check, checks
from panel.operation import health as machine
from panel.operation import job_words, slots

SHOWN = 15


@requires(Permission.STAFF)
def health(request: HttpRequest) -> HttpResponse:
    """Broker, beat, what is due, periodic work, passes and accounts."""
    actor = actor_of(request)
    context = {
        "checks": [_in_words(check()) for check in checks()],
        "lines": [{"line": line, "since": timezone.now() - line.oldest} for line in machine.lines()],
        "jobs": _jobs(),
        "syncs": list(office_syncs(actor)[:SHOWN]),
        "accounts": [{"row": row, "badge": account_badge(row)} for row in office_accounts(actor)],
    }
    return render(request, "office/health.html", context)


def _jobs() -> list[dict[str, object]]:
    """Every line of the schedule in words, what is late first."""
    return [
        {
            "name": job_words.label(job.name),
            "often": job_words.often(job.every),
            "ended_at": job.ended_at,
            "is_late": job.is_late,
        }
        for job in sorted(slots.jobs(), key=lambda job: not job.is_late)
    ]


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
            _("No operation waits too long for a worker."),
            _("Operations wait too long for a worker: start more of them."),
        ),
        "periodic_work": (
            _("Periodic work"),
            _("Everything in the schedule is done in time."),
            _("Some of the schedule was not done in time: see the list below, and the workers' log."),
        ),
    }
    title, good, bad = words.get(check.name, (check.name, _("Well."), _("Not well.")))
    detail = _detail(check)
    return {"title": title, "text": good if check.ok else bad, "ok": check.ok, "detail": detail}


def _detail(check: Check) -> str:
    if check.name == "beat":
        never = check.detail == "never"
        return _("never") if never else _("last heard: %(age)s ago") % {"age": _age(check.detail)}
    if check.name == "oldest_due_operation":
        none = check.detail == "none"
        return (
            _("nothing is due") if none else _("the oldest waits for %(age)s") % {"age": _age(check.detail)}
        )
    if check.name == "periodic_work":
        return ", ".join(job_words.label(name) for name in check.detail.split(", ") if name)
    return check.detail


def _age(detail: str) -> str:
    """A check's age, which is for machines and in seconds, as people say it."""
    return job_words.lasting(timedelta(seconds=int(detail.removesuffix(" s"))))
