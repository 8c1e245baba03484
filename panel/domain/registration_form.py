"""Who the names of a cart are for, which nameservers they get, and what their extensions ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from panel.billing.cart import set_details
from panel.billing.models import Cart, CartLine
from panel.billing.pricing import PriceBook
from panel.contact.models import Contact
from panel.contact.validation import validate_extra, validate_nameservers
from panel.domain.forms import OWN, PARKING, ContactField
from panel.domain.questions import PREFIX, Question, ask, form_field
from registrar.tld import nameserver_limits

FEWEST, MOST = 2, 7


def questions_for(book: PriceBook, lines: Iterable[CartLine], contact_type: str) -> list[Question]:
    """What the extensions of these lines ask of this type of owner."""
    asked = []
    for line in lines:
        account = book.account_for(line.tld_name, line.action)
        if account is not None:
            asked.append((account.family, line.tld_name, line.action))
    return ask(asked, contact_type)


class RegistrationForm(forms.Form):
    """The second half of the cart. Fill it with the cart and the contacts that may be chosen."""

    use_required_attribute = False
    registrant = ContactField(
        label=gettext_lazy("Registrant"),
        queryset=Contact.objects.none(),
        to_field_name="public_id",
        empty_label=gettext_lazy("Choose a contact"),
        help_text=gettext_lazy("The person or organization the names will belong to, by law."),
        error_messages={"required": gettext_lazy("Choose who the names are registered for.")},
    )
    nameserver_choice = forms.ChoiceField(
        label=gettext_lazy("Nameservers"),
        widget=forms.RadioSelect,
        choices=[
            (PARKING, gettext_lazy("Parking: a waiting page, until you have somewhere to point the names")),
            (OWN, gettext_lazy("My own nameservers")),
        ],
    )
    nameservers = forms.CharField(
        label=gettext_lazy("Your nameservers"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 3, "spellcheck": "false", "placeholder": "ns1.example.net\nns2.example.net"}
        ),
        help_text=gettext_lazy("Two to seven host names, one per line. Only for your own nameservers."),
    )

    def __init__(
        self,
        cart: Cart,
        lines: list[CartLine],
        contacts: QuerySet[Contact],
        book: PriceBook,
        data: Any = None,
        proposed: Contact | None = None,
    ) -> None:
        """`proposed` is chosen to begin with, instead of the cart's registrant."""
        self.cart, self.lines, self.book = cart, lines, book
        known: dict[str, str] = {}
        for values in cart.tld_fields.values():
            known.update(values)
        chosen = proposed or cart.registrant
        registrant = chosen if chosen and chosen.customer_id == cart.customer_id else None
        super().__init__(
            data,
            initial={
                "registrant": registrant.public_id if registrant else None,
                "nameserver_choice": OWN if cart.nameservers else PARKING,
                "nameservers": "\n".join(cart.nameservers),
                **{PREFIX + name: value for name, value in known.items()},
            },
        )
        self.known = known
        self.fields["registrant"].queryset = contacts  # type: ignore[attr-defined]
        self.owner = self._chosen(contacts) if data is not None else registrant
        self.questions = questions_for(book, lines, self.owner.type) if self.owner else []
        for question in self.questions:
            self.fields[question.name] = form_field(question, self.owner, known)

    def _chosen(self, contacts: QuerySet[Contact]) -> Contact | None:
        return contacts.filter(public_id=self.data.get("registrant", "")).first()

    @property
    def extra_fields(self) -> list[forms.BoundField]:
        """What the extensions ask, ready to show."""
        return [self[question.name] for question in self.questions]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._clean_nameservers(cleaned)
        if self.owner is not None:
            cleaned["tld_fields"] = self._clean_extra(self.owner.type)
        return cleaned

    def _clean_nameservers(self, cleaned: dict[str, Any]) -> None:
        cleaned["nameserver_list"] = []
        if cleaned.get("nameserver_choice") != OWN:
            return
        accounts = [self.book.account_for(line.tld_name, line.action) for line in self.lines]
        limits = [nameserver_limits(family) for family in {item.family for item in accounts if item}]
        names, errors = validate_nameservers(
            cleaned.get("nameservers", ""),
            max((limit.minimum for limit in limits), default=FEWEST),
            min((limit.maximum for limit in limits), default=MOST),
        )
        for error in errors:
            self.add_error("nameservers", error)
        cleaned["nameserver_list"] = names

    def _clean_extra(self, contact_type: str) -> dict[str, dict[str, str]]:
        values = self._given()
        fields: dict[str, dict[str, str]] = {}
        for tld, (family, action) in self._extensions().items():
            mine = {q.field.name: values.get(q.field.name, "") for q in self.questions if tld in q.tlds}
            cleaned, errors = validate_extra(family, tld, action, contact_type, mine)
            for name, sentences in errors.items():
                for sentence in sentences:
                    if PREFIX + name in self.fields and not self.has_error(PREFIX + name):
                        self.add_error(PREFIX + name, sentence)
            if cleaned:
                fields[tld] = cleaned
        return fields

    def _extensions(self) -> dict[str, tuple[str, str]]:
        asking = {tld for question in self.questions for tld in question.tlds}
        found = {}
        for line in self.lines:
            account = self.book.account_for(line.tld_name, line.action)
            if account is not None and line.tld_name in asking:
                found[line.tld_name] = (account.family, line.action)
        return found

    def _given(self) -> dict[str, str]:
        values = {}
        for question in self.questions:
            text = str(self.data.get(question.name, "") or "")
            # A secret is never shown again: left empty, it stays what it was.
            if question.field.secret and not text:
                text = self.known.get(question.field.name, "")
            values[question.field.name] = text
        return values

    def save(self) -> None:
        """Keep what was entered with the cart."""
        set_details(
            self.cart,
            registrant=self.cleaned_data["registrant"],
            nameservers=self.cleaned_data["nameserver_list"],
            tld_fields=self.cleaned_data["tld_fields"],
        )

    def save_draft(self) -> None:
        """Keep what was entered so far, right or wrong: it is checked when the order is reviewed."""
        values = self._given()
        fields: dict[str, dict[str, str]] = {}
        for question in self.questions:
            for tld in question.tlds:
                if values[question.field.name]:
                    fields.setdefault(tld, {})[question.field.name] = values[question.field.name]
        names = self.data.get("nameservers", "") if self.data.get("nameserver_choice") == OWN else ""
        set_details(
            self.cart,
            registrant=self.owner,
            nameservers=validate_nameservers(names, 0, MOST)[0],
            tld_fields=fields if self.owner else self.cart.tld_fields,
        )
