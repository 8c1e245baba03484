"""Operations that a registrar carries out in its own time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OperationStatus(StrEnum):
    """Where an operation stands at the registrar. UNKNOWN is a word that no manual has: never a success."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """What a registrar says of one of its operations.

    `kind` and `raw_status` are its own words, `message` too: for staff. `subject` is the name, host or
    contact that it is about, empty where the registrar does not say; `at` is UTC, see the family's QUIRKS.
    `operation` is the contract's word for `kind` (module.method), empty where that word does not tell it.
    """

    reference: str
    status: OperationStatus
    raw_status: str
    kind: str = ""
    subject: str = ""
    message: str = ""
    at: datetime | None = None
    operation: str = ""
