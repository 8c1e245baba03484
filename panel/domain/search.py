"""Searching for a name: the rows that a page shows at once, and that a worker fills in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from panel.access.actor import Actor
from panel.billing.pricing import PriceBook
from panel.domain.models import Availability, Search, SearchLine
from panel.domain.names import read_query
from panel.domain.search_tasks import send_check
from panel.domain.suggest import FAVORITE, countries_of, extension_order
from panel.operation.clock import from_now

SEARCHES_A_MINUTE = 20
EXTENSIONS_AT_ONCE = 12
WAKE_EVERY_SECONDS = 5
SLOW_AFTER = timedelta(seconds=8)


class SearchTooOften(Exception):
    """The customer searched SEARCHES_A_MINUTE times within a minute."""


def searches_for(actor: Actor) -> QuerySet[Search]:
    """The searches of the actor's customer."""
    return Search.objects.filter(customer=actor.customer, customer__isnull=False).select_related(
        "customer__brand"
    )


def search_lines_for(actor: Actor) -> QuerySet[SearchLine]:
    """The lines of all searches of the actor's customer."""
    own = SearchLine.objects.filter(search__customer=actor.customer, search__customer__isnull=False)
    return own.select_related("search", "availability")


def start_search(actor: Actor, text: str, *, language: str) -> Search:
    """Write a search down with its first lines and ask a worker to check them. Calls nobody.

    Raises ImpossibleName and SearchTooOften.
    """
    assert actor.customer is not None
    book = PriceBook(actor.brand)
    wanted = read_query(text, set(book.tlds()))
    recent = Search.objects.filter(
        customer=actor.customer, created_at__gt=timezone.now() - timedelta(minutes=1)
    ).count()
    if recent >= SEARCHES_A_MINUTE:
        raise SearchTooOften
    order = extension_order(book.tlds(), countries=countries_of(actor.customer), language=language)
    with transaction.atomic():
        search = Search.objects.create(
            customer=actor.customer, actor=actor.user, query=text.strip()[:253], label=wanted.label
        )
        exact = wanted.tld_name or (order[0] if order else FAVORITE)
        _add_lines(search, book, [exact], SearchLine.Group.EXACT)
        others = [tld for tld in order if tld != exact][:EXTENSIONS_AT_ONCE]
        _add_lines(search, book, others, SearchLine.Group.EXTENSION)
        wake(search)
    return search


def more_extensions(search: Search, *, language: str) -> int:
    """Add the next extensions to a search; returns how many there were."""
    book = PriceBook(search.customer.brand)
    with transaction.atomic():
        following = remaining_extensions(search, book, language=language)[:EXTENSIONS_AT_ONCE]
        _add_lines(search, book, following, SearchLine.Group.EXTENSION)
        wake(search)
    return len(following)


def remaining_extensions(search: Search, book: PriceBook, *, language: str) -> list[str]:
    """The extensions that are sold and not among the search's lines yet, in the order in which they are offered."""
    there = set(search.lines.exclude(group=SearchLine.Group.SUGGESTION).values_list("tld_name", flat=True))
    order = extension_order(book.tlds(), countries=countries_of(search.customer), language=language)
    return [tld for tld in order if tld not in there]


def try_again(search: Search) -> int:
    """Check once more what got no answer; returns how many lines that are."""
    with transaction.atomic():
        count = search.lines.filter(state=SearchLine.State.FAILED).update(
            state=SearchLine.State.PENDING, tries=0
        )
        if count:
            wake(search)
    return count


def is_done(search: Search, lines: Iterable[SearchLine]) -> bool:
    """True when nothing more will appear by itself."""
    return search.suggested_at is not None and all(line.state != SearchLine.State.PENDING for line in lines)


def is_slow(search: Search, lines: Iterable[SearchLine]) -> bool:
    """True when answers take longer than a person expects: a worker or a registrar is away or busy."""
    waiting = any(line.state == SearchLine.State.PENDING for line in lines)
    return waiting and timezone.now() - search.updated_at > SLOW_AFTER


def wake(search: Search) -> None:
    """Ask a worker, after commit, to check what is open. Costs nothing when there is nothing to do."""
    Search.objects.filter(pk=search.pk).update(woken_at=Now())
    search.save(update_fields=["updated_at"])
    transaction.on_commit(lambda: send_check(search.pk))


def wake_if_due(search: Search) -> bool:
    """Ask again for a search that nobody works on, at most every WAKE_EVERY_SECONDS however many pages ask."""
    idle = Search.objects.filter(
        Q(woken_at__isnull=True) | Q(woken_at__lt=from_now(-WAKE_EVERY_SECONDS)),
        Q(busy_until__isnull=True) | Q(busy_until__lt=Now()),
        pk=search.pk,
    )
    if idle.update(woken_at=Now()) != 1:
        return False
    transaction.on_commit(lambda: send_check(search.pk))
    return True


def fresh_answers(
    account_pks: Iterable[int | None], names: Iterable[str]
) -> dict[tuple[int, str], Availability]:
    """What is known and young enough to be believed, by account and name."""
    since = timezone.now() - timedelta(seconds=settings.SEARCH_CACHE_SECONDS)
    rows = Availability.objects.filter(
        account__in=[pk for pk in account_pks if pk], name__in=list(names), checked_at__gt=since
    )
    return {(row.account_id, row.name): row for row in rows}


def _add_lines(search: Search, book: PriceBook, tlds: list[str], group: int) -> None:
    accounts = {tld: book.account_for(tld) for tld in tlds}
    names = {tld: f"{search.label}.{tld}" for tld in tlds}
    known = fresh_answers({account.pk for account in accounts.values() if account}, names.values())
    first = search.lines.filter(group=group).count()
    lines = []
    for position, tld in enumerate(tlds, start=first):
        account = accounts[tld]
        answer = known.get((account.pk, names[tld])) if account else None
        lines.append(
            SearchLine(
                search=search,
                name=names[tld],
                tld_name=tld,
                group=group,
                position=position,
                availability=answer,
                # Nobody can be asked about an extension that no account sells: that is the answer.
                state=SearchLine.State.PENDING if account and not answer else SearchLine.State.ANSWERED,
            )
        )
    SearchLine.objects.bulk_create(lines, ignore_conflicts=True)
