"""Subdomains and the certificates installed on them (manual 7.20-7.24)."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from registrar.sandbox.mrdomain import service_entity
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.service_entity import Kind
from registrar.sandbox.mrdomain.service_model import Row, Service
from registrar.sandbox.names import InvalidName, to_ascii

PLAIN = ("entityID", "name", "ftpPath")


def _short(call: Call, row: Row) -> Row:
    """7.21 has nothing of a certificate."""
    return {key: row[key] for key in PLAIN}


def _whole(call: Call, row: Row) -> Row:
    """With the certificate, where there is one, and its private key in clear, as in the manual."""
    if "ssl" not in row:
        return _short(call, row)
    certificate = dict(row["ssl"])
    where = certificate.pop("path")
    return {**_short(call, row), "ssl": {call.account.ssl_path_key: where, **certificate}}


def _main(service: Service, row: Row) -> bool:
    return bool(row["name"] == service.name)


SUBDOMAIN = Kind("subdomain", shown=_short, listed=_whole, fixed=_main)
WHOLE = Kind("subdomain", shown=_whole)


def _certificate(call: Call, code: int) -> Row | None:
    """The certificate sent, None where none was. Raises 101, 105, or `code` where key and certificate differ."""
    params = call.params
    if not params.text("sslCert"):
        return None
    params.demand(("sslKey", "sslCertChain", "sslPath"))
    try:
        certificate = x509.load_pem_x509_certificate(params.text("sslCert").encode())
    except ValueError:
        raise invalid("sslCert") from None
    try:
        key = load_pem_private_key(params.text("sslKey").encode(), None)
    except (ValueError, TypeError):
        raise invalid("sslKey") from None
    try:
        x509.load_pem_x509_certificates(params.text("sslCertChain").encode())
    except ValueError:
        raise invalid("sslCertChain") from None
    if key.public_key() != certificate.public_key():
        raise ApiError(code, "The key is not that of the certificate")
    texts = {name: params.text(name) for name in ("sslCert", "sslKey", "sslCertChain")}
    return {"path": service_entity.path(call, "sslPath"), **texts}


def _finish(call: Call, service: Service, row: Row) -> Answer:
    service_entity.finish(call, service, SUBDOMAIN, row)
    return service_entity.answer(call, WHOLE, row)


def create(call: Call) -> Answer:
    """7.22. The name may be sent with or without the service's; it comes back with it (assumption)."""
    service = service_entity.writable(call)
    sent = call.params.required("name").lower()
    try:
        name = to_ascii(sent if sent.endswith("." + service.name) else f"{sent}.{service.name}")
    except InvalidName as error:
        raise invalid("name", str(error)) from error
    row: Row = {"name": name, "ftpPath": service_entity.path(call, "ftpPath")}
    certificate = _certificate(call, 4004)
    service_entity.room(service, SUBDOMAIN)
    service_entity.unique(service, SUBDOMAIN, name)
    if certificate is not None:
        row["ssl"] = certificate
    return _finish(call, service, service_entity.keep(call, service, SUBDOMAIN, row))


def update(call: Call) -> Answer:
    """7.23. Without sslCert an installed certificate stays (assumption)."""
    service = service_entity.writable(call)
    row = service_entity.entity(call, service, SUBDOMAIN)
    where, certificate = service_entity.path(call, "ftpPath"), _certificate(call, 4005)
    row["ftpPath"] = where
    if certificate is not None:
        row["ssl"] = certificate
    return _finish(call, service, row)


ACTIONS: dict[str, Action] = service_entity.actions(SUBDOMAIN, create=create, update=update)
