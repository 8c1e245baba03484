"""Whether names can be registered (manual, Check Domain Availability)."""

from __future__ import annotations

from collections.abc import Sequence

from registrar.errors import InvalidRequest
from registrar.namecom import domain_mapping
from registrar.namecom.client import NameComClient
from registrar.namecom.errors import detail_of
from registrar.transport import values
from registrar.types import Availability, AvailabilityState


def check(client: NameComClient, name: str) -> Availability:
    """One name. A name that is none, or that the registrar calls wrong, is a state."""
    try:
        domain = values.domain_name(name)
    except InvalidRequest:
        return Availability(name, values.tld(name), AvailabilityState.INVALID)
    try:
        (found,) = check_many(client, [domain])
    except InvalidRequest as error:
        if error.code != "204":
            raise
        wrong = "tld" in detail_of(error.message)
        state = AvailabilityState.UNSUPPORTED if wrong else AvailabilityState.INVALID
        return Availability(domain, values.tld(domain), state)
    return found


def check_many(client: NameComClient, names: Sequence[str]) -> tuple[Availability, ...]:
    """One keyword in several extensions: what domain/check asks in one call."""
    domains, keyword = values.one_label(names)
    tlds = list(dict.fromkeys(values.tld(domain) for domain in domains))
    return client.fetch(
        "domain/check",
        {"keyword": keyword, "tlds": tlds},
        lambda data: domain_mapping.availabilities(data, domains),
    )
