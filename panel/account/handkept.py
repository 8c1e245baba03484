"""Costs that staff keep by hand, for accounts whose registrar's API does not tell them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import idna
import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panel.account.families import can
from panel.account.models import MAIN_ACTIONS, Account, Action, Cost, Tld
from panel.people.models import User

log = structlog.get_logger(__name__)

# What a cost can be entered for.
SOLD = (*MAIN_ACTIONS, Action.PRIVACY)
MOST_COST = Decimal("1000000")
MOST_YEARS = 10
_PERIODS = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")
_AMOUNT = re.compile(r"[0-9]{1,9}([.,][0-9]{1,2})?")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SEPARATORS = re.compile(r"[\s,;/]+")


class Unfit(ValueError):
    """A value that cannot be kept; the message says why, to the person who entered it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The costs of an extension for one year, and the periods for which it is sold. None: that action is not sold.

    `privacy` is WHOIS privacy where the registrar sells it by the year, for the same periods.
    """

    tld_name: str
    create: Decimal | None
    renew: Decimal | None
    transfer: Decimal | None
    years: tuple[int, ...]
    privacy: Decimal | None = None

    def amount(self, action: str) -> Decimal | None:
        """The cost of one action. No registrar whose costs are kept by hand sells trades or restores."""
        found: Decimal | None = getattr(self, action, None)
        return found

    def periods(self, action: str) -> list[int]:
        """For how many years an action can be bought. A transfer adds one year, whatever the extension."""
        return [1] if action == Action.TRANSFER else list(self.years)


def sells_privacy(account: Account) -> bool:
    """Whether WHOIS privacy is something that the account's registrar sells by the year."""
    return can(account, "domain.buy_whois_privacy")


def keeps_by_hand(account: Account) -> bool:
    """Whether staff enter the account's costs, because its API tells none."""
    return not can(account, "account.zones")


def read_extension(text: str) -> str:
    """An extension as typed, such as ".Co.UK", as A-labels. Raises Unfit."""
    typed = text.strip().strip(".").lower()
    try:
        labels = [idna.encode(label, uts46=True).decode() for label in typed.split(".") if label]
    except (idna.IDNAError, UnicodeError):
        labels = []
    if not labels or len(".".join(labels)) > 63 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Unfit(_("“%(text)s” is no extension. Write it like com or co.uk.") % {"text": text.strip()})
    return ".".join(labels)


def read_cost(text: str) -> Decimal | None:
    """A cost as typed, with point or comma; None when there is none. Raises Unfit."""
    typed = text.strip()
    if typed in ("", "-", "–"):
        return None
    # Three figures after a comma may mean a thousand: nobody shall guess with money.
    if not _AMOUNT.fullmatch(typed):
        raise Unfit(
            _("“%(text)s” is no amount. Write it like 12.50, without a currency, with two decimals at most.")
            % {"text": typed}
        )
    amount = Decimal(typed.replace(",", "."))
    if not 0 < amount < MOST_COST:
        raise Unfit(_("A cost is more than zero. Leave it empty where the action is not sold."))
    return amount.quantize(Decimal("0.01"))


def read_years(text: str) -> tuple[int, ...]:
    """Periods as typed, such as "1-10" or "1 2 5"; one year when nothing is said. Raises Unfit."""
    years: set[int] = set()
    for part in _SEPARATORS.split(text.strip()):
        if not part:
            continue
        found = _PERIODS.fullmatch(part)
        first = int(found[1]) if found else 0
        last = int(found[2] or first) if found else 0
        if not 1 <= first <= last <= MOST_YEARS:
            raise Unfit(
                _("“%(text)s” is no number of years from 1 to 10. Write 1-10 or 1 2 5.") % {"text": part}
            )
        years |= set(range(first, last + 1))
    return tuple(sorted(years)) or (1,)


def written_years(years: Iterable[int]) -> str:
    """Periods as they are typed: 1-3 5."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def known_entries(account: Account, tld_names: Iterable[str] | None = None) -> dict[str, Entry]:
    """What is kept now, by extension; of all or of some."""
    costs = Cost.objects.filter(tld__account=account)
    if tld_names is not None:
        costs = costs.filter(tld__name__in=list(tld_names))
    rows: dict[str, dict[str, Decimal]] = {}
    years: dict[str, set[int]] = {}
    for name, action, amount, periods in costs.values_list("tld__name", "action", "amount", "years"):
        rows.setdefault(name, {})[action] = amount
        if action != Action.TRANSFER:
            years.setdefault(name, set()).update(periods)
    return {name: _entry(name, row, years.get(name, {1})) for name, row in rows.items()}


def _entry(name: str, row: Mapping[str, Decimal], years: Iterable[int]) -> Entry:
    create, renew, transfer = (row.get(action) for action in MAIN_ACTIONS)
    return Entry(name, create, renew, transfer, tuple(sorted(years)), row.get(Action.PRIVACY))


def keep(account: Account, entries: Iterable[Entry], actor: User | None) -> int:
    """Write down the costs of these extensions; others are left as they are. Returns how many extensions.

    Prices follow at once. What an entry does not sell loses its cost, and so its price.
    """
    wanted = {entry.tld_name: entry for entry in entries}
    now = timezone.now()
    with transaction.atomic():
        new = [
            Tld(account=account, name=name, parent=name.rpartition(".")[2], seen_at=now) for name in wanted
        ]
        Tld.objects.bulk_create(new, ignore_conflicts=True)
        tlds = {tld.name: tld for tld in Tld.objects.filter(account=account, name__in=wanted)}
        Tld.objects.filter(pk__in=[tld.pk for tld in tlds.values()]).update(seen_at=now)
        Cost.objects.filter(tld__in=tlds.values()).delete()
        Cost.objects.bulk_create(
            Cost(
                tld=tlds[name],
                action=action,
                amount=amount,
                currency=account.currency,
                years=entry.periods(action),
            )
            for name, entry in wanted.items()
            for action in Action
            if (amount := entry.amount(action)) is not None
        )
        Account.objects.filter(pk=account.pk).update(catalogue_at=now)
    by = actor.public_id if actor else ""
    log.info("costs_kept", account=account.label, by=by, extensions=sorted(wanted)[:20], number=len(wanted))
    return len(wanted)


def drop(account: Account, tld_name: str, actor: User | None) -> bool:
    """Sell an extension no longer through the account. False when it was not there."""
    deleted, _rows = Tld.objects.filter(account=account, name=tld_name).delete()
    if deleted:
        log.info("costs_dropped", account=account.label, by=actor.public_id if actor else "", tld=tld_name)
    return bool(deleted)
