"""Services, certificates and users as the control port shows and changes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import day, parse_day
from registrar.sandbox.mrdomain import zone
from registrar.sandbox.mrdomain.access_model import USER_STATUSES, User
from registrar.sandbox.mrdomain.certificate_model import CERTIFICATE_STATUSES, Certificate
from registrar.sandbox.mrdomain.codes import ApiError
from registrar.sandbox.mrdomain.plans import PLANS
from registrar.sandbox.mrdomain.service_model import DAY, SERVICE_RENEWAL_MODES, SERVICE_STATUSES, Service
from registrar.sandbox.mrdomain.service_plan import furnish
from registrar.sandbox.mrdomain.service_read import PHP_VERSIONS
from registrar.sandbox.names import to_ascii

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.family import MrDomain

SERVICE_WORDS = {
    "status": ("status", tuple(word for word in SERVICE_STATUSES if word != "renewable")),
    "renewalMode": ("renewal_mode", SERVICE_RENEWAL_MODES),
    "productkey": ("product", tuple(PLANS)),
    "phpversion": ("php", PHP_VERSIONS),
}


def state(family: MrDomain) -> dict[str, Any]:
    """Everything there is, passwords of services in clear, private keys only as whether there is one."""
    account, now = family.account, family.world.clock.now()
    return {
        "services": [_service(service, now) for service in account.services.values()],
        "certificates": [_certificate(certificate) for certificate in account.certificates.values()],
        "users": [_user(user) for user in account.users.values()],
    }


def _service(service: Service, now: float) -> dict[str, Any]:
    return {
        "name": service.name,
        "productkey": service.product,
        "status": service.shown_status(now),
        "tsCreate": day(service.created),
        "tsExpir": day(service.expires),
        "renewalMode": service.renewal_mode,
        "phpversion": service.php,
        "parking": service.parking,
        **{kind: list(rows.values()) for kind, rows in service.entities.items()},
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "certificateID": certificate.certificate_id,
        "commonName": certificate.common_name,
        "productID": certificate.product_id,
        "status": certificate.status,
        "names": list(certificate.names),
        "tsCreate": day(certificate.created),
        "tsExpir": day(certificate.expires),
        "contacts": dict(certificate.contacts),
        "has_key": bool(certificate.key),
        "checks": [vars(check) for check in certificate.checks],
        "renews": certificate.renews,
    }


def _user(user: User) -> dict[str, Any]:
    return {**vars(user), "domains": {name: dict(rights) for name, rights in user.domains.items()}}


def _word(field: str, value: Any, words: tuple[str, ...]) -> str:
    if value not in words:
        raise ValueError(f"{field} must be one of {', '.join(words)}")
    return str(value)


def _own_service(family: MrDomain, name: str) -> Service:
    service = family.account.services.get(to_ascii(name))
    if service is None:
        raise ValueError(f"no such service in the account: {name}")
    return service


def _set_service(family: MrDomain, name: str, fields: dict[str, Any]) -> dict[str, Any]:
    service = _own_service(family, name)
    for field, value in fields.items():
        if field in SERVICE_WORDS:
            attribute, words = SERVICE_WORDS[field]
            setattr(service, attribute, _word(field, value, words))
            service.settles_at = None if field == "status" else service.settles_at
        elif field in ("tsExpir", "tsCreate"):
            setattr(service, "expires" if field == "tsExpir" else "created", parse_day(str(value)))
        elif field == "parking":
            service.parking = bool(value)
        elif field == "dns":
            _set_zone(family, service, list(value))
        elif field == "drop":
            for rows in service.entities.values():
                rows.pop(str(value), None)
        else:
            raise KeyError(field)
    return _service(service, family.world.clock.now())


def _set_zone(family: MrDomain, service: Service, rows: list[dict[str, Any]]) -> None:
    """The zone as somebody else has left it; its records are not checked for conflicts."""
    try:
        found = [zone.record(service, {key: str(value) for key, value in row.items()}) for row in rows]
    except ApiError as error:
        raise ValueError("; ".join(error.messages)) from error
    service.entities["dns"] = {}
    for row in found:
        family.account.entity_serial += 1
        key = f"SRV{service.number:010}-{family.account.entity_serial:010}"
        service.entities["dns"][key] = {"entityID": key, **row}


def _add_service(family: MrDomain, value: Any) -> dict[str, Any]:
    """A service that was ordered by another way, for example on the registrar's own web site."""
    name, product = (
        to_ascii(str(value["name"])),
        _word("productkey", value.get("productkey", "basic"), tuple(PLANS)),
    )
    if name in family.account.services:
        raise ValueError(f"cannot be added: {name}")
    now = family.world.clock.now()
    family.account.service_serial += 1
    service = Service(family.account.service_serial, name, product, now, now + 365 * DAY, "active")
    furnish(family.account, service)
    family.account.services[name] = service
    return _set_service(family, name, dict(value.get("set", {})))


def _remove_service(family: MrDomain, value: Any) -> str:
    service = _own_service(family, str(value))
    del family.account.services[service.name]
    return service.name


def _set_certificate(family: MrDomain, number: str, fields: dict[str, Any]) -> dict[str, Any]:
    certificate = family.account.certificates.get(int(number))
    if certificate is None:
        raise ValueError(f"no such certificate in the account: {number}")
    for field, value in fields.items():
        if field == "status":
            certificate.status = _word(field, value, CERTIFICATE_STATUSES)
        elif field == "tsExpir":
            certificate.expires = parse_day(str(value))
        elif field == "due":
            # Seconds from now until every name that is not validated yet is.
            for check in certificate.checks:
                check.due = None if check.validated else family.world.clock.now() + float(value)
        else:
            raise KeyError(field)
    return _certificate(certificate)


def _remove_certificate(family: MrDomain, value: Any) -> int:
    return family.account.certificates.pop(int(value)).certificate_id


def _set_user(family: MrDomain, name: str, fields: dict[str, Any]) -> dict[str, Any]:
    user = family.account.users.get(name)
    if user is None:
        raise ValueError(f"no such user in the account: {name}")
    for field, value in fields.items():
        if field == "status":
            user.status = _word(field, value, USER_STATUSES)
        elif field == "lastLogin":
            user.last_login = day(parse_day(str(value))) if value else ""
        elif field == "remove_domain":
            user.domains.pop(to_ascii(str(value)), None)
        else:
            raise KeyError(field)
    return _user(user)


def _empty_data(family: MrDomain, value: Any) -> str:
    family.account.empty_data = _word("empty_data", value, ("object", "list"))
    return family.account.empty_data


def _ssl_path_key(family: MrDomain, value: Any) -> str:
    family.account.ssl_path_key = _word("ssl_path_key", value, ("ftpPath", "sslPath"))
    return family.account.ssl_path_key


SUBJECTS: dict[str, Callable[[MrDomain, str, dict[str, Any]], Any]] = {
    "service": _set_service,
    "certificate": _set_certificate,
    "user": _set_user,
}
WHOLE: dict[str, Callable[[MrDomain, Any], Any]] = {
    "add_service": _add_service,
    "remove_service": _remove_service,
    "remove_certificate": _remove_certificate,
    "empty_data": _empty_data,
    "ssl_path_key": _ssl_path_key,
}
