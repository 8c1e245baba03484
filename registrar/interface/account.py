"""The contract of module account: the account itself, and what it sells."""

from __future__ import annotations

from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import AccountInfo, ExtensionInfo, Page, Promotion, Zone


class AccountModule(Module):
    """Every method reads, and raises any class of registrar.errors."""

    noun: ClassVar[str] = "account"

    def info(self) -> AccountInfo:
        """Name, balance and threshold of the account."""
        raise self.lacking("info")

    def zones(
        self, *, page: int = 1, page_length: int = 100, tld: str | None = None, parent: str | None = None
    ) -> Page[Zone]:
        """Extensions that the account sells, with their costs; of one extension, or below one parent."""
        raise self.lacking("zones")

    def extension(self, tld: str) -> ExtensionInfo:
        """What the registrar says of one extension: periods, delays, features, costs. Raises NotFound."""
        raise self.lacking("extension")

    def promotions(self) -> tuple[Promotion, ...]:
        """Prices that hold for a time."""
        raise self.lacking("promotions")
