"""The shared cache: its absence costs comfort, not work."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from panel.core.cache import ForgivingRedisCache


@pytest.fixture
def away() -> Any:
    """A cache whose server does not answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return ForgivingRedisCache(f"redis://127.0.0.1:{port}/0", {})


def test_cache_away_answers_as_an_empty_one(away: Any) -> None:
    away.set("a", 1)
    away.set_many({"b": 2})

    assert away.get("a") is None
    assert away.get("a", "nothing") == "nothing"
    assert away.get_many(["a", "b"]) == {}
    assert away.has_key("a") is False
    assert away.delete("a") is False
    assert away.touch("a") is False
    away.delete_many(["a"])


def test_cache_away_lets_locks_and_counters_pass(away: Any) -> None:
    assert away.add("lock", True) is True
    assert away.incr("count", 3) == 3
    assert away.get_or_set("a", lambda: 5) == 5
