"""Planning what shall be so for the users of a registrar account, and showing a password once."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from panel.access.models import Grant
from panel.access.parts import Level, Part
from panel.account.models import Account
from panel.domain.planning import capability
from panel.domain.refusals import NotOffered
from panel.operation.models import Operation
from panel.operation.services import plan
from panel.operation.states import OPEN
from panel.people.models import User
from panel.sharing import operations as kinds
from panel.sharing.mirror import subject_of
from panel.sharing.models import RemoteUser

log = structlog.get_logger(__name__)

PASSWORD_BYTES = 15
LONGEST_LOCAL = 40


def has_users(account: Account) -> bool:
    """Whether the account's family has users at all."""
    return capability(account, "", "access.create").usable


def usernames_like(email: str) -> str:
    """A name for a user, like the e-mail address and unlike any other."""
    local = re.sub(r"[^a-z0-9]+", "-", email.partition("@")[0].lower()).strip("-") or "user"
    return f"{local[:LONGEST_LOCAL]}-{secrets.token_hex(3)}"


def plan_user(account: Account, username: str, *, email: str = "", actor: User | None) -> Operation:
    """Plan to make a user, with a password that nobody knows until it is shown. Raises NotOffered, AlreadyOpen."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    return _plan(
        kinds.CreateUser.name, account, username, {"email": email}, actor=actor, secret={"password": password}
    )


def plan_password(user: RemoteUser, *, actor: User | None) -> Operation:
    """Plan to set another password; it is shown once when it is set. Raises AlreadyOpen."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    return _plan(
        kinds.SetPassword.name, user.account, user.username, {}, actor=actor, secret={"password": password}
    )


def plan_enabled(user: RemoteUser, enabled: bool, *, actor: User | None) -> Operation:
    """Plan to let a user in, or not. Raises AlreadyOpen."""
    payload = {"enabled": enabled}
    return _plan(kinds.SetEnabled.name, user.account, user.username, payload, actor=actor)


def plan_lend(
    account: Account,
    username: str,
    name: str,
    levels: Mapping[Part, Level],
    *,
    actor: User | None,
    after: Operation | None = None,
) -> Operation:
    """Plan to lend a name (A-label) of the account there, or to change what is lent. Raises AlreadyOpen."""
    payload = {"name": name, "levels": {part.value: level.value for part, level in levels.items()}}
    return _plan(kinds.LendDomain.name, account, username, payload, actor=actor, after=after)


def plan_take(user: RemoteUser, name: str, *, actor: User | None) -> Operation:
    """Plan to take a name back there. Raises AlreadyOpen."""
    return _plan(kinds.TakeDomain.name, user.account, user.username, {"name": name}, actor=actor)


def plan_delete(user: RemoteUser, *, actor: User | None) -> Operation:
    """Plan to delete a user. Raises AlreadyOpen."""
    return _plan(kinds.DeleteUser.name, user.account, user.username, {}, actor=actor)


def plan_read(account: Account, *, actor: User | None) -> Operation:
    """Plan to read the account's users, or return the reading that is under way. Raises NotOffered."""
    return _plan(kinds.ReadUsers.name, account, "", {}, actor=actor)


@transaction.atomic
def plan_mirror(grant: Grant, *, actor: User | None) -> list[Operation]:
    """Plan that a person has at the registrar what is lent to them here, as a user of their own there.

    The user is made where there is none for this person in the name's account. Raises NotOffered, AlreadyOpen.
    """
    account = grant.domain.account
    known = mirror_of(grant)
    made = None
    if known is None:
        waiting = Operation.objects.filter(
            kind=kinds.CreateUser.name, account=account, state__in=OPEN, payload__email=grant.email
        ).first()
        made = waiting or plan_user(account, usernames_like(grant.email), email=grant.email, actor=actor)
    username = known.username if known is not None else str(made.payload["username"]) if made else ""
    lent = plan_lend(account, username, grant.domain.name, grant.rights.levels, actor=actor, after=made)
    return [lent] if made is None else [made, lent]


def mirror_of(grant: Grant) -> RemoteUser | None:
    """The user that a person has in the account that holds the name."""
    users = RemoteUser.objects.filter(account=grant.domain.account_id, email__iexact=grant.email)
    return users.order_by("pk").first()


@transaction.atomic
def show_password(user: RemoteUser, by: User) -> str | None:
    """The password, once: it is forgotten with this, and who saw it is kept. None when there is none to show."""
    row = RemoteUser.objects.select_for_update().exclude(password="").filter(pk=user.pk).first()
    if row is None:
        return None
    password = row.password
    row.password, row.shown_at, row.shown_to = "", timezone.now(), by
    row.save(update_fields=["password", "shown_at", "shown_to", "updated_at"])
    log.info("remote_password_shown", remote_user=row.public_id, user=by.public_id)
    return password


@transaction.atomic
def _plan(
    kind: str,
    account: Account,
    username: str,
    payload: Mapping[str, Any],
    *,
    actor: User | None,
    secret: Mapping[str, Any] | None = None,
    after: Operation | None = None,
) -> Operation:
    if not has_users(account):
        raise NotOffered("access.create")
    wanted = json.dumps([account.pk, username, payload], sort_keys=True)
    prefix = f"{kind}:{hashlib.sha256(wanted.encode()).hexdigest()[:40]}:"
    before = Operation.objects.filter(intent_key__startswith=prefix)
    running = before.filter(state__in=OPEN).first()
    if running is not None:
        return running
    return plan(
        kind,
        subject=subject_of(account, username, str(payload.get("name", "")))[:280],
        label=" ".join(filter(None, [username or account.label, payload.get("name", "")])),
        account=account,
        intent_key=f"{prefix}{before.count()}",
        payload={"username": username, **payload},
        secrets=secret,
        actor=actor,
        depends_on=after,
    )
