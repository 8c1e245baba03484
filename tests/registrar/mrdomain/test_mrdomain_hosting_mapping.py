"""Replies of module service as bytes, in the shapes of manual chapter 7."""

# ruff: noqa: UP031  (JSON is full of braces)

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from registrar.errors import UnreadableReply
from registrar.mrdomain import hosting_mapping, mapping, reading
from registrar.types import (
    Database,
    FtpAccount,
    HostingPlan,
    HostingServers,
    HostingStatus,
    MailAlias,
    Mailbox,
    Meter,
    PhpVersions,
    Price,
    Redirect,
    RedirectType,
    RenewalMode,
    Subdomain,
    SubdomainCertificate,
)

ID = "SRV0000000007-000000071"
QUERY = '"queryInfo":{"page":1,"pageLength":1000,"results":1,"total":1}'
PLAN = '"name":"faro.com","type":"Basic Hosting Service","status":"active","tsExpir":"2027-12-10"'


def data_of(text: str):
    body = '{"success":true,"errorCode":0,"errorCodeMsg":"","action":"service\\/x","responseData":%s}' % text
    return mapping.envelope(body.encode()).data


def test_list_of_plans():
    text = (
        '{"queryInfo":{"page":1,"pageLength":5,"results":2,"total":2},"services":[{%s},'
        '{"name":"espa\\u00f1a.com","type":"Mini Hosting Service","status":"init","tsExpir":""}]}' % PLAN
    )

    page = hosting_mapping.plans(data_of(text))

    assert page.items == (
        HostingPlan(
            "faro.com",
            "Basic Hosting Service",
            "",
            HostingStatus.ACTIVE,
            "active",
            expires_on=date(2027, 12, 10),
        ),
        HostingPlan("xn--espaa-rta.com", "Mini Hosting Service", "", HostingStatus.STARTING, "init"),
    )


def test_plan_with_its_dates_and_renewal():
    text = '{%s,"tsCreate":"2026-12-10","renewable":false,"renewalMode":"autorenew"}' % PLAN

    found = hosting_mapping.plan(data_of(text))

    assert (found.created_on, found.renewable, found.renewal_mode) == (
        date(2026, 12, 10),
        False,
        RenewalMode.AUTOMATIC,
    )


@pytest.mark.parametrize(("word", "status"), hosting_mapping.STATUS.items())
def test_status_of_a_plan(word, status):
    text = '{"name":"faro.com","status":"%s"}' % word

    assert hosting_mapping.plan(data_of(text)).status is status


def test_unknown_status_is_kept():
    found = hosting_mapping.plan(data_of('{"name":"faro.com","status":"Sleeping"}'))

    assert (found.status, found.raw_status) == (HostingStatus.UNKNOWN, "Sleeping")


@pytest.mark.parametrize("action", ["create", "renew", "upgrade"])
def test_ordered_plan_tells_what_was_charged(action):
    text = (
        '{"billing":{"total":12.04,"currency":"EUR"},"services":[{"name":"faro.com","type":"Basic Hosting Service",'
        '"productkey":"basic","status":"renewed","tsExpir":"2028-06-19"}]}'
    )

    found = hosting_mapping.ordered(data_of(text))

    assert found.charged == Price(Decimal("12.04"), "EUR")
    assert (found.product_key, found.status) == ("basic", HostingStatus.RENEWING)


def test_resources_by_our_names():
    text = (
        '{%s,"resources":{"ftpusage":{"value":11534336,"max":1038336000,"unit":"bytes"},'
        '"ftpfiles":{"value":"4574","max":"100101","unit":"files"},'
        '"webtraffic":{"value":0,"max":"","unit":"bytes"},"ftp":{"value":1,"max":-1,"unit":""},'
        '"ddbb":{"value":1,"max":10,"unit":""},"ddbbusage":{"value":0,"max":104857600,"unit":"bytes"},'
        '"subdomain":{"value":2,"max":100,"unit":""},"email":{"value":1,"max":100,"unit":""},'
        '"emailalias":{"value":0,"max":100,"unit":""},"novelty":{"value":1}}}' % PLAN
    )

    assert hosting_mapping.resources(data_of(text)) == {
        "ftp_usage": Meter(11534336, 1038336000, "bytes"),
        "ftp_files": Meter(4574, 100101, "files"),
        "web_traffic": Meter(0, None, "bytes"),
        "ftp": Meter(1, None),
        "databases": Meter(1, 10),
        "database_usage": Meter(0, 104857600, "bytes"),
        "subdomains": Meter(2, 100),
        "mailboxes": Meter(1, 100),
        "mail_aliases": Meter(0, 100),
    }


def test_plan_without_some_resources_leaves_them_out():
    found = hosting_mapping.resources(data_of('{"resources":{"email":{"value":1,"max":5,"unit":""}}}'))

    assert found == {"mailboxes": Meter(1, 5)}


def test_php_versions():
    text = (
        '{%s,"php":{"enabled":true,"version":"default","name":"Default version (PHP 8.2)",'
        '"available":["default","8.3","8.2"]}}' % PLAN
    )

    assert hosting_mapping.php(data_of(text)) == PhpVersions(
        True, "default", "Default version (PHP 8.2)", ("default", "8.3", "8.2")
    )


def test_servers():
    text = (
        '{%s,"serverinfo":{"ftpServer":"ftp.faro.com","ftpAbsolutePath":"\\/var\\/www\\/faro.com\\/",'
        '"ftpWebServer":"https:\\/\\/webftp.example\\/?ftpserver=faro.com","smtpServer":"smtp.faro.com",'
        '"pop3Server":"pop3.faro.com","imapServer":"imap.faro.com","webmail":"http:\\/\\/webmail.faro.com\\/",'
        '"ddbbServer":"bbdd.faro.com","PHPMyAdmin":"https:\\/\\/adminbbdd.example\\/?server=2341"}}' % PLAN
    )

    assert hosting_mapping.servers(data_of(text)) == HostingServers(
        ftp="ftp.faro.com",
        ftp_path="/var/www/faro.com/",
        ftp_web="https://webftp.example/?ftpserver=faro.com",
        smtp="smtp.faro.com",
        pop3="pop3.faro.com",
        imap="imap.faro.com",
        webmail="http://webmail.faro.com/",
        database="bbdd.faro.com",
        database_admin="https://adminbbdd.example/?server=2341",
    )


def test_error_log_is_lines():
    text = '{%s,"logError":"[error] one\\n[error] two\\n"}' % PLAN

    assert hosting_mapping.error_log(data_of(text)) == ("[error] one", "[error] two")


@pytest.mark.parametrize(
    ("written", "enabled"), [("false", False), ('""', False), ("true", True), ('"1"', True)]
)
def test_parking(written, enabled):
    assert hosting_mapping.parking(data_of('{"parking":{"enabled":%s}}' % written)) is enabled


@pytest.mark.parametrize("key", ["webconstructor", "webcostructor"])
def test_address_of_the_site_builder(key):
    text = '{"%s":{"loginURL":"http:\\/\\/editor.example\\/en\\/?login_hash=X"}}' % key

    assert hosting_mapping.web_builder_url(data_of(text)) == "http://editor.example/en/?login_hash=X"


def test_address_of_the_site_builder_is_a_web_address():
    with pytest.raises(UnreadableReply):
        hosting_mapping.web_builder_url(data_of('{"webconstructor":{"loginURL":"javascript:alert(1)"}}'))


def test_ftp_account_without_its_password():
    text = '{"entityID":"%s","name":"ftp.faro.com","ftpPath":"\\/","password":"canary","quota":48576000}' % ID

    found = hosting_mapping.ftp_account(data_of(text))

    assert found == FtpAccount(ID, "ftp.faro.com", "/", 48576000)
    assert "canary" not in repr(found)


def test_database_without_its_password():
    line = '{"entityID":"%s","name":"ddb24","user":"ddb24","password":"canary"%s}'

    listed = hosting_mapping.database(data_of(line % (ID, "")))
    shown = hosting_mapping.database(data_of(line % (ID, ',"externalAccess":false')))

    assert listed == Database(ID, "ddb24", "ddb24")
    assert shown == Database(ID, "ddb24", "ddb24", False)
    assert "canary" not in repr((listed, shown))


@pytest.mark.parametrize("key", ["sslPath", "ftpPath"])
def test_subdomain_with_its_certificate_but_not_the_key(key):
    text = (
        '{%s,"subdomain":[{"entityID":"%s","name":"www.faro.com","ftpPath":"public\\/","ssl":{"%s":"secure\\/",'
        '"sslCert":"-----BEGIN CERTIFICATE-----","sslKey":"canary","sslCertChain":"-----CHAIN-----"}}]}'
        % (QUERY, ID, key)
    )

    (found,) = reading.page(data_of(text), "subdomain", hosting_mapping.subdomain).items

    assert found == Subdomain(
        ID,
        "www.faro.com",
        "public/",
        SubdomainCertificate("-----BEGIN CERTIFICATE-----", "-----CHAIN-----", "secure/"),
    )
    assert found.certificate.key == ""


def test_subdomain_without_a_certificate():
    text = '{"entityID":"%s","name":"test.faro.com","ftpPath":"public-test\\/"}' % ID

    assert hosting_mapping.subdomain(data_of(text)) == Subdomain(ID, "test.faro.com", "public-test/")


@pytest.mark.parametrize(
    ("word", "type_"),
    [("301", RedirectType.PERMANENT), ("302", RedirectType.TEMPORARY), ("frame", RedirectType.FRAME)],
)
def test_redirect(word, type_):
    text = (
        '{"entityID":"%s","origin":"http:\\/\\/www.faro.com\\/a\\/","destination":"http:\\/\\/lamps.example",'
        '"type":"%s"}' % (ID, word)
    )

    assert hosting_mapping.redirect(data_of(text)) == Redirect(
        "http://www.faro.com/a/", "http://lamps.example", type_, ID
    )


def test_redirect_in_a_list_may_have_no_identifier():
    text = '{"origin":"http:\\/\\/faro.com\\/","destination":"http:\\/\\/lamps.example","type":301}'

    assert hosting_mapping.redirect(data_of(text)).identifier == ""


def test_redirect_of_an_unknown_type_is_unreadable():
    with pytest.raises(UnreadableReply):
        hosting_mapping.redirect(data_of('{"origin":"a","destination":"b","type":"418"}'))


def test_mailbox_without_its_password():
    text = (
        '{"entityID":"%s","name":"Hola@faro.com","password":"############","usage":1123234,'
        '"quotaMax":"16106127360"}' % ID
    )

    assert hosting_mapping.mailbox(data_of(text)) == Mailbox(ID, "Hola@faro.com", 1123234, 16106127360)


@pytest.mark.parametrize(
    "targets",
    [
        '"target":["a@lamps.example","b@lamps.example"]',
        '"targets":["a@lamps.example","b@lamps.example"]',
        '"target":"a@lamps.example, b@lamps.example"',
    ],
)
def test_mail_alias(targets):
    text = '{"entityID":"%s","name":"all@faro.com",%s}' % (ID, targets)

    assert hosting_mapping.mail_alias(data_of(text)) == MailAlias(
        "all@faro.com", ("a@lamps.example", "b@lamps.example"), ID
    )


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (hosting_mapping.ordered, '{"services":[]}'),
        (hosting_mapping.ordered, '{"services":[{"name":"faro.com"}]}'),
        (hosting_mapping.plan, '{"name":"","status":"active"}'),
        (hosting_mapping.resources, '{"resources":{"ftp":{"value":"much"}}}'),
        (hosting_mapping.php, '{"php":{"available":[]}}'),
        (hosting_mapping.parking, "{}"),
        (hosting_mapping.web_builder_url, "{}"),
        (hosting_mapping.ftp_account, '{"name":"x","ftpPath":"y"}'),
        (hosting_mapping.mailbox, '{"entityID":"SRV1","name":"nobody"}'),
        (hosting_mapping.mail_alias, '{"entityID":"SRV1","name":"a@faro.com","target":[1]}'),
        (hosting_mapping.subdomain, '{"entityID":"SRV1","name":"a.faro.com","ftpPath":"x","ssl":"yes"}'),
    ],
)
def test_other_shape_is_unreadable(read, text):
    with pytest.raises(UnreadableReply):
        read(data_of(text))
