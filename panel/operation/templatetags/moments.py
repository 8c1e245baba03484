"""`{% load moments %}`: what happened in an operation, on a page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from panel.core import cells
from panel.core.markup import escaped
from panel.core.tables import address_of
from panel.operation.words import Moment

register = template.Library()


@register.simple_tag
def draw_moment(moment: Moment, plain: bool = False) -> SafeString:
    """An entry of a timeline; the newest of an operation leads to it by its id, unless it is to be `plain`."""
    told = [escaped(moment.words.text)]
    if moment.by:
        told.append(escaped(_("By %(name)s.") % {"name": moment.by}))
    if moment.is_latest and not plain:
        key, address = escaped(moment.public_id), escaped(address_of("operation", moment.public_id))
        told.append(f'<a class="mono tiny muted" href="{address}">{key}</a>')
    body = mark_safe(" ".join(told))  # noqa: S308 - every piece is escaped
    words = moment.words
    return cells.timeline_item(words.title, moment.at, words.tone, words.icon, body)
