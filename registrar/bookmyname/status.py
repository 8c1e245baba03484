"""The bits of registry_status: the status names of EPP, and what they mean for a name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from registrar.errors import RateLimited
from registrar.transport import reading
from registrar.types import DomainStatus

BITS: Mapping[int, str] = MappingProxyType(
    {
        0x01: "clientDeleteProhibited",
        0x02: "serverDeleteProhibited",
        0x04: "clientHold",
        0x08: "serverHold",
        0x10: "clientRenewProhibited",
        0x20: "serverRenewProhibited",
        0x40: "clientTransferProhibited",
        0x80: "serverTransferProhibited",
        0x100: "clientUpdateProhibited",
        0x200: "serverUpdateProhibited",
        0x400: "pendingCreate",
        0x800: "pendingDelete",
        0x1000: "pendingRenew",
        0x2000: "pendingTransfer",
        0x4000: "pendingUpdate",
    }
)
_ALL = sum(BITS)

# What a client may set; the registry sets the rest.
CLIENT_BITS = 0x01 | 0x04 | 0x10 | 0x40 | 0x100
TRANSFER_LOCK = 0x40

TRANSFER_PROHIBITED = 0x40 | 0x80
UPDATE_PROHIBITED = 0x100 | 0x200
_ON_HOLD = 0x04 | 0x08
PENDING_RENEW = 0x1000
PENDING = 0x400 | 0x800 | 0x1000 | 0x2000 | 0x4000
RENEWAL_DENIED = 0x10 | 0x20 | UPDATE_PROHIBITED | PENDING

# How long a change takes nobody says: ten minutes is the house's beat for asking again.
BUSY_SECONDS = 600.0

# In this order: the first that is set tells where the name stands.
_STATES: tuple[tuple[int, DomainStatus], ...] = (
    (0x800, DomainStatus.PENDING_DELETE),
    (0x400, DomainStatus.REGISTERING),
    (0x2000, DomainStatus.TRANSFERRING),
    (0x1000, DomainStatus.RENEWING),
    (_ON_HOLD, DomainStatus.ON_HOLD),
)


def refuse_while_busy(bits: int) -> None:
    """Raise RateLimited("busy") while something about a name is under way: every change of it would be denied."""
    if bits & PENDING:
        said = f"under way: {', '.join(names(bits & PENDING))}"
        raise RateLimited(said, after=BUSY_SECONDS, reason="busy")


def names(bits: int) -> tuple[str, ...]:
    """The EPP names of the bits that are set. Raises UnreadableReply for a bit that the manual does not have."""
    if bits < 0 or bits & ~_ALL:
        raise reading.unreadable("registry_status")
    return tuple(name for bit, name in BITS.items() if bits & bit)


def words(word: str, bits: int) -> str:
    """The registrar's word and the EPP names, as staff reads them."""
    return ", ".join((word, *names(bits)))


def neutral(word: str, bits: int, *, registered: bool) -> DomainStatus:
    """Where a name stands.

    The word is "Active" even while the name is being registered: what tells it then is pendingCreate, or that there
    is no expiry yet. Any other word is not documented for domains: UNKNOWN.
    """
    if word.lower() != "active":
        return DomainStatus.UNKNOWN
    for bit, state in _STATES:
        if bits & bit:
            return state
    return DomainStatus.ACTIVE if registered else DomainStatus.REGISTERING
