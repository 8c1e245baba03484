"""Replies of module ssl as bytes, in the shapes of manual chapter 8."""

# ruff: noqa: UP031  (JSON is full of braces)

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from registrar.errors import Conflict, UnreadableReply
from registrar.mrdomain import certificate_mapping, mapping
from registrar.types import (
    Certificate,
    CertificateFiles,
    CertificateProduct,
    CertificateStatus,
    CertificateValidation,
    CsrSubject,
    Download,
    NameValidation,
    Price,
    ValidationLevel,
    ValidationMethod,
)

SUBJECT = (
    '"commonName":"www.faro.com","organizationName":"Faro SL","organizationalUnitName":"Luces","countryName":"es",'
    '"stateOrProvinceName":"Illes Balears","localityName":"Manacor","emailAddress":"luz@faro.com"'
)
LINE = (
    '"certificateID":130839,"commonName":"*.faro.com","status":"valid","renewable":false,"productID":56,'
    '"tsCreate":"2026-05-06","tsExpir":"2027-06-07","alternativeNames":["*.faro.com","faro.com"]'
)
FRESH = (
    '"certificateID":135520,"commonName":"www.faro.com","status":"process","renewable":false,"productID":1,'
    '"tsCreate":"","tsExpir":"","alternativeNames":[]'
)


def data_of(text: str):
    body = '{"success":true,"errorCode":0,"errorCodeMsg":"","action":"ssl\\/x","responseData":%s}' % text
    return mapping.envelope(body.encode()).data


def dcv(method: str, value: str) -> str:
    return (
        '{%s,"validationData":{"dcv":{"www.faro.com":{"validated":false,"domainName":"www.faro.com","method":"%s",'
        '"checkvalue":%s}},"organizationValidationStatus":"","brandValidationStatus":"","message":"Wait.",'
        '"externalValidation":true}}' % (FRESH, method, value)
    )


def test_what_a_request_says():
    text = (
        '{"csrData":"-----BEGIN CERTIFICATE REQUEST-----\\n-----END CERTIFICATE REQUEST-----\\n",%s}'
        % SUBJECT
    )

    assert certificate_mapping.subject(data_of(text)) == CsrSubject(
        "www.faro.com", "Faro SL", "Luces", "ES", "Illes Balears", "Manacor", "luz@faro.com"
    )


def test_request_that_was_made_just_now_comes_with_its_key():
    text = '{"csrData":"-----CSR-----","csrKey":"canary",%s}' % SUBJECT

    found = certificate_mapping.csr(data_of(text))

    assert (found.pem, found.key, found.subject.common_name) == ("-----CSR-----", "canary", "www.faro.com")
    assert "canary" not in repr(found)


def test_list_of_products():
    text = (
        '{"queryInfo":{"page":1,"pageLength":1000,"results":3,"total":3},"products":['
        '{"productID":1,"productName":"Domain Premium","brandName":"Sectigo","validationType":"dv",'
        '"isMultiDomain":false,"isWildcard":false,"isTrial":false,"numDomains":1,"keyLength":2048,"encryption":256,'
        '"create":{"create":4.95,"years":1,"isPromo":true},"renew":{"create":39.95,"years":1}},'
        '{"productID":58,"productName":"Trial","brandName":"Own","validationType":"dv","isMultiDomain":false,'
        '"isWildcard":false,"isTrial":true,"numDomains":1,"keyLength":2048,"encryption":256,"trialPeriod":"90 days"},'
        '{"productID":17,"productName":"Multi EV","brandName":"Sectigo","validationType":"ev","isMultiDomain":true,'
        '"isWildcard":false,"isTrial":false,"numDomains":3,"keyLength":2048,"encryption":256,'
        '"create":{"create":383.95,"years":1},"renew":{"create":383.95,"years":1},"sanMaxDomains":210,'
        '"sanPrice":106}]}'
    )

    plain, trial, multi = certificate_mapping.products(data_of(text)).items

    assert plain == CertificateProduct(
        "1",
        "Domain Premium",
        "Sectigo",
        ValidationLevel.DOMAIN,
        domains=1,
        key_bits=2048,
        create=Price(Decimal("4.95"), "EUR"),
        create_years=1,
        renew=Price(Decimal("39.95"), "EUR"),
        renew_years=1,
    )
    assert (trial.trial, trial.trial_days, trial.create) == (True, 90, None)
    assert (multi.level, multi.multi_domain, multi.extra_domains, multi.extra_domain) == (
        ValidationLevel.EXTENDED,
        True,
        210,
        Price(Decimal(106), "EUR"),
    )


def test_unknown_level_of_a_product_is_unknown():
    text = '{"productID":"55","productName":"X","brandName":"Y","validationType":"qv"}'

    assert certificate_mapping.product(data_of(text)).level is ValidationLevel.UNKNOWN


def test_list_of_certificates():
    text = (
        '{"queryInfo":{"page":1,"pageLength":2,"results":1,"total":20},"ssl":[{%s,"sanMaxDomains":200}]}'
        % LINE
    )

    page = certificate_mapping.certificates(data_of(text))

    assert page.items == (
        Certificate(
            "130839",
            "*.faro.com",
            CertificateStatus.VALID,
            "valid",
            product_id="56",
            alternative_names=("*.faro.com", "faro.com"),
            domains=200,
            renewable=False,
            created_on=date(2026, 5, 6),
            expires_on=date(2027, 6, 7),
        ),
    )
    assert page.total == 20


@pytest.mark.parametrize(("word", "status"), certificate_mapping.STATUS.items())
def test_status_of_a_certificate(word, status):
    text = '{"certificateID":1,"commonName":"faro.com","status":"%s"}' % word

    assert certificate_mapping.certificate(data_of(text)).status is status


def test_unknown_status_of_a_certificate_is_kept():
    found = certificate_mapping.certificate(
        data_of('{"certificateID":1,"commonName":"a.com","status":"lost"}')
    )

    assert (found.status, found.raw_status) == (CertificateStatus.UNKNOWN, "lost")


@pytest.mark.parametrize("written", ["{%s}", "[{%s}]"])
def test_ordered_certificate_is_in_process_and_paid(written):
    text = '{"billing":{"total":48.34,"currency":"EUR"},"ssl":%s}' % (written % FRESH)

    found = certificate_mapping.ordered(data_of(text))

    assert (found.certificate_id, found.status, found.created_on) == (
        "135520",
        CertificateStatus.PROCESSING,
        None,
    )
    assert found.charged == Price(Decimal("48.34"), "EUR")


def test_reissued_certificate_stands_by_itself():
    found = certificate_mapping.certificate(data_of("{%s,%s}" % (LINE, '"numDomains":200,"sanMaxDomains":3')))

    assert found.domains == 200


@pytest.mark.parametrize(
    ("method", "value", "known", "check"),
    [
        (
            "dns",
            '"_6e14.www.faro.com CNAME 96a5.ca.example"',
            ValidationMethod.DNS,
            {"checkvalue": "_6e14.www.faro.com CNAME 96a5.ca.example"},
        ),
        ("mail", '"admin@faro.com"', ValidationMethod.MAIL, {"checkvalue": "admin@faro.com"}),
        (
            "https",
            '{"link":"https:\\/\\/www.faro.com\\/.well-known\\/pki\\/6E.txt","file":"6E.txt","contents":"96\\nca"}',
            ValidationMethod.HTTPS,
            {"link": "https://www.faro.com/.well-known/pki/6E.txt", "file": "6E.txt", "contents": "96\nca"},
        ),
        ("pigeon", '""', None, {}),
        ("http", "[]", ValidationMethod.HTTP, {}),
    ],
)
def test_validation_tells_what_is_to_be_done(method, value, known, check):
    assert certificate_mapping.validation(data_of(dcv(method, value))) == CertificateValidation(
        names=(NameValidation("www.faro.com", False, known, check),),
        message="Wait.",
        external=True,
    )


def test_certificate_without_anything_to_validate_is_in_another_state():
    with pytest.raises(Conflict):
        certificate_mapping.validation(data_of("{%s}" % LINE))


def test_files_of_an_issued_certificate():
    text = (
        '{%s,"sslCert":"-----CERT-----","sslKey":"canary","sslCertChain":["-----ONE-----","-----TWO-----"],'
        '"fingerprint":{"SHA1":"A7:65","SHA256":"01:98","MD5":"C7:6B"}}' % LINE
    )

    found = certificate_mapping.files(data_of(text))

    assert found == CertificateFiles("-----CERT-----", "-----ONE-----\n-----TWO-----", "01:98", "canary")
    assert "canary" not in repr(found)


@pytest.mark.parametrize("extra", ["", ',"sslCert":"","sslKey":"","sslCertChain":[],"fingerprint":[]'])
def test_files_of_a_certificate_that_is_not_issued_are_a_conflict(extra):
    with pytest.raises(Conflict):
        certificate_mapping.files(data_of("{%s%s}" % (FRESH, extra)))


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (
            '{"type":"application\\/x-pkcs12","name":"certificate.pfx","base64encoded":true,"data":"MIIMAA=="}',
            Download("certificate.pfx", "application/x-pkcs12", b"0\x82\x0c\x00"),
        ),
        (
            '{"type":"text\\/plain","name":"..\\/..\\/certificate.pem","base64encoded":false,"data":"-----PEM-----\\n"}',
            Download("certificate.pem", "text/plain", b"-----PEM-----\n"),
        ),
    ],
)
def test_download_is_bytes_under_a_bare_name(content, file):
    found = certificate_mapping.download(data_of('{%s,"content":%s}' % (LINE, content)))

    assert found == file
    assert "PEM" not in repr(found)


@pytest.mark.parametrize("content", ["[]", "{}", "null"])
def test_download_of_nothing_is_a_conflict(content):
    with pytest.raises(Conflict):
        certificate_mapping.download(data_of('{%s,"content":%s}' % (FRESH, content)))


def test_addresses_without_the_other_methods():
    text = (
        '{"commonName":"faro.com","valMethods":["dns","http","https","admin@faro.com","webmaster@faro.com"]}'
    )

    assert certificate_mapping.validation_emails(data_of(text)) == ("admin@faro.com", "webmaster@faro.com")


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (certificate_mapping.csr, '{"csrData":"x"}'),
        (certificate_mapping.product, '{"productName":"X"}'),
        (certificate_mapping.product, '{"productID":1,"productName":"X","trialPeriod":"some"}'),
        (certificate_mapping.product, '{"productID":1,"productName":"X","create":{"create":"dear"}}'),
        (certificate_mapping.certificate, '{"certificateID":"","commonName":"a.com","status":"valid"}'),
        (certificate_mapping.ordered, '{"ssl":[]}'),
        (certificate_mapping.download, '{"content":{"name":"a","data":"%%","base64encoded":true}}'),
        (certificate_mapping.download, '{"content":{"name":"a","data":"b"}}'),
        (certificate_mapping.validation_emails, '{"valMethods":[1]}'),
    ],
)
def test_other_shape_of_a_certificate_is_unreadable(read, text):
    with pytest.raises(UnreadableReply):
        read(data_of(text))
