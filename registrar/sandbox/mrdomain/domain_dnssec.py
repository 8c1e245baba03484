"""DNSSEC entries (manual 5.18, 5.19)."""

from __future__ import annotations

import re
from typing import Any

from registrar.sandbox.mrdomain import views
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.domain_update import writable
from registrar.sandbox.mrdomain.model import Domain
from registrar.sandbox.tlds import TLDS


def _entry(call: Call) -> dict[str, Any]:
    """The entry sent; the digest may be hexadecimal or, as in the manual's example, base64."""
    entry: dict[str, Any] = {
        "keytag": call.params.integer("keytag", low=0, high=65535),
        "algorithm": call.params.integer("algorithm", high=255),
        "digesttype": call.params.integer("digesttype", high=255),
    }
    digest = call.params.required("digest")
    if not re.fullmatch(r"[0-9A-Za-z+/]{8,512}={0,2}", digest):
        raise invalid("digest")
    return {**entry, "digest": digest}


def _finish(call: Call, domain: Domain, message: str) -> Answer:
    call.note(domain, "DNSSEC", message)
    call.effect(domain.name, domainID=domain.domain_id)
    return Answer({**views.head(domain), **views.dnssec_info(domain)}, DONE)


def create(call: Call) -> Answer:
    """5.18. The same entry twice: 2200; a TLD without DNSSEC: 2201."""
    domain, entry = writable(call), _entry(call)
    if not TLDS[domain.tld].dnssec:
        raise ApiError(2201, "DNSSEC is not available for this TLD")
    if entry in domain.dnssec:
        raise ApiError(2200, "The DNSSEC entry exists")
    domain.dnssec.append(entry)
    return _finish(call, domain, f"Created entry {entry['keytag']}")


def delete(call: Call) -> Answer:
    """5.19. All four data must match an entry, otherwise 2200."""
    domain, entry = writable(call), _entry(call)
    if entry not in domain.dnssec:
        raise ApiError(2200, "No such DNSSEC entry")
    domain.dnssec.remove(entry)
    return _finish(call, domain, f"Deleted entry {entry['keytag']}")


ACTIONS: dict[str, Action] = {"domain/dnsseccreate": create, "domain/dnssecdelete": delete}
