"""The pages of a name's settings. Customers, brand people and staff see the same ones, each of their own names.

An audience app derives from `SettingPages`, and its views are thin over one instance of it. Its routes have the same
names in each: domain, domain-turn, domain-nameservers, domain-contacts, domain-auth-code, domain-renew.
"""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from panel.access.actor import Actor
from panel.access.parts import WHOLE, Rights, may_turn, sees_switch
from panel.access.queries import grants_on
from panel.access.rules import actor_of
from panel.billing import ledger
from panel.contact.models import Contact
from panel.core.rows import only
from panel.core.tables import address_of
from panel.core.templatetags.formatting import format_money
from panel.domain import controls, farewell
from panel.domain.asking import preflight
from panel.domain.belonging import has, whole
from panel.domain.forms import ContactsForm, NameserversForm, RenewForm
from panel.domain.models import Domain, subject_of, to_unicode
from panel.domain.operations_code import ReadAuthCode, plan_read_auth_code, readable_code, show_code
from panel.domain.operations_contacts import SetContacts, plan_contacts
from panel.domain.operations_renew import RENEWABLE, RenewDomain, plan_renew
from panel.domain.operations_settings import SetNameservers, plan_nameservers
from panel.domain.operations_verification import UNCONFIRMED, can_resend
from panel.domain.planning import require, require_changeable
from panel.domain.queries import with_people
from panel.domain.refreshing import JustRead, refresh_now
from panel.domain.refusals import BadValue, CannotDo, NotNow
from panel.domain.renewal.renewing import renewals
from panel.domain.tags.models import key_of
from panel.domain.tags.queries import tags_on
from panel.domain.wording import (
    Person,
    by_person,
    is_parked,
    people,
    renewal_opens,
    roles_seen,
    shown_nameservers,
)
from panel.operation.models import Operation
from panel.operation.queries import about
from panel.operation.services import AlreadyOpen
from panel.people.models import User
from registrar.types import RenewalMode

BUSY = 409
SHOWINGS = 5
# Every audience has these pages of a name, as routes domain-….
NAME_PAGES = (
    "access", "auth-code", "confirm", "contacts", "delete", "dnssec", "glue", "history", "history-read",
    "hosting", "nameservers", "owner", "privacy", "refresh", "renew", "restore", "tags", "dns", "whois",
)  # fmt: skip


def _there(domain: Domain | None) -> Domain:
    if domain is None:
        raise Http404
    return domain


class SettingPages(ABC):
    """What one audience sees and changes. `prefix` stands before the names of its routes ("office:")."""

    prefix: ClassVar[str] = ""

    @abstractmethod
    def domains(self, actor: Actor) -> QuerySet[Domain]:
        """The names that the actor may change."""

    @abstractmethod
    def known(self, actor: Actor, name: str) -> QuerySet[Operation]:
        """The operations that the actor may see where they are about such a name or a thing of it."""

    def operations(self, actor: Actor, domain: Domain) -> QuerySet[Operation]:
        """What is or was done about such a name itself, as far as the actor may know, newest first."""
        return self.operations_about(actor, domain.name)

    def operations_about(self, actor: Actor, name: str) -> QuerySet[Operation]:
        """As operations(), for whom the name has not been read yet: see panel.domain.story."""
        return about(self.known(actor, name), subject_of(name))

    @abstractmethod
    def book(self, actor: Actor, domain: Domain) -> QuerySet[Contact]:
        """The contacts that can be chosen for it."""

    @abstractmethod
    def name_page(
        self, request: HttpRequest, name: str, problem: dict[str, str], status: int
    ) -> HttpResponseBase:
        """The page of the name, with what was wrong beside the switch: `slug` and `text`."""

    def say(self, refusal: CannotDo) -> str:
        """Why something cannot be done, in words for this audience."""
        return refusal.text

    def beside(self, actor: Actor, domain: Domain, kind: str) -> dict[str, Any]:
        """What this audience sees beside the form of a kind of change."""
        return {}

    def people(self, domain: Domain, rights: Rights = WHOLE) -> list[Person]:
        """Who answers for the name, as far as this audience may know."""
        return by_person(people(domain, domain.customer, roles=roles_seen(rights)))

    def no_money(self, missing: str) -> str:
        """That the customer's wallet lacks so much."""
        return _("The customer's wallet lacks %(missing)s for this.") % {"missing": missing}

    # --- what all of them show ----------------------------------------------------------------------------------------

    def find(self, actor: Actor, name: str) -> Domain:
        """One of the actor's names. Raises Http404."""
        return _there(self._seen(actor, self.domains(actor), name))

    def find_whole(self, actor: Actor, name: str) -> Domain:
        """As find(), with what the page of a name asks of it besides. Raises Http404."""
        return _there(self.seen_whole(actor, name))

    def seen_whole(self, actor: Actor, name: str) -> Domain | None:
        """As find_whole(); None for a name that may still be on its way."""
        return self._seen(actor, whole(self.domains(actor)), name)

    def _seen(self, actor: Actor, names: QuerySet[Domain], name: str) -> Domain | None:
        domain = only(names.select_related("account", "customer__brand").filter(name=name))
        if domain is None:
            return None
        domain.lent = actor.rights is not None and actor.rights.lent
        return with_people(domain)

    def url(self, route: str, *args: str) -> str:
        """The address of one of this audience's routes."""
        return reverse(f"{self.prefix}{route}", args=args)

    def urls(self, name: str) -> dict[str, str]:
        """The addresses of a name's pages, as the templates call them."""
        pages = {page.replace("-", "_"): f"{self.prefix}domain-{page}" for page in NAME_PAGES}
        pages["domain"] = f"{self.prefix}domain"
        return {page: address_of(route, name) for page, route in pages.items()}

    def bearing_url(self, tag: str) -> str:
        """The address of the list of names that bear a tag."""
        return f"{self.url('domains')}?{urlencode({'tag': key_of(tag)})}"

    def crumbs(self, name: str, *, lent: bool = False) -> list[dict[str, str]]:
        """The links above a setting of a name."""
        names = {"label": _("Domains"), "url": self.url("domains")}
        return [
            {"label": _("Shared with me"), "url": self.url("shared")} if lent else names,
            {"label": to_unicode(name), "url": self.url("domain", name)},
        ]

    def shown(self, domain: Domain, open_kinds: Collection[str], *, rights: Rights = WHOLE) -> dict[str, Any]:
        """What the page of a name shows of its settings; `open_kinds` are the kinds that are under way about it.

        `may_change`: everything, also what no part covers. Else the template asks `rights`, as this does of switches.
        """
        switches = controls.controls(domain, open_kinds, self.say)
        return {
            "domain": domain,
            "urls": self.urls(domain.name),
            "farewell": farewell.planned(domain) if has(domain, "planned_deletions") else None,
            "unconfirmed": domain.owner_verification in UNCONFIRMED,
            "can_resend": can_resend(domain),
            "may_change": rights.whole,
            "delegates": None
            if rights.lent or domain.customer is None
            else list(grants_on(domain.pk)[:SHOWINGS])
            if has(domain, "grants")
            else [],
            "may_refresh": any(rights.changes.values()),
            "controls": [
                (item, self.url("domain-turn", domain.name, item.slug), may_turn(rights, item.slug))
                for item in switches
                if sees_switch(rights, item.slug)
            ],
            "people": self.people(domain, rights),
            "nameservers": shown_nameservers(domain),
            "parked": is_parked(domain),
            "tags": [
                (tag, self.bearing_url(tag)) for tag in (tags_on(domain) if has(domain, "tag_uses") else [])
            ],
            "renewable": domain.expires_on is not None and domain.status in RENEWABLE,
            "renews": domain.status == Domain.Status.ACTIVE and domain.renewal_mode == RenewalMode.AUTOMATIC,
            "renewal_opens": renewal_opens(domain),
        }

    # --- the pages ----------------------------------------------------------------------------------------------------

    def refresh(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """Have the name read anew."""
        actor = actor_of(request)
        try:
            refresh_now(actor, self.find(actor, name))
        except JustRead:
            messages.info(request, _("It was checked just now: nothing newer is known."))
        return redirect(self.url("domain", name))

    def turn(self, request: HttpRequest, name: str, slug: str) -> HttpResponseBase:
        """Turn a switch on or off (posted as `to`); the page then says "changing" until the registrar says so."""
        actor = actor_of(request)
        domain = self.find(actor, name)
        if slug not in controls.KINDS or request.POST.get("to") not in ("on", "off"):
            raise Http404
        try:
            controls.turn(domain, slug, request.POST["to"] == "on", actor=actor.user)
        except CannotDo as refusal:
            return self.name_page(request, name, {"slug": slug, "text": self.say(refusal)}, 422)
        except AlreadyOpen:
            text = _("It is being changed already. Wait for that to end.")
            return self.name_page(request, name, {"slug": slug, "text": text}, BUSY)
        return redirect(self.url("domain", name))

    def nameservers(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """Choose which servers answer for the name; posting `check` asks the proposed ones first."""
        actor = actor_of(request)
        domain = self.find(actor, name)
        found, own = preflight.proposed(request, domain), shown_nameservers(domain)
        form = NameserversForm(request.POST or None, domain=domain, own=own, **preflight.initial(found))
        answer = preflight.handled(self, request, domain, form, found)
        if answer is not None:
            return answer
        return self.change(
            request, domain, form, "domains/nameservers.html", SetNameservers.methods, field="servers",
            plan=lambda: plan_nameservers(domain, form.cleaned_data["nameservers"], actor=actor.user),
            busy=_("Its nameservers are being changed already. Wait for that to end."),
            **self.beside(actor, domain, SetNameservers.name), **preflight.shown(self, domain, found),
        )  # fmt: skip

    def contacts(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """Choose who answers for the name beside its registrant."""
        actor = actor_of(request)
        domain = self.find(actor, name)
        book = self.book(actor, domain)
        form = ContactsForm(request.POST or None, contacts=book)
        return self.change(
            request, domain, form, "domains/contacts.html", SetContacts.methods,
            plan=lambda: plan_contacts(domain, form.roles, actor=actor.user),
            busy=_("Its contacts are being changed already. Wait for that to end."),
            book=book.exists(), people=self.people(domain, actor.rights or WHOLE),
            **self.beside(actor, domain, SetContacts.name),
        )  # fmt: skip

    def auth_code(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """Have the auth code read, and show it once. The view asks for the password again before."""
        actor = actor_of(request)
        domain = self.find(actor, name)
        context = self.context(domain, code="", **self.beside(actor, domain, ReadAuthCode.name))
        status = 200
        if request.method == "POST" and "show" in request.POST:
            context["code"] = show_code(domain, actor.user)
            context["gone"] = context["code"] is None
        elif request.method == "POST":
            try:
                plan_read_auth_code(domain, actor=actor.user)
            except CannotDo as refusal:
                context["refusal"], status = self.say(refusal), 422
            else:
                return redirect(self.url("domain-auth-code", name))
        context |= {
            "reading": self.operations(actor, domain).filter(kind=ReadAuthCode.name).first(),
            "is_there": readable_code(domain) is not None,
            "shown": domain.auth_codes.filter(shown_at__isnull=False).select_related("shown_to")[:SHOWINGS],
        }
        return render(request, "domains/auth_code.html", context, status=status)

    def renew(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """From which date to which, at what price, and what the wallet holds before and after; posting renews."""
        actor = actor_of(request)
        domain = self.find(actor, name)
        customer = domain.customer
        currency = customer.currency if customer else ""
        context = self.context(domain, currency=currency, **self.beside(actor, domain, RenewDomain.name))
        if customer is not None:
            context["balance"] = ledger.balance(customer)
        try:
            offers = renewals(domain)
        except CannotDo as refusal:
            return refuse(request, "domains/renew.html", context, self.say(refusal))
        form = RenewForm(
            request.POST or None, offers=offers, currency=currency,
            initial={"expires_on": domain.expires_on, "key": secrets.token_urlsafe(16)},
        )  # fmt: skip
        if request.method == "POST" and form.is_valid() and self._renewed(form, domain, actor.user):
            return redirect(self.url("domain", name))
        context |= {"form": form, "offers": offers}
        return render(request, "domains/renew.html", context, status=422 if form.errors else 200)

    def change(
        self,
        request: HttpRequest,
        domain: Domain,
        form: Form,
        template: str,
        methods: tuple[str, ...],
        *,
        plan: Callable[[], Operation],
        busy: str,
        field: str | None = None,
        **more: Any,
    ) -> HttpResponseBase:
        """A form about one setting of a name, planned where it is right; `field` is where a wrong value is told."""
        context = self.context(domain, form=form, **more)
        try:
            require(domain.account, domain.tld_name, *methods)
            require_changeable(domain)
        except CannotDo as refusal:
            return refuse(request, template, context, self.say(refusal))
        if request.method == "POST" and form.is_valid():
            try:
                plan()
            except CannotDo as refusal:
                form.add_error(field if isinstance(refusal, BadValue) else None, self.say(refusal))
            except AlreadyOpen:
                form.add_error(None, busy)
            else:
                return redirect(self.url("domain", domain.name))
        return render(request, template, context, status=422 if form.errors else 200)

    def context(self, domain: Domain, **more: Any) -> dict[str, Any]:
        """What every page about a setting of a name shows."""
        name = domain.name
        return {
            "domain": domain,
            "crumbs": self.crumbs(name, lent=domain.lent),
            "urls": self.urls(name),
            "refusal": "",
            **more,
        }

    def _renewed(self, form: RenewForm, domain: Domain, user: User) -> bool:
        offer, values = form.chosen, form.cleaned_data
        try:
            plan_renew(
                domain, years=offer.years, expires_on=values["expires_on"], price=offer.total, actor=user,
                key=values["key"],
            )  # fmt: skip
        except ledger.NotEnoughMoney as short:
            form.add_error(None, self.no_money(format_money(short.missing, short.currency)))
        except NotNow as refusal:
            form.add_error(None, self.say(refusal))
            # What is shown from here on is what counts when it is sent again.
            form.data = {**dict(form.data.items()), "expires_on": str(domain.expires_on)}
        except AlreadyOpen:
            form.add_error(None, _("It is being renewed already. Wait for that to end."))
        return not form.errors


def refuse(request: HttpRequest, template: str, context: dict[str, Any], text: str) -> HttpResponseBase:
    """The page that says why it cannot be done: only what was sent is refused."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, {**context, "refusal": text}, status=status)
