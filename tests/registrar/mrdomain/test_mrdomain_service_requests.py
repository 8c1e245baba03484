"""Module service: what is sent, what is refused before sending, and what an answer means (manual chapter 7)."""

from __future__ import annotations

import base64
import json
from decimal import Decimal

import pytest

from registrar.errors import InvalidRequest, NotSupported, UnreadableReply
from registrar.types import (
    DnsRecord,
    Done,
    HostingStatus,
    MailAlias,
    Pending,
    Price,
    RecordType,
    Redirect,
    RedirectType,
    RenewalMode,
    SubdomainCertificate,
)

PLAN = "faro.com"
ID = "SRV0000000007-000000071"
RECORD = {"entityID": ID, "name": PLAN, "type": "MX", "ttl": "-", "priority": "10", "value": "mail.faro.com"}
MX = DnsRecord(PLAN, RecordType.MX, "mail.faro.com", ttl=600, priority=10, identifier=ID)
FTP = {"entityID": ID, "name": "ftp.faro.com", "ftpPath": "/", "password": "theirs", "quota": 1}
DATABASE = {"entityID": ID, "name": "ddb1", "user": "ddb1", "password": "theirs", "externalAccess": False}
SUBDOMAIN = {"entityID": ID, "name": "www.faro.com", "ftpPath": "public/"}
REDIRECT = {
    "entityID": ID,
    "origin": "http://faro.com/a",
    "destination": "https://lamps.example",
    "type": "301",
}
FORWARD = Redirect("http://faro.com/a", "https://lamps.example", RedirectType.PERMANENT, ID)
MAIL = {"entityID": ID, "name": "luz@faro.com", "password": "###", "usage": 0, "quotaMax": 5}
ALIAS = {"entityID": ID, "name": "all@faro.com", "target": ["a@lamps.example", "b@lamps.example"]}
EMPTY = {"queryInfo": {"page": 2, "pageLength": 5, "results": 0, "total": 0}}
SERVICE = {"name": PLAN, "type": "Basic", "productkey": "basic", "status": "active", "tsExpir": "2027-06-19"}


def paid(**changes):
    return {"billing": {"total": 12.04, "currency": "EUR"}, "services": [SERVICE | changes]}


# What is asked of the driver, the data of the answer, and the form that must have been sent.
CALLS = {
    "dns list": (
        lambda driver: driver.dns.list(
            PLAN, page=2, page_length=5, word="www", type=RecordType.TXT, value="spf"
        ),
        EMPTY | {"dns": []},
        {
            "serviceName": PLAN,
            "page": "2",
            "pageLength": "5",
            "filter": "www",
            "filterType": "TXT",
            "filterValue": "spf",
        },
    ),
    "dns info": (
        lambda driver: driver.dns.info(PLAN, ID),
        {"dns": [RECORD]},
        {"serviceName": PLAN, "entityID": ID},
    ),
    "dns create": (
        lambda driver: driver.dns.create("FARO.com", MX),
        {"dns": [RECORD]},
        {
            "serviceName": PLAN,
            "name": PLAN,
            "type": "MX",
            "value": "mail.faro.com",
            "ttl": "600",
            "priority": "10",
        },
    ),
    "dns update": (
        lambda driver: driver.dns.update(PLAN, MX),
        {"dns": [RECORD]},
        {"serviceName": PLAN, "entityID": ID, "value": "mail.faro.com", "ttl": "600", "priority": "10"},
    ),
    "dns delete": (
        lambda driver: driver.dns.delete(PLAN, MX),
        [],
        {"serviceName": PLAN, "entityID": ID},
    ),
    "dns restore": (lambda driver: driver.dns.restore(PLAN), {}, {"serviceName": PLAN}),
    "dns delete all": (lambda driver: driver.dns.delete_all(PLAN), {}, {"serviceName": PLAN}),
    "list": (
        lambda driver: driver.hosting.list(
            page=2, page_length=5, word="far", tld="com", renewable=False, status=HostingStatus.RENEWING
        ),
        EMPTY | {"services": []},
        {
            "page": "2",
            "pageLength": "5",
            "word": "far",
            "tld": "com",
            "renewable": "0",
            "status": "renewed",
        },
    ),
    "list by name": (
        lambda driver: driver.hosting.list(name="España.com", renewable=True),
        EMPTY | {"services": []},
        {"page": "1", "pageLength": "1000", "name": "xn--espaa-rta.com", "renewable": "1"},
    ),
    "info": (
        lambda driver: driver.hosting.info(PLAN),
        SERVICE,
        {"serviceName": PLAN, "infoType": "status"},
    ),
    "resources": (
        lambda driver: driver.hosting.resources(PLAN),
        SERVICE | {"resources": {}},
        {"serviceName": PLAN, "infoType": "resources"},
    ),
    "servers": (
        lambda driver: driver.hosting.servers(PLAN),
        SERVICE | {"serverinfo": {}},
        {"serviceName": PLAN, "infoType": "serverinfo"},
    ),
    "php": (
        lambda driver: driver.hosting.php(PLAN),
        SERVICE | {"php": {"enabled": True}},
        {"serviceName": PLAN, "infoType": "php"},
    ),
    "error log": (
        lambda driver: driver.hosting.error_log(PLAN),
        SERVICE | {"logError": ""},
        {"serviceName": PLAN, "infoType": "logerror"},
    ),
    "create": (
        lambda driver: driver.hosting.create(PLAN, "basic", years=2),
        paid(),
        {"serviceName": PLAN, "productkey": "basic", "period": "2"},
    ),
    "renew": (lambda driver: driver.hosting.renew(PLAN), paid(), {"serviceName": PLAN}),
    "upgrade": (
        lambda driver: driver.hosting.upgrade(PLAN, "corporate"),
        paid(),
        {"serviceName": PLAN, "productkey": "corporate"},
    ),
    "renewal mode": (
        lambda driver: driver.hosting.set_renewal_mode(PLAN, RenewalMode.AUTOMATIC),
        SERVICE,
        {"serviceName": PLAN, "updateType": "renewalMode", "renewalMode": "autorenew"},
    ),
    "php version": (
        lambda driver: driver.hosting.set_php_version(PLAN, "8.2"),
        SERVICE,
        {"serviceName": PLAN, "updateType": "phpversion", "phpversion": "8.2"},
    ),
    "parking": (
        lambda driver: driver.hosting.parking(PLAN),
        {"parking": {"enabled": False}},
        {"serviceName": PLAN},
    ),
    "parking off": (
        lambda driver: driver.hosting.set_parking(PLAN, False),
        {"parking": {"enabled": False}},
        {"serviceName": PLAN, "enabled": ""},
    ),
    "site builder": (
        lambda driver: driver.hosting.web_builder_url(PLAN, "www.faro.com", language="es"),
        {"webconstructor": {"loginURL": "https://editor.example/"}},
        {"serviceName": PLAN, "subdomain": "www.faro.com", "loginlang": "es"},
    ),
    "ftp list": (
        lambda driver: driver.hosting.ftp_accounts(PLAN, word="f"),
        EMPTY | {"ftp": []},
        {"serviceName": PLAN, "page": "1", "pageLength": "1000", "filter": "f"},
    ),
    "ftp create": (
        lambda driver: driver.hosting.create_ftp_account(PLAN, "ftp.faro.com", "/", "S3cret!"),
        {"ftp": [FTP]},
        {"serviceName": PLAN, "name": "ftp.faro.com", "ftpPath": "/", "password": "S3cret!"},
    ),
    "ftp update": (
        lambda driver: driver.hosting.update_ftp_account(PLAN, ID, "/in", " S3cret "),
        {"ftp": [FTP]},
        {"serviceName": PLAN, "entityID": ID, "ftpPath": "/in", "password": " S3cret "},
    ),
    "database create": (
        lambda driver: driver.hosting.create_database(PLAN, "S3cret!", external_access=True),
        {"ddbb": [DATABASE]},
        {"serviceName": PLAN, "password": "S3cret!", "externalAccess": "1"},
    ),
    "database update": (
        lambda driver: driver.hosting.update_database(PLAN, ID, "S3cret!"),
        {"ddbb": [DATABASE]},
        {"serviceName": PLAN, "entityID": ID, "password": "S3cret!", "externalAccess": ""},
    ),
    "subdomain create": (
        lambda driver: driver.hosting.create_subdomain(PLAN, "WWW.faro.com", "public/"),
        {"subdomain": [SUBDOMAIN]},
        {"serviceName": PLAN, "name": "www.faro.com", "ftpPath": "public/"},
    ),
    "redirect list": (
        lambda driver: driver.hosting.redirects(PLAN),
        EMPTY | {"redirects": []},
        {"serviceName": PLAN, "page": "1", "pageLength": "1000"},
    ),
    "redirect create": (
        lambda driver: driver.hosting.create_redirect(
            PLAN, Redirect("http://WWW.faro.com/a?b=1", "https://España.com:8443/x", RedirectType.TEMPORARY)
        ),
        {"redirect": [REDIRECT]},
        {
            "serviceName": PLAN,
            "origin": "http://www.faro.com/a?b=1",
            "destination": "https://xn--espaa-rta.com:8443/x",
            "type": "302",
        },
    ),
    "redirect update": (
        lambda driver: driver.hosting.update_redirect(PLAN, FORWARD),
        {"redirect": [REDIRECT]},
        {"serviceName": PLAN, "entityID": ID, "destination": "https://lamps.example", "type": "301"},
    ),
    "mailbox create": (
        lambda driver: driver.hosting.create_mailbox(PLAN, "luz", "S3cret!"),
        {"mail": [MAIL]},
        {"serviceName": PLAN, "name": "luz@faro.com", "password": "S3cret!"},
    ),
    "mailbox password": (
        lambda driver: driver.hosting.set_mailbox_password(PLAN, ID, "pässwörd"),
        {"mail": [MAIL]},
        {"serviceName": PLAN, "entityID": ID, "password": "pässwörd"},
    ),
    "alias create": (
        lambda driver: driver.hosting.create_mail_alias(PLAN, "all", ["a@lamps.example", "b@España.com"]),
        {"mailalias": [ALIAS]},
        {"serviceName": PLAN, "name": "all@faro.com", "target": "a@lamps.example,b@xn--espaa-rta.com"},
    ),
    "alias that catches everything": (
        lambda driver: driver.hosting.create_mail_alias(PLAN, "*", ["a@lamps.example"]),
        {"mailalias": [ALIAS | {"name": "*@faro.com"}]},
        {"serviceName": PLAN, "name": "*@faro.com", "target": "a@lamps.example"},
    ),
    "alias update": (
        lambda driver: driver.hosting.update_mail_alias(PLAN, ID, ["a@lamps.example"]),
        {"mailalias": [ALIAS]},
        {"serviceName": PLAN, "entityID": ID, "target": "a@lamps.example"},
    ),
    "alias delete": (
        lambda driver: driver.hosting.delete_mail_alias(PLAN, MailAlias("all@faro.com", (), ID)),
        {},
        {"serviceName": PLAN, "entityID": ID},
    ),
}


@pytest.mark.parametrize(("act", "data", "form"), CALLS.values(), ids=CALLS)
def test_what_is_sent(answered, act, data, form):
    line = answered(data)

    act(line.driver)

    assert line.form == form


def test_whole_zone_is_sent_in_base64(answered):
    line = answered({})

    assert line.driver.dns.replace(PLAN, [MX]) == Done(None)

    assert line.form.keys() == {"serviceName", "dnsZoneData"}
    assert json.loads(base64.b64decode(line.form["dnsZoneData"])) == [
        {"name": PLAN, "type": "MX", "value": "mail.faro.com", "ttl": "600", "priority": "10"}
    ]


def test_certificate_of_a_subdomain_is_sent_whole(answered, papers):
    line = answered({"subdomain": [SUBDOMAIN]})
    certificate = SubdomainCertificate(papers.certificate, papers.certificate, "secure/", papers.key)

    line.driver.hosting.update_subdomain(PLAN, ID, "public/", certificate=certificate)

    assert line.form == {
        "serviceName": PLAN,
        "entityID": ID,
        "ftpPath": "public/",
        "sslCert": papers.certificate.strip(),
        "sslKey": papers.key.strip(),
        "sslCertChain": papers.certificate.strip(),
        "sslPath": "secure/",
    }


INVALID = {
    "zone": (lambda hosting, dns: dns.list("no name"), "domain"),
    "filter": (lambda hosting, dns: dns.list(PLAN, type=RecordType.ANAME), "type"),
    "record": (
        lambda hosting, dns: dns.create(PLAN, DnsRecord("x.org", RecordType.A, "203.0.113.9")),
        "name",
    ),
    "update without identifier": (
        lambda hosting, dns: dns.update(PLAN, DnsRecord(PLAN, RecordType.A, "203.0.113.9")),
        "identifier",
    ),
    "delete without identifier": (
        lambda hosting, dns: dns.delete(PLAN, DnsRecord(PLAN, RecordType.A, "203.0.113.9")),
        "identifier",
    ),
    "empty zone": (lambda hosting, dns: dns.replace(PLAN, []), "records"),
    "plan": (lambda hosting, dns: hosting.info("faro"), "plan"),
    "page": (lambda hosting, dns: hosting.list(page=0), "page"),
    "status": (lambda hosting, dns: hosting.list(status=HostingStatus.UNKNOWN), "status"),
    "product": (lambda hosting, dns: hosting.create(PLAN, "enormous"), "product_key"),
    "years": (lambda hosting, dns: hosting.renew(PLAN, years=0), "years"),
    "mode": (lambda hosting, dns: hosting.set_renewal_mode(PLAN, RenewalMode.LET_EXPIRE), "mode"),
    "php": (lambda hosting, dns: hosting.set_php_version(PLAN, ""), "version"),
    "builder elsewhere": (lambda hosting, dns: hosting.web_builder_url(PLAN, "www.other.com"), "subdomain"),
    "builder language": (
        lambda hosting, dns: hosting.web_builder_url(PLAN, PLAN, language="English"),
        "language",
    ),
    "ftp name": (lambda hosting, dns: hosting.create_ftp_account(PLAN, " ", "/", "x"), "name"),
    "ftp path": (lambda hosting, dns: hosting.create_ftp_account(PLAN, "f", "/../x", "x"), "path"),
    "ftp password": (lambda hosting, dns: hosting.update_ftp_account(PLAN, ID, "/", ""), "password"),
    "identifier": (lambda hosting, dns: hosting.ftp_account(PLAN, "../1"), "identifier"),
    "database password": (lambda hosting, dns: hosting.create_database(PLAN, "a\nb"), "password"),
    "subdomain elsewhere": (lambda hosting, dns: hosting.create_subdomain(PLAN, "www.x.org", "/"), "name"),
    "redirect from elsewhere": (
        lambda hosting, dns: hosting.create_redirect(
            PLAN, Redirect("http://x.org/", "http://y.org", RedirectType.FRAME)
        ),
        "origin",
    ),
    "redirect to nowhere": (
        lambda hosting, dns: hosting.create_redirect(
            PLAN, Redirect("http://faro.com/", "javascript:x", RedirectType.FRAME)
        ),
        "destination",
    ),
    "redirect with a log-in": (
        lambda hosting, dns: hosting.create_redirect(
            PLAN, Redirect("http://faro.com/", "http://a:b@y.org", RedirectType.FRAME)
        ),
        "destination",
    ),
    "redirect to a broken port": (
        lambda hosting, dns: hosting.create_redirect(
            PLAN, Redirect("http://faro.com:x/", "http://y.org", RedirectType.FRAME)
        ),
        "origin",
    ),
    "redirect to an address": (
        lambda hosting, dns: hosting.create_redirect(
            PLAN, Redirect("http://faro.com/", "http://y.org", RedirectType.ADDRESS)
        ),
        "type",
    ),
    "title": (
        lambda hosting, dns: hosting.update_redirect(
            PLAN, Redirect("http://faro.com/", "http://y.org", RedirectType.FRAME, ID, "Lamps")
        ),
        "title",
    ),
    "redirect without identifier": (
        lambda hosting, dns: hosting.delete_redirect(
            PLAN, Redirect("http://faro.com/", "", RedirectType.FRAME)
        ),
        "identifier",
    ),
    "whole address": (lambda hosting, dns: hosting.create_mailbox(PLAN, "luz@faro.com", "x"), "name"),
    "mailbox password": (lambda hosting, dns: hosting.set_mailbox_password(PLAN, ID, ""), "password"),
    "one target as text": (
        lambda hosting, dns: hosting.create_mail_alias(PLAN, "all", "a@lamps.example"),
        "targets",
    ),
    "no target": (lambda hosting, dns: hosting.update_mail_alias(PLAN, ID, []), "targets"),
    "two targets in one": (
        lambda hosting, dns: hosting.update_mail_alias(PLAN, ID, ["a@b.example,c@d.example"]),
        "targets",
    ),
}


@pytest.mark.parametrize(("act", "field"), INVALID.values(), ids=INVALID)
def test_impossible_request_is_refused_before_sending(answered, act, field):
    line = answered()

    with pytest.raises(InvalidRequest) as caught:
        act(line.driver.hosting, line.driver.dns)
    assert caught.value.field == field
    assert line.requests == []


def test_template_of_a_zone_is_not_supported(answered):
    line = answered()

    with pytest.raises(NotSupported) as caught:
        line.driver.dns.restore(PLAN, template="shop")
    assert caught.value.capability == "dns.restore"
    assert line.requests == []


@pytest.mark.parametrize("broken", ["certificate", "chain", "key", "other key", "key in the certificate"])
def test_certificate_that_is_not_whole_is_refused_before_sending(answered, papers, broken):
    line = answered()
    certificate = SubdomainCertificate(
        certificate={
            "certificate": "-----BEGIN",
            "key in the certificate": papers.certificate + papers.key,
        }.get(broken, papers.certificate),
        chain="" if broken == "chain" else papers.certificate,
        path="secure/",
        key={"key": "canary", "other key": papers.other_key}.get(broken, papers.key),
    )

    with pytest.raises(InvalidRequest) as caught:
        line.driver.hosting.create_subdomain(PLAN, "www.faro.com", "/", certificate=certificate)
    assert caught.value.field in {"certificate", "key"}
    assert line.requests == []
    assert "canary" not in str(caught.value)
    assert "PRIVATE KEY" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "pending"),
    [("active", False), ("renewable", False), ("init", True), ("inactive", True), ("novelty", True)],
)
def test_plan_is_done_when_it_is_in_place(answered, status, pending):
    outcome = answered(paid(status=status)).driver.hosting.create(PLAN, "basic")

    assert isinstance(outcome, Pending if pending else Done)
    assert outcome.value.charged == Price(Decimal("12.04"), "EUR")
    if isinstance(outcome, Pending):
        assert outcome.reference == PLAN


@pytest.mark.parametrize(("status", "pending"), [("active", False), ("renewed", True), ("renewable", True)])
def test_renewal_is_pending_until_the_plan_is_active(answered, status, pending):
    outcome = answered(paid(status=status)).driver.hosting.renew(PLAN)

    assert isinstance(outcome, Pending if pending else Done)


def test_what_is_created_is_returned_without_its_password(answered):
    outcome = answered({"mail": [MAIL | {"password": "canary"}]}).driver.hosting.create_mailbox(
        PLAN, "luz", "S3cret!"
    )

    assert isinstance(outcome, Done)
    assert outcome.value.address == "luz@faro.com"
    assert "canary" not in repr(outcome)


OTHERS = {
    "plan": (lambda driver: driver.hosting.info("other.com"), SERVICE),
    "order": (lambda driver: driver.hosting.create("other.com", "basic"), paid()),
    "update": (lambda driver: driver.hosting.set_php_version("other.com", "8.2"), SERVICE),
    "identifier": (lambda driver: driver.hosting.mailbox(PLAN, "SRV1"), {"mail": [MAIL]}),
    "changed identifier": (
        lambda driver: driver.hosting.set_mailbox_password(PLAN, "SRV1", "x"),
        {"mail": [MAIL]},
    ),
    "mailbox": (lambda driver: driver.hosting.create_mailbox(PLAN, "other", "x"), {"mail": [MAIL]}),
    "subdomain": (
        lambda driver: driver.hosting.create_subdomain(PLAN, "other.faro.com", "/"),
        {"subdomain": [SUBDOMAIN]},
    ),
    "record": (
        lambda driver: driver.dns.create(PLAN, DnsRecord("x.faro.com", RecordType.TXT, "x")),
        {"dns": [RECORD]},
    ),
    "two": (lambda driver: driver.hosting.mailbox(PLAN, ID), {"mail": [MAIL, MAIL]}),
    "none": (lambda driver: driver.hosting.create_database(PLAN, "x"), {"ddbb": []}),
    "text": (lambda driver: driver.dns.delete_all(PLAN), "gone"),
}


@pytest.mark.parametrize(("act", "data"), OTHERS.values(), ids=OTHERS)
def test_reply_about_something_else_is_unknown(answered, act, data):
    with pytest.raises(UnreadableReply):
        act(answered(data).driver)
