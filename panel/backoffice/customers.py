"""Customers of every brand: the list, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.forms import OfficeCustomerForm
from panel.backoffice.hosts import address_of
from panel.backoffice.queries import customers_with_money, office_brands
from panel.backoffice.tables import CustomerFilter, CustomerTable
from panel.backoffice.trail import trail
from panel.core.listing import Listing
from panel.people.invitations import invite
from panel.people.models import Role


@requires(Permission.STAFF)
def customers(request: HttpRequest) -> HttpResponseBase:
    """Every customer with wallet and number of names."""
    listing = Listing(
        request,
        customers_with_money(actor_of(request)),
        table=CustomerTable,
        filterset=CustomerFilter,
        default_sort="name",
        label=_("Customers"),
        placeholder=_("Name or e-mail, also of a member"),
        empty="office/customers/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("customers")
    return listing.render("office/customers/list.html")


@requires(Permission.STAFF)
def customer_new(request: HttpRequest) -> HttpResponse:
    """A new customer of a brand, and an invitation for its first person."""
    actor = actor_of(request)
    form = OfficeCustomerForm(request.POST or None, brands=office_brands(actor))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = form.save()
            email = form.cleaned_data["owner_email"]
            invite(made, email, Role.OWNER, invited_by=actor.user, address=address_of(made.brand, request))
        messages.success(request, _("Made. An invitation is on its way to %(email)s.") % {"email": email})
        return redirect("office:customer", made.public_id)
    context = {"form": form, "crumbs": trail((_("Customers"), "customers"))}
    return render(request, "office/customers/new.html", context, status=422 if form.errors else 200)
