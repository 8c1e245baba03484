"""What the shared machinery needs to know about a registrar it serves."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from registrar.sandbox.nameserver.zone import Hosted

if TYPE_CHECKING:
    from registrar.sandbox.world import World


@dataclass(frozen=True)
class Request:
    """One HTTP request as received; `body` is empty while only its head has been read."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    client_ip: str = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """One HTTP answer; `outcome` is a word for the request log. `dropped`: cut the line instead."""

    body: bytes = b""
    content_type: str = "application/json"
    status: int = 200
    outcome: str = "ok"
    dropped: bool = False


class Family(ABC):
    """One imitated registrar. Every method is called with the world's lock held."""

    name: ClassVar[str]
    # The fault kinds of delivery "twist" that this registrar's protocol can say.
    twists: ClassVar[frozenset[str]] = frozenset()
    # What follows "code:" in a fault, as a regular expression.
    code_pattern: ClassVar[str] = r"\d{1,5}"

    def __init__(self, world: World) -> None:
        self.world = world

    @abstractmethod
    def action_of(self, request: Request) -> str:
        """The action's name as faults and the journal spell it; "" where it takes the body, which is not read yet."""

    @abstractmethod
    def answer(self, request: Request) -> Reply:
        """Execute the request on the world."""

    @abstractmethod
    def coded(self, request: Request, code: str) -> Reply:
        """Answer a documented error code without executing; an unknown code is answered all the same."""

    def twist(self, kind: str, request: Request, reply: Reply) -> Reply:
        """The reply under a fault of `twists`; `reply` is the right one, or empty where nothing was executed."""
        raise ValueError(f"{self.name} cannot say {kind}")

    @abstractmethod
    def rate_limited(self, request: Request) -> Reply:
        """Answer in this registrar's own words for "too many requests", without executing."""

    @abstractmethod
    def reset(self, options: dict[str, Any]) -> None:
        """Back to the account that the world's seed describes; raises ValueError for a bad option."""

    @abstractmethod
    def tick(self) -> None:
        """Let everything happen that is due by the world's clock."""

    @abstractmethod
    def settle(self) -> None:
        """Let everything that is pending succeed now."""

    @abstractmethod
    def holds(self, name: str) -> bool:
        """True if this registrar has the domain name (A-label) in its account."""

    def zone_names(self) -> Iterable[str]:
        """The names (A-labels) of which this registrar hosts a zone."""
        return ()

    def zone(self, name: str) -> Hosted | None:
        """The zone of a name, as it is now; None for a name without one here."""
        return None

    def has_nameserver(self, host: str) -> bool:
        """Whether a nameserver is one of this registrar's own."""
        return False

    @abstractmethod
    def state(self) -> dict[str, Any]:
        """The whole account, for the control port."""

    @abstractmethod
    def change(self, data: dict[str, Any]) -> dict[str, Any]:
        """Change the account without a request; raises ValueError or KeyError for what it cannot do."""

    @abstractmethod
    def dump(self) -> dict[str, Any]:
        """Everything `load` needs, as JSON."""

    @abstractmethod
    def load(self, data: dict[str, Any]) -> None:
        """Replace the account by what `dump` wrote."""
