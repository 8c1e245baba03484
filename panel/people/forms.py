"""The sign-in forms in the panel's words: labels above, no placeholders, help only where it helps."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from panel.people.demo import DEMO_PASSWORD, DemoPerson, demo_people
from panel.people.models import User
from panel.people.queries import may_enter


class PlainFields:
    """Takes placeholders away (a label stands above every field) and says things in the panel's words."""

    words: dict[str, Any] = {}
    help: dict[str, Any] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.help.get(name, field.help_text)


class LoginForm(PlainFields, account_forms.LoginForm):
    """E-mail and password."""

    words = {"login": _("E-mail"), "password": _("Password"), "remember": _("Stay signed in on this device")}
    help = {"password": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "autofocus": True})

    @property
    def demo_people(self) -> list[DemoPerson]:
        """Log-ins of the demo; empty outside demo mode."""
        return demo_people(getattr(self.request, "brand", None))

    @property
    def demo_password(self) -> str:
        """The password of each of them."""
        return DEMO_PASSWORD


class ResetPasswordForm(PlainFields, account_forms.ResetPasswordForm):
    """Who forgot the password: people with business on this host, the others hear nothing."""

    words = {"email": _("E-mail")}
    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        brand = getattr(context.request, "brand", None)
        if brand is not None:
            self.users = [user for user in self.users if may_enter(user, brand)]
        return email


class ResetPasswordKeyForm(PlainFields, account_forms.ResetPasswordKeyForm):
    """The new password, from the link in the e-mail."""

    words = {"password1": _("New password"), "password2": _("New password once more")}
    help = {"password1": _("At least 10 characters.")}


class ChangePasswordForm(PlainFields, account_forms.ChangePasswordForm):
    """The present password and the new one."""

    words = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    help = {"oldpassword": "", "password1": _("At least 10 characters.")}


class SetPasswordForm(PlainFields, account_forms.SetPasswordForm):
    """A first password."""

    words = {"password1": _("New password"), "password2": _("New password once more")}
    help = {"password1": _("At least 10 characters.")}


class AddEmailForm(PlainFields, account_forms.AddEmailForm):
    """A further e-mail address."""

    words = {"email": _("E-mail")}


class ReauthenticateForm(PlainFields, account_forms.ReauthenticateForm):
    """The password once more."""

    words = {"password": _("Password")}
    help = {"password": ""}


class AuthenticateForm(PlainFields, mfa_forms.AuthenticateForm):
    """The second step of signing in."""

    words = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"autofocus": True, "spellcheck": "false"})


class ReauthenticateCodeForm(PlainFields, mfa_forms.ReauthenticateForm):
    """A code once more."""

    words = {"code": _("Code from your authenticator app")}


class ActivateTOTPForm(PlainFields, totp_forms.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    words = {"code": _("Six digits")}
    help = {"code": _("They change every 30 seconds.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "spellcheck": "false"})


class AddWebAuthnForm(PlainFields, webauthn_forms.AddWebAuthnForm):
    """A new passkey or security key."""

    words = {"name": _("Name"), "passwordless": _("Sign in with it alone, without the password")}
    help = {
        "name": _('So that you know it again: "laptop", "blue key".'),
        "passwordless": _("It then asks for your fingerprint, face or PIN each time."),
    }


class EditWebAuthnForm(PlainFields, webauthn_forms.EditWebAuthnForm):
    """A passkey's name."""

    words = {"name": _("Name")}
