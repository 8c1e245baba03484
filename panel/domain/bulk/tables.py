"""Lists of jobs, and of the names of one."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

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
from panel.domain.bulk.queries import Result
from panel.domain.bulk.words import badge_of, summary, text_of, title_of
from panel.domain.models import BulkItem


class ItemTable(Table):
    """The names of a customer's job."""

    name = DomainColumn(_("Name"), title=True, sort="name", link=PageOf("domain", "name"))
    result = BadgeColumn(_("Result"), badge=badge_of)
    text = Column(_("What it means"), accessor="reason", empty_values=())
    price = MoneyColumn(_("Price"), shown=False)

    def render_text(self, record: BulkItem) -> str:
        """In a sentence or two."""
        return text_of(record, "customer") or EMPTY

    def value_text(self, record: BulkItem) -> str:
        """The same, for a spreadsheet."""
        return text_of(record, "customer")


class OfficeItemTable(ItemTable):
    """The names of any job, for staff."""

    name = DomainColumn(_("Name"), title=True, sort="name", link=PageOf("office:domain", "name"))
    customer = Column(_("Customer"), accessor="customer__name", default=_("nobody yet"))
    operation = Column(_("Operation"), accessor="operation__public_id", shown=False)

    def render_text(self, record: BulkItem) -> str:
        """What staff read of it."""
        return text_of(record, "staff") or EMPTY

    def value_text(self, record: BulkItem) -> str:
        """The same, for a spreadsheet."""
        return text_of(record, "staff")


class BrandItemTable(ItemTable):
    """The names of a job of a brand's people."""

    name = DomainColumn(_("Name"), title=True, sort="name", link=PageOf("brandadmin:domain", "name"))
    customer = Column(_("Customer"), accessor="customer__name")


class RenewalTable(ItemTable):
    """The names of a customer's renewal, with what each costs."""

    price = MoneyColumn(_("Price"))


class BrandRenewalTable(BrandItemTable):
    """The names of a renewal that a brand's people asked for, with what each costs its customer."""

    price = MoneyColumn(_("Price"))


class OfficeRenewalTable(OfficeItemTable):
    """The names of any renewal, for staff."""

    price = MoneyColumn(_("Price"))


class ItemFilter(django_filters.FilterSet):
    """Part of the name, and the result."""

    q = django_filters.CharFilter(method="search")
    result = django_filters.ChoiceFilter(
        label=_("Result"), empty_label=_("All results"), choices=Result.choices
    )

    def search(self, queryset: QuerySet[BulkItem], _name: str, value: str) -> QuerySet[BulkItem]:
        """By a part of the A-label."""
        return queryset.filter(name__contains=value.strip().lower())


class WhatColumn(LinkColumn):
    """What a job wants, leading to its page; a spreadsheet and a check box get the words alone."""

    def render(self, record: Any, value: Any) -> SafeString:
        return super().render(record, title_of(record.action, record.values))

    def value(self, **kwargs: Any) -> Any:
        return title_of(kwargs["record"].action, kwargs["record"].values)


def _state(job: Any) -> tuple[str, str, str]:
    words = summary(job, job.found)
    return words.tone, words.title, words.icon


class JobTable(Table):
    """A customer's jobs. Each row brings `found`, its counts."""

    what = WhatColumn(_("What"), accessor="action", title=True, link=PageOf("job", "public_id"))
    state = BadgeColumn(_("State"), badge=_state)
    total = Column(_("Names"), numeric=True)
    done = Column(_("Done"), empty_values=(), numeric=True)
    wrong = Column(_("Not done"), empty_values=(), numeric=True)
    created_at = DateColumn(_("Since"), relative=True)
    actor = Column(_("By"))

    def render_done(self, record: Any) -> int:
        """As wanted now, by this job or before it."""
        done: int = record.found[Result.DONE] + record.found[Result.UNCHANGED]
        return done

    def render_wrong(self, record: Any) -> int:
        """Failed or refused."""
        wrong: int = record.found[Result.FAILED] + record.found[Result.REFUSED]
        return wrong


class BrandJobTable(JobTable):
    """The jobs of a brand's people."""

    what = WhatColumn(_("What"), accessor="action", title=True, link=PageOf("brandadmin:job", "public_id"))


class OfficeJobTable(JobTable):
    """Every job, for staff."""

    what = WhatColumn(_("What"), accessor="action", title=True, link=PageOf("office:job", "public_id"))
    customer = Column(_("Customer"), accessor="whose", default=_("Staff"))
