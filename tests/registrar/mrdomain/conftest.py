"""A driver on a server that gives every call the same reply, one on the sandbox, and keys and requests in PEM."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from registrar import Timeouts, open_driver
from registrar.interface.driver import Driver
from registrar.transport.exchange import Exchange
from tests.registrar.world import World

PASSWORD = "canary-account"


@dataclass
class Line:
    """A driver, and what went over the line: `actions` and `forms` as sent, `exchanges` as kept."""

    driver: Driver
    requests: list[bytes]
    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def actions(self) -> list[str]:
        return [request.split()[1].decode().strip("/") for request in self.requests]

    @property
    def form(self) -> dict[str, str]:
        """The parameters of the only request, without credentials."""
        (request,) = self.requests
        found = parse_qs(request.partition(b"\r\n\r\n")[2].decode(), keep_blank_values=True)
        return {name: values[0] for name, values in found.items() if not name.startswith("api")}


@pytest.fixture
def answered(serve: Any) -> Iterator[Callable[..., Line]]:
    """answered(data) opens a driver whose every call succeeds with `data`; answered(code=4001) one that fails."""
    drivers: list[Driver] = []

    def opened(data: Any = None, *, code: int = 0, said: str = "their words") -> Line:
        reply = {
            "success": not code,
            "errorCode": code,
            "errorCodeMsg": said if code else "",
            "responseData": {} if data is None else data,
        }
        requests: list[bytes] = []

        def behave(peer: Any) -> None:
            requests.append(peer.read_request())
            peer.reply(json.dumps(reply).encode())

        exchanges: list[Exchange] = []
        drivers.append(
            open_driver(
                "mrdomain",
                endpoint=serve(behave).url,
                credentials={"apiuser": "us", "apipasswd": PASSWORD},
                timeouts=Timeouts(connect=2, total=5),
                on_exchange=exchanges.append,
            )
        )
        return Line(drivers[-1], requests, exchanges)

    yield opened
    for driver in drivers:
        driver.close()


class Signer:
    """A key, and requests and certificates made with it."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        self.key = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def csr(self, name: str) -> str:
        builder = x509.CertificateSigningRequestBuilder().subject_name(self._name(name))
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()

    def certificate(self, name: str) -> str:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(self._name(name)).issuer_name(self._name(name))
        builder = builder.public_key(self._key.public_key()).serial_number(7)
        builder = builder.not_valid_before(now).not_valid_after(now + timedelta(days=90))
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()

    @staticmethod
    def _name(name: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer()


@dataclass(frozen=True)
class Papers:
    """PEM texts that belong together, for www.faro.com, and a key that does not."""

    csr: str
    certificate: str
    key: str
    other_key: str


@pytest.fixture(scope="session")
def papers() -> Papers:
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "www.faro.com")])
    csr = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    now = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return Papers(
        csr.public_bytes(Encoding.PEM).decode(),
        certificate.public_bytes(Encoding.PEM).decode(),
        *(
            found.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
            for found in (key, other)
        ),
    )


class MrDomainWorld:
    """The sandbox from MrDomain's side."""

    def __init__(self, sandbox: World) -> None:
        self.control = sandbox.control
        self.journal = sandbox.journal
        self.executed = sandbox.executed
        self.settle = sandbox.settle
        self._sandbox = sandbox

    @property
    def mrdomain_url(self) -> str:
        return self._sandbox.url("mrdomain")

    def fault(self, action: str, kind: str, **data: Any) -> None:
        self._sandbox.plant("mrdomain", action, kind, **data)

    def change(self, **data: Any) -> None:
        self._sandbox.change("mrdomain", **data)

    def names(self, **fields: Any) -> list[str]:
        """Names of the account whose fields are as given."""
        return [
            domain["punycode"]
            for domain in self._sandbox.state("mrdomain")["domains"]
            if all(domain.get(field) == value for field, value in fields.items())
        ]

    def driver(self, total: float = 10, **options: Any) -> Driver:
        return open_driver(
            "mrdomain",
            endpoint=self.mrdomain_url,
            credentials={"apiuser": "demo", "apipasswd": "demo"},
            timeouts=Timeouts(connect=5, total=total),
            **options,
        )


@pytest.fixture
def world(sandbox: World) -> MrDomainWorld:
    """The sandbox as it is born."""
    sandbox.reset()
    return MrDomainWorld(sandbox)


@pytest.fixture
def driver(world: MrDomainWorld) -> Iterator[Driver]:
    with world.driver() as opened:
        yield opened
