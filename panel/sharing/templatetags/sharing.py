"""What is lent, in few words, for templates."""

from __future__ import annotations

from django import template

from panel.access.models import Grant
from panel.access.words import Summary, summary
from panel.sharing.presets import short_of

register = template.Library()


@register.filter
def lent_briefly(grant: Grant) -> str:
    """What a grant lends, short enough for a list."""
    return short_of(grant.rights)


@register.filter
def lent_in_full(grant: Grant) -> Summary:
    """Every part of what a grant lends, in words."""
    return summary(grant.rights)
