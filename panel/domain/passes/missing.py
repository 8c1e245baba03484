"""What a whole list of an account did not show: the names that a pass saw are kept as bits, not as writes to rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from panel.account.models import Account, SyncRun
from panel.domain.drift.models import Sighting
from panel.domain.models import ENDED, Domain
from panel.domain.operations import plan_refresh
from panel.domain.passes.gone import at_rest, end

log = structlog.get_logger(__name__)

# A list that lacks more than this share of an account's names, and more than a few, is a list gone wrong.
WORST_SHARE = 0.5
FEW = 10
# Names that one pass has asked about, to have the second proof, or the first one taken back.
ASKED_PER_PASS = 50
CHUNK = 500


class Sighted:
    """The keys that a pass saw, as bits: a million names take 125 kB."""

    def __init__(self, run: SyncRun) -> None:
        self._bits = bytearray()
        for keys in Sighting.objects.filter(run=run).values_list("keys", flat=True).iterator(chunk_size=100):
            packed = array("q")
            packed.frombytes(bytes(keys))
            self._add(packed)

    def _add(self, keys: Iterable[int]) -> None:
        for key in keys:
            place = key >> 3
            if place >= len(self._bits):
                self._bits.extend(bytes(place + 1024 - len(self._bits)))
            self._bits[place] |= 1 << (key & 7)

    def __contains__(self, key: int) -> bool:
        place = key >> 3
        return place < len(self._bits) and bool(self._bits[place] >> (key & 7) & 1)


def look_for_missing(sync: SyncRun) -> tuple[int, int]:
    """Mark what a whole list did not show, and end what two did not. Returns how many were marked and ended."""
    if Sighting.objects.filter(run=sync).count() != sync.next_page:
        # A worker died at the very end, and what the earlier pages showed is forgotten: the next pass tells.
        return 0, 0
    living = Domain.objects.filter(account=sync.account).exclude(status__in=ENDED)
    sighted = Sighted(sync)
    lacking = [key for key in _keys(living.exclude(updated_at__gte=sync.created_at)) if key not in sighted]
    marked = ended = 0
    trusted = len(lacking) <= FEW or len(lacking) <= living.count() * WORST_SHARE
    for start in range(0, len(lacking), CHUNK):
        with transaction.atomic():
            rows = at_rest(living.filter(pk__in=lacking[start : start + CHUNK]))
            first = [row for row in rows if row.missing_since is None]
            twice = [row for row in rows if row.missing_since and row.missing_since < sync.created_at]
            if first:
                Domain.objects.filter(pk__in=[row.pk for row in first]).update(missing_since=Now())
            for row in first[: max(ASKED_PER_PASS - marked, 0)]:
                plan_refresh(row.name, sync.account, key=f"missing:{sync.public_id}")
            if trusted:
                end(twice)
                ended += len(twice)
            marked += len(first)
    if not trusted:
        log.warning("sync_list_not_trusted", account=sync.account.label, lacking=len(lacking))
    return marked, ended


def forget_sightings(account: Account) -> None:
    """What passes over the account saw is of no use once one has ended."""
    Sighting.objects.filter(run__account=account).delete()


def _keys(rows: QuerySet[Domain]) -> Iterator[int]:
    return rows.order_by().values_list("pk", flat=True).iterator(chunk_size=5000)
