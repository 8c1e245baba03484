"""What time does to services: they are set up, renewed, run out and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import add_years
from registrar.sandbox.mrdomain.service_model import DAY, RENEW_AFTER_DAYS, RUNNING, Service
from registrar.sandbox.mrdomain.views import CURRENCY

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.family import MrDomain


class ServiceLife:
    """There are few services, so every one is looked at."""

    def __init__(self, family: MrDomain) -> None:
        self._family = family

    def tick(self) -> None:
        """Apply everything that is due."""
        now = self._family.world.clock.now()
        for service in list(self._family.account.services.values()):
            if service.settles_at is not None and service.settles_at <= now:
                self._settle(service)
            while service.status in RUNNING and service.expires <= now:
                self._expire(service)
            if service.status == "inactive" and service.expires + RENEW_AFTER_DAYS * DAY < now:
                del self._family.account.services[service.name]

    def settle(self) -> None:
        """Services in progress are ready now."""
        for service in self._family.account.services.values():
            if service.settles_at is not None:
                self._settle(service)

    def _settle(self, service: Service) -> None:
        service.status, service.settles_at = "active", None

    def _expire(self, service: Service) -> None:
        account, price = self._family.account, service.plan.price
        if service.renewal_mode != "autorenew" or account.balance < price:
            service.status = "inactive"
            return
        account.balance -= price
        service.expires = add_years(service.expires, 1)
        money: dict[str, Any] = {"price": str(price), "currency": CURRENCY, "balance": str(account.balance)}
        self._family.world.record(self._family.name, "(autorenew)", service.name, arguments={}, **money)
