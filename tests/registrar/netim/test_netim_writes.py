"""How writes end: the operation's word decides, no read afterwards hides it, and no money is spent by accident."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registrar.errors import (
    Conflict,
    InvalidRequest,
    NotFound,
    NotSent,
    OutcomeUnknown,
    Refused,
    Verdict,
)
from registrar.types import (
    Certificate,
    CertificateOrder,
    CertificateStatus,
    DnsKey,
    DnsRecord,
    Dnssec,
    DnssecKey,
    DomainOrder,
    DomainStatus,
    DomainSummary,
    Done,
    GlueRecord,
    MailAlias,
    Pending,
    RecordType,
    RegisteredDomain,
    TransferOrder,
)
from tests.registrar.netim.sent_for_others import OWNER, PERSON
from tests.registrar.netim.soap_bytes import Answer, array, domain_info, fault, operation, struct

NAME = "lamp.com"
ORDER = DomainOrder(NAME, "BJ007", years=2, nameservers=("ns1.example.net", "ns2.example.net"), premium=True)
TRANSFER = TransferOrder(NAME, "BJ007", nameservers=ORDER.nameservers, keep_nameservers=False)
LOST = [
    Answer(b""),
    Answer(b"", "503 Service Unavailable"),
    fault("E77", "E77 : what?"),
    lambda peer: peer.reset(),
]
EXPIRY = date(2027, 5, 1)


def test_registration_that_is_done_is_the_domain(netim, driver):
    netim.answer("domainCreate", operation())
    netim.answer("domainInfo", domain_info())

    assert driver.domains.create(ORDER) == Done(
        RegisteredDomain(NAME, "com", "", DomainStatus.ACTIVE, "ACTIVE, DELEGATED", EXPIRY, 2)
    )


@pytest.mark.parametrize("answer", LOST)
def test_registration_that_is_done_stays_done_when_it_cannot_be_read(netim, driver, answer):
    netim.answer("domainCreate", operation())
    netim.answer("domainInfo", answer)

    assert driver.domains.create(ORDER) == Done(
        RegisteredDomain(NAME, "com", "", DomainStatus.UNKNOWN, "", years=2)
    )


def test_registration_that_waits_has_the_number_to_ask_for(netim, driver):
    netim.answer("domainCreate", operation("Pending", 77))

    assert driver.domains.create(ORDER) == Pending(
        "77", RegisteredDomain(NAME, "com", "", DomainStatus.REGISTERING, "Pending", years=2)
    )


@pytest.mark.parametrize("status", ["PENDING", "RESERVED, NOT DELEGATED"])
def test_registration_is_pending_as_long_as_the_name_is(netim, driver, status):
    netim.answer("domainCreate", operation("Done", 77))
    netim.answer("domainInfo", domain_info(status=status))

    outcome = driver.domains.create(ORDER)

    assert isinstance(outcome, Pending)
    assert outcome.reference == "77"


def test_transfer_that_waits_is_on_its_way(netim, driver):
    netim.answer("domainTransferIn", operation("Pending", 78))

    outcome = driver.domains.transfer(TRANSFER)

    assert isinstance(outcome, Pending)
    assert outcome.value == RegisteredDomain(NAME, "com", "", DomainStatus.TRANSFERRING, "Pending")


@pytest.mark.parametrize(("word", "reason"), [("Failed", "refused"), ("Cancelled", "cancelled")])
def test_operation_that_failed_is_refused_in_the_registrars_words(netim, driver, word, reason):
    netim.answer("domainDelete", operation(word, message="Not enough money & more"))

    with pytest.raises(Refused) as caught:
        driver.domains.delete(NAME)

    assert (caught.value.reason, caught.value.message) == (reason, "Not enough money & more")
    assert caught.value.verdict is Verdict.NOT_EXECUTED


WRITES = {
    "domainDelete": lambda d: d.domains.delete(NAME),
    "domainCreate": lambda d: d.domains.create(ORDER),
    "domainChangeDNS": lambda d: d.domains.set_nameservers(NAME, ORDER.nameservers),
    "hostCreate": lambda d: d.domains.create_glue(NAME, GlueRecord(f"ns1.{NAME}", "203.0.113.5")),
    "contactDelete": lambda d: d.contacts.delete("BJ007"),
    "domainZoneCreate": lambda d: d.dns.create(NAME, DnsRecord(NAME, RecordType.A, "203.0.113.1")),
    "domainMailFwdCreate": lambda d: d.hosting.create_mail_alias(NAME, "a", ["a@x.com"]),
    "sslRevoke": lambda d: d.certificates.revoke("SSL-AB12-CD"),
}


@pytest.mark.parametrize("function", WRITES)
def test_word_that_is_not_in_the_reference_is_never_a_success(netim, driver, function):
    netim.answer(function, operation("Completed"))

    with pytest.raises(OutcomeUnknown):
        WRITES[function](driver)


@pytest.mark.parametrize("function", WRITES)
def test_every_write_may_be_pending(netim, driver, function):
    netim.answer(function, operation("Pending", 79))

    outcome = WRITES[function](driver)

    assert isinstance(outcome, Pending)
    assert outcome.reference == "79"


@pytest.mark.parametrize("answer", LOST)
def test_updates_that_are_done_stay_done_when_they_cannot_be_read(netim, driver, answer):
    for function in ("domainInfo", "queryHostList", "sslInfo"):
        netim.answer(function, answer)
    for function in ("domainSetPreference", "hostCreate", "hostDelete", "domainSetDNSSecExt", "sslRenew"):
        netim.answer(function, operation())
    host = GlueRecord(f"ns1.{NAME}", "203.0.113.5")
    key = DnssecKey(1, 13, 2, "ab")

    assert driver.domains.set_tag(NAME, "a") == Done(DomainSummary(NAME, "com", "", DomainStatus.UNKNOWN, ""))
    assert driver.domains.create_glue(NAME, host) == Done((host,))
    assert driver.domains.delete_glue(NAME, host.name) == Done(())
    assert driver.domains.set_dnssec_keys(NAME, [key], dns_key=DnsKey(257, 3, 13, "AQ==")) == Done(
        Dnssec(True, (key,))
    )
    assert driver.certificates.renew("SSL-AB12-CD", CertificateOrder()) == Done(
        Certificate("SSL-AB12-CD", "", CertificateStatus.UNKNOWN, "")
    )


def test_update_that_is_done_is_what_the_registrar_shows(netim, driver):
    netim.answer("domainSetPreference", operation())
    netim.answer("domainInfo", domain_info())

    value = driver.domains.set_transfer_lock(NAME, True).value

    assert (value.status, value.expires_on) == (DomainStatus.ACTIVE, EXPIRY)
    assert value.info.transfer_lock
    assert [server.name for server in value.nameservers] == ["ns1.example.net", "ns2.example.net"]


def test_keys_are_as_sent_where_the_registrar_shows_none_that_can_be_read(netim, driver):
    netim.answer("domainSetDNSSecExt", operation())
    netim.answer("domainInfo", domain_info(IsSigned=1))
    key = DnssecKey(1, 13, 2, "ab")

    outcome = driver.domains.set_dnssec_keys(NAME, [key], dns_key=DnsKey(257, 3, 13, "AQ=="))

    assert outcome == Done(Dnssec(True, (key,)))


def test_record_and_alias_are_as_sent(netim, driver):
    netim.answer("domainZoneCreate", operation())
    netim.answer("domainMailFwdCreate", operation())
    record = DnsRecord(NAME, RecordType.MX, "mx.lamp.com", priority=10)

    assert driver.dns.create(NAME, record) == Done(record)
    assert driver.hosting.create_mail_alias(NAME, "a", ["b@x.com"]) == Done(
        MailAlias("a@lamp.com", ("b@x.com",))
    )


def test_renewal_is_done_when_the_expiry_moved(netim, driver):
    netim.answer("domainInfo", domain_info(), domain_info(dateExpiration="2028-05-01"))
    netim.answer("domainRenew", operation())

    outcome = driver.domains.renew(NAME, current_expiry=EXPIRY, years=1)

    assert isinstance(outcome, Done)
    assert (outcome.value.expires_on, outcome.value.years) == (date(2028, 5, 1), 1)


def test_renewal_is_pending_until_the_expiry_moves(netim, driver):
    netim.answer("domainInfo", domain_info())
    netim.answer("domainRenew", operation("Done", 80))

    outcome = driver.domains.renew(NAME, current_expiry=EXPIRY, years=1)

    assert isinstance(outcome, Pending)
    assert (outcome.reference, outcome.value.expires_on) == ("80", EXPIRY)


@pytest.mark.parametrize("answer", LOST)
def test_renewal_that_is_done_stays_done_when_it_cannot_be_read(netim, driver, answer):
    netim.answer("domainInfo", domain_info(), answer)
    netim.answer("domainRenew", operation())

    outcome = driver.domains.renew(NAME, current_expiry=EXPIRY, years=1)

    assert isinstance(outcome, Done)
    assert outcome.value.expires_on is None


@pytest.mark.parametrize(
    "shown",
    [
        {"dateExpiration": "2028-05-01"},
        {"dateExpiration": "2026-05-01"},
        {"dateExpiration": ""},
    ],
)
def test_renewal_from_another_date_is_a_conflict_and_is_not_sent(netim, driver, shown):
    netim.answer("domainInfo", domain_info(**shown))

    with pytest.raises(Conflict) as caught:
        driver.domains.renew(NAME, current_expiry=EXPIRY, years=1)

    assert caught.value.reason == "expiry_differs"
    assert netim.functions == ["domainInfo"]


@pytest.mark.parametrize(
    ("first", "last", "possible"),
    [(-10, 10, True), (1, 10, True), (3, 10, False), (-10, -1, True), (-10, -3, False), (None, None, True)],
)
def test_renewal_outside_of_its_term_is_a_conflict(netim, driver, first, last, possible):
    def day(offset):
        return "" if offset is None else (date.today() + timedelta(days=offset)).isoformat()

    netim.answer("domainInfo", domain_info(dateMinRenew=day(first), dateMaxRenew=day(last)))
    netim.answer("domainRenew", operation("Pending"))

    if possible:
        driver.domains.renew(NAME, current_expiry=EXPIRY, years=1)
        assert netim.named("domainRenew")
    else:
        with pytest.raises(Conflict) as caught:
            driver.domains.renew(NAME, current_expiry=EXPIRY, years=1)
        assert caught.value.reason == "not_renewable"
        assert not netim.named("domainRenew")


def test_renewal_without_periods_is_for_one_year(netim, driver):
    netim.answer("domainTldInfo", struct({"tld": "com", "PeriodRenew": ""}))
    netim.answer("domainInfo", domain_info())
    netim.answer("domainRenew", operation("Pending"))

    driver.domains.renew(NAME, current_expiry=EXPIRY)

    assert netim.named("domainRenew")[0]["duration"] == "1"


@pytest.mark.parametrize("answer", LOST)
@pytest.mark.parametrize(
    ("function", "act"),
    [
        ("domainInfo", lambda d: d.domains.renew(NAME, current_expiry=EXPIRY, years=1)),
        ("domainTldInfo", lambda d: d.domains.renew(NAME, current_expiry=EXPIRY)),
        ("domainInfo", lambda d: d.domains.restore(NAME)),
        ("domainInfo", lambda d: d.domains.set_contacts(NAME, admin="GK521")),
        ("queryResellerAccount", lambda d: d.domains.set_nameservers(NAME)),
        ("queryDomainPrice", lambda d: d.domains.create(replace(ORDER, premium=False))),
        ("contactInfo", lambda d: d.contacts.update("BJ007", PERSON)),
    ],
)
def test_read_that_a_write_needs_and_that_is_lost_means_not_sent(netim, driver, function, act, answer):
    netim.answer(function, answer)

    with pytest.raises(NotSent):
        act(driver)

    assert netim.functions == [function]


def test_name_that_is_gone_cannot_be_renewed(netim, driver):
    netim.answer("domainInfo", fault("E15-M1502", "E15-M1502 : no"))

    with pytest.raises(NotFound):
        driver.domains.renew(NAME, current_expiry=EXPIRY, years=1)


@pytest.mark.parametrize(
    "shown",
    [{}, {"status": "EXPIRED"}, {"status": "QUARANTINE, NOT DELEGATED", "dateMaxRestore": "2020-01-01"}],
)
def test_name_that_cannot_be_restored_is_a_conflict(netim, driver, shown):
    netim.answer("domainInfo", domain_info(**shown))

    with pytest.raises(Conflict):
        driver.domains.restore(NAME)

    assert netim.functions == ["domainInfo"]


def test_premium_name_is_not_bought_by_accident(netim, driver):
    netim.answer(
        "queryDomainPrice", struct({"FeeCurrency": "EUR", "Fee4Registration": "5000", "IsPremium": 1})
    )

    with pytest.raises(Refused) as caught:
        driver.domains.create(replace(ORDER, premium=False))

    assert caught.value.reason == "premium"
    assert not netim.named("domainCreate")


def test_account_without_nameservers_of_its_own_must_be_given_some(netim, driver):
    netim.answer("queryResellerAccount", struct({"BALANCE_AMOUNT": "1", "DEFAULT_DNS_1": ""}))

    with pytest.raises(InvalidRequest) as caught:
        driver.domains.set_nameservers(NAME)
    assert caught.value.field == "nameservers"


def test_new_contact_is_returned_under_its_handle(netim, driver):
    netim.answer("contactCreate", '<idContact xsi:type="xsd:string">BJ007</idContact>')

    record = driver.contacts.create(PERSON).value

    assert (record.handle, record.contact, record.is_owner) == ("BJ007", PERSON, True)


@pytest.mark.parametrize("answer", ["", "<idContact/>", "<idContact><a>1</a></idContact>"])
def test_contact_without_a_handle_is_unknown(netim, driver, answer):
    netim.answer("contactCreate", answer)

    with pytest.raises(OutcomeUnknown):
        driver.contacts.create(PERSON)


@pytest.mark.parametrize("answer", LOST)
def test_contact_update_that_is_done_stays_done_when_it_cannot_be_read(netim, driver, answer):
    netim.answer("contactInfo", OWNER, answer)
    netim.answer("contactOwnerUpdate", operation())

    outcome = driver.contacts.update("BJ007", PERSON)

    assert isinstance(outcome, Done)
    assert outcome.value.contact == PERSON


def test_cancelling_returns_nothing(netim, driver):
    netim.answer("cancelOpe", "")

    assert driver.operations.cancel("12") == Done(None)


@pytest.mark.parametrize(
    ("message", "subject", "identifier"),
    [
        ("", "lamp.com", ""),
        ("Service SSL-AB12-CD ordered", "", "SSL-AB12-CD"),
        ("", "SSL-AB12-CD", "SSL-AB12-CD"),
    ],
)
def test_new_certificate_has_its_id_where_the_operation_tells_it(netim, driver, message, subject, identifier):
    rows = [{"id_ope": "80", "data_ope": "SSL-XX-XX"}, {"id_ope": "81", "data_ope": subject}]
    netim.answer("sslCreate", operation("Pending", 81, message))
    netim.answer("queryOpePending", array([struct(row, tag="item") for row in rows]))

    outcome = driver.certificates.create(CertificateOrder("SSLDV", csr="PEM"))

    assert outcome == Pending("81", Certificate(identifier, "", CertificateStatus.UNKNOWN, "", "SSLDV"))


@pytest.mark.parametrize("answer", LOST)
def test_certificate_whose_id_cannot_be_read_is_ordered_all_the_same(netim, driver, answer):
    netim.answer("sslCreate", operation("Pending", 81))
    netim.answer("queryOpePending", answer)

    assert driver.certificates.create(CertificateOrder("SSLDV", csr="PEM")).reference == "81"


def test_contacts_of_a_domain_are_read_once_each(netim, driver):
    netim.answer("domainInfo", domain_info(idAdmin="BJ007", idTech="demo01", idBilling=""))
    netim.answer("contactInfo", OWNER)

    found = driver.domains.contacts(NAME)

    assert len(netim.named("contactInfo")) == 1
    assert found.owner == found.admin
    assert found.owner.handle == "BJ007"
    assert (found.tech, found.billing) == (None, None)


def test_list_may_be_long(netim, driver):
    row = struct({"domain": "x.com", "dateCreate": "2026-01-01", "dateExpiration": "2027-01-01"}, tag="item")
    netim.answer("queryDomainList", array([row] * 20_000))

    assert driver.domains.list().total == 20_000
