"""Passwords that are made, and those that are judged."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from panel.hosting.passwords import ENOUGH_BITS, bits, check, make


def test_made_passwords_are_strong_differ_and_pass() -> None:
    made = {make() for _each in range(200)}

    assert len(made) == 200
    for password in made:
        check(password, "info", "soler-estudio")
        assert bits(password) > 2 * ENOUGH_BITS
        assert not set(password) & set("0O1lI")


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("kqzmwpvtxr", "kqzmwpvtxrbn"),
        ("kqzmwpvtxr", "kQzmWpvTxr"),
        ("abcdefghij", "kqzmwpvtxr"),
        ("aaaaaaaaaa", "abababakkz"),
    ],
    ids=["longer", "more-kinds", "no-sequence", "no-repetition"],
)
def test_what_is_harder_to_guess_counts_more(weaker: str, stronger: str) -> None:
    assert bits(weaker) < bits(stronger)


def test_nothing_is_nothing() -> None:
    assert bits("") == 0


@pytest.mark.parametrize("password", ["x" * 65, "with space Q7-kz", "tab\tQ7-kzmwpq", "Q7-kzm\u00e9wpvtx"])
def test_password_that_cannot_be_sent_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        check(password)


def test_short_names_may_be_in_it() -> None:
    check("Kq7-info-Anchor93", "inf")

    with pytest.raises(ValidationError):
        check("Kq7-info-Anchor93", "info")
