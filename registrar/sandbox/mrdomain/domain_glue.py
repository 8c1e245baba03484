"""Glue records (manual 5.9-5.11, 5.16)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

from registrar.sandbox.mrdomain import views
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.domain_update import writable
from registrar.sandbox.mrdomain.model import Domain
from registrar.sandbox.names import InvalidName, to_ascii


def _host(call: Call, domain: Domain) -> str:
    """The server's full name, which lies under the domain. Raises 105."""
    try:
        name = to_ascii(call.params.required("name"))
    except InvalidName as error:
        raise invalid("name", str(error)) from error
    if not name.endswith("." + domain.name):
        raise invalid("name", f"a host under {domain.name} was expected")
    return name


def _addresses(call: Call) -> dict[str, str]:
    found = {"ipv4": call.params.required("ipv4"), "ipv6": call.params.text("ipv6")}
    try:
        found["ipv4"] = str(IPv4Address(found["ipv4"]))
    except ValueError:
        raise invalid("ipv4") from None
    try:
        found["ipv6"] = str(IPv6Address(found["ipv6"])) if found["ipv6"] else ""
    except ValueError:
        raise invalid("ipv6") from None
    return found


def _row(domain: Domain, name: str) -> dict[str, str] | None:
    return next((row for row in domain.glue if row["name"] == name), None)


def _finish(call: Call, domain: Domain, message: str) -> Answer:
    call.note(domain, "Gluerecord", message)
    call.effect(domain.name, domainID=domain.domain_id)
    return Answer({**views.head(domain), **views.glue_info(domain)}, DONE)


def create(call: Call) -> Answer:
    """5.9. A name that has a record already: 2200."""
    domain = writable(call)
    name, addresses = _host(call, domain), _addresses(call)
    if _row(domain, name):
        raise ApiError(2200, f"The gluerecord exists: {name}")
    domain.glue.append({"name": name, **addresses})
    return _finish(call, domain, f"Created {name}")


def update(call: Call) -> Answer:
    """5.10. Without ipv6 the record has none afterwards."""
    domain = writable(call)
    name, addresses = _host(call, domain), _addresses(call)
    row = _row(domain, name)
    if row is None:
        raise ApiError(2200, f"No such gluerecord: {name}")
    row.update(addresses)
    return _finish(call, domain, f"Modified {name}")


def delete(call: Call) -> Answer:
    """5.11. A record that the domain's own DNS servers need cannot go: 2200."""
    domain = writable(call)
    name = _host(call, domain)
    row = _row(domain, name)
    if row is None:
        raise ApiError(2200, f"No such gluerecord: {name}")
    if name in domain.nameservers:
        raise ApiError(2200, f"The domain uses this DNS server: {name}")
    domain.glue.remove(row)
    return _finish(call, domain, f"Deleted {name}")


ACTIONS: dict[str, Action] = {
    "domain/gluerecordcreate": create,
    "domain/gluerecordupdate": update,
    "domain/gluerecorddelete": delete,
}
