"""Users of registrar accounts by who may see them, and how they compare with what is lent here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, QuerySet

from panel.access.actor import Actor
from panel.access.models import Grant
from panel.access.parts import Level, Part, Rights
from panel.access.scopes import require_staff
from panel.access.words import Summary, summary
from panel.domain.models import to_unicode
from panel.sharing.models import RemoteUser


class Standing(StrEnum):
    """How a name that is lent at a registrar stands beside what is lent here."""

    SAME = "same"
    OTHER = "other"
    NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True)
class LentThere:
    """A name that is lent to a user at the registrar, and what is lent of it here."""

    name: str
    summary: Summary
    standing: Standing
    grant: Grant | None

    @property
    def unicode_name(self) -> str:
        """The name as people write it."""
        return to_unicode(self.name)


def office_remote_users(actor: Actor) -> QuerySet[RemoteUser]:
    """Every user of every account, for staff."""
    require_staff(actor)
    return RemoteUser.objects.select_related("account")


def lent_there(user: RemoteUser) -> list[LentThere]:
    """What is lent to a user there, by name, compared with what stands here; one query."""
    here = {grant.domain.name: grant for grant in _here(user)}
    found = []
    for name in sorted(user.domains or {}):
        levels = user.levels(name) or {}
        found.append(
            LentThere(name, summary(Rights(levels)), _standing(levels, here.get(name)), here.get(name))
        )
    return found


def only_here(user: RemoteUser) -> list[Grant]:
    """What is lent to the same person here, of names in the account, and not there."""
    return [grant for grant in _here(user) if grant.domain.name not in (user.domains or {})]


def _here(user: RemoteUser) -> Iterable[Grant]:
    if not user.email:
        return ()
    grants = Grant.objects.filter(email__iexact=user.email, revoked_at=None, user__isnull=False)
    grants = grants.filter(domain__account=user.account_id, domain__customer=F("customer"))
    return [grant for grant in grants.select_related("domain").order_by("domain__name") if not grant.is_over]


def standing_of(user: RemoteUser | None, grant: Grant) -> Standing | None:
    """How one grant stands at the registrar; None where the person has nothing of the name there."""
    levels = user.levels(grant.domain.name) if user is not None else None
    return None if levels is None else _standing(levels, grant)


def _standing(levels: dict[Part, Level], grant: Grant | None) -> Standing:
    if grant is None:
        return Standing.NOT_HERE
    there = {part: level for part, level in levels.items() if level != Level.DISABLED}
    return Standing.SAME if there == dict(grant.rights.levels) else Standing.OTHER
