"""How allauth behaves in a panel where people are invited, and where a brand is on the letterhead."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panel.core.encryption import decrypt, encrypt
from panel.people.models import User
from panel.people.queries import may_enter
from panel.people.secrets import MFA_CONTEXT


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up; e-mails in the brand's name; nobody comes in on a brand's host where he has no business."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "too_many_login_attempts": _(
            "Too many wrong passwords in a row. Wait five minutes, or set a new password."
        ),
        "rate_limited": _("Too many tries in a short time. Wait a few minutes."),
        "incorrect_code": _("That code is not right. It changes every 30 seconds: try the next one."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("This is not your present password."),
    }

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Stop a sign-in on the wrong host, whatever proved who it is: password, passkey or link."""
        brand = getattr(request, "brand", None)
        if brand is not None and not may_enter(user, brand):
            messages.error(request, self.error_messages["email_password_mismatch"])
            return redirect("account_login")
        if not EmailAddress.objects.filter(user=user).exists():
            # Accounts that staff made know their address only; from here on it is one of the list, not confirmed yet.
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation of their customer, their brand or the staff."""
        return False

    def format_email_subject(self, subject: str) -> str:
        brand = getattr(self.request, "brand", None)
        return f"{brand.name}: {' '.join(subject.split())}" if brand else subject

    def get_from_email(self) -> str:
        brand = getattr(self.request, "brand", None)
        if brand is None:
            return str(settings.DEFAULT_FROM_EMAIL)
        return str(brand.sender)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        brand = getattr(self.request, "brand", None)
        super().send_mail(template_prefix, email, {**context, "brand": brand})


class MFAAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are encrypted at rest; authenticators show the brand's name."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def get_totp_issuer(self) -> str:
        brand = getattr(self.request, "brand", None)
        return brand.name if brand else str(super().get_totp_issuer())

    def encrypt(self, text: str) -> str:
        return encrypt(text, context=MFA_CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, context=MFA_CONTEXT)

    def build_totp_svg(self, url: str) -> str:
        """The picture on white of its own: a phone reads it on dark pages as well."""
        from qrcode.image.svg import SvgPathFillImage
        from qrcode.main import make

        text: str = make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
        return text

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Passkey, Passkey 2, and so on; people may write something better."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        brand = getattr(self.request, "brand", None)
        return {**entity, "name": brand.name} if brand else entity
