"""Subdomains with their folders and certificates: what does not belong together is refused before it is sent."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.test import Client

from panel.account.models import Exchange
from panel.domain.models import Domain
from panel.hosting.models import Subdomain
from panel.operation.models import Operation
from tests.hosting.scenes import BASIC, last, page
from tests.selfservice.pages import words_of

SUBDOMAINS = page(BASIC, "subdomains")
HOST = f"blog.{BASIC}"


@functools.cache
def key(which: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def key_pem(which: str, password: bytes | None = None) -> str:
    how = BestAvailableEncryption(password) if password else NoEncryption()
    return key(which).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how).decode()


@functools.cache
def certificate(host: str = HOST, *, days: int = 60, signer: str = "authority") -> str:
    """A certificate for `host` with the key "own", signed by `signer`."""
    now = datetime.now(UTC)
    own = host != "Authority"
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)]))
        .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Authority")]))
        .public_key(key("own" if own else signer).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days))
    )
    if own:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    return builder.sign(key(signer), hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def chain(signer: str = "authority") -> str:
    return certificate("Authority", signer=signer)


def entry(**fields: str) -> dict[str, str]:
    """What a browser sends for a subdomain with a certificate."""
    right = {
        "name": "blog",
        "path": "public/blog/",
        "certificate": certificate(),
        "private_key": key_pem("own"),
        "chain": chain(),
        "form": "a",
    }
    return right | fields


def test_subdomain_is_created_changed_and_deleted(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], effects: Any
) -> None:
    held(BASIC)

    own.post(SUBDOMAINS, {"name": "Blog", "path": "public/blog/", "form": "a"})
    settle()
    made = Subdomain.objects.get(name=HOST)
    where = page(BASIC, "subdomains", made.public_id)
    own.post(where, {"path": "public/news/", "form": "b"})
    settle()
    changed = Subdomain.objects.get(pk=made.pk)
    own.post(where, {"delete": HOST})
    settle()

    assert (made.path, made.certificate) == ("public/blog/", "")
    assert changed.path == "public/news/"
    assert not Subdomain.objects.present().filter(name=HOST).exists()
    assert effects("subdomain") == [f"service/subdomain{verb}" for verb in ("create", "update", "delete")]


def test_certificate_is_installed_and_its_key_is_nowhere(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)
    secret = key_pem("own").splitlines()[1]

    own.post(SUBDOMAINS, entry())
    settle()
    own.post(SUBDOMAINS, {"read": "1"})
    settle()
    shown = own.get(SUBDOMAINS).content.decode()

    row = Subdomain.objects.get(name=HOST)
    operation = last("hosting.create_subdomain")
    assert operation.state == "succeeded"
    assert row.certificate == certificate().strip()
    assert f"{HOST}, until" in shown
    told = [shown, operation.secrets, operation.payload, list(Exchange.objects.values())]
    assert secret not in repr(told)


def test_certificate_whose_answer_is_lost_is_found_in_the_list(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], faulty: Any, effects: Any
) -> None:
    held(BASIC)
    www = Subdomain.objects.get(name=f"www.{BASIC}")
    faulty("service/subdomainupdate", "reset_after")

    own.post(
        page(BASIC, "subdomains", www.public_id),
        entry(certificate=certificate(f"*.{BASIC}"), path=www.path),
    )
    settle()

    assert last("hosting.change_subdomain").state == "succeeded"
    assert effects("subdomain") == ["service/subdomainupdate"]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"name": ""}, "Write what stands before the name"),
        ({"name": "b log"}, "This is not a host name"),
        ({"path": "../x"}, "Write a folder such as"),
        ({"certificate": "hello"}, "This is not a certificate in PEM"),
        ({"private_key": ""}, "are installed together"),
        ({"private_key": "hello"}, "This is not a private key in PEM"),
        ({"private_key": "OTHER"}, "The key is not that of the certificate"),
        ({"private_key": "LOCKED"}, "The key has a password of its own"),
        ({"chain": "hello"}, "This is not a chain of certificates"),
        ({"chain": "FOREIGN"}, "The chain does not lead on from the certificate"),
        ({"certificate": "ELSEWHERE"}, f"and not for {HOST}"),
        ({"certificate": "EXPIRED"}, "This certificate has expired"),
    ],
    ids=[
        "no-name", "no-host", "climbs", "no-certificate", "no-key", "broken-key", "other-key", "locked-key",
        "no-chain", "other-chain", "other-host", "expired",
    ],
)  # fmt: skip
def test_what_does_not_belong_together_is_refused_beside_its_field(
    own: Client, held: Callable[..., Domain], fields: dict[str, str], text: str
) -> None:
    held(BASIC)
    texts = {
        "OTHER": key_pem("other"),
        "LOCKED": key_pem("own", b"locked"),
        "FOREIGN": chain("foreign"),
        "ELSEWHERE": certificate("www.elsewhere.com"),
        "EXPIRED": certificate(days=-1),
    }
    (field, given), *_rest = fields.items()

    answer = own.post(SUBDOMAINS, entry(**{field: texts.get(given, given)}))

    assert answer.status_code == 422
    assert text in words_of(answer)
    assert key_pem("own").splitlines()[1] not in answer.content.decode()
    assert not Operation.objects.filter(kind="hosting.create_subdomain").exists()
