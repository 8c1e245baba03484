"""The sessions of this process: one per account, shared by all drivers, closed when the process stops.

The registrar counts open sessions (reference 1.5), and a driver is opened for every operation: so the session outlives
the driver. Sessions of a process are not its children's: after a fork they are forgotten, and opened anew.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Protocol

from registrar.errors import NotSent, RateLimited, RegistrarError
from registrar.netim.errors import SESSION, WAIT_SECONDS
from registrar.transport import soap_reply
from registrar.transport.http import HttpClient, Timeouts
from registrar.transport.soap import ENCODING, SoapWriter

# A live client was seen to use a session for twenty minutes; the registrar's own limit is not documented.
IDLE_SECONDS = 15 * 60.0
CLOSING = Timeouts(connect=2, total=4)
CLOSING_SECONDS = 10.0
HEADERS = {"Content-Type": "text/xml; charset=utf-8"}

_SALT = secrets.token_bytes(16)


@cache
def writer() -> SoapWriter:
    """What writes the calls of Netim's API."""
    folder = files("registrar.netim").joinpath("wsdl")
    encoding = folder.joinpath("soap-encoding.xsd").read_bytes()
    return SoapWriter(
        folder.joinpath("netim.wsdl").read_bytes(), {ENCODING: encoding}, "urn:DRS", positional=True
    )


class Opener(Protocol):
    """What a slot needs of a client."""

    sync_delay: int
    patience: float

    def open_session(self) -> str:
        """Open a session and return its id."""

    def prepare_session(self, identifier: str) -> None:
        """Set the session's preferences. Raises RateLimited(reason="session") when it is none any more."""


@dataclass(slots=True)
class _Session:
    identifier: str = field(repr=False)
    used_at: float
    delay: int | None = None


class SessionSlot:
    """The place of one account's session. Used from several threads: one opens, the others wait."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._session: _Session | None = None

    def acquire(self, opener: Opener) -> str:
        """The id of a session that is ready for use, opened where there is none.

        Raises NotSent when another thread takes longer over that than a call may.
        """
        with self._locked(opener.patience):
            for _ in range(2):
                session = self._fresh() or self._opened(opener)
                if self._is_ready(session, opener):
                    session.used_at = time.monotonic()
                    return session.identifier
            raise RateLimited(
                "the session was lost as soon as it was open", after=WAIT_SECONDS, reason=SESSION
            )

    def drop(self, identifier: str) -> None:
        """Forget a session that the registrar does not know any more; another thread may have replaced it."""
        with self._lock:
            if self._session is not None and self._session.identifier == identifier:
                self._session = None

    def replace(self, identifier: str) -> None:
        """Put a session that was opened by name in place of the one that is there."""
        with self._lock:
            self._close()
            self._session = _Session(identifier, time.monotonic())

    def take(self) -> str | None:
        """Take the session out, for somebody who closes it."""
        with self._lock:
            session, self._session = self._session, None
            return session.identifier if session else None

    def close(self) -> None:
        """Close the session at the registrar: best effort, in a few seconds."""
        with contextlib.suppress(NotSent), self._locked(CLOSING.total):
            self._close()

    def forget(self) -> None:
        """After a fork: the session is the parent's, and the lock may be held by a thread that does not exist here."""
        self._lock = threading.Lock()
        self._session = None

    @contextlib.contextmanager
    def _locked(self, patience: float) -> Iterator[None]:
        if not self._lock.acquire(timeout=patience):
            raise NotSent("another call is still opening the session")
        try:
            yield
        finally:
            self._lock.release()

    def _fresh(self) -> _Session | None:
        if self._session is not None and time.monotonic() - self._session.used_at > IDLE_SECONDS:
            self._close()
        return self._session

    def _opened(self, opener: Opener) -> _Session:
        # Kept before it is prepared: a preference that could not be set is no reason to leave it open, unknown.
        self._session = _Session(opener.open_session(), time.monotonic())
        return self._session

    def _is_ready(self, session: _Session, opener: Opener) -> bool:
        """Whether its synchronous calls end before those of the opener are given up; otherwise it is told to."""
        if session.delay is not None and session.delay <= opener.sync_delay:
            return True
        try:
            opener.prepare_session(session.identifier)
        except RateLimited as error:
            if error.reason != SESSION:
                raise
            self._session = None
            return False
        session.delay = opener.sync_delay
        return True

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is None:
            return
        # A fault says that it was closed already, and silence cannot be helped.
        with contextlib.suppress(RegistrarError, soap_reply.SoapFault, RuntimeError):
            message = writer().write("sessionClose", {"IDSession": session.identifier})
            headers = HEADERS | {"SOAPAction": f'"{writer().action("sessionClose")}"'}
            soap_reply.read(
                HttpClient(self._endpoint, timeouts=CLOSING).post("", message, headers), "sessionClose"
            )


_slots: dict[tuple[str, str, bytes], SessionSlot] = {}
_slots_lock = threading.Lock()


def slot_for(endpoint: str, reseller: str, password: str) -> SessionSlot:
    """The place of an account's session. The password is kept as a digest with a salt of this process only."""
    digest = hashlib.blake2b(password.encode("utf-8"), key=_SALT).digest()
    with _slots_lock:
        return _slots.setdefault((endpoint, reseller, digest), SessionSlot(endpoint))


def close_sessions(within: float = CLOSING_SECONDS) -> None:
    """Close every session of this process, for a worker that stops. No new one is begun after `within` seconds."""
    give_up_at = time.monotonic() + within
    with _slots_lock:
        slots = list(_slots.values())
        _slots.clear()
    for slot in slots:
        if time.monotonic() > give_up_at:
            return
        slot.close()


def _forget() -> None:
    global _slots_lock
    _slots_lock = threading.Lock()
    for slot in _slots.values():
        slot.forget()


atexit.register(close_sessions)
os.register_at_fork(after_in_child=_forget)
