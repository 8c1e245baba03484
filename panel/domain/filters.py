"""Search and filters of domain lists."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from panel.access.rules import actor_of
from panel.domain import queries
from panel.domain.finding import named as named
from panel.domain.finding import named_or
from panel.domain.models import Domain
from panel.domain.tags.columns import TagChoiceFilter, TagTextFilter
from panel.domain.tags.models import Tag
from panel.domain.tags.queries import bearing, tags_for

STATES = [
    ("active", _("Active")),
    ("coming", _("On its way")),
    ("expired", _("Expired")),
    ("other", _("All others")),
]
COMING = (
    Domain.Status.REGISTERING,
    Domain.Status.TRANSFERRING,
    Domain.Status.RENEWING,
    Domain.Status.UNKNOWN,
)
SPANS = [
    ("30", _("Expire within 30 days")),
    ("60", _("Expire within 60 days")),
    ("90", _("Expire within 90 days")),
]


def matching(domains: QuerySet[Domain], text: str) -> QuerySet[Domain]:
    """Those of a scope's domains whose name contains the text, as A-label or as U-label, or that bear it as a tag."""
    return named_or(domains, text, bearing(text.strip().lower())) if text.strip() else domains


class DomainFilter(django_filters.FilterSet):
    """Search, state, extension, the time left and a tag. Names that never came about show only when asked for."""

    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("All states"), choices=STATES, method="by_state"
    )
    tld = django_filters.ChoiceFilter(
        label=_("Extension"), empty_label=_("All extensions"), field_name="tld_name"
    )
    expires = django_filters.ChoiceFilter(
        label=_("Expiry"), empty_label=_("Any expiry"), choices=SPANS, method="by_expiry"
    )
    tag: django_filters.Filter = TagTextFilter()

    class Meta:
        model = Domain
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.summary = queries.summary(self.queryset)
        self.total = self.summary.listed
        self.filters["tld"].extra["choices"] = [(name, f".{name}") for name in self.summary.extensions]

    def filter_queryset(self, queryset: QuerySet[Domain]) -> QuerySet[Domain]:
        """The queryset under every valid filter."""
        chosen: QuerySet[Domain] = super().filter_queryset(queryset)
        asks_for_gone = self.form.cleaned_data.get("state") == "other"
        return chosen if asks_for_gone else chosen.exclude(status__in=queries.GONE)

    def search(self, queryset: QuerySet[Domain], _name: str, value: str) -> QuerySet[Domain]:
        """By name or tag."""
        return matching(queryset, value)

    def by_state(self, queryset: QuerySet[Domain], _name: str, value: str) -> QuerySet[Domain]:
        """By the state as people think of it."""
        if value == "active":
            return queryset.filter(status=Domain.Status.ACTIVE)
        if value == "coming":
            return queryset.filter(status__in=COMING)
        if value == "expired":
            return queries.expired(queryset)
        known = (Domain.Status.ACTIVE, *COMING, *queries.EXPIRED)
        return queryset.exclude(status__in=known)

    def by_expiry(self, queryset: QuerySet[Domain], _name: str, value: str) -> QuerySet[Domain]:
        """By the days left."""
        return queries.expiring(queryset, int(value))


def tags_in_use(request: Any) -> list[Tag]:
    """The tags on names of the asker's customer, read once for a request."""
    if not hasattr(request, "tags_in_use"):
        request.tags_in_use = list(tags_for(actor_of(request)))
    found: list[Tag] = request.tags_in_use
    return found


class CustomerDomainFilter(DomainFilter):
    """As DomainFilter, for a customer: its own tags to choose from."""

    tag = TagChoiceFilter()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tags = [(tag.key, tag.name) for tag in tags_in_use(self.request)]
        self.filters["tag"].extra["choices"] = tags
        if not tags and not self.data.get("tag"):
            # Nothing to choose from. A tag that is asked for all the same is refused: without it more would show.
            del self.filters["tag"]
