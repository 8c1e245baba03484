"""Certificates at MrDomain, up to their issue: manual 8."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    pkcs7,
    pkcs12,
)

from tests.sandbox.certificates import DAY, SUBJECT, issued, order, own_key, pem_of, request_for, status


@pytest.fixture
def admin(api: Any) -> dict[str, str]:
    return {"adminContactID": api.state()["contacts"][0]["contactID"]}


def test_request_is_made_with_its_key_and_read_again(api: Any) -> None:
    made = api.ok("ssl/csrcreate", **SUBJECT)
    assert list(made) == ["csrData", "csrKey", *SUBJECT]
    key = load_pem_private_key(made["csrKey"].encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.key_size == 2048
    assert x509.load_pem_x509_csr(made["csrData"].encode()).public_key() == key.public_key()
    read = api.ok("ssl/csrdecode", csrData=made["csrData"])
    assert {field: read[field] for field in SUBJECT} == SUBJECT
    assert api.journal() == []


def test_request_without_much_of_a_subject_is_read(api: Any) -> None:
    read = api.ok("ssl/csrdecode", csrData=request_for("example.com"))
    assert (read["commonName"], read["emailAddress"]) == ("example.com", "")


@pytest.mark.parametrize("field", SUBJECT)
def test_every_field_of_a_request_is_demanded(api: Any, field: str) -> None:
    assert api.code("ssl/csrcreate", **{**SUBJECT, field: ""}) == 101


def test_what_is_no_request_is_refused(api: Any) -> None:
    assert api.code("ssl/csrcreate", **{**SUBJECT, "countryName": "Spain"}) == 105
    assert api.code("ssl/csrdecode") == 101
    good = request_for("example.com")
    for bad in ("x", good[:200], good.replace("CERTIFICATE REQUEST", "CERTIFICATE")):
        assert api.code("ssl/csrdecode", csrData=bad) == 5000


def test_products_have_the_manuals_fields(api: Any) -> None:
    rows = {row["productID"]: row for row in api.ok("ssl/productlist")["products"]}
    assert len(rows) == 12
    assert list(rows[55])[10:] == ["create", "renew"]
    assert rows[55]["create"] == {"create": 4.95, "years": 1}
    assert rows[57]["create"] == {"create": 28.0, "years": 1, "isPromo": True}
    assert rows[58]["trialPeriod"] == "90 days"
    assert "create" not in rows[58]
    assert (rows[17]["sanMaxDomains"], rows[17]["sanPrice"]) == (210, 106.0)
    assert api.ok("ssl/productgetinfo", productID=17) == rows[17]
    assert api.code("ssl/productgetinfo", productID=99) == 5000
    assert api.code("ssl/productgetinfo") == 101


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"wildcard": "1"}, {14, 56}),
        ({"trial": "true"}, {58}),
        ({"multidomain": "1", "validationType": "ev"}, {17}),
        ({"wildcard": "0", "multidomain": "", "trial": "0", "validationType": "ov"}, {9}),
    ],
)
def test_products_are_filtered(api: Any, filters: dict[str, str], numbers: set[int]) -> None:
    assert {row["productID"] for row in api.ok("ssl/productlist", **filters)["products"]} == numbers


def test_order_is_in_process_and_charged(api: Any, admin: dict[str, str]) -> None:
    data = api.ok("ssl/create", csrData=request_for("www.lighthouse.com"), productID=1, **admin)
    number = data["ssl"].pop("certificateID")
    assert data == {
        "billing": {"total": 19.95, "currency": "EUR"},
        "ssl": {
            "commonName": "www.lighthouse.com",
            "status": "process",
            "renewable": False,
            "productID": 1,
            "tsCreate": "",
            "tsExpir": "",
            "alternativeNames": [],
        },
    }
    assert api.state()["balance"] == "4980.05"
    (entry,) = api.journal()
    assert (entry["action"], entry["results"]) == ("ssl/create", {"certificateID": number})
    assert api.code("ssl/getinfo", certificateID=number, infoType="ssldata") == 5000


def test_order_is_issued_on_the_sandbox_clock_as_a_real_certificate(api: Any) -> None:
    number = int(order(api, keyData=pem_of(own_key()))["certificateID"])
    assert status(api, number) == "process"
    api.advance(100)
    data = api.ok("ssl/getinfo", certificateID=number, infoType="ssldata")
    assert (data["status"], data["alternativeNames"]) == ("valid", ["www.lighthouse.com", "lighthouse.com"])
    certificate = x509.load_pem_x509_certificate(data["sslCert"].encode())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == data["alternativeNames"]
    assert certificate.public_key() == own_key().public_key()
    assert certificate.not_valid_after_utc.strftime("%Y-%m-%d") == data["tsExpir"]
    (chain,) = data["sslCertChain"]
    certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(chain.encode()))
    assert data["sslKey"] == pem_of(own_key()).strip()
    assert data["fingerprint"]["SHA256"] == certificate.fingerprint(hashes.SHA256()).hex(":").upper()
    assert "PRIVATE KEY" not in json.dumps([api.journal(), api.state()])


def test_certificate_comes_in_every_format(api: Any) -> None:
    key = pem_of(own_key())
    number = issued(api, keyData=key)
    found = {}
    for kind in ("pfx", "der", "p7b", "zip", "pem"):
        more = {"pfxpass": "hush-hush"} if kind == "pfx" else {}
        content = api.ok("ssl/getinfo", certificateID=number, infoType=kind, **more)["content"]
        assert content["name"] == f"certificate.{kind}"
        data = content["data"]
        found[kind] = base64.b64decode(data) if content["base64encoded"] else data.encode()
    pem = x509.load_pem_x509_certificate(found["pem"])
    assert x509.load_der_x509_certificate(found["der"]) == pem
    assert pem in pkcs7.load_pem_pkcs7_certificates(found["p7b"])
    _, own, chain = pkcs12.load_key_and_certificates(found["pfx"], b"hush-hush")
    assert own == pem
    assert len(chain) == 1
    with zipfile.ZipFile(io.BytesIO(found["zip"])) as archive:
        assert set(archive.namelist()) == {"certificate.crt", "certificate.ca-crt", "certificate.key"}


def test_certificate_ordered_without_its_key_has_no_pfx(api: Any) -> None:
    number = issued(api)
    assert api.ok("ssl/getinfo", certificateID=number, infoType="ssldata")["sslKey"] == ""
    assert api.code("ssl/getinfo", certificateID=number, infoType="pfx") == 5000
    assert api.ok("ssl/getinfo", certificateID=number, infoType="zip")["content"]["base64encoded"] is True


def test_pfx_without_a_password_opens_without_one(api: Any) -> None:
    number = issued(api, keyData=pem_of(own_key()))
    data = api.ok("ssl/getinfo", certificateID=number, infoType="pfx")["content"]["data"]
    assert pkcs12.load_key_and_certificates(base64.b64decode(data), None)[0] is not None


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"csrData": ""}, 101),
        ({"csrData": "x"}, 5000),
        ({"productID": ""}, 101),
        ({"productID": "x"}, 105),
        ({"productID": "99"}, 5000),
        ({"period": "2"}, 105),
        ({"adminContactID": ""}, 101),
        ({"adminContactID": "XX-1"}, 3001),
        ({"techContactID": "XX-1"}, 3001),
        ({"adminContactID": "", "adminContactType": "individual"}, 101),
        ({"productID": "9"}, 101),
        ({"validationMethod": "pigeon"}, 105),
        ({"validationMethod": "admin@other.com"}, 105),
        ({"keyData": "x"}, 5000),
        ({"productID": "56"}, 5000),
        ({"csrData": request_for("*.lighthouse.com")}, 5000),
        ({"csrData": request_for("")}, 5000),
        ({"csrData": request_for("lighthouse")}, 5000),
        ({"csrData": request_for("a b.com")}, 5000),
        ({"csrData": request_for("refuse-me.com")}, 5000),
        ({"alt_name_1": "mail.lighthouse.com"}, 105),
        ({"productID": "57", "alt_name_1": "www.lighthouse.com"}, 5000),
        ({"productID": "57", "alt_name_1": "mail.lighthouse.com", "alt_validation_1": "pigeon"}, 105),
    ],
)
def test_order_refused_answers_its_code_and_has_no_effect(
    api: Any, admin: dict[str, str], sent: dict[str, str], code: int
) -> None:
    good = {"csrData": request_for("www.lighthouse.com"), "productID": "55", **admin}
    assert api.code("ssl/create", **{**good, **sent}) == code
    assert api.journal() == []


def test_weak_or_strange_keys_are_refused(api: Any, admin: dict[str, str]) -> None:
    for key in (rsa.generate_private_key(65537, 1024), ed25519.Ed25519PrivateKey.generate()):
        csr = request_for("www.lighthouse.com", key)
        assert api.code("ssl/create", csrData=csr, productID=55, **admin) == 5000
    other = pem_of(ec.generate_private_key(ec.SECP256R1()))
    sent = {"csrData": request_for("www.lighthouse.com"), "productID": 55, "keyData": other}
    assert api.code("ssl/create", **sent, **admin) == 5000


def test_order_beyond_the_balance_answers_1100(api: Any, admin: dict[str, str]) -> None:
    api.world(balance="4.94")
    assert api.code("ssl/create", csrData=request_for("x.com"), productID=55, **admin) == 1100
    order(api, product=58)


def test_order_with_several_names_pays_those_beyond_the_included(api: Any, admin: dict[str, str]) -> None:
    names = {f"alt_name_{n}": f"h{n}.lighthouse.com" for n in range(1, 5)}
    sent = {"csrData": request_for("lighthouse.com"), "productID": 57, **admin, **names}
    data = api.ok("ssl/create", **sent, alt_validation_2="http")
    assert data["billing"]["total"] == 28 + 2 * 9.95
    number = data["ssl"]["certificateID"]
    checks = api.ok("ssl/getinfo", certificateID=number, infoType="validationStatus")["validationData"]["dcv"]
    assert {name: check["method"] for name, check in checks.items()} == {
        "lighthouse.com": "dns",
        "h1.lighthouse.com": "dns",
        "h2.lighthouse.com": "http",
        "h3.lighthouse.com": "dns",
        "h4.lighthouse.com": "dns",
    }
    api.control("POST", "/settle")
    info = api.ok("ssl/getinfo", certificateID=number)
    assert info["numDomains"] == 5
    assert len(info["alternativeNames"]) == 5
    many = {f"alt_name_{n}": f"h{n}.lighthouse.com" for n in range(1, 251)}
    assert api.code("ssl/create", **{**sent, **many}) == 5000


def test_contacts_as_data_become_contacts(api: Any, inline: Any) -> None:
    before = api.ok("contact/list")["queryInfo"]["total"]
    sent = {"csrData": request_for("www.lighthouse.com"), "productID": 9}
    api.ok("ssl/create", **sent, **inline("admin"), **inline("org", Email="org@example.com"))
    assert api.ok("contact/list")["queryInfo"]["total"] == before + 2
    contacts = api.state()["certificates"][-1]["contacts"]
    assert contacts["tech"] == contacts["admin"] != contacts["org"]


def test_each_method_asks_for_something_of_its_own(api: Any) -> None:
    number = order(api, "lighthouse.com")["certificateID"]
    seen = {}
    for method in ("dns", "http", "https", "mail", "postmaster@lighthouse.com"):
        sent = {"certificateID": number, "commonName": "lighthouse.com", "validationMethod": method}
        data = api.ok("ssl/changevalidationmethod", **sent)["validationData"]
        seen[method] = data["dcv"]["lighthouse.com"]
    assert seen["dns"]["checkvalue"].split()[1] == "CNAME"
    assert list(seen["http"]["checkvalue"]) == ["link", "file", "contents"]
    assert seen["https"]["checkvalue"]["link"].startswith(
        "https://lighthouse.com/.well-known/pki-validation/"
    )
    assert (seen["mail"]["method"], seen["mail"]["checkvalue"]) == ("mail", "admin@lighthouse.com")
    assert seen["postmaster@lighthouse.com"]["checkvalue"] == "postmaster@lighthouse.com"
    assert [row["action"] for row in api.journal()].count("ssl/changevalidationmethod") == 5


def test_organization_is_proved_after_the_name(api: Any) -> None:
    contact = api.state()["contacts"][1]["contactID"]
    number = order(api, product=9, orgContactID=contact)["certificateID"]
    api.advance(100)
    data = api.ok("ssl/getinfo", certificateID=number, infoType="validationStatus")["validationData"]
    assert data["dcv"]["www.lighthouse.com"]["validated"] is True
    assert (data["organizationValidationStatus"], data["externalValidation"]) == ("pending", False)
    api.advance(250)
    assert status(api, number) == "valid"


def test_name_that_is_never_validated_waits_for_another_way(api: Any) -> None:
    number = order(api, "unvalidated-lamps.com")["certificateID"]
    api.advance(30 * DAY)
    assert status(api, number) == "process"
    api.control("POST", "/settle")
    assert status(api, number) == "valid"


def test_cancelled_order_is_refunded(api: Any) -> None:
    number = order(api, "cancel-me.com")["certificateID"]
    api.advance(100)
    assert status(api, number) == "cancel"
    assert [row["action"] for row in api.journal()] == ["ssl/create", "(refund)"]
    assert api.state()["balance"] == "5000.00"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"certificateID": ""}, 101),
        ({"certificateID": 1}, 5001),
        ({"commonName": ""}, 101),
        ({"commonName": "a b"}, 105),
        ({"commonName": "lighthouse"}, 105),
        ({"commonName": "other.com"}, 5000),
        ({"validationMethod": ""}, 101),
        ({"validationMethod": "pigeon"}, 105),
    ],
)
def test_change_of_method_that_cannot_be_answers_its_code(api: Any, sent: dict[str, Any], code: int) -> None:
    number = order(api, "lighthouse.com")["certificateID"]
    good = {"certificateID": number, "commonName": "lighthouse.com", "validationMethod": "http"}
    assert api.code("ssl/changevalidationmethod", **{**good, **sent}) == code


def test_validation_is_over_once_it_is_done(api: Any) -> None:
    number = issued(api, "lighthouse.com")
    sent = {"certificateID": number, "commonName": "lighthouse.com"}
    assert api.code("ssl/changevalidationmethod", **sent, validationMethod="http") == 5000
    assert api.code("ssl/resendvalidationmail", **sent) == 5000
    assert api.code("ssl/getinfo", certificateID=number, infoType="validationStatus") == 5000


def test_name_that_is_validated_is_not_validated_again(api: Any) -> None:
    contact = api.state()["contacts"][1]["contactID"]
    number = order(api, product=9, orgContactID=contact)["certificateID"]
    api.advance(100)
    sent = {"certificateID": number, "commonName": "www.lighthouse.com", "validationMethod": "http"}
    assert api.code("ssl/changevalidationmethod", **sent) == 5000


def test_mail_is_sent_again_where_the_name_is_validated_by_mail(api: Any) -> None:
    first = order(api, "lighthouse.com", validationMethod="mail")["certificateID"]
    data = api.ok("ssl/resendvalidationmail", certificateID=first, commonName="lighthouse.com")
    assert data["validationData"]["dcv"]["lighthouse.com"]["checkvalue"] == "admin@lighthouse.com"
    second = order(api, "lighthouse.org")["certificateID"]
    assert api.code("ssl/resendvalidationmail", certificateID=second, commonName="lighthouse.org") == 5000


def test_ways_to_validate_a_name(api: Any) -> None:
    data = api.ok("ssl/getvalidationemails", commonName="*.Example.com")
    assert data["commonName"] == "*.example.com"
    assert data["valMethods"][:4] == ["dns", "http", "https", "admin@example.com"]
    mails = api.ok("ssl/getvalidationemails", commonName="www.example.com", includeAlternativeMethods="")
    assert mails["valMethods"] == [
        f"{box}@example.com" for box in ("admin", "administrator", "hostmaster", "webmaster", "postmaster")
    ]
