"""Names that are lent, for tests."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from panel.access.models import Grant
from panel.access.parts import Level, Part

READ, WRITE = Level.READ, Level.WRITE


def lent(domain: Any, user: Any, level: Level, *parts: Part, **fields: Any) -> Grant:
    """What the customer of the domain lends to somebody who has accepted."""
    values: dict[str, Any] = {
        "customer": domain.customer,
        "email": user.email,
        "user": user,
        "accepted_at": timezone.now(),
        "levels": {part.value: level.value for part in parts},
    }
    if "user_id" in fields:
        del values["user"]
    grant: Grant = Grant.objects.create(domain=domain, **{**values, **fields})
    return grant
