"""The search of the top bar: over what the customer has, not over what could be bought."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from panel.access.actor import Actor
from panel.access.parts import ANY
from panel.access.rules import Permission, actor_of, requires
from panel.billing.queries import orders_for
from panel.contact.queries import contacts_for
from panel.contact.tables import matching as matching_contacts
from panel.domain.filters import matching as matching_domains
from panel.domain.queries import domains_for
from panel.domain.wording import status_badge
from panel.operation.queries import operations_for
from panel.operation.words import describe, kind_label

MOST = 8
LONGEST = 253


@requires(Permission.SIGNED_IN, part=ANY)
@require_GET
def find(request: HttpRequest) -> HttpResponseBase:
    """Domains, contacts, orders and operations that match; one exact hit is opened at once."""
    actor = actor_of(request)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    if actor.customer is None:
        name = "office:domains" if actor.is_staff else "brandadmin:domains"
        return redirect(f"{reverse(name)}?{urlencode({'q': text})}")
    exact = _exact(actor, text)
    if exact:
        return redirect(exact)
    context = {"find_query": text, **(_found(actor, text) if text else {})}
    return render(request, "find/results.html", context)


def _exact(actor: Actor, text: str) -> str:
    if text.startswith("op-") and operations_for(actor).filter(public_id=text).exists():
        return reverse("operation", args=[text])
    if text.startswith("or-") and orders_for(actor).filter(public_id=text).exists():
        return reverse("order", args=[text])
    if text.startswith("co-") and contacts_for(actor).filter(public_id=text).exists():
        return reverse("contact", args=[text])
    words = text.lower().rstrip(".")
    by_a_label = domains_for(actor).filter(name=words).values_list("name", flat=True).first()
    by_u_label = domains_for(actor).filter(unicode_name=words).values_list("name", flat=True)
    name = by_a_label or by_u_label.first() if words else None
    return reverse("domain", args=[name]) if name else ""


def _found(actor: Actor, text: str) -> dict[str, object]:
    domains = [
        {"domain": domain, "badge": status_badge(domain)}
        for domain in matching_domains(domains_for(actor), text).order_by("name")[:MOST]
    ]
    labelled = operations_for(actor).filter(label__icontains=text)
    operations = [
        {"operation": operation, "kind": kind_label(operation.kind), "words": describe(operation)}
        for operation in labelled.order_by("-pk")[:MOST]
    ]
    contacts = list(matching_contacts(contacts_for(actor), text)[:MOST])
    orders = list(orders_for(actor).filter(lines__name__icontains=text.lower()).distinct()[:MOST])
    nothing = not (domains or operations or contacts or orders)
    return {
        "domains": domains,
        "operations": operations,
        "contacts": contacts,
        "orders": orders,
        "nothing": nothing,
    }
