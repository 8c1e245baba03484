"""Every name of one customer, with what is turned on about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.access.queries import office_customers
from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.tables import domain_badge
from panel.backoffice.trail import trail
from panel.core.listing import Listing
from panel.core.tables import BadgeColumn, Column, DateColumn, DomainColumn, PageOf, Table, YesNoColumn
from panel.domain.filters import DomainFilter
from panel.domain.models import Domain
from panel.domain.queries import office_domains
from panel.domain.tags.columns import TagsColumn
from panel.domain.wording import renewal_label


class PortfolioTable(Table):
    """Names with their switches. Needs `account`."""

    name = DomainColumn(
        gettext_lazy("Name"),
        title=True,
        sort="name",
        link=PageOf("office:domain", "name"),
    )
    status = BadgeColumn(gettext_lazy("State"), badge=domain_badge)
    expires_on = DateColumn(gettext_lazy("Expires"), sort="expires_on", relative=True)
    renewal = Column(gettext_lazy("Renewal"), accessor="renewal_mode")
    transfer_lock = YesNoColumn(gettext_lazy("Transfer lock"))
    modification_lock = YesNoColumn(gettext_lazy("Change lock"), shown=False)
    whois_privacy = YesNoColumn(gettext_lazy("WHOIS privacy"))
    whois_visible = YesNoColumn(gettext_lazy("Details in WHOIS"), shown=False)
    account = Column(gettext_lazy("Account"), accessor="account__label", shown=False)
    tags = TagsColumn(shown=False)
    synced_at = DateColumn(gettext_lazy("Last read"), sort="synced_at", relative=True, shown=False)

    def value_name(self, record: Domain) -> str:
        """The name as people write it."""
        return record.unicode_name

    def render_renewal(self, record: Domain) -> str:
        """In words."""
        return renewal_label(record)

    value_renewal = render_renewal


@requires(Permission.STAFF)
def portfolio(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The customer's names, and how many of them need somebody."""
    actor = actor_of(request)
    found = get_object_or_404(office_customers(actor), public_id=public_id)
    names = office_domains(actor).filter(customer=found)
    listing = Listing(
        request,
        names.select_related("account"),
        table=PortfolioTable,
        filterset=DomainFilter,
        default_sort="expires_on",
        label=_("Domains of %(name)s") % {"name": found.name},
        placeholder=_("Part of the name"),
        empty="office/customers/no_domains.html",
    )
    if listing.wants_csv:
        return listing.csv("domains")
    crumbs = [
        *trail((_("Customers"), "customers")),
        {"label": found.name, "url": reverse("office:customer", args=[public_id])},
    ]
    assert isinstance(listing.filterset, DomainFilter)
    context = {"customer": found, "figures": listing.filterset.summary.figures, "crumbs": crumbs}
    return listing.render("office/customers/portfolio.html", context)
