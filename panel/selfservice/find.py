"""The search of the top bar: over what the customer has, not over what could be bought."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.billing.queries import orders_for
from panel.contact.queries import contacts_for
from panel.contact.tables import matching as matching_contacts
from panel.domain.filters import matching as matching_domains
from panel.domain.filters import named
from panel.domain.models import Domain
from panel.domain.queries import domains_for, lent_domains
from panel.domain.wording import status_badge
from panel.operation.queries import operations_for
from panel.operation.words import describe, kind_label

MOST = 8
LONGEST = 253


@requires(Permission.SIGNED_IN)
@require_GET
def find(request: HttpRequest) -> HttpResponseBase:
    """Domains, contacts, orders and operations that match; one exact hit is opened at once."""
    actor = actor_of(request)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    if actor.customer is None and (actor.is_staff or actor.is_brand_admin):
        name = "office:domains" if actor.is_staff else "brandadmin:domains"
        return redirect(f"{reverse(name)}?{urlencode({'q': text})}")
    exact = _exact(actor, text)
    if exact:
        return redirect(exact)
    context = {"find_query": text, **(_found(actor, text) if text else {})}
    return render(request, "find/results.html", context)


def _exact(actor: Actor, text: str) -> str:
    if actor.customer is not None and (thing := _thing(actor, text)):
        return thing
    words = text.lower().rstrip(".")
    for names in _scopes(actor) if words else ():
        by_a_label = names.filter(name=words).values_list("name", flat=True).first()
        by_u_label = names.filter(unicode_name=words).values_list("name", flat=True)
        if name := by_a_label or by_u_label.first():
            return reverse("domain", args=[name])
    return ""


def _scopes(actor: Actor) -> list[QuerySet[Domain]]:
    """The names of the customer, then those that are lent to the person."""
    own = [domains_for(actor)] if actor.customer is not None else []
    return [*own, lent_domains(actor)] if actor.is_delegate else own


def _thing(actor: Actor, text: str) -> str:
    """The page of what bears this public id."""
    if text.startswith("op-") and operations_for(actor).filter(public_id=text).exists():
        return reverse("operation", args=[text])
    if text.startswith("or-") and orders_for(actor).filter(public_id=text).exists():
        return reverse("order", args=[text])
    if text.startswith("co-") and contacts_for(actor).filter(public_id=text).exists():
        return reverse("contact", args=[text])
    return ""


def _found(actor: Actor, text: str) -> dict[str, object]:
    names = (
        matching_domains(domains_for(actor), text) if actor.customer is not None else Domain.objects.none()
    )
    lent = named(lent_domains(actor), text).order_by("name")[:MOST] if actor.is_delegate else ()
    domains = [
        {"domain": domain, "badge": status_badge(domain)}
        for domain in [*names.order_by("name")[:MOST], *lent][:MOST]
    ]
    found: dict[str, object] = {"domains": domains, "nothing": not domains}
    if actor.customer is None:
        # To whom names are lent, nothing but the names is there.
        return found
    labelled = operations_for(actor).filter(label__icontains=text)
    operations = [
        {"operation": operation, "kind": kind_label(operation.kind), "words": describe(operation)}
        for operation in labelled.order_by("-pk")[:MOST]
    ]
    contacts = list(matching_contacts(contacts_for(actor), text)[:MOST])
    orders = list(orders_for(actor).filter(lines__name__icontains=text.lower()).distinct()[:MOST])
    return {
        **found,
        "operations": operations,
        "contacts": contacts,
        "orders": orders,
        "nothing": not (domains or operations or contacts or orders),
    }
