"""Module hosting (reference 2.11, 3.19 to 3.21): mail and web forwards. A plan is a domain that uses the
registrar's nameservers; its web hosting (2.14) is reachable by name only."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence
from typing import Any

from registrar.errors import InvalidRequest
from registrar.interface.hosting import HostingModule
from registrar.netim import mapping
from registrar.netim.client import NetimClient
from registrar.netim.outcome import nothing, settle
from registrar.transport import reading, values
from registrar.types import BuildState, MailAlias, Outcome, Page, Redirect, RedirectType

# Reference 2.11 and 3.19: the type, and the header of a direct one.
TYPES: Mapping[RedirectType, tuple[str, str]] = {
    RedirectType.PERMANENT: ("DIRECT", "301"),
    RedirectType.TEMPORARY: ("DIRECT", "302"),
    RedirectType.FRAME: ("MASKED", ""),
    RedirectType.ADDRESS: ("IP", ""),
    RedirectType.PARKING: ("PARKING", ""),
}
_URL = re.compile(r"(?P<protocol>https?|ftp)://(?P<target>[^\s/?#]\S*)", re.IGNORECASE)
_MAILBOX = re.compile(r"\*|[^\s@,;\"<>]{1,64}")
_ADDRESS = re.compile(r"[^\s@,;\"<>]{1,64}@[^\s@,;\"<>]+\.[^\s@,;\"<>]+")
_LONGEST = 2000


class NetimHosting(HostingModule):
    """Six functions. Forwards have no identifiers, and none can be changed: delete it and create another."""

    def __init__(self, client: NetimClient) -> None:
        self._client = client

    def mail_aliases(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[MailAlias]:
        values.check_page(page, page_length)
        found = self._client.fetch("queryMailFwdList", {"domain": values.domain_name(plan, "plan")}, aliases)
        wanted = (word or "").lower()
        return reading.paged([alias for alias in found if wanted in alias.address], page, page_length)

    def create_mail_alias(self, plan: str, name: str, targets: Sequence[str]) -> Outcome[MailAlias]:
        """As the contract. The address that catches everything is written *@domain."""
        domain = values.domain_name(plan, "plan")
        local = name.strip().lower()
        if not _MAILBOX.fullmatch(local):
            raise InvalidRequest(f"not the part before the @: {name!r}", field="name")
        given = [target.strip() for target in targets]
        if isinstance(targets, str) or not given or not all(map(_ADDRESS.fullmatch, given)):
            raise InvalidRequest("targets must be e-mail addresses", field="targets")
        alias = MailAlias(f"{local}@{domain}", tuple(given))
        arguments = {"mailBox": alias.address, "recipients": ",".join(given)}
        found = self._client.fetch("domainMailFwdCreate", arguments, mapping.operation)
        return settle(found, lambda: alias, alias)

    def delete_mail_alias(self, plan: str, alias: MailAlias) -> Outcome[None]:
        """As the contract, by its address."""
        local, at, domain = alias.address.strip().lower().rpartition("@")
        if not at or not _MAILBOX.fullmatch(local) or domain != values.domain_name(plan, "plan"):
            raise InvalidRequest("not an address of the domain", field="alias")
        arguments = {"mailBox": f"{local}@{domain}"}
        return settle(self._client.fetch("domainMailFwdDelete", arguments, mapping.operation), nothing)

    def redirects(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[Redirect]:
        values.check_page(page, page_length)
        found = self._client.fetch("queryWebFwdList", {"domain": values.domain_name(plan, "plan")}, redirects)
        wanted = (word or "").lower()
        kept = [redirect for redirect in found if wanted in redirect.origin]
        return reading.paged(kept, page, page_length)

    def create_redirect(self, plan: str, redirect: Redirect) -> Outcome[Redirect]:
        """As the contract: to an address of http, https or ftp, to an IP address, or to the registrar's page.

        For parking, `destination` is the registrar's name of a page, and may be empty.
        """
        kind, header = TYPES[redirect.type]
        target, special = _target(redirect)
        arguments = {
            "fqdn": _origin(plan, redirect.origin),
            "target": target,
            "type": kind,
            "options": {"header": header, "protocol": "", "title": "", "parking": ""} | special,
        }
        found = self._client.fetch("domainWebFwdCreate", arguments, mapping.operation)
        return settle(found, lambda: redirect, redirect)

    def delete_redirect(self, plan: str, redirect: Redirect) -> Outcome[None]:
        """As the contract, by its origin."""
        arguments = {"fqdn": _origin(plan, redirect.origin)}
        return settle(self._client.fetch("domainWebFwdDelete", arguments, mapping.operation), nothing)


def aliases(data: Any) -> list[MailAlias]:
    """queryMailFwdList (reference 3.21)."""
    return [
        MailAlias(
            address=reading.required(item, "mailBox").lower(),
            targets=tuple(
                part.strip() for part in reading.text(item, "recipients").split(",") if part.strip()
            ),
            state=_state(item),
        )
        for item in mapping.rows(data)
    ]


def redirects(data: Any) -> list[Redirect]:
    """queryWebFwdList (reference 3.20)."""
    return [_redirect(item) for item in mapping.rows(data)]


def _redirect(item: Mapping[str, Any]) -> Redirect:
    options = item.get("options")
    told = {} if options in (None, "") else mapping.struct(options, "options")
    kind = _kind(reading.required(item, "type").upper(), reading.text(told, "header", default="").strip())
    destination = reading.text(item, "target", default="").strip()
    protocol = reading.text(told, "protocol", default="").strip().lower()
    if kind is RedirectType.PARKING:
        destination = reading.text(told, "parking", default="").strip()
    elif protocol and kind is not RedirectType.ADDRESS and "://" not in destination:
        destination = f"{protocol}://{destination}"
    return Redirect(
        origin=reading.domain_name(item, "FQDN"),
        destination=destination,
        type=kind,
        title=reading.text(told, "title", default=""),
        state=_state(item),
    )


def _kind(word: str, header: str) -> RedirectType:
    """Our type. A direct one that tells no header is temporary, as HTTP's own default is: an assumption."""
    if word == "DIRECT":
        return RedirectType.PERMANENT if header == "301" else RedirectType.TEMPORARY
    for kind, (theirs, _) in TYPES.items():
        if theirs == word:
            return kind
    raise reading.unreadable("type")


def _state(item: Mapping[str, Any]) -> BuildState:
    """What `install` presumably means (reference 3.20)."""
    installed = mapping.flag(item, "install")
    if installed is None:
        return BuildState.UNKNOWN
    return BuildState.INSTALLED if installed else BuildState.WAITING


def _origin(plan: str, origin: str) -> str:
    domain = values.domain_name(plan, "plan")
    name = values.domain_name(origin, "origin")
    if name != domain and not name.endswith(f".{domain}"):
        raise InvalidRequest(f"{name} is not below {domain}", field="origin")
    return name


def _target(redirect: Redirect) -> tuple[str, dict[str, str]]:
    """The target without its scheme, and the options that go with the type."""
    destination = redirect.destination.strip()
    if len(destination) > _LONGEST:
        raise InvalidRequest("the destination is too long", field="destination")
    if redirect.type is RedirectType.PARKING:
        return "", {"parking": destination}
    if redirect.type is RedirectType.ADDRESS:
        try:
            return str(ipaddress.ip_address(destination)), {}
        except ValueError:
            raise InvalidRequest("not an IP address", field="destination") from None
    found = _URL.fullmatch(destination)
    if found is None:
        raise InvalidRequest("the destination must be an address with its scheme", field="destination")
    title = {"title": redirect.title} if redirect.type is RedirectType.FRAME else {}
    return found["target"], {"protocol": found["protocol"].lower(), **title}
