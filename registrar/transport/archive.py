"""Where the redacted records of calls go, whatever happens to a call."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from registrar.transport.exchange import Exchange, ExchangeSink

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Draft:
    """A record while its call is under way: what is known so far, already without secrets."""

    request: str
    reply: str = ""
    status: int = 0


class Archive:
    """The records of one driver's calls."""

    def __init__(self, family: str, on_exchange: ExchangeSink | None) -> None:
        self._family = family
        self._on_exchange = on_exchange

    @contextmanager
    def keep(self, action: str, request: str) -> Iterator[Draft]:
        """Keep the record of the call made inside, with the error that it raises, if any."""
        draft = Draft(request)
        started = time.monotonic()
        try:
            yield draft
        except Exception as error:
            self._store(action, draft, time.monotonic() - started, type(error).__name__)
            raise
        self._store(action, draft, time.monotonic() - started, "")

    def _store(self, action: str, draft: Draft, duration: float, error: str) -> None:
        if self._on_exchange is None:
            return
        exchange = Exchange(
            family=self._family,
            action=action,
            request=draft.request,
            reply=draft.reply,
            status=draft.status,
            duration=duration,
            error=error,
        )
        try:
            self._on_exchange(exchange)
        except Exception:
            # A full archive must not hide what the registrar answered.
            _log.exception("the record of %s could not be kept", action)
