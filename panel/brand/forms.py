"""A brand's look, changed by the people who run it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.brand.models import Brand
from panel.brand.services import forget_brands


class LookForm(forms.ModelForm):
    """Name, letters, colors and the sender of e-mails. Host names are the operator's affair."""

    class Meta:
        model = Brand
        fields = ["name", "monogram", "hue", "chroma", "support_email", "sender_name"]
        widgets = {
            "hue": forms.NumberInput({"type": "range", "min": 0, "max": 359, "step": 5}),
            "chroma": forms.NumberInput({"type": "range", "min": 2, "max": 25, "step": 1}),
        }
        help_texts = {
            "support_email": _("Shown on every page, and the address that e-mails come from."),
            "sender_name": _("Empty: the brand's name."),
            "hue": _("From red over green and blue back to red."),
            "chroma": _("From calm to vivid. Text stays readable whatever you choose."),
        }

    def save(self, commit: bool = True) -> Brand:
        """The brand with its new look, seen at the next request."""
        brand: Brand = super().save(commit)
        forget_brands()
        return brand

    def preview(self) -> dict[str, Any]:
        """What the look would be: the posted values where they are valid, the brand's own where not."""
        stored = {name: getattr(self.instance, name) for name in ("name", "monogram", "hue", "chroma")}
        if self.is_bound:
            self.is_valid()
            stored |= {
                name: value for name, value in self.cleaned_data.items() if name in stored and value != ""
            }
        return stored
