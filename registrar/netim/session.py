"""The session of an account: one for all drivers that share a store, opened late, renewed when it is lost.

The registrar counts open sessions (reference 1.5), and a driver is opened for every operation: so the session outlives
the driver. Where it is kept is the caller's choice (registrar.interface.session); without one it is kept in this
process (registrar.netim.local), and closed when the process stops.
"""

from __future__ import annotations

import atexit
import contextlib
import threading
import time
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Protocol

from registrar.errors import NotSent, RateLimited, RegistrarError
from registrar.interface.session import KeptSession, SessionStore
from registrar.netim.errors import SESSION, TOO_MANY_SESSIONS, WAIT_SECONDS
from registrar.netim.local import Place, empty_places, place_for
from registrar.transport import soap_reply
from registrar.transport.http import HttpClient, Timeouts
from registrar.transport.soap import ENCODING, SoapWriter

# A live client was seen to use a session for twenty minutes; the registrar's own limit is not documented.
IDLE_SECONDS = 15 * 60.0
CLOSING = Timeouts(connect=2, total=4)
CLOSING_SECONDS = 10.0
HEADERS = {"Content-Type": "text/xml; charset=utf-8"}
# How often a session is looked for or opened before a call is given up: others may take away what one has found.
MOST_TRIES = 3


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


class SessionSlot:
    """A driver's way to the session of its account. Of the threads of a process one opens, the others wait."""

    def __init__(self, place: Place, store: SessionStore | None = None) -> None:
        self._place = place
        self._shared = store

    @property
    def _store(self) -> SessionStore:
        # Looked up each time: after a fork the place has a store of its own.
        return self._shared or self._place.store

    def acquire(self, opener: Opener) -> KeptSession:
        """A session that is ready for use, opened where there is none.

        Raises NotSent when another thread takes longer over that than a call may, and RateLimited where the registrar
        allows no further session; those that others use stay open.
        """
        found = self._store.get()
        if found is not None and found.idle <= IDLE_SECONDS and _is_prepared(found, opener):
            self._store.touch(found)
            return found
        with _locked(self._place.lock, opener.patience):
            # At most one session is lost under our hands and replaced: more of them would not stay either.
            for _ in range(2):
                session = self._fresh() or self._opened(opener)
                if self._is_ready(session, opener):
                    self._store.touch(session)
                    return session
        raise RateLimited("the session was lost as soon as it was open", after=WAIT_SECONDS, reason=SESSION)

    def drop(self, session: KeptSession) -> None:
        """Forget a session that the registrar does not know any more; one that took its place stays."""
        self._store.drop(session)

    def replace(self, identifier: str) -> None:
        """Put a session that was opened by name in place of the one that is there."""
        for _ in range(MOST_TRIES):
            kept = self._store.put(identifier)
            if kept.identifier == identifier:
                return
            if self._store.drop(kept):
                close_at_registrar(self._place.endpoint, kept.identifier)

    def take(self) -> str | None:
        """Take the session out, for somebody who closes it."""
        session = self._store.get()
        return session.identifier if session is not None and self._store.drop(session) else None

    def _fresh(self) -> KeptSession | None:
        session = self._store.get()
        if session is None or session.idle <= IDLE_SECONDS:
            return session
        if self._store.drop(session):
            close_at_registrar(self._place.endpoint, session.identifier)
        return self._store.get()

    def _opened(self, opener: Opener) -> KeptSession:
        try:
            identifier = opener.open_session()
        except RateLimited as error:
            # The last place may have gone to a worker with whom we can share it.
            shared = self._store.get() if error.reason == TOO_MANY_SESSIONS else None
            if shared is None:
                raise
            return shared
        # Kept before it is prepared: a preference that could not be set is no reason to leave it open, unknown.
        kept = None
        try:
            kept = self._store.put(identifier)
        finally:
            if kept is None or kept.identifier != identifier:
                close_at_registrar(self._place.endpoint, identifier)
        return kept

    def _is_ready(self, session: KeptSession, opener: Opener) -> bool:
        """Whether its synchronous calls end before those of the opener are given up; otherwise it is told to."""
        if _is_prepared(session, opener):
            return True
        try:
            opener.prepare_session(session.identifier)
        except RateLimited as error:
            if error.reason != SESSION:
                raise
            self._store.drop(session)
            return False
        self._store.annotate(session, str(opener.sync_delay))
        return True


def _is_prepared(session: KeptSession, opener: Opener) -> bool:
    """The note of a session is the wait for synchronous answers that it was told, in seconds."""
    return session.note.isdecimal() and int(session.note) <= opener.sync_delay


def close_at_registrar(endpoint: str, identifier: str) -> None:
    """Close a session: best effort, in a few seconds, without a word of what became of it."""
    # A fault says that it was closed already, and silence cannot be helped.
    with contextlib.suppress(RegistrarError, soap_reply.SoapFault, RuntimeError):
        message = writer().write("sessionClose", {"IDSession": identifier})
        headers = HEADERS | {"SOAPAction": f'"{writer().action("sessionClose")}"'}
        soap_reply.read(HttpClient(endpoint, timeouts=CLOSING).post("", message, headers), "sessionClose")


def slot_for(endpoint: str, reseller: str, password: str, store: SessionStore | None = None) -> SessionSlot:
    """The way to an account's session: in `store`, or else in this process."""
    return SessionSlot(place_for(endpoint, reseller, password), store)


def close_sessions(within: float = CLOSING_SECONDS) -> None:
    """Close the sessions that are kept in this process, for a worker that stops; those in a store are others' too.

    No new one is begun after `within` seconds.
    """
    give_up_at = time.monotonic() + within
    for place in empty_places():
        if time.monotonic() > give_up_at:
            return
        # One that is being opened at this moment is waited for, though not for long.
        with contextlib.suppress(NotSent), _locked(place.lock, CLOSING.total):
            identifier = SessionSlot(place).take()
            if identifier is not None:
                close_at_registrar(place.endpoint, identifier)


@contextlib.contextmanager
def _locked(lock: threading.Lock, patience: float) -> Iterator[None]:
    if not lock.acquire(timeout=patience):
        raise NotSent("another call is still opening the session")
    try:
        yield
    finally:
        lock.release()


atexit.register(close_sessions)
