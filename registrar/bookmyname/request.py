"""Our types as the registrar's parameters.

Raises InvalidRequest with the neutral field before anything is sent.
"""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Mapping, Sequence
from typing import Any

from registrar.bookmyname.domain_mapping import NAMESERVER_SLOTS, OWN_NAMESERVERS
from registrar.bookmyname.mapping import contact_type
from registrar.bookmyname.status import CLIENT_BITS
from registrar.errors import InvalidRequest
from registrar.transport import reading, values
from registrar.types import Contact, ContactType, DomainOrder, GlueRecord, TransferOrder

YEARS = range(1, 11)
# domain_create takes at most four; the minimum is not stated (assumption "two-nameservers").
NAMESERVERS_AT_CREATION = range(2, 5)
NAMESERVERS = range(2, len(NAMESERVER_SLOTS) + 1)

# The address of nameserver nsN is ipnsN in one example and ipsN in another (assumption "glue-key").
GLUE_KEY = "ip{slot}"

_PHONE = re.compile(r"\+[0-9]{1,4}\.[0-9]{3,16}")
_NUMBER = re.compile(r"[0-9]{1,12}")
_HANDLE = re.compile(r"[A-Za-z0-9]+-[A-Za-z0-9]+")
_LANGUAGES = frozenset({"fr", "en", "de", "es"})
_AUTH_CODE_LENGTH = 12

_TEXTS: Mapping[str, str] = {
    "first_name": "prenom",
    "last_name": "nom",
    "organization": "societe",
    "postal_code": "cp",
    "city": "ville",
    "email": "email",
    "phone": "telephone",
    "fax": "telecopie",
}
_REQUIRED = ("first_name", "last_name", "email", "phone", "address", "postal_code", "city", "country")
# The registrar's own settings of a contact, which an update leaves as they are.
_KEPT = ("hash_email", "civilite", "revente")


def contact_number(value: str, field: str = "handle") -> str:
    """A contact by the number that domains name it by."""
    if not _NUMBER.fullmatch(value.strip()):
        raise InvalidRequest(f"not a contact's number: {value!r}", field=field)
    return value.strip()


def contact_key(value: str) -> dict[str, str]:
    """The parameters of contact_info: by number, or by the handle that people see (such as PD86-FREE)."""
    if _HANDLE.fullmatch(value.strip()):
        return {"handle": value.strip()}
    return {"handle": "", "id": contact_number(value)}


def owner_number(owner: str | Contact) -> str:
    """The owner of an order. Raises InvalidRequest(owner) for content: this registrar wants a contact made before."""
    return _role("owner", owner)


def roles(given: Mapping[str, str | Contact | None]) -> dict[str, str]:
    """Contacts of a domain by role, as its map names them. A role that is None is left out."""
    keys = {"owner": "owner_id", "admin": "admin_id", "tech": "tech_id", "billing": "bill_id"}
    return {keys[role]: _role(role, value) for role, value in given.items() if value is not None}


def _role(role: str, value: str | Contact) -> str:
    if isinstance(value, Contact) or not value:
        raise InvalidRequest("the registrar takes contacts by their number only", field=role)
    return contact_number(value, role)


def contact(content: Contact, *, country: str, region: str, tld_fields: Mapping[str, str]) -> dict[str, str]:
    """The map of contact_create, without its password.

    `country` and `region` are the registrar's numbers, `tld_fields` its own keys for what an extension asks.
    """
    form = _legal_form(content, tld_fields)
    lines = [line.strip() for line in content.address.strip().splitlines() if line.strip()]
    return {
        **{key: getattr(content, field).strip() for field, key in _TEXTS.items()},
        **_numbers(content),
        "hash_email": "yes",
        "formejuridique": form,
        "civilite": "",
        "adresse1": lines[0],
        "adresse2": ", ".join(lines[1:]),
        "region_id": region,
        "pays_id": country,
        "lang": _language(content),
        "revente": "no",
        **tld_fields,
    }


def contact_update(
    content: Contact, shown: Mapping[str, Any], *, country: str, region: str, tld_fields: Mapping[str, str]
) -> dict[str, str]:
    """The map of contact_update: the content, and what contact_info shows of what our contacts do not know."""
    new = contact(content, country=country, region=region, tld_fields=tld_fields)
    kept = list(_KEPT) if content.language else [*_KEPT, "lang"]
    if "dotfr_mode" not in tld_fields and contact_type(shown) is content.type:
        kept.append("formejuridique")
    return new | {key: reading.text(shown, key) for key in kept if not reading.is_absent(shown, key)}


def check_contact(content: Contact) -> None:
    """What can be judged of a contact before its country is looked up."""
    for field in _REQUIRED:
        values.filled(getattr(content, field), field)
    if content.type is ContactType.ORGANIZATION:
        values.filled(content.organization, "organization")
    for field in ("phone", "fax"):
        value = getattr(content, field).strip()
        if value and not _PHONE.fullmatch(value):
            raise InvalidRequest(f"{field} must be written +CC.NUMBER", field=field)
    if "@" not in content.email:
        raise InvalidRequest("email is not an address", field="email")


def _legal_form(content: Contact, tld_fields: Mapping[str, str]) -> str:
    """The registry of .fr compares the legal form with the way in which an owner proves who they are."""
    if content.type is ContactType.INDIVIDUAL:
        return "Particulier"
    return "Association" if tld_fields.get("dotfr_mode") == "ASSOCIATION" else "Societe"


def _numbers(content: Contact) -> dict[str, str]:
    """An organization's number: a French one of 14 digits is a SIRET, any other goes where VAT numbers go."""
    number = "".join(content.identification.split())
    if content.type is ContactType.INDIVIDUAL:
        number = ""
    is_siret = content.country.strip().upper() == "FR" and re.fullmatch(r"[0-9]{14}", number)
    return {"siret": number, "numero_tva": ""} if is_siret else {"siret": "", "numero_tva": number}


def _language(content: Contact) -> str:
    wanted = content.language.strip().lower()
    if wanted in _LANGUAGES:
        return wanted
    return "fr" if not wanted and content.country.strip().upper() == "FR" else "en"


def new_password() -> str:
    """A contact's own password at the registrar: it must have one, and nobody here uses it."""
    return secrets.token_hex(8)


def new_auth_code() -> str:
    """An auth code of the kind that the registrar makes: letters and digits, of each at least one."""
    signs = [secrets.choice(string.ascii_letters + string.digits) for _ in range(_AUTH_CODE_LENGTH - 2)]
    return "".join([secrets.choice(string.ascii_letters), *signs, secrets.choice(string.digits)])


def registration(order: DomainOrder, account: str) -> dict[str, Any]:
    """The map of domain_create. Roles that are not given are the account's own, as in the manual's examples."""
    _refuse_in(order, premium=False, extra={}, launch_phase="", dns_template="", whois_privacy=False)
    domain = values.domain_name(order.name)
    servers = nameservers(order.nameservers, NAMESERVERS_AT_CREATION)
    numbers = {role: getattr(order, role) or account for role in ("admin", "tech", "billing")}
    return {
        "domain": domain,
        "period": values.years(order.years, YEARS),
        **roles({"owner": owner_number(order.owner), **numbers}),
        "service": "dns",
        "ip_dns_master": "",
        **servers,
        **_addresses(servers, order.glue, domain),
    }


def transfer(order: TransferOrder) -> dict[str, str]:
    """The parameters of domain_transfer. The name keeps its nameservers, and gets its owner from whois."""
    _refuse_in(
        order, keep_nameservers=True, admin=None, tech=None, billing=None, extra={}, change_owner=False
    )
    domain = values.domain_name(order.name)
    owner = owner_number(order.owner)
    parameters = {"domain": domain, "authkey": order.auth_code}
    # The contact is of use to the registry of .fr only.
    return parameters | ({"extid": owner} if values.tld(domain) == "fr" else {})


def _refuse_in(order: DomainOrder | TransferOrder, **usual: Any) -> None:
    """Raise for a field that is not as usual: this registrar's orders cannot say it."""
    for field, value in usual.items():
        if getattr(order, field) != value:
            raise InvalidRequest(f"this registrar's orders have no {field}", field=field)


def nameservers(names: Sequence[str], count: range) -> dict[str, str]:
    """nsN by slot; none means the registrar's own."""
    given = values.nameservers(names, count) if names else OWN_NAMESERVERS
    return dict(zip(NAMESERVER_SLOTS, given, strict=False))


def _addresses(servers: Mapping[str, str], glue: Sequence[GlueRecord], domain: str) -> dict[str, str]:
    """The addresses of nameservers below the name itself, which a registry cannot do without."""
    known = {values.host(record.name, domain): ipv4(record) for record in glue}
    slots = {name: slot for slot, name in servers.items()}
    for name in slots:
        if name.endswith(f".{domain}") and name not in known:
            raise InvalidRequest(f"{name} needs its address", field="glue")
    for name in known:
        if name not in slots:
            raise InvalidRequest(f"{name} is not one of the nameservers", field="glue")
    return {GLUE_KEY.format(slot=slots[name]): address for name, address in known.items()}


def ipv4(record: GlueRecord) -> str:
    """The one address of a host. Nothing is documented of IPv6, nor of several addresses."""
    if record.ipv6 or record.others:
        raise InvalidRequest("the registrar takes one IPv4 address for a host", field="ipv6")
    return values.address(record.ipv4, 4)


def current(data: Mapping[str, Any], account: str) -> dict[str, str]:
    """What domain_info shows, as the map of a domain_update that changes nothing.

    Whether domain_update keeps what it is not told is not documented, so everything that may be sent is sent. The
    manual allows contacts to be set only by the owner or the administrative contact: else they are left out.
    """
    keys = ["service", "ip_dns_master"]
    if account in {reading.text(data, "owner_id"), reading.text(data, "admin_id")}:
        keys += ["owner_id", "admin_id", "tech_id", "bill_id"]
    keys += [key for key in NAMESERVER_SLOTS if not reading.is_absent(data, key)]
    bits = reading.whole(data, "registry_status") & CLIENT_BITS
    shown = {key: reading.text(data, key, default="") for key in keys}
    return {"domain": reading.domain_name(data, "domain"), **shown, "registry_status": str(bits)}
