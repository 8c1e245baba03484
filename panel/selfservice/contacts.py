"""The contact book."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.contact.forms import ContactForm
from panel.contact.models import Contact
from panel.contact.queries import contacts_for, uses_of
from panel.contact.tables import ContactFilter, ContactTable
from panel.contact.verification import (
    UNCONFIRMED,
    Confirmation,
    NothingToConfirm,
    confirmation_of,
    plan_check,
    plan_resend,
    under_way,
)
from panel.core.listing import Listing
from panel.domain.models import Domain
from panel.domain.queries import domains_for

SHOWN_NAMES = 5


@requires(Permission.CUSTOMER_READ)
@require_GET
def contact_list(request: HttpRequest) -> HttpResponseBase:
    """Everybody in the book."""
    listing = Listing(
        request,
        contacts_for(actor_of(request)),
        table=ContactTable,
        filterset=ContactFilter,
        default_sort="name",
        label=_("Your contacts"),
        placeholder=_("Search your contacts"),
        empty="contacts/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("contacts")
    return listing.render("contacts/list.html")


@requires(Permission.CUSTOMER_READ)
@require_GET
def contact_page(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One contact."""
    contact = _contact(actor_of(request), public_id)
    confirmation = confirmation_of(contact)
    context = {
        "contact": contact,
        "uses": uses_of(contact),
        "confirmation": confirmation,
        "asking": under_way(contact) if confirmation else None,
        "waiting_names": _waiting_names(actor_of(request), confirmation),
        "crumbs": _crumbs(),
    }
    return render(request, "contacts/detail.html", context)


@requires(Permission.CUSTOMER_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: HttpRequest) -> HttpResponseBase:
    """Add a contact."""
    return _form_page(request, None)


@requires(Permission.CUSTOMER_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Change a contact. Its copies at registries stay as they are."""
    return _form_page(request, _contact(actor_of(request), public_id))


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def contact_fields(request: HttpRequest) -> HttpResponseBase:
    """The form's fields for another country or type, with what was typed so far."""
    actor = actor_of(request)
    assert actor.customer is not None
    form = ContactForm.for_other_choice(request.POST, customer=actor.customer)
    return render(request, "contacts/fields.html", {"form": form})


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def contact_delete(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Take a contact out of the book, unless an order still needs it."""
    actor = actor_of(request)
    with transaction.atomic():
        contact = contacts_for(actor).select_for_update().filter(public_id=public_id).first()
        if contact is None:
            raise Http404
        if uses_of(contact).keep:
            messages.error(request, _("An order or your cart still needs this contact."))
            return redirect("contact", public_id=public_id)
        name = contact.display_name
        contact.delete()
    messages.success(request, _("%(name)s is no longer in your contact book.") % {"name": name})
    return redirect("contacts")


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def contact_confirm(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Have the person asked again to confirm their address, or have it read whether they did."""
    actor = actor_of(request)
    contact = _contact(actor, public_id)
    resends = request.POST.get("do") == "resend"
    try:
        (plan_resend if resends else plan_check)(contact, actor=actor.user)
    except NothingToConfirm:
        messages.info(request, _("There is nothing left to confirm."))
    else:
        if resends:
            messages.success(request, _("They get the e-mail within minutes."))
    return redirect("contact", public_id=public_id)


def _waiting_names(actor: Actor, confirmation: Confirmation | None) -> list[Domain]:
    """Names of the customer that stand or fall with the confirmation."""
    if confirmation is None or not confirmation.waits:
        return []
    names = domains_for(actor).filter(owner__in=confirmation.handles, owner_verification__in=UNCONFIRMED)
    return list(names.order_by("name")[:SHOWN_NAMES])


def _form_page(request: HttpRequest, contact: Contact | None) -> HttpResponseBase:
    actor = actor_of(request)
    assert actor.customer is not None
    after = _safe_next(request)
    context = {"contact": contact, "next": after, "crumbs": _crumbs(contact)}
    if request.method != "POST":
        form = ContactForm(customer=actor.customer, instance=contact)
        return render(request, "contacts/form.html", {**context, "form": form})
    if "other_choice" in request.POST:
        form = ContactForm.for_other_choice(request.POST, customer=actor.customer, instance=contact)
        return render(request, "contacts/form.html", {**context, "form": form})
    form = ContactForm(request.POST, customer=actor.customer, instance=contact)
    if not form.is_valid():
        return render(request, "contacts/form.html", {**context, "form": form}, status=422)
    saved = form.save()
    messages.success(request, _("%(name)s is saved.") % {"name": saved.display_name})
    for warnings in form.warnings.values():
        for warning in warnings:
            messages.warning(request, warning)
    return redirect(after or reverse("contact", args=[saved.public_id]))


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", request.GET.get("next", ""))
    here = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, here, require_https=request.is_secure()) else ""


def _contact(actor: Actor, public_id: str) -> Contact:
    contact = contacts_for(actor).filter(public_id=public_id).first()
    if contact is None:
        raise Http404
    return contact


def _crumbs(contact: Contact | None = None) -> list[dict[str, str]]:
    crumbs = [{"label": _("Contacts"), "url": reverse("contacts")}]
    if contact is not None:
        crumbs.append({"label": contact.display_name, "url": reverse("contact", args=[contact.public_id])})
    return crumbs
