"""Columns, search and filters of lists of hosting plans."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from panel.core.tables import BadgeColumn, Column, DateColumn, DomainColumn, PageOf, Table
from panel.domain.finding import named
from panel.domain.models import Domain
from panel.hosting.meters import fullest
from panel.hosting.models import Plan
from panel.hosting.queries import by_state
from panel.hosting.wording import plan_badge

STATES = [
    ("working", _("Work")),
    ("ending", _("Expire within 30 days")),
    ("off", _("Switched off")),
]


class PlanTable(Table):
    """Plans of names. Needs `domain`; `prefix` stands before the names of the audience's routes."""

    name = DomainColumn(
        _("Name"),
        accessor="domain__name",
        title=True,
        sort="domain__name",
        link=PageOf("domain-hosting", "domain.name"),
    )
    type = Column(_("Plan"), sort="product_key")
    status = BadgeColumn(_("State"), badge=plan_badge)
    expires = DateColumn(_("Expires"), accessor="expires_on", sort="expires_on", relative=True)
    renewal = Column(_("When it expires"), accessor="renewal_mode")
    fullest = Column(_("Fullest"), accessor="domain_id", empty_values=())

    def value_name(self, record: Plan) -> str:
        """The name as people write it."""
        return record.domain.unicode_name

    def render_renewal(self, value: Any) -> str:
        """In words."""
        return str(_("It is renewed automatically") if value == "automatic" else _("It ends"))

    value_renewal = render_renewal

    def render_fullest(self, record: Plan) -> str:
        """What of it is nearest to its limit."""
        return fullest(record)

    value_fullest = render_fullest


class BrandPlanTable(PlanTable):
    """Plans of the brand's customers. Needs `domain__customer` too."""

    name = DomainColumn(
        _("Name"),
        accessor="domain__name",
        title=True,
        sort="domain__name",
        link=PageOf("brandadmin:domain-hosting", "domain.name"),
    )
    customer = Column(_("Customer"), accessor="domain__customer__name", sort="domain__customer__name")


class OfficePlanTable(BrandPlanTable):
    """Plans of everybody and of nobody. Needs `domain__account` too."""

    name = DomainColumn(
        _("Name"),
        accessor="domain__name",
        title=True,
        sort="domain__name",
        link=PageOf("office:domain-hosting", "domain.name"),
    )
    renewal = Column(_("When it expires"), accessor="renewal_mode", shown=False)
    account = Column(_("Account"), accessor="domain__account__label")


class PlanFilter(django_filters.FilterSet):
    """Search by name, and state."""

    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("All states"), choices=STATES, method="by_state"
    )

    class Meta:
        model = Plan
        fields: list[str] = []

    def search(self, queryset: QuerySet[Plan], _name: str, value: str) -> QuerySet[Plan]:
        """By a part of the name."""
        return queryset.filter(domain__in=named(Domain.objects.all(), value))

    def by_state(self, queryset: QuerySet[Plan], _name: str, value: str) -> QuerySet[Plan]:
        """By how the plan stands."""
        return by_state(queryset, value)
