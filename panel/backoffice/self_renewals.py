"""Terms that registrars prolonged by themselves: whether their customers pay for them."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.trail import trail
from panel.billing import ledger
from panel.core.listing import Listing, chosen
from panel.core.tables import BadgeColumn, Column, DateColumn, DomainColumn, MoneyColumn, PageOf, Table
from panel.core.templatetags.formatting import format_money
from panel.domain.refusals import CannotDo, NoPrice
from panel.domain.self_renewal import deciding
from panel.domain.self_renewal.models import SelfRenewal
from panel.domain.self_renewal.queries import office_self_renewals, undecided
from panel.people.models import User

MOST_AT_ONCE = 200
SHOWN_REASONS = 3
Stand = SelfRenewal.State
LOOKS = {
    Stand.OPEN: ("warning", "circle-question-mark"),
    Stand.CHARGED: ("success", "circle-check"),
    Stand.WAIVED: ("neutral", "circle-minus"),
    Stand.OURS: ("neutral", "receipt"),
}
STATES = [
    *((value, label) for value, label in Stand.choices if value != Stand.OPEN),
    ("all", gettext_lazy("All")),
]


def stand_badge(row: SelfRenewal) -> tuple[str, str, str]:
    """What was decided: tone, word, icon."""
    tone, icon = LOOKS[Stand(row.state)]
    return tone, str(row.get_state_display()), icon


class SelfRenewalTable(Table):
    """Renewals by registrars."""

    name = DomainColumn(
        gettext_lazy("Name"), title=True, accessor="domain__name", sort="domain__name",
        link=PageOf("office:domain", "domain.name"),
    )  # fmt: skip
    customer = Column(gettext_lazy("Customer"), accessor="customer__name", sort="customer__name")
    expired_on = DateColumn(gettext_lazy("From"), sort="expired_on")
    expires_on = DateColumn(gettext_lazy("Until"), sort="expires_on")
    price = MoneyColumn(gettext_lazy("Price"))
    state = BadgeColumn(gettext_lazy("Decision"), badge=stand_badge)
    account = Column(gettext_lazy("Account"), accessor="domain__account__label", shown=False)
    created_at = DateColumn(gettext_lazy("Seen"), sort="pk", relative=True, shown=False)
    decision = Column(gettext_lazy("Decided by"), empty_values=(), shown=False)

    def render_decision(self, record: SelfRenewal) -> str:
        """Who or what, and why."""
        who = _("a rule") if record.rule is not None else str(record.decided_by or "")
        return ": ".join(part for part in (who, record.reason) if part) or "–"

    value_decision = render_decision


class SelfRenewalFilter(django_filters.FilterSet):
    """By name and decision. What waits for a person is what shows by itself."""

    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Decision"),
        empty_label=gettext_lazy("To be decided"),
        choices=STATES,
        method="by_state",
    )

    def filter_queryset(self, queryset: QuerySet[SelfRenewal]) -> QuerySet[SelfRenewal]:
        """The queryset under every valid filter."""
        rows: QuerySet[SelfRenewal] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else undecided(rows)

    def search(self, queryset: QuerySet[SelfRenewal], _name: str, value: str) -> QuerySet[SelfRenewal]:
        """A part of the name, as A-label or as people write it."""
        text = value.strip().lower()
        return queryset.filter(Q(domain__name__contains=text) | Q(domain__unicode_name__contains=text))

    def by_state(self, queryset: QuerySet[SelfRenewal], _name: str, value: str) -> QuerySet[SelfRenewal]:
        """One decision, or everything."""
        return queryset if value == "all" else queryset.filter(state=value)


class DecisionForm(forms.Form):
    """Whether to charge the chosen ones. What is given away needs a reason."""

    CHARGE, WAIVE = "charge", "waive"

    action = forms.ChoiceField(choices=[(name, name) for name in (CHARGE, WAIVE)])
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever gives it away says why."""
        cleaned = self.cleaned_data
        if cleaned.get("action") == self.WAIVE and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: the reason is kept with each item."))
        return cleaned


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def self_renewals(request: HttpRequest) -> HttpResponseBase:
    """Every one; what is posted charges the chosen ones, or does not."""
    actor = actor_of(request)
    form = DecisionForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        rows = list(chosen(request, office_self_renewals(actor)).order_by("pk")[:MOST_AT_ONCE])
        if rows:
            _decide(request, form, rows, actor.user)
        else:
            messages.warning(request, _("Nothing was selected."))
        return redirect(_back(request))
    listing = Listing(
        request, office_self_renewals(actor), table=SelfRenewalTable, filterset=SelfRenewalFilter,
        default_sort="-pk", label=_("Renewed by the registrar"), placeholder=_("Part of the name"),
        bulk="office/drift/renewed_bulk.html", empty="office/drift/renewed_empty.html",
    )  # fmt: skip
    if listing.wants_csv:
        return listing.csv("renewed-by-registrars")
    context = {
        "bulk_form": form,
        "crumbs": trail((_("Domains"), "domains"), (_("Differences"), "drift")),
    }
    response = listing.render("office/drift/renewed.html", context)
    if form is not None:
        response.status_code = 422
    return response


def _back(request: HttpRequest) -> str:
    """The list as it was, or the page of the one name that was decided."""
    name = request.POST.get("name", "")
    return reverse("office:domain", args=[name]) if name else request.get_full_path()


def _decide(request: HttpRequest, form: DecisionForm, rows: list[SelfRenewal], user: User) -> None:
    action, reason = form.cleaned_data["action"], form.cleaned_data["reason"]
    done, refused = 0, []
    for row in rows:
        if action == DecisionForm.WAIVE:
            done += deciding.waive(row, user, reason=reason)
        elif why := _charge(row, user, reason):
            refused.append(f"{row.domain}: {why}")
        else:
            done += 1
    if done:
        text = (
            ngettext("%(n)s renewal: charged.", "%(n)s renewals: charged.", done)
            if action == DecisionForm.CHARGE
            else ngettext("%(n)s renewal: not charged.", "%(n)s renewals: not charged.", done)
        )
        messages.success(request, text % {"n": done})
    if refused:
        more = " …" if len(refused) > SHOWN_REASONS else ""
        messages.warning(request, " ".join(refused[:SHOWN_REASONS]) + more)


def _charge(row: SelfRenewal, user: User, reason: str) -> str:
    """Why it was not charged; "" when it was."""
    try:
        if deciding.charge(row, user, reason=reason):
            return ""
    except ledger.NotEnoughMoney as short:
        missing = format_money(short.missing, short.currency)
        return _("the wallet lacks %(missing)s.") % {"missing": missing}
    except NoPrice:
        return _("there is no price: it is not sold by this brand, or would be sold below its cost.")
    except CannotDo as refusal:
        return refusal.text
    row.refresh_from_db()
    if row.state == Stand.OURS:
        return _("an order has paid for this term already.")
    return _("somebody has decided already.")
