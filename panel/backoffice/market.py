"""The market: every account's costs for an extension side by side, who would be used and why, and what staff wish."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.account import market, preferences
from panel.account.families import family_label
from panel.account.market import CostRow, Market
from panel.account.market_words import obstacle_words, why_words
from panel.account.models import MAIN_ACTIONS, Account, Action, Preference, Tld
from panel.account.queries import office_extensions
from panel.backoffice.queries import office_brands
from panel.backoffice.trail import trail
from panel.billing.pricing import price_list_of
from panel.billing.rates import Rates, missing_rates
from panel.core.listing import Listing
from panel.core.tables import Column, LinkColumn, PageOf, Table
from panel.core.templatetags.formatting import format_money, to_ulabel
from registrar.market import Offer, Stance


class MarketTable(Table):
    """Extensions with the account that would be used. See `market_table`."""

    tld = LinkColumn(
        gettext_lazy("Extension"),
        accessor="dotted",
        title=True,
        sort="name",
        link=PageOf("office:market-extension", "name"),
    )
    account = Column(gettext_lazy("Registered at"), accessor="chosen", empty_values=())
    cost = Column(gettext_lazy("Cost"), accessor="cost", numeric=True)
    why = Column(gettext_lazy("Why"), accessor="why")
    sellers = Column(gettext_lazy("Accounts with a cost"), accessor="sellers", numeric=True)

    def render_account(self, record: Any) -> Any:
        if record.chosen is None:
            return format_html('<span class="muted">{}</span>', _("Nobody"))
        return record.chosen.label

    def value_account(self, record: Any) -> str:
        return record.chosen.label if record.chosen else ""


class MarketFilter(django_filters.FilterSet):
    """Extensions by letters, wishes and how many accounts sell them."""

    q = django_filters.CharFilter(method="search")
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        empty_label=gettext_lazy("All extensions"),
        choices=[
            ("wished", gettext_lazy("With a preference")),
            ("several", gettext_lazy("With several accounts")),
        ],
        method="narrow",
    )

    def search(self, queryset: QuerySet[Tld], name: str, value: str) -> QuerySet[Tld]:
        """Extensions with these letters."""
        return queryset.filter(name__contains=value.strip().lower().lstrip("."))

    def narrow(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that staff wished something for, or that several accounts sell."""
        return queryset.filter(wished=True) if value == "wished" else queryset.filter(sellers__gt=1)


def market_table(known: Market, currency: str) -> type[MarketTable]:
    """The table of extensions: its rows carry who would register them, at what cost, and why."""

    def prepared(row: Any) -> Any:
        ranking = known.ranking(row.name, Action.CREATE)
        best = ranking.best
        row.dotted = f".{to_ulabel(row.name)}"
        row.chosen = known.accounts[best.account] if best else None
        row.cost = format_money(best.price, currency) if best else "–"
        row.why = why_words(ranking.why)
        return row

    class KnownMarketTable(MarketTable):
        def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
            super().__init__([prepared(row) for row in data], *args, **kwargs)

    return KnownMarketTable


@requires(Permission.STAFF)
def market_list(request: HttpRequest) -> HttpResponseBase:
    """Every extension, with the account that would register it now."""
    actor = actor_of(request)
    currency = _currency(actor)
    listing = Listing(
        request,
        office_extensions(actor),
        table=market_table(market.read(Rates(currency)), currency),
        filterset=MarketFilter,
        default_sort="tld",
        label=_("Extensions"),
        placeholder=_("Extension"),
        empty="office/prices/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("market")
    missing = [row for row in missing_rates() if row.target == currency]
    return listing.render("office/market/list.html", {"missing_rates": missing, "crumbs": _crumbs()})


def _currency(actor: Actor) -> str:
    """Offers are compared in the currency of the operator's own prices."""
    return price_list_of(office_brands(actor)[0]).currency


def _crumbs() -> list[dict[str, str]]:
    return trail((_("Prices"), "prices"))


@dataclass(frozen=True, slots=True)
class Price:
    """What an action costs at an account, its own and converted; `is_used` where it would be bought now."""

    row: CostRow | None
    converted: Decimal | None
    is_used: bool


@dataclass(frozen=True, slots=True)
class Stall:
    """An account on the market of one extension."""

    account: Account
    family: str
    prices: list[Price]
    obstacles: list[str]
    is_used: bool
    stance: str


@requires(Permission.STAFF)
def market_extension(request: HttpRequest, tld_name: str) -> HttpResponse:
    """One extension at every account. A post sets what staff wish."""
    actor = actor_of(request)
    found = get_object_or_404(office_extensions(actor), name=tld_name)
    currency = _currency(actor)
    known = market.read(Rates(currency), [found.name])
    problem = ""
    if request.method == "POST":
        try:
            preferences.wish(found.name, _wished(request, known), actor.user)
        except preferences.TwoPreferred:
            problem = _("Prefer one account at most: the others follow by price.")
        else:
            messages.success(request, _("Kept. New orders go that way from now on."))
            return redirect("office:market-extension", found.name)
    context = {
        "tld_name": found.name,
        "currency": currency,
        "stalls": _stalls(known, found.name, _wished(request, known) if problem else {}),
        "verdicts": [_verdict(known, found.name, action) for action in MAIN_ACTIONS],
        "stances": [
            ("", _("As the price says")),
            *Preference.Stance.choices,
        ],
        "problem": problem,
        "missing_rates": [row for row in missing_rates() if row.target == currency],
        "crumbs": [*_crumbs(), *trail((_("Market"), "market"))],
    }
    return render(request, "office/market/extension.html", context, status=422 if problem else 200)


def _wished(request: HttpRequest, known: Market) -> dict[int, Stance]:
    """What was chosen for each account; anything else than a stance is none."""
    stances = {stance.value for stance in Stance}
    chosen = {
        key: request.POST.get(f"stance-{account.public_id}", "") for key, account in known.accounts.items()
    }
    return {key: Stance(value if value in stances else "") for key, value in chosen.items()}


def _verdict(known: Market, tld_name: str, action: Action) -> dict[str, Any]:
    """Who would do an action, and why."""
    ranking = known.ranking(tld_name, action)
    best = ranking.best
    follows = action == Action.RENEW and known.ranking(tld_name, Action.CREATE).best is not None
    return {
        "action": action.label,
        "account": known.accounts[best.account] if best else None,
        "why": _("Names are renewed where they are.") if follows else why_words(ranking.why),
    }


def _stalls(known: Market, tld_name: str, chosen: dict[int, Stance]) -> list[Stall]:
    """Every account, those that would be used first."""
    ranking = known.ranking(tld_name, Action.CREATE)
    in_the_way = {out.offer.account: out.obstacles for out in ranking.left_out}
    order = [*ranking.offers, *(out.offer for out in ranking.left_out)]
    stalls = []
    for offer in order:
        account = known.accounts[offer.account]
        stalls.append(
            Stall(
                account=account,
                family=family_label(account.family),
                prices=[_price(known, account, tld_name, action) for action in MAIN_ACTIONS],
                obstacles=[obstacle_words(obstacle) for obstacle in in_the_way.get(account.pk, ())],
                is_used=ranking.best is not None and ranking.best.account == account.pk,
                stance=chosen.get(account.pk, offer.stance).value,
            )
        )
    return stalls


def _price(known: Market, account: Account, tld_name: str, action: Action) -> Price:
    best: Offer | None = known.ranking(tld_name, action).best
    own = next(offer for offer in known.offers(tld_name, action) if offer.account == account.pk)
    used = best is not None and best.account == account.pk
    return Price(known.cost(account.pk, tld_name, action), own.price, used)
