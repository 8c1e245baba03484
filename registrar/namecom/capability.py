"""What the legacy API can do, module by module. An operation without a row is NONE."""

from __future__ import annotations

from registrar.capability import Capability, CapabilityTable, Support
from registrar.tld import known_tlds, special_requirements

_FULL = {
    "tool": ("hello",),
    "account": ("info",),
    "domain": (
        "check",
        "contacts",
        "nameserver_set",
        "nameservers",
        "create",
        "order",
        "backorder",
        "buy_whois_privacy",
        "renew",
        "set_nameservers",
        "set_contacts",
        "set_transfer_lock",
    ),
    "dns": ("list", "info", "create", "delete"),
}

_HOSTS = "what the calls for hosts take and answer is not documented: assumption host-bodies"

_PARTIAL = {
    "domain.check_many": "one label in several extensions",
    "domain.prices": "registration of a free name, renewal of one in the account",
    "domain.info": "active until it expires, unknown behind that: the API tells no status",
    "domain.list": "without status; filtered by name, word and extension",
    "domain.glue_records": _HOSTS,
    "domain.sync_glue": _HOSTS,
    "domain.create_glue": _HOSTS,
    "domain.update_glue": f"a call per address; {_HOSTS}",
    "domain.delete_glue": _HOSTS,
}

_SPECIAL = frozenset(tld for tld in known_tlds() if special_requirements("namecom", tld))

CAPABILITIES = CapabilityTable(
    [Capability(f"{noun}.{method}", Support.FULL) for noun, methods in _FULL.items() for method in methods]
    + [Capability(operation, Support.PARTIAL, note) for operation, note in _PARTIAL.items()]
    + [
        Capability(
            "domain.create",
            Support.MANUAL,
            "what these extensions ask is on a page of the registrar that is not part of the API's manual",
            _SPECIAL,
        )
    ]
)
