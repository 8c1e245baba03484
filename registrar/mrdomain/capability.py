"""What the Simple API can do, module by module.

Modules that the driver does not offer yet have no rows: NONE.
"""

from __future__ import annotations

from registrar.capability import Capability, CapabilityTable, Support

_FULL = {
    "tool": ("hello", "idn", "suggest", "table", "dig", "zone_check"),
    "account": ("info", "zones", "promotions"),
    "contact": ("create", "list", "info", "resend_verification"),
    "domain": (
        "check",
        "check_transfer",
        "info",
        "contacts",
        "nameserver_set",
        "nameservers",
        "glue_records",
        "dnssec",
        "service",
        "history",
        "deleted",
        "create",
        "transfer",
        "transfer_restart",
        "renew",
        "set_nameservers",
        "create_glue",
        "update_glue",
        "delete_glue",
        "add_dnssec_key",
        "delete_dnssec_key",
        "set_modification_lock",
        "set_renewal_mode",
        "set_tag",
        "resend_verification",
    ),
}

_PARTIAL = {
    "domain.auth_code": "only where DomainInfo.auth_code_readable is true",
    "domain.list": "not by renewable=False",
    "domain.whois": "names of the account only",
    "domain.set_contacts": "several registries want a trade for another owner, which the API does not offer",
    "domain.set_transfer_lock": "only where DomainInfo.transfer_lock is not None",
    "domain.set_whois_privacy": "only where DomainInfo.whois_privacy is told, not under a modification lock",
    "domain.set_whois_visible": "only where DomainInfo.whois_visible is not None",
}

CAPABILITIES = CapabilityTable(
    [Capability(f"{noun}.{method}", Support.FULL) for noun, methods in _FULL.items() for method in methods]
    + [Capability(operation, Support.PARTIAL, note) for operation, note in _PARTIAL.items()]
)
