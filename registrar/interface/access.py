"""The contract of module access: people to whom the account lends single domains at the registrar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import AccessLevel, AccessUser, DomainPermission, Outcome, Page

Permissions = Mapping[DomainPermission, AccessLevel]


class AccessModule(Module):
    """Users of the account by their name. Passwords are secrets: they go in and are never returned.

    Every method raises any class of registrar.errors.
    """

    noun: ClassVar[str] = "access"

    def create(self, username: str, password: str) -> Outcome[AccessUser]:
        """Create a user."""
        raise self.lacking("create")

    def list(
        self,
        *,
        page: int = 1,
        page_length: int = 1000,
        enabled: bool | None = None,
        username: str | None = None,
        domain: str | None = None,
    ) -> Page[AccessUser]:
        """Users, filtered by state, a part of the name, or a domain."""
        raise self.lacking("list")

    def info(self, username: str) -> AccessUser:
        """One user with what was lent. Raises NotFound."""
        raise self.lacking("info")

    def set_enabled(self, username: str, enabled: bool) -> Outcome[AccessUser]:
        """Let the user in, or not."""
        raise self.lacking("set_enabled")

    def set_password(self, username: str, password: str) -> Outcome[AccessUser]:
        """Set a password."""
        raise self.lacking("set_password")

    def add_domain(self, username: str, domain: str, permissions: Permissions) -> Outcome[AccessUser]:
        """Lend a domain. A permission that is not named gets the registrar's default."""
        raise self.lacking("add_domain")

    def update_domain(self, username: str, domain: str, permissions: Permissions) -> Outcome[AccessUser]:
        """Change what is lent of a domain."""
        raise self.lacking("update_domain")

    def remove_domain(self, username: str, domain: str) -> Outcome[AccessUser]:
        """Take a domain back."""
        raise self.lacking("remove_domain")

    def delete(self, username: str) -> Outcome[None]:
        """Delete a user."""
        raise self.lacking("delete")
