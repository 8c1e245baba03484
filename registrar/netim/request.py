"""Our types as the registrar's parameters.

Raises InvalidRequest with the neutral field before anything is sent.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence

from registrar.errors import InvalidRequest
from registrar.transport import values
from registrar.types import Contact, DnsKey, DnssecKey, GlueRecord, RenewalMode

# Reference 2.6 has places for five; that two are the least is our assumption (2.7).
NAMESERVERS = range(2, 6)
YEARS = range(1, 100)
# Reference 2.6: the registry's own holder, for a transfer.
HOLDER_OF_THE_REGISTRY = "#AUTO#"

_HANDLE = re.compile(r"[A-Za-z0-9_-]{1,12}")
_TLD = re.compile(r"[a-z0-9-]{2,63}(\.[a-z0-9-]{2,63})*")
_LONGEST_TEXT = 255
_LONGEST_CODE = 64


def flag(value: bool) -> str:
    """A boolean as the registrar writes it."""
    return "1" if value else "0"


def handle(value: str, field: str = "handle") -> str:
    """A contact's id, such as BJ007, or a reseller's."""
    if not _HANDLE.fullmatch(value):
        raise InvalidRequest(f"not a contact id: {value!r}", field=field)
    return value


def role(value: str | Contact | None, field: str) -> str:
    """A contact in an order: by its id only."""
    if isinstance(value, Contact):
        raise InvalidRequest("the registrar wants contacts by their ids", field=field)
    if not value:
        raise InvalidRequest(f"an order needs a contact as {field}", field=field)
    return handle(value, field)


def others(roles: Mapping[str, str | Contact | None], reseller: str) -> dict[str, str]:
    """The contacts of an order but for its owner. The reseller stands in for one that is not given (reference 2.7)."""
    return {f"id{name.capitalize()}": role(value or reseller, name) for name, value in roles.items()}


def nameservers(names: Sequence[str]) -> dict[str, str]:
    """Two to five names as ns1 to ns5; the rest stays empty."""
    given = values.nameservers(names, NAMESERVERS)
    return {f"ns{place}": given[place - 1] if place <= len(given) else "" for place in range(1, 6)}


def tld(value: str, field: str = "tld") -> str:
    """An extension without a leading dot, as A-labels in lower case."""
    wanted = value.strip().strip(".").lower()
    if not wanted.isascii():
        wanted = values.domain_name(f"x.{wanted}", field).partition(".")[2]
    if not _TLD.fullmatch(wanted):
        raise InvalidRequest(f"not an extension: {value!r}", field=field)
    return wanted


def auth_code(value: str) -> str:
    """A transfer code."""
    return limited(value, "auth_code", _LONGEST_CODE)


def limited(value: str, field: str, longest: int = _LONGEST_TEXT) -> str:
    """A text of a certain length."""
    if len(value) > longest:
        raise InvalidRequest(f"{field} is longer than {longest} characters", field=field)
    return value


def template(value: str, field: str) -> int:
    """The number of a DNS template."""
    if not value.strip().isdecimal() or len(value) > 9:
        raise InvalidRequest(f"a template is named by its number, not {value!r}", field=field)
    return int(value)


def operation(reference: str) -> int:
    """The number of an operation."""
    if not reference.isascii() or not reference.isdecimal() or len(reference) > 18:
        raise InvalidRequest(f"not the number of an operation: {reference!r}", field="reference")
    return int(reference)


def renewal(mode: RenewalMode) -> str:
    """The value of the preference auto_renew."""
    if mode is RenewalMode.AUTOMATIC:
        return "1"
    if mode is RenewalMode.MANUAL:
        return "0"
    raise InvalidRequest(f"the registrar has no word for {mode!r}", field="mode")


def glue(record: GlueRecord, domain: str) -> dict[str, object]:
    """A host object below `domain`, with any number of addresses but none."""
    given = [address for address in (record.ipv4, record.ipv6, *record.others) if address.strip()]
    found = [_address(address) for address in given]
    if record.ipv4:
        values.address(record.ipv4, 4)
    if record.ipv6:
        values.address(record.ipv6, 6)
    if not found:
        raise InvalidRequest("a host needs an address", field="glue")
    return {
        "host": values.host(record.name, domain),
        "ipv4": [str(address) for address in found if address.version == 4],
        "ipv6": [str(address) for address in found if address.version == 6],
    }


def _address(value: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(value.strip())
    except ValueError:
        raise InvalidRequest(f"not an IP address: {value!r}", field="glue") from None


def dnssec(keys: Sequence[DnssecKey], dns_key: DnsKey | None) -> dict[str, object]:
    """The parameters of domainSetDNSSecExt (reference 2.6 and 3.16): the digests, and the key that they are of."""
    if not keys:
        raise InvalidRequest("the registrar cannot be told to keep no key", field="keys")
    if dns_key is None:
        raise InvalidRequest("the registrar asks for the key itself", field="dns_key")
    for key in keys:
        if not 0 <= key.key_tag <= 65535 or not 0 <= key.digest_type <= 255 or not key.digest.strip():
            raise InvalidRequest("key tag, digest type or digest is out of range", field="keys")
        if key.algorithm != dns_key.algorithm:
            raise InvalidRequest("every digest must be of the one key that is given", field="keys")
    if not 0 <= dns_key.flags <= 65535 or not 0 <= dns_key.protocol <= 255 or not dns_key.public_key.strip():
        raise InvalidRequest("flags, protocol or public key are out of range", field="dns_key")
    records = [
        {"key": key.key_tag, "type": key.digest_type, "digest": key.digest.strip().upper()} for key in keys
    ]
    return {
        "DSRecords": records,
        "flags": dns_key.flags,
        "protocol": dns_key.protocol,
        "algo": dns_key.algorithm,
        "pubKey": "".join(dns_key.public_key.split()),
    }
