"""Module service: plans (manual 7.1 to 7.9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from registrar.interface.hosting import HostingPlans
from registrar.mrdomain import hosting_mapping, hosting_request, reading, request
from registrar.mrdomain.client import MrDomainClient
from registrar.types import (
    Done,
    HostingPlan,
    HostingServers,
    HostingStatus,
    Meter,
    Outcome,
    Page,
    Pending,
    PhpVersions,
    RenewalMode,
)

T = TypeVar("T")
_IN_PLACE = frozenset({HostingStatus.ACTIVE, HostingStatus.RENEWABLE})


class MrDomainPlans(HostingPlans):
    """Nine actions, with getinfo in its five forms and update in its two."""

    _client: MrDomainClient

    def list(
        self,
        *,
        page: int = 1,
        page_length: int = 1000,
        name: str | None = None,
        word: str | None = None,
        tld: str | None = None,
        renewable: bool | None = None,
        status: HostingStatus | None = None,
    ) -> Page[HostingPlan]:
        """As the contract (manual 7.1)."""
        parameters = {
            **request.page(page, page_length),
            "name": request.domain_name(name) if name else None,
            "word": word,
            "tld": tld,
            "renewable": request.choice(renewable),
            "status": None if status is None else request.word(hosting_mapping.STATUS, status, "status"),
        }
        return self._client.fetch("service/list", parameters, hosting_mapping.plans)

    def info(self, plan: str) -> HostingPlan:
        return self._info(plan, "status", hosting_mapping.plan)

    def resources(self, plan: str) -> Mapping[str, Meter]:
        return self._info(plan, "resources", hosting_mapping.resources)

    def servers(self, plan: str) -> HostingServers:
        return self._info(plan, "serverinfo", hosting_mapping.servers)

    def php(self, plan: str) -> PhpVersions:
        return self._info(plan, "php", hosting_mapping.php)

    def error_log(self, plan: str) -> tuple[str, ...]:
        return self._info(plan, "logerror", hosting_mapping.error_log)

    def create(self, plan: str, product_key: str, *, years: int | None = None) -> Outcome[HostingPlan]:
        """As the contract (manual 7.3). Pending(the plan's name) while it is being set up."""
        parameters = {"productkey": hosting_request.product(product_key), "period": request.years(years)}
        return _settled(self._order("service/create", plan, parameters))

    def renew(self, plan: str, *, years: int | None = None) -> Outcome[HostingPlan]:
        """As the contract (manual 7.4).

        Pending(the plan's name) until the plan is active; a renewal has no guard against being sent twice.
        """
        found = self._order("service/renew", plan, {"period": request.years(years)})
        return Done(found) if found.status is HostingStatus.ACTIVE else Pending(found.name, found)

    def upgrade(self, plan: str, product_key: str) -> Outcome[HostingPlan]:
        """As the contract (manual 7.5)."""
        parameters = {"productkey": hosting_request.product(product_key)}
        return _settled(self._order("service/upgrade", plan, parameters))

    def set_renewal_mode(self, plan: str, mode: RenewalMode) -> Outcome[HostingPlan]:
        """As the contract (manual 7.6): automatic or manual."""
        word = request.word(hosting_mapping.RENEWAL_MODE, mode, "mode")
        return self._update(plan, "renewalMode", word)

    def set_php_version(self, plan: str, version: str) -> Outcome[HostingPlan]:
        """As the contract (manual 7.6)."""
        return self._update(plan, "phpversion", hosting_request.php_version(version))

    def parking(self, plan: str) -> bool:
        parameters = {"serviceName": request.plan(plan)}
        return self._client.fetch("service/parkinggetinfo", parameters, hosting_mapping.parking)

    def set_parking(self, plan: str, enabled: bool) -> Outcome[bool]:
        """As the contract (manual 7.8)."""
        parameters = {"serviceName": request.plan(plan), "enabled": request.flag(enabled)}
        return Done(self._client.fetch("service/parkingupdate", parameters, hosting_mapping.parking))

    def web_builder_url(self, plan: str, subdomain: str, *, language: str = "en") -> str:
        """As the contract (manual 7.9); `subdomain` is a full name."""
        name = request.plan(plan)
        parameters = {
            "serviceName": name,
            "subdomain": request.name_in(subdomain, name, "subdomain"),
            "loginlang": hosting_request.language(language),
        }
        return self._client.fetch("service/webconstructorlogin", parameters, hosting_mapping.web_builder_url)

    def _info(self, plan: str, kind: str, read: Callable[[Mapping[str, Any]], T]) -> T:
        name = request.plan(plan)
        parameters = {"serviceName": name, "infoType": kind}

        def about(data: Any) -> T:
            found = reading.mapping(data, "responseData")
            if reading.domain_name(found) != name:
                raise reading.unreadable("the reply is about another plan")
            return read(found)

        return self._client.fetch("service/getinfo", parameters, about)

    def _order(self, action: str, plan: str, parameters: Mapping[str, Any]) -> HostingPlan:
        name = request.plan(plan)
        form = {"serviceName": name, **parameters}
        return self._client.fetch(action, form, _about(name, hosting_mapping.ordered))

    def _update(self, plan: str, kind: str, value: str) -> Outcome[HostingPlan]:
        name = request.plan(plan)
        form = {"serviceName": name, "updateType": kind, kind: value}
        return Done(self._client.fetch("service/update", form, _about(name, hosting_mapping.plan)))


def _about(name: str, read: Callable[[Mapping[str, Any]], HostingPlan]) -> Callable[[Any], HostingPlan]:
    def check(data: Any) -> HostingPlan:
        found = read(reading.mapping(data, "responseData"))
        if found.name != name:
            raise reading.unreadable("the reply is about another plan")
        return found

    return check


def _settled(found: HostingPlan) -> Outcome[HostingPlan]:
    return Done(found) if found.status in _IN_PLACE else Pending(found.name, found)
