"""What is lent, for templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import template

from panel.access.models import Grant
from panel.access.words import Summary, and_more, summary
from panel.people.models import Invitation

register = template.Library()


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation brings with it: names, and what may be done with each."""

    names: list[str]
    summary: Summary
    until: date | None
    note: str


@register.simple_tag
def offered(invitation: Invitation) -> Offer | None:
    """What is lent with an invitation, or None; `summary`, `until` and `note` are those of the first name."""
    waiting = Grant.objects.filter(invitation=invitation, user=None, revoked_at=None).select_related("domain")
    grants = list(waiting.order_by("domain__name"))
    if not grants:
        return None
    names = and_more([grant.domain.unicode_name for grant in grants])
    return Offer(names, summary(grants[0].rights), grants[0].until, grants[0].note)
