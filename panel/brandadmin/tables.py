"""Lists of the brand's pages."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from panel.access.queries import brand_customers
from panel.access.rules import actor_of
from panel.core.choices import BriefChoiceFilter
from panel.core.tables import (
    BadgeColumn,
    Column,
    DateColumn,
    DomainColumn,
    LinkColumn,
    MoneyColumn,
    PageOf,
    Table,
)
from panel.domain.filters import DomainFilter
from panel.domain.tags.columns import TagsColumn
from panel.domain.wording import status_badge
from panel.people.models import Customer


class CustomerTable(Table):
    """Customers with `balance` and `domain_count`."""

    name = LinkColumn(_("Name"), title=True, sort="name", link=PageOf("brandadmin:customer", "public_id"))
    email = Column(_("E-mail"), sort="email")
    domains = Column(_("Names"), accessor="domain_count", numeric=True)
    balance = MoneyColumn(_("Wallet"))
    since = DateColumn(_("Customer since"), accessor="created_at", sort="created_at", shown=False)


class CustomerFilter(django_filters.FilterSet):
    """Search by name or e-mail."""

    q = django_filters.CharFilter(method="search")

    class Meta:
        model = Customer
        fields: list[str] = []

    def search(self, queryset: QuerySet[Customer], _name: str, value: str) -> QuerySet[Customer]:
        """Customers of that name or e-mail."""
        return queryset.filter(Q(name__icontains=value.strip()) | Q(email__icontains=value.strip()))


class BrandDomainTable(Table):
    """Names of the brand's customers. Needs `customer`."""

    reads = (
        "name", "unicode_name", "status", "expires_on", "created_on", "renewal_mode", "customer__name",
        "customer__public_id",
    )  # fmt: skip

    name = DomainColumn(_("Name"), title=True, sort="name", link=PageOf("brandadmin:domain", "name"))
    customer = LinkColumn(_("Customer"), link=PageOf("brandadmin:customer", "customer.public_id"))
    status = BadgeColumn(_("State"), badge=status_badge)
    expires = DateColumn(_("Expires"), accessor="expires_on", sort="expires_on", relative=True)
    tags = TagsColumn(shown=False)
    registered = DateColumn(_("Registered"), accessor="created_on", sort="created_on", shown=False)

    def value_name(self, record: Any) -> str:
        """The name as people write it."""
        return str(record.unicode_name)


class BrandDomainFilter(DomainFilter):
    """Also by customer: contacts of many names are those of one."""

    customer = BriefChoiceFilter(
        label=_("Customer"),
        empty_label=_("All customers"),
        queryset=lambda request: brand_customers(actor_of(request)),
    )
