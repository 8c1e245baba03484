"""The demo's accounts: one at each registrar's sandbox, at the ports of this run."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from panel.account.families import sandbox_address, sandbox_credentials
from panel.account.models import Account
from registrar import FAMILIES


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to be made, with what the sandbox wants to hear."""

    family: str
    credentials: dict[str, str] = field(repr=False)
    threshold: Decimal | None = None

    @property
    def label(self) -> str:
        """What staff call it."""
        return f"{FAMILIES[self.family].label} (sandbox)"


ACCOUNTS = (
    DemoAccount("mrdomain", {"apiuser": "demo", "apipasswd": "demo"}, Decimal(250)),
    DemoAccount("netim", {"reseller": "DEMO01", "password": "demo"}, Decimal(200)),
    DemoAccount("bookmyname", {"dist_id": "13490", "dist_passwd": "demo"}),
    DemoAccount("namecom", {"username": "demo-ote", "api_token": "demo"}, Decimal(300)),
)


def make_accounts() -> list[tuple[Account, bool]]:
    """The accounts, each with whether it is new."""
    return [_make(row) for row in ACCOUNTS]


def _make(row: DemoAccount) -> tuple[Account, bool]:
    endpoint = sandbox_address(row.family)
    credentials = {**row.credentials, **sandbox_credentials(row.family)}
    account, created = Account.objects.get_or_create(
        label=row.label,
        defaults={
            "family": row.family,
            "endpoint": endpoint,
            "is_sandbox": True,
            "credentials": credentials,
            "threshold": row.threshold,
            "currency": FAMILIES[row.family].currency,
        },
    )
    if account.endpoint != endpoint:
        account.endpoint, account.credentials = endpoint, credentials
        account.failures, account.retry_after = 0, None
        account.save(update_fields=["endpoint", "credentials", "failures", "retry_after"])
    return account, created
