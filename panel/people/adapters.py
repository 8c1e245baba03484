"""How allauth behaves in a panel where people are invited, and where a brand is on the letterhead."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from panel.core.encryption import decrypt, encrypt

MFA_CONTEXT = "mfa.secret"


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up; e-mails in the brand's name."""

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
        return f"{brand.sender_name or brand.name} <{brand.support_email}>"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        brand = getattr(self.request, "brand", None)
        super().send_mail(template_prefix, email, {**context, "brand": brand})


class MFAAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return encrypt(text, context=MFA_CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, context=MFA_CONTEXT)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        brand = getattr(self.request, "brand", None)
        return {**entity, "name": brand.name} if brand else entity
