"""People with access: who may do what with which names. Customers, brand people and staff see the same pages.

An audience app makes one `SharingPages`, and its views are thin over it. Its routes have the same names in each:
access, access-new, grant, grant-revoke, grant-invite, domain-access.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.access import granting
from panel.access.actor import Actor
from panel.access.models import Grant, GrantEvent
from panel.access.parts import Level, Part, Rights
from panel.access.queries import grants_on
from panel.access.rules import actor_of
from panel.access.words import Summary, state_of, summary
from panel.brand.services import address_of
from panel.core.listing import Listing
from panel.core.tables import Table
from panel.domain.models import to_unicode
from panel.domain.setting_pages import SettingPages
from panel.sharing.forms import ChangeForm, ShareForm
from panel.sharing.tables import GrantFilter

MOST_ON_A_PAGE = 50
MOST_EVENTS = 50


@dataclass(frozen=True, slots=True)
class SharingPages:
    """What one audience sees. `may_grant` says who of it may change anything."""

    names: SettingPages
    grants: Callable[[Actor], QuerySet[Grant]]
    table: type[Table]
    audience: str
    may_grant: Callable[[Actor], bool]
    # What this audience sees beside a grant: context, with `beside` as the template of it.
    beside: Callable[[Actor, Grant], dict[str, Any]] = field(default=lambda actor, grant: {})

    def list(self, request: HttpRequest) -> HttpResponseBase:
        """Everybody to whom something is lent."""
        actor = actor_of(request)
        listing = Listing(
            request,
            self.grants(actor),
            table=self.table,
            filterset=GrantFilter,
            default_sort="person",
            label=_("People with access"),
            placeholder=_("Search people and names"),
            empty="sharing/part/empty.html",
        )
        if listing.wants_csv:
            return listing.csv("access")
        return listing.render("sharing/list.html", self._shared(actor))

    def of_name(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """Who may do what with one name."""
        actor = actor_of(request)
        domain = self.names.find(actor, name)
        grants = [] if domain.customer is None else list(grants_on(domain.pk)[:MOST_ON_A_PAGE])
        members = domain.customer.memberships.select_related("user").order_by("pk") if domain.customer else []
        context = {
            **self._shared(actor),
            "domain": domain,
            "crumbs": self.names.crumbs(name),
            "people": [
                (grant, state_of(grant), summary(grant.rights), self.url("grant", grant.public_id))
                for grant in grants
            ],
            "members": members,
        }
        return render(request, "sharing/name.html", context)

    def new(self, request: HttpRequest) -> HttpResponseBase:
        """Lend parts of one or several names (`name`, as often as needed) to somebody."""
        actor = actor_of(request)
        self._require(actor)
        given = request.GET.getlist("name")
        initial = {
            "names": "\n".join(to_unicode(name) for name in given),
            "email": request.GET.get("email", ""),
        }
        form = ShareForm(request.POST or None, scope=self.names.domains(actor), initial=initial)
        if request.method == "POST" and form.is_valid():
            grants = granting.lend(
                form.customer, form.domains, form.cleaned_data["email"], form.levels,
                until=form.cleaned_data["until"], note=form.cleaned_data["note"], by=actor.user,
                address=address_of(form.customer.brand),
            )  # fmt: skip
            messages.success(request, _said(grants))
            if len(grants) == 1:
                return redirect(self.url("domain-access", form.domains[0].name))
            return redirect(self.url("access"))
        context = {**self._shared(actor), "form": form, "crumbs": [self._crumb()]}
        return render(request, "sharing/new.html", context, status=422 if form.errors else 200)

    def grant(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """What one person may do with one name; posting changes it."""
        actor = actor_of(request)
        grant = self._find(actor, public_id)
        form = ChangeForm(request.POST or None, grant=grant)
        if request.method == "POST":
            self._require(actor)
            if form.is_valid():
                changed = granting.change(
                    grant, form.levels, until=form.cleaned_data["until"], note=form.cleaned_data["note"],
                    by=actor.user, address=address_of(grant.customer.brand),
                )  # fmt: skip
                if changed:
                    messages.success(request, _("It is so from now on."))
                return redirect(self.url("domain-access", grant.domain.name))
        events = grant.events.select_related("actor", "impersonator").order_by("-pk")[:MOST_EVENTS]
        context = {
            **self._shared(actor),
            "grant": grant,
            "form": form,
            "state": state_of(grant),
            "lent": summary(grant.rights),
            "domain_url": self.names.url("domain", grant.domain.name),
            "history": [self._told(event) for event in events],
            "crumbs": [
                self._crumb(),
                {
                    "label": grant.domain.unicode_name,
                    "url": self.names.url("domain-access", grant.domain.name),
                },
            ],
            "revoke_url": self.names.url("grant-revoke", public_id),
            "invite_url": self.names.url("grant-invite", public_id),
            **self.beside(actor, grant),
        }
        return render(request, "sharing/grant.html", context, status=422 if form.errors else 200)

    def revoke(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """End what one person may do with one name, at once."""
        actor = actor_of(request)
        self._require(actor)
        grant = self._find(actor, public_id)
        if granting.take_back(grant, by=actor.user, address=address_of(grant.customer.brand)):
            words = {"email": grant.email, "name": grant.domain.unicode_name}
            messages.success(request, _("%(email)s has no access to %(name)s any more.") % words)
        return redirect(self.url("domain-access", grant.domain.name))

    def invite(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """Send the invitation once more."""
        actor = actor_of(request)
        self._require(actor)
        grant = self._find(actor, public_id)
        if grant.user_id is None:
            granting.invite_again(grant, by=actor.user, address=address_of(grant.customer.brand))
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": grant.email})
        return redirect(self.url("grant", public_id))

    # --- what they share ----------------------------------------------------------------------------------------------

    def url(self, route: str, *args: str) -> str:
        """The address of one of this audience's routes."""
        return self.names.url(route, *args)

    def _find(self, actor: Actor, public_id: str) -> Grant:
        return get_object_or_404(self.grants(actor), public_id=public_id)

    def _require(self, actor: Actor) -> None:
        if not self.may_grant(actor):
            raise PermissionDenied

    def _shared(self, actor: Actor) -> dict[str, Any]:
        return {
            "may_grant": self.may_grant(actor),
            "new_url": self.url("access-new"),
            "list_url": self.url("access"),
        }

    def _crumb(self) -> dict[str, str]:
        return {"label": _("People with access"), "url": self.url("access")}

    def _told(self, event: GrantEvent) -> dict[str, Any]:
        """What happened, by whom as far as this audience may know, and what was lent from then on."""
        by = event.actor
        if by is None:
            who = ""
        elif event.impersonator is not None:
            words = {"person": by, "staff": event.impersonator}
            who = (
                _("%(staff)s as %(person)s") if self.audience == "staff" else _("our staff for %(person)s")
            ) % words
        else:
            who = _("our staff") if by.is_staff and self.audience != "staff" else str(by)
        ended = event.what == GrantEvent.What.REVOKED
        return {"event": event, "who": who, "lent": None if ended else _lent(event)}


def _lent(event: GrantEvent) -> Summary:
    return summary(Rights({Part(part): Level(level) for part, level in event.levels.items()}))


def _said(grants: Collection[Grant]) -> str:
    first = next(iter(grants))
    number = len(grants)
    if first.user_id is None:
        return _("An invitation is on its way to %(email)s.") % {"email": first.email}
    text = ngettext(
        "%(email)s has access to %(n)s name now.", "%(email)s has access to %(n)s names now.", number
    )
    return text % {"email": first.email, "n": number}
