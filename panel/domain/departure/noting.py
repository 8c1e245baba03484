"""Writing down which names went, from what the mirror, our operations and registrars' lists show. Calls nobody.

Names end in many ways: by a deletion of ours, in a pass, in a reading. So nothing of these writes anything here: what
has ended without a row gets one, and a row whose name is back is closed, however often this runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from panel.account.models import Account
from panel.core.text import storable
from panel.domain.departure.models import Departure
from panel.domain.drift.models import Drift, DriftField, DriftOutcome
from panel.domain.models import Domain, name_in, subject_of, to_unicode
from panel.domain.passes.gone import RUN_OUT
from panel.operation.models import Operation
from panel.operation.states import State
from registrar import types

# A name in one of these has gone, or goes unless somebody brings it back.
LEAVING = (
    Domain.Status.REDEMPTION,
    Domain.Status.PENDING_DELETE,
    Domain.Status.TRANSFERRED_AWAY,
    Domain.Status.DELETED,
)
AT_ONCE = 500
# What may change that a name is gone.
ENDS = ("domain.delete", "domain.release", "domain.restore", "domain.refresh")
Why = Departure.Why


def follow(operation: Operation) -> None:
    """Note the name of an operation that may have ended it, or brought it back; called when one becomes final."""
    if operation.kind in ENDS:
        note(Domain.objects.filter(name=name_in(operation.subject)))


def note(domains: QuerySet[Domain] | None = None) -> tuple[int, int]:
    """Write down what has ended and close what is back, of some names or of all. Returns how many of each."""
    rows = Domain.objects.all() if domains is None else domains
    opened = Departure.objects.filter(came_back_at=None)
    back = opened.filter(domain__in=rows.exclude(status__in=LEAVING).values("pk"))
    closed = back.update(came_back_at=Now(), updated_at=Now())
    ended = rows.filter(status__in=LEAVING).exclude(Exists(opened.filter(domain=OuterRef("pk"))))
    noted = 0
    while found := list(ended.order_by("pk")[:AT_ONCE]):
        made = _write(found)
        noted += made
        if not made:
            # Another worker writes the same ones.
            break
    return noted, closed


@transaction.atomic
def _write(found: Sequence[Domain]) -> int:
    asked = _deletions(found)
    parted = _parted(found)
    rows = []
    for domain in found:
        operation = asked.get(domain.name)
        why, day = _judge(domain, operation, parted.get(domain.pk))
        rows.append(
            Departure(
                account_id=domain.account_id, domain=domain, customer_id=domain.customer_id, name=domain.name,
                unicode_name=domain.unicode_name, tld_name=domain.tld_name, why=why, left_on=day,
                operation=operation,
            )
        )  # fmt: skip
    before = Departure.objects.count()
    Departure.objects.bulk_create(rows, ignore_conflicts=True)
    return Departure.objects.count() - before


def _deletions(found: Sequence[Domain]) -> dict[str, Operation]:
    """The deletions of ours that ended the names: none that a later return has undone."""
    subjects = [subject_of(domain.name) for domain in found]
    done = Operation.objects.filter(kind="domain.delete", subject__in=subjects, state=State.SUCCEEDED)
    last = {name_in(row.subject): row for row in done.order_by("pk")}
    returns = Departure.objects.filter(domain__in=found, came_back_at__isnull=False).order_by("came_back_at")
    for row in returns.only("name", "came_back_at"):
        deletion = last.get(row.name)
        assert row.came_back_at is not None
        if deletion is not None and deletion.finished_at and deletion.finished_at < row.came_back_at:
            del last[row.name]
    return last


def _parted(found: Sequence[Domain]) -> dict[int, Drift]:
    """What passes have noted when the names were not listed any more."""
    rows = Drift.objects.filter(domain__in=found, field=DriftField.PRESENCE, outcome=DriftOutcome.GONE)
    return {row.domain_id: row for row in rows.order_by("pk")}


def _judge(domain: Domain, deletion: Operation | None, parted: Drift | None) -> tuple[str, date]:
    """Why a name went, and when."""
    if deletion is not None and deletion.finished_at is not None:
        return Why.ASKED, timezone.localdate(deletion.finished_at)
    noticed = parted.opened_at if parted is not None and parted.opened_at else domain.updated_at
    day = timezone.localdate(noticed)
    if domain.status == Domain.Status.TRANSFERRED_AWAY:
        return Why.MOVED, day
    over = domain.expires_on is not None and domain.expires_on < day
    if over and domain.expires_on is not None and domain.status in RUN_OUT:
        # The registry still shows it: its end is known better than when somebody looked.
        return Why.EXPIRED, domain.expires_on
    ran_out = over or domain.status in RUN_OUT or (parted is not None and parted.agreed in RUN_OUT)
    return (Why.EXPIRED if ran_out else Why.DELETED), day


@transaction.atomic
def keep_list(account: Account, entries: Iterable[types.DeletedDomain]) -> int:
    """What an account's list of deleted names says. Returns how many names were not known before.

    Of names that are gone here it tells the day and the registrar's reason; a name that lives here again is an old
    story; one that was never here gets a row of its own.
    """
    by_name = {entry.name: entry for entry in entries if entry.deleted_on is not None}
    mine = Departure.objects.filter(account=account, name__in=list(by_name), came_back_at=None)
    for row in mine.filter(domain__isnull=False):
        _complete(row, by_name)
    known = set(Domain.objects.filter(name__in=list(by_name)).values_list("name", flat=True))
    rows = [_listed(account, entry) for name, entry in by_name.items() if name not in known]
    before = Departure.objects.filter(account=account).count()
    Departure.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    return Departure.objects.filter(account=account).count() - before


def _complete(row: Departure, by_name: Mapping[str, types.DeletedDomain]) -> None:
    entry = by_name[row.name]
    day = row.left_on if row.why == Why.ASKED else entry.deleted_on
    told = storable(entry.info)
    assert day is not None
    # An entry from before the name was here is about an earlier end of it.
    if (row.left_on, row.told) != (day, told) and abs((row.left_on - day).days) <= NEAR_DAYS:
        Departure.objects.filter(pk=row.pk).update(left_on=day, told=told, updated_at=Now())


# A registrar's day of a deletion and the day on which a pass noticed it are not far from each other.
NEAR_DAYS = 120


def _listed(account: Account, entry: types.DeletedDomain) -> Departure:
    assert entry.deleted_on is not None
    return Departure(
        account=account, name=entry.name, unicode_name=to_unicode(entry.name), tld_name=entry.tld,
        why=Why.DELETED, left_on=entry.deleted_on, told=storable(entry.info),
    )  # fmt: skip
