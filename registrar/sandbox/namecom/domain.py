"""Reading and changing domains, and looking whether names are free."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from registrar.sandbox.namecom import contacts, nameservers
from registrar.sandbox.namecom.call import Call, Command, Data
from registrar.sandbox.namecom.catalogue import CHECKED, PRIVACY, TLDS, split
from registrar.sandbox.namecom.codes import ApiError, invalid, missing
from registrar.sandbox.namecom.model import ROLES, Domain
from registrar.sandbox.names import WORDS, InvalidName, to_ascii

SERVICES = ("availability", "suggested")
SUGGESTIONS = 5


def get(call: Call) -> Data:
    """One domain; addons are what can be bought for it."""
    domain = call.domain()
    tld = TLDS[domain.tld]
    addons: Data = {}
    if tld.privacy and domain.privacy_until is None:
        addons["whois_privacy"] = {"price": str(PRIVACY)}
    addons["domain/renew"] = {"price": str(tld.renew)}
    return {
        "domain_name": domain.name,
        **_dates(call, domain),
        "locked": domain.locked,
        "nameservers": list(domain.nameservers),
        "contacts": contacts.view(domain.contacts),
        "addons": addons,
        "whois_privacy": {"enabled": domain.privacy_until is not None},
        "auto_renew": domain.auto_renew,
    }


def _dates(call: Call, domain: Domain) -> Data:
    return {"create_date": call.when(domain.created), "expire_date": call.when(domain.expires)}


def list_(call: Call) -> Data:
    """Every domain at once, or those of one user name."""
    user = call.arguments[0] if call.arguments else ""
    rows = {
        domain.name: {"tld": domain.tld, **_dates(call, domain)}
        for domain in call.account.domains.values()
        if not user or domain.username == user
    }
    return {"domains": rows}


def _lock(call: Call, locked: bool) -> Data:
    domain = call.domain()
    if not TLDS[domain.tld].lockable:
        raise ApiError(240, "Domain Cannot Be Locked")
    domain.locked = locked
    call.effect(domain.name, locked=locked)
    return {}


def lock(call: Call) -> Data:
    """Also right for a domain that is locked already."""
    return _lock(call, True)


def unlock(call: Call) -> Data:
    """Also right for a domain that is not locked."""
    return _lock(call, False)


def update_nameservers(call: Call) -> Data:
    """The DNS servers sent replace those there are."""
    domain = call.domain()
    hosts = nameservers.given(call)
    if not hosts:
        raise missing("nameservers")
    domain.nameservers = hosts
    call.effect(domain.name, nameservers=hosts)
    return {}


def update_contacts(call: Call) -> Data:
    """The roles sent are replaced, the others stay as they are."""
    domain = call.domain()
    sent = contacts.given(call)
    wanted = ROLES if call.switch("contact_roles") == "all" else ()
    if not sent or any(role not in sent for role in wanted):
        raise missing("contacts")
    domain.contacts.update(sent)
    call.effect(domain.name, roles=sorted(sent))
    return {}


def check(call: Call) -> Data:
    """Names made of a keyword and extensions; a keyword with a dot is a name already.

    The parameters may be in the URL: /domain/check/KEYWORD/TLD.
    """
    keyword = _keyword(call)
    services = call.list_of_texts("services") or ["availability"]
    if any(service not in SERVICES for service in services):
        raise invalid("services")
    found = [_row(call, name) for name in _names(call, keyword)]
    data: Data = {}
    if "availability" in services:
        data["domains"] = dict(found)
    if "suggested" in services:
        data["suggested"] = _suggested(call, keyword.partition(".")[0])
    return data


def _keyword(call: Call) -> str:
    sent = call.arguments[0] if call.arguments else call.text("keyword")
    try:
        return to_ascii(sent)
    except InvalidName as error:
        raise invalid("keyword") from error


def _names(call: Call, keyword: str) -> list[str]:
    if "." in keyword:
        names = [keyword]
    else:
        tlds = call.arguments[1:2] or call.list_of_texts("tlds") or list(CHECKED)
        names = [f"{keyword}.{tld.lower().lstrip('.')}" for tld in tlds]
    if any(split(name)[1] is None for name in names):
        raise invalid("tlds")
    return names


def _row(call: Call, name: str) -> tuple[str, Data]:
    world = call.family.world
    tld = split(name)[1]
    assert tld is not None
    premium = world.names.premium_price(name)
    price = tld.create if premium is None else Decimal(premium)
    shown: Any = price if call.switch("check_price") == "number" else f"{price:.2f}"
    return name, {"tld": tld.name, "avail": not world.registered(name), "price": shown}


def _suggested(call: Call, label: str) -> Data:
    """Free names with another word behind; the answer's key and shape are guesses."""
    dice = call.family.world.dice("suggested", label)
    rows: Data = {}
    for word in dice.sample(sorted(WORDS), 4 * SUGGESTIONS):
        name, row = _row(call, f"{label}{word}.com")
        if row["avail"] and len(rows) < SUGGESTIONS:
            rows[name] = row
    return rows


COMMANDS: dict[str, Command] = {
    "domain/get": get,
    "domain/list": list_,
    "domain/lock": lock,
    "domain/unlock": unlock,
    "domain/update_nameservers": update_nameservers,
    "domain/update_contacts": update_contacts,
    "domain/check": check,
}
