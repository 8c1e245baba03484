"""Lists of what is lent."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panel.access.models import Grant
from panel.access.words import state_of, summary
from panel.core.tables import BadgeColumn, Column, DateColumn, DomainColumn, LinkColumn, PageOf, Table
from panel.sharing.presets import short_of

STATES = [("access", _("Has access")), ("invited", _("Invited")), ("over", _("Over"))]


class LentTable(Table):
    """What is lent to the reader. Needs `domain` and `customer`."""

    name = DomainColumn(
        _("Name"), accessor="domain__name", title=True, sort="domain__name",
        link=PageOf("domain", "domain.name"),
    )  # fmt: skip
    owner = Column(_("Shared by"), accessor="customer__name", sort="customer__name")
    what = Column(_("You may"), empty_values=())
    until = DateColumn(_("Until"), sort="until", relative=True)
    note = Column(_("Note"), shown=False)

    def value_name(self, record: Grant) -> str:
        """The name as people write it."""
        return record.domain.unicode_name

    def render_what(self, record: Grant) -> str:
        """In few words."""
        return short_of(record.rights)

    def value_what(self, record: Grant) -> str:
        """Every part."""
        return summary(record.rights).text


class GrantTable(Table):
    """People and what was lent to them. Needs `domain` and `user`."""

    person = LinkColumn(
        _("Person"), accessor="email", title=True, sort="email",
        link=PageOf("grant", "public_id"),
    )  # fmt: skip
    name = DomainColumn(_("Name"), accessor="domain__name", sort="domain__name")
    what = Column(_("They may"), empty_values=())
    state = BadgeColumn(_("State"), badge=state_of)
    until = DateColumn(_("Until"), sort="until", relative=True)
    note = Column(_("Note"), shown=False)
    since = DateColumn(_("Since"), accessor="created_at", sort="created_at", shown=False)

    render_what = LentTable.render_what
    value_what = LentTable.value_what
    value_name = LentTable.value_name


class BrandGrantTable(GrantTable):
    """Those of every customer of a brand. Needs `customer` as well."""

    person = LinkColumn(
        _("Person"), accessor="email", title=True, sort="email",
        link=PageOf("brandadmin:grant", "public_id"),
    )  # fmt: skip
    customer = Column(_("Customer"), accessor="customer__name", sort="customer__name")


class OfficeGrantTable(BrandGrantTable):
    """Those of every customer."""

    person = LinkColumn(
        _("Person"), accessor="email", title=True, sort="email",
        link=PageOf("office:grant", "public_id"),
    )  # fmt: skip


class GrantFilter(django_filters.FilterSet):
    """By what is written, and by how it stands."""

    q = django_filters.CharFilter(method="search", label=_("Search"))
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label=_("State"), empty_label=_("All states")
    )

    def search(self, queryset: QuerySet[Grant], name: str, value: str) -> QuerySet[Grant]:
        """In the person's address and name, and in the domain name."""
        text = value.strip()
        return queryset.filter(
            Q(email__icontains=text)
            | Q(user__name__icontains=text)
            | Q(domain__name__icontains=text)
            | Q(domain__unicode_name__icontains=text)
            | Q(customer__name__icontains=text)
        )

    def in_state(self, queryset: QuerySet[Grant], name: str, value: str) -> QuerySet[Grant]:
        """Those that stand, wait, or are past their last day."""
        today = timezone.localdate()
        if value == "over":
            return queryset.filter(until__lt=today)
        in_time = Q(until=None) | Q(until__gte=today)
        return queryset.filter(in_time, user__isnull=value == "invited")


class LentFilter(django_filters.FilterSet):
    """By what is written."""

    q = django_filters.CharFilter(method="search", label=_("Search"))

    def search(self, queryset: QuerySet[Grant], name: str, value: str) -> QuerySet[Grant]:
        """In the domain name, and in whose it is."""
        text: Any = value.strip()
        return queryset.filter(
            Q(domain__name__icontains=text)
            | Q(domain__unicode_name__icontains=text)
            | Q(customer__name__icontains=text)
        )
