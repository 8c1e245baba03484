"""The drift inbox: what registrars show otherwise than agreed, and what staff decide about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.drift_tables import DriftFilter, DriftForm, DriftTable, RuleForm
from panel.backoffice.trail import trail
from panel.core.listing import Listing, chosen
from panel.domain.drift import actions
from panel.domain.drift.models import Drift
from panel.domain.drift.queries import groups, office_drift, office_rules, undecided
from panel.domain.drift.words import field_label
from panel.domain.refusals import CannotDo
from panel.domain.self_renewal.queries import office_self_renewals
from panel.domain.self_renewal.queries import undecided as undecided_renewals
from panel.operation.services import AlreadyOpen
from panel.people.models import User

# More than this at one click would keep the page waiting; the next click takes the next ones.
MOST_AT_ONCE = 200
SHOWN_GROUPS = 6
SHOWN_REASONS = 3


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def drift(request: HttpRequest) -> HttpResponseBase:
    """Every item; what is posted accepts, puts back or puts aside the chosen ones."""
    actor = actor_of(request)
    if request.method != "POST":
        return _page(request, actor)
    form = DriftForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, form)
    rows = list(chosen(request, office_drift(actor)).order_by("pk")[: MOST_AT_ONCE + 1])
    if not rows:
        messages.warning(request, _("Nothing was selected."))
    else:
        _decide(request, form, rows[:MOST_AT_ONCE], actor.user)
    if len(rows) > MOST_AT_ONCE:
        messages.info(request, _("There are more of them: press again for the next."))
    return redirect(request.get_full_path())


def _page(request: HttpRequest, actor: Actor, form: DriftForm | None = None) -> HttpResponseBase:
    listing = Listing(
        request,
        office_drift(actor),
        table=DriftTable,
        filterset=DriftFilter,
        default_sort="-opened_at",
        label=_("Differences"),
        placeholder=_("Part of the name"),
        bulk="office/drift/bulk.html",
        empty="office/drift/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("differences")
    context: dict[str, Any] = {
        "groups": [
            {
                "what": field_label(group.field),
                "account": group.label,
                "number": group.number,
                "url": f"{reverse('office:drift')}?field={group.field}&account={group.account}",
            }
            for group in groups(undecided(office_drift(actor)))[:SHOWN_GROUPS]
        ],
        "renewed": undecided_renewals(office_self_renewals(actor)).count(),
        "bulk_form": form,
        "drift_form": form or DriftForm(),
        "crumbs": trail((_("Domains"), "domains")),
    }
    response = listing.render("office/drift/list.html", context)
    if form is not None:
        response.status_code = 422
    return response


def _decide(request: HttpRequest, form: DriftForm, rows: list[Drift], user: User) -> None:
    action, reason = form.cleaned_data["action"], form.cleaned_data["reason"]
    done, refused = 0, []
    for row in rows:
        why = ""
        if action == DriftForm.ACCEPT:
            done += actions.accept(row, user, reason)
        elif action == DriftForm.IGNORE:
            done += actions.ignore(row, user, form.cleaned_data["until"], reason)
        else:
            why = _put_back(row, user, reason)
            done += not why
        if why:
            refused.append(f"{row.domain}: {why}")
    _tell(request, action, done, len(rows) - done, refused)


def _put_back(row: Drift, user: User, reason: str) -> str:
    """Why it cannot be put back; "" when that is under way."""
    try:
        actions.push_back(row, user, reason)
    except CannotDo as refusal:
        return refusal.text
    except AlreadyOpen as already:
        return str(already)
    return ""


def _tell(request: HttpRequest, action: str, done: int, left: int, refused: list[str]) -> None:
    if done:
        text = {
            DriftForm.ACCEPT: ngettext("%(n)s item: accepted.", "%(n)s items: accepted.", done),
            DriftForm.PUSH_BACK: ngettext(
                "%(n)s item: being put back.", "%(n)s items: being put back.", done
            ),
            DriftForm.IGNORE: ngettext("%(n)s item: put aside.", "%(n)s items: put aside.", done),
        }[action]
        messages.success(request, text % {"n": done})
    if refused:
        more = " …" if len(refused) > SHOWN_REASONS else ""
        messages.warning(request, " ".join(refused[:SHOWN_REASONS]) + more)
    elif left:
        text = ngettext(
            "%(n)s item was left alone: it has changed meanwhile, or what it shows cannot be.",
            "%(n)s items were left alone: they have changed meanwhile, or what they show cannot be.",
            left,
        )
        messages.warning(request, text % {"n": left})


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def drift_rules(request: HttpRequest) -> HttpResponse:
    """The rules; a post makes a new one."""
    actor = actor_of(request)
    form = RuleForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        rule = form.save(commit=False)
        rule.made_by = actor.user
        rule.save()
        messages.success(request, _("The rule holds from the next pass on."))
        return redirect("office:drift-rules")
    context = {
        "form": form,
        "rules": list(office_rules(actor)),
        "crumbs": trail((_("Domains"), "domains"), (_("Differences"), "drift")),
    }
    return render(request, "office/drift/rules.html", context, status=422 if form.errors else 200)


@requires(Permission.STAFF)
@require_POST
def drift_rule_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule holds no more. What it decided stays."""
    rule = get_object_or_404(office_rules(actor_of(request)), pk=pk)
    rule.delete()
    messages.success(request, _("The rule is gone. What it decided stays."))
    return redirect("office:drift-rules")
