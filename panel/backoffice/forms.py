"""Forms of the staff about customers and brands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.backoffice.queries import taken_hosts
from panel.brand.forms import LookForm
from panel.brand.models import Brand, host_validator
from panel.brand.services import forget_brands, operator_brand
from panel.people.customer_forms import CustomerForm
from panel.people.models import Customer

# What follows /office/prices/ besides brands.
RESERVED_SLUGS = ("market", "rates")


class OfficeCustomerForm(CustomerForm):
    """A new customer of whichever brand."""

    brand_choice: forms.ModelChoiceField[Brand] = forms.ModelChoiceField(
        label=gettext_lazy("Brand"), queryset=None, empty_label=None
    )
    field_order = ["brand_choice", "name", "email", "owner_email"]

    def __init__(self, *args: Any, brands: QuerySet[Brand], **kwargs: Any) -> None:
        data = args[0] if args else None
        asked = str(data.get("brand_choice", "")) if data else ""
        chosen = brands.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
        super().__init__(*args, brand=chosen or operator_brand(), **kwargs)
        self.fields["brand_choice"].queryset = brands  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """Why a person decided so about an operation."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What you saw and where. It is kept with the operation."),
        error_messages={"required": gettext_lazy("Say why: the reason is kept with the operation.")},
    )


class AssignForm(forms.Form):
    """To whom a name belongs."""

    customer: forms.ModelChoiceField[Customer] = forms.ModelChoiceField(
        label=gettext_lazy("Customer"), queryset=None, required=False, empty_label=gettext_lazy("Nobody yet")
    )

    def __init__(self, *args: Any, customers: QuerySet[Customer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].queryset = customers  # type: ignore[attr-defined]


class BrandForm(LookForm):
    """A brand as the operator sees it: also its short name, currency and host names."""

    hosts = forms.CharField(
        label=gettext_lazy("Host names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy("One on each line, such as panel.example.com. The DNS must point here."),
    )

    class Meta(LookForm.Meta):
        fields = ["name", "slug", *LookForm.Meta.fields[1:], "currency", "default_language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = True
        self.fields["default_language"].widget = forms.Select(choices=settings.LANGUAGES)
        if self.instance.pk:
            self.initial["hosts"] = "\n".join(self.instance.hosts.values_list("name", flat=True))
            self.fields["currency"].disabled = self.instance.customers.exists()
        if self.instance.is_operator:
            # The operator's hosts are configuration: an error here would lock everybody out.
            del self.fields["hosts"]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise ValidationError(_("Choose another short name: this one is an address of the back office."))
        return slug

    def clean_hosts(self) -> list[str]:
        names = list(dict.fromkeys(self.cleaned_data["hosts"].lower().split()))
        for name in names:
            host_validator(name)
        taken = taken_hosts(names, self.instance)
        if taken:
            raise ValidationError(_("Another brand has %(names)s.") % {"names": ", ".join(taken)})
        return names

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].upper()
        if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
            raise ValidationError(_("Use a currency's three letters, such as EUR."))
        return currency

    def save(self, commit: bool = True) -> Brand:
        """The brand with its hosts, known at the next request."""
        with transaction.atomic():
            brand = super().save(commit)
            if "hosts" in self.fields:
                names = self.cleaned_data["hosts"]
                brand.hosts.exclude(name__in=names).delete()
                for name in names:
                    brand.hosts.get_or_create(name=name)
        forget_brands()
        return brand
