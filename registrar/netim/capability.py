"""What the SOAP API 2.0 can do, module by module."""

from __future__ import annotations

from registrar.capability import Capability, CapabilityTable, Support

_FULL = {
    "tool": ("hello",),
    "account": ("info", "extension"),
    "contact": ("create", "update", "delete", "info"),
    "domain": (
        "check",
        "prices",
        "claimed",
        "info",
        "contacts",
        "nameserver_set",
        "nameservers",
        "glue_records",
        "whois",
        "create",
        "transfer_internal",
        "change_owner",
        "restore",
        "renew",
        "set_nameservers",
        "renew_auth_code",
        "set_membership",
        "set_tag",
        "set_note",
        "delete",
        "create_glue",
        "update_glue",
        "delete_glue",
    ),
    "dns": ("create", "delete", "set_soa"),
    "hosting": (
        "redirects",
        "create_redirect",
        "delete_redirect",
        "mail_aliases",
        "create_mail_alias",
        "delete_mail_alias",
    ),
    "certificate": ("files", "revoke"),
    "operation": ("info", "pending", "cancel", "open_kinds"),
}

_PARTIAL = {
    "account.zones": "periods and transfer codes only for one extension at a time",
    "contact.list": "names and types only; by name only",
    "domain.check_many": "names of one extension, where it is checked in bulk",
    "domain.list": "names and dates only; by name, word and extension",
    "domain.dnssec": "the keys only where the registrar's map is written as we assume",
    "domain.auth_code": "only where DomainInfo.auth_code_readable is true",
    "domain.transfer": "not with the nameservers that the name has, unless they are given",
    "domain.set_contacts": "by handle; another owner is change_owner",
    "domain.set_signed": "only on the registrar's nameservers (DomainInfo.hosts_zone)",
    "domain.set_dnssec_keys": "digests of one key, with the key itself; they cannot be taken away",
    "domain.release": "the registrar's own client has dropped it",
    "domain.set_transfer_lock": "where ExtensionInfo.transfer_lock",
    "domain.set_whois_privacy": "where ExtensionInfo.whois_privacy",
    "domain.set_renewal_mode": "automatic or manual, where ExtensionInfo.automatic_renewal",
    "dns.list": "without records of types that our contract does not have",
    "dns.restore": "from a template of the account, by its number",
    "certificate.info": "the registrar's words for a status are not documented",
    "certificate.create": "one way of validation for all names; the new id may not be told",
    "certificate.renew": "by one year",
    "certificate.reissue": "one way of validation for all names",
    "certificate.set_renewal_mode": "automatic or manual",
}

CAPABILITIES = CapabilityTable(
    [Capability(f"{noun}.{method}", Support.FULL) for noun, methods in _FULL.items() for method in methods]
    + [Capability(operation, Support.PARTIAL, note) for operation, note in _PARTIAL.items()]
)
