"""Domains of all customers and of none."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.jobs import PAGES as JOB_PAGES
from panel.backoffice.tables import OfficeDomainFilter, OfficeDomainTable
from panel.core.listing import Listing
from panel.domain.drift.queries import office_drift, undecided
from panel.domain.passes.last_seen import with_listing
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
        bulk="jobs/part/bar.html",
        bulk_url=reverse("office:job-new"),
        empty="office/domains/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("domains")
    homeless = office_domains(actor).filter(customer=None).count()
    context = {
        "homeless": homeless,
        "differing": undecided(office_drift(actor)).count(),
        **JOB_PAGES.offered(actor),
    }
    return listing.render("office/domains/list.html", context)


def tell(request: HttpRequest, changed: int, left: list[str]) -> None:
    """Say how many names were assigned, and which were not."""
    if changed:
        text = ngettext("%(n)s name assigned.", "%(n)s names assigned.", changed) % {"n": changed}
        messages.success(request, text)
    if left:
        names = ", ".join(left[:5]) + (" …" if len(left) > 5 else "")
        messages.warning(request, _("Left alone, an operation is under way: %(names)s") % {"names": names})
