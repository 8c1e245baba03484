"""Money on customer pages: the wallet in the top bar, and its movements in words."""

from __future__ import annotations

from django import template
from django.template import Context

from panel.billing.models import Entry
from panel.billing.queries import Wallet, wallet_of
from panel.billing.tables import ICONS, entry_words, order_of

register = template.Library()


@register.simple_tag(takes_context=True)
def wallet_now(context: Context) -> Wallet | None:
    """The wallet of the customer for whom the reader acts, or None."""
    actor = context.get("actor")
    return wallet_of(actor.customer) if actor is not None and actor.customer is not None else None


@register.filter
def in_words(entry: Entry) -> str:
    """A movement in plain words."""
    return entry_words(entry)


@register.filter
def entry_icon(entry: Entry) -> str:
    """The icon of a movement's kind."""
    return ICONS[Entry.Kind(entry.kind)]


@register.filter
def order_id(entry: Entry) -> str:
    """The id of the movement's order, or ""."""
    order = order_of(entry)
    return order.public_id if order else ""
