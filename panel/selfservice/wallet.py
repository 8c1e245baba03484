"""The customer's wallet: what is in it, and every movement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from panel.access.rules import Permission, actor_of, requires
from panel.billing.queries import entries_for, wallet_of
from panel.billing.tables import EntryFilter, EntryTable
from panel.core.listing import Listing


@requires(Permission.CUSTOMER_READ)
@require_GET
def wallet(request: HttpRequest) -> HttpResponseBase:
    """The balance and the movements, newest first."""
    actor = actor_of(request)
    assert actor.customer is not None
    listing = Listing(
        request,
        entries_for(actor).select_related("operation__order_line__order"),
        table=EntryTable,
        filterset=EntryFilter,
        default_sort="-at",
        label=_("Movements of your wallet"),
        placeholder=_("Search the movements"),
        empty="wallet/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("wallet")
    return listing.render("wallet/wallet.html", {"wallet": wallet_of(actor.customer)})
