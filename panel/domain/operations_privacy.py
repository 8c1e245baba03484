"""WHOIS privacy that a registrar sells by the year: bought once, and paid only where it was not there before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from panel.domain.kind import Look, SettingKind, name_of
from panel.domain.models import Domain
from panel.domain.planning import capability, plan_about, require, require_changeable
from panel.domain.refusals import BadValue, NoPrice, NotNow, NotOffered
from panel.domain.renewal.years import later
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, register
from panel.operation.states import Lane
from panel.people.models import User
from registrar import errors, types

FREE, SOLD = "domain.set_whois_privacy", "domain.buy_whois_privacy"
LONGEST_YEARS = 10
ALREADY = "already_private"


@register
class BuyWhoisPrivacy(SettingKind):
    """Hide the owner behind the registrar's privacy service for some years.

    The registrar is looked at before the first send: where the name is private already nothing is sent, so that nobody
    pays for what somebody else has bought.
    """

    name = "domain.buy_whois_privacy"
    methods = (SOLD,)
    lane = Lane.MONEY
    deadline = timedelta(days=3)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        name = name_of(operation)
        seen = before_sending(operation)
        if seen is None:
            info: types.DomainInfo = read_first(lambda: driver.domains.info(name))
            seen = remember(operation, whois_privacy=info.whois_privacy)
        if seen["whois_privacy"]:
            raise errors.Guarded("the name was private before anything was sent", reason=ALREADY)
        outcome: types.Outcome[Any] = driver.domains.buy_whois_privacy(name, years=operation.payload["years"])
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        info: types.DomainInfo = driver.domains.info(name_of(operation))
        return Look(info.whois_privacy, f"whois_privacy is {info.whois_privacy}", bool(info.busy))

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        seen = before_sending(operation)
        if seen is None:
            return Absent("never sent: the look that comes first was not made")
        if seen["whois_privacy"]:
            return Absent("never sent: the name was private before")
        return super().reconcile(operation, driver)

    def record(self, operation: Operation, domain: Domain) -> None:
        domain.whois_privacy = True

    def agrees(self, operation: Operation) -> tuple[Sequence[str], bool]:
        return ("whois_privacy",), False

    def apply(self, operation: Operation, value: None) -> dict[str, Any]:
        """ASSUMPTION: the term begins on the day of the order. No API tells until when a name is private."""
        until = later(operation.created_at.date(), operation.payload["years"])
        return {**super().apply(operation, value), "until": until.isoformat()}


def is_sold(domain: Domain) -> bool:
    """Whether privacy is bought by the year where the name is, rather than turned on for nothing."""
    usable = [capability(domain.account, domain.tld_name, method).usable for method in (FREE, SOLD)]
    return usable == [False, True]


def require_buyable(domain: Domain) -> None:
    """Raise NotOffered or NotNow unless privacy can be bought for the name now.

    A registrar that does not show whether the name is private could never prove that it was bought: not offered.
    """
    require(domain.account, domain.tld_name, FREE, SOLD)
    if domain.whois_privacy is None and domain.detailed_at is not None:
        raise NotOffered(SOLD)
    if not is_sold(domain):
        raise NotNow("privacy_included")
    if domain.whois_privacy:
        raise NotNow("private")
    require_changeable(domain)
    if domain.whois_privacy is None:
        raise NotNow("not_read")


@transaction.atomic
def plan_buy_privacy(
    domain: Domain, *, years: int, price: Decimal | None, actor: User | None, key: str = ""
) -> Operation:
    """Plan to buy privacy for so many years at `price`, which is held. A name of nobody has no price.

    The same purchase that is open already is returned. Raises NotOffered, NotNow, BadValue(years), NoPrice,
    ledger.NotEnoughMoney, and AlreadyOpen for another purchase of the name's privacy.
    """
    require_buyable(domain)
    if not 1 <= years <= LONGEST_YEARS:
        raise BadValue("years")
    if price is None and domain.customer is not None:
        raise NoPrice
    return plan_about(
        BuyWhoisPrivacy.name,
        domain,
        actor=actor,
        intent={"years": years},
        payload={"years": years},
        starts_from={"whois_privacy": domain.whois_privacy},
        price=price,
        key=key,
    )
