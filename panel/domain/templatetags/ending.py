"""The end of a name's term, for whichever page shows the name: ``{% load ending %}``."""

from __future__ import annotations

from django import template

from panel.domain.models import Domain
from panel.domain.renewal import ending

register = template.Library()


@register.simple_tag
def term_end(domain: Domain) -> ending.Ending:
    """``{% term_end domain as ending %}``: its dates, what happens if nobody acts, the reminders."""
    return ending.ending_of(domain)
