"""Bookkeeping of what a registrar shows and nobody here has agreed to.

What the mirror's row holds is agreed, unless an item says otherwise: a reading that changes the row writes down what
was there before. So nothing is kept, and nothing written, for the names that are as they should be. An operation of
ours agrees to what it has set; a field that it leaves to the registrar (its own nameservers, a contact's copy under
another handle) is agreed as the next reading shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now

from panel.account.models import Account
from panel.contact.models import ContactHandle
from panel.contact.operations import content_from, same_content
from panel.domain.drift.models import LIVE_STATES, Drift, DriftField, DriftOutcome, DriftState
from panel.domain.models import Domain, subject_of
from panel.domain.renewal.years import ONE_DAY, later, years_between
from panel.domain.self_renewal import finding
from panel.operation.models import Operation
from panel.operation.states import OPEN
from registrar import types

ROLES = (DriftField.OWNER, DriftField.ADMIN, DriftField.TECH, DriftField.BILLING)
# The mirror's columns that are watched.
COLUMNS = (
    "expires_on", "nameservers", "ds_keys", "transfer_lock", "whois_privacy", "renewal_mode",
    "owner_id", "admin_id", "tech_id", "billing_id",
)  # fmt: skip
WATCHED = tuple(column.removesuffix("_id") for column in COLUMNS)
# Only of a name in good standing is a change news: one that has run out is parked, and its flags go.
JUDGED = frozenset(
    {
        Domain.Status.ACTIVE,
        Domain.Status.RENEWING,
        Domain.Status.ON_HOLD,
        Domain.Status.INACTIVE,
        Domain.Status.UNKNOWN,
    }
)
LONGEST_YEARS = 10
BATCH = 500
CHANGED = ["state", "observed", "implausible", "opened_at", "outcome", "decided_at", "updated_at"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reading makes of a name's row: values by column of COLUMNS, before and after.

    `settled`: no operation of ours may explain the change. `implausible`: the expiry that was shown, where it cannot
    be. `servers`: the nameservers as they were shown, with the names by which they are set.
    """

    domain_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    settled: bool
    implausible: date | None = None
    servers: Sequence[types.Nameserver] = ()


@dataclass(slots=True)
class _Book:
    """What is known, and what is to be written."""

    live: dict[tuple[int, str], Drift]
    by_key: dict[int, ContactHandle] = field(default_factory=dict)
    by_handle: dict[str, ContactHandle] = field(default_factory=dict)
    new: list[Drift] = field(default_factory=list)
    changed: list[Drift] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)


def values_of(domain: Domain) -> dict[str, Any]:
    """The watched columns of a row."""
    return {column: getattr(domain, column) for column in COLUMNS}


def has_items(domain: Domain) -> bool:
    """Whether anything of the name is not decided."""
    return Drift.objects.filter(domain=domain, state__in=LIVE_STATES).exists()


def quiet(names: Iterable[str], since: datetime, *, but: int | None = None) -> set[str]:
    """Those of the names about which nothing is or was under way since a moment; `but` is an operation to overlook."""
    subjects = {subject_of(name): name for name in names}
    busy = Operation.objects.filter(subject__in=subjects)
    if but is not None:
        busy = busy.exclude(pk=but)
    busy = busy.filter(Q(state__in=OPEN) | Q(finished_at__gte=since))
    return set(subjects.values()) - {subjects[found] for found in busy.values_list("subject", flat=True)}


def note(account: Account, readings: Sequence[Seen]) -> None:
    """Open, change and close items as an account's readings say, in the transaction that writes the locked rows."""
    if not readings:
        return
    rows = Drift.objects.filter(domain_id__in=[seen.domain_id for seen in readings], state__in=LIVE_STATES)
    book = _Book({(row.domain_id, row.field): row for row in rows})
    _look_up_people(book, account, readings)
    for seen in readings:
        for column in COLUMNS:
            _judge(book, seen, column)
    Drift.objects.bulk_create(book.new, BATCH)
    Drift.objects.bulk_update(book.changed, CHANGED, BATCH)
    if book.dropped:
        Drift.objects.filter(pk__in=book.dropped).delete()
    finding.found(item for item in (*book.new, *book.changed) if item.outcome == DriftOutcome.RENEWED)


def _look_up_people(book: _Book, account: Account, readings: Sequence[Seen]) -> None:
    """The contacts that readings and items speak of; those that are as they were are not asked for."""
    keys = {
        side[column]
        for seen in readings
        for column in COLUMNS
        if column.endswith("_id")
        and (
            seen.before[column] != seen.after[column]
            or (seen.domain_id, column.removesuffix("_id")) in book.live
        )
        for side in (seen.before, seen.after)
        if side[column] is not None
    }
    agreed = {item.agreed for (_domain, name), item in book.live.items() if name in ROLES and item.agreed}
    if keys or agreed:
        wanted = Q(pk__in=keys) | Q(account=account, handle__in=agreed)
        for row in ContactHandle.objects.filter(wanted):
            book.by_key[row.pk] = book.by_handle[row.handle] = row


def _judge(book: _Book, seen: Seen, column: str) -> None:
    name = column.removesuffix("_id")
    item = book.live.get((seen.domain_id, name))
    before, now = seen.before[column], seen.after[column]
    strange = seen.implausible if name == DriftField.EXPIRY else None
    if item is None and strange is None and (before == now or not _is_known(name, before)):
        return
    if name in ROLES:
        before, now = _handle(book, before), _handle(book, now)
    shown = strange.isoformat() if strange is not None else _plain(now)
    if item is None:
        _begin(book, seen, name, _plain(before), shown)
    elif strange is not None:
        if item.state == DriftState.HELD or item.observed != shown:
            _open(book, item, shown, strange=True)
    elif _is_known(name, shown):
        _follow(book, seen, item, shown)


def _begin(book: _Book, seen: Seen, name: str, agreed: Any, shown: Any) -> None:
    strange = seen.implausible is not None and name == DriftField.EXPIRY
    known = strange or _is_known(name, shown)
    if known and not strange and _is_same(book, seen, name, agreed, shown):
        return
    item = Drift(domain_id=seen.domain_id, field=name, agreed=agreed, observed=shown, implausible=strange)
    item.state, item.opened_at = DriftState.OPEN, Now()
    if not known or not (seen.settled or strange):
        item.state, item.opened_at = DriftState.HELD, None
    elif not strange and _is_renewal(name, agreed, shown):
        item.state, item.outcome, item.decided_at = DriftState.CLOSED, DriftOutcome.RENEWED, Now()
    book.new.append(item)


def _follow(book: _Book, seen: Seen, item: Drift, shown: Any) -> None:
    """What becomes of an item that is there, now that the registrar shows this."""
    if not _is_known(item.field, item.agreed):
        # Nothing was agreed yet, or an operation left it to the registrar: this is the first reading.
        if seen.settled:
            _end(book, item, DriftOutcome.CAME_BACK, shown)
    elif _is_same(book, seen, item.field, item.agreed, shown):
        _end(book, item, DriftOutcome.CAME_BACK, shown)
    elif not seen.settled:
        item.observed, item.updated_at = shown, Now()
        book.changed.append(item)
    elif _is_renewal(item.field, item.agreed, shown):
        _end(book, item, DriftOutcome.RENEWED, shown)
    elif item.state == DriftState.HELD or item.observed != shown or item.implausible:
        # What was put aside was another change than this one.
        _open(book, item, shown)


def _open(book: _Book, item: Drift, shown: Any, *, strange: bool = False) -> None:
    if item.state != DriftState.OPEN:
        item.opened_at = Now()
    item.state, item.observed, item.implausible, item.updated_at = DriftState.OPEN, shown, strange, Now()
    book.changed.append(item)


def _end(book: _Book, item: Drift, outcome: DriftOutcome, shown: Any) -> None:
    """Close what a person may have seen; what was only held goes without a trace, but for news."""
    if item.state == DriftState.HELD and outcome == DriftOutcome.CAME_BACK:
        book.dropped.append(item.pk)
        return
    if outcome == DriftOutcome.RENEWED:
        item.observed, item.implausible = shown, False
    item.opened_at = item.opened_at or Now()
    item.state, item.outcome, item.decided_at, item.updated_at = DriftState.CLOSED, outcome, Now(), Now()
    book.changed.append(item)


# --- what operations of ours agree to -------------------------------------------------------------------------------


def agree(domain: Domain, fields: Sequence[str], operation: Operation, *, as_read: bool = False) -> None:
    """An operation of ours has set these fields of a locked name: whatever was open about them is settled.

    `as_read`: the registrar decides what they become, so the next reading tells what was agreed.
    """
    live = Drift.objects.filter(domain=domain, field__in=fields, state__in=LIVE_STATES)
    for item in live:
        if item.state == DriftState.HELD:
            item.delete()
            continue
        ours = item.operation_id == operation.pk
        item.state, item.operation = DriftState.CLOSED, operation
        item.outcome = DriftOutcome.PUSHED_BACK if ours else DriftOutcome.CHANGED
        item.decided_at = Now()
        item.save()
    if as_read:
        # What was never read is agreed as it is read first anyway.
        values = {column.removesuffix("_id"): value for column, value in values_of(domain).items()}
        known = [name for name in fields if _is_known(name, values[name])]
        Drift.objects.bulk_create(Drift(domain=domain, field=name, state=DriftState.HELD) for name in known)


def agree_to_arrival(domain: Domain, operation: Operation) -> None:
    """A name has come by an operation of ours: all that it brings along is agreed as it is read."""
    agree(domain, WATCHED, operation, as_read=domain.detailed_at is not None)


# --- values ---------------------------------------------------------------------------------------------------------


def _is_known(name: str, value: Any) -> bool:
    """Whether somebody told it. A name without nameservers is one of which they were not told."""
    if name == DriftField.DS:
        return value is not None
    return value not in (None, "", types.RenewalMode.UNKNOWN) and value != []


def _handle(book: _Book, key: int | None) -> ContactHandle | None:
    return book.by_key.get(key) if key is not None else None


def _plain(value: Any) -> Any:
    """A value as JSON."""
    if isinstance(value, ContactHandle):
        return value.handle
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, types.RenewalMode) else value


def _is_same(book: _Book, seen: Seen, name: str, agreed: Any, shown: Any) -> bool:
    """Whether what is shown is what was agreed, as far as registrars write the same thing alike."""
    if agreed == shown:
        return True
    if name == DriftField.EXPIRY:
        return abs(date.fromisoformat(agreed) - date.fromisoformat(shown)) <= ONE_DAY
    if name == DriftField.NAMESERVERS:
        servers = tuple(seen.servers) or tuple(types.Nameserver(server) for server in shown)
        return types.NameserverSet(servers).is_set_to(agreed)
    if name == DriftField.DS:
        return {_mark(key) for key in agreed} == {_mark(key) for key in shown}
    if name in ROLES and agreed in book.by_handle and shown in book.by_handle:
        return _is_same_person(book.by_handle[agreed], book.by_handle[shown])
    return False


def _mark(key: Mapping[str, Any]) -> tuple[Any, ...]:
    return key["key_tag"], key["algorithm"], key["digest_type"], str(key["digest"]).upper()


def _is_same_person(one: ContactHandle, other: ContactHandle) -> bool:
    """A registrar may copy the contact for each name: the same content under another handle is no other contact."""
    if one.fingerprint and one.fingerprint == other.fingerprint:
        return True
    if not all("last_name" in row.content for row in (one, other)):
        return False
    agreed, shown = (content_from({"contact": row.content}) for row in (one, other))
    return same_content(shown, agreed)


def _is_renewal(name: str, agreed: Any, shown: Any) -> bool:
    """Whether an expiry moved forward by whole years, as when a registrar renews by itself: that is news, no alarm."""
    if name != DriftField.EXPIRY:
        return False
    start, end = date.fromisoformat(agreed), date.fromisoformat(shown)
    years = years_between(start, end)
    return 1 <= years <= LONGEST_YEARS and abs(end - later(start, years)) <= ONE_DAY
