"""What staff wish for accounts and extensions: prefer this one, never use that one."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from django.db import transaction

from panel.account.models import Account, Preference
from panel.people.models import User
from registrar.market import Stance

log = structlog.get_logger(__name__)


class TwoPreferred(ValueError):
    """One account at most can be the preferred one."""


def wish(tld_name: str, stances: Mapping[int, Stance], actor: User | None) -> None:
    """Set what is wished for each of these accounts (by key) in an extension. Raises TwoPreferred."""
    preferred = [account for account, stance in stances.items() if stance == Stance.PREFER]
    if len(preferred) > 1:
        raise TwoPreferred
    with transaction.atomic():
        rows = Preference.objects.filter(tld_name=tld_name)
        before = {row.account_id: row.stance for row in rows.select_for_update()}
        changed = {
            account: stance for account, stance in stances.items() if before.get(account, "") != stance
        }
        rows.filter(account__in=changed).delete()
        if preferred:
            rows.filter(stance=Preference.Stance.PREFER).exclude(account__in=preferred).delete()
        known = set(Account.objects.filter(pk__in=changed).values_list("pk", flat=True))
        Preference.objects.bulk_create(
            Preference(account_id=account, tld_name=tld_name, stance=stance.value, set_by=actor)
            for account, stance in changed.items()
            if stance != Stance.NONE and account in known
        )
    if changed:
        by = actor.public_id if actor else ""
        log.info("preference_set", tld=tld_name, by=by, stances={str(k): str(v) for k, v in changed.items()})
