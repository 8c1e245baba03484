"""Renders bits of templates as a page would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

Render = Callable[..., str]


@pytest.fixture
def render() -> Render:
    """``render('<c-badge tone="info">New</c-badge>', path="/?sort=name", **context)`` gives the HTML."""

    def rendered(source: str, path: str = "/", **context: Any) -> str:
        compiled = CottonCompiler().process(source)
        return Template(compiled).render(Context({"request": RequestFactory().get(path), **context}))

    return rendered
