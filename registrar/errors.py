"""The one error tree. Every class carries a verdict: was the request executed at the registrar?"""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What an error says about the effect of the request that raised it."""

    NOT_EXECUTED = "not_executed"
    UNKNOWN = "unknown"


class RegistrarError(Exception):
    """Base of everything a driver raises on purpose.

    `code` is the registrar's own code (text, may be empty), `message` the registrar's own words: for staff
    only. `reason` is our stable word for the code, the same for every family; it may be empty.
    """

    verdict = Verdict.NOT_EXECUTED

    def __init__(self, message: str = "", *, code: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}" if self.code else self.message


class NotSupported(RegistrarError):
    """The family's API cannot say this; nothing was executed. `capability` names the operation."""

    def __init__(self, capability: str, message: str = "", *, code: str = "", reason: str = "") -> None:
        super().__init__(message or f"not supported: {capability}", code=code, reason=reason)
        self.capability = capability


class InvalidRequest(RegistrarError):
    """A value is wrong.

    `field` names the neutral field, or is empty when the registrar does not say which.
    """

    def __init__(self, message: str = "", *, field: str = "", code: str = "", reason: str = "") -> None:
        super().__init__(message, code=code, reason=reason)
        self.field = field


class AuthenticationFailed(RegistrarError):
    """The credentials are wrong, or the account is banned or deleted."""


class PermissionDenied(RegistrarError):
    """The credentials are right, and may not do this."""


class NotFound(RegistrarError):
    """The object is not in the account."""


class AlreadyExists(RegistrarError):
    """The object exists already: ours or somebody else's, to be read."""


class Conflict(RegistrarError):
    """The object is in a state that does not allow this."""


class Guarded(Conflict):
    """The driver itself found so just before, and sent nothing: unlike a registrar's no, never the echo of a yes."""


class InsufficientFunds(RegistrarError):
    """The account's balance at the registrar is too low."""


class Refused(RegistrarError):
    """A final no. `reason` is our stable word for it."""

    def __init__(self, message: str = "", *, reason: str = "refused", code: str = "") -> None:
        super().__init__(message, code=code, reason=reason)


class RateLimited(RegistrarError):
    """Too many calls. `after` is the wait in seconds that the registrar asked for, or None."""

    def __init__(
        self, message: str = "", *, after: float | None = None, code: str = "", reason: str = ""
    ) -> None:
        super().__init__(message, code=code, reason=reason)
        self.after = after


class NotSent(RegistrarError):
    """No connection could be made: not one byte of the request left this machine."""


class OutcomeUnknown(RegistrarError):
    """Sent, but the answer was lost or cannot be read: nobody knows. Read before doing anything else."""

    verdict = Verdict.UNKNOWN


class UnreadableReply(OutcomeUnknown):
    """A reply came, and is not what the manual describes: cut, oversized, undecodable or of another shape."""
