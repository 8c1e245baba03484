"""The kinds of things that lie in a plan, as data: where they are listed, what a line is as a row, what counts it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from panel.hosting import models
from panel.hosting.models import Item
from registrar import errors, types

PAGE = 500
MOST_PAGES = 40
# An operation's subject has room for so much of a name.
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as a registrar lists it. `values` are columns of its model."""

    name: str
    remote_id: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of thing. `slug` names it in addresses, `subject` in operations; `reads` is the call that lists it and
    `one` the call that shows a single one by the registrar's identifier.

    `meter` is the word under which a plan counts it, empty where it does not.
    """

    slug: str
    subject: str
    model: type[Item]
    reads: str
    one: str
    line: Callable[[Any], Line]
    meter: str = ""

    def lines(self, driver: Any, plan: str) -> list[Line]:
        """All of them at the registrar, over all its pages. Raises `registrar.errors`."""
        call = getattr(driver.hosting, self.reads.partition(".")[2])
        found: list[Line] = []
        for number in range(1, MOST_PAGES + 1):
            page: types.Page[Any] = call(plan, page=number, page_length=PAGE)
            found += [self.line(item) for item in page.items]
            if page.is_last:
                return found
        # A list that was not read to its end must not have anything taken for gone.
        raise errors.UnreadableReply(f"more than {PAGE * MOST_PAGES} {self.slug}")

    def look_at(self, driver: Any, plan: str, identifier: str) -> Line:
        """The one with that identifier. Raises `registrar.errors`, NotFound among them."""
        return self.line(getattr(driver.hosting, self.one.partition(".")[2])(plan, identifier))

    def find(self, lines: Sequence[Line], name: str, remote_id: str = "") -> Line | None:
        """The one that the registrar knows by its identifier, or else by its name."""
        if remote_id:
            known = next((line for line in lines if line.remote_id == remote_id), None)
            if known is not None:
                return known
        return next((line for line in lines if self.plain(line.name) == self.plain(name)), None)

    def plain(self, name: str) -> str:
        """A name in the one way in which two are compared."""
        return name.strip().rstrip("/").casefold()

    def subject_of(self, name: str) -> str:
        """What operations on the one of that name carry as their subject; a long name is told by its mark."""
        if len(name) <= LONGEST_KEY:
            return f"{self.subject}:{name}"
        return f"{self.subject}:{name[: LONGEST_KEY - 17]}:{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _mailbox(found: types.Mailbox) -> Line:
    return Line(found.address.lower(), found.identifier, {"usage": found.usage, "quota": found.quota})


def _alias(found: types.MailAlias) -> Line:
    return Line(
        found.address.lower(),
        found.identifier,
        {"targets": list(found.targets), "state": _state(found.state)},
    )


def _ftp(found: types.FtpAccount) -> Line:
    return Line(found.name, found.identifier, {"path": found.path, "quota": found.quota})


def _database(found: types.Database) -> Line:
    values = {"user": found.user, "external_access": found.external_access}
    return Line(found.name, found.identifier, values)


def _subdomain(found: types.Subdomain) -> Line:
    values: dict[str, Any] = {"path": found.path, "certificate": "", "chain": "", "certificate_path": ""}
    if found.certificate is not None:
        values |= {
            "certificate": found.certificate.certificate.strip(),
            "chain": found.certificate.chain.strip(),
            "certificate_path": found.certificate.path,
        }
    return Line(found.name, found.identifier, values)


def _redirect(found: types.Redirect) -> Line:
    values = {
        "destination": found.destination,
        "type": str(found.type),
        "title": found.title,
        "state": _state(found.state),
    }
    return Line(found.origin, found.identifier, values)


def _state(state: types.BuildState) -> str:
    return "" if state == types.BuildState.UNKNOWN else str(state)


MAILBOXES = Noun(
    "mailboxes", "mailbox", models.Mailbox, "hosting.mailboxes", "hosting.mailbox", _mailbox, "mailboxes"
)
ALIASES = Noun(
    "aliases", "alias", models.Alias, "hosting.mail_aliases", "hosting.mail_alias", _alias, "mail_aliases"
)
FTP = Noun("ftp", "ftp", models.FtpAccount, "hosting.ftp_accounts", "hosting.ftp_account", _ftp, "ftp")
DATABASES = Noun(
    "databases", "database", models.Database, "hosting.databases", "hosting.database", _database, "databases"
)
SUBDOMAINS = Noun(
    "subdomains",
    "subdomain",
    models.Subdomain,
    "hosting.subdomains",
    "hosting.subdomain",
    _subdomain,
    "subdomains",
)
REDIRECTS = Noun("redirects", "redirect", models.Redirect, "hosting.redirects", "hosting.redirect", _redirect)

NOUNS = (MAILBOXES, ALIASES, FTP, DATABASES, SUBDOMAINS, REDIRECTS)
BY_SLUG = {noun.slug: noun for noun in NOUNS}
