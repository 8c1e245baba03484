"""Replies about zones, forwards and certificates, from bytes to our types."""

from __future__ import annotations

from datetime import date

import pytest

from registrar.errors import Conflict, UnreadableReply
from registrar.types import (
    BuildState,
    Certificate,
    CertificateFiles,
    CertificateStatus,
    DnsRecord,
    MailAlias,
    RecordType,
    Redirect,
    RedirectType,
)
from tests.registrar.netim.soap_bytes import (
    array,
    strings,
    struct,
)


def zone_row(host: str, kind: str, value: str, **options: object) -> str:
    inner = struct(options, "StructOptionsZone", "options") if options else '<options xsi:nil="true"/>'
    return struct({"host": host, "type": kind, "value": value, "options": inner}, tag="item")


@pytest.mark.parametrize(
    ("row", "record"),
    [
        (
            zone_row("LAMP.com", "A", "203.0.113.1", ttl=3600, priority=20, service="", weight=""),
            DnsRecord("lamp.com", RecordType.A, "203.0.113.1", 3600),
        ),
        (zone_row("*.lamp.com", "txt", 'v="1"'), DnsRecord("*.lamp.com", RecordType.TXT, 'v="1"')),
        (
            zone_row("lamp.com", "MX", "mx.lamp.com.", priority="10"),
            DnsRecord("lamp.com", RecordType.MX, "mx.lamp.com", None, 10),
        ),
        (
            zone_row(
                "eu.lamp.com",
                "SRV",
                "sip.lamp.com",
                service="sip",
                protocol="_tcp",
                weight=5,
                port=5060,
                priority=1,
            ),
            DnsRecord("_sip._tcp.eu.lamp.com", RecordType.SRV, "5 5060 sip.lamp.com", None, 1),
        ),
        (
            zone_row("_sip._tcp.lamp.com", "SRV", "5 5060 sip.lamp.com.", priority=1),
            DnsRecord("_sip._tcp.lamp.com", RecordType.SRV, "5 5060 sip.lamp.com", None, 1),
        ),
        (zone_row("lamp.com", "CAA", '0 issue "x"'), DnsRecord("lamp.com", RecordType.CAA, '0 issue "x"')),
    ],
)
def test_record_of_a_zone_is_read(netim, driver, row, record):
    netim.answer("queryZoneList", array([row]))

    assert driver.dns.list("lamp.com").items == (record,)


def test_zone_is_filtered_and_cut_here(netim, driver):
    rows = [zone_row(f"{name}.lamp.com", "A", "203.0.113.1") for name in "abc"]
    netim.answer(
        "queryZoneList", array([*rows, zone_row("a.lamp.com", "TXT", "x"), zone_row("lamp.com", "SOA", "y")])
    )

    assert driver.dns.list("lamp.com").total == 4
    assert [item.name for item in driver.dns.list("lamp.com", page=2, page_length=3).items] == ["a.lamp.com"]
    assert driver.dns.list("lamp.com", word="A.", type=RecordType.TXT).total == 1
    assert driver.dns.list("lamp.com", value="203.0.113.1").total == 3


def test_mail_forwards_are_read(netim, driver):
    rows = [
        {"mailBox": "Info@lamp.com", "recipients": "a@x.com, b@x.com", "install": 1},
        {"mailBox": "*@lamp.com", "recipients": "c@x.com", "install": 0},
        {"mailBox": "b@lamp.com", "recipients": ""},
    ]
    netim.answer("queryMailFwdList", array([struct(row, tag="item") for row in rows]))

    assert driver.hosting.mail_aliases("lamp.com").items == (
        MailAlias("info@lamp.com", ("a@x.com", "b@x.com"), state=BuildState.INSTALLED),
        MailAlias("*@lamp.com", ("c@x.com",), state=BuildState.WAITING),
        MailAlias("b@lamp.com", ()),
    )


@pytest.mark.parametrize(
    ("row", "options", "redirect"),
    [
        (
            {"FQDN": "www.Lamp.com", "type": "DIRECT", "target": "x.com/a", "install": 1},
            {"header": 301, "protocol": "https"},
            Redirect("www.lamp.com", "https://x.com/a", RedirectType.PERMANENT, state=BuildState.INSTALLED),
        ),
        (
            {"FQDN": "lamp.com", "type": "DIRECT", "target": "http://x.com", "install": 0},
            {"header": 302, "protocol": "http"},
            Redirect("lamp.com", "http://x.com", RedirectType.TEMPORARY, state=BuildState.WAITING),
        ),
        (
            {"FQDN": "lamp.com", "type": "MASKED", "target": "x.com"},
            {"protocol": "http", "title": "Lamps"},
            Redirect("lamp.com", "http://x.com", RedirectType.FRAME, title="Lamps"),
        ),
        (
            {"FQDN": "lamp.com", "type": "IP", "target": "203.0.113.7"},
            {"protocol": "http"},
            Redirect("lamp.com", "203.0.113.7", RedirectType.ADDRESS),
        ),
        (
            {"FQDN": "lamp.com", "type": "PARKING", "target": ""},
            {"parking": "page"},
            Redirect("lamp.com", "page", RedirectType.PARKING),
        ),
    ],
)
def test_web_forward_is_read(netim, driver, row, options, redirect):
    members = {**row, "options": struct(options, "StructOptionsFwd", "options")}
    netim.answer("queryWebFwdList", array([struct(members, tag="item")]))

    assert driver.hosting.redirects("lamp.com", word="LAMP").items == (redirect,)


def test_web_forward_of_an_unknown_type_is_unreadable(netim, driver):
    netim.answer("queryWebFwdList", array([struct({"FQDN": "lamp.com", "type": "TELEPORT"}, tag="item")]))

    with pytest.raises(UnreadableReply):
        driver.hosting.redirects("lamp.com")


def ssl(**members: object) -> str:
    return struct(
        {
            "IDSSL": "SSL-AB12-CD",
            "prod": "SSLDV",
            "commonName": strings(["lamp.com", "www.lamp.com"], "commonName"),
            "alternativeNames": strings(["mail.lamp.com"], "alternativeNames"),
            "dateCreation": "2026-05-01",
            "dateEmission": "2026-05-02",
            "dateExpiration": "2027-05-02",
            "certificate": "PEM\n",
            "privateKey": "KEY",
            "status": "VALID",
        }
        | members,
        "StructSSLInfo",
    )


def test_certificate_is_read(netim, driver):
    netim.answer("sslInfo", ssl())

    assert driver.certificates.info("SSL-AB12-CD") == Certificate(
        certificate_id="SSL-AB12-CD",
        common_name="lamp.com",
        status=CertificateStatus.VALID,
        raw_status="VALID",
        product_id="SSLDV",
        alternative_names=("www.lamp.com", "mail.lamp.com"),
        created_on=date(2026, 5, 2),
        expires_on=date(2027, 5, 2),
    )
    assert driver.certificates.files("SSL-AB12-CD") == CertificateFiles("PEM", key="KEY")


def test_certificate_status_that_nobody_knows_is_unknown(netim, driver):
    netim.answer("sslInfo", ssl(status="Baking"))

    found = driver.certificates.info("SSL-AB12-CD")
    assert (found.status, found.raw_status) == (CertificateStatus.UNKNOWN, "Baking")


def test_certificate_that_is_not_issued_has_no_files(netim, driver):
    netim.answer("sslInfo", ssl(certificate="", dateEmission=""))

    assert driver.certificates.info("SSL-AB12-CD").created_on == date(2026, 5, 1)
    with pytest.raises(Conflict):
        driver.certificates.files("SSL-AB12-CD")


def test_another_certificate_is_unreadable(netim, driver):
    netim.answer("sslInfo", ssl(IDSSL="SSL-XX-XX"))

    with pytest.raises(UnreadableReply):
        driver.certificates.info("SSL-AB12-CD")
