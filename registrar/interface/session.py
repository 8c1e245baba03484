"""Where the sessions of a registrar account are kept, so that drivers in several processes can share one.

A family whose registrar counts open sessions (Netim) asks the store for one before a call. What the store keeps, and by
which clock, is the caller's: a family that is given no store keeps its sessions in its own process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session as it was found in a store. The identifier is a secret: with it, anybody can use the account.

    `idle` is in seconds since it was last used, by the store's clock. `note` is what the family wrote about it, and
    means nothing to the store. `mark` is the store's: it tells this session from one that took its place.
    """

    identifier: str = field(repr=False)
    idle: float = 0.0
    note: str = ""
    mark: Any = field(default=None, repr=False)


class SessionStore(Protocol):
    """The one place of the session of one account with one set of credentials. Used from any thread and process.

    Every method is called when nothing has been sent yet, or when it is proved that nothing was executed: it may raise
    what it likes, and the call that needed it has not happened.
    """

    def get(self) -> KeptSession | None:
        """The session that is kept, or None."""

    def put(self, identifier: str) -> KeptSession:
        """Keep a session that was just opened, unless there is one: whichever is kept now is returned.

        Of several who open one at the same moment all but one get back another than they brought, and close theirs.
        """

    def touch(self, session: KeptSession) -> None:
        """Note that the session is used now."""

    def annotate(self, session: KeptSession, note: str) -> None:
        """Keep `note` (at most 40 characters) with the session, if it is still this one."""

    def drop(self, session: KeptSession) -> bool:
        """Forget the session if it is still this one. True for the one caller who took it out."""
