"""Replies about the account, extensions, operations and contacts, from bytes to our types."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from registrar.errors import NotFound, UnreadableReply
from registrar.types import (
    AccountInfo,
    ContactSummary,
    ContactType,
    ExtensionInfo,
    OperationRecord,
    OperationStatus,
    Zone,
    ZoneAction,
)
from tests.registrar.netim.soap_bytes import (
    ACCOUNT,
    array,
    fault,
    operation,
    struct,
)


def test_account_is_read(netim, driver):
    netim.answer("queryResellerAccount", ACCOUNT)

    assert driver.account.info() == AccountInfo(
        "DEMO01", "DEMO01", "EUR", Decimal("120.50"), Decimal("50.00")
    )


@pytest.mark.parametrize("balance", ["", "much", "NaN", "<BALANCE_AMOUNT><a/></BALANCE_AMOUNT>"])
def test_balance_that_is_no_amount_is_unreadable(netim, driver, balance):
    netim.answer("queryResellerAccount", struct({"BALANCE_AMOUNT": balance}))

    with pytest.raises(UnreadableReply):
        driver.account.info()


# Members and order as they were captured for com.
CAPTURED_TLD = (
    '<return xsi:type="ns1:StructDomainTldInfo"><tld xsi:type="xsd:string">com</tld><Country xsi:nil="true"/>'
    '<Extensions SOAP-ENC:arrayType="ns1:StructTld[3]" xsi:type="ns1:ArrayOfStructTld">'
    + "".join(
        f'<item xsi:type="ns1:StructTld"><type xsi:type="xsd:string">{kind}</type>'
        '<tld xsi:nil="true" xsi:type="ns1:ArrayOfString"/></item>'
        for kind in ("popular", "functional", "regional")
    )
    + "</Extensions>"
    + "".join(
        f"<{name}>{value}</{name}>"
        for name, value in {
            "PeriodCreate": "1-10",
            "PeriodRenew": "1-5;10",
            "DelaiRenewBeforeExpiration": 3650,
            "DelaiRenewAfterExpiration": 30,
            "DelaiRestoreAfterDelete": 40,
            "HasEppCode": 1,
            "HasRegistrarLock": 1,
            "HasAutorenew": 1,
            "HasWhoisPrivacy": 0,
            "HasMultipleCheck": 1,
            "HasImmediateDelete": 1,
            "HasTrusteeService": 0,
            "HasLocalContactService": 0,
            "HasZonecheck": 0,
            "HasDnsSec": 1,
            "FeeCurrency": "EUR",
            "Fee4Registration": "8.8",
            "StandardFee4Registration": "9.9",
            "RegistrationDiscountEndDate": "2026-12-31",
            "Fee4Renewal": "8.8",
            "Fee4Transfer": "8.8",
            "Fee4Trade": "0",
            "Fee4Restore": "42.8",
            "Fee4TrusteeService": "0",
            "Fee4LocalContactService": "0",
            "Informations": "",
        }.items()
    )
    + "</return>"
)


def test_captured_extension_is_read(netim, driver):
    netim.answer("domainTldInfo", CAPTURED_TLD)

    assert driver.account.extension("com") == ExtensionInfo(
        tld="com",
        create_years=tuple(range(1, 11)),
        renew_years=(1, 2, 3, 4, 5, 10),
        renew_before=3650,
        renew_after=30,
        restore_after=40,
        auth_code_required=True,
        transfer_lock=True,
        automatic_renewal=True,
        whois_privacy=False,
        dns_test=False,
        dnssec=True,
        currency="EUR",
        create=Decimal("8.8"),
        renew=Decimal("8.8"),
        transfer=Decimal("8.8"),
        trade=Decimal(0),
        restore=Decimal("42.8"),
    )


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("1", (1,)),
        ("1-1", (1,)),
        ("1-3", (1, 2, 3)),
        ("1-2;5", (1, 2, 5)),
        ("5;1", (1, 5)),
        ("1:2:5", (1, 2, 5)),
        (" 1 - 2 ; 10 ", (1, 2, 10)),
        ("", ()),
    ],
)
def test_periods_are_ranges_and_values(netim, driver, written, years):
    netim.answer("domainTldInfo", struct({"tld": "com", "PeriodCreate": written}))

    assert driver.account.extension("com").create_years == years


@pytest.mark.parametrize("written", ["a", "1-", "-2", "1,2", "1-2-3", "1000"])
def test_periods_in_another_form_are_unreadable(netim, driver, written):
    netim.answer("domainTldInfo", struct({"tld": "com", "PeriodCreate": written}))

    with pytest.raises(UnreadableReply):
        driver.account.extension("com")


def test_extension_that_is_not_sold_is_not_found(netim, driver):
    netim.answer("domainTldInfo", fault("E13", "E13 : tld : Unknown"))

    with pytest.raises(NotFound):
        driver.account.extension("nosuch")


def price_list() -> str:
    return array(
        [
            struct(
                {"tld": "com", "Fee4Registration": "8.80", "Fee4Renewal": "9.25", "Fee4Transfer": "8"},
                tag="item",
            ),
            struct(
                {"tld": ".co.uk", "Fee4Registration": "5", "PeriodCreate": "1-2", "Fee4Renewal": ""},
                tag="item",
            ),
        ]
    )


def test_price_list_is_read_and_cut_into_pages(netim, driver):
    netim.answer("domainPriceList", price_list())

    page = driver.account.zones(page_length=1)
    second = driver.account.zones(page=2, page_length=1)

    one = ZoneAction(Decimal("8.80"), (1,))
    assert (page.total, page.is_last, second.is_last) == (2, False, True)
    assert page.items == (
        Zone("com", "com", None, "", one, ZoneAction(Decimal("9.25"), (1,)), ZoneAction(Decimal(8), (1,))),
    )
    assert second.items == (Zone("co.uk", "uk", None, "", ZoneAction(Decimal(5), (1, 2))),)
    assert [zone.tld for zone in driver.account.zones(parent="uk").items] == ["co.uk"]


def test_single_extension_of_the_price_list_has_its_periods(netim, driver):
    netim.answer("domainPriceList", price_list())
    netim.answer("domainTldInfo", CAPTURED_TLD)

    (zone,) = driver.account.zones(tld="com").items
    assert zone.auth_code_required
    assert zone.create == ZoneAction(Decimal("8.80"), tuple(range(1, 11)))
    assert zone.renew == ZoneAction(Decimal("9.25"), (1, 2, 3, 4, 5, 10))
    assert driver.account.zones(tld="nosuch").items == ()


@pytest.mark.parametrize(
    ("fees", "trade", "restore"),
    [
        ({"Fee4Trade": "12.5", "Fee4Restore": "42.80"}, ZoneAction(Decimal("12.5"), (1,)), Decimal("42.80")),
        ({"Fee4Trade": "0", "Fee4Restore": "0"}, ZoneAction(Decimal(0), (1,)), None),
        ({}, None, None),
    ],
    ids=["both-cost", "trade-is-free-and-nothing-is-restored", "not-told"],
)
def test_price_list_tells_what_a_trade_and_a_restore_cost(netim, driver, fees, trade, restore):
    row = struct({"tld": "com", "Fee4Registration": "8.8", **fees}, tag="item")
    netim.answer("domainPriceList", array([row]))

    (zone,) = driver.account.zones().items

    assert zone.trade == trade
    assert (zone.restore.price if zone.restore else None) == restore


def test_negative_price_is_unreadable(netim, driver):
    netim.answer("domainPriceList", array([struct({"tld": "com", "Fee4Registration": "-1"}, tag="item")]))

    with pytest.raises(UnreadableReply):
        driver.account.zones()


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Pending", OperationStatus.PENDING),
        ("Done", OperationStatus.DONE),
        ("Failed", OperationStatus.FAILED),
        ("Cancelled", OperationStatus.CANCELLED),
        ("DONE", OperationStatus.UNKNOWN),
        ("Running", OperationStatus.UNKNOWN),
    ],
)
def test_operation_is_read(netim, driver, word, status):
    netim.answer("queryOpe", operation(word, message="Why", kind="domainCreate"))

    assert driver.operations.info("4958385") == OperationRecord(
        "4958385",
        status,
        word,
        "domainCreate",
        "",
        "Why",
        datetime(2026, 5, 1, 12, tzinfo=UTC),
        "domain.create",
    )


def test_operation_without_its_number_is_the_one_that_was_asked_for(netim, driver):
    netim.answer("queryOpe", struct({"STATUS": "Done", "ID_OPE": None, "DATE": "0000-00-00 00:00:00"}))

    assert driver.operations.info("7") == OperationRecord("7", OperationStatus.DONE, "Done")


def test_another_operation_is_unreadable(netim, driver):
    netim.answer("queryOpe", operation(number=1))

    with pytest.raises(UnreadableReply):
        driver.operations.info("2")


def test_unknown_operation_is_not_found(netim, driver):
    netim.answer("queryOpe", fault("E13", "E13 : operationID : Unknown"))

    with pytest.raises(NotFound):
        driver.operations.info("2")


def test_pending_operations_are_read(netim, driver):
    row = {
        "id_ope": "12",
        "code_ope": "domainRenew",
        "date_ope": "2026-05-01 10:00:00",
        "data_ope": "lamp.com",
    }
    netim.answer("queryOpePending", array([struct(row, tag="item")]))

    assert driver.operations.pending() == (
        OperationRecord(
            "12",
            OperationStatus.PENDING,
            "Pending",
            "domainRenew",
            "lamp.com",
            at=datetime(2026, 5, 1, 10, tzinfo=UTC),
            operation="domain.renew",
        ),
    )


def test_open_operations_of_an_extension_are_those_that_are_1(netim, driver):
    netim.answer(
        "queryOpeList",
        struct(
            {"domainCreate": "1", "domainRenew": "0", "domainSetPreference.auto_renew": "1", "hostCreate": ""}
        ),
    )

    assert driver.operations.open_kinds("com") == {"domainCreate", "domainSetPreference.auto_renew"}


def test_contact_list_tells_names(netim, driver):
    rows = [
        {
            "idContact": "BJ007",
            "firstName": "Ada",
            "lastName": "Lamp",
            "bodyForm": "IND",
            "bodyName": "",
            "isOwner": 1,
        },
        {
            "idContact": "GK521",
            "firstName": "Eve",
            "lastName": "M",
            "bodyForm": "ORG",
            "bodyName": "Moth",
            "isOwner": 0,
        },
    ]
    netim.answer("queryContactList", array([struct(row, tag="item") for row in rows]))

    assert driver.contacts.list().items == (
        ContactSummary("BJ007", ContactType.INDIVIDUAL, "Ada Lamp", "", "", is_owner=True),
        ContactSummary("GK521", ContactType.ORGANIZATION, "Moth", "", "", is_owner=False),
    )
    assert [line.handle for line in driver.contacts.list(name="MOT").items] == ["GK521"]
