"""What people say of renewals once for all."""

from __future__ import annotations

from django import forms

from panel.people.models import Customer


class NewNamesForm(forms.ModelForm):
    """How a customer's new names are renewed."""

    use_required_attribute = False

    class Meta:
        model = Customer
        fields = ["new_names_renew"]
        widgets = {"new_names_renew": forms.RadioSelect}
