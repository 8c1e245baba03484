"""What must be true in the end, read from the registrars' journal and the database, and from nothing else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tests.chaos import mirroring
from tests.chaos.holdings import names_listed as names_listed
from tests.chaos.marks import KINDS, Row, is_untold
from tests.chaos.mirroring import States

# How credentials of the sandbox would look where they must never be.
CREDENTIALS = re.compile(
    r"apipasswd=demo|<password[^>]*>demo<|<dist_passwd[^>]*>demo<|\"(?:api_token|password)\": ?\"demo\"|Api-Token: demo"
)


@dataclass
class Findings:
    """What an audit found; a run is good while every list is empty. `waiting` is what a person has to decide."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    money: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    mirror: list[str] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    # Of those that wait, the ones about which the registrar's API has nothing to look at.
    blind: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    @property
    def broken(self) -> dict[str, list[str]]:
        """The invariants that do not hold, by name."""
        return {name: rows for name, rows in vars(self).items() if rows and name not in ("blind", "waiting")}


def effects_of(journal: Iterable[Row]) -> dict[tuple[str, str, str], int]:
    """Net effects by (family, kind, mark): what was executed, less what the registrar itself undid and refunded."""
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, kind in KINDS.items():
        for family, actions in kind.actions.items():
            for action in actions:
                kinds[family, action].append(name)
    found: Counter[tuple[str, str, str]] = Counter()
    for row in journal:
        if row["action"] == "(refund)":
            found[row["family"], "domain.create", row["subject"]] -= 1
        for name in kinds.get((row["family"], row["action"]), ()):
            if mark := KINDS[name].mark_in(row):
                found[row["family"], name, mark] += 1
    return dict(found)


def audit(journal: Sequence[Row], states: States, canaries: Sequence[str]) -> Findings:
    """Hold every invariant against what the registrars did and what the panel says."""
    found = Findings()
    effects = effects_of(journal)
    _check_effects(found, effects)
    _check_money(found, effects)
    _check_trail(found)
    found.mirror.extend(mirroring.differences(effects, states))
    _check_secrets(found, canaries)
    return found


def _check_effects(found: Findings, effects: dict[tuple[str, str, str], int]) -> None:
    """(1), (2), (3) and (7): at most one effect for an intent, and exactly where it succeeded."""
    from panel.operation.models import Operation

    intents: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for operation in Operation.objects.filter(kind__in=list(KINDS)).select_related("account"):
        key = (operation.account.family, operation.kind, KINDS[operation.kind].mark_of(operation))
        if not is_untold(operation.account.family, operation.label, operation.kind):
            intents[key].append(operation)
        if operation.state == "attention":
            # BookMyName shows transactions by an id that came with the lost answer, and no name that never came.
            blind = operation.account.family == "bookmyname" and operation.reason == "vanished"
            (found.blind if blind else found.waiting).append(
                f"{operation}: {operation.reason}: {operation.note} ({_story(operation)})"
            )
        elif not operation.is_final and not _waits_for_a_person(operation):
            found.stuck.append(f"{operation} is {operation.state}: {operation.reason}: {operation.note}")
    for key, operations in intents.items():
        count = effects.get(key, 0)
        succeeded = [operation for operation in operations if operation.state == "succeeded"]
        settled = all(operation.is_final for operation in operations)
        # Two tenants may each have a contact with the same content: that is one effect for each.
        if count > len(operations):
            told = [f"{row} {row.state} ({_story(row)})" for row in operations]
            found.doubled.append(f"{key}: {count} effects, {told}")
        elif settled and count != len(succeeded):
            said = [f"{row} {row.state} {row.reason}" for row in operations]
            found.lost.append(f"{key}: {count} effects, {said}")
    for key, count in effects.items():
        if count and key not in intents and not key[2].startswith(("taken", "lighthouse")):
            found.lost.append(f"{key}: {count} effects that no operation asked for")


def _story(operation: Any) -> str:
    """What came of each attempt, and when it began."""
    return ", ".join(
        f"{started:%H:%M:%S} {purpose} {outcome}"
        for started, purpose, outcome in operation.attempts.order_by("number").values_list(
            "started_at", "purpose", "outcome"
        )
    )


def _waits_for_a_person(operation: Any) -> bool:
    return operation.depends_on is not None and operation.depends_on.state == "attention"


def _check_money(found: Findings, effects: dict[tuple[str, str, str], int]) -> None:
    """(4): every hold ends once, what is captured is the price of effects, nobody falls below the credit line."""
    from panel.billing.models import Entry, LedgerAccount, Line
    from panel.operation.models import Operation

    due = {"succeeded": ["hold", "capture"], "failed": ["hold", "release"], "cancelled": ["hold", "release"]}
    for operation in Operation.objects.filter(price__isnull=False).select_related("account"):
        booked = list(operation.entries.order_by("pk").values_list("kind", "amount"))
        wanted = [(kind, operation.price) for kind in due.get(operation.state, ["hold"])]
        if booked != wanted:
            found.money.append(f"{operation} {operation.state}: {booked}")
        mark = (operation.account.family, operation.kind, KINDS[operation.kind].mark_of(operation))
        if ("capture" in [kind for kind, _amount in booked]) and not effects.get(mark):
            found.money.append(f"{operation}: charged without an effect")
    for entry in Entry.objects.prefetch_related("lines"):
        if sum(line.amount for line in entry.lines.all()) != 0:
            found.money.append(f"{entry} does not sum to zero")
    balances: dict[int, Decimal] = defaultdict(Decimal)
    floors = dict(LedgerAccount.objects.values_list("pk", "floor"))
    for account, amount in Line.objects.order_by("pk").values_list("account_id", "amount"):
        balances[account] += amount
        if amount < 0 and floors[account] is not None and balances[account] < floors[account]:
            found.money.append(f"account {account} fell to {balances[account]}")
    for account, balance in LedgerAccount.objects.values_list("pk", "balance"):
        if balances[account] != balance:
            found.money.append(f"account {account} says {balance}, its lines {balances[account]}")


def _check_trail(found: Findings) -> None:
    """(6): one beginning, one end, no gap; every attempt numbered and ended."""
    from panel.operation.models import Operation
    from panel.operation.states import FINAL

    for operation in Operation.objects.prefetch_related("events", "attempts"):
        events = sorted(operation.events.all(), key=lambda event: event.pk)
        attempts = sorted(operation.attempts.all(), key=lambda attempt: attempt.number)
        ends = [event for event in events if event.to_state in FINAL]
        whole = (
            [event.from_state for event in events].count("") == 1
            and events[0].from_state == ""
            and len(ends) == operation.is_final
            and events[-1].to_state == operation.state
            and all(later.from_state == earlier.to_state for earlier, later in pairwise(events))
            and [attempt.number for attempt in attempts] == list(range(1, operation.attempt + 1))
            and (not operation.is_final or all(attempt.ended_at for attempt in attempts))
        )
        if not whole:
            steps = [f"{event.from_state}->{event.to_state}#{event.attempt}" for event in events]
            numbers = [f"{attempt.number}:{attempt.outcome or 'open'}" for attempt in attempts]
            found.trail.append(f"{operation}: {steps} {numbers}")


def _check_secrets(found: Findings, canaries: Sequence[str]) -> None:
    """(8): no credential and no canary in any text of the database."""
    from django.apps import apps
    from django.db import models

    from panel.operation.models import Operation

    texts = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models():
        if not model.__module__.startswith("panel."):
            continue
        names = [item.attname for item in model._meta.concrete_fields if isinstance(item, texts)]
        for row in model.objects.values_list("pk", *names).iterator() if names else ():
            said = leak_in(" ".join(str(value) for value in row[1:]), canaries)
            if said:
                found.secrets.append(f"{model.__name__} {row[0]}: {said}")
    for operation in Operation.objects.filter(finished_at__isnull=False):
        if operation.secrets:
            found.secrets.append(f"{operation} keeps its secrets though it is over")


def leak_in(text: str, canaries: Sequence[str]) -> str:
    """The credential or canary that the text shows, or nothing."""
    shown = CREDENTIALS.search(text)
    return shown[0] if shown else next((canary for canary in canaries if canary and canary in text), "")
