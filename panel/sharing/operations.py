"""Kinds of operations on users of a registrar account (MrDomain's manual, chapter 9).

Each is one wanted state, and the user itself, read at the registrar, is what proves it. A password shows nowhere: it is
set again where the answer was lost, for set twice it is the same (docs/decisions/0017-hosting.md).
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from typing import Any, ClassVar

from django.utils import timezone

from panel.domain.kind import DomainKind
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, RepeatableKind, Unclear, register
from panel.operation.states import Lane
from panel.sharing import mirror
from panel.sharing.models import RemoteUser
from registrar import errors, types

# Each is a call at a registrar that bans for too many of them.
MOST_READS = 25
MOST_PAGES = 20
Levels = dict[types.DomainPermission, types.AccessLevel]


def user_of(operation: Operation) -> str:
    """The name of the user that an operation of these kinds is about."""
    return str(operation.payload["username"])


class UserKind(DomainKind):
    """Something that is done to a user."""

    deadline = timedelta(days=1)
    promise = timedelta(hours=2)
    calls = 2

    @abstractmethod
    def judge(self, operation: Operation, user: types.AccessUser | None) -> Finding:
        """What the user as the registrar shows it, or that there is none, proves."""

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.AccessUser | None]:
        finding = self.reconcile(operation, driver)
        if isinstance(finding, Happened):
            return finding.outcome
        raise errors.NotFound(f"nothing is under way any more: {finding.seen}")

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        return self.judge(operation, find(operation, driver))

    def apply(self, operation: Operation, value: types.AccessUser | None) -> dict[str, Any]:
        if value is not None:
            mirror.keep(operation.account, value, **self.fields(operation))
        return {}

    def fields(self, operation: Operation) -> dict[str, Any]:
        """What else of the mirror's row is so from now on."""
        return {}

    def failed(self, operation: Operation) -> None:
        """The row stays as it was last seen: staff have it read where they wonder."""


@register
class CreateUser(UserKind):
    """Make a user. It is ours when it is there now and was not before the first send."""

    name = "sharing.create_user"
    methods = ("access.create",)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.AccessUser]:
        if before_sending(operation) is None:
            remember(operation, there=read_first(lambda: find(operation, driver)) is not None)
        before = before_sending(operation)
        if before is not None and before["there"]:
            raise errors.Refused(f"{user_of(operation)} is there already", reason="already_there")
        outcome: types.Outcome[types.AccessUser] = driver.access.create(
            user_of(operation), operation.secrets["password"]
        )
        return outcome

    def judge(self, operation: Operation, user: types.AccessUser | None) -> Finding:
        before = before_sending(operation)
        if before is None:
            return Absent("never sent: the look that comes first was not made")
        if user is None:
            return Absent(f"there is no user {user_of(operation)}")
        if before["there"]:
            return Absent(f"{user.username} was there before")
        return Happened(types.Done(user))

    def apply(self, operation: Operation, value: types.AccessUser | None) -> dict[str, Any]:
        shown = value or types.AccessUser(user_of(operation), enabled=True, domains={})
        return super().apply(operation, shown)

    def fields(self, operation: Operation) -> dict[str, Any]:
        return {"email": operation.payload.get("email", ""), **_password(operation)}


@register
class SetPassword(UserKind):
    """Another password."""

    name = "sharing.set_password"
    methods = ("access.set_password",)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.AccessUser]:
        outcome: types.Outcome[types.AccessUser] = driver.access.set_password(
            user_of(operation), operation.secrets["password"]
        )
        return outcome

    def judge(self, operation: Operation, user: types.AccessUser | None) -> Finding:
        if user is None:
            return Absent(f"there is no user {user_of(operation)}")
        return Absent(f"{user.username} is there; the password does not show, and is set again")

    def fields(self, operation: Operation) -> dict[str, Any]:
        return _password(operation)


@register
class SetEnabled(UserKind):
    """Let the user in, or not."""

    name = "sharing.set_enabled"
    methods = ("access.set_enabled",)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.AccessUser]:
        outcome: types.Outcome[types.AccessUser] = driver.access.set_enabled(
            user_of(operation), operation.payload["enabled"]
        )
        return outcome

    def judge(self, operation: Operation, user: types.AccessUser | None) -> Finding:
        if user is None:
            return Absent(f"there is no user {user_of(operation)}")
        if user.enabled == operation.payload["enabled"]:
            return Happened(types.Done(user))
        return Absent(f"{user.username} is {'let in' if user.enabled else 'kept out'}")


@register
class LendDomain(UserKind):
    """Lend a name there, or change what is lent of it: all sixteen levels are named each time."""

    name = "sharing.lend_domain"
    methods = ("access.add_domain", "access.update_domain")

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.AccessUser]:
        user = read_first(lambda: find(operation, driver))
        if user is None:
            raise errors.NotFound(f"there is no user {user_of(operation)}", reason="user")
        name, levels = operation.payload["name"], _wanted(operation)
        send = driver.access.update_domain if name in (user.domains or {}) else driver.access.add_domain
        outcome: types.Outcome[types.AccessUser] = send(user.username, name, levels)
        return outcome

    def judge(self, operation: Operation, user: types.AccessUser | None) -> Finding:
        name = operation.payload["name"]
        if user is None:
            return Absent(f"there is no user {user_of(operation)}")
        if user.domains is None:
            return Unclear(f"what is lent to {user.username} does not show")
        if name not in user.domains:
            return Absent(f"{name} is not lent to {user.username}")
        shown, none = user.domains[name], types.AccessLevel.DISABLED
        other = [part.value for part, level in _wanted(operation).items() if shown.get(part, none) != level]
        if other:
            return Absent(f"{name} is lent to {user.username} otherwise: {', '.join(other)}")
        return Happened(types.Done(user))


@register
class TakeDomain(UserKind):
    """Take a name back there."""

    name = "sharing.take_domain"
    methods = ("access.remove_domain",)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.AccessUser]:
        outcome: types.Outcome[types.AccessUser] = driver.access.remove_domain(
            user_of(operation), operation.payload["name"]
        )
        return outcome

    def judge(self, operation: Operation, user: types.AccessUser | None) -> Finding:
        name = operation.payload["name"]
        if user is None:
            return Happened(types.Done(None))
        if user.domains is None:
            return Unclear(f"what is lent to {user.username} does not show")
        if name in user.domains:
            return Absent(f"{name} is lent to {user.username}")
        return Happened(types.Done(user))


@register
class DeleteUser(UserKind):
    """Delete a user, with whatever was lent to it there."""

    name = "sharing.delete_user"
    methods = ("access.delete",)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        outcome: types.Outcome[None] = driver.access.delete(user_of(operation))
        return outcome

    def judge(self, operation: Operation, user: types.AccessUser | None) -> Finding:
        if user is None:
            return Happened(types.Done(None))
        return Absent(f"{user.username} is still there")

    def apply(self, operation: Operation, value: types.AccessUser | None) -> dict[str, Any]:
        RemoteUser.objects.filter(account=operation.account, username__iexact=user_of(operation)).delete()
        return {}


@register
class ReadUsers(RepeatableKind):
    """Read the whole list, and of those whose names were read longest ago what is lent to them."""

    name = "sharing.read_users"
    lane = Lane.SYNC
    deadline = timedelta(hours=6)
    methods: ClassVar[tuple[str, ...]] = ("access.list",)
    calls = 5

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        listed: list[types.AccessUser] = []
        for number in range(1, MOST_PAGES + 1):
            page: types.Page[types.AccessUser] = driver.access.list(page=number)
            listed += page.items
            if page.is_last:
                break
        else:
            # A list that was not read to its end must not have anybody taken for gone.
            raise errors.UnreadableReply(f"more than {MOST_PAGES} pages of users")
        details = {}
        for username in _longest_ago(operation, [user.username for user in listed]):
            try:
                details[username] = driver.access.info(username)
            except errors.NotFound:
                continue
        return types.Done((listed, details))

    def apply(self, operation: Operation, value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        return {"users": mirror.record_list(operation.account, *value)}


def find(operation: Operation, driver: Any) -> types.AccessUser | None:
    """The user as the registrar shows it now. Raises `registrar.errors`."""
    try:
        user: types.AccessUser = driver.access.info(user_of(operation))
    except errors.NotFound:
        return None
    return user


def _wanted(operation: Operation) -> Levels:
    """All sixteen: what is not named might stay as it is, or become the registrar's default (QUIRKS.md)."""
    given = operation.payload["levels"]
    return {
        part: types.AccessLevel(given.get(part.value, types.AccessLevel.DISABLED))
        for part in types.DomainPermission
    }


def _password(operation: Operation) -> dict[str, Any]:
    """The password waits, encrypted, until somebody has seen it."""
    password = operation.secrets.get("password", "")
    if not password:
        return {}
    return {
        "password": password,
        "password_set_at": timezone.now(),
        "shown_at": None,
        "shown_to": None,
    }


def _longest_ago(operation: Operation, usernames: list[str]) -> list[str]:
    """Those who were never read, then those whose turn it is."""
    rows = RemoteUser.objects.filter(account=operation.account, read_at__isnull=False)
    turn = {
        name: number
        for number, name in enumerate(rows.order_by("read_at").values_list("username", flat=True))
    }
    return sorted(usernames, key=lambda name: turn.get(name, -1))[:MOST_READS]
