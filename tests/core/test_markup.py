"""Escaping in fewer steps gives what Django gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from panel.core.markup import escaped


@given(st.text() | st.text(alphabet="<>&\"'a "))
def test_text_is_escaped_as_django_does(text: str) -> None:
    assert escaped(text) == conditional_escape(text)


@pytest.mark.parametrize(
    "value", [mark_safe("<i>&</i>"), 3, None, Decimal("1.50"), gettext_lazy("Yes"), ["<"], ""]
)
def test_everything_else_is_escaped_as_django_does(value: Any) -> None:
    assert escaped(value) == conditional_escape(value)
