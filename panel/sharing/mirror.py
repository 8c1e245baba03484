"""What a registrar shows of its users, brought into the mirror."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import timezone

from panel.account.models import Account
from panel.operation.models import Operation
from panel.operation.states import OPEN
from panel.sharing.models import RemoteUser
from registrar import types


def subject_of(account: Account, username: str, name: str = "") -> str:
    """What operations about a user, or about a name that is lent to it, carry as their subject."""
    return f"user:{account.pk}:{username}" + (f":{name}" if name else "")


def levels_of(user: types.AccessUser) -> dict[str, dict[str, str]] | None:
    """What is lent to a user, as it is stored: without what is disabled. None where a reply did not tell."""
    if user.domains is None:
        return None
    return {
        name: {part.value: level.value for part, level in lent.items() if level != types.AccessLevel.DISABLED}
        for name, lent in user.domains.items()
    }


def keep(account: Account, user: types.AccessUser, **fields: object) -> RemoteUser:
    """The row of a user that the registrar shows."""
    known = RemoteUser.objects.filter(account=account, username__iexact=user.username).first()
    row = known or RemoteUser(account=account, username=user.username)
    row.enabled, row.missing_since = user.enabled, None
    lent = levels_of(user)
    if lent is not None:
        row.domains, row.read_at = lent, timezone.now()
    for field, value in fields.items():
        setattr(row, field, value)
    row.save()
    return row


def record_list(
    account: Account, listed: Iterable[types.AccessUser], details: Mapping[str, types.AccessUser]
) -> int:
    """A whole list, with what was read of some. Returns how many users there are.

    Who is not among them is said to be missing at first, and forgotten when the next list does not show them either.
    Nobody with an operation under way is judged.
    """
    names = set()
    for user in listed:
        keep(account, details.get(user.username, user))
        names.add(user.username.casefold())
    now = timezone.now()
    for row in RemoteUser.objects.filter(account=account):
        if row.username.casefold() in names or _is_busy(account, row.username):
            continue
        if row.missing_since is not None:
            row.delete()
        else:
            row.missing_since = now
            row.save(update_fields=["missing_since", "updated_at"])
    return len(names)


def _is_busy(account: Account, username: str) -> bool:
    about = Operation.objects.filter(
        subject__startswith=subject_of(account, username), account=account, state__in=OPEN
    )
    return about.exists()
