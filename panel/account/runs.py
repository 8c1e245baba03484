"""Passes over what an account holds: claimed by one worker at a time, counted, and taken up again page by page."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from panel.account import gateway, throttle
from panel.account.models import Account, AccountState, SyncRun
from panel.core import broker
from panel.core.models import database_now
from panel.people.models import User
from registrar import FAMILIES, errors, types

log = structlog.get_logger(__name__)
T = TypeVar("T")

TASKS = {
    SyncRun.Kind.CATALOGUE: "panel.account.tasks.sync_catalogue",
    SyncRun.Kind.DOMAINS: "panel.domain.tasks.sync_domains",
    SyncRun.Kind.CONTACTS: "panel.domain.tasks.sync_contacts",
}
# What a family must be able to tell for a pass to make sense.
NEEDS = {
    SyncRun.Kind.CATALOGUE: "account.zones",
    SyncRun.Kind.DOMAINS: "domain.list",
    SyncRun.Kind.CONTACTS: "contact.list",
}
TURN = timedelta(seconds=45)
FORGOTTEN_AFTER = timedelta(minutes=3)
GIVEN_UP_AFTER = timedelta(days=1)
LONGEST_NAP = 2.0
MOST_UNREADABLE = 3


class _TakenOver(Exception):
    """Another worker counted this page first: this one was thought dead."""


@dataclass(slots=True)
class Tally:
    """What one page brought: lines seen, rows added and changed, lines that could not be kept."""

    seen: int = 0
    added: int = 0
    changed: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A page as far as it could be read. `asked_at` is when the registrar was asked."""

    items: tuple[T, ...]
    total: int
    is_last: bool
    asked_at: Any
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Source(Generic[T]):
    """How a pass reads a page, keeps it, and ends; `finish` returns what there is to say."""

    read: Callable[[Polite, Any, int], Listing[T]]
    store: Callable[[SyncRun, Listing[T]], Tally]
    finish: Callable[[SyncRun, Polite, Any], str]


@dataclass(slots=True)
class Polite:
    """Makes calls at the pace of the account's bucket; a wait longer than a nap is left to the next turn."""

    account: Account
    prepaid: int = field(default=1)

    def __call__(self, function: Callable[..., T], *args: Any, **named: Any) -> T:
        """Call `function` once a token is there. Raises RateLimited when that would take long."""
        if self.prepaid:
            self.prepaid -= 1
        else:
            self._take()
        return function(*args, **named)

    def _take(self) -> None:
        try:
            throttle.take(self.account, "sync")
        except errors.RateLimited as error:
            if error.after is None or error.after > LONGEST_NAP:
                raise
            time.sleep(error.after)
            throttle.take(self.account, "sync")


def hand_over(task: str, *args: Any) -> None:
    """Ask a worker to run `task` after commit. A broker that is away costs time: the next beat finds the row."""
    transaction.on_commit(lambda: broker.send(task, *args))


def can_pass(account: Account, kind: str) -> bool:
    """Whether the account's registrar tells what a pass of this kind reads."""
    return FAMILIES[account.family].capabilities.find(NEEDS[SyncRun.Kind(kind)]).usable


def start(account: Account, kind: str, actor: User | None = None, *, wake: bool = True) -> SyncRun:
    """The open pass of this kind over the account, or a new one; a worker is woken after commit."""
    try:
        with transaction.atomic():
            run = SyncRun.objects.create(account=account, kind=kind, actor=actor)
    except IntegrityError:
        opened = SyncRun.objects.filter(account=account, kind=kind, state__in=OPEN).first()
        if opened is None:
            return start(account, kind, actor, wake=wake)
        run = opened
    if wake:
        hand_over(TASKS[SyncRun.Kind(kind)], run.pk)
    return run


OPEN = (SyncRun.State.QUEUED, SyncRun.State.RUNNING)


def forgotten() -> list[SyncRun]:
    """Open passes that nobody works on: their worker died, or the message never came."""
    quiet = Q(state=SyncRun.State.QUEUED) | Q(
        state=SyncRun.State.RUNNING, updated_at__lt=database_now() - FORGOTTEN_AFTER
    )
    return list(SyncRun.objects.filter(quiet, account__state="active").select_related("account"))


def claim(run_pk: int) -> SyncRun | None:
    """Take the pass for this worker, or None when it is over or somebody else's."""
    free = Q(state=SyncRun.State.QUEUED) | Q(
        state=SyncRun.State.RUNNING, updated_at__lt=database_now() - FORGOTTEN_AFTER
    )
    if (
        SyncRun.objects.filter(free, pk=run_pk).update(
            state=SyncRun.State.RUNNING, updated_at=Now(), message=""
        )
        != 1
    ):
        return None
    return SyncRun.objects.select_related("account").get(pk=run_pk)


def work(run_pk: int, source: Source[Any]) -> None:
    """One turn of a pass: as many pages as fit. What stops it is written down; it never raises."""
    run = claim(run_pk)
    if run is None:
        return
    if run.account.state != AccountState.ACTIVE:
        pause(run, f"the account is {run.account.state}")
        return
    try:
        with gateway.open_account(run.account, "sync") as driver:
            polite = Polite(run.account)
            if _pages(run, polite, driver, source):
                finish(run, source.finish(run, polite, driver))
            else:
                pause(run, "")
                hand_over(TASKS[SyncRun.Kind(run.kind)], run.pk)
    except _TakenOver:
        log.info("sync_taken_over", run=run.public_id)
    except (errors.RateLimited, errors.NotSent, errors.OutcomeUnknown) as error:
        if database_now() - run.created_at > GIVEN_UP_AFTER:
            fail(run, str(error))
        else:
            pause(run, str(error))
    except errors.RegistrarError as error:
        fail(run, str(error))
    except Exception as error:
        log.exception("sync_crashed", run=run.public_id)
        fail(run, f"crashed: {type(error).__name__}")


def _pages(run: SyncRun, polite: Polite, driver: Any, source: Source[Any]) -> bool:
    until = timezone.now() + TURN
    while True:
        listing = source.read(polite, driver, run.next_page)
        with transaction.atomic():
            tally = source.store(run, listing)
            tally.skipped += listing.unreadable
            if not _count(run, listing, tally):
                raise _TakenOver
        if listing.is_last:
            return True
        if timezone.now() > until:
            return False


def _count(run: SyncRun, listing: Listing[Any], tally: Tally) -> bool:
    mine = SyncRun.objects.filter(pk=run.pk, state=SyncRun.State.RUNNING, next_page=run.next_page)
    counted = mine.update(
        next_page=F("next_page") + (0 if listing.is_last else 1),
        seen=F("seen") + tally.seen,
        added=F("added") + tally.added,
        changed=F("changed") + tally.changed,
        skipped=F("skipped") + tally.skipped,
        total=listing.total,
        updated_at=Now(),
    )
    run.refresh_from_db(fields=["next_page", "seen", "added", "changed", "skipped", "total"])
    return counted == 1


def pause(run: SyncRun, message: str) -> None:
    """Leave the pass for a later turn."""
    mine = SyncRun.objects.filter(pk=run.pk, state=SyncRun.State.RUNNING)
    mine.update(state=SyncRun.State.QUEUED, message=message, updated_at=Now())


def finish(run: SyncRun, message: str) -> None:
    """The pass is complete."""
    _close(run, SyncRun.State.DONE, message)


def fail(run: SyncRun, message: str) -> None:
    """The pass ends without having seen everything."""
    _close(run, SyncRun.State.FAILED, message)
    log.warning("sync_failed", run=run.public_id, kind=run.kind, error=message)


def _close(run: SyncRun, state: str, message: str) -> None:
    mine = SyncRun.objects.filter(pk=run.pk, state=SyncRun.State.RUNNING)
    mine.update(state=state, message=message, finished_at=Now(), updated_at=Now())


def read_carefully(
    polite: Polite, function: Callable[..., types.Page[T]], page: int, length: int, **named: Any
) -> Listing[T]:
    """A page of a list. Where one line of it cannot be read, smaller and smaller pages find the others.

    Raises UnreadableReply when nothing can be read, and whatever else the call raises.
    """
    asked_at = database_now()
    search = _Search(polite, function, named)
    whole = search.read(page, length)
    return Listing(
        items=tuple(search.found),
        total=search.total,
        # A registrar may give shorter pages than asked for: its own count of them is what matters.
        is_last=whole.is_last if whole else page * length >= search.total,
        asked_at=asked_at,
        unreadable=search.skipped,
    )


@dataclass(slots=True)
class _Search(Generic[T]):
    polite: Polite
    function: Callable[..., types.Page[T]]
    named: dict[str, Any]
    found: list[T] = field(default_factory=list)
    total: int = 0
    skipped: int = 0
    in_a_row: int = 0

    def read(self, page: int, length: int) -> types.Page[T] | None:
        try:
            listing = self.polite(self.function, page=page, page_length=length, **self.named)
        except errors.UnreadableReply:
            if length > 1:
                self._divide(page, length)
                return None
            self.skipped += 1
            self.in_a_row += 1
            if self.in_a_row >= MOST_UNREADABLE:
                raise
            return None
        self.in_a_row = 0
        self.total = listing.total
        self.found.extend(listing.items)
        return listing

    def _divide(self, page: int, length: int) -> None:
        part = max(length // 10, 1)
        pieces = length // part
        for piece in range(pieces):
            number = (page - 1) * pieces + piece + 1
            if self.total and (number - 1) * part >= self.total:
                return
            self.read(number, part)
