"""The brand's customers: who they are, what they have, who acts for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panel.access.queries import brand_customers, with_holdings
from panel.access.rules import Permission, actor_of, requires
from panel.billing.queries import brand_entries_for, wallet_of, with_balance
from panel.brandadmin.tables import CustomerFilter, CustomerTable
from panel.core.listing import Listing
from panel.domain.queries import brand_domains_for
from panel.domain.wording import status_badge
from panel.people.customer_forms import CustomerForm, InviteForm
from panel.people.invitations import NO_ROLE, invite
from panel.people.models import Customer, Role

SHOWN = 10


@requires(Permission.BRAND)
@require_safe
def customer_list(request: HttpRequest) -> HttpResponseBase:
    """Every customer of the brand with wallet and names."""
    listing = Listing(
        request,
        with_balance(with_holdings(brand_customers(actor_of(request)))),
        table=CustomerTable,
        filterset=CustomerFilter,
        default_sort="name",
        label=_("Customers"),
        placeholder=_("Search your customers"),
        empty="brandadmin/part/no_customers.html",
    )
    if listing.wants_csv:
        return listing.csv("customers")
    return listing.render("brandadmin/customers.html")


@requires(Permission.BRAND)
@require_http_methods(["GET", "HEAD", "POST"])
def new_customer(request: HttpRequest) -> HttpResponse:
    """A new customer, and an invitation for its first person."""
    actor = actor_of(request)
    form = CustomerForm(request.POST or None, brand=actor.brand)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = form.save()
            _invite(request, made, form.cleaned_data["owner_email"], Role.OWNER)
        messages.success(request, _("%(name)s is your customer now.") % {"name": made.name})
        return redirect("brandadmin:customer", made.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "brandadmin/new_customer.html", {"form": form}, status=status)


@requires(Permission.BRAND)
@require_http_methods(["GET", "HEAD", "POST"])
def customer(request: HttpRequest, public_id: str) -> HttpResponse:
    """One customer; a post invites another person."""
    found = get_object_or_404(brand_customers(actor_of(request)), public_id=public_id)
    form = InviteForm(request.POST or None, customer=found)
    if request.method == "POST" and form.is_valid():
        _invite(request, found, form.cleaned_data["email"], form.cleaned_data["role"])
        return redirect("brandadmin:customer", found.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "brandadmin/customer.html", _page_of(request, found, form), status=status)


def _page_of(request: HttpRequest, found: Customer, form: InviteForm) -> dict[str, Any]:
    actor = actor_of(request)
    names = brand_domains_for(actor).filter(customer=found).order_by("expires_on", "pk")
    return {
        "customer": found,
        "wallet": wallet_of(found),
        "entries": brand_entries_for(actor).filter(customer=found).select_related("operation")[:SHOWN],
        "domains": [(domain, status_badge(domain)) for domain in names[:SHOWN]],
        "domain_count": names.count(),
        "members": found.memberships.select_related("user").order_by("pk"),
        "invitations": found.invitations.filter(accepted_at=None).exclude(role=NO_ROLE),
        "form": form,
    }


def _invite(request: HttpRequest, found: Customer, email: str, role: str) -> None:
    address = request.build_absolute_uri("/")
    invite(found, email, role, invited_by=actor_of(request).user, address=address)
    messages.info(request, _("An invitation is on its way to %(email)s.") % {"email": email})
