"""Forms of staff about money: wallets, credit lines, price lists."""

from __future__ import annotations

import secrets
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.account.models import Action
from panel.billing import ledger, prices
from panel.billing.models import Entry, PriceList, PriceRule, Rounding
from panel.people.models import Customer, User

MOST_MONEY = Decimal(1_000_000)


def fresh_key() -> str:
    """A key for one showing of a form: sent twice, it counts once."""
    return f"form:{secrets.token_urlsafe(18)}"


class TopUpForm(forms.Form):
    """Money into a wallet, or out of it again."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount"),
        min_value=-MOST_MONEY,
        max_value=MOST_MONEY,
        decimal_places=2,
        help_text=gettext_lazy("In the customer's currency, such as 50.00. Negative to correct a mistake."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Shown to the customer, such as “Bank transfer of 3 May”."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=80, initial=fresh_key)

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError(_("Enter an amount other than zero."))
        return amount

    def book(self, customer: Customer, actor: User) -> Entry | None:
        """Book it once. None, with an error on the form, when the wallet does not hold what is taken out."""
        try:
            return ledger.top_up(
                customer,
                self.cleaned_data["amount"],
                reason=self.cleaned_data["reason"],
                actor=actor,
                idempotency_key=f"{customer.public_id}:{self.cleaned_data['key']}"[:80],
            )
        except ledger.NotEnoughMoney as error:
            text = _("The wallet lacks %(missing)s %(currency)s for that.")
            self.add_error("amount", text % {"missing": error.missing, "currency": error.currency})
            return None


class CreditLineForm(forms.Form):
    """How far below zero a wallet may go."""

    credit_line = forms.DecimalField(
        label=gettext_lazy("Credit line"),
        min_value=0,
        max_value=MOST_MONEY,
        decimal_places=2,
        help_text=gettext_lazy("How far below zero the wallet may go. 0: prepaid only."),
    )

    def apply(self, customer: Customer) -> bool:
        """True when it was set; otherwise the form says why not."""
        try:
            ledger.set_credit_line(customer, self.cleaned_data["credit_line"])
        except ValueError as error:
            self.add_error("credit_line", str(error))
            return False
        return True


class BelowCostMixin(forms.Form):
    """Refuses a loss until somebody agrees to it by name."""

    approve = forms.BooleanField(label=gettext_lazy("Sell below cost: I agree to the loss"), required=False)

    def attempt(self, change: Any, actor: User) -> bool:
        """Run `change(approver)`. False, with the losses on the form, when it is refused."""
        try:
            change(actor if self.cleaned_data.get("approve") else None)
        except prices.Loss as refusal:
            self.losses = refusal.quotes
            self.add_error(
                None, _("This would sell below cost. Change the margins, or agree to the loss below.")
            )
            return False
        return True

    losses: list[Any] = []


class PriceListForm(BelowCostMixin, forms.ModelForm):
    """The margins of a brand's whole list."""

    class Meta:
        model = PriceList
        fields = ("margin_percent", "margin_fixed", "rounding")
        help_texts = {
            "margin_percent": gettext_lazy("Added to what a name costs: 25 makes 10.00 into 12.50."),
            "margin_fixed": gettext_lazy("Added after the percentage, for each year."),
        }

    field_order = ["margin_percent", "margin_fixed", "rounding", "approve"]

    def apply(self, actor: User) -> bool:
        """True when the list was changed."""
        data = self.cleaned_data
        values = {name: data[name] for name in ("margin_percent", "margin_fixed", "rounding")}
        # The instance carries what was typed already; the change starts from what is stored.
        stored = PriceList.objects.get(pk=self.instance.pk)
        return self.attempt(lambda approver: prices.change_list(stored, values, approver), actor)


class OfficeRuleForm(BelowCostMixin, forms.Form):
    """What is different for one extension, for all actions or for one. Empty fields follow the list."""

    action = forms.ChoiceField(
        label=gettext_lazy("For"),
        required=False,
        choices=[("", gettext_lazy("All actions")), *Action.choices],
    )
    is_sold = forms.BooleanField(label=gettext_lazy("Sold"), required=False, initial=True)
    margin_percent = forms.DecimalField(
        label=gettext_lazy("Margin, percent"),
        min_value=-100,
        max_value=1000,
        decimal_places=2,
        required=False,
    )
    margin_fixed = forms.DecimalField(
        label=gettext_lazy("Margin, amount"),
        min_value=-10000,
        max_value=10000,
        decimal_places=2,
        required=False,
    )
    rounding = forms.ChoiceField(
        label=gettext_lazy("Rounding"),
        required=False,
        choices=[("", gettext_lazy("As in the list")), *Rounding.choices],
    )
    field_order = ["action", "is_sold", "margin_percent", "margin_fixed", "rounding", "approve"]

    @staticmethod
    def initial_from(rule: PriceRule | None, action: str) -> dict[str, Any]:
        """The form as the rule stands."""
        if rule is None:
            return {"action": action, "is_sold": True}
        names = ("is_sold", "margin_percent", "margin_fixed", "rounding")
        return {"action": action, **{name: getattr(rule, name) for name in names}}

    def apply(self, price_list: PriceList, tld_name: str, actor: User) -> bool:
        """True when the rule was written."""
        data = self.cleaned_data
        names = ("is_sold", "margin_percent", "margin_fixed", "rounding")
        values = {name: data[name] for name in names}
        return self.attempt(
            lambda approver: prices.change_rule(price_list, tld_name, data["action"], values, approver), actor
        )
