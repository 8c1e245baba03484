"""What families' tables say, in words that are not the contract's."""

from __future__ import annotations

import re

import pytest

from panel.domain.capability_words import OPERATIONS, PLAIN, note_text, operation_text
from panel.operation.registry import kinds
from registrar import FAMILIES

NOTES = sorted(
    {
        row.note
        for family in FAMILIES.values()
        for row in family.capabilities
        if row.operation.startswith("domain.") and row.note
    }
)
# Names of classes and fields, such as DomainInfo.hosts_zone or change_owner.
OF_CODE = re.compile(r"[A-Z][a-z]+[A-Z]|[a-z]_[a-z]|=|\bNone\b|assumption ")


@pytest.mark.parametrize("note", NOTES)
def test_note_is_plain(note: str) -> None:
    assert not OF_CODE.search(note_text(note)), note_text(note)


def test_words_are_of_notes_that_exist() -> None:
    assert set(PLAIN) <= set(NOTES)


def test_everything_that_a_kind_is_sent_with_has_a_name() -> None:
    methods = {method for kind in kinds().values() for method in getattr(kind, "methods", ())}
    named = {method for method in methods if method.startswith("domain.")}

    assert {method for method in named if operation_text(method) == method} <= {
        "domain.create", "domain.transfer", "domain.transfer_restart",
    }  # fmt: skip
    assert OPERATIONS
