"""Redirects (manual 7.25-7.29, types 7.48.4)."""

from __future__ import annotations

from urllib.parse import urlsplit

from registrar.sandbox.mrdomain import service_entity
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import invalid
from registrar.sandbox.mrdomain.service_entity import Kind

TYPES = ("301", "302", "frame")
REDIRECT = Kind("redirect", searched="origin")


def _url(call: Call, parameter: str) -> tuple[str, str]:
    """A required web address, and its host name."""
    value = call.params.required(parameter)
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").lower()
    except ValueError:
        raise invalid(parameter, "a URL was expected") from None
    if parts.scheme not in ("http", "https") or "." not in host or " " in value:
        raise invalid(parameter, "a URL was expected")
    return value, host


def create(call: Call) -> Answer:
    """7.27. The origin lies under the service's name."""
    service = service_entity.writable(call)
    origin, host = _url(call, "origin")
    if host != service.name and not host.endswith("." + service.name):
        raise invalid("origin", f"an address under {service.name} was expected")
    row = {"origin": origin, "destination": _url(call, "destination")[0]}
    row["type"] = call.params.choice("type", TYPES)
    service_entity.room(service, REDIRECT)
    service_entity.unique(service, REDIRECT, origin)
    kept = service_entity.keep(call, service, REDIRECT, row)
    return service_entity.finish(call, service, REDIRECT, kept)


def update(call: Call) -> Answer:
    """7.28. The origin stays."""
    service = service_entity.writable(call)
    row = service_entity.entity(call, service, REDIRECT)
    row.update(destination=_url(call, "destination")[0], type=call.params.choice("type", TYPES))
    return service_entity.finish(call, service, REDIRECT, row)


ACTIONS: dict[str, Action] = service_entity.actions(REDIRECT, create=create, update=update)
