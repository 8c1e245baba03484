"""Passwords, private keys, files and log-in addresses of the modules service, ssl and user leave no trace."""

from __future__ import annotations

import base64

import pytest

from registrar.errors import NotFound
from registrar.types import CertificateFormat, CertificateOrder, CsrSubject, SubdomainCertificate

PLAN = "faro.com"
ID = "SRV0000000007-000000071"
CANARY = "canary-Pä/ss+1&2"
PAGE = {"queryInfo": {"page": 1, "pageLength": 1000, "results": 1, "total": 1}}
FTP = {"entityID": ID, "name": "f", "ftpPath": "/", "password": CANARY, "quota": 1}
DATABASE = {"entityID": ID, "name": "d", "user": "d", "password": CANARY}
MAIL = {"entityID": ID, "name": "luz@faro.com", "password": CANARY}
USER = {"username": "luz", "status": "enabled", "password": CANARY}
SUBJECT = CsrSubject("www.faro.com", "Faro", "Luces", "ES", "Baleares", "Manacor", "luz@faro.com")

# A call with a secret in its parameters, in its answer or in both.
CALLS = {
    "ftp list": (lambda driver: driver.hosting.ftp_accounts(PLAN), PAGE | {"ftp": [FTP]}),
    "ftp info": (lambda driver: driver.hosting.ftp_account(PLAN, ID), {"ftp": [FTP]}),
    "ftp create": (lambda driver: driver.hosting.create_ftp_account(PLAN, "f", "/", CANARY), {"ftp": [FTP]}),
    "ftp update": (lambda driver: driver.hosting.update_ftp_account(PLAN, ID, "/", CANARY), {"ftp": [FTP]}),
    "database list": (lambda driver: driver.hosting.databases(PLAN), PAGE | {"ddbb": [DATABASE]}),
    "database create": (lambda driver: driver.hosting.create_database(PLAN, CANARY), {"ddbb": [DATABASE]}),
    "database update": (
        lambda driver: driver.hosting.update_database(PLAN, ID, CANARY),
        {"ddbb": [DATABASE]},
    ),
    "mail list": (lambda driver: driver.hosting.mailboxes(PLAN), PAGE | {"mail": [MAIL]}),
    "mail create": (lambda driver: driver.hosting.create_mailbox(PLAN, "luz", CANARY), {"mail": [MAIL]}),
    "mail update": (lambda driver: driver.hosting.set_mailbox_password(PLAN, ID, CANARY), {"mail": [MAIL]}),
    "subdomain list": (
        lambda driver: driver.hosting.subdomains(PLAN),
        PAGE
        | {
            "subdomain": [
                {
                    "entityID": ID,
                    "name": "www.faro.com",
                    "ftpPath": "/",
                    "ssl": {"sslCert": "C", "sslKey": f"-----\n{CANARY}\n-----", "sslPath": "/"},
                }
            ]
        },
    ),
    "user create": (lambda driver: driver.access.create("luz", CANARY), USER),
    "user password": (lambda driver: driver.access.set_password("luz", CANARY), USER),
}


@pytest.mark.parametrize(("act", "data"), CALLS.values(), ids=CALLS)
def test_secret_is_neither_returned_nor_kept(answered, act, data):
    line = answered(data)

    found = act(line.driver)

    assert "canary" not in repr(found)
    assert "canary" not in repr(line.exchanges)
    assert "***" in repr(line.exchanges)


RETURNED = {
    "site builder": (
        lambda driver: driver.hosting.web_builder_url(PLAN, PLAN),
        {"webconstructor": {"loginURL": "https://editor.example/?login_hash=canary"}},
    ),
    "key of a request": (
        lambda driver: driver.certificates.create_csr(SUBJECT).key,
        {"commonName": "www.faro.com", "csrData": "C", "csrKey": "-----\ncanary\n-----"},
    ),
    "key of a certificate": (
        lambda driver: driver.certificates.files("17").key,
        {
            "certificateID": 17,
            "commonName": "faro.com",
            "status": "valid",
            "sslCert": "C",
            "sslKey": "-----\ncanary\n-----",
        },
    ),
    "file": (
        lambda driver: driver.certificates.download("17", CertificateFormat.PEM).content.decode(),
        {
            "certificateID": 17,
            "commonName": "faro.com",
            "status": "valid",
            "content": {"type": "t", "name": "n", "base64encoded": False, "data": "-----\ncanary\n-----"},
        },
    ),
}


@pytest.mark.parametrize(("act", "data"), RETURNED.values(), ids=RETURNED)
def test_secret_that_was_asked_for_is_returned_and_not_kept(answered, act, data):
    line = answered(data)

    assert "canary" in act(line.driver)

    assert "canary" not in repr(line.exchanges)


def test_file_with_a_key_is_not_kept_in_base64_either(answered):
    data = base64.b64encode(b"canary-in-a-pfx").decode()
    line = answered(
        {
            "certificateID": 17,
            "commonName": "faro.com",
            "status": "valid",
            "content": {"type": "t", "name": "n", "base64encoded": True, "data": data},
        }
    )

    line.driver.certificates.download("17", CertificateFormat.PFX, password=CANARY)

    assert data not in repr(line.exchanges)
    assert "canary" not in repr(line.exchanges)


def test_keys_that_are_sent_are_not_kept(answered, papers):
    secret = papers.key.splitlines()[1]
    line = answered(code=5001)

    with pytest.raises(NotFound):
        line.driver.certificates.reissue("17", CertificateOrder(csr=papers.csr, key=papers.key))
    with pytest.raises(NotFound):
        line.driver.hosting.create_subdomain(
            PLAN,
            "www.faro.com",
            "/",
            certificate=SubdomainCertificate(papers.certificate, papers.certificate, "/", papers.key),
        )

    assert len(line.exchanges) == 2
    assert secret not in repr(line.exchanges)


def test_secret_in_an_error_text_is_masked(answered):
    line = answered(code=4001, said=f"no {CANARY} here")

    with pytest.raises(NotFound) as caught:
        line.driver.hosting.create_mailbox(PLAN, "luz", CANARY)

    assert "canary" not in f"{caught.value} {caught.value!r} {line.exchanges}"
