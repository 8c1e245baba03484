"""The dates of a name's end: what the registry shows, what is paid, and how long anything can still be done.

Only from `registrar.tld`, seen from the registrar that holds the name. What no manual tells is None; where something
has to be decided all the same, a grace that nobody knows counts as none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from panel.domain.models import Domain
from panel.domain.operations_renew import ONE_DAY, RenewDomain, later
from panel.operation.models import Operation
from panel.operation.states import State
from registrar.tld import Fact, terms_for

CAME_TO_NOTHING = frozenset({State.FAILED, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class Dates:
    """The last days of each thing, by the registry's calendar.

    `paid_until` is later than `expires_on` while a renewal is under way or not shown yet. `renew_by` is the last safe
    day for a renewal: it goes on working without a break, whatever the time zone. `works_until`, `renewable_until` and
    `restorable_until` are None where the extension's rules do not tell.
    """

    expires_on: date
    paid_until: date
    renew_by: date
    works_until: date | None
    renewable_until: date | None
    restorable_until: date | None

    @property
    def is_being_renewed(self) -> bool:
        """True while more is paid than the registry shows."""
        return self.paid_until > self.expires_on


def dates_of(domain: Domain, operations: Iterable[Operation] = ()) -> Dates | None:
    """The name's dates, or None while nobody knows when it expires. Needs `account`.

    `operations` are those about the name; renewals among them tell what is paid.
    """
    if domain.expires_on is None:
        return None
    terms = terms_for(domain.account.family, domain.tld_name)
    expires_on = domain.expires_on
    renew, grace, redemption = (
        _days(fact) for fact in (terms.renew_until_days, terms.grace_days, terms.redemption_days)
    )
    renewable_until = _after(expires_on, renew)
    return Dates(
        expires_on=expires_on,
        paid_until=max([expires_on, *_paid(domain, operations)]),
        renew_by=expires_on + timedelta(days=min(renew or 0, grace or 0)) - ONE_DAY,
        works_until=_after(expires_on, grace),
        renewable_until=renewable_until,
        restorable_until=_after(renewable_until, redemption) if renewable_until else None,
    )


def _days(fact: Fact[int] | None) -> int | None:
    return fact.value if fact is not None else None


def _after(start: date, days: int | None) -> date | None:
    return start + timedelta(days=days) if days is not None else None


def _paid(domain: Domain, operations: Iterable[Operation]) -> list[date]:
    """Where renewals lead that started from the very expiry that is still shown."""
    assert domain.expires_on is not None
    return [
        later(domain.expires_on, operation.payload["years"])
        for operation in operations
        if operation.kind == RenewDomain.name
        and operation.state not in CAME_TO_NOTHING
        and operation.starts_from.get("expires_on") == domain.expires_on.isoformat()
    ]
