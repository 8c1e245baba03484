"""How many DAS queries a sandbox minute are answered."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registrar.sandbox.bookmyname.family import BookMyName

MINUTE = 60.0
# Queries a minute of EURid's public server and of DNS Belgium's; none is known of free.org's.
OWN: dict[str, int | None] = {"free": None, "eurid": 120, "dnsbe": 50}


class Limit:
    """Counts the queries of the last sandbox minute, whoever asked."""

    def __init__(self, family: BookMyName) -> None:
        self._family = family
        self.restart()

    def restart(self) -> None:
        self._moments: deque[float] = deque()

    def exceeded(self) -> bool:
        """Count a query; True if it is one too many."""
        das, now = self._family.account.das, self._family.world.clock.now()
        limit = OWN[das.dialect] if das.limit is None else das.limit
        self._moments.append(now)
        while self._moments[0] <= now - MINUTE:
            self._moments.popleft()
        return limit is not None and len(self._moments) > limit
