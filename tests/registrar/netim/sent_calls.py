"""A call of the interface, and what it must send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.registrar.netim.soap_bytes import operation


@dataclass(frozen=True)
class Sent:
    """A call of the interface and what it sends; `reads` are what it reads before and after."""

    function: str
    act: Callable[[Any], Any]
    parts: Mapping[str, Any] = field(default_factory=dict)
    answer: str = operation()
    reads: Mapping[str, str] = field(default_factory=dict)
