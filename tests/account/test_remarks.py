"""Passes speak the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from panel.account.models import SyncRun
from panel.account.remarks import remark, worded


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("lines_left_out", (3,)),
        ("names_missing", (2,)),
        ("contacts_left", (40,)),
        ("extensions_kept", (30, 58)),
        ("extensions_withdrawn", (1,)),
    ],
)
def test_remark_is_worded_in_the_readers_language(code: str, numbers: tuple[int, ...]) -> None:
    kept = remark(code, *numbers)

    english = worded(kept)
    with override("fr"):
        french = worded(kept)

    assert all(str(number) in english and str(number) in french for number in numbers)
    assert english not in (french, kept)


@pytest.mark.parametrize(
    "message", ["", "[1010] Account blocked", "names_missing", "names_missing|1|2", "x|y"]
)
def test_other_words_are_shown_as_they_are(message: str) -> None:
    assert worded(message) == message


@pytest.mark.django_db
def test_pass_words_its_remark(registrar_account: Any) -> None:
    run = SyncRun.objects.create(
        account=registrar_account, kind="domains", message=remark("names_missing", 7)
    )

    assert run.words.endswith(": 7")
