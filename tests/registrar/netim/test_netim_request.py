"""What is refused before anything is sent, with the neutral field that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from registrar import open_driver
from registrar.errors import InvalidRequest, NotSupported
from registrar.interface.driver import Driver
from registrar.types import (
    CertificateOrder,
    DnsKey,
    DnsRecord,
    DnssecKey,
    DomainOrder,
    DomainStatus,
    GlueRecord,
    InternalTransferOrder,
    MailAlias,
    RecordType,
    Redirect,
    RedirectType,
    RenewalMode,
    SoaTimes,
    TransferOrder,
    ValidationMethod,
)
from tests.registrar.netim.sent_for_others import PERSON, SUBJECT
from tests.registrar.netim.soap_bytes import domain_info

NAME = "lamp.com"
SERVERS = ("ns1.example.net", "ns2.example.net")
ORDER = DomainOrder(NAME, "BJ007", years=1, nameservers=SERVERS, premium=True)
TRANSFER = TransferOrder(NAME, "BJ007", nameservers=SERVERS, keep_nameservers=False)
INTERNAL = InternalTransferOrder(NAME, "GK521", "GK521", "GK521", nameservers=SERVERS)
KEY = DnssecKey(1, 13, 2, "ab")
DNS_KEY = DnsKey(257, 3, 13, "AQ==")
CERTIFICATE = CertificateOrder("SSLDV", csr="PEM")
SSL = "SSL-AB12-CD"
MAIL = {NAME: ValidationMethod.MAIL}


@pytest.fixture(scope="module")
def nowhere() -> Iterator[Driver]:
    """A driver whose every call would be NotSent."""
    credentials = {"reseller": "demo01", "password": "demo"}
    with open_driver("netim", endpoint="http://127.0.0.1:9/2.0/", credentials=credentials) as driver:
        yield driver


def create(field: str, **change: Any) -> Any:
    return pytest.param(lambda d: d.domains.create(replace(ORDER, **change)), field, id=f"create {change}")


def transfer(field: str, **change: Any) -> Any:
    return pytest.param(
        lambda d: d.domains.transfer(replace(TRANSFER, **change)), field, id=f"transfer {change}"
    )


def record(field: str, *values: Any, **options: Any) -> Any:
    return pytest.param(
        lambda d: d.dns.create(NAME, DnsRecord(*values, **options)), field, id=f"record {values}"
    )


def redirect(field: str, *values: Any) -> Any:
    return pytest.param(
        lambda d: d.hosting.create_redirect(NAME, Redirect(*values)), field, id=f"redirect {values}"
    )


def keys(field: str, given: list[DnssecKey], dns_key: DnsKey | None = DNS_KEY) -> Any:
    return pytest.param(
        lambda d: d.domains.set_dnssec_keys(NAME, given, dns_key=dns_key),
        field,
        id=f"keys {field} {len(given)}",
    )


def certificate(field: str, **change: Any) -> Any:
    return pytest.param(
        lambda d: d.certificates.create(replace(CERTIFICATE, **change)), field, id=f"certificate {change}"
    )


def glue(field: str, *values: Any) -> Any:
    return pytest.param(
        lambda d: d.domains.create_glue(NAME, GlueRecord(*values)), field, id=f"glue {values}"
    )


@pytest.mark.parametrize(
    ("act", "field"),
    [
        create("name", name="lamp"),
        create("owner", owner=""),
        create("owner", owner=PERSON),
        create("owner", owner="not an id"),
        create("owner", owner="#AUTO#"),
        create("admin", admin=PERSON),
        create("tech", tech="x" * 13),
        create("years", years=0),
        create("years", years=100),
        create("years", years=True),
        create("nameservers", nameservers=("ns1.example.net",)),
        create("nameservers", nameservers=tuple(f"ns{n}.example.net" for n in range(6))),
        create("nameservers", nameservers=("ns1.example.net", "NS1.example.net")),
        create("nameservers", nameservers="ns1.example.net"),
        create("extra", extra={"tax_number": "X1"}),
        create("whois_privacy", whois_privacy=True),
        create("dns_template", dns_template="first"),
        create("dns_template", dns_template="1", launch_phase="SR"),
        create("launch_phase", launch_phase="x" * 256),
        transfer("keep_nameservers", keep_nameservers=True),
        transfer("owner", owner=PERSON),
        transfer("owner", owner="#AUTO#", change_owner=True),
        transfer("auth_code", auth_code="x" * 65),
        transfer("extra", extra={"tax_number": "X1"}),
        pytest.param(lambda d: d.domains.transfer_internal(replace(INTERNAL, admin="a b")), "admin"),
        pytest.param(
            lambda d: d.domains.transfer_internal(replace(INTERNAL, auth_code="x" * 65)), "auth_code"
        ),
        pytest.param(lambda d: d.domains.change_owner(NAME, PERSON), "owner"),
        pytest.param(lambda d: d.domains.change_owner(NAME, "BJ007", extra={"a": "b"}), "extra"),
        pytest.param(lambda d: d.domains.set_contacts(NAME), "admin"),
        pytest.param(lambda d: d.domains.set_contacts(NAME, owner="BJ007"), "owner"),
        pytest.param(lambda d: d.domains.set_contacts(NAME, admin=PERSON), "admin"),
        pytest.param(lambda d: d.domains.set_renewal_mode(NAME, RenewalMode.LET_EXPIRE), "mode"),
        pytest.param(lambda d: d.domains.set_tag(NAME, "x" * 256), "tag"),
        pytest.param(lambda d: d.domains.set_note(NAME, "x" * 256), "note"),
        pytest.param(lambda d: d.domains.set_membership(NAME, " "), "token"),
        pytest.param(lambda d: d.domains.check_many([]), "names"),
        pytest.param(lambda d: d.domains.check_many(["a.com", "a.net"]), "names"),
        pytest.param(lambda d: d.domains.check_many("a.com"), "names"),
        pytest.param(lambda d: d.domains.list(page=0), "page"),
        glue("glue", "ns1.moth.com", "203.0.113.5"),
        glue("glue", NAME, "203.0.113.5"),
        glue("glue", "ns1.lamp.com"),
        glue("glue", "ns1.lamp.com", "somewhere"),
        glue("ipv4", "ns1.lamp.com", "2001:db8::1"),
        glue("ipv6", "ns1.lamp.com", "", "203.0.113.5"),
        glue("glue", "ns1.lamp.com", "203.0.113.5", "", ("x",)),
        pytest.param(lambda d: d.domains.delete_glue(NAME, "ns1.moth.com"), "glue"),
        keys("keys", []),
        keys("dns_key", [KEY], None),
        keys("keys", [replace(KEY, algorithm=8)]),
        keys("keys", [replace(KEY, key_tag=65536)]),
        keys("keys", [replace(KEY, digest=" ")]),
        keys("dns_key", [KEY], replace(DNS_KEY, public_key=" ")),
        keys("dns_key", [KEY], replace(DNS_KEY, flags=-1)),
        record("type", NAME, RecordType.CAA, '0 issue "x"'),
        record("name", "moth.com", RecordType.A, "203.0.113.1"),
        record("name", "a b.lamp.com", RecordType.A, "203.0.113.1"),
        record("name", ".lamp.com", RecordType.A, "203.0.113.1"),
        record("value", NAME, RecordType.A, " "),
        record("value", NAME, RecordType.TXT, "x" * 5000),
        record("ttl", NAME, RecordType.A, "203.0.113.1", ttl=-1),
        record("priority", NAME, RecordType.MX, "mx.lamp.com"),
        record("priority", NAME, RecordType.MX, "mx.lamp.com", priority=65536),
        record("name", "sip.lamp.com", RecordType.SRV, "5 5060 sip.lamp.com", priority=1),
        record("value", "_sip._tcp.lamp.com", RecordType.SRV, "sip.lamp.com", priority=1),
        pytest.param(lambda d: d.dns.restore(NAME), "template"),
        pytest.param(lambda d: d.dns.restore(NAME, template="x"), "template"),
        pytest.param(lambda d: d.dns.set_soa(NAME, SoaTimes(1, 2, 0, 4, 5)), "retry"),
        pytest.param(lambda d: d.dns.list("lamp"), "domain"),
        pytest.param(lambda d: d.hosting.create_mail_alias(NAME, "a b", ["a@x.com"]), "name"),
        pytest.param(lambda d: d.hosting.create_mail_alias(NAME, "a", []), "targets"),
        pytest.param(lambda d: d.hosting.create_mail_alias(NAME, "a", "a@x.com"), "targets"),
        pytest.param(lambda d: d.hosting.create_mail_alias(NAME, "a", ["a@x.com,b@x.com"]), "targets"),
        pytest.param(lambda d: d.hosting.delete_mail_alias(NAME, MailAlias("a@moth.com", ())), "alias"),
        pytest.param(lambda d: d.hosting.delete_mail_alias(NAME, MailAlias("a", ())), "alias"),
        redirect("origin", "www.moth.com", "http://x.com", RedirectType.PERMANENT),
        redirect("destination", NAME, "x.com", RedirectType.PERMANENT),
        redirect("destination", NAME, "javascript://x", RedirectType.FRAME),
        redirect("destination", NAME, "http://", RedirectType.TEMPORARY),
        redirect("destination", NAME, "x.com", RedirectType.ADDRESS),
        redirect("destination", NAME, "http://" + "x" * 2000, RedirectType.PERMANENT),
        certificate("product_id", product_id=""),
        certificate("years", years=0),
        certificate("csr", csr=""),
        certificate("csr", subject=SUBJECT),
        certificate("alternative_names", alternative_names=("a.lamp.com",)),
        certificate("admin", admin="BJ007"),
        certificate("key", key="KEY"),
        certificate("city", csr="", subject=replace(SUBJECT, city="")),
        certificate("common_name", csr="", subject=replace(SUBJECT, common_name="lamp")),
        certificate("emails", emails=("admin@lamp.com",)),
        certificate("emails", validation=MAIL),
        certificate("emails", validation=MAIL, emails=("ada@lamp.com",)),
        certificate("validation", validation={NAME: ValidationMethod.HTTPS}),
        certificate(
            "validation", validation={NAME: ValidationMethod.DNS, "a.lamp.com": ValidationMethod.HTTP}
        ),
        pytest.param(lambda d: d.certificates.info("42"), "certificate_id"),
        pytest.param(lambda d: d.certificates.renew(SSL, CertificateOrder(years=2)), "years"),
        pytest.param(lambda d: d.certificates.set_renewal_mode(SSL, RenewalMode.UNKNOWN), "mode"),
        pytest.param(lambda d: d.operations.info("abc"), "reference"),
        pytest.param(lambda d: d.operations.cancel(""), "reference"),
        pytest.param(lambda d: d.operations.info("1" * 19), "reference"),
        pytest.param(lambda d: d.operations.open_kinds("a b"), "tld"),
        pytest.param(lambda d: d.account.extension(""), "tld"),
        pytest.param(lambda d: d.contacts.info("a/b"), "handle"),
    ],
)
def test_value_that_cannot_be_meant_is_refused_before_anything_is_sent(nowhere, act, field):
    with pytest.raises(InvalidRequest) as caught:
        act(nowhere)

    assert caught.value.field == field


def test_expiry_must_be_a_date(netim, driver):
    netim.answer("domainInfo", domain_info())

    with pytest.raises(InvalidRequest) as caught:
        driver.domains.renew(NAME, current_expiry=datetime(2027, 5, 1), years=1)

    assert caught.value.field == "current_expiry"
    assert not netim.named("domainRenew")


@pytest.mark.parametrize(
    "filter_",
    [
        {"renewable": True},
        {"include": "info"},
        {"owner": "BJ007"},
        {"tag": "a"},
        {"status": DomainStatus.ACTIVE},
        {"renewal_mode": RenewalMode.MANUAL},
    ],
)
def test_domain_list_cannot_filter_by_what_it_does_not_tell(netim, driver, filter_):
    with pytest.raises(NotSupported):
        driver.domains.list(**filter_)

    assert netim.calls == []


def test_names_in_unicode_are_sent_as_a_labels(netim, driver):
    netim.answer("domainInfo", domain_info("xn--t-9fab.fr"))

    assert driver.domains.info("Été.fr").name == "xn--t-9fab.fr"
    assert netim.named("domainInfo")[0]["domain"] == "xn--t-9fab.fr"
