"""A domain as the mirror has it, for staff: what the registrar shows, what it costs, what goes on, what can be done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panel.access.actor import Actor
from panel.access.parts import WHOLE, Rights
from panel.access.queries import office_customers
from panel.access.rules import Permission, actor_of, requires
from panel.account.queries import as_lines, office_exchanges
from panel.backoffice.domains import tell
from panel.backoffice.forms import AssignForm
from panel.backoffice.tables import domain_badge, operation_badge
from panel.backoffice.trail import trail
from panel.billing.prices import margin
from panel.contact.models import Contact
from panel.contact.queries import office_contacts
from panel.domain.assignment import assign
from panel.domain.belonging import has, whole
from panel.domain.capability_words import note_text, operation_text
from panel.domain.drift.queries import open_about
from panel.domain.drift.words import field_label, value_text
from panel.domain.history.further import further
from panel.domain.history.timeline import history_of
from panel.domain.models import Domain
from panel.domain.operations_release import is_releasable
from panel.domain.passes.last_seen import last_seen, with_listing
from panel.domain.planning import capability
from panel.domain.queries import office_domains
from panel.domain.refreshing import JustRead, refresh_now
from panel.domain.refusals import CannotDo, NoPrice, NotOffered
from panel.domain.renewal.renewing import renewal_quote
from panel.domain.self_renewal.queries import undecided_about
from panel.domain.setting_pages import SettingPages
from panel.domain.story import kinds_under_way
from panel.domain.wording import Person, by_person, people
from panel.operation.models import Operation
from panel.operation.queries import office_operations
from panel.operation.registry import kind_for
from registrar import Capability

SHOWN = 20


@requires(Permission.STAFF)
@require_safe
def domain(request: HttpRequest, name: str) -> HttpResponse:
    """Everything that the mirror holds of a name."""
    actor = actor_of(request)
    return render(request, "office/domains/domain.html", page_context(actor, name))


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def domain_assign(request: HttpRequest, name: str) -> HttpResponse:
    """To which customer the name belongs. A page of its own: there may be thousands to choose from."""
    actor = actor_of(request)
    found = PAGES.find(actor, name)
    form = AssignForm(
        request.POST or None, customers=office_customers(actor), initial={"customer": found.customer_id}
    )
    if request.method == "POST" and form.is_valid():
        one = office_domains(actor).filter(pk=found.pk)
        tell(request, *assign(one, form.cleaned_data["customer"], actor.user))
        return redirect("office:domain", name)
    context = PAGES.context(found, form=form)
    return render(request, "office/domains/assign_one.html", context, status=422 if form.errors else 200)


@requires(Permission.STAFF)
@require_POST
def domain_refresh(request: HttpRequest, name: str) -> HttpResponse:
    """Read the name at its registrar now."""
    actor = actor_of(request)
    found = get_object_or_404(office_domains(actor).select_related("account", "customer"), name=name)
    try:
        with transaction.atomic():
            operation = refresh_now(actor, found)
    except JustRead:
        messages.info(request, _("It was read some seconds ago."))
        return redirect("office:domain", name)
    return redirect("office:operation", operation.public_id)


def page_context(actor: Actor, name: str) -> dict[str, Any]:
    """What the page of a name shows. Raises Http404."""
    # Operations first: see panel.domain.story.
    # Nothing here is told of the people of an operation but what its events tell.
    told = PAGES.operations_about(actor, name).select_related(None).select_related("account")
    operations = list(told[:SHOWN])
    found = PAGES.find_whole(actor, name)
    beside = further(found, PAGES.known(actor, name), "staff", most=SHOWN)
    calls = as_lines(office_exchanges(actor).filter(operation__in=[row.pk for row in operations]))
    quote = renewal_quote(found)
    rows = [{"row": row, "badge": operation_badge(row)} for row in operations]
    return {
        **PAGES.shown(found, kinds_under_way(operations)),
        "badge": domain_badge(found),
        "last_seen": last_seen(found),
        "self_renewal": undecided_about(actor, found) if has(found, "self_renewals") else None,
        "releasable": is_releasable(found),
        "differences": [
            {
                "what": field_label(item.field),
                "agreed": value_text(item.field, item.agreed),
                "observed": value_text(item.field, item.observed),
                "implausible": item.implausible,
            }
            for item in (open_about(actor, found) if has(found, "drifts") else ())
        ],
        "contacts": [
            (_("Registrant"), found.owner),
            (_("Administrative"), found.admin),
            (_("Technical"), found.tech),
            (_("Billing"), found.billing),
        ],
        "quote": quote,
        "margin": margin(quote) if quote is not None else None,
        "operations": rows,
        "under_way": [item for item in rows if not item["row"].is_final],  # type: ignore[attr-defined]
        "timeline": history_of(found, operations, "staff", beside)[:SHOWN],
        "more_history": True,
        "exchanges": list(calls.order_by("-pk")[:SHOWN]),
        "crumbs": trail((_("Domains"), "domains")),
    }


class OfficePages(SettingPages):
    """The settings of every name, with what the registrar can do and what was said to it."""

    prefix = "office:"

    def domains(self, actor: Actor) -> QuerySet[Domain]:
        return office_domains(actor)

    def known(self, actor: Actor, name: str) -> QuerySet[Operation]:
        return office_operations(actor)

    def seen_whole(self, actor: Actor, name: str) -> Domain | None:
        return self._seen(actor, with_listing(whole(self.domains(actor))), name)

    def book(self, actor: Actor, domain: Domain) -> QuerySet[Contact]:
        return office_contacts(actor).filter(customer=domain.customer_id, customer__isnull=False)

    def name_page(
        self, request: HttpRequest, name: str, problem: dict[str, str], status: int
    ) -> HttpResponseBase:
        actor = actor_of(request)
        context = {**page_context(actor, name), "problem": problem}
        return render(request, "office/domains/domain.html", context, status=status)

    def say(self, refusal: CannotDo) -> str:
        if isinstance(refusal, NotOffered):
            by_hand = [_("Only by a person in the registrar's own panel.")] if refusal.by_hand else []
            return " ".join([*by_hand, note_text(refusal.note)]).strip() or _(
                "The registrar does not offer it."
            )
        if isinstance(refusal, NoPrice):
            return _("There is no price: it is not sold by this brand, or would be sold below its cost.")
        return refusal.text

    def people(self, domain: Domain, rights: Rights = WHOLE) -> list[Person]:
        return by_person(people(domain, domain.customer, everyone=True))

    def beside(self, actor: Actor, domain: Domain, kind: str) -> dict[str, Any]:
        methods = getattr(kind_for(kind), "methods", ("domain.auth_code",))
        calls = office_exchanges(actor).filter(operation__subject=domain.subject, operation__kind=kind)
        return {
            "beside": "office/domains/beside.html",
            "capabilities": [
                plainly(capability(domain.account, domain.tld_name, method)) for method in methods
            ],
            "exchanges": list(as_lines(calls).order_by("-pk")[:SHOWN]),
        }


def plainly(row: Capability) -> Capability:
    """A line of a family's table as staff read it."""
    return replace(row, operation=operation_text(row.operation), note=note_text(row.note))


PAGES = OfficePages()
