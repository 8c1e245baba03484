"""Forms about customers and who acts for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from panel.brand.models import Brand
from panel.people.models import Customer, Membership, Role, User


class CustomerForm(forms.ModelForm):
    """A new customer of a brand, and the e-mail address of the first person who acts for it."""

    owner_email = forms.EmailField(
        label=_("E-mail of its first person"),
        help_text=_("Gets an invitation, chooses a password and may invite others."),
    )

    class Meta:
        model = Customer
        fields = ["name", "email"]
        help_texts = {
            "name": _("The person or company that buys."),
            "email": _("Where notices about its names and its wallet go."),
        }

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand

    def clean_name(self) -> str:
        """One customer of a name in a brand: two would be mixed up."""
        name: str = self.cleaned_data["name"].strip()
        if Customer.objects.filter(brand=self.brand, name__iexact=name).exists():
            raise forms.ValidationError(_("There is a customer of this name already."))
        return name

    def save(self, commit: bool = True) -> Customer:
        """The customer, in the brand and its currency."""
        self.instance.brand, self.instance.currency = self.brand, self.brand.currency
        customer: Customer = super().save(commit)
        return customer


class InviteForm(forms.Form):
    """Somebody who shall act for a customer."""

    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.READER)

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer

    def clean_email(self) -> str:
        """Not somebody who is in already."""
        email: str = self.cleaned_data["email"].strip().lower()
        if Membership.objects.filter(customer=self.customer, user__email__iexact=email).exists():
            raise forms.ValidationError(_("This person acts for the customer already."))
        return email


class WelcomeForm(forms.Form):
    """The first thing an invited person fills in."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. Four or five unrelated words are good."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        """A password that is hard to guess for this person."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password
