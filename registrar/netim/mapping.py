"""The registrar's replies as our types: operations, account and extensions. Pure functions of what soap_reply read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from registrar.netim.actions import operation_of
from registrar.transport import reading
from registrar.types import (
    AccountInfo,
    ExtensionInfo,
    OperationRecord,
    OperationStatus,
    Zone,
    ZoneAction,
)

# Reference 5.1.
OPERATION_STATUS: Mapping[str, OperationStatus] = {
    "Pending": OperationStatus.PENDING,
    "Done": OperationStatus.DONE,
    "Failed": OperationStatus.FAILED,
    "Cancelled": OperationStatus.CANCELLED,
}
# No reply names the currency of the balance; every price that was seen is in euros.
CURRENCY = "EUR"
DEFAULT_DNS = tuple(f"DEFAULT_DNS_{number}" for number in range(1, 6))

_PERIOD = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")


def struct(data: Any, where: str = "the reply") -> Mapping[str, Any]:
    """A structure."""
    return reading.mapping(data, where)


def rows(data: Any, where: str = "the reply") -> list[Mapping[str, Any]]:
    """A list of structures; an empty one may come as nil or as an empty element."""
    return [] if data in (None, "") else reading.items({where: data}, where)


def texts(data: Any, where: str) -> tuple[str, ...]:
    """A list of texts without empty ones; an empty list may come as nil or as an empty element."""
    if data in (None, ""):
        return ()
    if not isinstance(data, list):
        raise reading.unreadable(where)
    found = [part for part in data if part is not None]
    return tuple(part.strip() for part in reading.texts({where: found}, where) if part.strip())


def text(data: Any) -> str:
    """A function's result that is one text."""
    return reading.text({"the reply": data}, "the reply", default="")


def flag(data: Mapping[str, Any], key: str) -> bool | None:
    """0 or 1; None where it is missing, nil or empty."""
    return None if reading.is_absent(data, key) else reading.maybe_boolean(data, key)


def operation(data: Any) -> OperationRecord:
    """StructOperationResponse (reference 3.1)."""
    found = struct(data)
    raw = reading.required(found, "STATUS")
    code = reading.text(found, "TYPE", default="")
    return OperationRecord(
        reference=reading.text(found, "ID_OPE", default="").strip(),
        status=OPERATION_STATUS.get(raw, OperationStatus.UNKNOWN),
        raw_status=raw,
        kind=code,
        message=reading.text(found, "MESSAGE", default=""),
        at=_moment(found, "DATE"),
        operation=operation_of(code),
    )


def pending_operations(data: Any) -> tuple[OperationRecord, ...]:
    """queryOpePending (reference 3.22)."""
    return tuple(
        OperationRecord(
            reference=reading.required(item, "id_ope"),
            status=OperationStatus.PENDING,
            raw_status="Pending",
            kind=reading.text(item, "code_ope", default=""),
            subject=reading.text(item, "data_ope", default=""),
            at=_moment(item, "date_ope"),
            operation=operation_of(reading.text(item, "code_ope", default="")),
        )
        for item in rows(data)
    )


def open_kinds(data: Any) -> frozenset[str]:
    """queryOpeList (reference 3.25): operation codes whose value is 1."""
    found = struct(data)
    return frozenset(code for code in found if flag(found, code))


def _moment(data: Mapping[str, Any], key: str) -> datetime | None:
    """A time without a zone, read as UTC: see QUIRKS.md."""
    value = reading.text(data, key, default="").strip()
    if not value or value.startswith("0000-00-00"):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise reading.unreadable(key) from None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def account_info(data: Any, reseller: str) -> AccountInfo:
    """StructQueryResellerAccount (reference 3.15)."""
    found = struct(data)
    return AccountInfo(
        name=reseller,
        user=reseller,
        currency=CURRENCY,
        balance=reading.number(found, "BALANCE_AMOUNT"),
        threshold=reading.maybe_number(found, "BALANCE_LOW_LIMIT"),
    )


def default_nameservers(data: Any) -> tuple[str, ...]:
    """The nameservers that the account set for orders which name none (reference 3.15)."""
    found = struct(data)
    names = [reading.text(found, key, default="").strip() for key in DEFAULT_DNS]
    return tuple(reading.a_label(name) for name in names if name)


def rows_of_zones(data: Any) -> list[tuple[Zone, Mapping[str, Any]]]:
    """domainPriceList: every line, as it came and as our type."""
    return [(zone(item), item) for item in rows(data)]


def zone(item: Mapping[str, Any], terms: ExtensionInfo | None = None) -> Zone:
    """A line of domainPriceList (reference 3.12), with what domainTldInfo says of the extension where it was asked."""
    tld = _tld(item)
    return Zone(
        tld=tld,
        parent=tld.rpartition(".")[2],
        auth_code_required=terms.auth_code_required if terms else None,
        create=_zone_action(item, "Fee4Registration", "PeriodCreate", terms.create_years if terms else ()),
        renew=_zone_action(item, "Fee4Renewal", "PeriodRenew", terms.renew_years if terms else ()),
        transfer=_zone_action(item, "Fee4Transfer", "", ()),
        trade=_zone_action(item, "Fee4Trade", "", ()),
        restore=_restore(item),
    )


def _zone_action(item: Mapping[str, Any], fee: str, period: str, years: tuple[int, ...]) -> ZoneAction | None:
    price = _fee(item, fee)
    if price is None:
        return None
    told = years or (periods(item, period) if period else ())
    # Where nobody tells the periods, one year is what every extension is sold for: an assumption.
    return ZoneAction(price=price, years=told or (1,))


def _restore(item: Mapping[str, Any]) -> ZoneAction | None:
    """ASSUMPTION free-trade: nothing is brought back for nothing, so that a fee of zero says that it is not at all."""
    found = _zone_action(item, "Fee4Restore", "", ())
    return found if found is not None and found.price else None


def extension(data: Any) -> ExtensionInfo:
    """StructDomainTldInfo (reference 3.11)."""
    found = struct(data)
    return ExtensionInfo(
        tld=_tld(found),
        country=reading.text(found, "Country", default="").strip(),
        create_years=periods(found, "PeriodCreate"),
        renew_years=periods(found, "PeriodRenew"),
        renew_before=reading.maybe_whole(found, "DelaiRenewBeforeExpiration"),
        renew_after=reading.maybe_whole(found, "DelaiRenewAfterExpiration"),
        restore_after=reading.maybe_whole(found, "DelaiRestoreAfterDelete"),
        auth_code_required=flag(found, "HasEppCode"),
        transfer_lock=flag(found, "HasRegistrarLock"),
        automatic_renewal=flag(found, "HasAutorenew"),
        whois_privacy=flag(found, "HasWhoisPrivacy"),
        dns_test=flag(found, "HasZonecheck"),
        dnssec=flag(found, "HasDnsSec"),
        currency=reading.text(found, "FeeCurrency", default="").strip(),
        create=_fee(found, "Fee4Registration"),
        renew=_fee(found, "Fee4Renewal"),
        transfer=_fee(found, "Fee4Transfer"),
        trade=_fee(found, "Fee4Trade"),
        restore=_fee(found, "Fee4Restore"),
        notes=reading.text(found, "Informations", default=""),
    )


def periods(data: Mapping[str, Any], key: str) -> tuple[int, ...]:
    """Years such as "1-5;10", sorted; ":" separates as well. Nothing where nothing is told."""
    years: set[int] = set()
    for part in re.split(r"[;:]", reading.text(data, key, default="").replace(" ", "")):
        if not part:
            continue
        found = _PERIOD.fullmatch(part)
        if found is None:
            raise reading.unreadable(key)
        first = int(found[1])
        years |= set(range(first, int(found[2] or first) + 1))
    return tuple(sorted(years))


def _tld(data: Mapping[str, Any]) -> str:
    return reading.a_label(reading.required(data, "tld").lstrip("."))


def _fee(data: Mapping[str, Any], key: str) -> Decimal | None:
    fee = reading.maybe_number(data, key)
    if fee is not None and fee < 0:
        raise reading.unreadable(key)
    return fee
