"""Sessions and the account (sections 1.5, 2.1 and 2.2)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from registrar.sandbox.netim import views
from registrar.sandbox.netim.call import FLAGS, Call, Handler
from registrar.sandbox.netim.codes import SESSIONS, NetimFault, bad
from registrar.sandbox.netim.model import Session

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

RESELLER, PASSWORD = "DEMO01", "demo"
LANGUAGES = ("EN", "FR")
# Documented for 3.0; taken over for 2.0, where only 25 is known to be used.
DELAYS = range(-1, 128)


def alive(family: Netim) -> dict[str, Session]:
    """The sessions that have not timed out; the others are forgotten."""
    account, now = family.account, family.world.clock.now()
    for key in [key for key, row in account.sessions.items() if now - row.used > account.timeout]:
        del account.sessions[key]
    return account.sessions


def resume(family: Netim, key: str) -> Session:
    """The session of this id, used now; raises E02."""
    found = alive(family).get(key)
    if found is None:
        raise NetimFault("E02")
    found.used = family.world.clock.now()
    return found


def _open(call: Call) -> str:
    """A new session; `call.session` is a stranger's, whose language is only for faults."""
    account, language = call.account, call.optional("language", "EN").upper()
    if language not in LANGUAGES:
        raise bad("language")
    call.session.language = language
    known = call.optional("idReseller").upper() == RESELLER and call.given.get("password") == PASSWORD
    if not known or account.login_refused:
        raise NetimFault("E01-M0101")
    sessions = alive(call.family)
    if len(sessions) >= account.max_sessions:
        raise NetimFault(SESSIONS)
    account.session_serial += 1
    dice = call.family.world.dice("netim", "session", account.session_serial)
    key = hashlib.blake2b(str(dice.random()).encode(), digest_size=16).hexdigest()
    sessions[key] = Session(key, call.now, call.now, language)
    call.family.world.touch()
    return key


def _close(call: Call) -> None:
    del call.account.sessions[call.session.key]
    call.family.world.touch()


def _info(call: Call) -> dict[str, Any]:
    return views.session(call.session)


def _all(call: Call) -> list[dict[str, Any]]:
    return [views.session(row) for row in alive(call.family).values()]


def _prefer(call: Call) -> None:
    kind, value = call.text("type"), call.text("value")
    if kind == "lang" and value.upper() in LANGUAGES:
        call.session.language = value.upper()
    elif kind == "sync" and value in FLAGS:
        call.session.sync = FLAGS[value]
    elif kind == "syncDelay" and call.integer("value") in DELAYS:
        call.session.delay = call.integer("value")
    else:
        raise bad("value" if kind in ("lang", "sync", "syncDelay") else "type")
    call.family.world.touch()


def _hello(call: Call) -> str:
    return f"Bonjour {RESELLER}" if call.session.language == "FR" else f"Hello {RESELLER}"


def _account(call: Call) -> dict[str, Any]:
    return views.account(call.account, RESELLER)


FUNCTIONS: dict[str, Handler] = {
    "sessionOpen": _open,
    "login": _open,
    "sessionClose": _close,
    "sessionInfo": _info,
    "queryAllSessions": _all,
    "sessionSetPreference": _prefer,
    "hello": _hello,
    "queryResellerAccount": _account,
}
