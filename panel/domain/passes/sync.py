"""Domains of an account as its list shows them, mirrored page by page.

A pass adds what is new (without a customer), changes what differs and touches nothing that an operation is changing.
What is as the list says is not written at all. It deletes nothing: a name that a whole list does not show is marked as
missing since then, and needs a second proof to be called gone (`gone`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from panel.account.models import SyncRun
from panel.account.remarks import remark
from panel.account.runs import Listing, Polite, Source, Tally, read_carefully, work
from panel.domain.departure.noting import keep_list, note
from panel.domain.drift.rules import apply_rules
from panel.domain.models import ENDED, Domain
from panel.domain.operations import plan_refresh
from panel.domain.passes.lines import Details
from panel.domain.passes.missing import forget_sightings, look_for_missing
from panel.domain.passes.storing import Keeper
from panel.operation import handing
from registrar import errors, types

log = structlog.get_logger(__name__)

PAGE = 200
# What a list has to bring along so that nothing must be read name by name.
IN_LISTS = frozenset({types.DomainDetail.INFO, types.DomainDetail.CONTACTS, types.DomainDetail.NAMESERVERS})
# Names that one pass has read in full, where a list tells little: each costs several calls. So many anew, in turn; of
# those that were never read, as many as are read politely until the next pass.
READINGS_PER_PASS = 100
FIRST_READINGS_PER_PASS = 2000
READ_AGAIN_AFTER = timedelta(days=1)
# Of a registrar's list of deleted names.
DEPARTED_PAGE, DEPARTED_PAGES = 1000, 3


@dataclass(frozen=True, slots=True)
class _Listing(Listing[types.DomainSummary]):
    details: Details = field(default_factory=Details)


def run(run_pk: int) -> None:
    """One turn of a pass over an account's domains."""
    keeper = Keeper()

    def store(sync: SyncRun, listing: Listing[types.DomainSummary]) -> Tally:
        return keeper.store(sync, listing, listing.details if isinstance(listing, _Listing) else Details())

    work(run_pk, Source(read=_read, store=store, finish=_finish))


def _read(polite: Polite, driver: Any, page: int) -> Listing[types.DomainSummary]:
    """Three forms of the same page instead of three calls for every name, where the registrar's list has them."""
    offered = driver.domains.list_includes
    named = {"include": types.DomainDetail.INFO} if types.DomainDetail.INFO in offered else {}
    listing = read_carefully(polite, driver.domains.list, page, PAGE, **named)
    details = Details()
    if listing.items and offered >= IN_LISTS:
        for item in _extra(polite, driver, page, types.DomainDetail.CONTACTS):
            if item.contacts is not None:
                details.contacts[item.name] = item.contacts
        for item in _extra(polite, driver, page, types.DomainDetail.NAMESERVERS):
            if item.nameservers is not None:
                details.nameservers[item.name] = item.nameservers
    return _Listing(
        items=listing.items, total=listing.total, is_last=listing.is_last, asked_at=listing.asked_at,
        unreadable=listing.unreadable, details=details,
    )  # fmt: skip


def _extra(
    polite: Polite, driver: Any, page: int, include: types.DomainDetail
) -> tuple[types.DomainSummary, ...]:
    try:
        return read_carefully(polite, driver.domains.list, page, PAGE, include=include).items
    except errors.UnreadableReply as error:
        log.warning("sync_details_unreadable", include=str(include), error=str(error))
        return ()


def _finish(sync: SyncRun, polite: Polite, driver: Any) -> str:
    """Rules for what differs, marks for what a whole list did not show: one with unreadable lines proves nothing."""
    _read_departed(sync, polite, driver)
    apply_rules(sync.account)
    marked, gone = (0, 0) if sync.skipped else look_for_missing(sync)
    forget_sightings(sync.account)
    note(Domain.objects.filter(account=sync.account))
    if sync.skipped:
        return remark("lines_left_out", sync.skipped)
    SyncRun.objects.filter(pk=sync.pk).update(missing=marked)
    # Last, since what is being read counts as being worked on.
    asked = 0 if driver.domains.list_includes >= IN_LISTS else _read_in_full(sync)
    if gone:
        return remark("names_gone", gone, marked)
    if marked:
        return remark("names_missing", marked)
    return remark("names_being_read", asked) if asked else ""


def _read_departed(sync: SyncRun, polite: Polite, driver: Any) -> None:
    """What the registrar's list of deleted names tells, where it has one."""
    if not driver.supports("domain.deleted").usable:
        return
    for number in range(1, DEPARTED_PAGES + 1):
        try:
            listing = read_carefully(polite, driver.domains.deleted, number, DEPARTED_PAGE)
        except errors.UnreadableReply as error:
            log.warning("deleted_names_unreadable", error=str(error))
            break
        keep_list(sync.account, listing.items)
        if listing.is_last:
            return


def _read_in_full(sync: SyncRun) -> int:
    """Have names read one by one, those never read first. Returns how many.

    What has just come in is of no use before it was read, so that many of those are asked for at once: an hour's worth
    of polite calls. What was read before is read anew little by little.
    """
    here = Domain.objects.filter(account=sync.account, missing_since__isnull=True).exclude(status__in=ENDED)
    fresh = here.filter(detailed_at__isnull=True).order_by("pk")
    names = list(fresh.values_list("name", flat=True)[:FIRST_READINGS_PER_PASS])
    if len(names) < READINGS_PER_PASS:
        stale = here.filter(detailed_at__lt=timezone.now() - READ_AGAIN_AFTER).order_by("detailed_at", "pk")
        names += stale.values_list("name", flat=True)[: READINGS_PER_PASS - len(names)]
    for number in range(0, len(names), READINGS_PER_PASS):
        with handing.crowd(), transaction.atomic():
            for name in names[number : number + READINGS_PER_PASS]:
                plan_refresh(name, sync.account, key=f"sync:{sync.public_id}")
    handing.hand_out()
    return len(names)
