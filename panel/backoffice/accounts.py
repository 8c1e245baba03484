"""Registrar accounts: list, page, what staff do with them, and the archive of calls."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.account import runs, services
from panel.account.families import can, family_label
from panel.account.forms import AccountSettingsForm
from panel.account.models import Account, AccountState, SyncRun
from panel.account.queries import as_lines, office_accounts, office_exchanges, office_syncs, sold_extensions
from panel.account.tables import AccountTable, ExchangeFilter, ExchangeTable, account_badge
from panel.backoffice.trail import trail
from panel.billing.rates import missing_rates
from panel.core.listing import Listing
from panel.domain.queries import office_domains
from panel.operation.queries import office_operations, still_open

READINGS = {
    "catalogue": [SyncRun.Kind.CATALOGUE],
    "mirror": [SyncRun.Kind.DOMAINS, SyncRun.Kind.CONTACTS],
}


def _counted(actor: Actor) -> QuerySet[Account]:
    def per_account(rows: QuerySet[Any]) -> Coalesce:
        counts = (
            rows.order_by()
            .filter(account=OuterRef("pk"))
            .values("account")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return Coalesce(Subquery(counts, output_field=IntegerField()), 0)

    return office_accounts(actor).annotate(
        domain_count=per_account(office_domains(actor)),
        open_count=per_account(still_open(office_operations(actor))),
        catalogue_count=per_account(sold_extensions()),
    )


@requires(Permission.STAFF)
def accounts(request: HttpRequest) -> HttpResponseBase:
    """Every registrar account."""
    listing = Listing(
        request,
        _counted(actor_of(request)),
        table=AccountTable,
        default_sort="label",
        label=_("Registrar accounts"),
        empty="office/accounts/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("accounts")
    return listing.render("office/accounts/list.html")


@requires(Permission.STAFF)
def account(request: HttpRequest, public_id: str) -> HttpResponse:
    """One account: its condition, money, passes and latest calls; its few settings."""
    actor = actor_of(request)
    found = get_object_or_404(_counted(actor), public_id=public_id)
    form = AccountSettingsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("office:account", public_id)
    if request.method == "POST":
        found.refresh_from_db(fields=["label", "threshold", "is_default"])
    context = {
        "account": found,
        "badge": account_badge(found),
        "tells_balance": can(found, "account.info"),
        "tells_costs": can(found, "account.zones"),
        "has_users": can(found, "access.list"),
        "missing_rates": [row for row in missing_rates() if row.source == found.currency],
        "family": family_label(found.family),
        "form": form,
        "syncs": latest_syncs(actor, found),
        "exchanges": list(as_lines(office_exchanges(actor)).filter(account=found).order_by("-pk")[:10]),
        "crumbs": trail((_("Accounts"), "accounts")),
        "waiting": list(
            still_open(office_operations(actor))
            .filter(account=found)
            .exclude(waiting_for="")
            .order_by("pk")[:5]
        ),
    }
    return render(request, "office/accounts/account.html", context, status=422 if form.errors else 200)


def latest_syncs(actor: Actor, account: Account) -> list[SyncRun]:
    """The newest pass of each kind, in one query."""
    newest: dict[str, SyncRun] = {}
    for run in office_syncs(actor).filter(account=account)[:30]:
        newest.setdefault(run.kind, run)
    return list(newest.values())


@requires(Permission.STAFF)
@require_POST
def account_action(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Pause, resume, or read something now."""
    actor = actor_of(request)
    found = get_object_or_404(office_accounts(actor), public_id=public_id)
    if action == "pause":
        reason = request.POST.get("reason", "").strip()
        if not reason:
            messages.error(request, _("Say why: colleagues will ask."))
        elif services.pause(found, f"{reason} ({actor.user})"):
            messages.warning(request, _("Paused. Its operations wait until it is resumed."))
    elif action == "resume":
        if services.resume(found):
            messages.success(request, _("Working again."))
        else:
            messages.error(request, _("Only a paused account can be resumed; a stopped one needs a test."))
    elif action in READINGS:
        _read_now(request, actor, found, action)
    else:
        raise Http404
    return redirect("office:account", public_id)


def _read_now(request: HttpRequest, actor: Actor, account: Account, action: str) -> None:
    if account.state != AccountState.ACTIVE:
        messages.error(request, _("The account is not working, so nothing can be read now."))
        return
    for kind in READINGS[action]:
        if runs.can_pass(account, kind):
            runs.start(account, kind, actor.user)
    messages.info(request, _("Started. You may leave the page; it goes on by itself."))


@requires(Permission.STAFF)
def account_exchanges(request: HttpRequest, public_id: str) -> HttpResponse:
    """Calls made through an account, from the archive."""
    actor = actor_of(request)
    found = get_object_or_404(office_accounts(actor), public_id=public_id)
    listing = Listing(
        request,
        office_exchanges(actor).filter(account=found).select_related(None).select_related("operation"),
        table=ExchangeTable,
        filterset=ExchangeFilter,
        default_sort="-pk",
        label=_("Calls"),
        placeholder=_("Part of the call's name"),
        csv_enabled=False,
    )
    crumbs = trail((_("Accounts"), "accounts"), (found.label, "account", public_id))
    return listing.render("office/accounts/exchanges.html", {"account": found, "crumbs": crumbs})


@requires(Permission.STAFF)
def exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """One archived call, with its redacted request and reply."""
    found = get_object_or_404(office_exchanges(actor_of(request)), pk=pk)
    return render(request, "office/accounts/exchange.html", {"exchange": found})
