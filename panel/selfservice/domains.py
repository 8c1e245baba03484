"""The customer's domains: the list, and the page of one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from panel.access.actor import Actor
from panel.access.grants import lent_to
from panel.access.parts import ANY, NOTHING
from panel.access.rules import Permission, actor_of, requires
from panel.contact.models import Contact
from panel.contact.queries import contacts_for, contacts_on
from panel.core.listing import Listing
from panel.domain.filters import CustomerDomainFilter, tags_in_use
from panel.domain.handovers import offers_to
from panel.domain.history.further import further
from panel.domain.models import Domain, to_unicode
from panel.domain.names import ImpossibleName, to_a_label
from panel.domain.queries import domains_for, known_operations
from panel.domain.setting_pages import SettingPages
from panel.domain.story import follow, kinds_under_way, story
from panel.domain.tables import DomainTable, TaggedDomainTable
from panel.domain.wording import roles_seen
from panel.operation.models import Operation
from panel.operation.queries import operations_for, still_open
from panel.operation.words import describe
from panel.selfservice.jobs import PAGES as JOB_PAGES

MOST_COMING = 8
# Orders that bring a name.
COMING = ("domain.create", "domain.transfer")
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
        table=TaggedDomainTable if tags_in_use(request) else DomainTable,
        filterset=CustomerDomainFilter,
        default_sort="name",
        label=_("Your domains"),
        placeholder=_("Search your names"),
        bulk="jobs/part/bar.html" if actor.can_change else "",
        bulk_url=reverse("job-new"),
        empty="domains/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("domains")
    assert isinstance(listing.filterset, CustomerDomainFilter)
    context = {
        "figures": listing.filterset.summary.figures,
        "coming": _coming(actor),
        **JOB_PAGES.offered(actor),
    }
    context["offers"] = offers_to(actor).count()
    return listing.render("domains/list.html", context)


def _coming(actor: Actor) -> list[dict[str, Any]]:
    """The newest orders on their way. Most people have none, and an operation has many columns: keys come first."""
    orders = still_open(operations_for(actor)).filter(kind__in=COMING).order_by("-pk")
    keys = list(orders.values_list("pk", flat=True)[:MOST_COMING])
    found = operations_for(actor).filter(pk__in=keys).order_by("-pk") if keys else []
    return [{"operation": item, "words": describe(item)} for item in found]


@requires(Permission.CUSTOMER_READ, part=ANY)
@require_GET
def domain_page(request: HttpRequest, name: str) -> HttpResponseBase:
    """One domain, or a name that is on its way; it follows what is being done by itself."""
    a_label = _canonical(name)
    if a_label != name:
        return redirect("domain", name=a_label)
    return follow(request, page_context(actor_of(request), name))


@requires(Permission.CUSTOMER_WRITE, part=ANY)
@require_POST
def refresh(request: HttpRequest, name: str) -> HttpResponseBase:
    """Have the domain read anew."""
    return PAGES.refresh(request, name)


def _canonical(name: str) -> str:
    try:
        return ".".join(to_a_label(label) for label in name.strip(".").split("."))
    except ImpossibleName:
        raise Http404 from None


def page_context(actor: Actor, name: str) -> dict[str, Any]:
    """What the page of a name shows. Raises Http404 for one that the actor's customer neither has nor ordered."""
    # Operations first (see panel.domain.story): what ends between the two shows as what has become of it.
    operations = list(PAGES.operations_about(actor, name)[:MOST_OPERATIONS])
    domain = PAGES.seen_whole(actor, name)
    rights = actor.rights or NOTHING
    if domain is None and not operations:
        raise Http404
    beside = [] if domain is None else further(domain, PAGES.known(actor, name), most=MOST_OPERATIONS)
    context: dict[str, Any] = {
        "name": name,
        "shown_name": to_unicode(name),
        "domain": domain,
        "urls": PAGES.urls(name),
        "crumbs": PAGES.crumbs(name, lent=rights.lent)[:1],
        **story(domain, operations, beside),
    }
    if rights.lent:
        context["lent_grant"] = lent_to(actor).filter(domain=domain).select_related("customer").first()
    if domain is not None:
        context |= PAGES.shown(domain, kinds_under_way(operations), rights=rights)
    return context


class CustomerPages(SettingPages):
    """The settings of the names of one's own customer."""

    def domains(self, actor: Actor) -> QuerySet[Domain]:
        return domains_for(actor)

    def known(self, actor: Actor, name: str) -> QuerySet[Operation]:
        return known_operations(actor, name)

    def book(self, actor: Actor, domain: Domain) -> QuerySet[Contact]:
        if actor.rights is None or not actor.rights.lent:
            return contacts_for(actor)
        # Nobody reads another customer's contact book: only who answers for the name already can be chosen.
        seen = roles_seen(actor.rights)
        return contacts_on([getattr(domain, role) for role in sorted(seen)], domain.customer)

    def name_page(
        self, request: HttpRequest, name: str, problem: dict[str, str], status: int
    ) -> HttpResponseBase:
        context = {**page_context(actor_of(request), name), "problem": problem}
        return render(request, "domains/detail.html", context, status=status)

    def no_money(self, missing: str) -> str:
        return _("Your wallet lacks %(missing)s for this. Top it up, then try again.") % {"missing": missing}


PAGES = CustomerPages()
