"""The cart: one per customer, kept until it is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from panel.access.actor import Actor
from panel.account.models import Action
from panel.billing.models import Cart, CartLine
from panel.billing.pricing import Quote
from panel.people.models import Customer

MOST_LINES = 50


class CartFull(Exception):
    """The cart holds MOST_LINES names already."""


class YearsNotOffered(ValueError):
    """So many years cannot be bought in this extension."""


def cart_of(customer: Customer) -> Cart:
    """The customer's cart, made at first use."""
    cart, _created = Cart.objects.select_related("customer__brand", "registrant").get_or_create(
        customer=customer
    )
    return cart


def names_in_cart(actor: Actor) -> set[str]:
    """The A-labels of what the actor's customer has in its cart."""
    return set(CartLine.objects.filter(cart__customer=actor.customer).values_list("name", flat=True))


def count_lines(actor: Actor) -> int:
    """How many names the actor's customer has in its cart."""
    return CartLine.objects.filter(cart__customer=actor.customer).count()


def add_line(cart: Cart, name: str, quote: Quote, *, years: int | None = None) -> CartLine:
    """Put a name into the cart, for the shortest period unless `years` is offered. A name is there once.

    Raises CartFull.
    """
    existing = cart.lines.filter(name=name).first()
    if existing is not None:
        return existing
    if cart.lines.count() >= MOST_LINES:
        raise CartFull
    period = years if years in quote.years else min(quote.years)
    line, _created = CartLine.objects.get_or_create(
        cart=cart,
        name=name,
        defaults={"tld_name": quote.tld_name, "action": Action(quote.action), "years": period},
    )
    return line


def remove_line(cart: Cart, name: str) -> CartLine | None:
    """Take a name out. Returns what was there, so that it can be put back; None when it was gone already."""
    line = cart.lines.filter(name=name).first()
    if line is not None:
        cart.lines.filter(pk=line.pk).delete()
    return line


def set_years(line: CartLine, years: int, quote: Quote) -> None:
    """Change for how long a name is bought. Raises YearsNotOffered."""
    if years not in quote.years:
        raise YearsNotOffered(years)
    CartLine.objects.filter(pk=line.pk).update(years=years)
    line.years = years


def set_details(
    cart: Cart, *, registrant: Any, nameservers: Sequence[str], tld_fields: Mapping[str, Mapping[str, str]]
) -> None:
    """Who the names are for, which nameservers they get (none: parking), and what their extensions ask."""
    cart.registrant = registrant
    cart.nameservers = list(nameservers)
    cart.tld_fields = {tld: dict(values) for tld, values in tld_fields.items()}
    cart.save(update_fields=["registrant", "nameservers", "tld_fields", "updated_at"])
