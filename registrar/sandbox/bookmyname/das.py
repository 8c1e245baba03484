"""The Domain Availability Service in three dialects: from a line to the text of its answer.

Facts are in the manual ("Servers and services") and the notes' chapter on DAS. The answer of das.free.org is known from
its clients only: comment lines, `%% RC = 0`, Domain and Status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from registrar.sandbox.bookmyname.tlds import managed
from registrar.sandbox.family import Reply, Request
from registrar.sandbox.names import InvalidName, to_ascii, to_unicode

if TYPE_CHECKING:
    from registrar.sandbox.bookmyname.family import BookMyName

INTERNAL, TOO_MANY, BLOCKED_BE, VERSION, PATTERN, TIMEOUT, BLOCKED = -1, -2, -3, -6, -7, -8, -9
TEXTS = {
    INTERNAL: "Internal error",
    TOO_MANY: "Too many queries",
    BLOCKED_BE: "IP address blocked",
    VERSION: "Invalid version",
    PATTERN: "Invalid pattern",
    TIMEOUT: "Timeout",
    BLOCKED: "IP address blocked",
}
HEADERS = {
    "free": ["% Domain Availability Server 1.0", "%"],
    "eurid": ["% .eu Domain Availability Server 1.0", "%", "% EURid, imitated", "%", ""],
    "dnsbe": ["% .be Domain Availability Server 4.0", ""],
}
WORDS_OF_EURID = (
    "FREE",
    "REGISTERED",
    "BLOCKED",
    "RESERVED",
    "SUSPENDED",
    "APPLICATION PENDING",
    "ON HOLD",
    "NOT ALLOWED",
    "OUT OF SERVICE",
)
UNKNOWN_WORD = "QUARANTINED"


class Failure(Exception):
    """A query without an answer; `rc` is what the RC line says."""

    def __init__(self, rc: int) -> None:
        super().__init__(rc)
        self.rc = rc


class Query(NamedTuple):
    """A line as understood: version "1.0", "2.0" or "" for a bare name; the pattern as sent; an A-label name."""

    version: str
    pattern: str
    name: str


def answer(family: BookMyName, request: Request) -> Reply:
    """The answer to the line in the request's body."""
    das = family.account.das
    try:
        # A refused query counts as well.
        exceeded = family.das_limit.exceeded()
        if das.blocked:
            raise Failure(BLOCKED_BE if das.dialect == "dnsbe" else BLOCKED)
        if das.broken:
            raise Failure(INTERNAL)
        if exceeded:
            raise Failure(TOO_MANY)
        query = read(request.body, das.dialect)
    except Failure as failure:
        return coded(family, failure.rc)
    word = das.words.get(query.name) or ("REGISTERED" if family.taken(query.name) else "FREE")
    return _reply(das.dialect, query.version, 0, _result(das.dialect, query, word))


def read(line: bytes, dialect: str) -> Query:
    """Understand a line, ended by CRLF, LF or nothing. Raises Failure."""
    try:
        words = line.decode("utf-8").split()
    except UnicodeDecodeError as error:
        raise Failure(PATTERN) from error
    if len(words) == 1 and dialect != "free":
        return Query("", words[0], _name(words[0], dialect, bare=True))
    if len(words) != 3 or words[0].lower() != "get":
        raise Failure(PATTERN)
    if words[1] not in ("1.0", "2.0"):
        raise Failure(VERSION)
    return Query(words[1], words[2], _name(words[2], dialect, bare=False))


def _name(pattern: str, dialect: str, bare: bool) -> str:
    """The domain name meant. Raises Failure for a name that this server does not answer for.

    free.org is asked with the TLD; EURid without it after `get`, with it in a bare line; DNS Belgium either way
    (ASSUMPTION: the notes do not say).
    """
    try:
        name = to_ascii(pattern)
    except InvalidName as error:
        raise Failure(PATTERN) from error
    if dialect == "free":
        tld = managed(name)
        if tld is None or not tld.das:
            raise Failure(PATTERN)
        return name
    own = "eu" if dialect == "eurid" else "be"
    if "." not in name and not bare:
        return f"{name}.{own}"
    if managed(name) is None or not name.endswith(f".{own}") or (dialect == "eurid" and not bare):
        raise Failure(PATTERN)
    return name


def _result(dialect: str, query: Query, word: str) -> list[str]:
    if dialect == "dnsbe":
        shown = to_unicode(query.name)
        alabel = [f"A-label: {query.name}"] if shown != query.name else []
        known = {"FREE": "AVAILABLE", "NOT ALLOWED": "NOT ALLOWED"}
        return [f"Domain: {shown}", *alabel, f"Status: {known.get(word, 'NOT AVAILABLE')}"]
    if query.version != "1.0":
        word = "AVAILABLE" if word == "FREE" else "NOT AVAILABLE"
    elif dialect == "free" and word != "FREE":
        word = "REGISTERED"
    first = query.pattern if dialect == "eurid" and query.version == "1.0" else query.name
    return [f"Domain: {first}", f"Status: {word}"]


def _reply(dialect: str, version: str, rc: int, lines: list[str]) -> Reply:
    code = f"%% RC = {rc}"
    if dialect == "dnsbe":
        code = f"%% RC={rc}"
    elif dialect == "eurid" and not version:
        code = f"%RC={rc}"
    text = "\r\n".join([*HEADERS[dialect], code, *lines, ""])
    return Reply(text.encode(), "text/plain", outcome="ok" if rc == 0 else f"RC {rc}")


def coded(family: BookMyName, rc: int) -> Reply:
    """An RC line with its text on the last comment line."""
    text = TEXTS.get(rc, "Error")
    return _reply(family.account.das.dialect, "1.0", rc, [f"% {text}"])


def twist(kind: str, reply: Reply) -> Reply:
    """The reply under a fault in the protocol's own words; those that it cannot say change nothing."""
    body = reply.body
    if kind == "cut_text":
        body = body[: len(body) * 2 // 3]
    elif kind == "latin1":
        body = "% réponse\r\n".encode("latin-1") + body
    elif kind == "unknown_status" and b"Status: " in body:
        body = body.partition(b"Status: ")[0] + f"Status: {UNKNOWN_WORD}\r\n".encode()
    return Reply(body, reply.content_type, reply.status, reply.outcome)
