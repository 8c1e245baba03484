"""A Redis cache whose absence costs comfort, not work."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

# A server that hangs costs one request its timeout, and not every call of every request.
LEFT_ALONE_SECONDS = 5.0


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache that answers as an empty one while Redis is away.

    A cache is never the record of anything here, so a page must not fail because of it. Throttles that count in it
    let people in meanwhile: the alternative is to lock everybody out.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_connect_timeout", 1)
        options.setdefault("socket_timeout", 2)
        super().__init__(server, params)
        self._away_until = 0.0

    def _try(self, call: Callable[[], Any], fallback: Any) -> Any:
        if time.monotonic() < self._away_until:
            return fallback
        try:
            return call()
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + LEFT_ALONE_SECONDS
            log.warning("cache_away", error=type(error).__name__)
            return fallback

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        self._try(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> bool:
        return bool(
            self._try(lambda: super(ForgivingRedisCache, self).add(key, value, timeout, version), True)
        )

    def touch(self, key: Any, timeout: Any = 300, version: int | None = None) -> bool:
        return bool(self._try(lambda: super(ForgivingRedisCache, self).touch(key, timeout, version), False))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._try(lambda: super(ForgivingRedisCache, self).delete(key, version), False))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self._try(lambda: super(ForgivingRedisCache, self).has_key(key, version), False))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return int(self._try(lambda: super(ForgivingRedisCache, self).incr(key, delta, version), delta))

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return dict(self._try(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {}))

    def set_many(self, data: Any, timeout: Any = 300, version: int | None = None) -> list[Any]:
        return list(
            self._try(lambda: super(ForgivingRedisCache, self).set_many(data, timeout, version), list(data))
        )

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._try(lambda: super(ForgivingRedisCache, self).delete_many(keys, version), None)
