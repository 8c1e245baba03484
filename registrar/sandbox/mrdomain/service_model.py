"""A hosting service and what lies in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from registrar.sandbox.mrdomain.plans import PLANS, Plan

ENTITIES = ("ftp", "ddbb", "subdomain", "redirect", "mail", "mailalias", "dns")
SERVICE_STATUSES = ("init", "active", "inactive", "renewed", "renewable")
SERVICE_RENEWAL_MODES = ("autorenew", "manual")
RUNNING = frozenset({"active", "renewed"})
DAY = 86400.0
RENEW_BEFORE_DAYS = 60
RENEW_AFTER_DAYS = 30
Row = dict[str, Any]


def _empty() -> dict[str, dict[str, Row]]:
    return {kind: {} for kind in ENTITIES}


@dataclass
class Service:
    """`name` is an A-label, moments are epoch seconds, `settles_at` is when init or renewed becomes active.

    `entities`: kind, entity id, row. A row holds what the API returns, passwords in clear.
    """

    number: int
    name: str
    product: str
    created: float
    expires: float
    status: str = "init"
    renewal_mode: str = "manual"
    php: str = "default"
    parking: bool = False
    settles_at: float | None = None
    entities: dict[str, dict[str, Row]] = field(default_factory=_empty)

    @property
    def plan(self) -> Plan:
        return PLANS[self.product]

    def renewable(self, now: float) -> bool:
        """True from sixty days before the end until thirty days after it (assumption)."""
        window = self.expires - RENEW_BEFORE_DAYS * DAY, self.expires + RENEW_AFTER_DAYS * DAY
        return self.status in ("active", "inactive") and window[0] <= now <= window[1]

    def shown_status(self, now: float) -> str:
        """The status as replies tell it: an active service in its period of renewal is renewable."""
        return "renewable" if self.status == "active" and self.renewable(now) else self.status
