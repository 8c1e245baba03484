"""Adding a registrar account and replacing its credentials: tried first, then kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panel.access.rules import Permission, actor_of, requires
from panel.account import connection, runs
from panel.account.families import facts
from panel.account.forms import AccountForm, ReplaceCredentialsForm
from panel.account.models import ConnectionTest
from panel.account.queries import office_accounts, office_tests
from panel.backoffice.trail import trail
from registrar import FAMILIES


def _crumbs() -> list[dict[str, str]]:
    return trail((_("Accounts"), "accounts"))


@requires(Permission.STAFF)
def account_new(request: HttpRequest) -> HttpResponse:
    """First the registrar, then the form for a new account; sent, it becomes a connection test."""
    family = request.GET.get("family", "")
    if not family:
        offered = [(row.name, row.label, facts(row)) for row in FAMILIES.values()]
        return render(request, "office/accounts/choose.html", {"families": offered, "crumbs": _crumbs()})
    if family not in FAMILIES:
        raise Http404
    form = AccountForm(request.POST or None, family=family)
    if request.method == "POST" and form.is_valid():
        return redirect("office:connection-test", form.begin(actor_of(request).user).public_id)
    crumbs = trail((_("Accounts"), "accounts"), (_("Add a registrar account"), "account-new"))
    context = {"form": form, "family": FAMILIES[family].label, "crumbs": crumbs}
    return render(request, "office/accounts/new.html", context, status=422 if form.errors else 200)


@requires(Permission.STAFF)
def account_credentials(request: HttpRequest, public_id: str) -> HttpResponse:
    """New credentials for an account. The old ones stay until these are accepted."""
    actor = actor_of(request)
    account = get_object_or_404(office_accounts(actor), public_id=public_id)
    initial = ReplaceCredentialsForm.initial_for(account)
    form = ReplaceCredentialsForm(request.POST or None, family=account.family, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect("office:connection-test", form.begin(account, actor.user).public_id)
    context = {
        "form": form,
        "account": account,
        "crumbs": trail((_("Accounts"), "accounts"), (account.label, "account", account.public_id)),
    }
    return render(request, "office/accounts/credentials.html", context, status=422 if form.errors else 200)


@requires(Permission.STAFF)
@require_POST
def account_test(request: HttpRequest, public_id: str) -> HttpResponse:
    """Try an account's own credentials again."""
    actor = actor_of(request)
    account = get_object_or_404(office_accounts(actor), public_id=public_id)
    return redirect("office:connection-test", connection.begin_again(account, actor.user).public_id)


@requires(Permission.STAFF)
def connection_test(request: HttpRequest, public_id: str) -> HttpResponse:
    """A test under way, and what became of it. A POST wakes a worker again."""
    test = get_object_or_404(office_tests(actor_of(request)), public_id=public_id)
    pending = test.state == ConnectionTest.State.PENDING
    if request.method == "POST":
        if pending:
            runs.hand_over(connection.TASK, test.pk)
            messages.info(request, _("Asked again."))
        return redirect("office:connection-test", public_id)
    context = {
        "test": test,
        "pending": pending,
        "crumbs": _crumbs(),
        "form": _form_again(test),
        "told": _told(test),
        "form_action": "",
    }
    if test.state == ConnectionTest.State.FAILED:
        context["form_action"] = (
            reverse("office:account-credentials", args=[test.account.public_id])
            if test.account
            else f"{reverse('office:account-new')}?family={test.family}"
        )
    polled = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "office/accounts/test.html#progress" if polled else "office/accounts/test.html"
    return render(request, template, context, status=286 if polled and not pending else 200)


def _told(test: ConnectionTest) -> dict[str, bool]:
    """What the registrar's API tells of itself: the page says what happens next."""
    table = FAMILIES[test.family].capabilities
    return {name: table.find(f"account.{name}").usable for name in ("info", "zones")}


def _form_again(test: ConnectionTest) -> AccountForm | ReplaceCredentialsForm | None:
    if test.state != ConnectionTest.State.FAILED:
        return None
    if test.account is None:
        return AccountForm.again(test)
    initial = ReplaceCredentialsForm.initial_from(test.credentials)
    return ReplaceCredentialsForm(family=test.family, initial=initial)
