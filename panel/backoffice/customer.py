"""One customer: money, people, names, and what is going on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panel.access.actor import Actor
from panel.access.queries import office_customers, office_impersonations
from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.hosts import address_of
from panel.backoffice.queries import customers_with_money, office_members
from panel.backoffice.tables import domain_badge, operation_badge
from panel.backoffice.trail import trail
from panel.billing.forms import CreditLineForm, TopUpForm
from panel.billing.queries import office_entries, office_orders
from panel.domain.queries import figures, office_domains
from panel.operation.queries import office_operations
from panel.people.customer_forms import InviteForm
from panel.people.invitations import NO_ROLE, invite
from panel.people.models import Customer

SHOWN = 10


@requires(Permission.STAFF)
def customer(request: HttpRequest, public_id: str) -> HttpResponse:
    """A customer's page."""
    return _page(request, public_id)


@requires(Permission.STAFF)
@require_POST
def customer_top_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """Money in, or out again, with a reason."""
    actor = actor_of(request)
    found = get_object_or_404(office_customers(actor), public_id=public_id)
    form = TopUpForm(request.POST)
    if form.is_valid() and form.book(found, actor.user):
        messages.success(request, _("Booked."))
        return redirect("office:customer", public_id)
    return _page(request, public_id, top_up=form)


@requires(Permission.STAFF)
@require_POST
def customer_credit(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far below zero the wallet may go."""
    found = get_object_or_404(office_customers(actor_of(request)), public_id=public_id)
    form = CreditLineForm(request.POST)
    if form.is_valid() and form.apply(found):
        messages.success(request, _("The credit line is set."))
        return redirect("office:customer", public_id)
    return _page(request, public_id, credit=form)


@requires(Permission.STAFF)
@require_POST
def customer_invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another person for the customer, by e-mail."""
    actor = actor_of(request)
    found = get_object_or_404(office_customers(actor).select_related("brand"), public_id=public_id)
    form = InviteForm(request.POST, customer=found)
    if form.is_valid():
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        invite(found, email, role, invited_by=actor.user, address=address_of(found.brand, request))
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
        return redirect("office:customer", public_id)
    return _page(request, public_id, invitation=form)


@requires(Permission.STAFF)
@require_POST
def member_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A person no longer acts for the customer."""
    members = office_members(actor_of(request)).filter(customer__public_id=public_id)
    member = get_object_or_404(members, pk=pk)
    email = member.user.email
    member.delete()
    messages.success(request, _("%(email)s no longer acts for this customer.") % {"email": email})
    return redirect("office:customer", public_id)


def _page(request: HttpRequest, public_id: str, **forms: Form) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(customers_with_money(actor), public_id=public_id)
    context = {
        "customer": found,
        "available": found.wallet + found.credit_line,  # type: ignore[attr-defined]
        "top_up_form": forms.get("top_up") or TopUpForm(),
        "credit_form": forms.get("credit") or CreditLineForm(initial={"credit_line": found.credit_line}),
        "invite_form": forms.get("invitation") or InviteForm(customer=found),
        "crumbs": trail((_("Customers"), "customers")),
        **_latest(actor, found),
    }
    return render(request, "office/customers/customer.html", context, status=422 if forms else 200)


def _latest(actor: Actor, found: Customer) -> dict[str, Any]:
    names = office_domains(actor).filter(customer=found)
    domains = list(names.order_by("expires_on", "pk")[:SHOWN])
    operations = list(office_operations(actor).filter(customer=found).order_by("-pk")[:SHOWN])
    return {
        "members": list(office_members(actor).filter(customer=found).order_by("pk")),
        "impersonations": list(office_impersonations(actor).filter(customer=found)[:SHOWN]),
        "invitations": list(found.invitations.filter(accepted_at=None).exclude(role=NO_ROLE)),
        "figures": figures(names),
        "domains": [{"row": row, "badge": domain_badge(row)} for row in domains],
        "operations": [{"row": row, "badge": operation_badge(row)} for row in operations],
        "entries": list(
            office_entries(actor).filter(customer=found).select_related("operation", "actor")[:SHOWN]
        ),
        "orders": list(
            office_orders(actor)
            .filter(customer=found)
            .select_related("customer")
            .prefetch_related("lines")[:SHOWN]
        ),
    }
