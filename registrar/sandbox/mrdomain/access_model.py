"""An external user and the rights that it has on domains (manual 9.10)."""

from __future__ import annotations

from dataclasses import dataclass, field

USER_STATUSES = ("enabled", "disabled")
RIGHTS = ("disabled", "read", "write")
# What a domain is added with. The manual does not say its "system default values": those of its example.
DEFAULT_PERMISSIONS: dict[str, str] = {
    "domain_ownercontacts": "write",
    "domain_contacts": "write",
    "domain_dns": "write",
    "domain_gluerecords": "write",
    "domain_dnssec": "write",
    "domain_transferblock": "disabled",
    "domain_authcode": "read",
    "domain_others": "write",
    "service_ftp": "write",
    "service_subdomains": "write",
    "service_redirects": "write",
    "service_parking": "write",
    "service_dnszone": "write",
    "service_ddbb": "write",
    "servicemail_accounts": "write",
    "servicemail_alias": "write",
}


@dataclass
class User:
    """`domains` holds a right per permission and domain name (A-label); the password only as a digest."""

    username: str
    password_digest: str
    status: str = "enabled"
    last_login: str = ""
    domains: dict[str, dict[str, str]] = field(default_factory=dict)
