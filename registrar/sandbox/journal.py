"""What was really executed (the journal) and what was asked (the request log)."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

_SECRETS = """
apipasswd password passwd authcode aeropass pfxpass token api_token session_token keydata sslkey csrkey
authinfo authkey
"""
SECRETS = frozenset(_SECRETS.split())
MASK = "********"


def masked(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments, at every depth, with passwords, tokens, auth codes and private keys replaced by a mask."""
    return {
        key: MASK if key.lower() in SECRETS else _masked_inside(value) for key, value in arguments.items()
    }


def _masked_inside(value: Any) -> Any:
    if isinstance(value, Mapping):
        return masked(value)
    if isinstance(value, (list, tuple)):
        return [_masked_inside(one) for one in value]
    return value


class Journal:
    """Every effect that took place, in order, numbered from 1."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def add(self, entry: dict[str, Any]) -> dict[str, Any]:
        numbered = {"seq": len(self.entries) + 1, **entry}
        self.entries.append(numbered)
        return numbered

    def since(self, seq: int) -> list[dict[str, Any]]:
        """Entries with a number above `seq`."""
        return self.entries[max(0, seq) :]


class RequestLog:
    """The last 1000 requests with what became of each, faults included."""

    def __init__(self, keep: int = 1000) -> None:
        self._rows: deque[dict[str, Any]] = deque(maxlen=keep)
        self._count = 0

    def add(self, row: dict[str, Any]) -> None:
        self._count += 1
        self._rows.append({"seq": self._count, **row})

    def rows(self) -> list[dict[str, Any]]:
        return list(self._rows)
