"""Every action of the manual is reached by a typed method."""

from __future__ import annotations

import inspect

import pytest

from registrar.errors import Refused
from registrar.mrdomain.actions import ACTIONS, METHODS
from registrar.mrdomain.capability import CAPABILITIES
from registrar.types import (
    AccessLevel,
    CertificateOrder,
    Contact,
    ContactType,
    CsrSubject,
    DnsRecord,
    DnssecKey,
    DomainOrder,
    DomainPermission,
    GlueRecord,
    MailAlias,
    RecordType,
    Redirect,
    RedirectType,
    RenewalMode,
    TransferOrder,
    ValidationMethod,
)

NAME = "faro.com"
PLACE = "SRV0000000007-000000071"
RECORD = DnsRecord(NAME, RecordType.A, "203.0.113.9", identifier=PLACE)
REDIRECT = Redirect("http://faro.com/a", "https://lamps.example/", RedirectType.PERMANENT, PLACE)
GLUE = GlueRecord("ns1.faro.com", "203.0.113.5")
KEY = DnssecKey(257, 13, 2, "AB" * 32)
LENT = {DomainPermission.DNS_ZONE: AccessLevel.WRITE}
PERSON = Contact(
    ContactType.INDIVIDUAL,
    "Ada",
    "Lamp",
    "ada@example.com",
    "+44.2071234567",
    "1 Quay",
    "SW1A",
    "London",
    "London",
    "GB",
    "ID1",
)
SUBJECT = CsrSubject("www.faro.com", "Faro", "Luces", "ES", "Baleares", "Manacor", "luz@faro.com")
ATTRIBUTES = {
    "tool": "tools",
    "account": "account",
    "domain": "domains",
    "contact": "contacts",
    "hosting": "hosting",
    "dns": "dns",
    "certificate": "certificates",
    "access": "access",
}

# Operation -> its arguments; keywords in a dictionary at the end. "CSR" stands for a request made for the test.
ARGUMENTS: dict[str, tuple[object, ...]] = {
    "tool.idn": ("faro.com",),
    "tool.suggest": ("faro",),
    "tool.table": ("countries",),
    "tool.dig": (NAME, "A", "8.8.8.8"),
    "tool.zone_check": (NAME, ["ns1.example.com", "ns2.example.com"]),
    "domain.create": (DomainOrder(NAME, "AB-1"),),
    "domain.transfer": (TransferOrder(NAME, "AB-1"),),
    "domain.set_tag": (NAME, "blue"),
    "domain.set_nameservers": (NAME,),
    "domain.set_contacts": (
        NAME,
        {"owner": "AB-1", "admin": "AB-1", "tech": "AB-1", "billing": "AB-1"},
    ),
    "domain.create_glue": (NAME, GLUE),
    "domain.update_glue": (NAME, GLUE),
    "domain.delete_glue": (NAME, GLUE.name),
    "domain.list": (),
    "domain.add_dnssec_key": (NAME, KEY),
    "domain.delete_dnssec_key": (NAME, KEY),
    "domain.deleted": (),
    "contact.create": (PERSON,),
    "contact.list": (),
    "contact.info": ("AB-1",),
    "contact.resend_verification": ("AB-1",),
    "hosting.list": (),
    "hosting.create": (NAME, "basic"),
    "hosting.upgrade": (NAME, "professional"),
    "hosting.set_renewal_mode": (NAME, RenewalMode.MANUAL),
    "hosting.set_parking": (NAME, True),
    "hosting.web_builder_url": (NAME, "www.faro.com"),
    "hosting.create_ftp_account": (NAME, "ftp", "/", "secret"),
    "hosting.update_ftp_account": (NAME, PLACE, "/", "secret"),
    "hosting.create_database": (NAME, "secret"),
    "hosting.update_database": (NAME, PLACE, "secret"),
    "hosting.create_subdomain": (NAME, "www.faro.com", "public/"),
    "hosting.update_subdomain": (NAME, PLACE, "public/"),
    "hosting.create_redirect": (NAME, REDIRECT),
    "hosting.update_redirect": (NAME, REDIRECT),
    "hosting.delete_redirect": (NAME, REDIRECT),
    "hosting.create_mailbox": (NAME, "luz", "secret"),
    "hosting.set_mailbox_password": (NAME, PLACE, "secret"),
    "hosting.create_mail_alias": (NAME, "all", ["a@lamps.example"]),
    "hosting.update_mail_alias": (NAME, PLACE, ["a@lamps.example"]),
    "hosting.delete_mail_alias": (NAME, MailAlias("all@faro.com", (), PLACE)),
    "dns.create": (NAME, RECORD),
    "dns.update": (NAME, RECORD),
    "dns.delete": (NAME, RECORD),
    "dns.replace": (NAME, [RECORD]),
    "certificate.decode_csr": ("CSR",),
    "certificate.create_csr": (SUBJECT,),
    "certificate.products": (),
    "certificate.product": ("55",),
    "certificate.list": (),
    "certificate.create": (CertificateOrder("55", "CSR", admin="AB-1"),),
    "certificate.renew": ("17", CertificateOrder("", "CSR", admin="AB-1")),
    "certificate.reissue": ("17", CertificateOrder("", "CSR")),
    "certificate.add_name": ("17", "mail.faro.com"),
    "certificate.validation_emails": ("faro.com",),
    "certificate.set_validation_method": ("17", "www.faro.com", ValidationMethod.HTTP),
    "certificate.resend_validation_email": ("17", "www.faro.com"),
    "access.create": ("luz", "secret"),
    "access.list": (),
    "access.set_enabled": ("luz", False),
    "access.set_password": ("luz", "secret"),
    "access.add_domain": ("luz", NAME, LENT),
    "access.update_domain": ("luz", NAME, LENT),
    "access.remove_domain": ("luz", NAME),
}
BY_NOUN: dict[str, tuple[object, ...]] = {
    "domain": (NAME,),
    "hosting": (NAME,),
    "dns": (NAME,),
    "certificate": ("17",),
    "access": ("luz",),
}


def arguments(operation: str, count: int, csr: str) -> tuple[list[object], dict[str, object]]:
    default = BY_NOUN.get(operation.partition(".")[0], ())
    given = list(ARGUMENTS.get(operation, (*default, PLACE)[:count]))
    named = given.pop() if given and isinstance(given[-1], dict) and given[-1] is not LENT else {}
    for index, value in enumerate(given):
        if value == "CSR":
            given[index] = csr
        elif isinstance(value, CertificateOrder):
            given[index] = CertificateOrder(value.product_id, csr, admin=value.admin)
    return given, named  # type: ignore[return-value]


# It reads the expiry that guards it first, so its own tests tell what it sends.
READS_FIRST = "domain/renew"


@pytest.mark.parametrize("action", sorted(ACTIONS.keys() - {READS_FIRST}))
def test_action_is_reached_by_its_typed_method(answered, papers, action):
    line = answered(code=300)
    noun, _, name = METHODS[action].partition(".")
    method = getattr(getattr(line.driver, ATTRIBUTES[noun]), name)
    required = [
        parameter
        for parameter in inspect.signature(method).parameters.values()
        if parameter.default is parameter.empty
    ]
    given, named = arguments(METHODS[action], len(required), papers.csr)

    with pytest.raises(Refused):
        method(*given, **named)

    assert line.actions == [action]
    assert [exchange.action for exchange in line.exchanges] == [action]


def test_table_of_methods_is_complete():
    assert METHODS.keys() == ACTIONS.keys()
    assert len(METHODS) == len(set(METHODS.values())) == 106


def test_methods_of_the_table_are_capabilities():
    assert set(METHODS.values()) <= {row.operation for row in CAPABILITIES if row.usable}
