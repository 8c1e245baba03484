"""A name of one of the brand's customers: the customer's own page, with whose it is and what a year more brings in."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.contact.models import Contact
from panel.contact.queries import brand_contacts_for
from panel.domain.history.further import further
from panel.domain.models import Domain
from panel.domain.queries import brand_domains_for
from panel.domain.renewal.renewing import renewal_quote
from panel.domain.setting_pages import SettingPages
from panel.domain.story import follow, kinds_under_way, story
from panel.operation.models import Operation
from panel.operation.queries import WAITED_FOR, brand_operations_for

MOST_OPERATIONS = 20


@requires(Permission.BRAND)
@require_GET
def domain(request: HttpRequest, name: str) -> HttpResponseBase:
    """The name, which follows by itself what is being done."""
    return follow(request, page_context(actor_of(request), name))


@requires(Permission.BRAND)
@require_POST
def refresh(request: HttpRequest, name: str) -> HttpResponseBase:
    """Have the name read anew."""
    return PAGES.refresh(request, name)


def page_context(actor: Actor, name: str) -> dict[str, Any]:
    """What the page of a name shows. Raises Http404 for one that is not of the brand."""
    # Operations first: see panel.domain.story.
    operations = list(PAGES.operations_about(actor, name)[:MOST_OPERATIONS])
    found = PAGES.find_whole(actor, name)
    beside = further(found, PAGES.known(actor, name), most=MOST_OPERATIONS)
    quote = renewal_quote(found)
    return {
        "name": name,
        "shown_name": found.unicode_name,
        "crumbs": PAGES.crumbs(name)[:1],
        **story(found, operations, beside),
        **PAGES.shown(found, kinds_under_way(operations)),
        "beside": "brandadmin/part/domain.html",
        # The price only: what it costs is the operator's affair.
        "price": quote.price if quote is not None and quote.sellable else None,
        "currency": quote.currency if quote is not None else "",
    }


class BrandPages(SettingPages):
    """The settings of the names of the brand's customers."""

    prefix = "brandadmin:"

    def domains(self, actor: Actor) -> QuerySet[Domain]:
        return brand_domains_for(actor)

    def known(self, actor: Actor, name: str) -> QuerySet[Operation]:
        return brand_operations_for(actor).prefetch_related(WAITED_FOR)

    def book(self, actor: Actor, domain: Domain) -> QuerySet[Contact]:
        return brand_contacts_for(actor).filter(customer=domain.customer_id)

    def name_page(
        self, request: HttpRequest, name: str, problem: dict[str, str], status: int
    ) -> HttpResponseBase:
        context = {**page_context(actor_of(request), name), "problem": problem}
        return render(request, "domains/detail.html", context, status=status)


PAGES = BrandPages()
