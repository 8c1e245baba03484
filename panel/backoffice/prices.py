"""Catalogue and margins: what names cost, what each brand asks for them, and where that would be a loss."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.access.rules import Permission, actor_of, requires
from panel.account.models import Action, Cost
from panel.backoffice.queries import office_brands
from panel.backoffice.trail import trail
from panel.billing import prices as pricing
from panel.billing.forms import OfficeRuleForm, PriceListForm
from panel.billing.models import PriceRule
from panel.billing.pricing import PriceBook, Quote, price_list_of
from panel.billing.rates import missing_rates
from panel.brand.models import Brand
from panel.core.listing import Listing
from panel.core.tables import BadgeColumn, Column, LinkColumn, PartColumn, Table
from panel.core.templatetags.formatting import format_money, to_ulabel
from registrar.market import convert


class PriceTable(Table):
    """Costs with their retail prices. See `price_table`."""

    tld = LinkColumn(
        gettext_lazy("Extension"),
        accessor="dotted",
        title=True,
        sort="tld__name",
        link=lambda row: row.page,
    )
    action = Column(gettext_lazy("Action"), accessor="get_action_display")
    cost = Column(gettext_lazy("Cost"), accessor="local", sort="local", numeric=True)
    price = Column(gettext_lazy("Price"), numeric=True, empty_values=())
    margin = Column(gettext_lazy("Margin"), numeric=True, empty_values=())
    share = Column(gettext_lazy("Margin, %"), numeric=True, empty_values=())
    state = BadgeColumn(gettext_lazy("State"), badge=lambda row: row.badge)
    promotion = PartColumn("office/prices/promotion.html", gettext_lazy("Promotion"), accessor="pk")
    account = Column(gettext_lazy("Account"), accessor="tld__account__label")
    asked = Column(gettext_lazy("The account asks"), accessor="amount", numeric=True, shown=False)

    def render_cost(self, record: Any) -> Any:
        shown = format_money(record.local, record.listed_in)
        if record.currency == record.listed_in:
            return shown
        return format_html(
            '{}<br><span class="small muted">{}</span>', shown, format_money(record.amount, record.currency)
        )

    def render_asked(self, record: Cost) -> str:
        return format_money(record.amount, record.currency)

    def render_price(self, record: Any) -> str:
        return format_money(record.quote.price, record.listed_in) if record.quote else "–"

    def render_margin(self, record: Any) -> str:
        return format_money(pricing.margin(record.quote)[0], record.listed_in) if record.quote else "–"

    def render_share(self, record: Any) -> str:
        share = pricing.margin(record.quote)[1] if record.quote else None
        return f"{number_format(share, 1)}\u00a0%" if share is not None else "–"

    def value_price(self, record: Any) -> Decimal | str:
        return record.quote.price if record.quote else ""


class PriceFilter(django_filters.FilterSet):
    """Costs by extension, action, and whether there is an own rule."""

    q = django_filters.CharFilter(method="search")
    action = django_filters.ChoiceFilter(
        label=gettext_lazy("Action"), empty_label=gettext_lazy("All actions"), choices=Action.choices
    )

    def search(self, queryset: QuerySet[Cost], name: str, value: str) -> QuerySet[Cost]:
        """Extensions with these letters."""
        return queryset.filter(tld__name__contains=value.strip().lower().lstrip("."))


def price_table(book: PriceBook) -> type[PriceTable]:
    """The table of a brand: its rows carry their quote, badge, promotion and page."""
    promotions = pricing.running_promotions()

    def prepared(cost: Any) -> Any:
        name = cost.tld.name
        cost.quote = book.quote(name, cost.action)
        cost.listed_in = book.price_list.currency
        cost.local = convert(cost.amount, book.market.rates[cost.currency])
        cost.badge = price_badge(cost.quote, book, name, cost.action)
        cost.promotion = promotions.get((cost.tld.account_id, name, cost.action))
        cost.dotted = f".{to_ulabel(name)}"
        cost.page = reverse("office:price", args=[book.brand.slug, name])
        return cost

    class BrandPriceTable(PriceTable):
        def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
            super().__init__([prepared(row) for row in data], *args, **kwargs)

    return BrandPriceTable


def price_badge(quote: Quote | None, book: PriceBook, tld_name: str, action: str) -> tuple[str, str, str]:
    """Whether an extension is sold at a gain: tone, word, icon."""
    if quote is None:
        return "neutral", _("Not sold"), "ban"
    if not quote.sellable:
        return "danger", _("Below cost: not sold"), "trending-down"
    if quote.price < quote.cost:
        return "warning", _("Below cost, agreed"), "trending-down"
    if (tld_name, "") in book.rules or (tld_name, action) in book.rules:
        return "info", _("Own rule"), "tag"
    return "success", _("As the list"), "check"


@requires(Permission.STAFF)
def prices(request: HttpRequest, brand: str = "") -> HttpResponseBase:
    """A brand's margins, and every extension with cost and price. A post changes the margins."""
    brands = list(office_brands(actor_of(request)))
    found = next((row for row in brands if not brand or row.slug == brand), None)
    if found is None:
        raise Http404
    book = PriceBook(found)
    price_list = book.price_list
    # An instance of its own: what was typed must not be taken for the prices in force.
    form = PriceListForm(request.POST or None, instance=price_list_of(found))
    if request.method == "POST" and form.is_valid() and form.apply(actor_of(request).user):
        messages.success(request, _("The margins are set. Prices follow at once."))
        return redirect("office:brand-prices", found.slug)
    listing = Listing(
        request,
        pricing.chosen_costs(book),
        table=price_table(book),
        filterset=PriceFilter,
        default_sort="tld",
        label=_("Prices"),
        placeholder=_("Extension"),
        empty="office/prices/empty.html",
    )
    if listing.wants_csv:
        return listing.csv(f"prices-{found.slug}")
    context = {"brands": brands, "current": found, "price_list": price_list, "form": form}
    context["missing_rates"] = [row for row in missing_rates() if row.target == price_list.currency]
    context["losses"] = form.losses if request.method == "POST" else []
    response = listing.render("office/prices/list.html", context)
    if request.method == "POST":
        response.status_code = 422
    return response


@requires(Permission.STAFF)
def extension(request: HttpRequest, brand: str, tld_name: str) -> HttpResponse:
    """The rules of a brand for one extension. A post writes or removes one."""
    actor = actor_of(request)
    found = get_object_or_404(office_brands(actor), slug=brand)
    book = PriceBook(found)
    price_list = book.price_list
    rules = list(price_list.rules.filter(tld_name=tld_name).select_related("below_cost_approved_by"))
    if not rules and not any(book.account_for(tld_name, action) for action in Action):
        raise Http404
    action = request.GET.get("action", "")
    rule = next((row for row in rules if row.action == action), None)
    form = OfficeRuleForm(request.POST or None, initial=OfficeRuleForm.initial_from(rule, action))
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, rules, found, tld_name)
    if request.method == "POST" and form.is_valid() and form.apply(price_list, tld_name, actor.user):
        messages.success(request, _("The rule is set."))
        return redirect("office:price", found.slug, tld_name)
    context = {
        "current": found,
        "tld_name": tld_name,
        "rules": rules,
        "form": form,
        "rows": [_row(book, tld_name, choice) for choice in Action],
        "losses": form.losses,
        "crumbs": trail((_("Prices"), "prices"), (str(found), "brand-prices", found.slug)),
    }
    return render(request, "office/prices/extension.html", context, status=422 if form.errors else 200)


def _row(book: PriceBook, tld_name: str, action: Action) -> dict[str, Any]:
    quote = book.quote(tld_name, action)
    earned, share = pricing.margin(quote) if quote else (None, None)
    badge = price_badge(quote, book, tld_name, action)
    return {"action": action.label, "quote": quote, "margin": earned, "share": share, "badge": badge}


def _remove(request: HttpRequest, rules: list[PriceRule], brand: Brand, tld_name: str) -> HttpResponse:
    rule = next((row for row in rules if str(row.pk) == request.POST["remove"]), None)
    if rule is None:
        raise Http404
    approver = actor_of(request).user if request.POST.get("approve") else None
    try:
        pricing.remove_rule(rule, approver)
    except pricing.Loss as refusal:
        messages.error(
            request, _("Without the rule this would sell below cost: %(what)s") % {"what": refusal}
        )
    else:
        messages.success(request, _("The extension follows the list again."))
    return redirect("office:price", brand.slug, tld_name)
