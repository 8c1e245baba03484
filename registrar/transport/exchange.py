"""The redacted record of one call, for the archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its reply, with every secret already replaced.

    `action` is the registrar's own name of the call; `duration` is in seconds; `status` is the HTTP status or
    0 when no reply came; `error` names the class raised, if any.
    """

    family: str
    action: str
    request: str
    reply: str
    status: int
    duration: float
    error: str = ""


ExchangeSink = Callable[[Exchange], None]
