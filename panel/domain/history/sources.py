"""Where the entries of a name's history come from, one function for each: a query, and words for who reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from panel.core.cells import written_day
from panel.core.templatetags.formatting import format_money
from panel.domain.belonging import has
from panel.domain.drift.models import DriftState
from panel.domain.end_models import PlannedDeletion
from panel.domain.handover_models import Handover
from panel.domain.history import drift_words
from panel.domain.history.entry import Entry, entry
from panel.domain.history.registrar_words import subject_of_line
from panel.domain.models import Domain
from panel.domain.refusals import NotNow
from panel.domain.self_renewal.models import SelfRenewal
from panel.operation.words import Audience
from panel.people.models import User

# So many of each sort; a name to which more happened keeps the newest.
MOST = 100
# A registrar's line this near to an operation of ours tells the same once more.
ECHO = timedelta(minutes=10)
Span = tuple[datetime, datetime]


def held_since(domain: Domain) -> datetime | None:
    """When the name came from another customer to the present one; None where it has been nobody else's.

    What is told of before then is not this customer's to read.
    """
    moments = []
    if has(domain, "handovers"):
        handed = domain.handovers.filter(state=Handover.State.ACCEPTED).order_by("-answered_at")
        moments.append(handed.values_list("answered_at", flat=True).first())
    if has(domain, "assignments"):
        given = domain.assignments.exclude(giver=None).order_by("-pk")
        moments.append(given.values_list("at", flat=True).first())
    return max((moment for moment in moments if moment is not None), default=None)


def handovers(domain: Domain, audience: Audience) -> Iterator[Entry]:
    """Offers from one customer to another, and what became of them."""
    if not has(domain, "handovers"):
        return
    rows = domain.handovers.select_related("giver", "taker", "offered_by", "answered_by")
    for row in rows[:MOST]:
        staff = audience == "staff"
        if staff or row.giver_id == domain.customer_id:
            title = _("Offered to %(email)s") % {"email": row.email}
            text = _("By %(customer)s.") % {"customer": row.giver} if staff else ""
            yield entry(row.created_at, title, text, icon="send", by=_who(row.offered_by, audience))
        if row.answered_at is None:
            continue
        if row.state == Handover.State.ACCEPTED:
            if staff or row.taker_id == domain.customer_id:
                giver = {"customer": row.giver}
                words = _("Handed over to %(customer)s") % {"customer": row.taker}
                title = words if staff else _("Taken over from %(customer)s") % giver
                yield entry(
                    row.answered_at, title, tone="success", icon="arrow-right-left",
                    by=_who(row.answered_by, audience),
                )  # fmt: skip
        elif staff or row.giver_id == domain.customer_id:
            title = _("Offer over: %(state)s") % {"state": row.get_state_display()}
            yield entry(row.answered_at, title, icon="circle-minus", by=_who(row.answered_by, audience))


def assignments(domain: Domain, audience: Audience) -> Iterator[Entry]:
    """Names that staff gave to somebody."""
    if not has(domain, "assignments"):
        return
    for row in domain.assignments.select_related("giver", "taker", "made_by")[:MOST]:
        if audience == "staff":
            nobody = _("nobody")
            names = {"giver": row.giver or nobody, "taker": row.taker or nobody}
            title = _("From %(giver)s to %(taker)s") % names
            yield entry(row.at, title, icon="user-check", by=_who(row.made_by, audience))
        elif row.taker_id == domain.customer_id:
            yield entry(row.at, _("Put into your account by us"), tone="success", icon="user-check")


def deletions(domain: Domain, audience: Audience) -> Iterator[Entry]:
    """Deletions that were planned, and those that came to nothing: what was ordered is an operation."""
    if not has(domain, "planned_deletions"):
        return
    rows = domain.planned_deletions.select_related("asked_by", "impersonator", "ended_by")
    if audience != "staff":
        rows = rows.filter(customer=domain.customer_id)
    for row in rows[:MOST]:
        by = _who(row.asked_by, audience)
        yield entry(row.asked_at, _("Deletion planned"), tone="warning", icon="calendar-clock", by=by)
        if row.ended_at is not None and row.outcome == PlannedDeletion.Outcome.KEPT:
            yield entry(row.ended_at, _("Kept after all"), icon="undo-2", by=_who(row.ended_by, audience))
        elif row.ended_at is not None and row.outcome == PlannedDeletion.Outcome.REFUSED:
            yield entry(
                row.ended_at, _("Not deleted"), NotNow(row.reason).text, tone="warning", icon="circle-alert"
            )


def departures(domain: Domain, audience: Audience) -> Iterator[Entry]:
    """When the name went, and when it came back. A deletion of ours is told by its operation."""
    if not has(domain, "departures"):
        return
    for row in domain.departures.all()[:MOST]:
        if row.operation_id is None:
            text = row.told if audience == "staff" else ""
            yield entry(row.created_at, row.get_why_display(), text, tone="warning", icon="log-out")
        if row.came_back_at is not None:
            yield entry(row.came_back_at, _("Back again"), tone="success", icon="undo-2")


def self_renewals(domain: Domain, audience: Audience) -> Iterator[Entry]:
    """What was decided about renewals that the registrar made by itself; customers read what they paid."""
    if not has(domain, "self_renewals"):
        return
    rows = domain.self_renewals.exclude(state=SelfRenewal.State.OPEN).select_related("decided_by", "rule")
    for row in rows[:MOST]:
        if row.decided_at is None:
            continue
        if row.state == SelfRenewal.State.CHARGED and (
            audience == "staff" or row.customer_id == domain.customer_id
        ):
            assert row.price is not None
            title = _("Paid for its renewal: %(amount)s") % {"amount": format_money(row.price, row.currency)}
            text = _("The registry prolonged it until %(day)s.") % {"day": written_day(row.expires_on)}
            yield entry(row.decided_at, title, text, icon="wallet", by=_who(row.decided_by, audience))
        elif audience == "staff":
            title = _("Renewed by the registrar: %(decision)s") % {"decision": row.get_state_display()}
            yield entry(row.decided_at, title, row.reason, icon="wallet", by=_who(row.decided_by, audience))


def codes(domain: Domain, audience: Audience) -> Iterator[Entry]:
    """Who has seen an auth code."""
    if not has(domain, "auth_codes"):
        return
    shown = domain.auth_codes.filter(shown_at__isnull=False).select_related("shown_to")
    for row in shown[:MOST]:
        assert row.shown_at is not None
        yield entry(row.shown_at, _("Auth code shown"), icon="key-round", by=_who(row.shown_to, audience))


def differences(domain: Domain, audience: Audience) -> Iterator[Entry]:
    """What was changed elsewhere, and what was decided about it."""
    if not has(domain, "drifts"):
        return
    rows = domain.drifts.exclude(state=DriftState.HELD).select_related("decided_by", "rule")
    for item in rows[:MOST]:
        yield from filter(None, (drift_words.found(item, audience), drift_words.decided(item, audience)))


def registrars(domain: Domain, audience: Audience, ours: list[Span]) -> Iterator[Entry]:
    """What the registrar wrote down; for others than staff without what operations of ours (`ours`) tell already."""
    if not has(domain, "registrar_lines"):
        return
    for line in domain.registrar_lines.all()[:MOST]:
        if audience == "staff":
            title = _("Registrar: %(title)s") % {"title": line.title or "–"}
            by = " ".join(filter(None, (line.who, line.address)))
            yield entry(line.at, title, line.message, icon="landmark", by=by)
        elif not any(first - ECHO <= line.at <= last + ECHO for first, last in ours):
            label, icon = subject_of_line(line.title, line.message)
            yield entry(line.at, _(label), _("As the registry's records have it."), icon=icon)


def _who(person: User | None, audience: Audience) -> str:
    """Who it was; customers are not told which member of our staff it was."""
    if person is None:
        return ""
    return _("our staff") if person.is_staff and audience != "staff" else str(person)
