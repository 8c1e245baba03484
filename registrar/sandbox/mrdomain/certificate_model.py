"""A certificate ordered, and the validation of each of its names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

CERTIFICATE_STATUSES = ("process", "valid", "expired", "renew", "reissue", "cancel")
OPEN = frozenset({"process", "reissue"})
DAY = 86400.0
RENEW_BEFORE_DAYS = 30


@dataclass
class Check:
    """Control of one domain name: `address` for the method mail, `due` when it succeeds; None for never."""

    name: str
    method: str
    address: str = ""
    validated: bool = False
    due: float | None = None


@dataclass
class Certificate:
    """Moments are epoch seconds and None while it is in process; `renews` is the certificate that it follows.

    `pem`, `key` and `chain` are PEM texts; `organization_due` is when an OV or EV order's company is proved.
    """

    certificate_id: int
    common_name: str
    product_id: int
    status: str
    years: int
    csr: str
    key: str
    names: list[str]
    checks: list[Check]
    contacts: dict[str, str]
    created: float | None = None
    expires: float | None = None
    pem: str = ""
    chain: list[str] = field(default_factory=list)
    san_max: int = 0
    organization_due: float | None = None
    refund: str = ""
    renews: int = 0

    def check_of(self, name: str) -> Check | None:
        """The validation of a name."""
        return next((check for check in self.checks if check.name == name), None)

    def dump(self) -> dict[str, Any]:
        return {**vars(self), "checks": [vars(check) for check in self.checks]}

    @classmethod
    def load(cls, data: dict[str, Any]) -> Certificate:
        return cls(**{**data, "checks": [Check(**row) for row in data["checks"]]})
