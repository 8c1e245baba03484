"""Bringing names here: batches of names that are checked first, and ordered when they can be moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from panel.access.actor import Actor
from panel.access.scopes import customer_of
from panel.account.models import Account, Tld
from panel.billing.pricing import PriceBook
from panel.domain.models import ENDED, Domain, TransferBatch, TransferLine, name_in, subject_of, to_unicode
from panel.domain.search_tasks import send_transfer_check
from panel.domain.transfer.reading import Reading, Typed, read_lines
from panel.operation.clock import from_now
from panel.operation.models import Operation
from panel.operation.states import OPEN
from registrar import FAMILIES
from registrar.tld import terms_for

CODES_KEPT = timedelta(days=7)
BATCHES_A_MINUTE = 20
WAKE_EVERY_SECONDS = 5
SLOW_AFTER = timedelta(seconds=8)
# These may be ordered: found possible, or nobody can say before.
ORDERABLE = (TransferLine.State.POSSIBLE, TransferLine.State.UNCHECKED)


class NotReadable(Exception):
    """What was pasted cannot be checked now; `reading` says why, line by line."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(f"{len(reading.problems)} lines to be put right")
        self.reading = reading


class BatchTooOften(NotReadable):
    """The customer began BATCHES_A_MINUTE batches within a minute."""


def batches_for(actor: Actor) -> QuerySet[TransferBatch]:
    """The batches of the actor's customer."""
    return TransferBatch.objects.filter(customer=customer_of(actor)).select_related("customer__brand")


def recent_batches(actor: Actor, most: int) -> list[TransferBatch]:
    """The newest batches in which something is left to order, with `names` and `left`: how many there are of each."""
    left = Count("lines", filter=Q(lines__operation__isnull=True) & ~Q(lines__code=""))
    rows = batches_for(actor).annotate(names=Count("lines"), left=left).filter(left__gt=0)
    return list(rows.order_by("-pk")[:most])


def start_batch(actor: Actor, text: str, kept: Mapping[str, str]) -> TransferBatch:
    """Write names and codes down, and ask a worker to check them. Calls nobody.

    `kept` are codes that are hidden in `text`. Raises NotReadable and BatchTooOften.
    """
    assert actor.customer is not None
    book = PriceBook(actor.brand)
    reading = read_lines(text, set(book.tlds("transfer")), kept)
    accounts = _accounts(book, reading.names)
    _find_problems(actor, reading, accounts)
    if reading.problems or not reading.names:
        raise NotReadable(reading)
    recent = batches_for(actor).filter(created_at__gt=timezone.now() - timedelta(minutes=1))
    if recent.count() >= BATCHES_A_MINUTE:
        raise BatchTooOften(reading)
    with transaction.atomic():
        batch = TransferBatch.objects.create(customer=actor.customer, actor=actor.user)
        TransferLine.objects.bulk_create(
            _line(batch, position, typed, accounts[typed.tld_name])
            for position, typed in enumerate(reading.names)
        )
        wake(batch)
    return batch


def _accounts(book: PriceBook, names: Iterable[Typed]) -> dict[str, Account]:
    found = {typed.tld_name: book.account_for(typed.tld_name, "transfer") for typed in names}
    return {tld_name: account for tld_name, account in found.items() if account is not None}


def _line(batch: TransferBatch, position: int, typed: Typed, account: Account) -> TransferLine:
    asked = can_check(account, typed.tld_name)
    return TransferLine(
        batch=batch,
        position=position,
        name=typed.name,
        tld_name=typed.tld_name,
        account=account,
        code=typed.code,
        has_code=bool(typed.code),
        # Nobody can be asked: it shows once it is ordered.
        state=TransferLine.State.PENDING if asked else TransferLine.State.UNCHECKED,
    )


def can_check(account: Account, tld_name: str) -> bool:
    """Whether the registrar can be asked, before anything is paid, if a name can be moved."""
    return FAMILIES[account.family].capabilities.find("domain.check_transfer", tld_name).usable


def _find_problems(actor: Actor, reading: Reading, accounts: Mapping[str, Account]) -> None:
    """What only the panel's own rows can tell: names that are here, and codes that an extension wants."""
    names = [typed.name for typed in reading.names]
    here = set(Domain.objects.filter(name__in=names).exclude(status__in=ENDED).values_list("name", flat=True))
    coming = _coming(names)
    wanting = _wanting_codes(accounts)
    for typed in reading.names:
        shown = {"name": to_unicode(typed.name)}
        if typed.number in reading.problems:
            continue
        if typed.name in coming:
            reading.problems[typed.number] = _("%(name)s is on its way here already.") % shown
        elif typed.name in here:
            reading.problems[typed.number] = _("%(name)s is here already.") % shown
        elif not typed.code and typed.tld_name in wanting:
            reading.problems[typed.number] = (
                _("The auth code of %(name)s is missing. The present provider gives it to you.") % shown
            )


def _coming(names: list[str]) -> set[str]:
    running = Operation.objects.filter(
        subject__in=[subject_of(name) for name in names],
        kind__in=("domain.transfer", "domain.create"),
        state__in=OPEN,
    )
    return {name_in(subject) for subject in running.values_list("subject", flat=True)}


def _wanting_codes(accounts: Mapping[str, Account]) -> set[str]:
    """The extensions that want a code: what the manual states, else the account's catalogue; in doubt they do."""
    rows = Tld.objects.filter(
        account__in=accounts.values(), name__in=list(accounts), auth_code_required=False
    )
    without = set(rows.values_list("name", "account_id"))
    wanting = set()
    for tld_name, account in accounts.items():
        stated = terms_for(account.family, tld_name).transfer_code_required
        required = stated.value if stated is not None else (tld_name, account.pk) not in without
        if required:
            wanting.add(tld_name)
    return wanting


# --- checking -------------------------------------------------------------------------------------------------------


def is_done(lines: Iterable[TransferLine]) -> bool:
    """True when nothing more will appear by itself."""
    return all(line.state != TransferLine.State.PENDING for line in lines)


def is_slow(batch: TransferBatch, lines: Iterable[TransferLine]) -> bool:
    """True when answers take longer than a person expects: a worker or a registrar is away or busy."""
    return not is_done(lines) and timezone.now() - batch.updated_at > SLOW_AFTER


def try_again(batch: TransferBatch) -> int:
    """Check once more what got no answer or a no, and is not ordered; returns how many lines that are."""
    with transaction.atomic():
        open_lines = batch.lines.filter(
            state__in=(TransferLine.State.FAILED, TransferLine.State.REFUSED), operation__isnull=True
        ).exclude(code="", has_code=True)
        count = open_lines.update(state=TransferLine.State.PENDING, tries=0, reason="")
        if count:
            wake(batch)
    return count


def wake(batch: TransferBatch) -> None:
    """Ask a worker, after commit, to check what is open. Costs nothing when there is nothing to do."""
    TransferBatch.objects.filter(pk=batch.pk).update(woken_at=Now())
    batch.save(update_fields=["updated_at"])
    transaction.on_commit(lambda: send_transfer_check(batch.pk))


def wake_if_due(batch: TransferBatch) -> bool:
    """Ask again for a batch that nobody works on, at most every WAKE_EVERY_SECONDS however many pages ask."""
    idle = TransferBatch.objects.filter(
        Q(woken_at__isnull=True) | Q(woken_at__lt=from_now(-WAKE_EVERY_SECONDS)),
        Q(busy_until__isnull=True) | Q(busy_until__lt=Now()),
        pk=batch.pk,
    )
    if idle.update(woken_at=Now()) != 1:
        return False
    transaction.on_commit(lambda: send_transfer_check(batch.pk))
    return True


def forget_old_codes() -> int:
    """Drop the codes of names that nobody ordered in time. Returns how many."""
    old = TransferLine.objects.filter(batch__created_at__lt=from_now(-CODES_KEPT.total_seconds()))
    return old.exclude(code="").update(code="")
