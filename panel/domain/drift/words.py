"""Drift in words, for staff: values, and where an item stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from panel.core.cells import written_day
from panel.domain.drift.models import Drift, DriftField, DriftOutcome, DriftState
from panel.domain.models import Domain, to_unicode
from panel.operation.states import FINAL
from registrar.types import RenewalMode

SWITCHES = (DriftField.TRANSFER_LOCK, DriftField.PRIVACY)


def value_text(field: str, value: Any) -> str:
    """A value as people read it; "" for one that is not known."""
    if value is None:
        return ""
    if field == DriftField.EXPIRY:
        return written_day(date.fromisoformat(value))
    if field == DriftField.NAMESERVERS:
        return ", ".join(to_unicode(name) for name in value)
    if field == DriftField.DS:
        return ", ".join(f"{key['key_tag']} {key['algorithm']} {key['digest_type']}" for key in value) or _(
            "none"
        )
    if field in SWITCHES:
        return _("on") if value else _("off")
    if field == DriftField.RENEWAL:
        return {
            RenewalMode.AUTOMATIC: _("automatic"),
            RenewalMode.MANUAL: _("by hand"),
            RenewalMode.LET_EXPIRE: _("ends at its date"),
        }.get(value, str(value))
    if field == DriftField.PRESENCE and value in Domain.Status.values:
        return str(Domain.Status(value).label)
    return str(value)


def field_label(field: str) -> str:
    """What of a name it is about."""
    return str(DriftField(field).label)


def drift_badge(item: Drift) -> tuple[str, str, str]:
    """Where an item stands: tone, word, icon."""
    if item.state == DriftState.CLOSED:
        icon = "undo-2" if item.outcome == DriftOutcome.PUSHED_BACK else "check"
        return "neutral", str(item.get_outcome_display()), icon
    if item.operation is not None and item.operation.state not in FINAL:
        return "pending", _("Being put back"), "hourglass"
    if item.state == DriftState.IGNORED:
        return "neutral", _("Ignored until %(day)s") % {"day": written_day(item.ignored_until)}, "bell-off"
    if item.implausible:
        return "danger", _("Implausible"), "triangle-alert"
    return "warning", _("Open"), "git-compare"


def decision_text(item: Drift) -> str:
    """Who decided, and why; "" where nobody has."""
    who = _("a rule") if item.rule is not None else str(item.decided_by or "")
    return ": ".join(part for part in (who, item.reason) if part)
