"""The form of the contact book, also used where a registrant is made at checkout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from panel.contact import places
from panel.contact.models import Contact
from panel.contact.queries import similar_contact
from panel.contact.validation import SPANISH_ORGANIZATION_TYPES, contact_warnings, validate_contact
from panel.contact.validation.contact import COUNTRIES
from panel.people.models import Customer

TYPED = (
    "type",
    "country",
    "organization",
    "organization_type",
    "first_name",
    "last_name",
    "identification",
    "email",
    "phone",
    "address",
    "postal_code",
    "city",
    "state",
)
CHOOSE = _("Choose")
LANGUAGE_COUNTRY = {"es": "ES", "fr": "FR"}


def _text(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    widget = options.pop("widget", forms.TextInput)(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=300, widget=widget, **options)


class ContactForm(forms.Form):
    """A person or organization, checked as registries want it.

    `customer` owns the contact; `instance` is the one being changed; `tlds` are the extensions it is meant for, named
    above the form. The fields follow the chosen country and type: `for_other_choice()` gives the same form for another
    choice, keeping what was typed. `save()` stores it; `warnings` then holds what looks odd and was accepted, by field.
    """

    type = forms.ChoiceField(
        label=_("Who is it?"),
        choices=Contact.Type.choices,
        initial=Contact.Type.INDIVIDUAL,
        widget=forms.RadioSelect,
    )
    country = forms.CharField(label=_("Country"), widget=forms.Select(attrs={"autocomplete": "country"}))
    organization = _text(_("Name of the organization"), "organization", required=False)
    organization_type = forms.CharField(label=_("Type of organization"), widget=forms.Select, required=False)
    first_name = _text(_("First name"), "given-name")
    last_name = _text(_("Last name"), "family-name")
    identification = _text(_("Tax or identity number"), "off")
    email = _text(_("E-mail"), "email", widget=forms.EmailInput)
    phone = _text(_("Telephone"), "tel", widget=forms.TextInput)
    address = _text(_("Street and number"), "street-address")
    postal_code = _text(_("Postal code"), "postal-code")
    city = _text(_("City"), "address-level2")
    state = _text(_("State or province"), "address-level1")
    keep_duplicate = forms.BooleanField(label=_("Save it all the same"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        customer: Customer,
        tlds: Sequence[str] = (),
        instance: Contact | None = None,
        prefix: str | None = None,
    ) -> None:
        self.customer, self.tlds, self.instance = customer, tuple(tlds), instance
        self.similar: Contact | None = None
        self.warnings: dict[str, list[str]] = {}
        super().__init__(data, prefix=prefix, initial=self._first_values())
        self._follow(self._chosen("country"), self._chosen("type"))

    @classmethod
    def for_other_choice(
        cls,
        data: Mapping[str, Any],
        *,
        customer: Customer,
        tlds: Sequence[str] = (),
        instance: Contact | None = None,
    ) -> ContactForm:
        """The form for the country and type in `data`, showing what was typed so far and no errors yet."""
        form = cls(data, customer=customer, tlds=tlds, instance=instance)
        form.initial = {name: data.get(form.add_prefix(name), "") for name in TYPED}
        form.is_bound = False
        return form

    @property
    def who(self) -> list[forms.BoundField]:
        """The fields about the person or organization, in order."""
        names = [
            "type",
            "country",
            "organization",
            "organization_type",
            "first_name",
            "last_name",
            "identification",
        ]
        return [self[name] for name in names if name in self.fields]

    @property
    def where(self) -> list[forms.BoundField]:
        """The fields about how to reach them, in order."""
        return [self[name] for name in ("email", "phone", "address", "postal_code", "city", "state")]

    def clean(self) -> dict[str, Any]:
        """Everything is checked together: what is right depends on the country and the type."""
        typed = {name: self.data.get(self.add_prefix(name), "") for name in TYPED if name in self.fields}
        cleaned, errors = validate_contact(typed)
        # Our sentences say what is wanted; Django's say only that something is missing, even what we fill in.
        for name in TYPED:
            self.errors.pop(name, None)
        for name, problems in errors.items():
            shown = name if name in self.fields else None
            for problem in problems:
                self.add_error(shown, problem)
        if not self.errors:
            self._look_for_similar(cleaned)
        self.warnings = contact_warnings(cleaned)
        return {**cleaned, "keep_duplicate": self.cleaned_data.get("keep_duplicate", False)}

    def save(self) -> Contact:
        """Store the contact in the customer's book."""
        contact = self.instance or Contact(customer=self.customer)
        for name in TYPED:
            setattr(contact, name, self.cleaned_data.get(name, ""))
        contact.save()
        return contact

    def _look_for_similar(self, cleaned: Mapping[str, str]) -> None:
        if self.cleaned_data.get("keep_duplicate"):
            return
        self.similar = similar_contact(self.customer, cleaned, other_than=self.instance)
        if self.similar is not None:
            self.add_error(None, _("This looks like a contact that is in the book already."))

    def _first_values(self) -> dict[str, Any]:
        if self.instance is not None:
            return {name: str(getattr(self.instance, name)) for name in TYPED}
        latest = (
            Contact.objects.filter(customer=self.customer).order_by("-pk").values_list("country", flat=True)
        )
        country = latest.first() or LANGUAGE_COUNTRY.get((get_language() or "")[:2], "")
        return {"country": country, "type": Contact.Type.INDIVIDUAL}

    def _chosen(self, name: str) -> str:
        if self.is_bound:
            return str(self.data.get(self.add_prefix(name), ""))
        return str(self.initial.get(name, ""))

    def _follow(self, country: str, contact_type: str) -> None:
        organization = contact_type == Contact.Type.ORGANIZATION
        self._set_choices("country", [(code, name) for code, name in countries if code in COUNTRIES])
        if organization:
            self.fields["organization"].required = True
            self.fields["first_name"].label = _("First name of the person in charge")
            self.fields["last_name"].label = _("Last name of the person in charge")
        else:
            del self.fields["organization"]
        if organization and country == "ES":
            self.fields["organization_type"].required = True
            self._set_choices("organization_type", list(SPANISH_ORGANIZATION_TYPES.items()))
        else:
            del self.fields["organization_type"]
        self.fields["identification"].label = places.identification_label(country, organization=organization)
        self.fields["phone"].help_text = places.phone_help(country)
        self.fields["postal_code"].label = places.postal_code_label(country)
        self.fields["postal_code"].help_text = places.postal_code_help(country)
        self.fields["state"].label = places.province_label(country)
        known = places.provinces(country)
        if known:
            self.fields["state"].widget = forms.Select(attrs={"autocomplete": "address-level1"})
            empty = _("As the postal code says") if country == "ES" else CHOOSE
            self._set_choices("state", known, empty)
        elif country:
            self.fields["state"].help_text = _("If there is none, repeat the city.")

    def _set_choices(self, name: str, choices: list[tuple[str, Any]], empty: Any = CHOOSE) -> None:
        widget = self.fields[name].widget
        assert isinstance(widget, forms.Select)
        widget.choices = [("", empty), *choices]
