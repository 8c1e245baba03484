"""Columns of domain lists."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from panel.core.tables import BadgeColumn, Column, DateColumn, DomainColumn, PageOf, Table
from panel.domain.models import Domain
from panel.domain.tags.columns import TagsColumn
from panel.domain.wording import handle_name, is_parked, renewal_label, shown_nameservers, status_badge


class DomainTable(Table):
    """A customer's domains. Needs `owner`."""

    reads = (
        "name", "unicode_name", "status", "expires_on", "created_on", "renewal_mode", "customer_id",
        "owner__content",
    )  # fmt: skip

    name = DomainColumn(_("Name"), title=True, sort="name", link=PageOf("domain", "name"))
    status = BadgeColumn(_("State"), badge=status_badge)
    expires = DateColumn(_("Expires"), accessor="expires_on", sort="expires_on", relative=True)
    renewal = Column(_("Renewal"), accessor="renewal_mode")
    registrant = Column(_("Registrant"), accessor="owner")
    nameservers = Column(_("Nameservers"), shown=False, reads=("nameservers",))
    registered = DateColumn(_("Registered"), accessor="created_on", sort="created_on", shown=False)
    tags = TagsColumn(shown=False)

    def value_name(self, record: Domain) -> str:
        """The name as people write it."""
        return record.unicode_name

    def render_renewal(self, record: Domain) -> str:
        """In words."""
        return renewal_label(record)

    def value_renewal(self, record: Domain) -> str:
        """In words."""
        return renewal_label(record)

    def render_registrant(self, value: Any) -> str:
        """The organization or the person."""
        return handle_name(value)

    value_registrant = render_registrant

    def render_nameservers(self, record: Domain) -> str:
        """In one line."""
        parking = [_("Parking")] if is_parked(record) else []
        return ", ".join([*map(str, parking), *shown_nameservers(record)])

    value_nameservers = render_nameservers


class TaggedDomainTable(DomainTable):
    """The same for a customer who uses tags: they show, and the registrant makes room for them."""

    registrant = Column(_("Registrant"), accessor="owner", shown=False)
    tags = TagsColumn()
