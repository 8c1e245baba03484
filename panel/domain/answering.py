"""The worker's half of a search: asking the registrar, politely, and writing its answers down."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from panel.account import gateway
from panel.account.models import Account, AccountState
from panel.billing.pricing import PriceBook
from panel.domain.models import Availability, Search, SearchLine, to_unicode
from panel.domain.search import fresh_answers
from panel.domain.suggest import SUGGESTED_IN, SUGGESTION_LANGUAGES
from panel.operation.clock import from_now
from registrar import errors, types

log = structlog.get_logger(__name__)

MOST_TRIES = 5
MOST_SUGGESTION_TRIES = 2
MOST_SUGGESTIONS = 6
# How long a search goes on by itself while its account rests: longer than a registrar's usual pause.
GOES_ON_FOR = timedelta(minutes=3)
# After these the account is left in peace for the rest of the run: the next name would fare no better.
SILENCE = (
    errors.RateLimited,
    errors.NotSent,
    errors.OutcomeUnknown,
    errors.AuthenticationFailed,
    errors.PermissionDenied,
)

# Why an account is left in peace for the rest of a run.
Silent = dict[int, errors.RegistrarError]


def answer(search_pk: int) -> None:
    """Check every open line of a search, then ask for suggestions. One worker at a time; safe to run any number
    of times."""
    if not _claim(search_pk):
        return
    try:
        search = Search.objects.select_related("customer__brand", "actor").get(pk=search_pk)
        book = PriceBook(search.customer.brand)
        silent: Silent = {}
        _check_lines(search, book, silent)
        _suggest(search, book, silent)
    finally:
        Search.objects.filter(pk=search_pk).update(busy_until=None)


def _claim(search_pk: int) -> bool:
    free = Search.objects.filter(Q(busy_until__isnull=True) | Q(busy_until__lt=Now()), pk=search_pk)
    return free.update(busy_until=_lease()) == 1


def _lease() -> object:
    return from_now(settings.OPERATION_CALL_SECONDS + 5)


def _check_lines(search: Search, book: PriceBook, silent: Silent) -> None:
    lines = list(search.lines.filter(state=SearchLine.State.PENDING))
    accounts = {line.tld_name: book.account_for(line.tld_name) for line in lines}
    known = fresh_answers({item.pk for item in accounts.values() if item}, [line.name for line in lines])
    for line in lines:
        account = accounts[line.tld_name]
        if account is None:
            _settle(line, None)
        elif cached := known.get((account.pk, line.name)):
            _settle(line, cached)
        elif said := _ask(search, line, account, silent):
            _settle(line, said)
        elif not _rests(search, account, silent):
            _count_try(line)


def _rests(search: Search, account: Account, silent: Silent) -> bool:
    """True while the account must not be called and the search is young enough to wait for it."""
    resting = isinstance(silent.get(account.pk), errors.RateLimited)
    return resting and timezone.now() - search.updated_at < GOES_ON_FOR


def _ask(search: Search, line: SearchLine, account: Account, silent: Silent) -> Availability | None:
    if account.pk in silent or account.state != AccountState.ACTIVE:
        return None
    Search.objects.filter(pk=search.pk).update(busy_until=_lease())
    try:
        with gateway.open_account(account, "check") as driver:
            said: types.Availability = driver.domains.check(line.name)
    except SILENCE as error:
        silent[account.pk] = error
        log.info("check_put_off", name=line.name, error=type(error).__name__)
        return None
    except errors.RegistrarError as error:
        log.warning("check_failed", name=line.name, error=str(error))
        return None
    if said.state == types.AvailabilityState.UNKNOWN:
        # The registrar could not find out: no answer yet, and no reason to leave the account in peace.
        log.info("check_undecided", name=line.name)
        return None
    return record_answer(account, line.name, said)


def record_answer(account: Account, name: str, said: types.Availability) -> Availability:
    """Keep what a registrar said of a name."""
    row, _created = Availability.objects.update_or_create(
        account=account,
        name=name,
        defaults={
            "state": said.state.value,
            "cost": said.price.amount if said.price else None,
            "currency": said.price.currency if said.price else "",
            "checked_at": timezone.now(),
        },
    )
    return row


def _settle(line: SearchLine, said: Availability | None) -> None:
    SearchLine.objects.filter(pk=line.pk).update(state=SearchLine.State.ANSWERED, availability=said)


def _count_try(line: SearchLine) -> None:
    tries = line.tries + 1
    state = SearchLine.State.FAILED if tries >= MOST_TRIES else SearchLine.State.PENDING
    SearchLine.objects.filter(pk=line.pk).update(state=state, tries=tries)


def _suggest(search: Search, book: PriceBook, silent: Silent) -> None:
    if search.suggested_at is not None:
        return
    tlds = [tld for tld in SUGGESTED_IN if book.quote(tld)]
    account = book.account_for(tlds[0]) if tlds else None
    if account is None or account.state != AccountState.ACTIVE or account.pk in silent:
        if account is None or not _rests(search, account, silent):
            _give_suggestions_up(search, at_once=account is None)
        return
    language = search.actor.language if search.actor else ""
    try:
        with gateway.open_account(account, "check") as driver:
            found: tuple[types.Suggestion, ...] = driver.tools.suggest(
                to_unicode(search.label),
                language=language if language in SUGGESTION_LANGUAGES else "en",
                tlds=tlds,
            )
    except errors.RegistrarError as error:
        silent[account.pk] = error
        if not _rests(search, account, silent):
            _give_suggestions_up(search, at_once=not isinstance(error, SILENCE))
        return
    _add_suggestions(search, account, tlds, found)


def _give_suggestions_up(search: Search, *, at_once: bool) -> None:
    row = Search.objects.filter(pk=search.pk)
    row.update(suggestion_tries=F("suggestion_tries") + 1)
    if at_once or search.suggestion_tries + 1 >= MOST_SUGGESTION_TRIES:
        row.update(suggested_at=Now())


def _add_suggestions(
    search: Search, account: Account, tlds: list[str], found: tuple[types.Suggestion, ...]
) -> None:
    there = set(search.lines.values_list("name", flat=True))
    free: dict[str, types.Suggestion] = {}
    for item in found:
        label, _dot, tld = item.name.partition(".")
        # One name a word, in the extension that was asked for first.
        if item.available and tld in tlds and item.name not in there and label != search.label:
            free.setdefault(label, item)
    for position, item in enumerate(list(free.values())[:MOST_SUGGESTIONS]):
        tld = item.name.partition(".")[2]
        said = types.Availability(item.name, tld, types.AvailabilityState.AVAILABLE)
        SearchLine.objects.get_or_create(
            search=search,
            name=item.name,
            defaults={
                "tld_name": tld,
                "group": SearchLine.Group.SUGGESTION,
                "position": position,
                "state": SearchLine.State.ANSWERED,
                "availability": record_answer(account, item.name, said),
            },
        )
    Search.objects.filter(pk=search.pk).update(suggested_at=Now())
