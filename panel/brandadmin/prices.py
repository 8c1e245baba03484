"""What the brand's customers pay: the margins, and the prices that come of them. Costs are never shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panel.access.rules import Permission, actor_of, requires
from panel.account.models import MAIN_ACTIONS
from panel.billing.margin_forms import MarginsForm, RuleForm
from panel.billing.pricing import PriceBook, Quote


@dataclass(frozen=True, slots=True)
class PriceRow:
    """The prices of one extension for a year; None where it is not offered."""

    tld_name: str
    create: Quote | None
    renew: Quote | None
    transfer: Quote | None
    is_special: bool

    @property
    def on_sale(self) -> bool:
        """True when a customer can buy it."""
        return self.create is not None and self.create.sellable


@requires(Permission.BRAND)
@require_http_methods(["GET", "HEAD", "POST"])
def price_list(request: HttpRequest) -> HttpResponse:
    """The list's margins and every extension's prices."""
    brand = actor_of(request).brand
    book = PriceBook(brand)
    form = MarginsForm(request.POST or None, price_list=book.price_list)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, _("The new prices hold from now on."))
        return redirect("brandadmin:prices")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "rows": rows_of(PriceBook(brand)), "currency": book.price_list.currency}
    return render(request, "brandadmin/prices.html", context, status=status)


@requires(Permission.BRAND)
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: HttpRequest, tld_name: str) -> HttpResponse:
    """What is different for one extension."""
    brand = actor_of(request).brand
    book = PriceBook(brand)
    if tld_name not in offered(book):
        raise Http404
    form = RuleForm(request.POST or None, price_list=book.price_list, tld_name=tld_name)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, _("The prices of .%(tld)s hold from now on.") % {"tld": tld_name})
        return redirect("brandadmin:prices")
    row = row_of(PriceBook(brand), tld_name)
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "brandadmin/price.html",
        {"form": form, "row": row, "tld_name": tld_name, "currency": book.price_list.currency},
        status=status,
    )


def offered(book: PriceBook) -> list[str]:
    """Extensions that the operator offers, also those that the brand chose not to sell."""
    unsold = {
        rule.tld_name for rule in book.rules.values() if not rule.is_sold and book.account_for(rule.tld_name)
    }
    return sorted({*book.tlds(), *unsold})


def rows_of(book: PriceBook) -> list[PriceRow]:
    """A row for each extension on offer."""
    return [row_of(book, tld_name) for tld_name in offered(book)]


def row_of(book: PriceBook, tld_name: str) -> PriceRow:
    """The prices of one extension."""
    create, renew, transfer = (book.quote(tld_name, action) for action in MAIN_ACTIONS)
    special = any(tld == tld_name for tld, _action in book.rules)
    return PriceRow(tld_name, create, renew, transfer, special)
