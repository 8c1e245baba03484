"""What the BookMyName API can do, module by module.

The API has no functions for accounts, DNS, hosting, certificates and users: NONE.
"""

from __future__ import annotations

from registrar.capability import Capability, CapabilityTable, Support

_FULL = {
    "contact": ("create", "update", "delete"),
    "domain": (
        "check",
        "info",
        "nameserver_set",
        "nameservers",
        "auth_code",
        "renew",
        "set_nameservers",
        "set_transfer_lock",
        "delete",
        "delete_glue",
    ),
    "tool": ("hello",),
}

_PARTIAL = {
    "contact.info": "without state, and without the fields of extensions",
    "contact.list": "not by verification or agent",
    "domain.check_many": "one label in several extensions at once",
    "domain.list": "names and expiry dates; filtered by name, part of a name and extension only",
    "domain.contacts": "without contacts that the account may not see",
    "domain.create": "contacts made before, by their number; up to 4 nameservers",
    "domain.transfer": "owner and nameservers stay as they are at the old registrar",
    "domain.transfer_restart": "with an auth code, and not for .fr",
    "domain.set_contacts": "by number; others than the owner only while the account is owner or admin",
    "domain.create_glue": "one IPv4 address",
    "domain.update_glue": "one IPv4 address",
    "domain.renew_auth_code": "not sent to the registrant",
    "operation.info": "the state only",
    "tool.table": "countries and regions",
    "tool.quick_check": "needs the address of a DAS server unless the API's own host name tells it",
}

_MANUAL = {
    "domain.set_modification_lock": (
        "the API refuses every later change and renewal of a name under clientUpdateProhibited, the lifting too"
    ),
}

CAPABILITIES = CapabilityTable(
    [Capability(f"{noun}.{method}", Support.FULL) for noun, methods in _FULL.items() for method in methods]
    + [Capability(operation, Support.PARTIAL, note) for operation, note in _PARTIAL.items()]
    + [Capability(operation, Support.MANUAL, note) for operation, note in _MANUAL.items()]
)
