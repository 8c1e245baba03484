"""Filters of the pages about zones: ``{% load zones %}``."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from panel.dns import naming
from panel.dns.listing import shown_value
from panel.dns.wording import WITH_PRIORITY, ttl_words
from registrar.types import DnsRecord

register = template.Library()


@register.filter
def in_zone(name: str, zone: str) -> str:
    """``{{ record.name|in_zone:domain.name }}``: what stands before the zone's name, "@" for the zone itself."""
    return naming.relative(name, zone)


@register.filter
def says(record: DnsRecord) -> str:
    """``{{ change.new|says }}``: a record's value with its priority and how long it is kept."""
    parts = [shown_value(record), ttl_words(record.ttl)]
    if record.type in WITH_PRIORITY and record.priority is not None:
        parts.insert(1, _("priority %(number)s") % {"number": record.priority})
    return " · ".join(parts)
