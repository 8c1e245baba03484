"""Every module but domain: what each method sends."""

from __future__ import annotations

from registrar.types import (
    CertificateOrder,
    Contact,
    ContactType,
    CsrSubject,
    DnsRecord,
    MailAlias,
    RecordType,
    Redirect,
    RedirectType,
    RenewalMode,
    SoaTimes,
    ValidationMethod,
)
from tests.registrar.netim.sent_calls import Sent
from tests.registrar.netim.soap_bytes import ACCOUNT, array, operation, struct

NAME = "lamp.com"
NO_OPTIONS = {"service": "", "protocol": "", "ttl": "", "priority": "", "weight": "", "port": ""}
PERSON = Contact(
    type=ContactType.INDIVIDUAL,
    first_name="Ada",
    last_name="Lamp",
    email="ada@example.com",
    phone="+33.612345678",
    address="1 quai des Brumes",
    postal_code="44000",
    city="Nantes",
    state="Loire-Atlantique",
    country="fr",
)
SENT_PERSON = {
    "firstName": "Ada",
    "lastName": "Lamp",
    "bodyForm": "IND",
    "bodyName": "",
    "address1": "1 quai des Brumes",
    "address2": "",
    "zipCode": "44000",
    "area": "",
    "city": "Nantes",
    "country": "FR",
    "phone": "+33 612345678",
    "fax": "",
    "email": "ada@example.com",
    "language": "EN",
    "isOwner": "1",
}
SUBJECT = CsrSubject(
    "lamp.com", "Lamp Ltd", "IT", "fr", "Loire", "Nantes", "ada@example.com", ("www.lamp.com",)
)
SUBJECT_SENT = {
    "Country": "FR",
    "City": "Nantes",
    "Region": "Loire",
    "Organisation": "Lamp Ltd",
    "Department": "IT",
    "EmailAddress": "ada@example.com",
    "CommonName": ["lamp.com"],
    "AlternativeNames": ["www.lamp.com"],
}
OWNER = struct({"bodyForm": "IND", "firstName": "ADA", "lastName": "Lamp", "isOwner": 1}, tag="contact")
OTHER = struct({"bodyForm": "ORG", "firstName": "Eve", "lastName": "Moth", "isOwner": 0}, tag="contact")
TLD = struct({"tld": "com", "PeriodCreate": "1-10", "PeriodRenew": "2-10"})
SSL = struct({"IDSSL": "SSL-AB12-CD", "status": "VALID", "certificate": "PEM"})


OTHERS = [
    Sent("hello", lambda d: d.tools.hello(), {}, "<return>Welcome</return>"),
    Sent("queryResellerAccount", lambda d: d.account.info(), {}, ACCOUNT),
    Sent("domainPriceList", lambda d: d.account.zones(), {}, array([])),
    Sent("domainTldInfo", lambda d: d.account.extension(".COM"), {"tld": "com"}, TLD),
    Sent(
        "contactCreate",
        lambda d: d.contacts.create(PERSON),
        {"contact": SENT_PERSON},
        "<idContact>A1</idContact>",
    ),
    Sent(
        "contactCreate",
        lambda d: d.contacts.create(PERSON, is_owner=False),
        {"contact": SENT_PERSON | {"isOwner": "0"}},
        "<idContact>A1</idContact>",
    ),
    Sent("contactInfo", lambda d: d.contacts.info("BJ007"), {"idContact": "BJ007"}, OWNER),
    Sent(
        "contactUpdate",
        lambda d: d.contacts.update("GK521", PERSON),
        {"idContact": "GK521", "contact": SENT_PERSON | {"isOwner": "0"}},
        reads={"contactInfo": OTHER},
    ),
    Sent(
        "contactOwnerUpdate",
        lambda d: d.contacts.update("BJ007", PERSON),
        {
            "idContact": "BJ007",
            "contact": {
                name: value
                for name, value in SENT_PERSON.items()
                if name not in {"firstName", "lastName", "bodyForm", "bodyName"}
            },
        },
        reads={"contactInfo": OWNER},
    ),
    Sent("contactDelete", lambda d: d.contacts.delete("BJ007"), {"idContact": "BJ007"}),
    Sent("queryContactList", lambda d: d.contacts.list(), {"filter": "", "field": ""}, array([])),
    Sent(
        "domainZoneInit", lambda d: d.dns.restore(NAME, template="12"), {"domain": NAME, "numTemplate": "12"}
    ),
    Sent(
        "domainZoneCreate",
        lambda d: d.dns.create(NAME, DnsRecord(NAME, RecordType.A, "203.0.113.1", ttl=600)),
        {
            "domain": NAME,
            "subdomain": "",
            "type": "A",
            "value": "203.0.113.1",
            "options": NO_OPTIONS | {"ttl": "600"},
        },
    ),
    Sent(
        "domainZoneCreate",
        lambda d: d.dns.create(NAME, DnsRecord("mail.lamp.com.", RecordType.MX, "mx.lamp.com", priority=0)),
        {
            "subdomain": "mail",
            "type": "MX",
            "value": "mx.lamp.com",
            "options": NO_OPTIONS | {"priority": "0"},
        },
    ),
    Sent(
        "domainZoneCreate",
        lambda d: d.dns.create(
            NAME, DnsRecord("_sip._tcp.eu.lamp.com", RecordType.SRV, "5 5060 sip.lamp.com", priority=10)
        ),
        {
            "subdomain": "eu",
            "type": "SRV",
            "value": "sip.lamp.com",
            "options": NO_OPTIONS
            | {"service": "_sip", "protocol": "_tcp", "priority": "10", "weight": "5", "port": "5060"},
        },
    ),
    Sent(
        "domainZoneDelete",
        lambda d: d.dns.delete(NAME, DnsRecord("*.lamp.com", RecordType.TXT, 'a "b"')),
        {"domain": NAME, "subdomain": "*", "type": "TXT", "value": 'a "b"'},
    ),
    Sent(
        "domainZoneInitSoa",
        lambda d: d.dns.set_soa(NAME, SoaTimes(1, 2, 3, 4, 5)),
        {"domain": NAME, "ttl": "1", "ttlUnit": "S", "expire": "4", "minimum": "5", "minimumUnit": "S"},
    ),
    Sent("queryZoneList", lambda d: d.dns.list(NAME), {"domain": NAME}, array([])),
    Sent(
        "domainMailFwdCreate",
        lambda d: d.hosting.create_mail_alias(NAME, "*", ["a@example.com", "b@example.com"]),
        {"mailBox": "*@lamp.com", "recipients": "a@example.com,b@example.com"},
    ),
    Sent(
        "domainMailFwdDelete",
        lambda d: d.hosting.delete_mail_alias(NAME, MailAlias("Info@Lamp.com", ())),
        {"mailBox": "info@lamp.com"},
    ),
    Sent("queryMailFwdList", lambda d: d.hosting.mail_aliases(NAME), {"domain": NAME}, array([])),
    Sent(
        "domainWebFwdCreate",
        lambda d: d.hosting.create_redirect(
            NAME, Redirect("www.lamp.com", "HTTPS://example.com/a?b=c", RedirectType.PERMANENT)
        ),
        {
            "fqdn": "www.lamp.com",
            "target": "example.com/a?b=c",
            "type": "DIRECT",
            "options": {"header": "301", "protocol": "https", "title": "", "parking": ""},
        },
    ),
    Sent(
        "domainWebFwdCreate",
        lambda d: d.hosting.create_redirect(
            NAME, Redirect(NAME, "http://example.com", RedirectType.FRAME, title="Lamps")
        ),
        {
            "fqdn": NAME,
            "target": "example.com",
            "type": "MASKED",
            "options": {"header": "", "protocol": "http", "title": "Lamps", "parking": ""},
        },
    ),
    Sent(
        "domainWebFwdCreate",
        lambda d: d.hosting.create_redirect(NAME, Redirect(NAME, "203.0.113.7", RedirectType.ADDRESS)),
        {
            "target": "203.0.113.7",
            "type": "IP",
            "options": {"header": "", "protocol": "", "title": "", "parking": ""},
        },
    ),
    Sent(
        "domainWebFwdCreate",
        lambda d: d.hosting.create_redirect(NAME, Redirect(NAME, "page", RedirectType.PARKING)),
        {
            "target": "",
            "type": "PARKING",
            "options": {"header": "", "protocol": "", "title": "", "parking": "page"},
        },
    ),
    Sent(
        "domainWebFwdDelete",
        lambda d: d.hosting.delete_redirect(NAME, Redirect("www.lamp.com", "", RedirectType.FRAME)),
        {"fqdn": "www.lamp.com"},
    ),
    Sent("queryWebFwdList", lambda d: d.hosting.redirects(NAME), {"domain": NAME}, array([])),
    Sent(
        "sslCreate",
        lambda d: d.certificates.create(CertificateOrder("SSLDV", subject=SUBJECT)),
        {"prod": "SSLDV", "duration": "1", "CSRInfo": SUBJECT_SENT, "validation": "dns"},
        operation("Pending"),
        reads={"queryOpePending": array([])},
    ),
    Sent(
        "sslCreate",
        lambda d: d.certificates.create(
            CertificateOrder(
                "SSLDV",
                csr="PEM",
                years=2,
                validation={"lamp.com": ValidationMethod.MAIL},
                emails=("admin@lamp.com", "postmaster@www.lamp.com"),
            )
        ),
        {
            "duration": "2",
            "CSRInfo": {"CSR": "PEM"},
            "validation": "email:admin@lamp.com,postmaster@www.lamp.com",
        },
        operation("Pending"),
        reads={"queryOpePending": array([])},
    ),
    Sent(
        "sslRenew",
        lambda d: d.certificates.renew("SSL-AB12-CD", CertificateOrder()),
        {"IDSSL": "SSL-AB12-CD", "duration": "1"},
        reads={"sslInfo": SSL},
    ),
    Sent(
        "sslReIssue",
        lambda d: d.certificates.reissue(
            "SSL-AB12-CD", CertificateOrder(csr="PEM", validation={"lamp.com": ValidationMethod.HTTP})
        ),
        {"IDSSL": "SSL-AB12-CD", "CSRInfo": {"CSR": "PEM"}, "validation": "file"},
        reads={"sslInfo": SSL},
    ),
    Sent("sslRevoke", lambda d: d.certificates.revoke("SSL-AB12-CD"), {"IDSSL": "SSL-AB12-CD"}),
    Sent(
        "sslSetPreference",
        lambda d: d.certificates.set_renewal_mode("SSL-AB12-CD", RenewalMode.MANUAL),
        {"IDSSL": "SSL-AB12-CD", "codePref": "auto_renew", "value": "0"},
    ),
    Sent("sslInfo", lambda d: d.certificates.info("SSL-AB12-CD"), {"IDSSL": "SSL-AB12-CD"}, SSL),
    Sent("sslInfo", lambda d: d.certificates.files("SSL-AB12-CD"), {"IDSSL": "SSL-AB12-CD"}, SSL),
    Sent("queryOpe", lambda d: d.operations.info("4958385"), {"IDOpe": "4958385"}),
    Sent("queryOpePending", lambda d: d.operations.pending(), {}, array([])),
    Sent(
        "queryOpeList", lambda d: d.operations.open_kinds("com"), {"tld": "COM"}, struct({"domainRenew": "1"})
    ),
    Sent("cancelOpe", lambda d: d.operations.cancel("4958385"), {"IDOpe": "4958385"}, ""),
]
