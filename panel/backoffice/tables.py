"""Lists of the back office that are made of several apps' data."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.access.queries import office_customers
from panel.access.rules import actor_of
from panel.account.queries import office_accounts
from panel.backoffice.queries import office_brands, office_members
from panel.core.cells import when
from panel.core.choices import BriefChoiceFilter
from panel.core.tables import (
    EMPTY,
    BadgeColumn,
    Column,
    DateColumn,
    DomainColumn,
    LinkColumn,
    MoneyColumn,
    PageOf,
    Table,
)
from panel.domain.filters import SPANS, named
from panel.domain.models import Domain
from panel.domain.passes.last_seen import last_seen
from panel.domain.queries import expiring, office_domains, summary
from panel.domain.tags.columns import TagsColumn, TagTextFilter
from panel.operation.inbox import NoSuchGroup, in_group
from panel.operation.models import Operation
from panel.operation.queries import due
from panel.operation.reasons import reason_label
from panel.operation.registry import kinds
from panel.operation.states import OPEN, State, WaitingFor
from panel.operation.words import describe, kind_label
from panel.people.models import Customer

MISSING = "missing"


def _accounts(request: HttpRequest) -> QuerySet[Any]:
    return office_accounts(actor_of(request))


def _customers(request: HttpRequest) -> QuerySet[Customer]:
    return office_customers(actor_of(request))


def operation_badge(operation: Operation) -> tuple[str, str, str]:
    """An operation's state for staff: tone, word, icon."""
    words = describe(operation, "staff")
    return words.tone, words.title, words.icon


def cause_text(reason: str, waiting_for: str) -> str:
    """What holds an operation back, or why it is where it is; "" when there is nothing to say."""
    return str(WaitingFor(waiting_for).label) if waiting_for else reason_label(reason)


class OperationTable(Table):
    """Operations."""

    label = LinkColumn(
        gettext_lazy("About"),
        title=True,
        sort="label",
        link=PageOf("office:operation", "public_id"),
    )
    kind = Column(gettext_lazy("What"), sort="kind")
    state = BadgeColumn(gettext_lazy("State"), badge=operation_badge)
    why = Column(gettext_lazy("Why"), empty_values=())
    customer = Column(gettext_lazy("Customer"), accessor="customer__name", sort="customer__name")
    account = Column(gettext_lazy("Account"), accessor="account__label")
    created_at = DateColumn(gettext_lazy("Since"), sort="created_at", relative=True)
    promised_at = DateColumn(
        gettext_lazy("Customer's deadline"), sort="promised_at", relative=True, shown=False
    )
    next_check_at = DateColumn(gettext_lazy("Next look"), sort="next_check_at", time=True, shown=False)
    sends = Column(gettext_lazy("Sent"), numeric=True, shown=False)
    price = MoneyColumn(gettext_lazy("Price"), shown=False)
    public_id = Column(gettext_lazy("Id"), shown=False)

    def render_kind(self, value: str) -> str:
        return kind_label(value)

    def render_why(self, record: Operation) -> str:
        return cause_text(record.reason, "" if record.is_final else record.waiting_for) or EMPTY


STATES = [("open", gettext_lazy("All open")), ("due", gettext_lazy("Due now")), *State.choices]


class OperationFilter(django_filters.FilterSet):
    """Operations by state, kind, account, customer, reason, and a search."""

    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), empty_label=gettext_lazy("All states"), choices=STATES, method="by_state"
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("What"),
        empty_label=gettext_lazy("All kinds"),
        choices=lambda: [(name, kind_label(name)) for name in sorted(kinds())],
    )
    account = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Account"), empty_label=gettext_lazy("All accounts"), queryset=_accounts
    )
    customer = BriefChoiceFilter(
        label=gettext_lazy("Customer"), empty_label=gettext_lazy("All customers"), queryset=_customers
    )
    reason = django_filters.CharFilter(widget=forms.HiddenInput)
    waiting_for = django_filters.CharFilter(widget=forms.HiddenInput)
    lane = django_filters.CharFilter(widget=forms.HiddenInput)
    group = django_filters.CharFilter(widget=forms.HiddenInput, method="by_group")

    def search(self, queryset: QuerySet[Operation], name: str, value: str) -> QuerySet[Operation]:
        """By the name it is about, its id or the registrar's reference."""
        text = value.strip()
        return queryset.filter(Q(label__icontains=text) | Q(public_id=text.lower()) | Q(reference=text))

    def by_group(self, queryset: QuerySet[Operation], name: str, value: str) -> QuerySet[Operation]:
        """Those of one group of the inbox."""
        try:
            return in_group(queryset, value)
        except NoSuchGroup:
            return queryset.none()

    def by_state(self, queryset: QuerySet[Operation], name: str, value: str) -> QuerySet[Operation]:
        """One state, all open ones, or those that wait for a worker."""
        if value == "due":
            return due(queryset)
        return queryset.filter(state__in=sorted(OPEN)) if value == "open" else queryset.filter(state=value)


DOMAIN_TONES = {
    Domain.Status.ACTIVE: "success",
    Domain.Status.REGISTERING: "pending",
    Domain.Status.TRANSFERRING: "pending",
    Domain.Status.RENEWING: "pending",
    Domain.Status.GRACE: "warning",
    Domain.Status.REDEMPTION: "danger",
    Domain.Status.PENDING_DELETE: "danger",
    Domain.Status.UNKNOWN: "warning",
}


def domain_badge(domain: Domain) -> tuple[str, str] | tuple[str, str, str]:
    """A domain's status for staff: tone, word, icon."""
    if domain.missing_since:
        return "danger", _("Not in the registrar's list"), "unplug"
    status = Domain.Status(domain.status)
    return DOMAIN_TONES.get(status, "neutral"), str(status.label)


class OfficeDomainTable(Table):
    """Domains of all customers and of none. Needs `customer`, `account` and with_listing()."""

    reads = (
        "name", "status", "raw_status", "remote_id", "expires_on", "missing_since", "synced_at", "created_at",
        "account__label", "customer__name",
    )  # fmt: skip

    name = DomainColumn(
        gettext_lazy("Name"),
        title=True,
        sort="name",
        link=PageOf("office:domain", "name"),
    )
    status = BadgeColumn(gettext_lazy("State"), badge=domain_badge)
    customer = Column(
        gettext_lazy("Customer"),
        accessor="customer__name",
        sort="customer__name",
        default=gettext_lazy("nobody yet"),
    )
    expires_on = DateColumn(gettext_lazy("Expires"), sort="expires_on", relative=True)
    account = Column(gettext_lazy("Account"), accessor="account__label")
    synced_at = Column(gettext_lazy("Last read"), shown=False, empty_values=())
    tags = TagsColumn(shown=False)
    raw_status = Column(gettext_lazy("Registrar's word"), shown=False)
    remote_id = Column(gettext_lazy("Registrar's id"), shown=False)

    def render_synced_at(self, record: Domain) -> str:
        return when(last_seen(record), relative=True) or EMPTY

    def value_synced_at(self, record: Domain) -> Any:
        return last_seen(record) or EMPTY


class OfficeDomainFilter(django_filters.FilterSet):
    """Domains by name, status, extension, account and customer."""

    q = django_filters.CharFilter(method="search")
    status = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("All states"),
        choices=[*Domain.Status.choices, (MISSING, gettext_lazy("Not in the registrar's list"))],
        method="by_status",
    )
    tld_name = django_filters.ChoiceFilter(
        label=gettext_lazy("Extension"), empty_label=gettext_lazy("All extensions"), choices=[]
    )
    account = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Account"), empty_label=gettext_lazy("All accounts"), queryset=_accounts
    )
    customer = BriefChoiceFilter(
        label=gettext_lazy("Customer"),
        empty_label=gettext_lazy("All customers"),
        null_label=gettext_lazy("Without a customer"),
        queryset=_customers,
    )
    expires = django_filters.ChoiceFilter(
        label=gettext_lazy("Expiry"),
        empty_label=gettext_lazy("Any expiry"),
        choices=SPANS,
        method="by_expiry",
    )
    tag = TagTextFilter()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None:
            known = summary(office_domains(actor_of(self.request)))
            self.total = known.total
            self.filters["tld_name"].extra["choices"] = [(name, f".{name}") for name in known.extensions]

    def search(self, queryset: QuerySet[Domain], name: str, value: str) -> QuerySet[Domain]:
        """A part of the name, as A-label or as people write it."""
        return named(queryset, value)

    def by_expiry(self, queryset: QuerySet[Domain], name: str, value: str) -> QuerySet[Domain]:
        """By the days left."""
        return expiring(queryset, int(value))

    def by_status(self, queryset: QuerySet[Domain], name: str, value: str) -> QuerySet[Domain]:
        """One status, or what a whole list did not show."""
        if value == MISSING:
            return queryset.filter(missing_since__isnull=False)
        return queryset.filter(status=value)


class CustomerTable(Table):
    """Customers with their money and what they hold."""

    name = LinkColumn(
        gettext_lazy("Name"),
        title=True,
        sort="name",
        link=PageOf("office:customer", "public_id"),
    )
    brand = Column(gettext_lazy("Brand"), accessor="brand__name", sort="brand__name")
    wallet = MoneyColumn(gettext_lazy("Wallet"))
    held = MoneyColumn(gettext_lazy("Reserved"))
    domain_count = Column(gettext_lazy("Domains"), numeric=True)
    email = Column(gettext_lazy("E-mail"), sort="email")
    created_at = DateColumn(gettext_lazy("Since"), sort="created_at", shown=False)


class CustomerFilter(django_filters.FilterSet):
    """Customers by name or e-mail, and brand."""

    q = django_filters.CharFilter(method="search")
    brand = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Brand"),
        empty_label=gettext_lazy("All brands"),
        queryset=lambda request: office_brands(actor_of(request)),
    )

    def search(self, queryset: QuerySet[Customer], name: str, value: str) -> QuerySet[Customer]:
        """By the customer's name or e-mail, or a member's e-mail."""
        text = value.strip()
        members = office_members(actor_of(self.request))
        member = Exists(members.filter(customer=OuterRef("pk"), user__email__icontains=text))
        return queryset.filter(Q(name__icontains=text) | Q(email__icontains=text) | member)


class BrandTable(Table):
    """Brands."""

    name = LinkColumn(
        gettext_lazy("Name"),
        title=True,
        sort="name",
        link=PageOf("office:brand", "slug"),
    )
    hosts = Column(gettext_lazy("Host names"), empty_values=())
    customer_count = Column(gettext_lazy("Customers"), numeric=True)
    currency = Column(gettext_lazy("Currency"))

    def render_hosts(self, record: Any) -> str:
        if record.is_operator:
            return _("the operator's own")
        return ", ".join(host.name for host in record.hosts.all()) or "–"
