"""The sessions of this process, for drivers that were given no store.

Sessions of a process are not its children's: after a fork they are forgotten, and opened anew.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
import time
from dataclasses import dataclass, field

from registrar.interface.session import KeptSession

_SALT = secrets.token_bytes(16)


@dataclass(slots=True)
class _Session:
    identifier: str = field(repr=False)
    used_at: float
    note: str = ""


class LocalStore:
    """A SessionStore in memory, by the clock of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._session: _Session | None = None

    def get(self) -> KeptSession | None:
        """As the protocol."""
        with self._lock:
            return self._shown()

    def put(self, identifier: str) -> KeptSession:
        """As the protocol."""
        with self._lock:
            if self._session is None:
                self._session = _Session(identifier, time.monotonic())
            return self._shown() or KeptSession(identifier)

    def touch(self, session: KeptSession) -> None:
        """As the protocol."""
        with self._lock:
            if (kept := self._same(session)) is not None:
                kept.used_at = time.monotonic()

    def annotate(self, session: KeptSession, note: str) -> None:
        """As the protocol."""
        with self._lock:
            if (kept := self._same(session)) is not None:
                kept.note = note

    def drop(self, session: KeptSession) -> bool:
        """As the protocol."""
        with self._lock:
            if self._same(session) is None:
                return False
            self._session = None
            return True

    def _same(self, session: KeptSession) -> _Session | None:
        return self._session if self._session is session.mark else None

    def _shown(self) -> KeptSession | None:
        kept = self._session
        if kept is None:
            return None
        return KeptSession(kept.identifier, time.monotonic() - kept.used_at, kept.note, kept)


@dataclass(slots=True)
class Place:
    """What the threads of this process share about one account: who opens a session, and the session kept here."""

    endpoint: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    store: LocalStore = field(default_factory=LocalStore)


_places: dict[tuple[str, str, bytes], Place] = {}
_places_lock = threading.Lock()


def place_for(endpoint: str, reseller: str, password: str) -> Place:
    """An account's place. The password is kept as a digest with a salt of this process only."""
    digest = hashlib.blake2b(password.encode("utf-8"), key=_SALT).digest()
    with _places_lock:
        return _places.setdefault((endpoint, reseller, digest), Place(endpoint))


def empty_places() -> list[Place]:
    """Every place of this process; none of them is found again."""
    with _places_lock:
        places = list(_places.values())
        _places.clear()
    return places


def forget() -> None:
    """After a fork: sessions are the parent's, and a lock may be held by a thread that does not exist here."""
    global _places_lock
    _places_lock = threading.Lock()
    for place in _places.values():
        place.lock, place.store = threading.Lock(), LocalStore()


os.register_at_fork(after_in_child=forget)
