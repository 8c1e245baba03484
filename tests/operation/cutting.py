"""The seams at which a worker dies: a BaseException out of one, which nothing of ours can catch."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from panel.operation import engine, registry
from panel.operation.models import Operation
from panel.operation.states import State
from registrar.transport.http import HttpClient


class Crash(BaseException):
    """The worker's process is gone."""


class Cutter:
    """Cuts a seam once: `cutter(owner, name, only=...)` dies in place of, or right after, the first matching call."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.planned = 0
        self.fired = 0

    def __call__(self, owner: Any, name: str, *, before: bool = False, only: Callable[..., bool]) -> None:
        original = getattr(owner, name)
        self.planned += 1
        fired = False

        def cut(*args: Any, **named: Any) -> Any:
            nonlocal fired
            if fired or not only(*args, **named):
                return original(*args, **named)
            fired = True
            self.fired += 1
            if before:
                raise Crash
            try:
                original(*args, **named)
            except Exception as error:
                raise Crash from error
            raise Crash

        self._monkeypatch.setattr(owner, name, cut)


def cut_at(cutter: Cutter, point: str, target: Operation, requests: tuple[str, ...]) -> None:
    """Plant the crash of `point` for the operation, whose requests are these actions."""
    kind = type(registry.kind_for(target.kind))
    # In the path, or at the end of the header that names the function of a SOAP call.
    named = re.compile(rf"[/#\"]({'|'.join(map(re.escape, requests))})(Action)?([/\"]|$)")

    def is_claim(pk: int) -> bool:
        return pk == target.pk

    def is_target(first: Any, second: Any = None, *_: Any) -> bool:
        operation = first if isinstance(first, Operation) else second
        return operation.pk == target.pk

    def is_request(_client: HttpClient, path: str, _body: bytes, headers: Any = None) -> bool:
        return bool(named.search(f"/{path}") or named.search(f"#{(headers or {}).get('SOAPAction', '')}"))

    def is_move(pk: int, *_: Any, **__: Any) -> bool:
        return pk == target.pk

    def is_success(pk: int, to: State, **__: Any) -> bool:
        return pk == target.pk and to == State.SUCCEEDED

    match point:
        case "before the claim":
            cutter(engine, "claim", before=True, only=is_claim)
        case "after the claim":
            cutter(engine, "claim", only=is_claim)
        case "before the send":
            cutter(kind, "submit", before=True, only=is_target)
        case "after the send":
            cutter(HttpClient, "post", only=is_request)
        case "after the answer":
            cutter(kind, "submit", only=is_target)
        case "in the record":
            cutter(engine, "move", only=is_move)
        case "after the record":
            cutter(engine, "_submit", only=is_target)
        case "in the look":
            cutter(kind, "submit", only=is_target)
            cutter(kind, "reconcile", only=is_target)
        case "in the poll":
            cutter(kind, "poll", only=is_target)
        case "in the poll's record":
            cutter(engine, "move", only=is_success)
        case _:
            raise AssertionError(point)
