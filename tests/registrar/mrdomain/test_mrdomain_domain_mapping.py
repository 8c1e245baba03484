"""Replies of module domain as bytes, in the shapes of manual chapter 5."""

# ruff: noqa: UP031  (JSON is full of braces)

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from registrar.errors import UnreadableReply
from registrar.mrdomain import domain_mapping, mapping
from registrar.types import (
    Availability,
    AvailabilityState,
    DeletedDomain,
    Dnssec,
    DnssecKey,
    DomainService,
    DomainStatus,
    DomainSummary,
    GlueRecord,
    HistoryEntry,
    Nameserver,
    Price,
    RegisteredDomain,
    RenewalMode,
    TransferStatus,
    Verification,
)


def data_of(text: str):
    body = '{"success":true,"errorCode":0,"errorCodeMsg":"","action":"domain\\/x","responseData":%s}' % text
    return mapping.envelope(body.encode()).data


LINE = '"name":"faro.tv","status":"active","tld":"tv","tsExpir":"2027-05-14","domainID":340598'


@pytest.mark.parametrize(
    ("available", "premium", "state"),
    [
        ("true", "false", AvailabilityState.AVAILABLE),
        ("1", '""', AvailabilityState.AVAILABLE),
        ("true", "true", AvailabilityState.PREMIUM),
        ("false", "false", AvailabilityState.TAKEN),
        ('""', "1", AvailabilityState.TAKEN),
    ],
)
def test_availability(available, premium, state):
    text = (
        '{"domains":[{"name":"faro-1.com","punycode":"faro-1.com","tld":"com","available":%s,"premium":%s,'
        '"price":9.95,"currency":"EUR"}]}' % (available, premium)
    )

    assert domain_mapping.availability(data_of(text)) == Availability(
        "faro-1.com", "com", state, Price(Decimal("9.95"), "EUR")
    )


def test_availability_of_an_international_name_is_its_a_label():
    text = (
        '{"domains":[{"name":"espa\\u00f1a.com","punycode":"xn--espaa-rta.com","tld":"com","available":true,'
        '"premium":false,"price":"9.95","currency":"eur"}]}'
    )

    assert domain_mapping.availability(data_of(text)).name == "xn--espaa-rta.com"


@pytest.mark.parametrize(
    "text", ['{"domains":[]}', "{}", '{"domains":{}}', '{"domains":"none"}', '{"domains":[1]}']
)
def test_availability_of_nothing_is_unreadable(text):
    with pytest.raises(UnreadableReply):
        domain_mapping.availability(data_of(text))


@pytest.mark.parametrize(
    ("said", "reasons"),
    [("[]", ()), ('["Locked","Too young"]', ("Locked", "Too young")), ('"Locked"', ("Locked",))],
)
def test_transfer_check(said, reasons):
    text = (
        '{"domains":[{"name":"faro.com","punycode":"faro.com","tld":"com","transferavail":%s,"transfermsg":%s,'
        '"price":9.95,"currency":"EUR"}]}' % ("false" if reasons else "true", said)
    )

    found = domain_mapping.transfer_check(data_of(text))

    assert (found.possible, found.reasons, found.price) == (
        not reasons,
        reasons,
        Price(Decimal("9.95"), "EUR"),
    )


def test_registration_that_is_not_finished():
    text = (
        '{"billing":{"total":12.04,"currency":"EUR"},"domains":[{"name":"faro.com","status":"register-init",'
        '"tld":"com","tsExpir":"","domainID":45762358,"period":1}]}'
    )

    assert domain_mapping.registered(data_of(text)) == RegisteredDomain(
        "faro.com",
        "com",
        "45762358",
        DomainStatus.REGISTERING,
        "register-init",
        years=1,
        charged=Price(Decimal("12.04"), "EUR"),
    )


def test_renewal_writes_its_period_as_text():
    text = (
        '{"billing":{"total":"53.25","currency":"EUR"},"domains":[{"name":"faro.tel","status":"renewed","tld":"tel",'
        '"domainID":"153508","tsExpir":"2030-05-17","renewPeriod":"4","inPromo":true}]}'
    )

    found = domain_mapping.registered(data_of(text))

    assert (found.years, found.expires_on, found.in_promo) == (4, date(2030, 5, 17), True)
    assert (found.status, found.raw_status) == (DomainStatus.RENEWING, "renewed")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"domainID":45762358', '"domainID":""'),
        ('"domainID":45762358', '"x":1'),
        ('"status":"register-init"', '"status":""'),
        ('"status":"register-init"', '"status":null'),
        ('"tsExpir":""', '"tsExpir":"soon"'),
        ('"tsExpir":""', '"tsExpir":"2027-02-30"'),
        ('"total":12.04', '"total":"twelve"'),
        ('"name":"faro.com"', '"name":[]'),
        ("12.04}", "12.04]"),
    ],
)
def test_registration_of_another_shape_is_unreadable(old, new):
    text = (
        '{"billing":{"currency":"EUR","total":12.04},"domains":[{"name":"faro.com","status":"register-init",'
        '"tld":"com","tsExpir":"","domainID":45762358,"period":1}]}'
    )
    assert old in text

    with pytest.raises(UnreadableReply):
        domain_mapping.registered(data_of(text.replace(old, new)))


def test_registration_without_billing_tells_no_charge():
    text = (
        '{"domains":[{"name":"faro.com","status":"active","tld":"com","tsExpir":"2027-01-01","domainID":1}]}'
    )

    found = domain_mapping.registered(data_of(text))

    assert (found.charged, found.years, found.expires_on) == (None, None, date(2027, 1, 1))


@pytest.mark.parametrize(("raw", "neutral"), domain_mapping.STATUS.items())
def test_every_status_of_the_manual_has_a_neutral_word(raw, neutral):
    assert neutral is not DomainStatus.UNKNOWN
    assert domain_mapping.status({"status": raw}) == (neutral, raw)


def test_status_table_is_the_manuals():
    assert len(domain_mapping.STATUS) == 12
    said_by_others = {DomainStatus.ON_HOLD, DomainStatus.TRANSFERRED_AWAY, DomainStatus.DELETED}
    assert set(domain_mapping.STATUS.values()) == set(DomainStatus) - said_by_others - {DomainStatus.UNKNOWN}


def test_unknown_status_is_kept():
    assert domain_mapping.status({"status": "on-holiday"}) == (DomainStatus.UNKNOWN, "on-holiday")


@pytest.mark.parametrize("shown", ['""', "null", '"0000-00-00"', '"0000-00-00 00:00:00"'])
def test_missing_date_is_none(shown):
    text = "{%s}" % LINE.replace('"2027-05-14"', shown)

    assert domain_mapping.summary(data_of(text)).expires_on is None


def test_summary():
    assert domain_mapping.summary(data_of("{%s}" % LINE)) == DomainSummary(
        "faro.tv", "tv", "340598", DomainStatus.ACTIVE, "active", date(2027, 5, 14)
    )


def test_list():
    text = (
        '{"queryInfo":{"page":2,"pageLength":10,"results":2,"total":12},"domains":[{%s},{"name":"\\u00f1.es",'
        '"status":"expired-redemption","tld":"es","tsExpir":"2026-02-28","domainID":1123239}]}' % LINE
    )

    page = domain_mapping.summaries(data_of(text))

    assert page.is_last
    assert [(item.name, item.status) for item in page.items] == [
        ("faro.tv", DomainStatus.ACTIVE),
        ("xn--ida.es", DomainStatus.REDEMPTION),
    ]


def test_list_with_details():
    text = (
        '{"queryInfo":{"page":1,"pageLength":10,"results":1,"total":1},"domains":[{%s,"defaultNS":true,"nameservers":'
        '[{"order":2,"name":"ns2.example.com"},{"order":1,"name":"NS1.example.com","ipv4":"192.0.2.1"}],'
        '"gluerecords":[],"service":[],"renewalMode":"manual"}]}' % LINE
    )

    (found,) = domain_mapping.summaries(data_of(text)).items

    assert found.nameservers == (
        Nameserver("ns1.example.com", 1, "192.0.2.1"),
        Nameserver("ns2.example.com", 2),
    )
    assert found.default_nameservers is True
    assert (found.glue_records, found.service) == ((), None)
    assert found.info is not None
    assert found.info.renewal_mode is RenewalMode.MANUAL


def test_info():
    text = (
        '{%s,"tsCreate":"2005-05-14","renewable":true,"renewalMode":"letexpire","modifyBlock":false,'
        '"transferBlock":1,"whoisPrivacy":"","authcodeCheck":true,"serviceAssociated":false,"tag":"a,b",'
        '"ownerverification":"failed","transferStatus":"pending-tag"}' % LINE
    )

    found = domain_mapping.info(data_of(text))

    assert (found.created_on, found.expires_on) == (date(2005, 5, 14), date(2027, 5, 14))
    assert (found.renewable, found.renewal_mode) == (True, RenewalMode.LET_EXPIRE)
    assert (found.modification_lock, found.transfer_lock, found.whois_privacy) == (False, True, False)
    assert found.whois_visible is None
    assert (found.auth_code_readable, found.has_service, found.tag) == (True, False, "a,b")
    assert found.owner_verification is Verification.FAILED
    assert found.transfer_status is TransferStatus.TAG_NEEDED


def test_info_of_a_name_that_offers_nothing():
    found = domain_mapping.info(data_of("{%s}" % LINE))

    assert (found.transfer_lock, found.whois_privacy, found.renewable) == (None, None, None)
    assert (found.renewal_mode, found.transfer_status) == (RenewalMode.UNKNOWN, None)
    assert found.owner_verification is Verification.UNKNOWN


@pytest.mark.parametrize(
    ("raw", "neutral"), [*domain_mapping.TRANSFER_STATUS.items(), ("lost", TransferStatus.UNKNOWN)]
)
def test_transfer_status(raw, neutral):
    assert domain_mapping.info(data_of('{%s,"transferStatus":"%s"}' % (LINE, raw))).transfer_status is neutral


def test_contacts_with_a_role_that_is_not_told():
    text = (
        '{%s,"contactOwner":{"contactID":"A-1","contactType":"individual","firstName":"Ana","lastName":"Ruiz",'
        '"orgName":"","orgType":"","identNumber":"1","email":"a@example.com","phone":"+34.912345678","fax":"",'
        '"address":"x","postalCode":"1","city":"y","state":"z","country":"ES","verificationstatus":"verified",'
        '"daaccepted":true},"contactAdmin":[]}' % LINE
    )

    found = domain_mapping.contacts(data_of(text))

    assert found.owner is not None
    assert (found.owner.handle, found.admin, found.tech) == ("A-1", None, None)


def test_nameservers_without_addresses_or_order():
    text = '{%s,"defaultNS":"","nameservers":[{"name":"b.example"},{"name":"a.example"}]}' % LINE

    found = domain_mapping.nameserver_set(data_of(text))

    assert [server.name for server in found.nameservers] == ["b.example", "a.example"]
    assert found.default is False


def test_nameservers_that_are_missing_are_unreadable():
    with pytest.raises(UnreadableReply):
        domain_mapping.nameserver_set(data_of("{%s}" % LINE))


def test_glue_records():
    text = (
        '{%s,"gluerecords":[{"name":"ns1.faro.tv","ipv4":"192.0.2.1","ipv6":"2a00::1"},'
        '{"name":"ns2.faro.tv","ipv4":"192.0.2.2"}]}' % LINE
    )

    assert domain_mapping.glue_records(data_of(text)) == (
        GlueRecord("ns1.faro.tv", "192.0.2.1", "2a00::1"),
        GlueRecord("ns2.faro.tv", "192.0.2.2"),
    )


def test_dnssec():
    text = (
        '{%s,"dnssec":{"active":true,"entries":[{"keytag":257,"algorithm":"13","digesttype":3,"digest":"q+A="}]}}'
        % LINE
    )

    assert domain_mapping.dnssec(data_of(text)) == Dnssec(True, (DnssecKey(257, 13, 3, "q+A="),))


@pytest.mark.parametrize("empty", ["[]", "{}", '{"active":false,"entries":[]}', '{"active":"","entries":{}}'])
def test_dnssec_of_an_unsigned_name(empty):
    assert domain_mapping.dnssec(data_of('{%s,"dnssec":%s}' % (LINE, empty))) == Dnssec(False)


def test_auth_code_is_kept_as_it_is():
    assert domain_mapping.auth_code(data_of('{%s,"authcode":"95as&\'1wA"}' % LINE)) == "95as&'1wA"


@pytest.mark.parametrize("shown", ['""', "null", "[]"])
def test_auth_code_that_is_empty_is_unreadable(shown):
    with pytest.raises(UnreadableReply):
        domain_mapping.auth_code(data_of('{%s,"authcode":%s}' % (LINE, shown)))


def test_service():
    text = (
        '{%s,"service":{"name":"faro.tv","type":"Basic Hosting Service","productkey":"basic","status":"Active",'
        '"tsExpir":"2027-12-10"}}' % LINE
    )

    assert domain_mapping.service(data_of(text)) == DomainService(
        "faro.tv", "Basic Hosting Service", "basic", "Active", date(2027, 12, 10)
    )


@pytest.mark.parametrize("shown", ["[]", "{}", "null", '""'])
def test_no_service(shown):
    assert domain_mapping.service(data_of('{%s,"service":%s}' % (LINE, shown))) is None


def test_whois():
    assert domain_mapping.whois(data_of('{"domain":"faro.tv","whoisData":"Domain Name: FARO.TV"}')) == (
        "Domain Name: FARO.TV"
    )


def test_history():
    text = (
        '{"name":"faro.tv","status":"active","tld":"tv","tsExpir":"2027-05-14","queryInfo":{"page":1,"pageLength":1,'
        '"results":1,"total":82},"history":[{"ts":"2026-05-29 12:34:07","ip":"192.0.2.1","user":"ana",'
        '"title":"Whois Privacy status","message":"Activated."}]}'
    )

    page = domain_mapping.history(data_of(text))

    assert page.total == 82
    assert page.items == (
        HistoryEntry(
            datetime(2026, 5, 29, 12, 34, 7, tzinfo=UTC),
            "Whois Privacy status",
            "Activated.",
            "192.0.2.1",
            "ana",
        ),
    )


def test_deleted():
    text = (
        '{"queryInfo":{"page":1,"pageLength":2,"results":1,"total":5},"domains":[{"name":"gone.sexy","tld":"sexy",'
        '"tsDeleted":"2025-11-25","info":"Domain expired"}]}'
    )

    assert domain_mapping.deleted(data_of(text)).items == (
        DeletedDomain("gone.sexy", "sexy", date(2025, 11, 25), "Domain expired"),
    )
