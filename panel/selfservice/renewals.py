"""The calendar of renewals: months ahead, what they cost, and what happens if nobody acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.access.scopes import customer_of
from panel.billing.pricing import PriceBook
from panel.core.listing import Listing
from panel.domain.queries import domains_for
from panel.domain.renewal.coming import EXPIRED, LATER, UNKNOWN, kept, months, spread, summed, with_renewal
from panel.domain.renewal.forms import NewNamesForm
from panel.domain.renewal.prices import RenewalPrices
from panel.domain.renewal.tables import RenewalFilter, RenewalTable, priced


@requires(Permission.CUSTOMER_READ)
@require_GET
def renewals(request: HttpRequest) -> HttpResponseBase:
    """Every name by its end."""
    return _page(request, NewNamesForm(instance=actor_of(request).customer))


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def new_names(request: HttpRequest) -> HttpResponseBase:
    """How names that come from now on are renewed."""
    customer = customer_of(actor_of(request))
    form = NewNamesForm(request.POST, instance=customer)
    if not form.is_valid():
        return _page(request, form, status=422)
    customer.save(update_fields=["new_names_renew", "updated_at"])
    messages.success(request, _("That holds for names that come from now on."))
    return redirect("renewals")


def _page(request: HttpRequest, form: NewNamesForm, status: int = 200) -> HttpResponseBase:
    actor = actor_of(request)
    names = kept(domains_for(actor))
    spans = months(timezone.localdate())
    found = spread(names, spans)
    groups = found.value
    prices = _prices(actor, {group.tld_name for month in groups for group in month})
    listing = Listing(
        request,
        with_renewal(names.select_related("account")),
        table=priced(RenewalTable, prices),
        filterset=RenewalFilter,
        default_sort="expires",
        label=_("Your names by their end"),
        placeholder=_("Search your names"),
        row_actions="renewals/part/action.html",
        empty="domains/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("renewals")
    periods = list(summed(spans, groups, prices))
    context = {
        "periods": periods,
        "counted_at": found.at,
        "has_names": any(period.number for period in periods),
        "chart": [
            (period.span.short, (period.automatic, period.others))
            for period in periods
            if period.span.key not in (EXPIRED, LATER, UNKNOWN)
        ],
        "series": [_("Renew by themselves"), _("All others")],
        "currency": prices.currency,
        "form": form,
    }
    response = listing.render("renewals/renewals.html", context)
    response.status_code = status
    return response


def _prices(actor: Actor, tld_names: set[str]) -> RenewalPrices:
    return RenewalPrices(PriceBook(actor.brand, tld_names))
