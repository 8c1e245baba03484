"""The shared cache: its absence costs comfort, not work."""

from __future__ import annotations

import socket
from collections.abc import Iterator
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


@pytest.fixture
def hung() -> Iterator[socket.socket]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=20) as server:
        yield server


def test_hung_cache_is_waited_for_once_and_then_left_alone(hung: socket.socket) -> None:
    options = {"OPTIONS": {"socket_timeout": 0.05}}
    cache = ForgivingRedisCache(f"redis://127.0.0.1:{hung.getsockname()[1]}/0", options)

    assert [cache.get("a"), cache.get("b"), cache.incr("count")] == [None, None, 1]

    hung.settimeout(0)
    connection, _address = hung.accept()
    connection.close()
    with pytest.raises(BlockingIOError):
        hung.accept()


def test_cache_that_was_away_is_asked_again_after_a_while(
    hung: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panel.core.cache.LEFT_ALONE_SECONDS", 0.0)
    options = {"OPTIONS": {"socket_timeout": 0.05}}
    cache = ForgivingRedisCache(f"redis://127.0.0.1:{hung.getsockname()[1]}/0", options)

    assert [cache.get("a"), cache.get("b")] == [None, None]

    hung.settimeout(0)
    for _call in range(2):
        connection, _address = hung.accept()
        connection.close()
