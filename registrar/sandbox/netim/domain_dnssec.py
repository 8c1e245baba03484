"""DNSSEC: by a switch on Netim's name servers, by keys or DS records on others (section 2.6)."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import DNS_SERVICE, NetimFault, bad
from registrar.sandbox.netim.domain_create import owned
from registrar.sandbox.netim.engine import Effect, Order
from registrar.sandbox.netim.model import Operation

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

ALGORITHMS = frozenset({5, 7, 8, 10, 13, 14, 15, 16})
# Digest type -> length in hexadecimal digits.
DIGESTS = {"1": 40, "2": 64, "4": 96}


def _own(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainSetDNSSEC")
    value = call.flag("value")
    if not domain.on_service:
        raise NetimFault(DNS_SERVICE)
    return call.submit(Order(domain.name, {"signed": value}, "domainSetDNSSEC"))


def _apply_own(family: Netim, operation: Operation) -> dict[str, Any]:
    domain = owned(family, operation)
    domain.signed, domain.ds, domain.dnskey = operation.payload["signed"], [], {}
    if domain.signed:
        dice = family.world.dice("netim", "dnssec", domain.name, operation.number)
        digest = "".join(dice.choice("0123456789ABCDEF") for _ in range(64))
        domain.ds = [{"key": str(dice.randint(1000, 65000)), "type": "2", "digest": digest, "algo": "13"}]
    return {}


def _external(call: Call) -> dict[str, Any]:
    """DS records, or a key, or both; neither unsigns, which is an assumption."""
    domain = call.changeable("domainSetDNSSECExt")
    if domain.on_service:
        raise NetimFault(DNS_SERVICE)
    rows = [_record(row) for row in call.listed("DSRecords")]
    key = call.optional("pubKey").replace(" ", "")
    signing = bool(rows or key)
    algorithm, flags = call.integer("algo", 0), call.integer("flags", 0)
    if signing and algorithm not in ALGORITHMS:
        raise bad("algo")
    if key and (flags not in (256, 257) or call.integer("protocol", 0) != 3 or not _is_base64(key)):
        raise bad("pubKey")
    payload = {
        "ds": [{**row, "algo": str(algorithm)} for row in rows],
        "dnskey": {"flags": str(flags), "protocol": "3", "algo": str(algorithm), "pubKey": key}
        if key
        else {},
    }
    return call.submit(Order(domain.name, payload, "domainSetDNSSECExt"))


def _record(row: Any) -> dict[str, str]:
    """A StructDSRecord that was sent. Raises E13."""
    if not isinstance(row, dict):
        raise bad("DSRecords")
    key, kind, digest = (str(row.get(name) or "").strip() for name in ("key", "type", "digest"))
    if not key.isdecimal() or int(key) > 65535:
        raise bad("key")
    if kind not in DIGESTS:
        raise bad("type")
    if len(digest) != DIGESTS[kind] or not set(digest.upper()) <= set("0123456789ABCDEF"):
        raise bad("digest")
    return {"key": key, "type": kind, "digest": digest.upper()}


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return True


def _apply_external(family: Netim, operation: Operation) -> dict[str, Any]:
    domain = owned(family, operation)
    domain.ds, domain.dnskey = operation.payload["ds"], operation.payload["dnskey"]
    domain.signed = bool(domain.ds or domain.dnskey)
    return {}


FUNCTIONS: dict[str, Handler] = {"domainSetDNSsec": _own, "domainSetDNSSecExt": _external}
EFFECTS: dict[str, Effect] = {"domainSetDNSsec": _apply_own, "domainSetDNSSecExt": _apply_external}
