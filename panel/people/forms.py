"""The sign-in forms in the panel's words: labels above, no placeholders, help only where it helps."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from panel.people.demo import DEMO_PASSWORD, DemoPerson, demo_people


class PlainFields:
    """Takes placeholders away: a label stands above every field."""

    fields: dict[str, forms.Field]

    def plain(self) -> None:
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(PlainFields, account_forms.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plain()
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs.update({"autocomplete": "username webauthn", "autofocus": True})
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Stay signed in on this device")

    @property
    def demo_people(self) -> list[DemoPerson]:
        """Log-ins of the demo; empty outside demo mode."""
        return demo_people(getattr(self.request, "brand", None))

    @property
    def demo_password(self) -> str:
        """The password of each of them."""
        return DEMO_PASSWORD
