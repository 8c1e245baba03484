"""The overview: what needs a person first, then figures, the week, and the latest orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.access.actor import Actor
from panel.access.queries import office_customers
from panel.access.rules import Permission, actor_of, requires
from panel.account.models import AccountState
from panel.account.queries import (
    failed_syncs,
    failing_accounts,
    low_accounts,
    paused_accounts_with_work,
    resting_accounts,
)
from panel.backoffice.queries import held_in_total, office_brands
from panel.backoffice.renewals import missing_money
from panel.backoffice.tables import operation_badge
from panel.billing import prices
from panel.billing.pricing import price_list_of
from panel.billing.queries import office_orders
from panel.billing.rates import missing_rates
from panel.core.templatetags.formatting import format_money
from panel.domain.drift.queries import office_drift, undecided
from panel.domain.queries import expiring, office_domains
from panel.domain.renewal.due import DEFAULT_SPAN
from panel.domain.self_renewal.queries import office_self_renewals
from panel.domain.self_renewal.queries import undecided as undecided_renewals
from panel.operation import health, job_words
from panel.operation.queries import office_operations, still_open
from panel.operation.states import State, WaitingFor

DAYS = 7
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for a person."""

    tone: str
    icon: str
    title: str
    text: str
    url: str


@requires(Permission.STAFF)
def dashboard(request: HttpRequest) -> HttpResponse:
    """The first page of the staff."""
    actor = actor_of(request)
    stuck = (
        office_operations(actor).filter(state__in=[State.ATTENTION, State.UNKNOWN]).order_by("state", "pk")
    )
    context = {
        "needs": needs(actor),
        "stuck": [{"row": row, "badge": operation_badge(row)} for row in stuck[:SHOWN]],
        "figures": figures(actor),
        "week": week(actor),
        "week_series": [_("Succeeded"), _("Cancelled"), _("Failed")],
        "orders": list(
            office_orders(actor).select_related("customer__brand").prefetch_related("lines")[:SHOWN]
        ),
    }
    return render(request, "office/dashboard.html", context)


def needs(actor: Actor) -> list[Need]:
    """What waits for a person, most pressing first."""
    return [
        *_machine(),
        *_operations(actor),
        *_unfunded(actor),
        *(Need("warning", "calendar-clock", *words) for words in missing_money(actor)),
        *_accounts(),
        *_syncs(),
        *_prices(actor),
        *_rates(),
        *_domains(actor),
    ]


def _machine() -> list[Need]:
    """The clock, the workers or too few of them: while that lasts, nothing else goes on."""
    if health.silence() is not None:
        title = _("The clock or the workers stand still")
    elif health.late_lines():
        title = _("Operations wait too long for a worker")
    elif late := health.late_jobs():
        text = ", ".join(job_words.label(job.name) for job in late)
        return [Need("warning", "heart-pulse", _("Periodic work is late"), text, reverse("office:health"))]
    else:
        return []
    text = _("See what is due and what ran last.")
    return [Need("danger", "heart-pulse", title, text, reverse("office:health"))]


def _operations(actor: Actor) -> list[Need]:
    counts = office_operations(actor).aggregate(
        attention=Count("pk", filter=Q(state=State.ATTENTION)),
        unknown=Count("pk", filter=Q(state=State.UNKNOWN)),
    )
    inbox = reverse("office:operations")
    found = []
    if number := counts["attention"]:
        title = ngettext(
            "%(n)s operation waits for your decision", "%(n)s operations wait for your decision", number
        )
        text = _("Look at the registrar, then say whether it happened.")
        groups = reverse("office:operations-inbox")
        found.append(Need("danger", "user-search", title % {"n": number}, text, groups))
    if number := counts["unknown"]:
        title = ngettext("%(n)s outcome is being checked", "%(n)s outcomes are being checked", number)
        text = _("The panel looks by itself; nothing is sent again on a guess.")
        found.append(Need("warning", "scan-search", title % {"n": number}, text, f"{inbox}?state=unknown"))
    return found


def _unfunded(actor: Actor) -> list[Need]:
    """Accounts whose registrar has refused for want of money, whatever balance was read last."""
    parked = still_open(office_operations(actor)).filter(waiting_for=WaitingFor.FUNDS).order_by()
    rows = parked.values("account_id", "account__label").annotate(number=Count("pk"))
    inbox = reverse("office:operations")
    return [
        Need(
            "danger",
            "wallet",
            ngettext(
                "%(n)s operation waits for money at %(account)s",
                "%(n)s operations wait for money at %(account)s",
                row["number"],
            )
            % {"n": row["number"], "account": row["account__label"]},
            _("Top the account up: everything that waits goes on by itself."),
            f"{inbox}?waiting_for={WaitingFor.FUNDS}&account={row['account_id']}",
        )
        for row in rows.order_by("account__label")
    ]


def _accounts() -> list[Need]:
    found = []
    for account in failing_accounts():
        stopped = account.state == AccountState.STOPPED
        title = _("%(account)s is stopped") if stopped else _("%(account)s does not answer")
        url = reverse("office:account", args=[account.public_id])
        text = account.state_note or account.last_failure
        tone, icon = ("danger", "plug-zap") if stopped else ("warning", "cloud-off")
        found.append(Need(tone, icon, title % {"account": account}, text, url))
    for account in resting_accounts():
        title = _("%(account)s rests for a while") % {"account": account}
        url = reverse("office:account", args=[account.public_id])
        found.append(Need("warning", "timer", title, account.last_failure, url))
    for account in paused_accounts_with_work():
        title = _("%(account)s is paused while orders wait") % {"account": account}
        text = _("Nothing is sent through it until it is resumed.")
        found.append(
            Need("warning", "circle-pause", title, text, reverse("office:account", args=[account.public_id]))
        )
    for account in low_accounts():
        title = _("%(account)s: the balance is low") % {"account": account}
        text = _("%(balance)s left, warning below %(limit)s. Orders wait when it is used up.") % {
            "balance": format_money(account.balance, account.currency),
            "limit": format_money(account.warn_below, account.currency),
        }
        found.append(
            Need("warning", "wallet", title, text, reverse("office:account", args=[account.public_id]))
        )
    return found


def _syncs() -> list[Need]:
    return [
        Need(
            "warning",
            "refresh-cw-off",
            _("%(account)s: %(what)s could not be read")
            % {"account": run.account, "what": run.get_kind_display()},
            run.words,
            reverse("office:account", args=[run.account.public_id]),
        )
        for run in failed_syncs()
    ]


def _prices(actor: Actor) -> list[Need]:
    found = []
    for brand in office_brands(actor):
        lost = sorted({tld for tld, _action in prices.losses(price_list_of(brand))})
        if lost:
            title = ngettext(
                "%(brand)s: %(n)s extension would sell below cost",
                "%(brand)s: %(n)s extensions would sell below cost",
                len(lost),
            ) % {"brand": brand, "n": len(lost)}
            names = ", ".join(f".{name}" for name in lost[:6])
            text = _("Not sold until the margins change or you agree: %(names)s") % {"names": names}
            url = reverse("office:brand-prices", args=[brand.slug])
            found.append(Need("warning", "trending-down", title, text, url))
    return found


def _rates() -> list[Need]:
    return [
        Need(
            "warning",
            "coins",
            _("No exchange rate from %(source)s to %(target)s")
            % {"source": row.source, "target": row.target},
            ngettext(
                "%(n)s extension is not sold at its cost in %(source)s.",
                "%(n)s extensions are not sold at their costs in %(source)s.",
                row.extensions,
            )
            % {"n": row.extensions, "source": row.source},
            f"{reverse('office:rates')}?source={row.source}&target={row.target}",
        )
        for row in missing_rates()
    ]


def _domains(actor: Actor) -> list[Need]:
    counts = office_domains(actor).aggregate(
        homeless=Count("pk", filter=Q(customer=None)),
        missing=Count("pk", filter=Q(missing_since__isnull=False)),
    )
    listing = reverse("office:domains")
    found = []
    if number := undecided(office_drift(actor)).count():
        title = ngettext(
            "%(n)s thing is not as agreed at a registrar",
            "%(n)s things are not as agreed at a registrar",
            number,
        )
        text = _("Somebody changed it there. Accept it, put it back, or leave it for a while.")
        found.append(Need("warning", "git-compare", title % {"n": number}, text, reverse("office:drift")))
    if number := undecided_renewals(office_self_renewals(actor)).count():
        title = ngettext(
            "%(n)s name was renewed by its registrar",
            "%(n)s names were renewed by their registrar",
            number,
        )
        text = _("Nobody has ordered it. Say whether the customer pays.")
        found.append(
            Need("warning", "calendar-plus", title % {"n": number}, text, reverse("office:self-renewals"))
        )
    if number := counts["missing"]:
        title = ngettext(
            "%(n)s name is not in its registrar's list",
            "%(n)s names are not in their registrar's list",
            number,
        )
        text = _("It may have moved away or been deleted there. Nothing was deleted here.")
        found.append(Need("warning", "unplug", title % {"n": number}, text, f"{listing}?status=missing"))
    if number := counts["homeless"]:
        title = ngettext("%(n)s name has no customer", "%(n)s names have no customer", number)
        text = _("Assign them to their customers: one by one, in bulk or by a list.")
        found.append(Need("info", "globe", title % {"n": number}, text, f"{listing}?customer=null"))
    return found


def figures(actor: Actor) -> dict[str, Any]:
    """The counts under the needs."""
    today = timezone.localdate()
    orders = office_orders(actor).filter(created_at__date=today).aggregate(number=Count("pk"))
    return {
        "domains": office_domains(actor).count(),
        "expiring": expiring(office_domains(actor), DEFAULT_SPAN).count(),
        "customers": office_customers(actor).count(),
        "open": still_open(office_operations(actor)).count(),
        "held": [format_money(amount, currency) for currency, amount in held_in_total(actor)],
        "orders": orders["number"],
        "order_totals": [
            format_money(row["total"], row["currency"])
            for row in office_orders(actor)
            .order_by()
            .filter(created_at__date=today)
            .values("currency")
            .annotate(total=Sum("total"))
        ],
    }


def week(actor: Actor) -> list[tuple[str, tuple[int, int, int]]]:
    """Operations that ended on each of the last seven days: succeeded, cancelled, failed."""
    today = timezone.localdate()
    first = today - timedelta(days=DAYS - 1)
    rows = (
        office_operations(actor)
        .order_by()
        .filter(finished_at__date__gte=first)
        .annotate(day=TruncDate("finished_at"))
        .values("day")
        .annotate(
            good=Count("pk", filter=Q(state=State.SUCCEEDED)),
            cancelled=Count("pk", filter=Q(state=State.CANCELLED)),
            bad=Count("pk", filter=Q(state=State.FAILED)),
        )
    )
    by_day = {row["day"]: (row["good"], row["cancelled"], row["bad"]) for row in rows}
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return [(formats.date_format(day, "D j"), by_day.get(day, (0, 0, 0))) for day in days]
