"""What an account sells and what it costs: the list, and entering it by hand where the registrar tells nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.access.rules import Permission, actor_of, requires
from panel.account import handkept
from panel.account.catalogue_table import CatalogueFilter, CatalogueTable, catalogue_words
from panel.account.cost_forms import ExtensionCostForm
from panel.account.cost_list import UnreadableList, preview
from panel.account.models import Account
from panel.account.queries import office_accounts, office_tlds
from panel.backoffice.trail import trail
from panel.billing.rates import missing_rates
from panel.core.listing import Listing
from panel.domain.assignment import decode

MOST_BYTES = 1024 * 1024
SHOWN = 500
EXAMPLE = "io,34.90,34.90,34.90,1-10"


def _hand_kept(request: HttpRequest, public_id: str) -> Account:
    """The account, if its costs are entered by hand; costs that a registrar tells are not for people to change."""
    found = get_object_or_404(office_accounts(actor_of(request)), public_id=public_id)
    if not handkept.keeps_by_hand(found):
        raise Http404
    return found


def _crumbs(account: Account, *, inside: bool = True) -> list[dict[str, str]]:
    steps: list[tuple[str, str] | tuple[str, str, str]] = [
        (_("Accounts"), "accounts"),
        (account.label, "account", account.public_id),
    ]
    if inside:
        steps.append((_("Costs"), "catalogue", account.public_id))
    return trail(*steps)


@requires(Permission.STAFF)
def catalogue(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The extensions of an account with their costs."""
    actor = actor_of(request)
    found = get_object_or_404(office_accounts(actor), public_id=public_id)
    listing = Listing(
        request,
        office_tlds(actor).filter(account=found),
        table=CatalogueTable,
        filterset=CatalogueFilter,
        default_sort="tld",
        label=_("Costs"),
        placeholder=_("Extension"),
        empty="office/catalogue/empty.html",
    )
    if listing.wants_csv:
        return listing.csv(f"costs-{found.public_id}")
    context = {
        "account": found,
        "by_hand": handkept.keeps_by_hand(found),
        "words": catalogue_words(found),
        "missing_rates": [row for row in missing_rates() if row.source == found.currency],
        "crumbs": _crumbs(found, inside=False),
    }
    return listing.render("office/catalogue/list.html", context)


@requires(Permission.STAFF)
def catalogue_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """The costs of one more extension."""
    found = _hand_kept(request, public_id)
    return _edit(request, found, "")


@requires(Permission.STAFF)
def catalogue_extension(request: HttpRequest, public_id: str, tld_name: str) -> HttpResponse:
    """The costs of one extension; a post changes them, a post with `remove` drops them."""
    actor, found = actor_of(request), _hand_kept(request, public_id)
    get_object_or_404(office_tlds(actor).filter(account=found), name=tld_name)
    if request.method == "POST" and "remove" in request.POST:
        handkept.drop(found, tld_name, actor.user)
        messages.success(
            request,
            _(".%(tld)s is no longer sold through %(account)s.") % {"tld": tld_name, "account": found},
        )
        return redirect("office:catalogue", public_id)
    return _edit(request, found, tld_name)


def _edit(request: HttpRequest, account: Account, tld_name: str) -> HttpResponse:
    form = ExtensionCostForm(request.POST or None, account=account, tld_name=tld_name)
    if request.method == "POST" and form.is_valid():
        name = form.save(actor_of(request).user)
        messages.success(request, _("The costs of .%(tld)s are kept. Prices follow at once.") % {"tld": name})
        return redirect("office:catalogue", account.public_id)
    context = {"account": account, "form": form, "tld_name": tld_name, "crumbs": _crumbs(account)}
    return render(request, "office/catalogue/extension.html", context, status=422 if form.errors else 200)


@requires(Permission.STAFF)
def catalogue_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """A list of costs: a post shows what it would change, a post with `apply` keeps it. All lines or none."""
    found = _hand_kept(request, public_id)
    context: dict[str, object] = {
        "account": found,
        "crumbs": _crumbs(found),
        "text": "",
        "example": EXAMPLE,
        "sells_privacy": handkept.sells_privacy(found),
    }
    if request.method != "POST":
        return render(request, "office/catalogue/import.html", context)
    text, problem = _text(request)
    lines = []
    try:
        lines = preview(text, found) if not problem else []
    except UnreadableList as error:
        problem = str(error)
    bad = [line for line in lines if line.problem]
    if lines and not bad and "apply" in request.POST:
        entries = [line.entry for line in lines if line.entry is not None]
        number = handkept.keep(found, entries, actor_of(request).user)
        words = ngettext(
            "The costs of %(n)s extension are kept.", "The costs of %(n)s extensions are kept.", number
        )
        messages.success(request, words % {"n": number})
        return redirect("office:catalogue", public_id)
    # What must be corrected is shown first: it may be one line of thousands.
    ordered = sorted(lines, key=lambda line: not line.problem)
    context |= {"text": text, "problem": problem, "lines": ordered[:SHOWN], "bad": len(bad)}
    context |= {"good": len(lines) - len(bad), "hidden": max(len(lines) - SHOWN, 0)}
    status = 422 if problem or bad else 200
    return render(request, "office/catalogue/import.html", context, status=status)


def _text(request: HttpRequest) -> tuple[str, str]:
    upload = request.FILES.get("file")
    if upload is None:
        return request.POST.get("text", "")[:MOST_BYTES], ""
    if (upload.size or 0) > MOST_BYTES:
        return "", _("The file is larger than 1 MB.")
    return decode(upload.read()), ""
