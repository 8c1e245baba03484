"""The list of names that are due, for those who look after others' names."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.core.tables import EMPTY, BadgeColumn, Column, DateColumn, DomainColumn, Table
from panel.domain.filters import matching
from panel.domain.models import Domain
from panel.domain.renewal.due import DEFAULT_SPAN, SPANS, Obstacle, Situation
from panel.domain.wording import renewal_label

LOOKS = {
    Situation.BLOCKED: ("danger", "circle-alert"),
    Situation.WAITING: ("warning", "calendar-clock"),
    Situation.ENDING: ("neutral", "circle-slash"),
    Situation.UNDER_WAY: ("pending", "hourglass"),
    Situation.AUTOMATIC: ("success", "refresh-cw"),
    Situation.RENEWED: ("success", "circle-check"),
}


def situation_badge(record: Any) -> tuple[str, str, str]:
    """Tone, word and icon of how a name that is due stands."""
    situation = Situation(record.situation)
    tone, icon = LOOKS[situation]
    return tone, str(situation.label), icon


class DueTable(Table):
    """Names that are due. Needs what due() and last_told() add; who derives from it says whose they are."""

    name = DomainColumn(gettext_lazy("Name"), title=True, sort="name")
    expires = DateColumn(gettext_lazy("Expires"), accessor="expires_on", sort="expires_on", relative=True)
    situation = BadgeColumn(gettext_lazy("How it stands"), badge=situation_badge)
    obstacle = Column(gettext_lazy("Why"))
    renewal = Column(gettext_lazy("Renewal"), accessor="renewal_mode", shown=False)

    def value_name(self, record: Domain) -> str:
        """The name as people write it."""
        return record.unicode_name

    def render_obstacle(self, value: str) -> str:
        """In words for staff."""
        return str(Obstacle(value).label) if value else EMPTY

    def value_obstacle(self, value: str) -> str:
        """As shown; nothing where there is none."""
        return self.render_obstacle(value) if value else ""

    def render_renewal(self, record: Domain) -> str:
        """In words."""
        return renewal_label(record)

    value_renewal = render_renewal


def span_of(text: str) -> int:
    """The days that a filter asks for; the default for anything else."""
    return int(text) if text in {str(days) for days in SPANS} else DEFAULT_SPAN


class DueFilter(django_filters.FilterSet):
    """Search, and how they stand. The page itself reads `days`: they decide what there is to be filtered."""

    q = django_filters.CharFilter(method="search")
    days = django_filters.ChoiceFilter(label=gettext_lazy("Due"), method="as_it_is")
    situation = django_filters.ChoiceFilter(
        label=gettext_lazy("How it stands"),
        empty_label=gettext_lazy("All of them"),
        choices=Situation.choices,
    )

    class Meta:
        model = Domain
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["days"].extra |= {
            "choices": [(str(days), _within(days)) for days in SPANS if days != DEFAULT_SPAN],
            "empty_label": _within(DEFAULT_SPAN),
        }

    def search(self, queryset: QuerySet[Domain], _name: str, value: str) -> QuerySet[Domain]:
        """By name or tag."""
        return matching(queryset, value)

    def as_it_is(self, queryset: QuerySet[Domain], _name: str, _value: str) -> QuerySet[Domain]:
        """The rows as the page chose them."""
        return queryset


def _within(days: int) -> str:
    return ngettext("Within %(n)s day", "Within %(n)s days", days) % {"n": days}


def brand_obstacle(value: str) -> str:
    """Why a name is in trouble, for people who run a brand: without the registrar."""
    return {
        Obstacle.ATTENTION: _("The operator looks into it"),
        Obstacle.FUNDS: _("Held up at the operator"),
        Obstacle.UNKNOWN: _("Nobody knows yet when it expires"),
        Obstacle.MISSING: _("The operator looks into where it is"),
        Obstacle.HOLD: _("On hold at the registry"),
        Obstacle.LOCK: _("The change lock is on"),
        Obstacle.OVERDUE: _("It was to renew by itself and has not"),
        Obstacle.STALE: _("The operator looks into it"),
    }[Obstacle(value)]
