"""The secrets of second factors, which allauth keeps inside a JSON column."""

from __future__ import annotations

from typing import Any

from panel.core.encryption import decrypt, encrypt
from panel.core.rotation import BATCH, is_current

MFA_CONTEXT = "mfa.secret"


def rotate_authenticators() -> int:
    """Put the secrets of authenticator apps and recovery codes under the first key; how many rows were renewed."""
    from allauth.mfa.models import Authenticator

    renewed = 0
    for row in Authenticator.objects.order_by("pk").iterator(chunk_size=BATCH):
        fresh = {name: _renewed(value) for name, value in row.data.items()}
        if fresh != row.data:
            renewed += Authenticator.objects.filter(pk=row.pk, data=row.data).update(data=fresh)
    return renewed


def _renewed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renewed(item) for item in value]
    if not isinstance(value, str) or ":" not in value or is_current(value):
        return value
    return encrypt(decrypt(value, context=MFA_CONTEXT), context=MFA_CONTEXT)
