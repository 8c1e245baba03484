"""Module certificate, over every family."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from registrar.errors import Conflict, InvalidRequest, NotFound
from registrar.types import (
    CertificateFormat,
    CertificateOrder,
    CertificateStatus,
    CsrSubject,
    RenewalMode,
    ValidationMethod,
)
from tests.registrar.contract.contract import Door, promise

NAME = "www.nordic-lanterns.com"
SUBJECT = CsrSubject(NAME, "Lamps", "Light", "FR", "Paris", "Paris", "ada@lamps.example")


@cache
def request_for(name: str) -> str:
    """A signing request, made once: keys take their time."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    csr = builder.sign(rsa.generate_private_key(65537, 2048), hashes.SHA256())
    return csr.public_bytes(Encoding.PEM).decode()


def order(door: Door, name: str = NAME) -> CertificateOrder:
    wanted = CertificateOrder(door.profile.special["product"], request_for(name), years=1)
    return replace(wanted, admin=door.person()) if door.profile.certificates_have_contacts else wanted


def ordered(door: Door) -> str:
    outcome = door.driver.certificates.create(order(door))
    assert outcome.value is not None
    return outcome.value.certificate_id


@promise("certificate.create_csr", "certificate.decode_csr")
def test_request_is_made_and_says_what_was_asked(door: Door) -> None:
    made = door.driver.certificates.create_csr(SUBJECT)

    assert made.key
    assert made.key not in repr(made)
    assert door.driver.certificates.decode_csr(made.pem) == made.subject == SUBJECT


@promise("certificate.products", "certificate.product")
def test_products_are_listed_as_they_are_shown(door: Door) -> None:
    page = door.driver.certificates.products()

    assert page.total == len(page.items)
    assert door.driver.certificates.product(page.items[0].product_id) == page.items[0]


@promise("certificate.list", "certificate.info")
def test_certificates_are_listed(door: Door) -> None:
    known = door.profile.special["certificate"]

    lines = {line.certificate_id: line for line in door.driver.certificates.list().items}

    assert lines[known].common_name == door.driver.certificates.info(known).common_name


@promise("certificate.info")
def test_certificate_tells_its_name_and_its_end(door: Door) -> None:
    found = door.driver.certificates.info(door.profile.special["certificate"])

    assert "." in found.common_name
    assert found.status is CertificateStatus.VALID
    assert found.expires_on is not None


@promise("certificate.info")
def test_certificate_that_is_not_there_is_not_found(door: Door) -> None:
    with pytest.raises(NotFound):
        door.driver.certificates.info(door.profile.special["missing certificate"])


@promise("certificate.files")
def test_files_of_an_issued_certificate_are_pem(door: Door) -> None:
    found = door.driver.certificates.files(door.profile.special["certificate"])

    assert x509.load_pem_x509_certificate(found.certificate.encode())
    assert "PRIVATE KEY" not in repr(found)


@promise("certificate.download")
def test_issued_certificate_is_downloaded(door: Door) -> None:
    file = door.driver.certificates.download(door.profile.special["certificate"], CertificateFormat.PEM)

    assert file.name
    assert b"BEGIN CERTIFICATE" in file.content
    assert "BEGIN" not in repr(file)


@promise("certificate.create", "certificate.info")
def test_certificate_is_issued_in_the_end(door: Door) -> None:
    before = door.balance()

    outcome = door.driver.certificates.create(order(door))
    value = door.settled(outcome)

    assert float(door.balance()) < float(before)
    assert len(door.journal()) == 1 + door.profile.certificates_have_contacts
    assert value is not None
    if value.certificate_id:
        assert door.driver.certificates.info(value.certificate_id).status is CertificateStatus.VALID


@promise("certificate.create")
def test_order_without_a_request_is_refused_before_sending(door: Door) -> None:
    wanted = order(door)
    before = len(door.journal())

    with pytest.raises(InvalidRequest) as caught:
        door.driver.certificates.create(replace(wanted, csr=""))
    assert caught.value.field == "csr"
    assert len(door.journal()) == before


@promise("certificate.create", "certificate.files", "certificate.validation")
def test_certificate_in_process_has_no_files_but_something_to_show(door: Door) -> None:
    reference = ordered(door)

    with pytest.raises(Conflict):
        door.driver.certificates.files(reference)
    (check,) = door.driver.certificates.validation(reference).names
    assert (check.name, check.validated, check.method) == (NAME, False, ValidationMethod.DNS)


@promise("certificate.validation")
def test_issued_certificate_has_nothing_to_show(door: Door) -> None:
    with pytest.raises(Conflict):
        door.driver.certificates.validation(door.profile.special["certificate"])


@promise("certificate.create", "certificate.set_validation_method", "certificate.validation")
def test_name_is_validated_in_another_way(door: Door) -> None:
    reference = ordered(door)

    door.settled(door.driver.certificates.set_validation_method(reference, NAME, ValidationMethod.HTTPS))

    (check,) = door.driver.certificates.validation(reference).names
    assert check.method is ValidationMethod.HTTPS


@promise(
    "certificate.create",
    "certificate.validation_emails",
    "certificate.set_validation_method",
    "certificate.resend_validation_email",
)
def test_validation_mail_is_sent_again(door: Door) -> None:
    certificates, reference = door.driver.certificates, ordered(door)
    email = certificates.validation_emails(NAME)[0]
    assert "@" in email
    certificates.set_validation_method(reference, NAME, ValidationMethod.MAIL, email=email)
    before = len(door.journal())

    certificates.resend_validation_email(reference, NAME)

    assert len(door.journal()) == before + 1


@promise("certificate.renew")
def test_certificate_is_renewed(door: Door) -> None:
    name, reference = door.profile.special["renewable name"], door.profile.special["renewable certificate"]

    door.settled(door.driver.certificates.renew(reference, order(door, name)))

    assert any("enew" in entry["action"] for entry in door.journal())


@promise("certificate.reissue", "certificate.info")
def test_certificate_is_issued_again(door: Door) -> None:
    certificates, reference = door.driver.certificates, door.profile.special["certificate"]
    name = certificates.info(reference).common_name

    door.settled(certificates.reissue(reference, CertificateOrder(csr=request_for(name))))

    assert certificates.info(reference).status is CertificateStatus.VALID
    assert len(door.journal()) == 1


@promise("certificate.add_name", "certificate.info")
def test_certificate_gets_a_further_name(door: Door) -> None:
    certificates, reference = door.driver.certificates, door.profile.special["certificate with names"]

    door.settled(certificates.add_name(reference, "lamp.lamps.example.com"))

    assert "lamp.lamps.example.com" in certificates.info(reference).alternative_names


@promise("certificate.revoke", "certificate.info")
def test_revoked_certificate_is_not_valid(door: Door) -> None:
    certificates, reference = door.driver.certificates, door.profile.special["certificate"]

    door.settled(certificates.revoke(reference))

    assert certificates.info(reference).status is not CertificateStatus.VALID
    assert len(door.journal()) == 1


@promise("certificate.set_renewal_mode")
def test_renewal_mode_of_a_certificate_is_set(door: Door) -> None:
    door.settled(
        door.driver.certificates.set_renewal_mode(door.profile.special["certificate"], RenewalMode.AUTOMATIC)
    )

    assert len(door.journal()) == 1
