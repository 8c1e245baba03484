"""The registrar's replies as our types: modules tool, account and contact, and the reply's envelope.

Pure functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from registrar.mrdomain import reading
from registrar.types import (
    AccountInfo,
    Contact,
    ContactRecord,
    ContactSummary,
    ContactType,
    DnsAnswer,
    Hello,
    Idn,
    Page,
    Price,
    Promotion,
    Suggestion,
    TableRow,
    Verification,
    Zone,
    ZoneAction,
    ZoneCheck,
)

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)

VERIFICATION: Mapping[str, Verification] = {
    "verified": Verification.VERIFIED,
    "notapplicable": Verification.NOT_APPLICABLE,
    "inprocess": Verification.IN_PROCESS,
    "failed": Verification.FAILED,
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """A reply: `data` on success, else the error `code`. `message` joins everything the registrar said."""

    code: int
    message: str
    data: Any


def envelope(body: bytes) -> Envelope:
    """A reply's body (manual 2.1).

    Raises UnreadableReply when success and errorCode contradict each other.
    """
    reply = reading.parse(body)
    success = reading.boolean(reply, "success")
    code = reading.whole(reply, "errorCode")
    if success != (code == 0):
        raise reading.unreadable("success and errorCode contradict each other")
    if success and "responseData" not in reply:
        raise reading.unreadable("responseData is missing")
    extra = reply.get("messages")
    said = [reading.text(reply, "errorCodeMsg", default="")]
    if isinstance(extra, list):
        said += [line for line in extra if isinstance(line, str)]
    message = ": ".join(dict.fromkeys(line for line in said if line))
    return Envelope(code, message, reply.get("responseData") if success else None)


def hello(data: Mapping[str, Any]) -> Hello:
    """tool/hello (manual 3.1)."""
    return Hello(
        ip=reading.text(data, "ip"),
        language=reading.text(data, "lang"),
        version=reading.text(data, "version"),
    )


def idn(data: Mapping[str, Any]) -> Idn:
    """tool/idnconverter (manual 3.2)."""
    return Idn(
        query=reading.text(data, "query"),
        unicode=reading.text(data, "unicode"),
        punycode=reading.text(data, "punycode"),
    )


def suggestions(data: Mapping[str, Any]) -> tuple[Suggestion, ...]:
    """tool/domainsuggests (manual 3.3): {word: {tld: available}} in the order of the reply."""
    found = []
    for word, answers in reading.mapping(data.get("suggests"), "suggests").items():
        for tld, available in reading.mapping(answers, "suggests").items():
            name = reading.a_label(f"{word}.{tld}")
            found.append(Suggestion(name, reading.truth(available, "suggests")))
    return tuple(found)


def table(data: Mapping[str, Any]) -> tuple[TableRow, ...]:
    """tool/gettable (manual 3.4)."""
    return tuple(
        TableRow(reading.required(item, "code"), reading.text(item, "name"))
        for item in reading.items(data, "items")
    )


def dns_answer(data: Mapping[str, Any]) -> DnsAnswer:
    """tool/dig (manual 3.5)."""
    return DnsAnswer(
        query=reading.text(data, "query"),
        nameserver=reading.text(data, "nameserver"),
        type=reading.text(data, "type"),
        text=reading.text(data, "result"),
    )


def zone_check(data: Mapping[str, Any]) -> ZoneCheck:
    """tool/zonecheck (manual 3.6)."""
    result = reading.mapping(data.get("result"), "result")
    servers = data.get("nameservers")
    if not isinstance(servers, list) or not all(isinstance(server, str) for server in servers):
        raise reading.unreadable("nameservers")
    return ZoneCheck(
        name=reading.domain_name(data, "domain"),
        nameservers=tuple(servers),
        passed=reading.boolean(result, "zonepass"),
        report=reading.text(result, "report", default=""),
    )


def account_info(data: Mapping[str, Any]) -> AccountInfo:
    """account/info (manual 4.1)."""
    return AccountInfo(
        name=reading.text(data, "clientName"),
        user=reading.text(data, "apiuser"),
        currency=reading.required(data, "currency"),
        balance=reading.number(data, "balance"),
        threshold=None if reading.is_absent(data, "threshold") else reading.number(data, "threshold"),
        ip=reading.text(data, "ip", default=""),
    )


def promotions(data: Any) -> tuple[Promotion, ...]:
    """account/promos (manual 4.2): the one reply whose responseData is a list."""
    return tuple(_promotion(item) for item in reading.items({"responseData": data}, "responseData"))


def _promotion(item: Mapping[str, Any]) -> Promotion:
    kind = reading.required(item, "type")
    tld = reading.text(item, "tld", default="").lower()
    product = reading.text(item, "productID", default="")
    if bool(tld) == bool(product):
        raise reading.unreadable(f"a promotion of type {kind} for both or neither of tld and productID")
    return Promotion(
        reference=reading.text(item, "promo"),
        action=reading.required(item, "action"),
        price=reading.number(item, "price"),
        starts_at=reading.moment(item, "tsIni"),
        ends_at=reading.moment(item, "tsEnd"),
        tld=tld,
        product=product,
    )


def zones(data: Mapping[str, Any]) -> Page[Zone]:
    """account/zones (manual 4.3)."""
    return reading.page(data, "zones", _zone)


def _zone(item: Mapping[str, Any]) -> Zone:
    return Zone(
        tld=reading.a_label(reading.required(item, "tld")),
        parent=reading.a_label(reading.required(item, "tldtop")),
        auth_code_required=reading.boolean(item, "authcodereq"),
        requirements=reading.text(item, "requirements", default=""),
        create=_zone_action(item, "create"),
        renew=_zone_action(item, "renew"),
        transfer=_zone_action(item, "transfer"),
    )


def _zone_action(item: Mapping[str, Any], key: str) -> ZoneAction | None:
    if item.get(key) is None:
        return None
    action = reading.mapping(item[key], key)
    if not action:
        return None
    return ZoneAction(
        price=reading.number(action, "price"),
        years=_years(action, key),
        in_promo=bool(reading.maybe_boolean(action, "inPromo")),
    )


def _years(action: Mapping[str, Any], key: str) -> tuple[int, ...]:
    parts = reading.text(action, "years").replace(" ", "").split(",")
    if not all(part.isdecimal() for part in parts if part):
        raise reading.unreadable(f"{key}/years")
    return tuple(sorted({int(part) for part in parts if part}))


def contact_record(data: Mapping[str, Any]) -> ContactRecord:
    """A contact (manual 5.25, 6.1 and 6.3)."""
    return ContactRecord(
        handle=reading.required(data, "contactID"),
        contact=Contact(
            type=contact_type(data),
            first_name=reading.text(data, "firstName", default=""),
            last_name=reading.text(data, "lastName", default=""),
            organization=reading.text(data, "orgName", default=""),
            organization_type=reading.text(data, "orgType", default=""),
            identification=reading.text(data, "identNumber", default=""),
            email=reading.text(data, "email", default=""),
            phone=reading.text(data, "phone", default=""),
            fax=reading.text(data, "fax", default=""),
            address=reading.text(data, "address", default=""),
            postal_code=reading.text(data, "postalCode", default=""),
            city=reading.text(data, "city", default=""),
            state=reading.text(data, "state", default=""),
            country=reading.text(data, "country", default="").upper(),
        ),
        verification=word(VERIFICATION, data, "verificationstatus", Verification.UNKNOWN),
        designated_agent=reading.maybe_boolean(data, "daaccepted"),
        nic_handle=reading.text(data, "esNicHandle", default=""),
    )


def contact_summary(data: Mapping[str, Any]) -> ContactSummary:
    """A line of contact/list (manual 6.2), or the reply of contact/resendverificationmail (6.4)."""
    return ContactSummary(
        handle=reading.required(data, "contactID"),
        type=contact_type(data),
        name=reading.text(data, "contactName", default=""),
        email=reading.text(data, "email", default=""),
        country=reading.text(data, "country", default="").upper(),
        identification=reading.text(data, "identNumber", default=""),
        verification=word(VERIFICATION, data, "verificationstatus", Verification.UNKNOWN),
        designated_agent=reading.maybe_boolean(data, "daaccepted"),
    )


def contact_summaries(data: Mapping[str, Any]) -> Page[ContactSummary]:
    """contact/list (manual 6.2)."""
    return reading.page(data, "contacts", contact_summary)


def contact_type(data: Mapping[str, Any]) -> ContactType:
    """individual or organization; any other word is unreadable."""
    try:
        return ContactType(reading.required(data, "contactType").lower())
    except ValueError:
        raise reading.unreadable("contactType") from None


def word(words: Mapping[str, W], data: Mapping[str, Any], key: str, unknown: W) -> W:
    """A word of one of the manual's tables; a word that no table knows is `unknown`."""
    return words.get(reading.text(data, key, default="").strip().lower(), unknown)


def optional(read: Callable[[Mapping[str, Any]], T], data: Mapping[str, Any], key: str) -> T | None:
    """`read` of the object under `key`, or None where it is missing or empty."""
    value = data.get(key)
    found = reading.mapping(value, key) if value not in (None, "") else {}
    return read(found) if found else None


def charged(data: Mapping[str, Any]) -> Price | None:
    """The billing of a reply; None where it has none."""
    return optional(
        lambda found: Price(reading.number(found, "total"), reading.required(found, "currency").upper()),
        data,
        "billing",
    )


def nothing(data: Any) -> None:
    """The reply of an action that tells nothing but its success: an object, whatever it holds."""
    reading.mapping(data, "responseData")
