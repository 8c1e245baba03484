"""Importing what an account holds: start, watch, and then assign."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.account import runs
from panel.account.models import Account, AccountState, SyncRun
from panel.account.queries import office_accounts, office_syncs
from panel.backoffice.trail import trail
from panel.domain.queries import office_domains

KINDS = (SyncRun.Kind.DOMAINS, SyncRun.Kind.CONTACTS)


@requires(Permission.STAFF)
def account_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """Progress of the newest import of an account; a post starts one."""
    actor = actor_of(request)
    account = get_object_or_404(office_accounts(actor), public_id=public_id)
    if request.method == "POST":
        if account.state == AccountState.ACTIVE:
            for kind in KINDS:
                if runs.can_pass(account, kind):
                    runs.start(account, kind, actor.user)
        else:
            messages.error(request, _("The account is not working, so nothing can be read now."))
        return redirect("office:import", public_id)
    passes = newest_passes(actor, account)
    running = any(run.state in runs.OPEN for run in passes)
    context = {
        "account": account,
        "passes": passes,
        "running": running,
        "homeless": office_domains(actor).filter(account=account, customer=None).count(),
        "crumbs": trail((_("Accounts"), "accounts"), (account.label, "account", public_id)),
    }
    polled = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "office/accounts/import.html#progress" if polled else "office/accounts/import.html"
    return render(request, template, context, status=286 if polled and not running else 200)


def newest_passes(actor: Actor, account: Account) -> list[SyncRun]:
    """The newest pass over domains and over contacts."""
    newest: dict[str, SyncRun] = {}
    for run in office_syncs(actor).filter(account=account, kind__in=KINDS)[:20]:
        newest.setdefault(run.kind, run)
    return [newest[kind] for kind in KINDS if kind in newest]
