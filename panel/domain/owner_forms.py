"""What people enter to hand a name to another registrant, to bring one back, or to give one up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.contact.models import Contact
from panel.domain.forms import ContactField
from panel.domain.models import Domain
from panel.domain.questions import PREFIX, Question, ask, form_field

PRICE_CHANGED = gettext_lazy("The price has changed since you saw it. Look at the new one, then decide.")


class PricedForm(forms.Form):
    """Something at a price that was seen: it comes back with the form, and another one is refused."""

    use_required_attribute = False
    price = forms.DecimalField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, price: Decimal | None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.wanted = price

    def clean(self) -> dict[str, Any]:
        """The price that was seen is the price that counts."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and cleaned.get("price") != self.wanted:
            self.data = {**dict(self.data.items()), "price": str(self.wanted or "")}
            raise forms.ValidationError(PRICE_CHANGED)
        return cleaned

    def refuse(self, field: str, text: str) -> None:
        """Say what is wrong beside the field of the extension that it is about, or above all."""
        self.add_error(PREFIX + field if PREFIX + field in self.fields else None, text)


class OwnerForm(PricedForm):
    """Who shall own the name, what its extension asks of them, and that all agree."""

    owner = ContactField(
        label=gettext_lazy("New owner"), queryset=Contact.objects.none(), to_field_name="public_id",
        empty_label=gettext_lazy("Choose a contact"),
        error_messages={"required": gettext_lazy("Choose to whom the name goes.")},
    )  # fmt: skip
    consent = forms.BooleanField(
        label=gettext_lazy("The present owner and the new owner both want this."),
        error_messages={"required": gettext_lazy("Without the consent of both it cannot be done.")},
    )

    def __init__(self, *args: Any, domain: Domain, contacts: QuerySet[Contact], **named: Any) -> None:
        super().__init__(*args, **named)
        self.domain, self.contacts = domain, contacts
        self.fields["owner"].queryset = contacts  # type: ignore[attr-defined]
        self.questions: list[Question] = []
        self.chosen = contacts.filter(public_id=self.data.get("owner", "")).first() if self.is_bound else None
        self.ask_about(self.chosen)

    def ask_about(self, chosen: Contact | None) -> None:
        """Add what the extension asks of this owner."""
        if chosen is not None:
            self.questions = ask([(self.domain.account.family, self.domain.tld_name, "create")], chosen.type)
        for question in self.questions:
            self.fields[question.name] = form_field(question, chosen, {})

    @property
    def extra_fields(self) -> list[forms.BoundField]:
        """What the extension asks, ready to show."""
        return [self[question.name] for question in self.questions]

    @property
    def extra(self) -> dict[str, str]:
        """The answers of a valid form, by the neutral names of the fields."""
        values = {question.field.name: self.cleaned_data.get(question.name) for question in self.questions}
        return {name: str(value) for name, value in values.items() if value}


class RestoreForm(PricedForm):
    """To bring a name back takes nothing but a yes."""


class DeleteForm(forms.Form):
    """That it is meant: the name, typed."""

    use_required_attribute = False
    typed = forms.CharField(
        label=gettext_lazy("Type the name"), max_length=253,
        widget=forms.TextInput(
            attrs={"class": "mono", "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, domain: Domain, **named: Any) -> None:
        super().__init__(*args, **named)
        self.domain = domain

    def clean_typed(self) -> str:
        """The name itself, in either of its spellings."""
        typed: str = self.cleaned_data["typed"].strip().strip(".").lower()
        if typed not in (self.domain.name, self.domain.unicode_name):
            raise forms.ValidationError(
                _("This is not %(name)s. Type the name as it is.") % {"name": self.domain.unicode_name}
            )
        return typed
