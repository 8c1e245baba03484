"""FTP accounts (manual 7.10-7.14). Their passwords come back in clear, as in the manual."""

from __future__ import annotations

import re

from registrar.sandbox.mrdomain import service_entity
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import invalid
from registrar.sandbox.mrdomain.service_entity import Kind
from registrar.sandbox.mrdomain.service_model import Row, Service

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")


def _main(service: Service, row: Row) -> bool:
    return bool(row["name"] == f"ftp.{service.name}")


FTP = Kind("ftp", fixed=_main)


def create(call: Call) -> Answer:
    """7.12. The name may be sent with or without the service's; it comes back with it (assumption)."""
    service = service_entity.writable(call)
    sent = call.params.required("name").lower()
    if not NAME.fullmatch(sent):
        raise invalid("name")
    name = sent if sent.endswith("." + service.name) else f"{sent}.{service.name}"
    row = {"name": name, "ftpPath": service_entity.path(call, "ftpPath")}
    row["password"] = service_entity.password(call)
    service_entity.room(service, FTP)
    service_entity.unique(service, FTP, name)
    kept = service_entity.keep(call, service, FTP, {**row, "quota": service.plan.disk})
    return service_entity.finish(call, service, FTP, kept)


def update(call: Call) -> Answer:
    """7.13. Path and password are both required."""
    service = service_entity.writable(call)
    row = service_entity.entity(call, service, FTP)
    row.update(ftpPath=service_entity.path(call, "ftpPath"), password=service_entity.password(call))
    return service_entity.finish(call, service, FTP, row)


ACTIONS: dict[str, Action] = service_entity.actions(FTP, create=create, update=update)
