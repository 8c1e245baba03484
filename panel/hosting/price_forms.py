"""Prices of plans, as staff enter them: one amount for each product, in the brand's currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db import transaction

from panel.brand.models import Brand
from panel.hosting.models import Price
from panel.hosting.plan_services import PRODUCTS


class PricesForm(forms.Form):
    """What a brand's customers pay for a year of each product; an empty one is not sold."""

    use_required_attribute = False

    def __init__(self, *args: Any, brand: Brand, **named: Any) -> None:
        super().__init__(*args, **named)
        self.brand = brand
        rows = Price.objects.filter(brand=brand, currency=brand.currency)
        known = dict(rows.values_list("product_key", "amount"))
        for key, name in PRODUCTS.items():
            self.fields[key] = forms.DecimalField(
                label=name,
                required=False,
                min_value=Decimal(0),
                max_digits=10,
                decimal_places=2,
                initial=known.get(key),
                widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal", "class": "num"}),
            )

    @transaction.atomic
    def save(self) -> None:
        """Keep the amounts of a valid form, and drop those that were emptied."""
        for key in PRODUCTS:
            amount = self.cleaned_data[key]
            where: dict[str, Any] = {
                "brand": self.brand, "product_key": key, "currency": self.brand.currency,
            }  # fmt: skip
            if amount is None:
                Price.objects.filter(**where).delete()
            else:
                Price.objects.update_or_create(**where, defaults={"amount": amount})
