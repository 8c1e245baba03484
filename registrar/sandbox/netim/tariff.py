"""What Netim says of extensions and prices: the sandbox's own table at this reseller's prices, in EUR."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import day
from registrar.sandbox.netim.model import DAY
from registrar.sandbox.netim.structs import OPE_LIST
from registrar.sandbox.reference import COUNTRIES
from registrar.sandbox.tlds import TLDS, Tld, split

if TYPE_CHECKING:
    from registrar.sandbox.world import World

CURRENCY = "EUR"
FREE = Decimal("0.00")
# With these two, .com costs what was captured: 8.80 and 42.80 to restore.
FACTOR, RESTORE = Decimal("0.885"), Decimal("34.00")
# Extension -> price for the first year during a promotion, which ends PROMOTION_DAYS after the world began.
PROMOTIONS = {"shop": Decimal("1.50"), "online": Decimal("1.90")}
PROMOTION_DAYS = 45
# Registries that test the name servers first, that know communities, and that are (imagined to be) launching.
ZONECHECK = frozenset(["de", "fr", "it", "nl", "pm", "pt", "re", "tf", "wf", "yt"])
COMMUNITIES = frozenset(["aero", "jobs", "radio", "xxx"])
LAUNCHING = frozenset(["quebec", "scot"])
NO_DELETION = frozenset(["com.es", "es", "hk", "my", "ru", "vn"])
CERTIFICATES = {"SSLDV": Decimal("9.00")}


def price(amount: Decimal | None) -> Decimal | None:
    """This reseller's price for one of the table, in steps of five cents; None for what is not offered."""
    if amount is None:
        return None
    return (amount * FACTOR / 5).quantize(Decimal("0.01"), ROUND_HALF_UP) * 5


def before_days(tld: Tld) -> int:
    """Days before the expiry from which it can be renewed."""
    return 60 if tld.renew_years == (1,) else 3650


def after_days(tld: Tld) -> int:
    """Days after the expiry until which it can be renewed."""
    return 0 if tld.name == "eu" else tld.grace_days


def restore_days(tld: Tld) -> int:
    """Days in which a deleted name can be restored."""
    return 40 if tld.name == "eu" else 30


def minimum_servers(tld: Tld) -> int:
    """Two everywhere: no part of the API gives this number."""
    return 2


def fees(world: World, tld: Tld, began: float, name: str = "") -> dict[str, Decimal]:
    """Every fee of an extension or, with `name`, of one domain name (A-label); 0 for what is not offered."""
    register, renew = price(tld.create) or FREE, price(tld.renew) or FREE
    premium = world.names.premium_price(name) if name else None
    if premium is not None:
        register = renew = Decimal(premium).quantize(Decimal("0.01"))
    elif promotion(tld, began, world.clock.now()):
        register = PROMOTIONS[tld.name]
    transfer = price(tld.transfer) or FREE
    trade = FREE if tld.lockable else price(tld.create) or FREE
    return {
        "Fee4Registration": register,
        "Fee4Renewal": renew,
        "Fee4Transfer": transfer,
        "Fee4Trade": trade,
        "Fee4TransferTrade": transfer + trade,
        "Fee4Restore": RESTORE + (price(tld.create) or FREE),
        "Fee4TrusteeService": FREE,
        "Fee4LocalContactService": FREE,
    }


def promotion(tld: Tld, began: float, now: float) -> str:
    """The last day of the promotion that is on, as YYYY-MM-DD; empty for none."""
    end = began + PROMOTION_DAYS * DAY
    return day(end) if tld.name in PROMOTIONS and now < end else ""


def info(world: World, tld: Tld, began: float) -> dict[str, Any]:
    """The members of StructDomainTldInfo."""
    found = fees(world, tld, began)
    del found["Fee4TransferTrade"]
    until = promotion(tld, began, world.clock.now())
    standard = {"StandardFee4Registration": price(tld.create), "RegistrationDiscountEndDate": until}
    country = COUNTRIES.get("GB" if tld.top == "uk" else tld.top.upper())
    return {
        "tld": tld.name,
        "Country": country.upper() if country and not tld.lockable else None,
        "Extensions": [{"type": kind, "tld": None} for kind in ("popular", "functional", "regional")],
        "PeriodCreate": _period(tld.create_years),
        "PeriodRenew": _period(tld.renew_years),
        "DelaiRenewBeforeExpiration": before_days(tld),
        "DelaiRenewAfterExpiration": after_days(tld),
        "DelaiRestoreAfterDelete": restore_days(tld),
        "HasEppCode": int(tld.authcode),
        "HasRegistrarLock": int(tld.lockable),
        "HasAutorenew": 1,
        "HasWhoisPrivacy": int(tld.privacy),
        "HasMultipleCheck": int(tld.lockable),
        "HasImmediateDelete": int(tld.name not in NO_DELETION),
        "HasTrusteeService": 0,
        "HasLocalContactService": 0,
        "HasZonecheck": int(tld.name in ZONECHECK),
        "HasDnsSec": int(tld.dnssec),
        "FeeCurrency": CURRENCY,
        **found,
        **(standard if until else {}),
        "Informations": tld.requirements,
    }


def _period(years: tuple[int, ...]) -> str:
    """`1-10` for a range, `1;3;5` for single values."""
    if len(years) > 1 and years == tuple(range(years[0], years[-1] + 1)):
        return f"{years[0]}-{years[-1]}"
    return ";".join(map(str, years))


def price_list(world: World, began: float) -> list[dict[str, str]]:
    """The rows of domainPriceList; prices are text."""
    names = ("Fee4Registration", "Fee4Renewal", "Fee4Restore", "Fee4Transfer", "Fee4Trade")
    rows = []
    for tld in TLDS.values():
        found = fees(world, tld, began)
        rows.append({"tld": tld.name, **{name: str(found[name]) for name in names}})
    return rows


def open_operations(tld: Tld) -> dict[str, str]:
    """The members of queryOpeList: "1" for every operation that the extension offers."""
    closed = {
        "domainAuthid": not tld.authcode,
        "domainCreate": tld.maintenance,
        "domainCreateLP": tld.name not in LAUNCHING,
        "domainDelete": tld.name in NO_DELETION,
        "domainSetDNSSEC": not tld.dnssec,
        "domainSetDNSSECExt": not tld.dnssec,
        "domainSetMembership": tld.name not in COMMUNITIES,
        "domainSetPreference.registrar_lock": not tld.lockable,
        "domainSetPreference.whois_privacy": not tld.privacy,
        "domainTransferIn": tld.transfer is None,
        "domainTransferTrade": tld.transfer is None or tld.lockable,
        "domainInternalTransfer": tld.transfer is None,
    }
    return {code: "0" if closed.get(code) else "1" for code in OPE_LIST}


def extension(name: str) -> Tld | None:
    """The extension of a domain name (A-label), None where it is not sold or there is more than one label before it."""
    label, tld = split(name)
    return None if "." in label else tld
