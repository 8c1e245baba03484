"""Certificates ordered, and what is known about each (manual 8.5, 8.6)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from registrar.sandbox.clock import day
from registrar.sandbox.mrdomain import certificate_files
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.certificate_model import (
    CERTIFICATE_STATUSES,
    DAY,
    OPEN,
    RENEW_BEFORE_DAYS,
    Certificate,
    Check,
)
from registrar.sandbox.mrdomain.certificate_products import PRODUCTS
from registrar.sandbox.mrdomain.codes import ApiError

INFO_TYPES = ("status", "ssldata", "validationStatus", *certificate_files.FORMATS)
WAITING = "The order waits for validation."


def renewable(certificate: Certificate, now: float) -> bool:
    """True in the last thirty days of a certificate that is valid (assumption); a trial is never renewed."""
    if certificate.status != "valid" or certificate.expires is None:
        return False
    trial = PRODUCTS[certificate.product_id].trial
    return not trial and now >= certificate.expires - RENEW_BEFORE_DAYS * DAY


def view(call: Call, certificate: Certificate, names_key: str = "") -> dict[str, Any]:
    """A certificate; `names_key` is how its number of names is called, for those with several.

    There are no alternative names while a first order is in process.
    """
    several = names_key and PRODUCTS[certificate.product_id].multi_domain
    return {
        "certificateID": certificate.certificate_id,
        "commonName": certificate.common_name,
        "status": certificate.status,
        "renewable": renewable(certificate, call.now),
        "productID": certificate.product_id,
        **({names_key: certificate.san_max} if several else {}),
        "tsCreate": day(certificate.created),
        "tsExpir": day(certificate.expires),
        "alternativeNames": [] if certificate.created is None else list(certificate.names),
    }


def view_ordered(call: Call, certificate: Certificate) -> dict[str, Any]:
    """A certificate as renew, reissue and multidomainaddsan answer it: the number of names comes last."""
    data = view(call, certificate)
    if PRODUCTS[certificate.product_id].multi_domain:
        data["sanMaxDomains"] = certificate.san_max
    return data


def find(call: Call) -> Certificate:
    """The certificate that `certificateID` names. Raises 101, 105 or 5001."""
    certificate = call.account.certificates.get(call.params.integer("certificateID"))
    if certificate is None:
        raise ApiError(5001, "SSL Not Found")
    return certificate


def list_(call: Call) -> Answer:
    """8.5: every filter narrows the list."""
    params = call.params
    product = params.integer("productID") if params.text("productID") else 0
    status = params.choice("status", CERTIFICATE_STATUSES, "")
    wanted = params.boolean("renewable") if "renewable" in params.values else None
    name = params.text("commonName").lower()
    rows = [
        row
        for row in call.account.certificates.values()
        if product in (0, row.product_id)
        and status in ("", row.status)
        and (wanted is None or renewable(row, call.now) == wanted)
        and name in ("", row.common_name)
    ]
    query, part = call.page(rows, 1000)
    return Answer({"queryInfo": query, "ssl": [view(call, row, "sanMaxDomains") for row in part]})


def getinfo(call: Call) -> Answer:
    """8.6. Raises 5000 for files of a certificate that is not issued, and for the validation of one that is."""
    certificate = find(call)
    kind = call.params.choice("infoType", INFO_TYPES, "status")
    data = view(call, certificate, "numDomains")
    if kind == "status":
        return Answer(data)
    if kind == "validationStatus":
        return Answer({**data, **validation(certificate)})
    if not certificate.pem:
        raise ApiError(5000, "The certificate is not issued")
    data.update(certificate_files.texts(certificate))
    if kind == "ssldata":
        return Answer({**data, **certificate_files.fingerprints(certificate)})
    password = call.params.values.get("pfxpass", "")
    return Answer({**data, "content": certificate_files.content(certificate, kind, password)})


def validation(certificate: Certificate) -> dict[str, Any]:
    """What is left to prove. Raises 5000 where nothing is; the words for a company's proof are guesses."""
    if certificate.status not in OPEN:
        raise ApiError(5000, "Nothing of the certificate waits for validation")
    company = PRODUCTS[certificate.product_id].validation != "dv"
    words = "pending" if certificate.organization_due is not None else "validated"
    return {
        "validationData": {
            "dcv": {check.name: _check(certificate, check) for check in certificate.checks},
            "organizationValidationStatus": words if company else "",
            "brandValidationStatus": words if company else "",
            "message": WAITING,
            "externalValidation": not all(check.validated for check in certificate.checks),
        }
    }


def _check(certificate: Certificate, check: Check) -> dict[str, Any]:
    return {
        "validated": check.validated,
        "domainName": check.name,
        "method": check.method,
        "checkvalue": _check_value(certificate, check),
    }


def _check_value(certificate: Certificate, check: Check) -> Any:
    """What has to be found: an address, a record or a file. It follows from the request and the name."""
    if check.method == "mail":
        return check.address
    base = check.name.removeprefix("*.")
    digest = sha256(f"{certificate.certificate_id}|{certificate.csr}|{base}".encode()).hexdigest()
    authority, order = "authority.example", f"ssl{certificate.certificate_id}"
    if check.method == "dns":
        return f"_{digest[:32]}.{base} CNAME {digest[:32]}.{digest[32:]}.{order}.{authority}"
    name = f"{digest[:32].upper()}.txt"
    return {
        "link": f"{check.method}://{base}/.well-known/pki-validation/{name}",
        "file": name,
        "contents": f"{digest}\n{authority}\n{order}",
    }


ACTIONS: dict[str, Action] = {"ssl/list": list_, "ssl/getinfo": getinfo}
