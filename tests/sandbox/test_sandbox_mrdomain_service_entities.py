"""What lies in a service of MrDomain: manual 7.10-7.39."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NAME, MAIL, REDIR = "soler-estudio.com", "laribera-vecinos.org", "willford-photos.com"
SAMPLES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "ftp": (
        {"name": "web", "ftpPath": "/web", "password": "secret-1"},
        {"ftpPath": "/new", "password": "secret-2"},
    ),
    "ddbb": ({"password": "secret-1"}, {"password": "secret-2", "externalAccess": "1"}),
    "subdomain": ({"name": "shop", "ftpPath": "shop/"}, {"ftpPath": "public/"}),
    "redirect": (
        {"origin": f"http://{NAME}/a", "destination": "https://example.com", "type": "301"},
        {"destination": "https://example.org/x", "type": "frame"},
    ),
    "mail": ({"name": "nueva", "password": "secret-1"}, {"password": "secret-2"}),
    "mailalias": ({"name": "todos", "target": "a@example.com,b@example.com"}, {"target": "c@example.com"}),
    "dns": (
        {"name": f"api.{NAME}", "type": "A", "value": "37.152.90.20"},
        {"value": "37.152.90.21", "ttl": "600"},
    ),
}
FIELDS = {
    "ftp": ["entityID", "name", "ftpPath", "password", "quota"],
    "ddbb": ["entityID", "name", "user", "password", "externalAccess"],
    "subdomain": ["entityID", "name", "ftpPath"],
    "redirect": ["entityID", "origin", "destination", "type"],
    "mail": ["entityID", "name", "password", "usage", "quotaMax"],
    "mailalias": ["entityID", "name", "target"],
    "dns": ["entityID", "name", "type", "ttl", "priority", "value"],
}


def make(api: Any, kind: str, service: str = NAME, **change: str) -> Any:
    """A new entity as the reply has it."""
    (row,) = api.ok(f"service/{kind}create", serviceName=service, **{**SAMPLES[kind][0], **change})[kind]
    return row


def failing(api: Any, kind: str, service: str = NAME, **change: str) -> int:
    code: int = api.code(f"service/{kind}create", serviceName=service, **{**SAMPLES[kind][0], **change})
    return code


@pytest.mark.parametrize("kind", SAMPLES)
def test_entity_lives_from_create_to_delete(api: Any, kind: str) -> None:
    row = make(api, kind)
    assert list(row) == FIELDS[kind]
    assert re.fullmatch(r"SRV\d{10}-\d{10}", row["entityID"])
    key = {"serviceName": NAME, "entityID": row["entityID"]}
    assert api.ok(f"service/{kind}getinfo", **key) == {kind: [row]}
    (changed,) = api.ok(f"service/{kind}update", **key, **SAMPLES[kind][1])[kind]
    assert changed["entityID"] == row["entityID"]
    assert changed != row or kind == "mail"
    assert api.ok(f"service/{kind}getinfo", **key) == {kind: [changed]}
    assert api.ok(f"service/{kind}delete", **key) == {}
    assert api.code(f"service/{kind}getinfo", **key) == 4002
    assert [(entry["action"], entry["subject"]) for entry in api.journal()] == [
        (f"service/{kind}{word}", NAME) for word in ("create", "update", "delete")
    ]
    assert "secret-" not in json.dumps(api.journal())


@pytest.mark.parametrize("kind", SAMPLES)
def test_entity_and_service_that_there_are_not_have_their_codes(api: Any, kind: str) -> None:
    change = SAMPLES[kind][1]
    for word, more in (("getinfo", {}), ("update", change), ("delete", {})):
        assert api.code(f"service/{kind}{word}", serviceName=NAME, **more) == 101
        assert api.code(f"service/{kind}{word}", serviceName=NAME, entityID="SRV0-1", **more) == 4002
        assert api.code(f"service/{kind}{word}", serviceName="nobody.com", entityID="SRV0-1", **more) == 4001
    assert api.code(f"service/{kind}list", serviceName="nobody.com") == 4001
    assert api.code(f"service/{kind}list") == 101
    assert failing(api, kind, "nobody.com") == 4001


@pytest.mark.parametrize("kind", [kind for kind in SAMPLES if kind != "ddbb"])
def test_entity_that_there_is_already_answers_4004(api: Any, kind: str) -> None:
    make(api, kind)
    assert failing(api, kind) == 4004


@pytest.mark.parametrize("kind", SAMPLES)
def test_list_is_paged_and_filtered(api: Any, kind: str) -> None:
    row = make(api, kind)
    whole = api.ok(f"service/{kind}list", serviceName=NAME)
    assert whole["queryInfo"]["pageLength"] == 1000
    total = whole["queryInfo"]["total"]
    page = api.ok(f"service/{kind}list", serviceName=NAME, pageLength=1, page=total)
    assert [one["entityID"] for one in page[kind]] == [row["entityID"]]
    wanted = row.get("name") or row["origin"]
    found = api.ok(f"service/{kind}list", serviceName=NAME, filter=wanted.upper())[kind]
    assert [one["entityID"] for one in found] == [row["entityID"]]
    assert api.ok(f"service/{kind}list", serviceName=NAME, filter="zzzz")[kind] == []


@pytest.mark.parametrize(("kind", "limit"), [("ddbb", 5), ("ftp", 10)])
def test_plan_has_room_for_so_many_and_no_more(api: Any, kind: str, limit: int) -> None:
    there = api.ok(f"service/{kind}list", serviceName=NAME)["queryInfo"]["total"]
    for number in range(limit - there):
        make(api, kind, **({"name": f"user{number}"} if kind == "ftp" else {}))
    assert failing(api, kind) == 4003


@pytest.mark.parametrize("kind", ["ftp", "ddbb", "subdomain", "redirect"])
def test_mail_plan_has_no_room_for_what_a_site_needs(api: Any, kind: str) -> None:
    change = {"origin": f"http://{MAIL}/a"} if kind == "redirect" else {}
    assert failing(api, kind, MAIL, **change) == 4003


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("ftp", {"name": ""}, 101),
        ("ftp", {"name": "a b"}, 105),
        ("ftp", {"ftpPath": ""}, 101),
        ("ftp", {"ftpPath": "/../etc"}, 105),
        ("ftp", {"password": ""}, 101),
        ("ftp", {"password": "short"}, 105),
        ("ftp", {"password": "x" * 65}, 105),
        ("ddbb", {"password": ""}, 101),
        ("ddbb", {"externalAccess": "perhaps"}, 105),
        ("subdomain", {"name": "a b"}, 105),
        ("subdomain", {"ftpPath": ""}, 101),
        ("subdomain", {"sslCert": "x"}, 101),
        ("subdomain", {"sslCert": "x", "sslKey": "x", "sslCertChain": "x", "sslPath": "p/"}, 105),
        ("redirect", {"type": "307"}, 105),
        ("redirect", {"type": ""}, 101),
        ("redirect", {"origin": "http://other.com/a"}, 105),
        ("redirect", {"origin": "soler"}, 105),
        ("redirect", {"destination": "ftp://x.com"}, 105),
        ("redirect", {"destination": "http://[x"}, 105),
        ("mail", {"name": "hola@other.com"}, 105),
        ("mail", {"name": "-hola"}, 105),
        ("mail", {"name": "info"}, 4004),
        ("mail", {"password": ""}, 101),
        ("mailalias", {"target": ""}, 101),
        ("mailalias", {"target": "nobody"}, 105),
        ("mailalias", {"target": f"todos@{NAME}"}, 4004),
        ("mailalias", {"name": "hola"}, 4004),
    ],
)
def test_entity_that_cannot_be_answers_its_code(
    api: Any, kind: str, change: dict[str, str], code: int
) -> None:
    assert failing(api, kind, **change) == code
    assert api.journal() == []


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        ("ftp", f"web.{NAME}", f"web.{NAME}"),
        ("ftp", "web", f"web.{NAME}"),
        ("subdomain", f"shop.{NAME}", f"shop.{NAME}"),
        ("subdomain", "shop", f"shop.{NAME}"),
        ("mail", f"Neu@{NAME}", f"neu@{NAME}"),
        ("mail", "neu", f"neu@{NAME}"),
    ],
)
def test_name_may_be_sent_short_or_in_full(api: Any, kind: str, sent: str, kept: str) -> None:
    assert make(api, kind, name=sent)["name"] == kept


def test_passwords_of_ftp_and_databases_come_back_and_those_of_mailboxes_do_not(api: Any) -> None:
    assert make(api, "ftp")["password"] == "secret-1"
    assert make(api, "ddbb")["password"] == "secret-1"
    assert make(api, "mail")["password"] == "############"
    for kind, shown in (("ftp", "secret-1"), ("ddbb", "secret-1"), ("mail", "############")):
        rows = api.ok(f"service/{kind}list", serviceName=NAME)[kind]
        assert rows[-1]["password"] == shown


def test_database_gets_its_name_from_the_registrar_and_is_listed_without_its_access(api: Any) -> None:
    row = make(api, "ddbb")
    assert re.fullmatch(r"ddb\d+", row["name"])
    assert (row["user"], row["externalAccess"]) == (row["name"], False)
    listed = api.ok("service/ddbblist", serviceName=NAME)["ddbb"][-1]
    assert list(listed) == ["entityID", "name", "user", "password"]


def test_password_of_a_mailbox_changes_at_the_registrar(api: Any) -> None:
    row = make(api, "mail")
    api.ok("service/mailupdate", serviceName=NAME, entityID=row["entityID"], password="secret-9")
    service = next(one for one in api.state()["services"] if one["name"] == NAME)
    assert [box["password"] for box in service["mail"] if box["entityID"] == row["entityID"]] == ["secret-9"]


def test_alias_cannot_be_changed_to_lead_to_itself(api: Any) -> None:
    key = {"serviceName": NAME, "entityID": make(api, "mailalias")["entityID"]}
    assert api.code("service/mailaliasupdate", **key, target=f"todos@{NAME}") == 4005


@pytest.mark.parametrize(("kind", "name"), [("ftp", f"ftp.{NAME}"), ("subdomain", NAME)])
def test_what_belongs_to_the_service_itself_stays(api: Any, kind: str, name: str) -> None:
    rows = api.ok(f"service/{kind}list", serviceName=NAME)[kind]
    (key,) = [row["entityID"] for row in rows if row["name"] == name]
    assert api.code(f"service/{kind}delete", serviceName=NAME, entityID=key) == 4006


def test_redirects_of_a_parked_name_are_listed_with_their_ids(api: Any) -> None:
    (row,) = api.ok("service/redirectlist", serviceName=REDIR)["redirect"]
    assert list(row) == FIELDS["redirect"]


def test_empty_data_can_be_a_list_as_php_prints_it(api: Any) -> None:
    key = make(api, "ftp")["entityID"]
    api.world(empty_data="list")
    assert api.ok("service/ftpdelete", serviceName=NAME, entityID=key) == []


def pair(name: str) -> dict[str, str]:
    """A self-signed certificate and its key, as parameters."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    certificate = (
        builder.not_valid_before(now).not_valid_after(now + timedelta(days=9)).sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(Encoding.PEM).decode()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return {"sslCert": pem, "sslKey": secret, "sslCertChain": pem, "sslPath": "secure/"}


def test_certificate_of_a_subdomain_is_listed_with_its_key_and_masked_in_the_journal(api: Any) -> None:
    sent = pair(f"shop.{NAME}")
    row = make(api, "subdomain", **sent)
    assert row["ssl"]["ftpPath"] == "secure/"
    assert row["ssl"]["sslKey"].startswith("-----BEGIN PRIVATE KEY-----")
    assert api.ok("service/subdomainlist", serviceName=NAME)["subdomain"][-1] == row
    key = {"serviceName": NAME, "entityID": row["entityID"]}
    assert "ssl" not in api.ok("service/subdomaingetinfo", **key)["subdomain"][0]
    assert "PRIVATE KEY" not in json.dumps(api.journal())
    api.world(ssl_path_key="sslPath")
    (kept,) = api.ok("service/subdomainupdate", **key, ftpPath="new/")["subdomain"]
    assert (kept["ftpPath"], kept["ssl"]["sslPath"]) == ("new/", "secure/")


def test_certificate_with_another_key_is_refused(api: Any) -> None:
    first, second = pair(f"shop.{NAME}"), pair(f"shop.{NAME}")
    wrong = {**first, "sslKey": second["sslKey"]}
    assert failing(api, "subdomain", **wrong) == 4004
    assert failing(api, "subdomain", **{**first, "sslKey": "x"}) == 105
    assert failing(api, "subdomain", **{**first, "sslCertChain": "x"}) == 105
    key = {"serviceName": NAME, "entityID": make(api, "subdomain")["entityID"], "ftpPath": "x/"}
    assert api.code("service/subdomainupdate", **key, **wrong) == 4005
    (row,) = api.ok("service/subdomainupdate", **key, **first)["subdomain"]
    assert row["ssl"]["sslCert"] == first["sslCert"].strip()
