"""Reading registrar accounts."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from panel.account.models import Account, AccountState


def selling_accounts() -> QuerySet[Account]:
    """Accounts through which new names are bought. A stopped one stays: its orders wait until it works again."""
    return Account.objects.filter(is_default=True).exclude(state=AccountState.PAUSED)


def failing_accounts() -> QuerySet[Account]:
    """Accounts that need a person: stopped, or without an answer several times in a row."""
    return Account.objects.filter(Q(state=AccountState.STOPPED) | Q(failures__gte=3))


def low_accounts() -> QuerySet[Account]:
    """Accounts whose balance is under their threshold."""
    return Account.objects.filter(
        Q(threshold__isnull=False, balance__lt=F("threshold"))
        | Q(threshold__isnull=True, balance__lt=F("registrar_threshold"))
    )
