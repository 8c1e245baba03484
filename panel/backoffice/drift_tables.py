"""The list of drift, its filters and the forms about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.access.rules import actor_of
from panel.account.queries import office_accounts
from panel.core.tables import EMPTY, BadgeColumn, Column, DateColumn, DomainColumn, PageOf, Table
from panel.domain.drift.models import Drift, DriftField, DriftRule
from panel.domain.drift.queries import undecided
from panel.domain.drift.words import decision_text, drift_badge, field_label, value_text

LONGEST_DAYS = 366
STATES = [
    ("ignored", gettext_lazy("Ignored for a while")),
    ("closed", gettext_lazy("Decided")),
    ("all", gettext_lazy("All")),
]


class DriftTable(Table):
    """Items of drift."""

    name = DomainColumn(
        gettext_lazy("Name"),
        title=True,
        accessor="domain__name",
        sort="domain__name",
        link=PageOf("office:domain", "domain.name"),
    )
    field = Column(gettext_lazy("What"), sort="field")
    agreed = Column(gettext_lazy("Agreed"), empty_values=())
    observed = Column(gettext_lazy("The registrar shows"), empty_values=())
    state = BadgeColumn(gettext_lazy("State"), badge=drift_badge)
    customer = Column(gettext_lazy("Customer"), accessor="domain__customer__name", shown=False)
    account = Column(gettext_lazy("Account"), accessor="domain__account__label", shown=False)
    opened_at = DateColumn(gettext_lazy("Since"), sort="opened_at")
    decision = Column(gettext_lazy("Decided by"), empty_values=(), shown=False)
    decided_at = DateColumn(gettext_lazy("Decided"), sort="decided_at", relative=True, shown=False)

    def render_field(self, record: Drift) -> str:
        return field_label(record.field)

    value_field = render_field

    def render_agreed(self, record: Drift) -> str:
        return value_text(record.field, record.agreed) or EMPTY

    value_agreed = render_agreed

    def render_observed(self, record: Drift) -> str:
        return value_text(record.field, record.observed) or EMPTY

    value_observed = render_observed

    def render_decision(self, record: Drift) -> str:
        return decision_text(record) or EMPTY

    value_decision = render_decision


class DriftFilter(django_filters.FilterSet):
    """Drift by name, state, field and account. What waits for a person is what shows by itself."""

    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), empty_label=gettext_lazy("Open"), choices=STATES, method="by_state"
    )
    field = django_filters.ChoiceFilter(
        label=gettext_lazy("What"), empty_label=gettext_lazy("Everything"), choices=DriftField.choices
    )
    account = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Account"),
        empty_label=gettext_lazy("All accounts"),
        field_name="domain__account",
        queryset=lambda request: office_accounts(actor_of(request)),
    )

    def filter_queryset(self, queryset: QuerySet[Drift]) -> QuerySet[Drift]:
        """The queryset under every valid filter."""
        rows: QuerySet[Drift] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else undecided(rows)

    def search(self, queryset: QuerySet[Drift], name: str, value: str) -> QuerySet[Drift]:
        """A part of the name, as A-label or as people write it."""
        text = value.strip().lower()
        return queryset.filter(Q(domain__name__contains=text) | Q(domain__unicode_name__contains=text))

    def by_state(self, queryset: QuerySet[Drift], name: str, value: str) -> QuerySet[Drift]:
        """Put aside, over, or everything."""
        return queryset if value == "all" else queryset.filter(state=value)


class DriftForm(forms.Form):
    """What to do about the chosen items. What hides something needs a reason."""

    ACCEPT, PUSH_BACK, IGNORE = "accept", "push-back", "ignore"

    action = forms.ChoiceField(choices=[(name, name) for name in (ACCEPT, PUSH_BACK, IGNORE)])
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)
    until = forms.DateField(
        label=gettext_lazy("Ignore until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        """Ignoring ends on a day to come, and says why."""
        cleaned = self.cleaned_data
        if cleaned.get("action") != self.IGNORE:
            return cleaned
        if not cleaned.get("reason"):
            self.add_error("reason", _("Say why: the reason is kept with each item."))
        today, until = timezone.localdate(), cleaned.get("until")
        if "until" not in self.errors and not (
            until and today < until <= today + timedelta(days=LONGEST_DAYS)
        ):
            self.add_error("until", _("Choose a day within the next year."))
        return cleaned


class RuleForm(forms.ModelForm):
    """A rule of the office."""

    at_most = forms.IntegerField(
        label=gettext_lazy("At most"),
        min_value=1,
        max_value=1000,
        initial=20,
        help_text=gettext_lazy("While more than this is open at an account, the rule does nothing."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=30,
        help_text=gettext_lazy("How long it is ignored. Where it is accepted, this does nothing."),
    )

    class Meta:
        model = DriftRule
        fields = ["field", "account", "action", "at_most", "days", "reason"]

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = self.fields["account"]
        accounts.queryset = office_accounts(actor_of(request))  # type: ignore[attr-defined]
        accounts.empty_label = gettext_lazy("All accounts")  # type: ignore[attr-defined]
        self.fields["action"].choices = DriftRule.Action.choices  # type: ignore[attr-defined]
        watched = [choice for choice in DriftField.choices if choice[0] != DriftField.PRESENCE]
        self.fields["field"].choices = watched  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Only a later end of a term can be charged."""
        cleaned = super().clean() or {}
        if cleaned.get("action") == DriftRule.Action.CHARGE and cleaned.get("field") != DriftField.EXPIRY:
            self.add_error("action", _("Only a renewal can be charged: choose it for the expiry."))
        return cleaned
