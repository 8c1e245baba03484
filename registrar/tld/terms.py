"""What an extension's registry or one family's terms say of periods, codes, transfers and deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)


class Trade(StrEnum):
    """How a name gets another holder. UNKNOWN: known not to be an ordinary update, and nothing more."""

    NONE = "none"
    FORM = "form"
    PRICED = "priced"
    UNKNOWN = "unknown"


class TransferProcess(StrEnum):
    """What a transfer in waits for, beyond the code: an answer to an e-mail, or a tag set at the old registrar."""

    EMAIL = "email"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class NameserverCount:
    """How many nameservers an extension wants; `maximum` None where none is stated."""

    minimum: int
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value]):
    """A value with the manual that says so.

    `families` empty: a fact of the extension, whoever sells it; otherwise what these registrars' APIs say.
    """

    value: Value
    source: str
    families: tuple[str, ...] = ()
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known of an extension, seen from one family. None: no manual says it, and nobody guesses.

    Years are the periods that may be chosen. Days are counted from the expiry date, `renew_from_days` backwards:
    a renewal is taken from that many days before until `renew_until_days` after (negative: before) it.
    `grace_days` is how long an expired name goes on working, `redemption_days` how long a deleted one can be
    restored. `dns_test`: the nameservers are tested before they are accepted. `lock`: a lock against transfers is
    offered. `special_requirements`: more is asked than the family documents, so that the API alone cannot sell it.
    """

    create_years: Fact[tuple[int, ...]] | None = None
    renew_years: Fact[tuple[int, ...]] | None = None
    transfer_years: Fact[tuple[int, ...]] | None = None
    nameservers: Fact[NameserverCount] | None = None
    dns_test: Fact[bool] | None = None
    transfer_code_required: Fact[bool] | None = None
    transfer_process: Fact[TransferProcess] | None = None
    trade: Fact[Trade] | None = None
    lock: Fact[bool] | None = None
    renew_from_days: Fact[int] | None = None
    renew_until_days: Fact[int] | None = None
    grace_days: Fact[int] | None = None
    redemption_days: Fact[int] | None = None
    special_requirements: Fact[bool] | None = None


TERM_NAMES = tuple(Terms.__dataclass_fields__)


def parse_years(text: str) -> tuple[int, ...]:
    """The years of "1-10", "1;2;5" or "1-5;10", sorted. Raises ValueError for anything else."""
    years: set[int] = set()
    for part in text.split(";"):
        first, dash, last = part.partition("-")
        low, high = int(first), int(last if dash else first)
        if not 1 <= low <= high <= 100:
            raise ValueError(f"no period of years: {part}")
        years.update(range(low, high + 1))
    return tuple(sorted(years))


def written_years(years: Iterable[int]) -> str:
    """Years as parse_years() reads them: "1-10", "1", "1-5;10"."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ";".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
