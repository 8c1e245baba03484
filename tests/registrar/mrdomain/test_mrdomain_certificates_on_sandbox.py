"""Certificates and users in their lives, on the sandbox's real servers."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12

from registrar.errors import Conflict, NotFound, RegistrarError, Verdict
from registrar.types import (
    AccessLevel,
    CertificateFormat,
    CertificateOrder,
    CertificateStatus,
    CsrSubject,
    DomainPermission,
    Done,
    Pending,
    ValidationLevel,
    ValidationMethod,
)

PLAN = "soler-estudio.com"
PASSWORD = "Canary-word-1"
SUBJECT = CsrSubject(
    "www.soler-estudio.com", "Soler", "Estudio", "ES", "Barcelona", "Barcelona", "marta@soler-estudio.example"
)


@pytest.fixture
def admin(driver) -> str:
    found: str = driver.contacts.list(page_length=1).items[0].handle
    return found


# Certificates


def test_products_are_listed_and_filtered(driver):
    certificates = driver.certificates
    everything = certificates.products()

    assert everything.total == len(everything.items)
    assert all(product.wildcard for product in certificates.products(wildcard=True).items)
    assert not any(product.trial for product in certificates.products(trial=False).items)
    extended = certificates.products(level=ValidationLevel.EXTENDED, multi_domain=True).items
    assert {(product.level, product.multi_domain) for product in extended} == {
        (ValidationLevel.EXTENDED, True)
    }
    product = certificates.product("55")
    assert product in everything.items
    assert product.create.currency == "EUR"


def test_request_is_made_and_says_what_was_asked(driver):
    made = driver.certificates.create_csr(SUBJECT)

    assert made.subject == SUBJECT
    assert "PRIVATE KEY" in made.key
    assert driver.certificates.decode_csr(made.pem) == SUBJECT


def test_certificate_in_its_life(driver, world, admin, signer):
    certificates, name = driver.certificates, f"tienda.{PLAN}"
    before = driver.account.info().balance
    order = CertificateOrder("55", signer.csr(name), years=1, key=signer.key, admin=admin)

    outcome = certificates.create(order)

    assert isinstance(outcome, Pending)
    assert outcome.value.status is CertificateStatus.PROCESSING
    assert driver.account.info().balance == before - outcome.value.charged.amount
    reference = outcome.reference
    (check,) = certificates.validation(reference).names
    assert (check.name, check.validated, check.method) == (name, False, ValidationMethod.DNS)
    assert check.check
    with pytest.raises(Conflict):
        certificates.files(reference)
    with pytest.raises(Conflict):
        certificates.download(reference, CertificateFormat.ZIP)
    world.settle()
    issued = certificates.info(reference)
    assert (issued.status, issued.common_name, name in issued.alternative_names) == (
        CertificateStatus.VALID,
        name,
        True,
    )
    files = certificates.files(reference)
    assert x509.load_pem_x509_certificate(files.certificate.encode())
    assert x509.load_pem_x509_certificates(files.chain.encode())
    assert files.key.strip() == signer.key.strip()
    assert files.fingerprint.count(":") == 31
    with pytest.raises(Conflict):
        certificates.validation(reference)
    assert signer.key.splitlines()[1] not in repr(world.journal())


@pytest.mark.parametrize("format", CertificateFormat)
def test_issued_certificate_is_downloaded(driver, world, admin, signer, format):
    order = CertificateOrder("55", signer.csr(f"tienda.{PLAN}"), key=signer.key, admin=admin)
    reference = driver.certificates.create(order).reference
    world.settle()
    password = PASSWORD if format is CertificateFormat.PFX else None

    file = driver.certificates.download(reference, format, password=password)

    assert file.name.endswith(f".{format}")
    assert file.content
    if format is CertificateFormat.PFX:
        key, certificate, _ = pkcs12.load_key_and_certificates(file.content, PASSWORD.encode())
        assert key is not None
        assert certificate is not None
    if format is CertificateFormat.DER:
        assert x509.load_der_x509_certificate(file.content)


def test_names_of_a_certificate_are_validated_each_in_its_way(driver, admin, signer):
    certificates, name = driver.certificates, f"www.{PLAN}"
    (email, *_) = certificates.validation_emails(name)
    order = CertificateOrder(
        "57",
        signer.csr(name),
        admin=admin,
        alternative_names=(name, f"mail.{PLAN}", "lamps.example.com"),
        validation={name: ValidationMethod.MAIL, "lamps.example.com": ValidationMethod.HTTP},
        emails=(email,),
    )

    reference = certificates.create(order).reference

    methods = {check.name: check.method for check in certificates.validation(reference).names}
    assert methods == {
        name: ValidationMethod.MAIL,
        f"mail.{PLAN}": ValidationMethod.DNS,
        "lamps.example.com": ValidationMethod.HTTP,
    }
    assert certificates.resend_validation_email(reference, name) == Done(None)
    changed = certificates.set_validation_method(reference, name, ValidationMethod.HTTPS).value
    assert {check.name: check.method for check in changed.validation.names}[name] is ValidationMethod.HTTPS


def test_certificate_gets_a_further_name_and_is_issued_again(driver, world, signer):
    certificates, reference = driver.certificates, "135074"
    before = certificates.info(reference)

    added = certificates.add_name(reference, "cursos.panaderia-etxeberria.com")
    world.settle()
    again = certificates.reissue(
        reference,
        CertificateOrder(
            csr=signer.csr(before.common_name),
            alternative_names=certificates.info(reference).alternative_names,
        ),
    )

    assert added.value.charged is not None
    assert isinstance(again, Pending)
    assert again.value.status is CertificateStatus.REISSUING
    world.settle()
    after = certificates.info(again.reference)
    assert after.status is CertificateStatus.VALID
    assert "cursos.panaderia-etxeberria.com" in after.alternative_names


def test_renewal_of_a_certificate_is_another_certificate(driver, world, admin, signer):
    certificates, reference = driver.certificates, "135111"
    (line,) = certificates.list(renewable=True, common_name="*.alder-hosting.com").items
    assert line.certificate_id == reference

    outcome = certificates.renew(
        reference, CertificateOrder(csr=signer.csr("*.alder-hosting.com"), admin=admin, years=1)
    )

    assert isinstance(outcome, Pending)
    assert outcome.value.charged is not None
    world.settle()
    renewed = certificates.info(outcome.reference)
    assert renewed.expires_on > line.expires_on


def test_certificates_are_listed_and_filtered(driver):
    certificates = driver.certificates

    assert certificates.list().total == 5
    assert {line.status for line in certificates.list(status=CertificateStatus.EXPIRED).items} == {
        CertificateStatus.EXPIRED
    }
    assert {line.product_id for line in certificates.list(product_id="55").items} == {"55"}


def test_certificate_that_is_not_there_is_not_found(driver):
    for act in (driver.certificates.info, driver.certificates.files, driver.certificates.validation):
        with pytest.raises(NotFound):
            act("999999")


# Users


def test_user_in_its_life(driver):
    access = driver.access
    permissions = {
        DomainPermission.DNS_ZONE: AccessLevel.READ,
        DomainPermission.MAILBOXES: AccessLevel.DISABLED,
    }

    created = access.create("lucia", PASSWORD).value
    lent = access.add_domain("lucia", PLAN, permissions).value

    assert (created.username, created.enabled) == ("lucia", True)
    assert {name: lent.domains[PLAN][name] for name in permissions} == permissions
    assert lent.domains[PLAN].keys() == set(DomainPermission)
    changed = access.update_domain("lucia", PLAN, {DomainPermission.DNS_ZONE: AccessLevel.WRITE}).value
    assert changed.domains[PLAN][DomainPermission.DNS_ZONE] is AccessLevel.WRITE
    assert access.info("lucia") == changed
    assert access.set_enabled("lucia", False).value.enabled is False
    assert access.set_password("lucia", PASSWORD + "2").value.username == "lucia"
    assert access.remove_domain("lucia", PLAN).value.domains == {}
    access.delete("lucia")
    with pytest.raises(NotFound):
        access.info("lucia")


def test_users_are_listed_and_filtered(driver):
    access = driver.access

    assert access.list().total == 3
    assert [user.username for user in access.list(enabled=False).items] == ["agencia-norte"]
    assert [user.username for user in access.list(domain=PLAN).items] == ["marta.soler"]
    assert [user.username for user in access.list(username="ike").items] == ["iker"]


def test_second_user_of_a_name_is_not_created(driver, world):
    with pytest.raises(Conflict):
        driver.access.create("iker", PASSWORD)
    assert world.executed("user/create") == 0


def test_domain_that_was_not_lent_cannot_be_taken_back(driver):
    with pytest.raises(RegistrarError) as caught:
        driver.access.remove_domain("iker", PLAN)
    assert caught.value.verdict is Verdict.NOT_EXECUTED
