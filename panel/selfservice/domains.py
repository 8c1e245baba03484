"""The customer's domains: the list, and the page of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.core.listing import Listing
from panel.core.mark import mark_of
from panel.domain.controls import controls
from panel.domain.filters import DomainFilter
from panel.domain.models import Domain, to_unicode
from panel.domain.names import ImpossibleName, to_a_label
from panel.domain.operations_renew import RENEWABLE
from panel.domain.queries import PEOPLE, domain_operations, domains_for, figures
from panel.domain.refreshing import JustRead, refresh_now
from panel.domain.tables import DomainTable
from panel.domain.wording import (
    by_person,
    is_parked,
    people,
    renewal_opens,
    shown_nameservers,
    status_words,
)
from panel.operation.queries import operations_for, still_open
from panel.operation.states import Lane
from panel.operation.words import describe, timeline_for
from registrar.types import RenewalMode

STOP_POLLING = 286
MOST_COMING = 8
MOST_OPERATIONS = 20


@requires(Permission.CUSTOMER_READ)
def home(request: HttpRequest) -> HttpResponseBase:
    """The start page is the list of domains."""
    return redirect("domains")


@requires(Permission.CUSTOMER_READ)
@require_GET
def domain_list(request: HttpRequest) -> HttpResponseBase:
    """Every domain of the customer, with what needs attention above."""
    actor = actor_of(request)
    listing = Listing(
        request,
        domains_for(actor).select_related("owner"),
        table=DomainTable,
        filterset=DomainFilter,
        default_sort="name",
        label=_("Your domains"),
        placeholder=_("Search your names"),
        empty="domains/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("domains")
    orders = still_open(operations_for(actor)).filter(kind="domain.create").order_by("-pk")
    coming = [{"operation": item, "words": describe(item)} for item in orders[:MOST_COMING]]
    return listing.render("domains/list.html", {"figures": figures(domains_for(actor)), "coming": coming})


@requires(Permission.CUSTOMER_READ)
@require_GET
def domain_page(request: HttpRequest, name: str) -> HttpResponseBase:
    """One domain, or a name that is on its way; it follows what is being done by itself."""
    a_label = _canonical(name)
    if a_label != name:
        return redirect("domain", name=a_label)
    context = page_context(actor_of(request), name)
    part = bool(request.htmx) and request.htmx.target == "domain"  # type: ignore[attr-defined]
    if not part:
        return render(request, "domains/detail.html", context)
    if context["live"] and request.GET.get("seen") == context["mark"]:
        return HttpResponse(status=204)
    status = 200 if context["live"] else STOP_POLLING
    return render(request, "domains/detail.html#domain", context, status=status)


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def refresh(request: HttpRequest, name: str) -> HttpResponseBase:
    """Have the domain read anew."""
    actor = actor_of(request)
    domain = domains_for(actor).select_related("account", "customer").filter(name=name).first()
    if domain is None:
        raise Http404
    try:
        refresh_now(actor, domain)
    except JustRead:
        messages.info(request, _("It was checked just now: nothing newer is known."))
    return redirect("domain", name=name)


def _canonical(name: str) -> str:
    try:
        return ".".join(to_a_label(label) for label in name.strip(".").split("."))
    except ImpossibleName:
        raise Http404 from None


def page_context(actor: Actor, name: str) -> dict[str, Any]:
    """What the page of a name shows. Raises Http404 for one that the actor's customer neither has nor ordered."""
    domain = domains_for(actor).select_related("account", *PEOPLE).filter(name=name).first()
    operations = list(domain_operations(actor, name)[:MOST_OPERATIONS])
    if domain is None and not operations:
        raise Http404
    open_ones = [operation for operation in operations if not operation.is_final]
    leading = next((operation for operation in open_ones if operation.lane != Lane.SYNC), None)
    leading = leading or next(iter(open_ones), None)
    last = next((operation for operation in operations if operation.lane != Lane.SYNC), None)
    words = status_words(domain) if domain else describe(last or operations[0])
    context: dict[str, Any] = {
        "name": name,
        "shown_name": to_unicode(name),
        "domain": domain,
        "words": words,
        "leading": leading,
        "leading_words": describe(leading) if leading else None,
        "last": last,
        "timeline": timeline_for(operations),
        "live": bool(open_ones),
        "mark": mark_of(domain and domain.updated_at, [(item.pk, describe(item)) for item in operations]),
        "crumbs": [{"label": _("Domains"), "url": reverse("domains")}],
    }
    if domain is not None:
        context |= {
            "people": by_person(people(domain, actor.customer)),
            "controls": controls(domain, {operation.kind for operation in open_ones}),
            "nameservers": shown_nameservers(domain),
            "parked": is_parked(domain),
            "renewable": domain.expires_on is not None and domain.status in RENEWABLE,
            "renews": domain.status == Domain.Status.ACTIVE and domain.renewal_mode == RenewalMode.AUTOMATIC,
            "renewal_opens": renewal_opens(domain),
        }
    return context
