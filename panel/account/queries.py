"""Reading registrar accounts."""

from __future__ import annotations

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, Left, Length
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from panel.access.actor import Actor
from panel.access.scopes import require_staff
from panel.account.models import (
    Account,
    AccountState,
    Action,
    ConnectionTest,
    Cost,
    Exchange,
    Preference,
    SyncRun,
    Tld,
)
from panel.operation.models import Operation
from panel.operation.states import OPEN


def selling_accounts() -> QuerySet[Account]:
    """Accounts through which new names are bought. A stopped one stays: its orders wait until it works again."""
    return Account.objects.filter(is_default=True).exclude(state=AccountState.PAUSED)


def failing_accounts() -> QuerySet[Account]:
    """Accounts that need a person: stopped, or without an answer several times in a row."""
    return Account.objects.filter(Q(state=AccountState.STOPPED) | Q(failures__gte=3))


def resting_accounts() -> QuerySet[Account]:
    """Accounts that are not asked anything for a while because their registrar wished so, though it does answer."""
    return Account.objects.filter(
        state=AccountState.ACTIVE, failures__lt=3, retry_after__gt=timezone.now()
    ).order_by("label")


def paused_accounts_with_work() -> QuerySet[Account]:
    """Accounts that staff paused while orders wait for them."""
    waiting = Operation.objects.filter(account=OuterRef("pk"), state__in=OPEN)
    return Account.objects.filter(Exists(waiting), state=AccountState.PAUSED).order_by("label")


def low_accounts() -> QuerySet[Account]:
    """Accounts whose balance is under their threshold."""
    return Account.objects.filter(
        Q(threshold__isnull=False, balance__lt=F("threshold"))
        | Q(threshold__isnull=True, balance__lt=F("registrar_threshold"))
    )


def office_accounts(actor: Actor) -> QuerySet[Account]:
    """Every registrar account, for staff."""
    require_staff(actor)
    return Account.objects.all()


def office_tests(actor: Actor) -> QuerySet[ConnectionTest]:
    """Every connection test, for staff."""
    require_staff(actor)
    return ConnectionTest.objects.select_related("account")


def office_syncs(actor: Actor) -> QuerySet[SyncRun]:
    """Every pass over an account, newest first, for staff."""
    require_staff(actor)
    return SyncRun.objects.select_related("account").order_by("-pk")


def office_exchanges(actor: Actor) -> QuerySet[Exchange]:
    """Every archived call, for staff."""
    require_staff(actor)
    return Exchange.objects.select_related("account", "operation")


# What a line of a list tells of a call.
LINE = ("action", "at", "error", "milliseconds")


def as_lines(exchanges: QuerySet[Exchange]) -> QuerySet[Exchange]:
    """The same calls for a list of them, which tells how they went: what was said may be 64 KB for each."""
    return exchanges.select_related(None).only(*LINE)


def with_beginnings(exchanges: QuerySet[Exchange], length: int) -> QuerySet[Exchange]:
    """The same calls with what was said first in each: `request_start`, `reply_start`, and whether that `is_cut`."""
    whole = Greatest(Length("request"), Length("reply"))
    return (
        exchanges.select_related(None)
        .defer("request", "reply")
        .annotate(
            request_start=Left("request", length),
            reply_start=Left("reply", length),
            is_cut=GreaterThan(whole, length),
        )
    )


def failed_syncs() -> QuerySet[SyncRun]:
    """Passes that failed, where no later one of the same kind went well."""
    later = SyncRun.objects.filter(
        account=OuterRef("account"), kind=OuterRef("kind"), pk__gt=OuterRef("pk"), state=SyncRun.State.DONE
    )
    failed = SyncRun.objects.filter(~Exists(later), state=SyncRun.State.FAILED).select_related("account")
    newer = SyncRun.objects.filter(
        account=OuterRef("account"), kind=OuterRef("kind"), pk__gt=OuterRef("pk"), state=SyncRun.State.FAILED
    )
    return failed.filter(~Exists(newer))


def sold_extensions() -> QuerySet[Tld]:
    """Extensions that registrars offer for registration."""
    return Tld.objects.filter(costs__action="create")


def office_tlds(actor: Actor) -> QuerySet[Tld]:
    """Every extension of every account, for staff."""
    require_staff(actor)
    return Tld.objects.select_related("account").prefetch_related("costs")


def office_extensions(actor: Actor) -> QuerySet[Tld]:
    """One row for each extension that any account has, for staff.

    With `sellers`, how many accounts have a cost of a registration, and `wished`, whether staff prefer or bar one.
    """
    require_staff(actor)
    earlier = Tld.objects.filter(name=OuterRef("name"), pk__lt=OuterRef("pk"))
    selling = (
        Cost.objects.filter(tld__name=OuterRef("name"), action=Action.CREATE)
        .order_by()
        .values("tld__name")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Tld.objects.filter(~Exists(earlier)).annotate(
        sellers=Coalesce(Subquery(selling, output_field=IntegerField()), 0),
        wished=Exists(Preference.objects.filter(tld_name=OuterRef("name"))),
    )
