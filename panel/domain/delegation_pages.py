"""Hosts below a name and its keys, for every audience: what is known of them, and changing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.access.rules import actor_of
from panel.domain.delegation_forms import DnssecForm, GlueForm
from panel.domain.models import Domain, to_unicode
from panel.domain.operations_dnssec import AT_ONCE, SetDnssecKeys, plan_dnssec
from panel.domain.operations_glue import ChangeGlue, GlueChange, of_hosts_below, plan_glue
from panel.domain.operations_read import ReadDelegation, Reading, ReadPublicity, can_read, plan_reading
from panel.domain.operations_settings import SignDomain, plan_signing
from panel.domain.planning import capability, require, require_changeable
from panel.domain.refusals import BadValue, CannotDo, NotNow
from panel.domain.setting_pages import BUSY, SettingPages
from panel.operation.models import Operation
from panel.operation.queries import still_open
from panel.operation.services import AlreadyOpen
from registrar import types


@dataclass(frozen=True, slots=True)
class Entry:
    """A delegation signer entry as it is shown; `mark` names it in a form."""

    key: types.DnssecKey

    @property
    def mark(self) -> str:
        """The entry in one word."""
        return f"{self.key.key_tag}-{self.key.algorithm}-{self.key.digest_type}-{self.key.digest.upper()}"


def glue(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """The hosts below the name; posting adds, changes or (`remove`) removes one, or (`read`) has them read."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    if "read" in request.POST:
        return _read(pages, request, domain, ReadDelegation, "domain-glue")
    form = GlueForm(request.POST if "host" in request.POST else None, domain=domain)
    context = _context(pages, request, domain, form) | {"changing": _hosts_under_way(domain).first()}
    # After what is under way: what ends in between shows, or is followed.
    known = {host.name: host for host in domain.glue_records.all()}
    context |= {
        "hosts": [(host, to_unicode(host.name)) for host in known.values()],
        "shows": capability(domain.account, domain.tld_name, "domain.glue_records").usable,
        "moves": [
            name for name in domain.nameservers if name.endswith(f".{domain.name}") and name not in known
        ],
    }
    refused = _refusal(pages, domain, *ChangeGlue.methods)
    if refused:
        return _shown(request, "domains/glue.html", {**context, "refusal": refused})

    def ask() -> Operation:
        if "remove" in request.POST:
            host = types.GlueRecord(request.POST["remove"])
            return plan_glue(domain, GlueChange.DELETE, host, actor=actor.user)
        change = GlueChange.UPDATE if form.glue.name in known else GlueChange.CREATE
        return plan_glue(domain, change, form.glue, actor=actor.user)

    wants = "remove" in request.POST or (form.is_bound and form.is_valid())
    return _asked(pages, request, domain, context, "glue", ask if wants else None)


def dnssec(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """The name's keys; posting adds one, removes one (`remove`), signs (`sign`), or has them read (`read`)."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    if "read" in request.POST:
        return _read(pages, request, domain, ReadDelegation, "domain-dnssec")
    at_once = capability(domain.account, domain.tld_name, AT_ONCE).usable
    form = DnssecForm(request.POST if "digest" in request.POST else None, asks_key=at_once)
    context = _context(pages, request, domain, form, SetDnssecKeys.name, SignDomain.name)
    # After what is under way, as in glue().
    domain.refresh_from_db(fields=["ds_keys", "signed", "delegation_read_at"])
    entries = [Entry(types.DnssecKey(**kept)) for kept in domain.ds_keys or ()]
    context |= {
        "entries": entries,
        "at_once": at_once,
        "signable": not _refusal(pages, domain, *SignDomain.methods) and domain.hosts_zone is not False,
        "takes_keys": not _refusal(pages, domain, *SetDnssecKeys.methods),
    }
    refused = _refusal(pages, domain, *SetDnssecKeys.methods, *SignDomain.methods)
    if refused:
        return _shown(request, "domains/dnssec.html", {**context, "refusal": refused})

    def ask() -> Operation:
        if "sign" in request.POST:
            return plan_signing(domain, request.POST["sign"] == "on", actor=actor.user)
        # All of them are sent: what was never read must not be thrown away by it.
        if domain.ds_keys is None and not at_once:
            raise NotNow("keys_not_read")
        kept = [entry.key for entry in entries if entry.mark != request.POST.get("remove")]
        if "remove" in request.POST:
            return plan_dnssec(domain, kept, actor=actor.user)
        # Where all digests are of one key, another key takes its place.
        wanted = [form.entry] if at_once else [*kept, form.entry]
        return plan_dnssec(domain, wanted, actor=actor.user, dns_key=form.dns_key)

    wants = {"sign", "remove"} & set(request.POST) or (form.is_bound and form.is_valid())
    return _asked(pages, request, domain, context, "dnssec", ask if wants else None)


def publicity(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """What the public directory says of the name; posting has it read anew."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    if request.method == "POST":
        return _read(pages, request, domain, ReadPublicity, "domain-whois")
    context = pages.context(domain)
    reading = _under_way(pages, actor, domain, ReadPublicity.name)
    context |= {
        "known": getattr(domain, "publicity", None),
        "can_read": capability(domain.account, domain.tld_name, "domain.whois").usable,
        "reading": reading,
    }
    return render(request, "domains/whois.html", context)


def _hosts_under_way(domain: Domain) -> QuerySet[Operation]:
    """Their subject is the host: several of a name may be changed at once."""
    about = Operation.objects.filter(
        of_hosts_below(domain.name), kind=ChangeGlue.name, account=domain.account
    )
    return still_open(about)


def _context(
    pages: SettingPages, request: HttpRequest, domain: Domain, form: Form, *kinds: str
) -> dict[str, Any]:
    actor = actor_of(request)
    return pages.context(
        domain,
        form=form,
        can_read=can_read(domain, ReadDelegation),
        reading=_under_way(pages, actor, domain, ReadDelegation.name),
        changing=_under_way(pages, actor, domain, *kinds),
        problem="",
    )


def _under_way(pages: SettingPages, actor: Any, domain: Domain, *kinds: str) -> Operation | None:
    return still_open(pages.operations(actor, domain)).filter(kind__in=kinds).first()


def _refusal(pages: SettingPages, domain: Domain, *methods: str) -> str:
    try:
        require(domain.account, domain.tld_name, *methods)
        require_changeable(domain)
    except CannotDo as refusal:
        return pages.say(refusal)
    return ""


def _read(
    pages: SettingPages, request: HttpRequest, domain: Domain, kind: type[Reading], route: str
) -> HttpResponseBase:
    if can_read(domain, kind):
        plan_reading(domain, kind, actor=actor_of(request).user)
    return redirect(pages.url(route, domain.name))


def _asked(
    pages: SettingPages,
    request: HttpRequest,
    domain: Domain,
    context: dict[str, Any],
    setting: str,
    ask: Callable[[], Operation] | None,
) -> HttpResponseBase:
    """The page, or what comes of asking: the page again where it is followed, or what was wrong."""
    template = f"domains/{setting}.html"
    if ask is None:
        return _shown(request, template, context)
    try:
        ask()
    except BadValue as refusal:
        field = {"name": "host", "keys": "digest"}.get(refusal.field, refusal.field)
        known = field in context["form"].fields and context["form"].is_bound
        if known:
            context["form"].add_error(field, pages.say(refusal))
        return _shown(request, template, {**context, "problem": "" if known else pages.say(refusal)})
    except CannotDo as refusal:
        return _shown(request, template, {**context, "problem": pages.say(refusal)})
    except AlreadyOpen:
        text = _("This is being changed already. Wait for that to end.")
        return render(request, template, {**context, "problem": text}, status=BUSY)
    return redirect(pages.url(f"domain-{setting}", domain.name))


def _shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponseBase:
    wrong = bool(context["form"].errors or context["problem"]) or (
        request.method == "POST" and bool(context["refusal"])
    )
    return render(request, template, context, status=422 if wrong else 200)
