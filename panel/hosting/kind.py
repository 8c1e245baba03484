"""What kinds of operations about a thing in a plan have in common: send it, prove it by the registrar's own list.

What a registrar never shows, a password, cannot be proved by looking. It is set again instead: the same password set
twice is the same password. docs/decisions/0017-hosting.md says why that keeps the promise.
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from typing import Any, ClassVar

from panel.domain.kind import DomainKind, mirrored, name_of
from panel.hosting import mirror
from panel.hosting.nouns import Line, Noun
from panel.hosting.reading import read_after
from panel.operation import remote
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, Unclear
from registrar import errors, types


class ItemKind(DomainKind):
    """Something that is done to one thing. `hidden`: it sets something that no list shows."""

    noun: ClassVar[Noun]
    hidden: ClassVar[bool] = False
    deadline = timedelta(days=1)
    promise = timedelta(hours=2)
    calls = 3

    @abstractmethod
    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        """Ask for it. Raises `registrar.errors`."""

    @abstractmethod
    def judge(self, operation: Operation, found: Line | None) -> Finding:
        """What the registrar's line of the thing, or that there is none, proves."""

    @abstractmethod
    def record(self, operation: Operation, line: Line | None) -> None:
        """Bring the mirror in step; `line` is what the registrar shows, None where it did not."""

    # --- the same for all ---------------------------------------------------------------------------------------------

    def order(self, operation: Operation, driver: Any) -> types.Outcome[Line | None]:
        outcome = self.send(operation, driver)
        if isinstance(outcome, types.Pending):
            return types.Pending(outcome.reference)
        return types.Done(None if outcome.value is None else self.noun.line(outcome.value))

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[Line | None]:
        if not remote.is_finished(driver, operation.reference, "refused_by_registry"):
            return types.Pending(operation.reference)
        finding = self.judge(operation, self.find(operation, driver))
        if isinstance(finding, Happened):
            return finding.outcome
        if operation.reference and driver.supports("operation.info").usable:
            # The registrar says it is done, and its list lags behind.
            return types.Pending(operation.reference)
        raise errors.NotFound(f"nothing is under way any more: {finding.seen}")

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        running = remote.running(operation, driver, key_of(operation), *self.methods)
        if running is not None:
            return running
        return self.judge(operation, self.find(operation, driver))

    def find(self, operation: Operation, driver: Any) -> Line | None:
        """The thing as the registrar's list shows it now. Raises `registrar.errors`."""
        lines = self.noun.lines(driver, name_of(operation))
        return self.noun.find(lines, key_of(operation), operation.payload.get("remote_id", ""))

    def identifier(self, operation: Operation, driver: Any) -> str:
        """What the registrar calls the thing. Raises NotFound where it has none, Guarded where it means another one."""
        known: str = operation.payload.get("remote_id", "")
        if known:
            if driver.supports(self.noun.one).usable:
                shown = read_first(lambda: self.noun.look_at(driver, name_of(operation), known)).name
                if self.noun.plain(shown) != self.noun.plain(key_of(operation)):
                    raise errors.Guarded(f"{known} is {shown} by now", reason="conflict")
            return known
        found = read_first(lambda: self.find(operation, driver))
        if found is None:
            raise errors.NotFound(f"no {self.noun.subject} {key_of(operation)}")
        return found.remote_id

    def apply(self, operation: Operation, value: Line | None) -> dict[str, Any]:
        if mirrored(operation) is not None:
            self.record(operation, value)
            if value is None:
                read_after(operation)
        return {}

    def failed(self, operation: Operation) -> None:
        """What was believed of the thing may be wrong: all of the name's things are read again."""
        if operation.sends and operation.reason != "given_up":
            read_after(operation)


class CreateItem(ItemKind):
    """Make one. It is ours when the list has it and had none of the name before the first send."""

    def order(self, operation: Operation, driver: Any) -> types.Outcome[Line | None]:
        if before_sending(operation) is None:
            remember(operation, there=read_first(lambda: self.find(operation, driver)) is not None)
        before = before_sending(operation)
        if before is not None and before["there"]:
            raise errors.Refused(f"{key_of(operation)} is there already", reason="already_there")
        return super().order(operation, driver)

    def judge(self, operation: Operation, found: Line | None) -> Finding:
        before = before_sending(operation)
        if before is None:
            return Absent("never sent: the look that comes first was not made")
        if found is None:
            return Absent(f"there is no {self.noun.subject} {key_of(operation)}")
        if before["there"]:
            return Absent(f"{found.name} was there before")
        if not self.hidden and not agrees(values_of(operation), found):
            return Unclear(f"{found.name} is there, with another content")
        return Happened(types.Done(found))

    def record(self, operation: Operation, line: Line | None) -> None:
        domain = mirrored(operation)
        assert domain is not None
        values = {**values_of(operation), **({} if line is None else told(line))}
        name = key_of(operation) if line is None else line.name
        mirror.keep(domain, self.noun, Line(name, "" if line is None else line.remote_id, values))


class ChangeItem(ItemKind):
    """Give one another content: what is shown is compared with it. What is not shown is set again, and is the same."""

    def judge(self, operation: Operation, found: Line | None) -> Finding:
        if found is None:
            return Absent(f"there is no {self.noun.subject} {key_of(operation)}")
        if not agrees(values_of(operation), found):
            return Absent(f"{found.name} is not as wanted")
        if self.hidden:
            return Absent(f"{found.name} is there; the password does not show, and is set again")
        return Happened(types.Done(found))

    def record(self, operation: Operation, line: Line | None) -> None:
        domain = mirrored(operation)
        assert domain is not None
        values = {**values_of(operation), **({} if line is None else told(line))}
        remote_id = operation.payload.get("remote_id", "") if line is None else line.remote_id
        mirror.keep(domain, self.noun, Line(key_of(operation), remote_id, values))


class DeleteItem(ItemKind):
    """Take one away. It is done when the list has it no more, whoever did it."""

    def judge(self, operation: Operation, found: Line | None) -> Finding:
        if found is not None:
            return Absent(f"{found.name} is there")
        return Happened(types.Done(None))

    def apply(self, operation: Operation, value: Line | None) -> dict[str, Any]:
        if mirrored(operation) is not None:
            self.record(operation, value)
        return {}

    def record(self, operation: Operation, line: Line | None) -> None:
        domain = mirrored(operation)
        assert domain is not None
        mirror.end(domain, self.noun, key_of(operation))


def key_of(operation: Operation) -> str:
    """The name of the thing that an operation of these kinds is about."""
    return str(operation.payload["key"])


def values_of(operation: Operation) -> dict[str, Any]:
    """What the thing shall show, by the columns of its model."""
    return dict(operation.payload["values"])


def told(line: Line) -> dict[str, Any]:
    """What a registrar's line tells; None stands for what it does not."""
    return {column: value for column, value in line.values.items() if value is not None}


def agrees(wanted: dict[str, Any], line: Line) -> bool:
    """Whether a line shows what is wanted, as far as it tells."""
    shown = told(line)
    return all(_plain(shown[column]) == _plain(value) for column, value in wanted.items() if column in shown)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(str(part).casefold() for part in value)
    return value.strip().strip("/") if isinstance(value, str) else value
