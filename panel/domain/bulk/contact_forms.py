"""Contacts for many names at once: all from one customer's book, since nobody answers for another customer's names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from panel.contact.models import Contact
from panel.domain.forms import ContactField, ContactsForm
from panel.domain.models import Domain
from panel.domain.questions import Question, ask, form_field
from panel.domain.wording import role_labels


class ManyBooks(ValueError):
    """The names are of several customers, or of none: there is no one book to choose from."""


def book_of(chosen: QuerySet[Domain], contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Those of the contacts that are of the one customer who has the chosen names. Raises ManyBooks."""
    holders = chosen.order_by().exclude(customer=None).values_list("customer", flat=True).distinct()[:2]
    if len(found := list(holders)) != 1:
        raise ManyBooks
    return contacts.filter(customer=found[0])


class BulkContactsForm(ContactsForm):
    """Contacts beside the owner."""

    def __init__(self, data: QueryDict | None, *, contacts: QuerySet[Contact]) -> None:
        super().__init__(data, contacts=contacts)
        self.book = contacts

    @property
    def values(self) -> dict[str, Any]:
        """As the action reads them, with what people read."""
        labels = role_labels()
        shown = ", ".join(f"{labels[role]}: {contact.display_name}" for role, contact in self.roles.items())
        return {
            "roles": {role: contact.pk for role, contact in self.roles.items()},
            "customer": next(iter(self.roles.values())).customer_id,
            "shown": shown,
        }


class BulkOwnerForm(forms.Form):
    """Who shall own the names, what their extensions ask of them, and that all agree.

    What is secret is asked on the page of each name: a job keeps no secrets.
    """

    use_required_attribute = False
    owner = ContactField(
        label=_("New owner"), queryset=Contact.objects.none(), to_field_name="public_id",
        empty_label=_("Choose a contact"), error_messages={"required": _("Choose to whom the names go.")},
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("The present owners and the new owner all want this."),
        error_messages={"required": _("Without the consent of all it cannot be done.")},
    )
    asked_of = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: QueryDict | None, *, contacts: QuerySet[Contact], chosen: QuerySet[Domain]
    ) -> None:
        super().__init__(data)
        self.fields["owner"].queryset = contacts  # type: ignore[attr-defined]
        self.book = contacts
        self.questions: list[Question] = []
        owner = contacts.filter(public_id=self.data.get("owner", "")).first() if self.is_bound else None
        if owner is not None:
            self._ask(owner, chosen)

    def _ask(self, owner: Contact, chosen: QuerySet[Domain]) -> None:
        places = chosen.order_by().values_list("account__family", "tld_name").distinct()
        asked = ask([(family, tld, "create") for family, tld in places], owner.type)
        self.questions = [question for question in asked if not question.field.secret]
        for question in self.questions:
            self.fields[question.name] = form_field(question, owner, {})
        self.order_fields(["owner", *(question.name for question in self.questions), "consent"])
        if self.questions and self.data.get("asked_of") != owner.public_id:
            # These were not on the page yet: nothing about them can be wrong.
            self.unseen = True
            assert isinstance(self.data, QueryDict)
            seen = self.data.copy()
            seen["asked_of"] = owner.public_id
            self.data = seen

    unseen = False

    def clean(self) -> dict[str, Any]:
        """What was not asked yet is asked now, with nothing to complain about."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.unseen:
            for question in self.questions:
                self.errors.pop(question.name, None)
            if not self.errors:
                self.add_error(None, _("Some of the extensions ask more about the new owner."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """As the action reads them, with what people read."""
        owner: Contact = self.cleaned_data["owner"]
        given = {question.field.name: self.cleaned_data.get(question.name) for question in self.questions}
        return {
            "owner": owner.pk,
            "type": owner.type,
            "customer": owner.customer_id,
            "extra": {name: str(value) for name, value in given.items() if value},
            "shown": owner.display_name,
        }
