"""How control of a name is shown (manual 8.11-8.13, methods 8.14.3)."""

from __future__ import annotations

from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.certificate_model import OPEN, Certificate, Check
from registrar.sandbox.mrdomain.certificate_read import find, validation, view
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.names import InvalidName, to_ascii

METHODS = ("dns", "http", "https")
MAILBOXES = ("admin", "administrator", "hostmaster", "webmaster", "postmaster")
VALIDATE_SECONDS = (30.0, 90.0)


def addresses_of(name: str) -> list[str]:
    """Where a mail about a name may be sent."""
    base = name.removeprefix("*.").removeprefix("www.")
    return [f"{mailbox}@{base}" for mailbox in MAILBOXES]


def new_check(call: Call, name: str, method: str) -> Check:
    """A validation that begins now; a name "unvalidated..." never comes through it.

    `method` is one of the manual's four, or one of the addresses of getvalidationemails (assumption). Raises 105.
    """
    addresses = addresses_of(name)
    check = Check(name, method)
    if method == "mail" or method in addresses:
        check.method, check.address = "mail", addresses[0] if method == "mail" else method
    elif method not in METHODS:
        raise invalid("validationMethod", f"one of mail, {', '.join(METHODS)}")
    wait = call.family.world.dice("dcv", name, check.method, check.address).uniform(*VALIDATE_SECONDS)
    bare = name.removeprefix("*.").removeprefix("www.")
    check.due = None if bare.startswith("unvalidated") else call.now + wait
    return check


def getvalidationemails(call: Call) -> Answer:
    """8.11: the addresses, after the other methods unless they are not wanted."""
    name = _common_name(call)
    others = list(METHODS) if call.params.boolean("includeAlternativeMethods", True) else []
    return Answer({"commonName": name, "valMethods": [*others, *addresses_of(name)]})


def _common_name(call: Call) -> str:
    sent = call.params.required("commonName").lower()
    try:
        name = to_ascii(sent.removeprefix("*."))
    except InvalidName as error:
        raise invalid("commonName", str(error)) from error
    if "." not in name:
        raise invalid("commonName")
    return f"*.{name}" if sent.startswith("*.") else name


def _open(call: Call) -> tuple[Certificate, Check]:
    """A certificate in process or reissue, and the check of one of its names that is not done. Raises 5000."""
    certificate = find(call)
    check = certificate.check_of(_common_name(call))
    if certificate.status not in OPEN:
        raise ApiError(5000, f"The certificate is in status {certificate.status}")
    if check is None:
        raise ApiError(5000, "The certificate has no such name")
    if check.validated:
        raise ApiError(5000, "The name is validated")
    return certificate, check


def _finish(call: Call, certificate: Certificate, check: Check) -> Answer:
    call.effect(check.name, certificateID=certificate.certificate_id, method=check.method)
    return Answer({**view(call, certificate), **validation(certificate)}, DONE)


def changevalidationmethod(call: Call) -> Answer:
    """8.12: the name's validation begins anew."""
    certificate, check = _open(call)
    new = new_check(call, check.name, call.params.required("validationMethod"))
    certificate.checks[certificate.checks.index(check)] = new
    return _finish(call, certificate, new)


def resendvalidationmail(call: Call) -> Answer:
    """8.13. Raises 5000 for a name that is not validated by mail."""
    certificate, check = _open(call)
    if check.method != "mail":
        raise ApiError(5000, f"The name is validated by {check.method}")
    return _finish(call, certificate, check)


ACTIONS: dict[str, Action] = {
    "ssl/getvalidationemails": getvalidationemails,
    "ssl/changevalidationmethod": changevalidationmethod,
    "ssl/resendvalidationmail": resendvalidationmail,
}
