"""Parking and the web constructor (manual 7.7-7.9)."""

from __future__ import annotations

import re
from typing import Any

from registrar.sandbox.mrdomain import service_entity
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.service_model import Service


def _parking(service: Service) -> dict[str, Any]:
    return {"parking": {"enabled": service.parking}}


def parkinggetinfo(call: Call) -> Answer:
    """7.7."""
    return Answer(_parking(service_entity.found(call)))


def parkingupdate(call: Call) -> Answer:
    """7.8. A plan for mail alone has no page to park: 4010 (assumption)."""
    service = service_entity.writable(call)
    enabled = call.params.boolean("enabled")
    if service.plan.mail and not service.plan.web:
        raise ApiError(4010, "The plan has no parking")
    service.parking = enabled
    call.effect(service.name, enabled=enabled)
    return Answer(_parking(service), DONE)


def webconstructorlogin(call: Call) -> Answer:
    """7.9: an address that logs in, for a subdomain of the service. Raises 101, 105, 4002 or 10001."""
    service = service_entity.writable(call)
    sent = call.params.required("subdomain").lower()
    language = call.params.text("loginlang", "en").lower()
    if not re.fullmatch(r"[a-z]{2}", language):
        raise invalid("loginlang")
    if not service.plan.web:
        raise ApiError(10001, "The plan has no web constructor")
    names = {sent, f"{sent}.{service.name}"}
    if not any(row["name"] in names for row in service.entities["subdomain"].values()):
        raise ApiError(4002, "No such subdomain")
    key = f"{call.family.world.dice('webconstructor', service.name, call.now).getrandbits(128):032x}"
    url = f"http://editor.webconstructor.example/{language}/?login_hash={key}"
    return Answer({"webconstructor": {"loginURL": url}}, DONE)


ACTIONS: dict[str, Action] = {
    "service/parkinggetinfo": parkinggetinfo,
    "service/parkingupdate": parkingupdate,
    "service/webconstructorlogin": webconstructorlogin,
}
