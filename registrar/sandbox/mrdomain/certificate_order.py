"""Ordering certificates (manual 8.7-8.10)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registrar.sandbox.mrdomain import certificate_csr, contactdata, views
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.certificate_check import new_check
from registrar.sandbox.mrdomain.certificate_model import Certificate, Check
from registrar.sandbox.mrdomain.certificate_products import PRODUCTS, Product, find, price_of
from registrar.sandbox.mrdomain.certificate_read import find as ordered
from registrar.sandbox.mrdomain.certificate_read import renewable, view, view_ordered
from registrar.sandbox.mrdomain.codes import ApiError, invalid, missing
from registrar.sandbox.mrdomain.model import CONTACT_FIELDS
from registrar.sandbox.names import InvalidName, to_ascii

ALT_NAME = re.compile(r"alt_name_([1-9]\d{0,3})")
ORGANIZATION_SECONDS = (120.0, 300.0)


@dataclass
class Wanted:
    """What an order asks for, already checked; `extra` is how many names have to be paid beyond those included."""

    csr: str
    key: str
    common_name: str
    names: list[str]
    checks: list[Check]
    extra: int


def _name(text: str, wildcard: bool) -> str:
    """A name that can stand in a certificate. Raises 5000."""
    star = text.startswith("*.")
    try:
        name = to_ascii(text.removeprefix("*."))
    except InvalidName as error:
        raise ApiError(5000, f"Not a name for a certificate: {text}") from error
    if star != wildcard or "." not in name:
        raise ApiError(5000, f"Not a name for this product: {text}")
    return f"*.{name}" if star else name


def _twin(name: str) -> str:
    """The name that comes along: without its www or star, or with www."""
    for prefix in ("www.", "*."):
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return f"www.{name}"


def _wanted(call: Call, product: Product) -> Wanted:
    text, key = call.params.required("csrData"), call.params.text("keyData")
    request = certificate_csr.read(text)
    certificate_csr.usable(request)
    if key:
        certificate_csr.check_key(request, key)
    common = certificate_csr.fields_of(request)["commonName"]
    name = _name(common, product.wildcard)
    checks = [new_check(call, name, call.params.text("validationMethod", "dns"))]
    others = _alternatives(call)
    if others and not product.multi_domain:
        raise invalid(f"alt_name_{others[0][0]}", "the product has one name")
    names = [name]
    for number, other in others:
        names.append(_name(other, wildcard=False))
        checks.append(new_check(call, names[-1], call.params.text(f"alt_validation_{number}", "dns")))
    if len(set(names)) < len(names):
        raise ApiError(5000, "A name comes twice")
    if product.multi_domain and len(names) > product.most_names:
        raise ApiError(5000, f"At most {product.most_names} names")
    extra = max(0, len(names) - product.domains)
    return Wanted(text, key, name, names if product.multi_domain else [name, _twin(name)], checks, extra)


def _alternatives(call: Call) -> list[tuple[int, str]]:
    """Numbers and names of alt_name_1, alt_name_2 and so on, in their order."""
    found = []
    for key in call.params.values:
        match = ALT_NAME.fullmatch(key)
        if match and call.params.text(key):
            found.append((int(match[1]), call.params.text(key)))
    return sorted(found)


def _contacts(call: Call, product: Product) -> dict[str, str | dict[str, str]]:
    """Ids or data per role; technical data default to the administrative. Raises 101, 3001 or 3002."""
    required = ("admin", "org") if product.validation != "dv" else ("admin",)
    found: dict[str, str | dict[str, str]] = {}
    for role in ("admin", "tech", "org"):
        prefix = f"{role}Contact"
        key = call.params.text(prefix + "ID")
        if key and key not in call.account.contacts:
            raise ApiError(3001, f"Contact not exists: {prefix}ID")
        if key:
            found[role] = key
        elif any(call.params.text(prefix + suffix) for suffix, _, _ in CONTACT_FIELDS):
            found[role] = contactdata.read(call, prefix)
        elif role in required:
            raise missing(prefix + "ID")
    return found


def _kept(call: Call, given: dict[str, str | dict[str, str]]) -> dict[str, str]:
    ids = {
        role: one if isinstance(one, str) else contactdata.add(call, one).contact_id
        for role, one in given.items()
    }
    ids.setdefault("tech", ids["admin"])
    return ids


def _place(call: Call, product: Product, wanted: Wanted, total: Decimal, contacts: Any) -> Certificate:
    """A new certificate in process, in the account."""
    account = call.account
    account.certificate_serial += call.family.world.dice("ssl", account.certificate_serial).randint(1, 20)
    number, years = account.certificate_serial, 0 if product.trial else 1
    certificate = Certificate(
        certificate_id=number,
        common_name=wanted.common_name,
        product_id=product.product_id,
        status="process",
        years=years,
        csr=wanted.csr,
        key=wanted.key,
        names=wanted.names,
        checks=wanted.checks,
        contacts=_kept(call, contacts),
        san_max=max(product.domains, len(wanted.names)),
        refund=str(total),
    )
    if product.validation != "dv":
        dice = call.family.world.dice("organization", number)
        certificate.organization_due = call.now + dice.uniform(*ORGANIZATION_SECONDS)
    account.certificates[number] = certificate
    return certificate


def _bill(total: Decimal, shown: dict[str, Any]) -> Answer:
    return Answer({"billing": {"total": views.money(total), "currency": views.CURRENCY}, "ssl": shown}, DONE)


def create(call: Call) -> Answer:
    """8.7. Raises 101, 105, 1100, 3001, 3002, and 5000 for a request that the product does not fit."""
    product = find(call)
    call.params.integer("period", 1, high=1)
    wanted, contacts = _wanted(call, product), _contacts(call, product)
    if wanted.common_name.startswith("refuse"):
        raise ApiError(5000, "The authority refused the order")
    total = price_of(call, product, "create")[0] + product.name_price * wanted.extra
    call.afford(total)

    certificate = _place(call, product, wanted, total, contacts)
    call.effect(certificate.common_name, total, certificateID=certificate.certificate_id)
    return _bill(total, view(call, certificate))


def renew(call: Call) -> Answer:
    """8.8: a new certificate for the same names and the time after; until it is issued the old one says renew.

    Raises 5000 for one that is not renewable, or where the common name is another.
    """
    old = ordered(call)
    product = PRODUCTS[old.product_id]
    call.params.integer("period", 1, high=1)
    wanted, contacts = _wanted(call, product), _contacts(call, product)
    if not renewable(old, call.now):
        raise ApiError(5000, "The certificate is not in its period of renewal")
    if wanted.common_name != old.common_name:
        raise ApiError(5000, "The CSR has another common name")
    total = price_of(call, product, "renew")[0] + product.name_price * wanted.extra
    call.afford(total)

    certificate = _place(call, product, wanted, total, contacts)
    certificate.renews, old.status = old.certificate_id, "renew"
    call.effect(certificate.common_name, total, certificateID=certificate.certificate_id)
    return _bill(total, view_ordered(call, certificate))


def reissue(call: Call) -> Answer:
    """8.9: another key or other names for the rest of the time, free of charge. Raises 5000 unless it is valid."""
    certificate = ordered(call)
    product = PRODUCTS[certificate.product_id]
    wanted = _wanted(call, product)
    if certificate.status != "valid":
        raise ApiError(5000, f"The certificate is in status {certificate.status}")
    if wanted.common_name != certificate.common_name:
        raise ApiError(5000, "The CSR has another common name")
    if product.multi_domain and len(wanted.names) > certificate.san_max:
        raise ApiError(5000, f"The certificate has room for {certificate.san_max} names")

    certificate.csr, certificate.key = wanted.csr, wanted.key
    certificate.names, certificate.checks = wanted.names, wanted.checks
    certificate.status = "reissue"
    call.effect(certificate.common_name, certificateID=certificate.certificate_id)
    return Answer(view_ordered(call, certificate), DONE)


def addsan(call: Call) -> Answer:
    """8.10: room for one name more and the name itself; the files have it after a reissue (assumption)."""
    certificate = ordered(call)
    product = PRODUCTS[certificate.product_id]
    name = _name(call.params.required("extraSAN").lower(), wildcard=False)
    if not product.multi_domain:
        raise ApiError(5000, "The product has one name")
    if certificate.status != "valid":
        raise ApiError(5000, f"The certificate is in status {certificate.status}")
    if name in certificate.names:
        raise ApiError(5000, "The certificate has the name")
    if len(certificate.names) >= product.most_names:
        raise ApiError(5000, f"At most {product.most_names} names")
    total = product.name_price if len(certificate.names) >= certificate.san_max else Decimal(0)
    call.afford(total)

    certificate.names.append(name)
    certificate.san_max = max(certificate.san_max, len(certificate.names))
    call.effect(certificate.common_name, total, certificateID=certificate.certificate_id, name=name)
    return _bill(total, view_ordered(call, certificate))


ACTIONS: dict[str, Action] = {
    "ssl/create": create,
    "ssl/renew": renew,
    "ssl/reissue": reissue,
    "ssl/multidomainaddsan": addsan,
}
