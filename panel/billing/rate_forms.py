"""Entering exchange rates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.billing import rates
from panel.billing.models import ExchangeRate
from panel.people.models import User


class RateForm(forms.Form):
    """What one unit of a currency is worth in another. A slip of the decimal point is asked about."""

    source = forms.ChoiceField(
        label=gettext_lazy("Costs in"), help_text=gettext_lazy("The currency of a registrar account.")
    )
    target = forms.ChoiceField(
        label=gettext_lazy("Prices in"), help_text=gettext_lazy("The currency of a brand's prices.")
    )
    rate = forms.DecimalField(
        label=gettext_lazy("Rate"),
        min_value=Decimal("0.00000001"),
        max_digits=18,
        decimal_places=8,
        help_text=gettext_lazy("What one unit of the first is worth in the second, such as 0.92."),
    )
    since = forms.DateTimeField(
        label=gettext_lazy("Holds from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("Empty: from now on."),
    )
    sure = forms.BooleanField(label=gettext_lazy("The rate is right"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources, targets = rates.currencies()
        self.fields["source"].choices = [(code, code) for code in sources]  # type: ignore[attr-defined]
        self.fields["target"].choices = [(code, code) for code in targets]  # type: ignore[attr-defined]
        foreign = [code for code in sources if code not in targets]
        if foreign and not self.initial:
            self.initial = {"source": foreign[0]}
        self.doubtful = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        source, target, rate = data.get("source"), data.get("target"), data.get("rate")
        if source and source == target:
            raise ValidationError(_("Choose two different currencies."))
        if source and target and rate and not data.get("sure") and rates.is_unusual(source, target, rate):
            self.doubtful = True
            now = rates.Rates(target)[source]
            words = _(
                "The rate in force is %(now)s: this differs by more than a tenth. Tick below if it is right."
            )
            self.add_error("rate", words % {"now": f"{now.normalize():f}"})
        return data

    def save(self, actor: User) -> ExchangeRate:
        """Write the rate down."""
        data = self.cleaned_data
        since = data["since"] or timezone.now()
        return rates.set_rate(data["source"], data["target"], data["rate"], since, actor)
