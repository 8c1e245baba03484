"""The services, certificates and external users of a fresh account."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from registrar.sandbox.clock import add_years, day
from registrar.sandbox.mrdomain.access import digest_of
from registrar.sandbox.mrdomain.access_model import DEFAULT_PERMISSIONS, User
from registrar.sandbox.mrdomain.certificate_authority import authority, issue
from registrar.sandbox.mrdomain.certificate_model import Certificate, Check
from registrar.sandbox.mrdomain.certificate_products import PRODUCTS
from registrar.sandbox.mrdomain.service_model import DAY, Service
from registrar.sandbox.mrdomain.service_plan import furnish
from registrar.sandbox.names import to_ascii

if TYPE_CHECKING:
    from registrar.sandbox.mrdomain.family import MrDomain

# name | product | days to expiry | options: A renews by itself | mailboxes | aliases
SERVICES = """
soler-estudio.com basic 212 - hola,marta,facturas info=hola
panaderia-etxeberria.com basic 19 A hola,pedidos,iker info=hola+iker
vinhosdovale-loja.shop basic 30 - geral,encomendas -
alderpanel.app professional 23 A - -
camille-fournier.fr mini 27 - camille contact=camille
laribera-vecinos.org mailplus 6 A secretaria,tesoreria,actas junta=secretaria+tesoreria
müller-bau.com corporate 176 A info,buchhaltung,petra kontakt=info+petra
willford-photos.com redir 9 - - -
ferreteria-lluch.com mini -8 - ventas -
"""
# common name | product | days to expiry (0: in process) | further names
CERTIFICATES = """
www.soler-estudio.com 55 140 -
panaderia-etxeberria.com 57 212 pedidos.panaderia-etxeberria.com,panaderiaetxeberria.es
*.alder-hosting.com 56 21 -
alderpanel.dev 1 -12 -
www.vinhosdovale-loja.shop 55 0 -
"""
# user | status | last visit, in days before now (- never) | domains
USERS = """
marta.soler enabled 2 soler-estudio.com,soler-estudio.es,solerfotografia.cat
iker enabled 31 panaderia-etxeberria.com
agencia-norte disabled - alder-status.io,señal-norte.es
"""


def fill(family: MrDomain, contacts: list[str]) -> None:
    """Add them to an account that has its domains; `contacts` are ids, the first of which orders certificates."""
    dice = family.world.dice("seed", "holdings")
    for row in SERVICES.strip().split("\n"):
        _service(family, row, dice)
    for row in CERTIFICATES.strip().split("\n"):
        _certificate(family, row, contacts[0])
    for row in USERS.strip().split("\n"):
        _user(family, row)


def _service(family: MrDomain, row: str, dice: random.Random) -> None:
    account, now = family.account, family.world.clock.now()
    name, product, days, options, mailboxes, aliases = row.split()
    account.service_serial += dice.randint(3, 900)
    expires = now + float(days) * DAY
    created = add_years(expires, -(1 + int(float(days)) // 365 + dice.randint(0, 5)))
    service = Service(account.service_serial, to_ascii(name), product, created, expires, "active")
    service.renewal_mode = "autorenew" if "A" in options else "manual"
    furnish(account, service)
    for local in () if mailboxes == "-" else mailboxes.split(","):
        size = int(service.plan.mailbox * dice.uniform(0.01, 0.8))
        box = {"name": f"{local}@{service.name}", "password": f"Nw-{dice.getrandbits(40):010x}"}
        _put(family, service, "mail", {**box, "usage": size, "quotaMax": service.plan.mailbox})
    for alias in () if aliases == "-" else aliases.split(","):
        local, _, targets = alias.partition("=")
        leads = [f"{target}@{service.name}" for target in targets.split("+")]
        _put(family, service, "mailalias", {"name": f"{local}@{service.name}", "target": leads})
    if service.product in ("basic", "professional", "corporate"):
        base = f"ddb{account.entity_serial + 1}"
        access = {"password": f"Nw-{dice.getrandbits(40):010x}", "externalAccess": False}
        _put(family, service, "ddbb", {"name": base, "user": base, **access})
    if service.product == "redir":
        origin = {"origin": f"http://www.{service.name}/", "destination": "https://photos.example/willford"}
        _put(family, service, "redirect", {**origin, "type": "301"})
        service.parking = True
    account.services[service.name] = service


def _put(family: MrDomain, service: Service, kind: str, row: dict[str, object]) -> None:
    family.account.entity_serial += 1
    key = f"SRV{service.number:010}-{family.account.entity_serial:010}"
    service.entities[kind][key] = {"entityID": key, **row}


def _request(name: str) -> str:
    """A signing request in PEM; its key is thrown away, as that of a customer would never be here."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    signed = builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    return signed.public_bytes(Encoding.PEM).decode()


def _certificate(family: MrDomain, row: str, contact: str) -> None:
    account, now = family.account, family.world.clock.now()
    name, product, days, others = row.split()
    account.certificate_serial += 37
    number, csr = account.certificate_serial, _request(name)
    bare = name.removeprefix("www.").removeprefix("*.")
    names = [name, *others.split(",")] if others != "-" else [name, bare if bare != name else f"www.{bare}"]
    certificate = Certificate(
        number, name, int(product), "process", 1, csr, "", names, [Check(name, "dns")], {"admin": contact}
    )
    certificate.san_max = max(PRODUCTS[int(product)].domains, len(names))
    if float(days):
        certificate.expires = now + float(days) * DAY
        certificate.created = add_years(certificate.expires, -1)
        certificate.status = "valid" if float(days) > 0 else "expired"
        certificate.checks[0].validated = True
        certificate.pem = issue(csr, names, certificate.created, certificate.expires)
        certificate.chain = [authority().pem]
    else:
        certificate.checks[0].due = now + 2 * DAY
    account.certificates[number] = certificate


def _user(family: MrDomain, row: str) -> None:
    name, status, days, domains = row.split()
    user = User(name, digest_of(f"seed {name}"), status)
    user.last_login = "" if days == "-" else day(family.world.clock.now() - float(days) * DAY)
    user.domains = {to_ascii(domain): dict(DEFAULT_PERMISSIONS) for domain in domains.split(",")}
    family.account.users[name] = user
