"""What all modules of the contract have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from registrar.errors import NotSupported


class Module:
    """Base of the contract's modules. A method that a family does not override raises NotSupported."""

    noun: ClassVar[str]

    def lacking(self, method: str) -> NotSupported:
        """The error for a method that the family does not have."""
        return NotSupported(f"{self.noun}.{method}")


class MissingModule:
    """Stands for a whole module that a family does not have: every use raises NotSupported."""

    def __init__(self, noun: str) -> None:
        self._noun = noun

    def __getattr__(self, method: str) -> Any:
        if method.startswith("__"):
            raise AttributeError(method)
        raise NotSupported(f"{self._noun}.{method}")
