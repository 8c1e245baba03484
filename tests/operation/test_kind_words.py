"""Every kind of operation has words of its own, and every reason of every family a sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from panel.operation import registry
from panel.operation.kind_words import change_failure, words_of
from panel.operation.models import Operation
from panel.operation.reasons import reason_label
from panel.operation.states import State
from panel.operation.words import describe, kind_label
from registrar import FAMILIES, errors

KINDS = sorted(registry.kinds())
PANEL = Path(__file__).resolve().parents[2] / "panel"
TELLTALES = ("registrar", "api", "account", "epp")
REASONS = [
    "already_exists",
    "conflict",
    "not_found",
    "vanished",
    "transfer_failed",
    "renew_failed",
    "refused",
]
REASONS += ["dependency_failed", "invalid_request", "not_supported", "given_up", "deadline", "something_new"]


def refusals() -> list[str]:
    """Words of final refusals that an operation may carry."""
    found: set[str] = set()
    for family in FAMILIES:
        module = __import__(f"registrar.{family}.errors", fromlist=["CODES"])
        rows: list[Any] = [*module.CODES.values(), *getattr(module, "DETAILS", {}).values()]
        found |= {row.reason for row in rows if issubclass(row.error, errors.Refused)}
    for app in ("domain", "dns"):
        for file in (PANEL / app).glob("*.py"):
            text = file.read_text(encoding="utf-8")
            found |= set(re.findall(r'is_finished\([^)]*"(\w+)"\)', text))
            found |= set(re.findall(r'reason="(\w+)"', text))
    return sorted(found - {""})


@pytest.mark.parametrize("kind", KINDS)
def test_kind_has_words_of_its_own(kind: str) -> None:
    words = words_of(kind)

    assert kind_label(kind) == words.label != "Change"
    assert len({words.label, words.done, words.failed}) == 3


@pytest.mark.parametrize("state", list(State.values))
@pytest.mark.parametrize("kind", KINDS)
def test_words_for_customers_never_name_the_registrar(kind: str, state: str) -> None:
    operation = Operation(kind=kind, state=state, subject="domain:a.com", label="a.com", reason="conflict")

    words = describe(operation)

    everything = f"{words.title} {words.text} {words.next_step}".lower().replace("registrant", "")
    assert words.title
    assert not [telltale for telltale in TELLTALES if telltale in everything]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith(("domain.", "dns."))])
def test_failure_of_a_change_says_why_and_what_to_do(kind: str, reason: str) -> None:
    text, step = change_failure(kind, reason)

    assert text.endswith(".")
    assert step.endswith((".", "?"))
    assert "_" not in text + step


@pytest.mark.parametrize("word", refusals())
def test_refusal_of_every_family_has_a_sentence_for_staff(word: str) -> None:
    assert reason_label(word).endswith(".")
    assert reason_label(word) != word.replace("_", " ")
