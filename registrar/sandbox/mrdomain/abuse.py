"""Blocking after abuse (manual 1.2, 1.3). The manual gives no numbers: the limits are the sandbox's own."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from registrar.sandbox.mrdomain.codes import ApiError

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.family import MrDomain

MINUTE = 60.0
CHECKS = frozenset({"domain/check", "domain/checkfortransfer"})
OWN_CODES = frozenset({1010, 1030})


class Guard:
    """Counts checks and errors of the last sandbox minute; blocks over a limit, the second time for good."""

    def __init__(self, family: MrDomain) -> None:
        self._family = family
        self.restart()

    def restart(self) -> None:
        self._checks: deque[float] = deque()
        self._errors: deque[float] = deque()

    def admit(self, action: str) -> None:
        """Raise 1030 for a banned account and 1010 for a blocked one."""
        account, now = self._family.account, self._family.world.clock.now()
        if account.banned:
            raise ApiError(1030, "Account banned")
        if now < account.blocked_until:
            raise ApiError(1010, "Account blocked: limits of use exceeded")
        if action in CHECKS and self._over(self._checks, account.check_limit):
            self._block()

    def count_error(self, error: ApiError) -> None:
        """Count an error reply; the one after the limit blocks what follows."""
        if error.code not in OWN_CODES and self._over(self._errors, self._family.account.error_limit):
            self._punish()

    def _over(self, moments: deque[float], limit: int) -> bool:
        now = self._family.world.clock.now()
        moments.append(now)
        while moments[0] <= now - MINUTE:
            moments.popleft()
        return len(moments) > limit

    def _block(self) -> None:
        self._punish()
        if self._family.account.banned:
            raise ApiError(1030, "Account banned")
        raise ApiError(1010, "Account blocked: limits of use exceeded")

    def _punish(self) -> None:
        account = self._family.account
        self.restart()
        account.banned = account.blocked_before
        account.blocked_before = True
        account.blocked_until = self._family.world.clock.now() + MINUTE
