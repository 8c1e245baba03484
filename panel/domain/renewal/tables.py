"""Lists of names by their end: what each costs to keep, and what happens if nobody acts."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.core.cells import amount_of_money
from panel.core.tables import EMPTY, Column, DateColumn, DomainColumn, PageOf, Table
from panel.domain import queries
from panel.domain.filters import matching
from panel.domain.models import Domain
from panel.domain.operations_renew import RENEWABLE
from panel.domain.renewal.coming import months
from panel.domain.renewal.dates import dates_of
from panel.domain.renewal.outlook import Outlook, outlook
from panel.domain.renewal.prices import RenewalPrices
from panel.domain.wording import renewal_label
from registrar.types import RenewalMode

AUTOMATIC, BY_HAND = "automatic", "by-hand"
MODES = [(AUTOMATIC, gettext_lazy("Renew by themselves")), (BY_HAND, gettext_lazy("All others"))]


class RenewalTable(Table):
    """A customer's names by their end. Needs `account` and what with_renewal() adds; see priced()."""

    prices: ClassVar[RenewalPrices]

    name = DomainColumn(gettext_lazy("Name"), title=True, sort="name", link=PageOf("domain", "name"))
    expires = DateColumn(gettext_lazy("Expires"), accessor="expires_on", sort="expires_on", relative=True)
    renew_by = DateColumn(gettext_lazy("Safe until"), accessor="expires_on", shown=False)
    renewal = Column(gettext_lazy("Renewal"), accessor="renewal_mode")
    price = Column(gettext_lazy("Price"), empty_values=(), numeric=True)
    outlook = Column(gettext_lazy("If nobody acts"), empty_values=())

    def value_name(self, record: Domain) -> str:
        """The name as people write it."""
        return record.unicode_name

    def value_renew_by(self, record: Domain) -> Any:
        """The last safe day."""
        dates = dates_of(record)
        return dates.renew_by if dates else None

    def render_renew_by(self, record: Domain) -> Any:
        """The last safe day."""
        return DateColumn().render(value=self.value_renew_by(record))

    def render_renewal(self, record: Domain) -> str:
        """In words."""
        return renewal_label(record)

    value_renewal = render_renewal

    def value_price(self, record: Domain) -> Any:
        """Of the shortest renewal, in the customer's currency; none where it cannot be renewed."""
        if record.status not in RENEWABLE:
            return None
        return self.prices.renewal(record.tld_name, record.account_id)

    def render_price(self, record: Domain) -> Any:
        """With its currency."""
        price = self.value_price(record)
        return amount_of_money(price, self.prices.currency) if price is not None else EMPTY

    def render_outlook(self, record: Any) -> str:
        """What becomes of it, in one sentence."""
        return self._outlook(record).brief or EMPTY

    def value_outlook(self, record: Any) -> str:
        """What becomes of it, to the end."""
        return self._outlook(record).text

    def _outlook(self, record: Any) -> Outlook:
        if record.being_renewed:
            running = _("It is being renewed.")
            return Outlook((running,), renews=True, brief=running)
        return outlook(record, dates_of(record), self.prices)


TableClass = TypeVar("TableClass", bound=type[Table])


def priced(table: TableClass, prices: RenewalPrices) -> TableClass:
    """The table for one page, which knows these prices."""
    made: TableClass = type(table)(table.__name__, (table,), {"prices": prices})  # type: ignore[misc]
    return made


class RenewalFilter(django_filters.FilterSet):
    """Search, the month in which it expires, how it is renewed, and the extension."""

    q = django_filters.CharFilter(method="search")
    when = django_filters.ChoiceFilter(
        label=gettext_lazy("Month"), empty_label=gettext_lazy("Any month"), method="by_month"
    )
    mode = django_filters.ChoiceFilter(
        label=gettext_lazy("Renewal"),
        empty_label=gettext_lazy("All of them"),
        choices=MODES,
        method="by_mode",
    )
    tld = django_filters.ChoiceFilter(
        label=gettext_lazy("Extension"), empty_label=gettext_lazy("All extensions"), field_name="tld_name"
    )

    class Meta:
        model = Domain
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spans = {span.key: span for span in months(timezone.localdate())}
        self.filters["when"].extra["choices"] = [(key, span.label) for key, span in self.spans.items()]
        names = queries.extensions(self.queryset)
        self.filters["tld"].extra["choices"] = [(name, f".{name}") for name in names]

    def search(self, queryset: QuerySet[Domain], _name: str, value: str) -> QuerySet[Domain]:
        """By name or tag."""
        return matching(queryset, value)

    def by_month(self, queryset: QuerySet[Domain], _name: str, value: str) -> QuerySet[Domain]:
        """By the span in which the name expires."""
        return queryset.filter(self.spans[value].matching)

    def by_mode(self, queryset: QuerySet[Domain], _name: str, value: str) -> QuerySet[Domain]:
        """Those that renew by themselves, or the others."""
        automatic = RenewalMode.AUTOMATIC
        if value == AUTOMATIC:
            return queryset.filter(renewal_mode=automatic)
        return queryset.exclude(renewal_mode=automatic)
