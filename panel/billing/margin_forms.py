"""Forms of margins."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.billing.margins import BelowCost, set_margins, set_rule
from panel.billing.models import PriceList, PriceRule, Rounding

MOST_PERCENT, MOST_FIXED = Decimal(1000), Decimal(10000)


class MarginsForm(forms.Form):
    """The margins of a whole price list. What would sell under cost is refused with the extensions' names."""

    percent = forms.DecimalField(
        label=_("Margin, percent"),
        help_text=_("Added to what a name costs: 25 makes 10.00 into 12.50."),
        min_value=-100,
        max_value=MOST_PERCENT,
        decimal_places=2,
    )
    fixed = forms.DecimalField(
        label=_("Margin, amount"),
        help_text=_("Added after the percentage, for each year."),
        min_value=-MOST_FIXED,
        max_value=MOST_FIXED,
        decimal_places=2,
    )
    rounding = forms.ChoiceField(label=_("Rounding"), choices=Rounding.choices)

    def __init__(self, *args: Any, price_list: PriceList, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "percent": price_list.margin_percent,
            "fixed": price_list.margin_fixed,
            "rounding": price_list.rounding,
        }
        super().__init__(*args, **kwargs)
        self.price_list = price_list

    def save(self) -> bool:
        """True when the change was made; otherwise the form says why not."""
        data = self.cleaned_data
        try:
            set_margins(
                self.price_list, percent=data["percent"], fixed=data["fixed"], rounding=data["rounding"]
            )
        except BelowCost as refusal:
            self.add_error(None, below_cost_words(refusal))
            return False
        return True


class RuleForm(forms.Form):
    """What is different for one extension. Empty fields follow the list."""

    is_sold = forms.BooleanField(label=_("We sell this extension"), required=False)
    percent = forms.DecimalField(
        label=_("Margin, percent"), min_value=-100, max_value=MOST_PERCENT, decimal_places=2, required=False
    )
    fixed = forms.DecimalField(
        label=_("Margin, amount"),
        min_value=-MOST_FIXED,
        max_value=MOST_FIXED,
        decimal_places=2,
        required=False,
    )
    rounding = forms.ChoiceField(
        label=_("Rounding"), choices=[("", _("As in the list")), *Rounding.choices], required=False
    )

    def __init__(self, *args: Any, price_list: PriceList, tld_name: str, **kwargs: Any) -> None:
        rule = (
            PriceRule.objects.filter(price_list=price_list, tld_name=tld_name, action="").first()
            or PriceRule()
        )
        kwargs["initial"] = {
            "is_sold": rule.is_sold,
            "percent": rule.margin_percent,
            "fixed": rule.margin_fixed,
            "rounding": rule.rounding,
        }
        super().__init__(*args, **kwargs)
        self.price_list, self.tld_name = price_list, tld_name

    def save(self) -> bool:
        """True when the change was made; otherwise the form says why not."""
        try:
            set_rule(self.price_list, self.tld_name, **self.cleaned_data)
        except BelowCost as refusal:
            self.add_error(None, below_cost_words(refusal))
            return False
        return True


def below_cost_words(refusal: BelowCost) -> str:
    """The refusal in words that give no cost away."""
    names = ", ".join(f".{name}" for name in refusal.extensions[:6])
    more = len(refusal.extensions) - 6
    if more > 0:
        names = _("%(names)s and %(more)d more") % {"names": names, "more": more}
    return _("This would sell %(names)s for less than it costs. Ask the operator if you want that.") % {
        "names": names
    }
