"""Users of a registrar account: people to whom names are lent at the registrar itself (MrDomain: manual 9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from panel.access.actor import Actor
from panel.access.models import Grant
from panel.access.queries import office_grants
from panel.access.rules import Permission, actor_of, requires
from panel.account.families import family_label
from panel.account.models import Account
from panel.account.queries import office_accounts
from panel.backoffice.tables import operation_badge
from panel.backoffice.trail import trail
from panel.domain.queries import office_domains
from panel.domain.refusals import CannotDo
from panel.operation.models import Operation
from panel.operation.queries import office_operations, still_open
from panel.operation.services import AlreadyOpen
from panel.sharing import services
from panel.sharing.mirror import subject_of
from panel.sharing.models import RemoteUser
from panel.sharing.queries import lent_there, office_remote_users, only_here, standing_of
from panel.sharing.user_forms import DeleteUserForm, LendForm, NewUserForm


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def remote_users(request: HttpRequest, public_id: str) -> HttpResponse:
    """The users of an account; posting makes one."""
    actor = actor_of(request)
    account = _account(actor, public_id)
    form = NewUserForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if _asked(
            request,
            lambda: services.plan_user(account, values["username"], email=values["email"], actor=actor.user),
        ):
            return redirect("office:remote-users", public_id)
    context = {
        "account": account,
        "family": family_label(account.family),
        "users": [
            {"user": user, "names": None if user.domains is None else len(user.domains)}
            for user in office_remote_users(actor).filter(account=account)
        ],
        "operations": _under_way(actor, account),
        "form": form,
        "crumbs": trail((_("Accounts"), "accounts"), (account.label, "account", public_id)),
    }
    return render(request, "office/users/list.html", context, status=422 if form.errors else 200)


@requires(Permission.STAFF)
@require_POST
def remote_users_read(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Have the account's users read."""
    actor = actor_of(request)
    account = _account(actor, public_id)
    _asked(request, lambda: services.plan_read(account, actor=actor.user))
    return redirect("office:remote-users", public_id)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def remote_user(request: HttpRequest, public_id: str, user: str) -> HttpResponse:
    """One user: what is lent to it there and here; posting lends a name there, or changes what is lent."""
    actor = actor_of(request)
    found = _user(actor, public_id, user)
    name = request.GET.get("name", "")
    form = LendForm(
        request.POST or None,
        scope=office_domains(actor).filter(account=found.account),
        levels=found.levels(name) if name else None,
        initial={"name": name},
    )
    if request.method == "POST" and form.is_valid():
        account, lent = found.account, form.cleaned_data["name"]
        if _asked(
            request,
            lambda: services.plan_lend(account, found.username, lent, form.levels, actor=actor.user),
        ):
            return redirect("office:remote-user", public_id, user)
    return _page(request, found, form=form)


@requires(Permission.STAFF)
@require_POST
def remote_user_enabled(request: HttpRequest, public_id: str, user: str) -> HttpResponseBase:
    """Let the user in (`to` on), or not (off)."""
    actor = actor_of(request)
    found = _user(actor, public_id, user)
    if request.POST.get("to") not in ("on", "off"):
        raise Http404
    _asked(request, lambda: services.plan_enabled(found, request.POST["to"] == "on", actor=actor.user))
    return redirect("office:remote-user", public_id, user)


@requires(Permission.STAFF)
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remote_user_password(request: HttpRequest, public_id: str, user: str) -> HttpResponseBase:
    """Show the password, once (`show`), or have another one set."""
    actor = actor_of(request)
    found = _user(actor, public_id, user)
    context = {"user": found, "account": found.account, "password": "", "crumbs": _crumbs(found)}
    if request.method == "POST" and "show" in request.POST:
        context["password"] = services.show_password(found, actor.user) or ""
        context["gone"] = not context["password"]
    elif request.method == "POST":
        _asked(request, lambda: services.plan_password(found, actor=actor.user))
        return redirect("office:remote-user-password", public_id, user)
    context["operations"] = _under_way(actor, found.account, found)
    return render(request, "office/users/password.html", context)


@requires(Permission.STAFF)
@require_POST
def remote_user_take(request: HttpRequest, public_id: str, user: str) -> HttpResponseBase:
    """Take a name (`name`) back there."""
    actor = actor_of(request)
    found = _user(actor, public_id, user)
    name = request.POST.get("name", "")
    if found.levels(name) is None:
        messages.info(request, _("It is not shared there."))
    else:
        _asked(request, lambda: services.plan_take(found, name, actor=actor.user))
    return redirect("office:remote-user", public_id, user)


@requires(Permission.STAFF)
@require_POST
def remote_user_delete(request: HttpRequest, public_id: str, user: str) -> HttpResponseBase:
    """Delete the user there."""
    actor = actor_of(request)
    found = _user(actor, public_id, user)
    form = DeleteUserForm(request.POST, user=found)
    if not form.is_valid():
        return _page(request, found, delete_form=form)
    _asked(request, lambda: services.plan_delete(found, actor=actor.user))
    return redirect("office:remote-users", public_id)


@requires(Permission.STAFF)
@require_POST
def grant_mirror(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Lend at the registrar what is lent here, to a user of the person's own."""
    actor = actor_of(request)
    grant = get_object_or_404(office_grants(actor).select_related("domain__account"), public_id=public_id)
    if grant.user_id is None or grant.is_over:
        messages.error(
            request, _("Nothing is shared before the invitation is accepted, nor after the last day.")
        )
    else:
        _asked(request, lambda: services.plan_mirror(grant, actor=actor.user)[-1])
    return redirect("office:grant", public_id)


def beside(actor: Actor, grant: Grant) -> dict[str, Any]:
    """What staff see beside a grant: how it stands at the registrar, where that has users."""
    account = grant.domain.account
    if not services.has_users(account):
        return {}
    user = services.mirror_of(grant)
    about = subject_of(account, "")
    running = still_open(office_operations(actor)).filter(
        account=account, subject__startswith=about, payload__name=grant.domain.name
    )
    return {
        "beside": "office/users/beside.html",
        "account": account,
        "family": family_label(account.family),
        "remote_user": user,
        "standing": standing_of(user, grant),
        "mirroring": running.exists(),
        "can_mirror": grant.user_id is not None and not grant.is_over,
    }


def _page(
    request: HttpRequest,
    found: RemoteUser,
    *,
    form: LendForm | None = None,
    delete_form: DeleteUserForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    names = office_domains(actor).filter(account=found.account)
    context = {
        "user": found,
        "account": found.account,
        "family": family_label(found.account.family),
        "names": lent_there(found),
        "only_here": only_here(found),
        "operations": _under_way(actor, found.account, found),
        "form": form or LendForm(scope=names),
        "delete_form": delete_form or DeleteUserForm(user=found),
        "crumbs": _crumbs(found)[:-1],
    }
    wrong = any(item is not None and item.errors for item in (form, delete_form))
    return render(request, "office/users/user.html", context, status=422 if wrong else 200)


def _account(actor: Actor, public_id: str) -> Account:
    """An account whose family has users. Raises Http404."""
    account: Account = get_object_or_404(office_accounts(actor), public_id=public_id)
    if not services.has_users(account):
        raise Http404
    return account


def _user(actor: Actor, public_id: str, user: str) -> RemoteUser:
    found = office_remote_users(actor).filter(account__public_id=public_id)
    return get_object_or_404(found, public_id=user)


def _crumbs(found: RemoteUser) -> list[dict[str, str]]:
    account = found.account
    crumbs = trail(
        (_("Accounts"), "accounts"),
        (account.label, "account", account.public_id),
        (_("Users"), "remote-users", account.public_id),
    )
    address = reverse("office:remote-user", args=[account.public_id, found.public_id])
    return [*crumbs, {"label": found.username, "url": address}]


def _under_way(actor: Actor, account: Account, user: RemoteUser | None = None) -> list[dict[str, Any]]:
    about = subject_of(account, user.username if user else "")
    rows = still_open(office_operations(actor)).filter(account=account, subject__startswith=about)
    return [{"row": row, "badge": operation_badge(row)} for row in rows.order_by("-pk")[:20]]


def _asked(request: HttpRequest, ask: Callable[[], Operation]) -> bool:
    """Plan it, and say what came of that."""
    try:
        ask()
    except CannotDo as refusal:
        messages.error(request, refusal.text)
        return False
    except AlreadyOpen:
        messages.info(request, _("This is being changed already. Wait for that to end."))
        return False
    messages.success(request, _("It is on its way to the registrar."))
    return True
