"""Entering a registrar account: what is tried before it is kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.account import connection, gateway
from panel.account.families import can, sandbox_address, sandbox_credentials, tidy_address
from panel.account.models import Account, ConnectionTest
from panel.people.models import User
from registrar import FAMILIES, CredentialField


class CredentialsForm(forms.Form):
    """What a family needs to log in. Secrets go in and are never shown again."""

    def __init__(self, *args: Any, family: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.family = FAMILIES[family]
        for field in self.family.credential_fields:
            widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
            if field.secret:
                widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})
            self.fields[f"credential_{field.name}"] = forms.CharField(
                label=_(field.label),
                max_length=200,
                required=field.required,
                widget=widget,
                help_text=self._help(field),
            )

    @staticmethod
    def _help(field: CredentialField) -> str:
        if field.secret:
            return _("Stored encrypted, never shown again.")
        if field.name == "das":
            return _("Where many names are checked at once. Empty: as the API's own address tells.")
        return ""

    @property
    def credentials(self) -> dict[str, str]:
        """The values by the family's own names; what was left empty is left out."""
        values = {
            field.name: self.cleaned_data[f"credential_{field.name}"]
            for field in self.family.credential_fields
        }
        return {name: value for name, value in values.items() if value}

    @staticmethod
    def initial_from(credentials: dict[str, str]) -> dict[str, str]:
        """Initial values of what is not secret."""
        return {f"credential_{name}": value for name, value in credentials.items()}


class AccountForm(CredentialsForm):
    """A new account at a registrar."""

    class Place:
        PRODUCTION, SANDBOX, CUSTOM = "production", "sandbox", "custom"

    label = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
    )
    place = forms.ChoiceField(label=gettext_lazy("Where"), widget=forms.RadioSelect, initial=Place.PRODUCTION)
    address = forms.URLField(
        label=gettext_lazy("Address"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Only for another address, with everything after the host name."),
    )
    is_sandbox = forms.BooleanField(
        label=gettext_lazy("That address is a sandbox: nothing is bought for real"), required=False
    )
    threshold = forms.DecimalField(
        label=gettext_lazy("Warn below"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=gettext_lazy("In the account's currency. Empty: the threshold that the registrar keeps."),
    )
    field_order = ["label", "place", "address", "is_sandbox"]

    def __init__(self, *args: Any, family: str, **kwargs: Any) -> None:
        super().__init__(*args, family=family, **kwargs)
        self.fields["label"].help_text = _("What staff call it, such as “%(family)s, main account”.") % {
            "family": self.family.label
        }
        if not self.family.capabilities.find("account.info").usable:
            del self.fields["threshold"]
        production = self.family.default_endpoint
        choices = [(self.Place.PRODUCTION, _("The registrar itself (%(address)s)") % {"address": production})]
        if settings.SANDBOX_ALLOWED:
            address = sandbox_address(family)
            choices.append(
                (self.Place.SANDBOX, _("The sandbox on this machine (%(address)s)") % {"address": address})
            )
        choices.append((self.Place.CUSTOM, _("Another address")))
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(
            [*self.field_order, *(f"credential_{row.name}" for row in self.family.credential_fields)]
        )

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if Account.objects.filter(label__iexact=label).exists():
            raise ValidationError(_("There is an account with this name already."))
        return label

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        place = data.get("place")
        if place == self.Place.CUSTOM and not data.get("address"):
            self.add_error("address", _("Enter the address."))
            return data
        endpoint, is_sandbox = self.target
        if place == self.Place.CUSTOM and not is_sandbox and urlsplit(endpoint).scheme != "https":
            self.add_error("address", _("Real business needs an encrypted address: https://"))
        try:
            gateway.refuse_mismatch(endpoint, is_sandbox)
        except ImproperlyConfigured as error:
            self.add_error("place", str(error))
        return data

    @property
    def target(self) -> tuple[str, bool]:
        """Address, and whether it is a sandbox."""
        place = self.cleaned_data.get("place")
        if place == self.Place.SANDBOX:
            return sandbox_address(self.family.name), True
        if place == self.Place.CUSTOM:
            address = tidy_address(self.family.name, self.cleaned_data.get("address", ""))
            return address, self.cleaned_data.get("is_sandbox", False)
        return self.family.default_endpoint, False

    @property
    def credentials(self) -> dict[str, str]:
        """The values by the family's own names, and what is known of this machine's sandbox."""
        known = {}
        if self.cleaned_data.get("place") == self.Place.SANDBOX:
            known = sandbox_credentials(self.family.name)
        return {**known, **super().credentials}

    def begin(self, actor: User) -> ConnectionTest:
        """Start the test of what was entered."""
        endpoint, is_sandbox = self.target
        return connection.begin(
            label=self.cleaned_data["label"],
            family=self.family.name,
            endpoint=endpoint,
            is_sandbox=is_sandbox,
            credentials=self.credentials,
            threshold=self.cleaned_data.get("threshold"),
            actor=actor,
        )

    @classmethod
    def again(cls, test: ConnectionTest) -> AccountForm:
        """The form as it was filled in for a test that failed, without the secrets."""
        place = cls.Place.CUSTOM
        if test.endpoint == FAMILIES[test.family].default_endpoint:
            place = cls.Place.PRODUCTION
        elif settings.SANDBOX_ALLOWED and test.endpoint == sandbox_address(test.family):
            place = cls.Place.SANDBOX
        initial = {
            "label": test.label,
            "place": place,
            "address": test.endpoint if place == cls.Place.CUSTOM else "",
            "is_sandbox": test.is_sandbox and place == cls.Place.CUSTOM,
            "threshold": test.threshold,
            **cls.initial_from(test.credentials),
        }
        return cls(family=test.family, initial=initial)


class ReplaceCredentialsForm(CredentialsForm):
    """New credentials for an account; the old ones stay until the registrar accepts these."""

    @staticmethod
    def initial_for(account: Account) -> dict[str, str]:
        """What need not be entered again: values that are neither secret nor asked for."""
        kept = [
            field.name
            for field in FAMILIES[account.family].credential_fields
            if not field.secret and not field.required
        ]
        known = {name: account.credentials[name] for name in kept if name in account.credentials}
        return CredentialsForm.initial_from(known)

    def begin(self, account: Account, actor: User) -> ConnectionTest:
        """Start the test of what was entered."""
        return connection.begin(
            label=account.label,
            family=account.family,
            endpoint=account.endpoint,
            is_sandbox=account.is_sandbox,
            credentials=self.credentials,
            threshold=account.threshold,
            account=account,
            actor=actor,
        )


class AccountSettingsForm(forms.ModelForm):
    """What staff may change of an account without a test."""

    class Meta:
        model = Account
        fields = ("label", "threshold", "is_default")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can(self.instance, "account.info"):
            del self.fields["threshold"]
