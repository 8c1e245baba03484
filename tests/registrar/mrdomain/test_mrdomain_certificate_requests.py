"""Modules ssl and user: what is sent, what is refused before sending, what an answer means (chapters 8 and 9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.errors import Conflict, InvalidRequest, NotFound, Refused, UnreadableReply
from registrar.types import (
    AccessLevel,
    CertificateFormat,
    CertificateOrder,
    CertificateStatus,
    Contact,
    ContactType,
    CsrSubject,
    DomainPermission,
    Done,
    Pending,
    ValidationLevel,
    ValidationMethod,
)

NAME = "www.faro.com"
SUBJECT = CsrSubject("*.España.com", "Faro SL", "Luces", "es", "Baleares", "Manacor", "luz@faro.com")
SAID = {"commonName": NAME, "csrData": "-----CSR-----", "csrKey": "canary"}
EMPTY = {"queryInfo": {"page": 1, "pageLength": 1000, "results": 0, "total": 0}}
FRESH = {
    "certificateID": 17,
    "commonName": NAME,
    "status": "process",
    "renewable": False,
    "productID": 55,
    "tsCreate": "",
    "tsExpir": "",
    "alternativeNames": [],
}
ISSUED = FRESH | {"status": "valid", "tsCreate": "2026-05-06", "tsExpir": "2027-06-07"}
PERSON = Contact(
    type=ContactType.ORGANIZATION,
    first_name="Luz",
    last_name="Faro",
    organization="Faro Ltd",
    email="luz@faro.com",
    phone="+44.2071234567",
    address="1 Quay",
    postal_code="SW1A 1AA",
    city="London",
    state="London",
    country="gb",
    identification="ID1",
)
USER = {"username": "luz", "status": "enabled", "lastLogin": "", "numDomains": 1, "domains": {"faro.com": {}}}


def bought(**changes):
    return {"billing": {"total": 48.34, "currency": "EUR"}, "ssl": FRESH | changes}


CALLS = {
    "request": (
        lambda driver: driver.certificates.create_csr(SUBJECT),
        SAID,
        {
            "commonName": "*.xn--espaa-rta.com",
            "organizationName": "Faro SL",
            "organizationalUnitName": "Luces",
            "countryName": "ES",
            "stateOrProvinceName": "Baleares",
            "localityName": "Manacor",
            "emailAddress": "luz@faro.com",
        },
    ),
    "products": (
        lambda driver: driver.certificates.products(
            wildcard=True, multi_domain=False, trial=False, level=ValidationLevel.EXTENDED
        ),
        EMPTY | {"products": []},
        {
            "page": "1",
            "pageLength": "1000",
            "wildcard": "1",
            "multidomain": "0",
            "trial": "0",
            "validationType": "ev",
        },
    ),
    "list": (
        lambda driver: driver.certificates.list(
            product_id="55", status=CertificateStatus.REISSUING, renewable=True, common_name="faro"
        ),
        EMPTY | {"ssl": []},
        {
            "page": "1",
            "pageLength": "1000",
            "productID": "55",
            "status": "reissue",
            "renewable": "1",
            "commonName": "faro",
        },
    ),
    "info": (
        lambda driver: driver.certificates.info("17"),
        FRESH,
        {"certificateID": "17", "infoType": "status"},
    ),
    "files": (
        lambda driver: driver.certificates.files("17"),
        ISSUED | {"sslCert": "-----CERT-----"},
        {"certificateID": "17", "infoType": "ssldata"},
    ),
    "pfx": (
        lambda driver: driver.certificates.download("17", CertificateFormat.PFX, password="S3cret!"),
        ISSUED | {"content": {"type": "x", "name": "c.pfx", "base64encoded": True, "data": "AA=="}},
        {"certificateID": "17", "infoType": "pfx", "pfxpass": "S3cret!"},
    ),
    "zip": (
        lambda driver: driver.certificates.download("17", CertificateFormat.ZIP),
        ISSUED | {"content": {"type": "x", "name": "c.zip", "base64encoded": True, "data": "AA=="}},
        {"certificateID": "17", "infoType": "zip"},
    ),
    "validation": (
        lambda driver: driver.certificates.validation("17"),
        FRESH | {"validationData": {"dcv": [], "message": "Wait."}},
        {"certificateID": "17", "infoType": "validationStatus"},
    ),
    "addresses": (
        lambda driver: driver.certificates.validation_emails("*.faro.com"),
        {"commonName": "*.faro.com", "valMethods": ["admin@faro.com"]},
        {"commonName": "*.faro.com", "includeAlternativeMethods": "0"},
    ),
    "further name": (
        lambda driver: driver.certificates.add_name("17", "Mail.faro.com"),
        bought(),
        {"certificateID": "17", "extraSAN": "mail.faro.com"},
    ),
    "method": (
        lambda driver: driver.certificates.set_validation_method("17", NAME, ValidationMethod.HTTPS),
        FRESH,
        {"certificateID": "17", "commonName": NAME, "validationMethod": "https"},
    ),
    "method by mail": (
        lambda driver: driver.certificates.set_validation_method(
            "17", NAME, ValidationMethod.MAIL, email="admin@faro.com"
        ),
        FRESH,
        {"certificateID": "17", "commonName": NAME, "validationMethod": "admin@faro.com"},
    ),
    "mail again": (
        lambda driver: driver.certificates.resend_validation_email("17", NAME),
        FRESH,
        {"certificateID": "17", "commonName": NAME},
    ),
    "user": (
        lambda driver: driver.access.create("luz", "S3cret!"),
        USER,
        {"username": "luz", "password": "S3cret!"},
    ),
    "users": (
        lambda driver: driver.access.list(enabled=False, username="lu", domain="España.com"),
        EMPTY | {"users": []},
        {
            "page": "1",
            "pageLength": "1000",
            "status": "disabled",
            "username": "lu",
            "domainName": "xn--espaa-rta.com",
        },
    ),
    "user shut out": (
        lambda driver: driver.access.set_enabled("luz", False),
        USER | {"status": "disabled"},
        {"username": "luz", "status": "disabled"},
    ),
    "user's password": (
        lambda driver: driver.access.set_password("luz", "S3cret!"),
        USER,
        {"username": "luz", "password": "S3cret!"},
    ),
    "domain lent": (
        lambda driver: driver.access.add_domain(
            "luz", "faro.com", {DomainPermission.AUTH_CODE: AccessLevel.READ}
        ),
        USER,
        {"username": "luz", "domainName": "faro.com", "domain_authcode": "read"},
    ),
    "domain lent otherwise": (
        lambda driver: driver.access.update_domain(
            "luz", "faro.com", {DomainPermission.MAILBOXES: AccessLevel.DISABLED}
        ),
        USER,
        {"username": "luz", "domainName": "faro.com", "servicemail_accounts": "disabled"},
    ),
    "domain taken back": (
        lambda driver: driver.access.remove_domain("luz", "faro.com"),
        USER,
        {"username": "luz", "domainName": "faro.com"},
    ),
    "user deleted": (lambda driver: driver.access.delete("luz"), [], {"username": "luz"}),
}


@pytest.mark.parametrize(("act", "data", "form"), CALLS.values(), ids=CALLS)
def test_what_is_sent(answered, act, data, form):
    line = answered(data)

    act(line.driver)

    assert line.form == form


def test_order_sends_names_with_a_method_each(answered, papers):
    line = answered(bought())
    order = CertificateOrder(
        product_id="17",
        csr=papers.csr,
        years=2,
        key=papers.key,
        admin="AB-1",
        tech="AB-2",
        organization=PERSON,
        alternative_names=(NAME, "Mail.faro.com", "faro.es"),
        validation={"WWW.faro.com": ValidationMethod.MAIL, "faro.es": ValidationMethod.HTTP},
        emails=("admin@faro.es", "admin@faro.com"),
    )

    line.driver.certificates.create(order)

    assert line.form == {
        "productID": "17",
        "period": "2",
        "csrData": papers.csr.strip(),
        "keyData": papers.key.strip(),
        "validationMethod": "admin@faro.com",
        "alt_name_1": "mail.faro.com",
        "alt_validation_1": "dns",
        "alt_name_2": "faro.es",
        "alt_validation_2": "http",
        "adminContactID": "AB-1",
        "techContactID": "AB-2",
        "orgContactType": "organization",
        "orgContactFirstName": "Luz",
        "orgContactLastName": "Faro",
        "orgContactOrgName": "Faro Ltd",
        "orgContactIdentNumber": "ID1",
        "orgContactEmail": "luz@faro.com",
        "orgContactPhone": "+44.2071234567",
        "orgContactAddress": "1 Quay",
        "orgContactPostalCode": "SW1A 1AA",
        "orgContactCity": "London",
        "orgContactState": "London",
        "orgContactCountry": "GB",
    }


def test_renewal_sends_the_certificate_instead_of_the_product(answered, papers):
    line = answered(bought(certificateID=18))

    outcome = line.driver.certificates.renew("17", CertificateOrder("55", papers.csr, admin="AB-1"))

    assert line.form == {
        "certificateID": "17",
        "csrData": papers.csr.strip(),
        "validationMethod": "dns",
        "adminContactID": "AB-1",
    }
    assert isinstance(outcome, Pending)
    assert outcome.reference == "18"


def test_reissue_sends_no_contacts(answered, papers):
    line = answered(FRESH | {"status": "reissue"})

    outcome = line.driver.certificates.reissue("17", CertificateOrder(csr=papers.csr, admin="AB-1"))

    assert line.form.keys() == {"certificateID", "csrData", "validationMethod"}
    assert isinstance(outcome, Pending)


@pytest.mark.parametrize("status", ["process", "renew", "reissue", "cancel", "expired", "novelty"])
def test_order_is_pending_until_the_certificate_is_issued(answered, papers, status):
    outcome = answered(bought(status=status)).driver.certificates.create(
        CertificateOrder("55", papers.csr, admin="AB-1")
    )

    assert isinstance(outcome, Pending)
    assert (outcome.reference, outcome.value.raw_status) == ("17", status)


def test_order_of_an_issued_certificate_is_done(answered):
    outcome = answered(bought(status="valid")).driver.certificates.add_name("17", "mail.faro.com")

    assert isinstance(outcome, Done)
    assert outcome.value.charged is not None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"product_id": "basic"}, "product_id"),
        ({"years": 0}, "years"),
        ({"csr": ""}, "csr"),
        ({"csr": "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"}, "csr"),
        ({"csr": "-----BEGIN CERTIFICATE REQUEST-----\nñ"}, "csr"),
        ({"csr": "KEY BESIDE"}, "csr"),
        ({"subject": SUBJECT}, "subject"),
        ({"key": "OTHER"}, "key"),
        ({"key": "canary"}, "key"),
        ({"admin": None}, "admin"),
        ({"admin": "nobody"}, "admin"),
        ({"organization": "nobody"}, "organization"),
        ({"admin": replace(PERSON, phone="12")}, "phone"),
        ({"alternative_names": "mail.faro.com"}, "alternative_names"),
        ({"alternative_names": ("mail",)}, "alternative_names"),
        ({"alternative_names": ("mail.faro.com", "MAIL.faro.com")}, "alternative_names"),
        ({"validation": {"other.com": ValidationMethod.DNS}}, "validation"),
        ({"validation": {NAME: ValidationMethod.MAIL}}, "emails"),
        ({"validation": {NAME: ValidationMethod.MAIL}, "emails": ("admin@other.com",)}, "emails"),
    ],
)
def test_impossible_order_is_refused_before_sending(answered, papers, change, field):
    line = answered()
    texts = {"KEY BESIDE": papers.csr + papers.key, "OTHER": papers.other_key}
    change = {
        name: texts.get(value, value) if isinstance(value, str) else value for name, value in change.items()
    }
    order = replace(CertificateOrder("55", papers.csr, admin="AB-1"), **change)

    with pytest.raises(InvalidRequest) as caught:
        line.driver.certificates.create(order)
    assert caught.value.field == field
    assert line.requests == []
    assert "canary" not in str(caught.value)
    assert "BEGIN" not in str(caught.value)


INVALID = {
    "request": (lambda driver: driver.certificates.decode_csr("nothing"), "csr"),
    "alternative names": (
        lambda driver: driver.certificates.create_csr(replace(SUBJECT, alternative_names=("a.com",))),
        "alternative_names",
    ),
    "country": (lambda driver: driver.certificates.create_csr(replace(SUBJECT, country="Spain")), "country"),
    "subject's email": (lambda driver: driver.certificates.create_csr(replace(SUBJECT, email="x")), "email"),
    "unit": (lambda driver: driver.certificates.create_csr(replace(SUBJECT, unit="")), "unit"),
    "common name": (
        lambda driver: driver.certificates.create_csr(replace(SUBJECT, common_name="a")),
        "common_name",
    ),
    "level": (lambda driver: driver.certificates.products(level=ValidationLevel.UNKNOWN), "level"),
    "product": (lambda driver: driver.certificates.product("x"), "product_id"),
    "status": (lambda driver: driver.certificates.list(status=CertificateStatus.UNKNOWN), "status"),
    "certificate": (lambda driver: driver.certificates.info("17/../18"), "certificate_id"),
    "password of a zip": (
        lambda driver: driver.certificates.download("17", CertificateFormat.ZIP, password="canary"),
        "password",
    ),
    "empty password": (
        lambda driver: driver.certificates.download("17", CertificateFormat.PFX, password=""),
        "password",
    ),
    "mail without address": (
        lambda driver: driver.certificates.set_validation_method("17", NAME, ValidationMethod.MAIL),
        "email",
    ),
    "mail to a broken address": (
        lambda driver: driver.certificates.set_validation_method(
            "17", NAME, ValidationMethod.MAIL, email="admin faro.com"
        ),
        "email",
    ),
    "address without mail": (
        lambda driver: driver.certificates.set_validation_method(
            "17", NAME, ValidationMethod.DNS, email="admin@faro.com"
        ),
        "email",
    ),
    "further name": (lambda driver: driver.certificates.add_name("17", "*.*.com"), "name"),
    "user": (lambda driver: driver.access.create(" ", "x"), "username"),
    "user's password": (lambda driver: driver.access.create("luz", ""), "password"),
    "domain": (lambda driver: driver.access.remove_domain("luz", "faro"), "domain"),
    "no permission": (lambda driver: driver.access.update_domain("luz", "faro.com", {}), "permissions"),
    "auth code": (
        lambda driver: driver.access.add_domain(
            "luz", "faro.com", {DomainPermission.AUTH_CODE: AccessLevel.WRITE}
        ),
        "permissions",
    ),
}


@pytest.mark.parametrize(("act", "field"), INVALID.values(), ids=INVALID)
def test_impossible_request_is_refused_before_sending(answered, act, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        act(line.driver)
    assert caught.value.field == field
    assert line.requests == []
    assert "canary" not in str(caught.value)


def test_request_without_a_signature_of_its_own_is_refused(answered, papers):
    line = answered()
    lines = papers.csr.splitlines()
    lines[-2] = lines[-2][:4] + ("A" if lines[-2][4] != "A" else "B") + lines[-2][5:]

    with pytest.raises(InvalidRequest) as caught:
        line.driver.certificates.decode_csr("\n".join(lines))
    assert caught.value.field == "csr"
    assert line.requests == []


OTHERS = {
    "certificate": (lambda driver: driver.certificates.info("18"), FRESH),
    "method": (
        lambda driver: driver.certificates.set_validation_method("18", NAME, ValidationMethod.DNS),
        FRESH,
    ),
    "user": (lambda driver: driver.access.set_enabled("other", True), USER),
}


@pytest.mark.parametrize(("act", "data"), OTHERS.values(), ids=OTHERS)
def test_reply_about_another_one_is_unknown(answered, act, data):
    with pytest.raises(UnreadableReply):
        act(answered(data).driver)


@pytest.mark.parametrize(("code", "error"), [(5000, Conflict), (5001, NotFound), (300, Refused)])
def test_validation_of_a_certificate_in_another_state_is_a_conflict(answered, code, error):
    with pytest.raises(error) as caught:
        answered(code=code).driver.certificates.validation("17")
    assert caught.value.code == str(code)


def test_user_keeps_what_was_lent(answered):
    found = answered(
        USER | {"username": "LUZ", "domains": {"faro.com": {"domain_dns": "write"}}}
    ).driver.access.info("luz")

    assert found.domains == {"faro.com": {DomainPermission.NAMESERVERS: AccessLevel.WRITE}}
