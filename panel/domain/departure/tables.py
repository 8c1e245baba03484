"""The list of names that went."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.core.cells import written_day
from panel.core.tables import EMPTY, BadgeColumn, Column, DateColumn, DomainColumn, Table
from panel.domain.departure.models import Departure
from panel.domain.models import Domain
from panel.domain.planning import capability
from panel.domain.renewal.dates import dates_of

Why = Departure.Why
LOOKS = {
    Why.ASKED: ("neutral", "trash-2"),
    Why.EXPIRED: ("danger", "calendar-clock"),
    Why.MOVED: ("neutral", "arrow-right-left"),
    Why.DELETED: ("warning", "circle-slash"),
}


def why_badge(row: Departure) -> tuple[str, str, str]:
    """Why it went: tone, word, icon."""
    tone, icon = LOOKS[Why(row.why)]
    return tone, str(row.get_why_display()), icon


def is_kept(row: Departure) -> bool:
    """Whether the registry still keeps it for who had it."""
    return row.domain is not None and row.domain.status == Domain.Status.REDEMPTION


def is_restorable(row: Departure) -> bool:
    """Whether it can be brought back now, through its registrar's API."""
    domain = row.domain
    if domain is None or not is_kept(row):
        return False
    return capability(domain.account, domain.tld_name, "domain.restore").usable


def stand(row: Departure) -> str:
    """What can still be done about it."""
    domain = row.domain
    if domain is None or domain.status in (Domain.Status.DELETED, Domain.Status.TRANSFERRED_AWAY):
        return _("Over") if row.why != Why.MOVED else _("With another provider")
    if domain.status == Domain.Status.PENDING_DELETE:
        return _("About to be deleted for good")
    if not is_restorable(row):
        return _("Can be brought back: ask us")
    dates = dates_of(domain)
    if dates is None or dates.restorable_until is None:
        return _("Can be brought back for a while")
    return _("Can be brought back until %(day)s") % {"day": written_day(dates.restorable_until)}


class DepartureTable(Table):
    """A customer's names that went."""

    name = DomainColumn(gettext_lazy("Name"), title=True, sort="name", link=lambda row: link_to("", row))
    why = BadgeColumn(gettext_lazy("Why"), badge=why_badge)
    left_on = DateColumn(gettext_lazy("Since"), sort="left_on", relative=True)
    stand = Column(gettext_lazy("What can be done"), empty_values=())

    def value_name(self, record: Departure) -> str:
        """The name as people write it."""
        return record.unicode_name

    def render_stand(self, record: Departure) -> str:
        """In words."""
        return stand(record)

    value_stand = render_stand


class BrandDepartureTable(DepartureTable):
    """The same for brand people, with whose the names were."""

    name = DomainColumn(
        gettext_lazy("Name"), title=True, sort="name", link=lambda row: link_to("brandadmin:", row)
    )
    customer = Column(gettext_lazy("Customer"), accessor="customer__name", sort="customer__name")


class OfficeDepartureTable(DepartureTable):
    """The same for staff, with account, operation and what the registrar says."""

    name = DomainColumn(
        gettext_lazy("Name"), title=True, sort="name", link=lambda row: link_to("office:", row)
    )
    customer = Column(
        gettext_lazy("Customer"),
        accessor="customer__name",
        sort="customer__name",
        default=gettext_lazy("nobody"),
    )
    left_on = DateColumn(gettext_lazy("Since"), sort="left_on")
    account = Column(gettext_lazy("Account"), accessor="account__label", shown=False)
    told = Column(gettext_lazy("Registrar's reason"))
    operation = Column(gettext_lazy("Operation"), accessor="operation__public_id", shown=False)

    def render_stand(self, record: Departure) -> str:
        """In words for staff: what the registrar's API does not do, a person does in its panel."""
        if is_kept(record) and not is_restorable(record):
            return _("Only in the registrar's own panel")
        return stand(record)

    value_stand = render_stand

    def render_told(self, value: Any) -> str:
        """As it says."""
        return str(value) or EMPTY


def link_to(prefix: str, row: Departure) -> str:
    """The page of a name in one audience's pages; "" for one that was never in the panel."""
    return reverse(f"{prefix}domain", args=[row.name]) if row.domain_id is not None else ""


class DepartureFilter(django_filters.FilterSet):
    """Names that went, by name, why, and whether they can be brought back."""

    q = django_filters.CharFilter(method="search")
    why = django_filters.ChoiceFilter(
        label=gettext_lazy("Why"), empty_label=gettext_lazy("All reasons"), choices=Why.choices
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("All states"),
        choices=[("back", gettext_lazy("Can be brought back")), ("over", gettext_lazy("Over"))],
        method="by_state",
    )

    def search(self, queryset: QuerySet[Departure], _name: str, value: str) -> QuerySet[Departure]:
        """A part of the name, as A-label or as people write it."""
        text = value.strip().lower()
        return queryset.filter(Q(name__contains=text) | Q(unicode_name__icontains=text))

    def by_state(self, queryset: QuerySet[Departure], _name: str, value: str) -> QuerySet[Departure]:
        """Whether the registry still keeps it for who had it."""
        kept = Q(domain__status=Domain.Status.REDEMPTION)
        return queryset.filter(kept) if value == "back" else queryset.exclude(kept)
