"""Domains of all customers and of none, and giving several to a customer at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from panel.access.queries import office_customers
from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.forms import BulkAssignForm
from panel.backoffice.jobs import PAGES as JOB_PAGES
from panel.backoffice.tables import OfficeDomainFilter, OfficeDomainTable
from panel.core.listing import Listing, chosen
from panel.domain.assignment import assign
from panel.domain.drift_queries import office_drift, undecided
from panel.domain.last_seen import with_listing
from panel.domain.queries import office_domains


@requires(Permission.STAFF)
def domains(request: HttpRequest) -> HttpResponseBase:
    """Every domain."""
    actor = actor_of(request)
    listing = Listing(
        request,
        with_listing(office_domains(actor)).select_related("customer", "account"),
        table=OfficeDomainTable,
        filterset=OfficeDomainFilter,
        default_sort="name",
        label=_("Domains"),
        placeholder=_("Part of the name"),
        bulk="office/domains/bulk.html",
        bulk_url=reverse("office:domains-assign"),
        empty="office/domains/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("domains")
    homeless = office_domains(actor).filter(customer=None).count()
    context = {
        "assign_form": BulkAssignForm(customers=office_customers(actor)),
        "homeless": homeless,
        "differing": undecided(office_drift(actor)).count(),
        **JOB_PAGES.offered(actor),
    }
    return listing.render("office/domains/list.html", context)


@requires(Permission.STAFF)
@require_POST
def domains_assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen names to a customer, or to nobody."""
    actor = actor_of(request)
    form = BulkAssignForm(request.POST, customers=office_customers(actor))
    rows = chosen(request, office_domains(actor))
    if not form.is_valid():
        messages.error(request, _("Choose a customer."))
    elif not request.POST.getlist("ids"):
        messages.warning(request, _("Nothing was selected."))
    else:
        tell(request, *assign(rows, form.cleaned_data["customer"], actor.user))
    query = request.POST.get("back", "")
    return redirect(reverse("office:domains") + (f"?{query}" if query else ""))


def tell(request: HttpRequest, changed: int, left: list[str]) -> None:
    """Say how many names were assigned, and which were not."""
    if changed:
        text = ngettext("%(n)s name assigned.", "%(n)s names assigned.", changed) % {"n": changed}
        messages.success(request, text)
    if left:
        names = ", ".join(left[:5]) + (" …" if len(left) > 5 else "")
        messages.warning(request, _("Left alone, an operation is under way: %(names)s") % {"names": names})
