"""Module user (manual chapter 9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registrar.errors import InvalidRequest
from registrar.interface.access import AccessModule, Permissions
from registrar.mrdomain import access_mapping, mapping, reading, request
from registrar.mrdomain.client import MrDomainClient
from registrar.types import AccessUser, Done, Outcome, Page


class MrDomainAccess(AccessModule):
    """Nine actions."""

    def __init__(self, client: MrDomainClient) -> None:
        self._client = client

    def create(self, username: str, password: str) -> Outcome[AccessUser]:
        """As the contract (manual 9.1)."""
        return self._change("user/create", username, {"password": request.password(password)})

    def list(
        self,
        *,
        page: int = 1,
        page_length: int = 1000,
        enabled: bool | None = None,
        username: str | None = None,
        domain: str | None = None,
    ) -> Page[AccessUser]:
        """As the contract (manual 9.2)."""
        parameters = {
            **request.page(page, page_length),
            "status": None if enabled is None else access_mapping.status(enabled),
            "username": username or None,
            "domainName": request.domain_name(domain, "domain") if domain else None,
        }
        return self._client.fetch("user/list", parameters, access_mapping.users)

    def info(self, username: str) -> AccessUser:
        return self._user("user/getinfo", username, {})

    def set_enabled(self, username: str, enabled: bool) -> Outcome[AccessUser]:
        """As the contract (manual 9.4)."""
        return self._change("user/updatestatus", username, {"status": access_mapping.status(enabled)})

    def set_password(self, username: str, password: str) -> Outcome[AccessUser]:
        """As the contract (manual 9.5)."""
        return self._change("user/updatepassword", username, {"password": request.password(password)})

    def add_domain(self, username: str, domain: str, permissions: Permissions) -> Outcome[AccessUser]:
        """As the contract (manual 9.6)."""
        return self._change("user/adddomain", username, _lent(domain, permissions))

    def update_domain(self, username: str, domain: str, permissions: Permissions) -> Outcome[AccessUser]:
        """As the contract (manual 9.7). Name every permission that is to stay: see QUIRKS.md."""
        if not permissions:
            raise InvalidRequest("no permission to set", field="permissions")
        return self._change("user/updatedomain", username, _lent(domain, permissions))

    def remove_domain(self, username: str, domain: str) -> Outcome[AccessUser]:
        """As the contract (manual 9.8)."""
        return self._change("user/deletedomain", username, _lent(domain, {}))

    def delete(self, username: str) -> Outcome[None]:
        """As the contract (manual 9.9)."""
        parameters = {"username": request.line(username, "username")}
        self._client.fetch("user/delete", parameters, mapping.nothing)
        return Done(None)

    def _change(self, action: str, username: str, parameters: Mapping[str, str]) -> Outcome[AccessUser]:
        return Done(self._user(action, username, parameters))

    def _user(self, action: str, username: str, parameters: Mapping[str, str]) -> AccessUser:
        name = request.line(username, "username")

        def about(data: Any) -> AccessUser:
            found = access_mapping.user(reading.mapping(data, "responseData"))
            if found.username.casefold() != name.casefold():
                raise reading.unreadable("the reply is about another user")
            return found

        return self._client.fetch(action, {"username": name, **parameters}, about)


def _lent(domain: str, permissions: Permissions) -> dict[str, str]:
    return {"domainName": request.domain_name(domain, "domain"), **access_mapping.parameters(permissions)}
