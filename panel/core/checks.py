"""Django system checks: what must not be so where real money moves. Run by `manage.py check --deploy`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

SHORTEST_SECRET = 50
SLOWEST_POLL, FASTEST_POLL = 3600, 300
DEVELOPMENT_KEY_ID = "dev"


@register(Tags.security, deploy=True)
def secrets_are_set(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The secret key and the keys of encrypted fields are somebody's own."""
    found: list[CheckMessage] = []
    if len(settings.SECRET_KEY) < SHORTEST_SECRET or settings.SECRET_KEY.startswith("only-for-tests"):
        found.append(
            Error(
                "SECRET_KEY is short or the one of development.",
                hint="50 random letters or more.",
                id="panel.E001",
            )
        )
    if any(key_id == DEVELOPMENT_KEY_ID for key_id, _key in settings.FIELD_KEYS):
        found.append(
            Error("FIELD_KEYS holds the key of development, which everybody can read.", id="panel.E002")
        )
    return found


@register(Tags.security, deploy=True)
def demo_is_off(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """No demo log-ins, no sandbox, a second factor for privileged people."""
    found: list[CheckMessage] = []
    if settings.DEMO or settings.SANDBOX_ALLOWED:
        found.append(Error("DEMO or DEBUG is on: the passwords of the demo are printed.", id="panel.E003"))
    if not settings.TWO_FACTOR_REQUIRED:
        found.append(
            Error("TWO_FACTOR_REQUIRED is off: staff sign in with a password alone.", id="panel.E004")
        )
    return found


@register(deploy=True)
def pace_is_polite(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Registrars are polled every ten minutes or so, never faster than every five."""
    if settings.OPERATION_POLL_SECONDS < FASTEST_POLL:
        return [Error("OPERATION_POLL_SECONDS is under 300: registrars ban for that.", id="panel.E005")]
    if settings.OPERATION_POLL_SECONDS > SLOWEST_POLL:
        return [
            checks.Warning(
                "OPERATION_POLL_SECONDS is over an hour: customers wait for nothing.", id="panel.W005"
            )
        ]
    return []


@register(Tags.caches, deploy=True)
def cache_is_shared(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Throttles of sign-in and searches count in one cache for all processes."""
    if settings.REDIS_URL:
        return []
    return [
        checks.Warning("REDIS_URL is empty: each process counts wrong passwords for itself.", id="panel.W006")
    ]


@register(Tags.database)
def accounts_are_real(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """In production no registrar account points to the sandbox."""
    if settings.SANDBOX_ALLOWED or not databases:
        return []
    account = apps.get_model("registrar_account", "Account")
    try:
        labels = list(account.objects.filter(is_sandbox=True).values_list("label", flat=True)[:5])
    except DatabaseError:
        return []  # before the first migration
    if not labels:
        return []
    return [
        Error(
            f"These registrar accounts point to a sandbox: {', '.join(labels)}.",
            hint="Pause them, or give them their real endpoint.",
            id="panel.E007",
        )
    ]
