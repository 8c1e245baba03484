"""What was changed at a registrar and not by us, as the history of a name tells it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from panel.domain.drift.models import Drift, DriftField, DriftOutcome, DriftState
from panel.domain.drift.words import decision_text, field_label, value_text
from panel.domain.history.entry import Entry, entry
from panel.operation.words import Audience

# Their values are handles of a registrar: nothing that a customer could read.
PEOPLE = frozenset({DriftField.OWNER, DriftField.ADMIN, DriftField.TECH, DriftField.BILLING})


def found(item: Drift, audience: Audience) -> Entry | None:
    """That a difference was seen; None where a customer reads nothing of it, or nothing of it ever showed."""
    if item.opened_at is None:
        return None
    if audience == "staff":
        values = {
            "agreed": value_text(item.field, item.agreed) or "–",
            "observed": value_text(item.field, item.observed) or "–",
        }
        text = _("Agreed: %(agreed)s. Shown: %(observed)s.") % values
        title = _("Not as agreed: %(what)s") % {"what": field_label(item.field)}
        return entry(item.opened_at, title, text, tone="warning", icon="git-compare")
    if item.implausible or item.field == DriftField.PRESENCE or item.outcome == DriftOutcome.CAME_BACK:
        return None
    title = _("Changed elsewhere: %(what)s") % {"what": field_label(item.field)}
    return entry(item.opened_at, title, _for_customers(item), icon="git-compare")


def _for_customers(item: Drift) -> str:
    if item.outcome == DriftOutcome.RENEWED:
        return _("The registry shows a later end of its term.")
    shown = value_text(item.field, item.observed)
    if item.field in PEOPLE or not shown:
        return _("The registry shows something else since then, and it was not changed here.")
    return _("The registry shows since then: %(value)s. It was not changed here.") % {"value": shown}


def decided(item: Drift, audience: Audience) -> Entry | None:
    """What became of a difference; None where nothing is told of it."""
    if item.state != DriftState.CLOSED or item.decided_at is None or item.field == DriftField.PRESENCE:
        return None
    what = field_label(item.field)
    if audience == "staff":
        title = f"{what}: {item.get_outcome_display()}"
        return entry(item.decided_at, title, decision_text(item), icon="check")
    if item.outcome == DriftOutcome.PUSHED_BACK:
        return entry(item.decided_at, _("Put back as it was: %(what)s") % {"what": what}, icon="undo-2")
    if item.outcome == DriftOutcome.ACCEPTED and not item.implausible:
        return entry(
            item.decided_at, _("Stays as the registry shows it: %(what)s") % {"what": what}, icon="check"
        )
    return None
