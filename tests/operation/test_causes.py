"""Messages that differ in names and numbers only are one cause."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.operation.causes import HOLE, LONGEST, cause_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("phone +33.612345678 is invalid", "phone +34 600 123 is invalid"),
        ("The domain example.com is taken", "The domain xn--caf-dma.co.uk is taken"),
        ("[2003] contact ABC-12345 unknown", "[2003] contact XY-9 unknown"),
        ("in the account since 2026-01-02, before", "in the account since 2025-12-31, before"),
        ("mail to ada@cedar.test bounced", "mail to b.c+d@alder.example bounced"),
        ('value "Ada Morel" refused', 'value "Cedar" refused'),
        ("see https://x.test/a?b=1 now", "see https://y.test/ now"),
        ("timed out after 30.1 s", "timed out after 8 s"),
        ("server 10.0.0.1 refused", "server 192.168.1.20 refused"),
        ("seen at 12:30:01Z", "seen at 03:00Z"),
    ],
)
def test_names_and_numbers_do_not_count(one: str, other: str) -> None:
    assert cause_of(one) == cause_of(other)
    assert HOLE in cause_of(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("phone 1 is invalid", "postal code 1 is invalid"),
        ("[2003] maintenance", "[2004] maintenance"),
        ("It doesn't exist, and wasn't there", "It doesn't exist, and isn't there"),
    ],
)
def test_words_and_the_code_count(one: str, other: str) -> None:
    assert cause_of(one) != cause_of(other)


def test_known_names_are_taken_out_wherever_they_stand() -> None:
    assert cause_of("Quiet Harbor is not Quiet Harbors", ["quiet harbor"]) == f"{HOLE} is not Quiet Harbors"


def test_long_message_is_cut() -> None:
    assert len(cause_of("word " * 100)) <= LONGEST


def test_empty_message_has_no_cause() -> None:
    assert cause_of("") == ""


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_has_a_cause_that_is_its_own_cause(message: str, names: list[str]) -> None:
    cause = cause_of(message, names)

    assert len(cause) <= LONGEST
    assert cause == " ".join(cause.split())


def test_many_numbers_are_one_hole() -> None:
    numbers = count(100)
    text = "tried at " + ", ".join(str(next(numbers)) for _ in range(20))

    assert cause_of(text) == f"tried at {HOLE}"
