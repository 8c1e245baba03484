"""What all modules of the contract have in common."""

from __future__ import annotations

from typing import ClassVar

from registrar.errors import NotSupported


class Module:
    """Base of the contract's modules. A method that a family does not override raises NotSupported."""

    noun: ClassVar[str]

    def lacking(self, method: str) -> NotSupported:
        """The error for a method that the family does not have."""
        return NotSupported(f"{self.noun}.{method}")
