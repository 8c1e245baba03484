"""Entering the costs of one extension by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.account import handkept
from panel.account.handkept import Entry, Unfit
from panel.account.models import Account, Tld
from panel.people.models import User

T = TypeVar("T")


class ExtensionCostForm(forms.Form):
    """What an extension costs for one year. Empty: that action is not sold."""

    extension = forms.CharField(
        label=gettext_lazy("Extension"),
        max_length=80,
        help_text=gettext_lazy("Such as io or co.uk."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    create = forms.CharField(label=gettext_lazy("Registration, one year"), required=False, max_length=16)
    renew = forms.CharField(label=gettext_lazy("Renewal, one year"), required=False, max_length=16)
    transfer = forms.CharField(label=gettext_lazy("Transfer"), required=False, max_length=16)
    privacy = forms.CharField(label=gettext_lazy("WHOIS privacy, one year"), required=False, max_length=16)
    years = forms.CharField(
        label=gettext_lazy("Years"),
        initial="1-10",
        max_length=40,
        help_text=gettext_lazy("For how long it can be registered and renewed, such as 1-10 or 1 2 5."),
    )

    def __init__(self, *args: Any, account: Account, tld_name: str = "", **kwargs: Any) -> None:
        self.account = account
        if tld_name:
            kwargs["initial"] = self._initial(account, tld_name)
        super().__init__(*args, **kwargs)
        if tld_name:
            del self.fields["extension"]
        if not handkept.sells_privacy(account):
            del self.fields["privacy"]
        self.tld_name = tld_name
        help_text = _("In %(currency)s, such as 12.50. Empty: not sold.") % {"currency": account.currency}
        for name in self._asked():
            self.fields[name].help_text = help_text
            self.fields[name].widget.attrs["inputmode"] = "decimal"

    @staticmethod
    def _initial(account: Account, tld_name: str) -> dict[str, Any]:
        known = handkept.known_entries(account, [tld_name]).get(tld_name)
        if known is None:
            return {}
        costs = {action.value: known.amount(action) for action in handkept.SOLD}
        return {**costs, "years": handkept.written_years(known.years)}

    def _asked(self) -> list[str]:
        """The fields that a cost is entered in."""
        return [name for name in handkept.SOLD if name in self.fields]

    def _read(self, name: str, reader: Callable[[str], T]) -> T:
        try:
            return reader(self.cleaned_data[name])
        except Unfit as problem:
            raise ValidationError(str(problem)) from None

    def clean_extension(self) -> str:
        name = self._read("extension", handkept.read_extension)
        if Tld.objects.filter(account=self.account, name=name, costs__isnull=False).exists():
            raise ValidationError(_("The account has costs for this extension already."))
        return name

    def clean_create(self) -> Any:
        return self._read("create", handkept.read_cost)

    def clean_renew(self) -> Any:
        return self._read("renew", handkept.read_cost)

    def clean_transfer(self) -> Any:
        return self._read("transfer", handkept.read_cost)

    def clean_privacy(self) -> Any:
        return self._read("privacy", handkept.read_cost)

    def clean_years(self) -> tuple[int, ...]:
        return self._read("years", handkept.read_years)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(name in self.errors or data.get(name) is not None for name in self._asked()):
            self.add_error("create", _("Enter at least one cost."))
        return data

    def save(self, actor: User) -> str:
        """Keep the costs. Returns the extension."""
        data = self.cleaned_data
        name = self.tld_name or data["extension"]
        costs = {action.value: data.get(action) for action in handkept.SOLD}
        entry = Entry(name, years=data["years"], **costs)
        handkept.keep(self.account, [entry], actor)
        return name
