"""Planning changes of what lies in a name's plan. Several things may be changed at once, each by one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from panel.domain.models import Domain
from panel.domain.planning import CHANGEABLE, plan_about, require
from panel.domain.refusals import NotNow
from panel.hosting.kind import CreateItem, ItemKind
from panel.hosting.models import Item
from panel.hosting.queries import WORKING, items_of, plan_of, room, sells_plans, survey_of
from panel.hosting.reading import remember_whose
from panel.hosting.refusals import Full, NoPlan, NotAtRest, Taken, Vanished
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen
from panel.operation.states import OPEN
from panel.people.models import User


def require_place(domain: Domain) -> None:
    """Raise NotNow, NotAtRest or NoPlan unless things of the name can be changed now."""
    if domain.status not in CHANGEABLE:
        raise NotNow("not_active")
    if survey_of(domain) is None:
        raise NotAtRest
    if sells_plans(domain):
        plan = plan_of(domain)
        if plan is None or plan.status not in WORKING:
            raise NoPlan


@transaction.atomic
def plan_create(
    kind: type[CreateItem],
    domain: Domain,
    name: str,
    *,
    actor: User | None,
    values: Mapping[str, Any] | None = None,
    secrets: Mapping[str, Any] | None = None,
    key: str = "",
) -> Operation:
    """Plan to make one. `key` is the form's own: sent twice it is the same wish.

    Raises NotOffered, NotNow, NotAtRest, NoPlan, Full, Taken and AlreadyOpen.
    """
    require(domain.account, domain.tld_name, *kind.methods)
    lock(domain)
    require_place(domain)
    again = _same(kind, domain, name, key)
    if again is not None:
        return again
    left = room(domain, kind.noun, kind.name)
    if left.full:
        raise Full(left.most or 0)
    if items_of(domain, kind.noun).filter(name=name).exists():
        raise Taken
    return _plan(kind, domain, name, "", actor, values or {}, secrets or {}, {}, key)


@transaction.atomic
def plan_item(
    kind: type[ItemKind],
    item: Item,
    *,
    actor: User | None,
    values: Mapping[str, Any] | None = None,
    secrets: Mapping[str, Any] | None = None,
    key: str = "",
) -> Operation:
    """Plan to change or take away one that is there.

    Raises NotOffered, NotNow, NotAtRest, NoPlan, Vanished and AlreadyOpen.
    """
    domain = item.domain
    require(domain.account, domain.tld_name, *kind.methods)
    lock(domain)
    require_place(domain)
    again = _same(kind, domain, item.name, key)
    if again is not None:
        return again
    row = items_of(domain, kind.noun).filter(pk=item.pk).first()
    if row is None:
        raise Vanished
    before = {column: getattr(row, column) for column in row.SHOWN}
    return _plan(kind, domain, row.name, row.remote_id, actor, values or {}, secrets or {}, before, key)


def lock(domain: Domain) -> None:
    """Of two who ask at once about the same name, one is let in after the other."""
    Domain.objects.select_for_update(of=("self",)).filter(pk=domain.pk).first()


def _same(kind: type[ItemKind], domain: Domain, name: str, key: str) -> Operation | None:
    """The operation that came of the same form, also when it is over."""
    if not key:
        return None
    found = Operation.objects.filter(hosting_change__domain=domain, kind=kind.name, payload__form=key)
    return found.filter(subject=kind.noun.subject_of(name)).first()


def _plan(
    kind: type[ItemKind],
    domain: Domain,
    name: str,
    remote_id: str,
    actor: User | None,
    values: Mapping[str, Any],
    secrets: Mapping[str, Any],
    before: Mapping[str, Any],
    key: str,
) -> Operation:
    subject = kind.noun.subject_of(name)
    rival = Operation.objects.filter(subject=subject, account=domain.account, state__in=sorted(OPEN)).first()
    if rival is not None:
        raise AlreadyOpen(rival)
    # What is secret makes no part of the intent: a mark of it could be guessed at. The form stands for it.
    operation = plan_about(
        kind.name,
        domain,
        actor=actor,
        intent={"item": name, "values": dict(values), "form": key},
        payload={"key": name, "remote_id": remote_id, "values": dict(values), "form": key},
        secrets=secrets,
        starts_from={"item": dict(before)},
        key=key,
        subject=subject,
    )
    remember_whose(operation, domain, kind.noun.slug)
    return operation
