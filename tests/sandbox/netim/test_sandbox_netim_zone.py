"""DNS zones, forwarding of mail and web addresses, SSL (sections 2.10 to 2.12)."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

MINE = "walsh-boatyard.com"
SRV = {"service": "_sip", "protocol": "_tcp", "ttl": "3600", "priority": "20", "weight": "5", "port": "5060"}
PARTS = {
    "Country": "FR",
    "City": "Lille",
    "Region": "Nord",
    "Organisation": "Phare",
    "CommonName": ["www.lamp.example"],
}
SEEDED = "SSL-PH4R-01"


def rows(api: Any) -> list[tuple[str, str, str]]:
    return [(row["host"], row["type"], row["value"]) for row in api.ok("queryZoneList", MINE)]


@pytest.mark.parametrize(
    ("sub", "kind", "value", "stored"),
    [
        ("", "A", "203.0.113.1", "203.0.113.1"),
        ("www2", "aaaa", "2001:DB8::1", "2001:db8::1"),
        ("*.shop", "CNAME", "Target.Example.net.", "target.example.net"),
        ("", "TXT", "v=spf1 include:Example.net ~all", "v=spf1 include:Example.net ~all"),
        ("_dmarc", "TXT", "v=DMARC1", "v=DMARC1"),
        ("sub", "NS", "ns1.example.net", "ns1.example.net"),
        ("", "MX", "mail.example.net", "mail.example.net"),
        ("", "SRV", "sip.example.net", "sip.example.net"),
    ],
)
def test_record_is_added_and_removed(api: Any, sub: str, kind: str, value: str, stored: str) -> None:
    before, host = rows(api), f"{sub}.{MINE}" if sub else MINE
    assert api.done("domainZoneCreate", MINE, sub, kind, value, SRV)["TYPE"] == "domainZoneCreate"
    assert set(rows(api)) - set(before) == {(host, kind.upper(), stored)}
    assert api.fails("domainZoneCreate", MINE, sub, kind, value, SRV).startswith("E90-M9002")
    api.done("domainZoneDelete", MINE, sub, kind, value)
    assert rows(api) == before
    assert api.fails("domainZoneDelete", MINE, sub, kind, value) == "E13 : value : Unknown"


def test_record_tells_its_options(api: Any) -> None:
    api.done("domainZoneCreate", MINE, "", "SRV", "sip.example.net", SRV)
    api.done(
        "domainZoneCreate", MINE, "x", "A", "203.0.113.1", {"ttl": "600", "priority": "20", "service": ""}
    )
    *_, srv, address = api.ok("queryZoneList", MINE)
    assert list(srv) == ["host", "type", "value", "options"]
    assert srv["options"] == SRV
    assert address["options"] == {
        "service": "",
        "protocol": "",
        "ttl": "600",
        "priority": None,
        "weight": None,
        "port": None,
    }


@pytest.mark.parametrize(
    ("sub", "kind", "value", "options", "text"),
    [
        ("", "CAA", "0 issue x", {}, "type : Invalid value"),
        ("", "A", "2001:db8::1", {}, "value : Invalid value"),
        ("", "A", "300.1.1.1", {}, "value : Invalid value"),
        ("", "AAAA", "203.0.113.1", {}, "value : Invalid value"),
        ("", "MX", "not a host", {}, "value : Invalid value"),
        ("", "TXT", "", {}, "value : Missing value"),
        ("a b", "A", "203.0.113.1", {}, "subdomain : Invalid value"),
        ("", "A", "203.0.113.1", {"ttl": "1"}, "ttl : Invalid value"),
        ("", "MX", "mail.example.net", {"priority": "70000"}, "priority : Invalid value"),
        ("", "SRV", "sip.example.net", {"priority": "1"}, "service : Missing value"),
        ("", "A", "203.0.113.1", "text", "options : Invalid value"),
    ],
)
def test_bad_record_is_refused(api: Any, sub: str, kind: str, value: str, options: Any, text: str) -> None:
    assert api.fails("domainZoneCreate", MINE, sub, kind, value, options) == f"E13 : {text}"
    assert not api.journal()


def test_alias_beside_another_record_fails(api: Any) -> None:
    assert (
        api.failed("domainZoneCreate", MINE, "", "CNAME", "x.example.net", None)
        == "Conflict with another record"
    )


def test_zone_is_made_anew_from_a_template(api: Any) -> None:
    assert api.done("domainZoneInit", MINE, "2")["TYPE"] == "domainZoneInit"
    assert (MINE, "A", "203.0.113.80") in rows(api)
    assert api.fails("domainZoneInit", MINE, "7") == "E13 : numTemplate : Unknown"


def test_soa_is_set_in_units(api: Any) -> None:
    values = ("1", "H", "6", "h", "30", "M", "2", "W", "600", "S")
    assert api.done("domainZoneInitSoa", MINE, *values)["TYPE"] == "domainZoneInitSoa"
    (domain,) = [row for row in api.state()["domains"] if row["domain"] == MINE]
    assert domain["soa"] == {"ttl": 3600, "refresh": 21600, "retry": 1800, "expire": 1209600, "minimum": 600}
    assert api.fails("domainZoneInitSoa", MINE, "1", "Y", *values[2:]) == "E13 : ttlUnit : Invalid value"
    assert api.fails("domainZoneInitSoa", MINE, "0", "S", *values[2:]) == "E13 : ttl : Invalid value"


@pytest.mark.parametrize("local", ["info", "*"])
def test_mail_forward_lives(api: Any, local: str) -> None:
    name = "brandt-moebelhaus.com"
    assert (
        api.done("domainMailFwdCreate", f"{local}@{name}", "a@x.example, b@y.example")["TYPE"]
        == "domainMailFwdCreate"
    )
    expected = {"mailBox": f"{local}@{name}", "recipients": "a@x.example,b@y.example", "install": "1"}
    assert api.ok("queryMailFwdList", name) == [expected]
    assert api.fails("domainMailFwdCreate", f"{local}@{name}", "a@x.example").startswith("E90-M9002")
    api.done("domainMailFwdDelete", f"{local}@{name.upper()}")
    assert api.ok("queryMailFwdList", name) == []
    assert api.fails("domainMailFwdDelete", f"{local}@{name}") == "E13 : mailBox : Unknown"


@pytest.mark.parametrize(
    ("mailbox", "recipients", "text"),
    [
        ("nobody", "a@x.example", "E13 : mailBox"),
        (f"a@{MINE}", "nobody", "E13 : recipients"),
        ("a@google.com", "a@x.example", "E15-M1502"),
        (f"a@sub.{MINE}", "a@x.example", "E15-M1502"),
        ("a@lantern-lane-studio.com", "a@x.example", "E90-M9005"),
    ],
)
def test_bad_mail_forward_is_refused(api: Any, mailbox: str, recipients: str, text: str) -> None:
    assert api.fails("domainMailFwdCreate", mailbox, recipients).startswith(text)


@pytest.mark.parametrize(
    ("kind", "target", "options", "stored"),
    [
        ("DIRECT", "https://www.x.example/a", {"header": "301", "protocol": "https"}, "www.x.example/a"),
        ("masked", "www.x.example", {"protocol": "http", "title": "Boats"}, "www.x.example"),
        ("IP", "203.0.113.9", {}, "203.0.113.9"),
        ("PARKING", "", {"parking": "standard"}, ""),
    ],
)
def test_web_forward_lives(api: Any, kind: str, target: str, options: dict[str, str], stored: str) -> None:
    name = "brandt-moebelhaus.com"
    assert api.done("domainWebFwdCreate", f"go.{name}", target, kind, options)["TYPE"] == "domainWebFwdCreate"
    (row,) = api.ok("queryWebFwdList", name)
    assert list(row) == ["FQDN", "type", "target", "install", "options"]
    assert (row["FQDN"], row["type"], row["target"]) == (f"go.{name}", kind.upper(), stored)
    assert list(row["options"]) == ["header", "protocol", "title", "parking"]
    assert api.fails("domainWebFwdCreate", f"go.{name}", target, kind, options).startswith("E90-M9002")
    api.done("domainWebFwdDelete", f"go.{name}")
    assert api.ok("queryWebFwdList", name) == []
    assert api.fails("domainWebFwdDelete", f"go.{name}") == "E13 : fqdn : Unknown"


@pytest.mark.parametrize(
    ("fqdn", "kind", "options", "text"),
    [
        ("go.google.com", "IP", {}, "E15-M1502"),
        (f"g o.{MINE}", "IP", {}, "E13 : fqdn"),
        (f"go.{MINE}", "FRAME", {}, "E13 : type"),
        (f"go.{MINE}", "DIRECT", {"header": "200", "protocol": "http"}, "E13 : header"),
        (f"go.{MINE}", "MASKED", {"protocol": "gopher"}, "E13 : protocol"),
    ],
)
def test_bad_web_forward_is_refused(
    api: Any, fqdn: str, kind: str, options: dict[str, str], text: str
) -> None:
    assert api.fails("domainWebFwdCreate", fqdn, "x.example", kind, options).startswith(text)


def issued(api: Any, parts: Any, validation: str = "dns") -> str:
    """The IDSSL of a new certificate, from the list of pending operations."""
    number = api.pending("sslCreate", "SSLDV", "1", parts, validation)
    (row,) = [row for row in api.ok("queryOpePending") if row["id_ope"] == number]
    assert row["code_ope"] == "sslCreate"
    assert api.ok("sslInfo", row["data_ope"])["status"] == "PENDING"
    api.advance(61)
    assert api.ok("queryOpe", number)["STATUS"] == "Done"
    return str(row["data_ope"])


def test_certificate_is_issued_for_data_that_were_sent(api: Any) -> None:
    info = api.ok("sslInfo", issued(api, {**PARTS, "AlternativeNames": ["lamp.example"]}))
    assert " ".join(info) == (
        "IDSSL prod commonName alternativeNames dateCreation dateEmission dateExpiration certificate "
        "csr privateKey status"
    )
    assert (info["status"], info["commonName"], info["alternativeNames"]) == (
        "ACTIVE",
        ["www.lamp.example"],
        ["lamp.example"],
    )
    certificate = x509.load_pem_x509_certificate(info["certificate"].encode())
    key = serialization.load_pem_private_key(info["privateKey"].encode(), None)
    assert certificate.public_key() == key.public_key()
    assert certificate.not_valid_after_utc.strftime("%Y-%m-%d") == info["dateExpiration"]
    assert api.journal("sslCreate")[0]["price"] == "9.00"
    assert "PRIVATE" not in str(api.journal()) + str(api.state())


def test_certificate_is_issued_for_a_request_that_was_sent(api: Any) -> None:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "www.lamp.example")])
    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder(name).sign(key, hashes.SHA256())
    csr = request.public_bytes(serialization.Encoding.PEM).decode()
    info = api.ok("sslInfo", issued(api, {"CSR": csr}, "email:admin@lamp.example"))
    assert (info["privateKey"], info["commonName"]) == ("", ["www.lamp.example"])
    assert x509.load_pem_x509_certificate(info["certificate"].encode()).public_key() == key.public_key()


@pytest.mark.parametrize(
    ("product", "years", "parts", "validation", "text"),
    [
        ("SSLEV", "1", PARTS, "dns", "prod : Unknown"),
        ("SSLDV", "2", PARTS, "dns", "duration : Invalid value"),
        ("SSLDV", "1", {**PARTS, "City": ""}, "dns", "City : Missing value"),
        ("SSLDV", "1", {**PARTS, "CommonName": []}, "dns", "CommonName : Missing value"),
        ("SSLDV", "1", {**PARTS, "CommonName": ["no host"]}, "dns", "CommonName : Invalid value"),
        ("SSLDV", "1", {"CSR": "-----BEGIN NONSENSE-----"}, "dns", "CSR : Invalid value"),
        ("SSLDV", "1", PARTS, "pigeon", "validation : Invalid value"),
        ("SSLDV", "1", PARTS, "email:ada@lamp.example", "validation : Invalid value"),
        ("SSLDV", "1", PARTS, "email:admin@other.example", "validation : Invalid value"),
    ],
)
def test_bad_certificate_order_is_refused(
    api: Any, product: str, years: str, parts: Any, validation: str, text: str
) -> None:
    assert api.fails("sslCreate", product, years, parts, validation) == f"E13 : {text}"


def test_refused_certificate_is_gone(api: Any) -> None:
    number = api.pending("sslCreate", "SSLDV", "1", {**PARTS, "CommonName": ["refuse.lamp.example"]}, "file")
    key = api.ok("queryOpePending")[-1]["data_ope"]
    api.settle()
    assert api.ok("queryOpe", number)["STATUS"] == "Failed"
    assert api.fails("sslInfo", key) == "E13 : IDSSL : Unknown"
    assert api.balance() == "5000.00"


def test_certificate_is_renewed_reissued_and_revoked(api: Any) -> None:
    before = api.ok("sslInfo", SEEDED)
    api.pending("sslRenew", SEEDED, "1")
    api.settle()
    renewed = api.ok("sslInfo", SEEDED)
    assert int(renewed["dateExpiration"][:4]) == int(before["dateExpiration"][:4]) + 1
    same = {**PARTS, "CommonName": before["commonName"]}
    assert api.fails("sslReIssue", SEEDED, PARTS, "dns") == "E13 : CommonName : Invalid value"
    api.pending("sslReIssue", SEEDED, same, "dns")
    api.settle()
    assert api.ok("sslInfo", SEEDED)["certificate"] != renewed["certificate"]
    api.done("sslSetPreference", SEEDED, "auto_renew", "1")
    assert api.fails("sslSetPreference", SEEDED, "colour", "1") == "E13 : codePref : Invalid value"
    api.done("sslRevoke", SEEDED)
    assert api.ok("sslInfo", SEEDED)["status"] == "REVOKED"
    assert api.fails("sslRenew", SEEDED, "1").startswith("E90-M9005")
    actions = [row["action"] for row in api.journal() if row["subject"] == SEEDED]
    assert actions == ["sslRenew", "sslReIssue", "sslSetPreference", "sslRevoke"]
