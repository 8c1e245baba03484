"""What is asked for a change of many names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from panel.access.actor import Actor
from panel.access.queries import office_customers
from panel.contact.models import Contact
from panel.contact.queries import brand_contacts_for, contacts_for, office_contacts
from panel.domain.bulk.contact_forms import BulkContactsForm, BulkOwnerForm, book_of
from panel.domain.bulk.words import NEEDS_VALUES, Side, choices
from panel.domain.forms import OWN, NameserverChoice
from panel.domain.models import BulkJob, Domain
from panel.domain.tags.forms import TagsForm
from panel.domain.tags.queries import tags_for
from panel.people.models import Customer
from registrar import FAMILIES
from registrar.tld import nameserver_limits

Kind = BulkJob.Action


class NoSuchAction(ValueError):
    """Nothing of that name can be done here."""


class BulkNameserversForm(NameserverChoice):
    """Nameservers for names of whatever extension: what does not fit one of them is told before it starts."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **{"initial": {"choice": OWN}, **named})
        limits = [nameserver_limits(family) for family in FAMILIES]
        self.fewest = min(limit.minimum for limit in limits)
        self.most = max(max(limit.maximum, limit.update_maximum) for limit in limits)

    @property
    def values(self) -> dict[str, Any]:
        """As the action reads them."""
        return {"nameservers": self.cleaned_data["nameservers"]}


class MoveForm(forms.Form):
    """To whom the names belong from now on."""

    use_required_attribute = False
    customer: forms.ModelChoiceField[Customer] = forms.ModelChoiceField(label=_("Customer"), queryset=None)

    def __init__(self, *args: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["customer"].queryset = office_customers(actor)  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """As the action reads them, with what people read."""
        customer = self.cleaned_data["customer"]
        return {"customer": customer.pk, "shown": str(customer)}


ValuesForm = BulkNameserversForm | BulkContactsForm | BulkOwnerForm | TagsForm | MoveForm


def wanted(word: str, audience: Side) -> tuple[str, dict[str, Any]]:
    """The action and the values that a choice such as "privacy:on" stands for. Raises NoSuchAction."""
    if word not in dict(choices(audience)):
        raise NoSuchAction(word)
    action, _colon, way = word.partition(":")
    return action, {"on": way == "on"} if way else {}


def form_for(
    action: str, data: QueryDict | None, actor: Actor, audience: Side, chosen: QuerySet[Domain]
) -> ValuesForm | None:
    """What has to be asked for an action on the chosen names; None where its name says it all. Raises ManyBooks."""
    if action not in NEEDS_VALUES:
        return None
    if action == Kind.NAMESERVERS:
        return BulkNameserversForm(data)
    if action in (Kind.TAG, Kind.UNTAG):
        known = tags_for(actor).values_list("name", flat=True) if audience == "customer" else ()
        return TagsForm(data, known=known, needed=True)
    if action == Kind.MOVE:
        return MoveForm(data, actor=actor)
    contacts = _book(actor, audience, chosen)
    if action == Kind.OWNER:
        return BulkOwnerForm(data, contacts=contacts, chosen=chosen)
    return BulkContactsForm(data, contacts=contacts)


def _book(actor: Actor, audience: Side, chosen: QuerySet[Domain]) -> QuerySet[Contact]:
    """The contacts to choose from: of one's own book, or of the book of the customer of all the chosen names."""
    if audience == "customer":
        return contacts_for(actor)
    return book_of(chosen, brand_contacts_for(actor) if audience == "brand" else office_contacts(actor))
