"""Columns, search and filters of the contact book."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from panel.contact.models import Contact
from panel.core.tables import Column, DateColumn, LinkColumn, PageOf, Table


def matching(contacts: QuerySet[Contact], text: str) -> QuerySet[Contact]:
    """Those of a scope's contacts in which every word of the text occurs."""
    for word in text.split()[:6]:
        fields = ("first_name", "last_name", "organization", "email", "city", "identification")
        asked = Q()
        for field in fields:
            asked |= Q(**{f"{field}__icontains": word})
        contacts = contacts.filter(asked)
    return contacts


class ContactFilter(django_filters.FilterSet):
    """Search and type."""

    q = django_filters.CharFilter(method="search")
    type = django_filters.ChoiceFilter(
        label=_("Type"), empty_label=_("People and organizations"), choices=Contact.Type.choices
    )

    class Meta:
        model = Contact
        fields: list[str] = []

    def search(self, queryset: QuerySet[Contact], _name: str, value: str) -> QuerySet[Contact]:
        """By any word."""
        return matching(queryset, value)


class ContactTable(Table):
    """The contact book."""

    name = LinkColumn(
        _("Name"),
        accessor="display_name",
        title=True,
        sort="last_name",
        link=PageOf("contact", "public_id"),
    )
    type = Column(_("Type"), shown=False)
    email = Column(_("E-mail"), sort="email")
    phone = Column(_("Telephone"))
    city = Column(_("City"), sort="city")
    # The field itself would bring the names of all countries for each row.
    country = Column(_("Country"), accessor="country__code")
    changed = DateColumn(_("Changed"), accessor="updated_at", sort="updated_at", relative=True, shown=False)

    def render_phone(self, value: str) -> str:
        """As people read it."""
        return value.replace(".", " ", 1)

    value_phone = render_phone

    def render_country(self, record: Contact) -> str:
        """By name."""
        return countries.name(str(record.country))

    value_country = render_country
