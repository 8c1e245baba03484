"""What a thing is called, and a plan's state, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from panel.domain.models import to_unicode
from panel.hosting.models import Plan

_TONES = {"active": "success", "renewable": "success", "inactive": "danger", "unknown": "neutral"}


def shown_name(name: str) -> str:
    """An address or host with its labels as people write them."""
    local, at, domain = name.rpartition("@")
    return f"{local}{at}{to_unicode(domain)}" if at else name if "/" in name else to_unicode(name)


def plan_badge(plan: Plan) -> tuple[str, str]:
    """The tone and the word of a plan's state."""
    words = {
        "starting": _("Being set up"),
        "active": _("Works"),
        "inactive": _("Switched off"),
        "renewing": _("Being renewed"),
        "renewable": _("Can be renewed"),
    }
    return _TONES.get(plan.status, "pending"), words.get(plan.status, _("Not known"))
