"""Domains, reading (section 2.5)."""

from __future__ import annotations

from typing import Any

from registrar.sandbox.clock import day
from registrar.sandbox.names import FAMOUS, InvalidName, to_ascii
from registrar.sandbox.netim import tariff, views
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import bad
from registrar.sandbox.netim.matching import matches
from registrar.sandbox.tlds import TLDS, Tld


def _check(call: Call) -> list[dict[str, str]]:
    """One name, or several of one extension with HasMultipleCheck=1, separated by semicolons."""
    sent = call.text("domain").split(";")
    if len(sent) == 1:
        return [_checked(call, call.name())]
    rows, extensions = [], set()
    for text in sent:
        try:
            name = to_ascii(text)
        except InvalidName:
            rows.append({"domain": text.strip(), "result": "UNKNOWN", "reason": "BAD_SYNTAX"})
            continue
        extensions.add(name.partition(".")[2])
        rows.append(_checked(call, name))
    tld = TLDS.get(next(iter(extensions), ""))
    if len(extensions) != 1 or tld is None or not tld.lockable:
        raise bad("domain")
    return rows


def _checked(call: Call, name: str) -> dict[str, str]:
    result, reason = _verdict(call, name)
    return {"domain": name, "result": result, "reason": reason}


def _verdict(call: Call, name: str) -> tuple[str, str]:
    """`result` and `reason`; labels that begin with the words below are answered so."""
    tld = tariff.extension(name)
    if tld is None:
        return "NOT SOLD", ""
    if tld.maintenance:
        return "CLOSED", ""
    for start, result, reason in (
        ("timeout", "UNKNOWN", "TIMEOUT"),
        ("error", "UNKNOWN", "INTERNAL ERROR"),
        ("reserved", "NOT AVAILABLE", "RESERVED"),
        ("applied", "NOT AVAILABLE", "PENDING APPLICATION"),
    ):
        if name.startswith(start):
            return result, reason
    premium = "PREMIUM" if call.family.world.names.premium_price(name) is not None else ""
    return "NOT AVAILABLE" if call.family.world.registered(name) else "AVAILABLE", premium


def _info(call: Call) -> dict[str, Any]:
    return views.domain(call.domain())


def _whois(call: Call) -> str:
    name = call.name().lower()
    domain, world = call.account.domains.get(name), call.family.world
    if domain is not None and domain.held:
        lines = [
            f"Domain Name: {name.upper()}",
            "Registrar: NETIM (sandbox)",
            f"Creation Date: {day(domain.created)}",
            f"Registry Expiry Date: {day(domain.expires)}",
            *(f"Name Server: {server}" for server in domain.ns),
        ]
    elif world.registered(name):
        lines = [f"Domain Name: {name.upper()}", "Registrar: somebody else"]
    else:
        lines = [f'No match for "{name.upper()}".']
    return "\n".join([*lines, ""])


def _tld(call: Call) -> Tld:
    found = TLDS.get(call.text("tld").lower())
    if found is None:
        raise bad("tld", "unknown")
    return found


def _tld_info(call: Call) -> dict[str, Any]:
    return tariff.info(call.family.world, _tld(call), call.account.began)


def _price_list(call: Call) -> list[dict[str, str]]:
    return tariff.price_list(call.family.world, call.account.began)


def _price(call: Call) -> dict[str, Any]:
    name, tld = call.sold()
    world = call.family.world
    found = tariff.fees(world, tld, call.account.began, name)
    premium = world.names.premium_price(name) is not None
    texts = {key: str(amount) for key, amount in found.items()}
    return {"FeeCurrency": tariff.CURRENCY, **texts, "IsPremium": int(premium)}


def _claim(call: Call) -> int:
    """1 for the names of well-known marks, and for labels that begin with "claim"."""
    label = call.name().partition(".")[0]
    return int(label in FAMOUS or label.startswith("claim"))


def _list(call: Call) -> list[dict[str, str]]:
    """What is held or on its way in; names that failed or left are only told by domainInfo."""
    pattern = call.optional("filter")
    return [
        views.domain_row(row)
        for row in call.account.domains.values()
        if row.held and matches(row.name, pattern)
    ]


def _open_operations(call: Call) -> dict[str, str]:
    return tariff.open_operations(_tld(call))


FUNCTIONS: dict[str, Handler] = {
    "domainCheck": _check,
    "domainInfo": _info,
    "domainWhois": _whois,
    "domainTldInfo": _tld_info,
    "domainPriceList": _price_list,
    "queryDomainPrice": _price,
    "queryDomainClaim": _claim,
    "queryDomainList": _list,
    "queryOpeList": _open_operations,
}
