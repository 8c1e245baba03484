"""Zones, plans and what they hold, certificates and users in their lives, on the sandbox's real servers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from registrar.errors import Conflict, NotFound, Refused, RegistrarError, Verdict
from registrar.types import (
    AccessLevel,
    CertificateFormat,
    CertificateOrder,
    CertificateStatus,
    CsrSubject,
    DnsRecord,
    DomainPermission,
    Done,
    HostingStatus,
    Pending,
    RecordType,
    Redirect,
    RedirectType,
    RenewalMode,
    SubdomainCertificate,
    ValidationLevel,
    ValidationMethod,
)

PLAN = "soler-estudio.com"
PASSWORD = "Canary-word-1"
SUBJECT = CsrSubject(
    "www.soler-estudio.com", "Soler", "Estudio", "ES", "Barcelona", "Barcelona", "marta@soler-estudio.example"
)
RECORDS = {
    "A": DnsRecord(f"a.{PLAN}", RecordType.A, "203.0.113.9", ttl=600),
    "AAAA": DnsRecord(f"a.{PLAN}", RecordType.AAAA, "2a00:1450:4003::9"),
    "CNAME": DnsRecord(f"alias.{PLAN}", RecordType.CNAME, "lamps.example"),
    "wildcard": DnsRecord(f"*.sub.{PLAN}", RecordType.A, "203.0.113.9"),
    "MX": DnsRecord(f"in.{PLAN}", RecordType.MX, "mail.lamps.example", priority=5),
    "NS": DnsRecord(f"zone.{PLAN}", RecordType.NS, "ns1.lamps.example"),
    "SRV": DnsRecord(f"_sip._tcp.{PLAN}", RecordType.SRV, "5 5060 sip.lamps.example", priority=20),
    "CAA": DnsRecord(PLAN, RecordType.CAA, '0 issue "ca.example"'),
    "TXT": DnsRecord(f"_dmarc.{PLAN}", RecordType.TXT, "v=DMARC1; p=none; rua=mailto:a@lamps.example"),
}


class Signer:
    """A key, and requests and certificates made with it."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        self.key = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def csr(self, name: str) -> str:
        builder = x509.CertificateSigningRequestBuilder().subject_name(self._name(name))
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()

    def certificate(self, name: str) -> str:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(self._name(name)).issuer_name(self._name(name))
        builder = builder.public_key(self._key.public_key()).serial_number(7)
        builder = builder.not_valid_before(now).not_valid_after(now + timedelta(days=90))
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()

    @staticmethod
    def _name(name: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer()


@pytest.fixture
def admin(driver) -> str:
    found: str = driver.contacts.list(page_length=1).items[0].handle
    return found


# Zones


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_record_is_read_back_as_it_was_created(driver, record):
    created = driver.dns.create(PLAN, record).value

    assert replace(created, identifier="") == record if record.priority else created.value == record.value
    assert driver.dns.info(PLAN, created.identifier) == created
    assert driver.dns.list(PLAN, word=record.name, type=record.type).items == (created,)
    driver.dns.delete(PLAN, created)
    with pytest.raises(NotFound):
        driver.dns.info(PLAN, created.identifier)


def test_record_changes_its_value_ttl_and_priority(driver):
    created = driver.dns.create(PLAN, RECORDS["MX"]).value

    changed = driver.dns.update(PLAN, replace(created, value="mx.lamps.example", ttl=3600, priority=7)).value

    assert (changed.identifier, changed.name) == (created.identifier, created.name)
    assert (changed.value, changed.ttl, changed.priority) == ("mx.lamps.example", 3600, 7)


def test_zone_is_paged_and_filtered(driver):
    everything = driver.dns.list(PLAN)

    assert len(driver.dns.list(PLAN, page=2, page_length=5).items) == 5
    assert driver.dns.list(PLAN, page_length=5).total == everything.total == len(everything.items)
    assert {record.type for record in driver.dns.list(PLAN, type=RecordType.MX).items} == {RecordType.MX}
    assert all("spf1" in record.value for record in driver.dns.list(PLAN, value="spf1").items)


def test_zone_is_replaced_emptied_and_restored(driver):
    before = driver.dns.list(PLAN).items

    driver.dns.replace(PLAN, list(RECORDS.values()))
    written = driver.dns.list(PLAN).items
    driver.dns.delete_all(PLAN)
    empty = driver.dns.list(PLAN)
    driver.dns.restore(PLAN)
    restored = driver.dns.list(PLAN).items

    assert {(record.name, record.type, record.value) for record in written} == {
        (record.name, record.type, record.value) for record in RECORDS.values()
    }
    assert (empty.items, empty.total, empty.is_last) == ((), 0, True)
    assert len(restored) == len(before)


def test_zone_as_it_was_read_can_be_written_back(driver):
    before = driver.dns.list(PLAN).items

    driver.dns.replace(PLAN, before)

    assert [replace(record, identifier="") for record in driver.dns.list(PLAN).items] == [
        replace(record, identifier="") for record in before
    ]


def test_second_cname_of_a_name_is_not_created(driver, world):
    driver.dns.create(PLAN, RECORDS["CNAME"])

    with pytest.raises(Conflict):
        driver.dns.create(PLAN, RECORDS["CNAME"])
    assert world.executed("service/dnscreate") == 1


def test_zone_of_an_international_name_is_in_a_labels(driver):
    name = "xn--mller-bau-q9a.com"

    created = driver.dns.create("müller-bau.com", DnsRecord(f"*.x.{name}", RecordType.TXT, "grün")).value

    assert (created.name, created.value) == (f"*.x.{name}", "grün")
    assert all(record.name.endswith(name) for record in driver.dns.list(name).items)


@pytest.mark.parametrize("act", ["list", "restore", "delete_all"])
def test_zone_of_somebody_else_is_not_found(driver, act):
    with pytest.raises(NotFound):
        getattr(driver.dns, act)("lighthouse.net")


# Plans


def test_plans_are_listed_and_filtered(driver):
    hosting = driver.hosting
    everything = hosting.list()

    assert everything.total == len(everything.items) > 5
    assert [plan.name for plan in hosting.list(name=PLAN).items] == [PLAN]
    assert {plan.status for plan in hosting.list(status=HostingStatus.INACTIVE).items} == {
        HostingStatus.INACTIVE
    }
    assert hosting.list(renewable=True).total + hosting.list(renewable=False).total == everything.total
    assert all("loja" in plan.name for plan in hosting.list(word="loja").items)
    assert {plan.name.rpartition(".")[2] for plan in hosting.list(tld="fr").items} == {"fr"}


def test_plan_tells_of_itself(driver):
    plan = driver.hosting.info(PLAN)
    resources = driver.hosting.resources(PLAN)

    assert (plan.status, plan.renewal_mode, plan.renewable) == (
        HostingStatus.ACTIVE,
        RenewalMode.MANUAL,
        False,
    )
    assert plan.created_on < plan.expires_on
    assert resources["mailboxes"].used == driver.hosting.mailboxes(PLAN).total
    assert resources["ftp_usage"].unit == "bytes"
    assert driver.hosting.servers(PLAN).ftp.endswith(PLAN)
    assert "default" in driver.hosting.php(PLAN).available
    assert isinstance(driver.hosting.error_log(PLAN), tuple)


def test_new_plan_is_pending_until_it_is_set_up(driver, world):
    before = driver.account.info().balance

    outcome = driver.hosting.create("soler-estudio.es", "basic", years=2)

    assert isinstance(outcome, Pending)
    assert outcome.value.status is HostingStatus.STARTING
    assert driver.account.info().balance == before - outcome.value.charged.amount
    world.settle()
    found = driver.hosting.info(outcome.reference)
    assert (found.name, found.status) == ("soler-estudio.es", HostingStatus.ACTIVE)


def test_renewal_of_a_plan_is_pending_until_the_plan_is_active(driver, world):
    name = "panaderia-etxeberria.com"
    before = driver.hosting.info(name)

    outcome = driver.hosting.renew(name, years=1)

    assert isinstance(outcome, Pending)
    assert outcome.value.status is HostingStatus.RENEWING
    world.settle()
    after = driver.hosting.info(name)
    assert (after.status, after.expires_on.year) == (HostingStatus.ACTIVE, before.expires_on.year + 1)


def test_renewal_out_of_time_is_not_executed(driver, world):
    with pytest.raises(RegistrarError) as caught:
        driver.hosting.renew(PLAN)
    assert caught.value.verdict is Verdict.NOT_EXECUTED
    assert world.executed("service/renew") == 0


def test_plan_grows_and_changes_its_settings(driver):
    outcome = driver.hosting.upgrade(PLAN, "professional")
    driver.hosting.set_renewal_mode(PLAN, RenewalMode.AUTOMATIC)
    version = driver.hosting.php(PLAN).available[-1]
    driver.hosting.set_php_version(PLAN, version)

    assert isinstance(outcome, Done)
    assert (outcome.value.product_key, outcome.value.charged.currency) == ("professional", "EUR")
    assert driver.hosting.info(PLAN).renewal_mode is RenewalMode.AUTOMATIC
    assert driver.hosting.php(PLAN).version == version


def test_plan_cannot_shrink(driver):
    with pytest.raises(Conflict):
        driver.hosting.upgrade(PLAN, "mini")


def test_parking_is_switched_both_ways(driver):
    for value in (True, False):
        assert driver.hosting.set_parking(PLAN, value) == Done(value)
        assert driver.hosting.parking(PLAN) is value


def test_site_builder_opens_by_an_address_that_is_not_kept(world):
    exchanges = []

    with world.driver(on_exchange=exchanges.append) as driver:
        url = driver.hosting.web_builder_url(PLAN, f"www.{PLAN}", language="es")

    assert url.startswith("http")
    assert url.partition("?")[2]
    assert url not in repr(exchanges)
    assert url.partition("?")[2] not in repr(exchanges)


def test_plan_of_somebody_else_is_not_found(driver):
    with pytest.raises(NotFound):
        driver.hosting.info("lighthouse.net")


# What a plan holds


def test_ftp_account_in_its_life(driver):
    hosting = driver.hosting
    created = hosting.create_ftp_account(PLAN, f"shop.{PLAN}", "/shop", PASSWORD).value

    assert hosting.ftp_account(PLAN, created.identifier) == created
    assert created in hosting.ftp_accounts(PLAN, word="shop").items
    moved = hosting.update_ftp_account(PLAN, created.identifier, "/stall", PASSWORD + "2").value
    assert (moved.identifier, moved.path) == (created.identifier, "/stall")
    hosting.delete_ftp_account(PLAN, created.identifier)
    with pytest.raises(NotFound):
        hosting.ftp_account(PLAN, created.identifier)


def test_database_in_its_life(driver):
    hosting = driver.hosting
    created = hosting.create_database(PLAN, PASSWORD, external_access=True).value

    assert created.external_access is True
    assert hosting.database(PLAN, created.identifier) == created
    assert created.identifier in {found.identifier for found in hosting.databases(PLAN).items}
    assert hosting.update_database(PLAN, created.identifier, PASSWORD).value.external_access is False
    hosting.delete_database(PLAN, created.identifier)
    with pytest.raises(NotFound):
        hosting.database(PLAN, created.identifier)


@pytest.mark.parametrize("key", ["ftpPath", "sslPath"])
def test_subdomain_in_its_life(driver, world, signer, key):
    world.change(ssl_path_key=key)
    hosting, name = driver.hosting, f"shop.{PLAN}"
    installed = SubdomainCertificate(
        signer.certificate(name), signer.certificate("ca.example"), "secure/", signer.key
    )

    created = hosting.create_subdomain(PLAN, name, "public/").value
    changed = hosting.update_subdomain(PLAN, created.identifier, "shop/", certificate=installed).value

    assert (created.name, created.path, created.certificate) == (name, "public/", None)
    assert (changed.path, changed.certificate.path, changed.certificate.key) == ("shop/", "secure/", "")
    (listed,) = hosting.subdomains(PLAN, word="shop").items
    assert listed == changed
    assert hosting.subdomain(PLAN, created.identifier).certificate is None
    hosting.delete_subdomain(PLAN, created.identifier)
    with pytest.raises(NotFound):
        hosting.subdomain(PLAN, created.identifier)


def test_redirect_in_its_life(driver):
    hosting = driver.hosting
    wanted = Redirect(f"http://www.{PLAN}/old/", "https://lamps.example/", RedirectType.PERMANENT)

    created = hosting.create_redirect(PLAN, wanted).value

    assert replace(created, identifier="") == wanted
    assert created in hosting.redirects(PLAN).items
    changed = hosting.update_redirect(
        PLAN, replace(created, destination="https://lamps.example/new", type=RedirectType.FRAME)
    ).value
    assert hosting.redirect(PLAN, created.identifier) == changed
    assert (changed.type, changed.origin) == (RedirectType.FRAME, wanted.origin)
    hosting.delete_redirect(PLAN, changed)
    with pytest.raises(NotFound):
        hosting.redirect(PLAN, created.identifier)


def test_mailbox_in_its_life(driver, world):
    hosting = driver.hosting
    created = hosting.create_mailbox(PLAN, "ventas", PASSWORD).value

    assert (created.address, created.usage) == (f"ventas@{PLAN}", 0)
    assert hosting.mailbox(PLAN, created.identifier) == created
    assert hosting.mailboxes(PLAN, word="ventas").items == (created,)
    assert hosting.set_mailbox_password(PLAN, created.identifier, PASSWORD + "2").value == created
    hosting.delete_mailbox(PLAN, created.identifier)
    with pytest.raises(NotFound):
        hosting.mailbox(PLAN, created.identifier)
    assert "Canary" not in repr(world.journal())


def test_second_mailbox_of_a_name_is_not_created(driver, world):
    driver.hosting.create_mailbox(PLAN, "ventas", PASSWORD)

    with pytest.raises(Conflict):
        driver.hosting.create_mailbox(PLAN, "ventas", PASSWORD)
    assert world.executed("service/mailcreate") == 1


def test_full_plan_takes_no_more_mailboxes(driver):
    plan = "camille-fournier.fr"
    limit = driver.hosting.resources(plan)["mailboxes"]

    for number in range(limit.maximum - limit.used):
        driver.hosting.create_mailbox(plan, f"box{number}", PASSWORD)
    with pytest.raises(Refused) as caught:
        driver.hosting.create_mailbox(plan, "one-more", PASSWORD)
    assert caught.value.reason == "limit_reached"


def test_mail_alias_in_its_life(driver):
    hosting = driver.hosting
    created = hosting.create_mail_alias(PLAN, "equipo", ["a@lamps.example", f"marta@{PLAN}"]).value

    assert (created.address, created.targets) == (f"equipo@{PLAN}", ("a@lamps.example", f"marta@{PLAN}"))
    assert hosting.mail_alias(PLAN, created.identifier) == created
    assert created in hosting.mail_aliases(PLAN).items
    changed = hosting.update_mail_alias(PLAN, created.identifier, ["b@lamps.example"]).value
    assert (changed.identifier, changed.targets) == (created.identifier, ("b@lamps.example",))
    hosting.delete_mail_alias(PLAN, changed)
    with pytest.raises(NotFound):
        hosting.mail_alias(PLAN, created.identifier)


@pytest.mark.parametrize("empty", ["object", "list"])
def test_empty_answer_is_done_in_both_spellings(driver, world, empty):
    world.change(empty_data=empty)

    assert driver.dns.delete_all(PLAN) == Done(None)


def test_passwords_that_lists_show_are_neither_returned_nor_kept(world):
    exchanges = []

    with world.driver(on_exchange=exchanges.append) as driver:
        created = driver.hosting.create_database(PLAN, PASSWORD)
        found = driver.hosting.databases(PLAN)

    assert PASSWORD not in repr((created, found, exchanges))


# Certificates


def test_products_are_listed_and_filtered(driver):
    certificates = driver.certificates
    everything = certificates.products()

    assert everything.total == len(everything.items)
    assert all(product.wildcard for product in certificates.products(wildcard=True).items)
    assert not any(product.trial for product in certificates.products(trial=False).items)
    extended = certificates.products(level=ValidationLevel.EXTENDED, multi_domain=True).items
    assert {(product.level, product.multi_domain) for product in extended} == {
        (ValidationLevel.EXTENDED, True)
    }
    product = certificates.product("55")
    assert product in everything.items
    assert product.create.currency == "EUR"


def test_request_is_made_and_says_what_was_asked(driver):
    made = driver.certificates.create_csr(SUBJECT)

    assert made.subject == SUBJECT
    assert "PRIVATE KEY" in made.key
    assert driver.certificates.decode_csr(made.pem) == SUBJECT


def test_certificate_in_its_life(driver, world, admin, signer):
    certificates, name = driver.certificates, f"tienda.{PLAN}"
    before = driver.account.info().balance
    order = CertificateOrder("55", signer.csr(name), years=1, key=signer.key, admin=admin)

    outcome = certificates.create(order)

    assert isinstance(outcome, Pending)
    assert outcome.value.status is CertificateStatus.PROCESSING
    assert driver.account.info().balance == before - outcome.value.charged.amount
    reference = outcome.reference
    (check,) = certificates.validation(reference).names
    assert (check.name, check.validated, check.method) == (name, False, ValidationMethod.DNS)
    assert check.check
    with pytest.raises(Conflict):
        certificates.files(reference)
    with pytest.raises(Conflict):
        certificates.download(reference, CertificateFormat.ZIP)
    world.settle()
    issued = certificates.info(reference)
    assert (issued.status, issued.common_name, name in issued.alternative_names) == (
        CertificateStatus.VALID,
        name,
        True,
    )
    files = certificates.files(reference)
    assert x509.load_pem_x509_certificate(files.certificate.encode())
    assert x509.load_pem_x509_certificates(files.chain.encode())
    assert files.key.strip() == signer.key.strip()
    assert files.fingerprint.count(":") == 31
    with pytest.raises(Conflict):
        certificates.validation(reference)
    assert signer.key.splitlines()[1] not in repr(world.journal())


@pytest.mark.parametrize("format", CertificateFormat)
def test_issued_certificate_is_downloaded(driver, world, admin, signer, format):
    order = CertificateOrder("55", signer.csr(f"tienda.{PLAN}"), key=signer.key, admin=admin)
    reference = driver.certificates.create(order).reference
    world.settle()
    password = PASSWORD if format is CertificateFormat.PFX else None

    file = driver.certificates.download(reference, format, password=password)

    assert file.name.endswith(f".{format}")
    assert file.content
    if format is CertificateFormat.PFX:
        key, certificate, _ = pkcs12.load_key_and_certificates(file.content, PASSWORD.encode())
        assert key is not None
        assert certificate is not None
    if format is CertificateFormat.DER:
        assert x509.load_der_x509_certificate(file.content)


def test_names_of_a_certificate_are_validated_each_in_its_way(driver, admin, signer):
    certificates, name = driver.certificates, f"www.{PLAN}"
    (email, *_) = certificates.validation_emails(name)
    order = CertificateOrder(
        "57",
        signer.csr(name),
        admin=admin,
        alternative_names=(name, f"mail.{PLAN}", "lamps.example.com"),
        validation={name: ValidationMethod.MAIL, "lamps.example.com": ValidationMethod.HTTP},
        emails=(email,),
    )

    reference = certificates.create(order).reference

    methods = {check.name: check.method for check in certificates.validation(reference).names}
    assert methods == {
        name: ValidationMethod.MAIL,
        f"mail.{PLAN}": ValidationMethod.DNS,
        "lamps.example.com": ValidationMethod.HTTP,
    }
    assert certificates.resend_validation_email(reference, name) == Done(None)
    changed = certificates.set_validation_method(reference, name, ValidationMethod.HTTPS).value
    assert {check.name: check.method for check in changed.validation.names}[name] is ValidationMethod.HTTPS


def test_certificate_gets_a_further_name_and_is_issued_again(driver, world, signer):
    certificates, reference = driver.certificates, "135074"
    before = certificates.info(reference)

    added = certificates.add_name(reference, "cursos.panaderia-etxeberria.com")
    world.settle()
    again = certificates.reissue(
        reference,
        CertificateOrder(
            csr=signer.csr(before.common_name),
            alternative_names=certificates.info(reference).alternative_names,
        ),
    )

    assert added.value.charged is not None
    assert isinstance(again, Pending)
    assert again.value.status is CertificateStatus.REISSUING
    world.settle()
    after = certificates.info(again.reference)
    assert after.status is CertificateStatus.VALID
    assert "cursos.panaderia-etxeberria.com" in after.alternative_names


def test_renewal_of_a_certificate_is_another_certificate(driver, world, admin, signer):
    certificates, reference = driver.certificates, "135111"
    (line,) = certificates.list(renewable=True, common_name="*.alder-hosting.com").items
    assert line.certificate_id == reference

    outcome = certificates.renew(
        reference, CertificateOrder(csr=signer.csr("*.alder-hosting.com"), admin=admin, years=1)
    )

    assert isinstance(outcome, Pending)
    assert outcome.value.charged is not None
    world.settle()
    renewed = certificates.info(outcome.reference)
    assert renewed.expires_on > line.expires_on


def test_certificates_are_listed_and_filtered(driver):
    certificates = driver.certificates

    assert certificates.list().total == 5
    assert {line.status for line in certificates.list(status=CertificateStatus.EXPIRED).items} == {
        CertificateStatus.EXPIRED
    }
    assert {line.product_id for line in certificates.list(product_id="55").items} == {"55"}


def test_certificate_that_is_not_there_is_not_found(driver):
    for act in (driver.certificates.info, driver.certificates.files, driver.certificates.validation):
        with pytest.raises(NotFound):
            act("999999")


# Users


def test_user_in_its_life(driver):
    access = driver.access
    permissions = {
        DomainPermission.DNS_ZONE: AccessLevel.READ,
        DomainPermission.MAILBOXES: AccessLevel.DISABLED,
    }

    created = access.create("lucia", PASSWORD).value
    lent = access.add_domain("lucia", PLAN, permissions).value

    assert (created.username, created.enabled) == ("lucia", True)
    assert {name: lent.domains[PLAN][name] for name in permissions} == permissions
    assert lent.domains[PLAN].keys() == set(DomainPermission)
    changed = access.update_domain("lucia", PLAN, {DomainPermission.DNS_ZONE: AccessLevel.WRITE}).value
    assert changed.domains[PLAN][DomainPermission.DNS_ZONE] is AccessLevel.WRITE
    assert access.info("lucia") == changed
    assert access.set_enabled("lucia", False).value.enabled is False
    assert access.set_password("lucia", PASSWORD + "2").value.username == "lucia"
    assert access.remove_domain("lucia", PLAN).value.domains == {}
    access.delete("lucia")
    with pytest.raises(NotFound):
        access.info("lucia")


def test_users_are_listed_and_filtered(driver):
    access = driver.access

    assert access.list().total == 3
    assert [user.username for user in access.list(enabled=False).items] == ["agencia-norte"]
    assert [user.username for user in access.list(domain=PLAN).items] == ["marta.soler"]
    assert [user.username for user in access.list(username="ike").items] == ["iker"]


def test_second_user_of_a_name_is_not_created(driver, world):
    with pytest.raises(Conflict):
        driver.access.create("iker", PASSWORD)
    assert world.executed("user/create") == 0


def test_domain_that_was_not_lent_cannot_be_taken_back(driver):
    with pytest.raises(RegistrarError) as caught:
        driver.access.remove_domain("iker", PLAN)
    assert caught.value.verdict is Verdict.NOT_EXECUTED
