"""Moving names here: pasted, checked, ordered, followed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.billing import ledger
from panel.contact.models import Contact
from panel.contact.queries import contacts_for
from panel.core.mark import mark_of
from panel.core.templatetags.formatting import format_money
from panel.domain.models import TransferBatch, to_unicode
from panel.domain.names import ImpossibleName, read_query
from panel.domain.transfer.batches import (
    BatchTooOften,
    NotReadable,
    batches_for,
    is_done,
    is_slow,
    recent_batches,
    start_batch,
    try_again,
    wake_if_due,
)
from panel.domain.transfer.form import NamesForm, TransferForm
from panel.domain.transfer.offers import Stand, TransferOffer, lines_of, offers_of, orderable, total_of
from panel.domain.transfer.orders import order_lines
from panel.domain.transfer.reading import seal, unseal

STOP_POLLING = 286
RECENT = 5
MOST_PROBLEMS = 20


@requires(Permission.CUSTOMER_WRITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Names and codes in one box; posting has them checked. Codes never come back to a page."""
    actor = actor_of(request)
    if request.method != "POST":
        form = NamesForm(initial={"names": _names_to_begin_with(request, actor)})
        return render(request, "transfers/new.html", _start(actor, form))
    form = NamesForm(request.POST)
    if not form.is_valid():
        form.show_again("", "", [])
        return render(request, "transfers/new.html", _start(actor, form), status=422)
    context = _context_of_seal(actor)
    try:
        batch = start_batch(actor, form.cleaned_data["names"], unseal(form.cleaned_data["kept"], context))
    except NotReadable as refusal:
        problems = refusal.reading.sentences or [_("Enter at least one name.")]
        if isinstance(refusal, BatchTooOften):
            problems = [_("That was a lot in one minute. Wait a moment, then go on.")]
        form.show_again(refusal.reading.text, seal(refusal.reading.codes, context), _first(problems))
        return render(request, "transfers/new.html", _start(actor, form), status=422)
    return redirect("transfer-batch", batch.public_id)


@requires(Permission.CUSTOMER_READ)
@never_cache
@require_safe
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is known so far of each name, then what is asked to order them, then how far they have come."""
    actor = actor_of(request)
    found = _batch(actor, public_id)
    context = _shown(actor, found)
    if not context["done"]:
        wake_if_due(found)
    target = request.htmx.target if request.htmx and not request.htmx.boosted else None  # type: ignore[attr-defined]
    if target not in ("batch", "batch-lines"):
        return render(request, "transfers/batch.html", {**context, **_asked(actor, found, context["ready"])})
    if request.GET.get("seen") == context["mark"]:
        return HttpResponse(status=204)
    if target == "batch-lines":
        status = 200 if context["following"] else STOP_POLLING
        return render(request, "transfers/batch.html#lines", context, status=status)
    context |= _asked(actor, found, context["ready"])
    return render(request, "transfers/batch.html#batch", context)


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def order(request: HttpRequest, public_id: str) -> HttpResponse:
    """Order what can be moved: each name with its money held, or left with the reason why not."""
    actor = actor_of(request)
    found = _batch(actor, public_id)
    context = _shown(actor, found)
    ready: list[TransferOffer] = context["ready"]
    if request.POST.get("step") == "refresh":
        chosen = contacts_for(actor).filter(public_id=request.POST.get("registrant", "")).first()
        form = TransferForm(ready, contacts_for(actor), proposed=chosen, draft=request.POST.dict())
        return render(
            request, "transfers/batch.html#details", {**context, **_asked(actor, found, ready, form)}
        )
    if not ready or not context["done"]:
        # A second click, or another tab was quicker: what became of it is on the page.
        return redirect("transfer-batch", found.public_id)
    form = TransferForm(ready, contacts_for(actor), data=request.POST)
    form.full_clean()
    _check_money(actor, ready, form)
    if form.errors:
        context |= _asked(actor, found, ready, form)
        return render(request, "transfers/batch.html", context, status=422)
    placed = order_lines(actor, found, ready, form)
    if placed.ordered:
        said = ngettext("%(n)s name is on its way.", "%(n)s names are on their way.", placed.ordered)
        messages.success(request, said % {"n": placed.ordered})
    return redirect("transfer-batch", found.public_id)


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check once more what got no answer, or a no."""
    found = _batch(actor_of(request), public_id)
    if not try_again(found):
        messages.info(request, _("There is nothing left to be checked."))
    return redirect("transfer-batch", found.public_id)


def _batch(actor: Actor, public_id: str) -> TransferBatch:
    return get_object_or_404(batches_for(actor), public_id=public_id)


def _context_of_seal(actor: Actor) -> str:
    """For whom codes are sealed: nobody else can send them in."""
    assert actor.customer is not None
    return f"{actor.customer.public_id}:{actor.user.public_id}"


def _start(actor: Actor, form: NamesForm) -> dict[str, Any]:
    crumbs = [{"label": _("Domains"), "url": reverse("domains")}]
    return {"form": form, "recent": recent_batches(actor, RECENT), "crumbs": crumbs}


def _first(problems: list[str]) -> list[str]:
    if len(problems) <= MOST_PROBLEMS:
        return problems
    rest = len(problems) - MOST_PROBLEMS
    more = ngettext("And %(n)s line more.", "And %(n)s lines more.", rest) % {"n": rest}
    return [*problems[:MOST_PROBLEMS], more]


def _names_to_begin_with(request: HttpRequest, actor: Actor) -> str:
    """Names without codes: one that is to be tried again, or those that are left of a batch."""
    if left := request.GET.get("again"):
        rows = _batch(actor, left).lines.filter(operation__isnull=True)
        return "\n".join(to_unicode(name) for name in rows.values_list("name", flat=True))
    try:
        wanted = read_query(request.GET.get("name", ""), set())
    except ImpossibleName:
        return ""
    return to_unicode(f"{wanted.label}.{wanted.tld_name}") if wanted.tld_name else ""


def _shown(actor: Actor, found: TransferBatch) -> dict[str, Any]:
    lines = list(lines_of(found))
    offers = offers_of(found, lines)
    counts = {stand: sum(offer.stand == stand for offer in offers) for stand in Stand}
    ready = orderable(offers)
    done = is_done(lines)
    return {
        "batch": found,
        "offers": offers,
        "ready": ready,
        "done": done,
        "slow": is_slow(found, lines),
        "answered": sum(not offer.is_open for offer in offers),
        "failed": counts[Stand.FAILED],
        "recheck": counts[Stand.FAILED] + counts[Stand.REFUSED],
        "unchecked": counts[Stand.UNCHECKED],
        "forgotten": counts[Stand.FORGOTTEN],
        "ordered": counts[Stand.ORDERED],
        "following": any(offer.is_coming for offer in offers),
        "currency": found.customer.currency,
        "mark": mark_of([offer.mark for offer in offers], is_slow(found, lines)),
        "crumbs": [
            {"label": _("Domains"), "url": reverse("domains")},
            {"label": _("Move names here"), "url": reverse("transfer")},
        ],
    }


def _asked(
    actor: Actor, found: TransferBatch, ready: list[TransferOffer], form: TransferForm | None = None
) -> dict[str, Any]:
    """The form, and what the wallet holds before and after."""
    contacts = contacts_for(actor)
    if form is None:
        form = TransferForm(ready, contacts, proposed=_proposed(actor, found)) if ready else None
    balance, total = ledger.balance(found.customer), total_of(ready)
    return {
        "form": form,
        "has_contacts": contacts.exists(),
        "total": total,
        "balance": balance,
        "balance_after": balance - total,
        "missing": max(total - ledger.available(found.customer), 0),
    }


def _proposed(actor: Actor, found: TransferBatch) -> Contact | None:
    """The contact that was made on the way here, or the only one that there is."""
    newest = list(contacts_for(actor).order_by("-pk")[:2])
    if newest and (len(newest) == 1 or newest[0].created_at > found.created_at):
        return newest[0]
    return None


def _check_money(actor: Actor, ready: list[TransferOffer], form: TransferForm) -> None:
    """Nothing is ordered at another price than was shown, nor begun without the money for all of it."""
    assert actor.customer is not None
    total, currency = total_of(ready), actor.customer.currency
    missing = total - ledger.available(actor.customer)
    if str(total) != form.data.get("total"):
        # What is shown from here on is what counts when it is sent again.
        form.data = {**form.data, "total": str(total)}
        form.add_error(None, _("What is ordered costs %(total)s now. Look once more, then decide.") % {
            "total": format_money(total, currency)
        })  # fmt: skip
    elif missing > 0:
        text = _("Your wallet lacks %(missing)s for this. Top it up, then order.")
        form.add_error(None, text % {"missing": format_money(missing, currency)})
