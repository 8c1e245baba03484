"""The sessions of accounts at registrars that count them, shared by all workers through the database.

A row is one session of one account with one set of credentials: whoever changes the credentials never meets the session
of the old ones. Times are by the database's clock. See docs/decisions/0013-sessions.md.
"""

from __future__ import annotations

import contextlib
import json

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from panel.account.models import Account, AccountState, RegistrarSession
from panel.core.encryption import DecryptionFailed
from panel.operation.clock import age_of, from_now
from registrar import KeptSession, close_session, errors

log = structlog.get_logger(__name__)

MOST_RACES = 5
# A session in constant use is written down as used only so often.
TOUCH_SECONDS = 30
# One that nobody may use any more is closed only when a call that began before must have ended.
LEFT_ALONE_SECONDS = 120


class SharedSessions:
    """The registrar.SessionStore of one account: what a driver is opened with."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._opened_with = opened_with(account)
        self._rows = RegistrarSession.objects.filter(account=account, opened_with=self._opened_with)

    def get(self) -> KeptSession | None:
        """As the protocol. A session under a key that is lost is given up: the registrar ends it by itself."""
        try:
            row = self._rows.annotate(idle=age_of(F("used_at"))).first()
        except DecryptionFailed:
            self._rows.delete()
            log.warning("session_not_readable", account=self._account.label)
            return None
        if row is None:
            return None
        return KeptSession(row.identifier, row.idle.total_seconds(), row.note, row.pk)

    def put(self, identifier: str) -> KeptSession:
        """As the protocol: the first row stays. Raises NotSent where it changes hands too often."""
        for _ in range(MOST_RACES):
            with contextlib.suppress(IntegrityError), transaction.atomic():
                row = RegistrarSession.objects.create(
                    account=self._account, opened_with=self._opened_with, identifier=identifier
                )
                return KeptSession(identifier, mark=row.pk)
            kept = self.get()
            if kept is not None:
                return kept
        raise errors.NotSent("the registrar's session could not be kept")

    def touch(self, session: KeptSession) -> None:
        """As the protocol, by the database's clock."""
        if session.idle > TOUCH_SECONDS:
            self._rows.filter(pk=session.mark).update(used_at=Now())

    def annotate(self, session: KeptSession, note: str) -> None:
        """As the protocol."""
        self._rows.filter(pk=session.mark).update(note=note)

    def drop(self, session: KeptSession) -> bool:
        """As the protocol: no row ever gets the number of another one."""
        deleted, _models = self._rows.filter(pk=session.mark).delete()
        return deleted == 1


def opened_with(account: Account) -> str:
    """What tells address and credentials from others, and nothing about them to who has not the SECRET_KEY."""
    given = json.dumps([account.endpoint, account.credentials], sort_keys=True)
    return salted_hmac("panel.account.sessions", given, algorithm="sha256").hexdigest()


def close_unused() -> int:
    """Close the sessions of accounts that do not work any more, and of credentials that are not theirs any more.

    Those that are merely idle are closed by the driver that meets them, or by the registrar. Returns how many.
    """
    rested = RegistrarSession.objects.filter(used_at__lt=from_now(-LEFT_ALONE_SECONDS))
    count = 0
    for row in rested.select_related("account").defer("identifier"):
        account = row.account
        if account.state != AccountState.ACTIVE or row.opened_with != opened_with(account):
            count += _close(row)
    return count


def _close(row: RegistrarSession) -> bool:
    try:
        identifier = row.identifier
    except DecryptionFailed:
        identifier = ""
    deleted, _models = RegistrarSession.objects.filter(pk=row.pk).delete()
    if deleted and identifier:
        close_session(row.account.family, row.account.endpoint, identifier)
    return deleted == 1
