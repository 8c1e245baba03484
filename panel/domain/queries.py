"""Domains by who may see them, and what a page of them needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Q, QuerySet
from django.utils import timezone

from panel.access.actor import Actor
from panel.access.grants import lent_to, reaching
from panel.access.parts import kinds_seen
from panel.access.scopes import customer_of, require_brand_admin, require_staff
from panel.contact.models import ContactHandle
from panel.core.remembered import Counted, counted
from panel.domain.models import ENDED, Domain, subject_of
from panel.operation.models import Operation
from panel.operation.queries import WAITED_FOR, about
from panel.operation.states import Lane

GONE = ENDED
EXPIRED = (Domain.Status.GRACE, Domain.Status.REDEMPTION, Domain.Status.PENDING_DELETE)


ROLES = ("owner", "admin", "tech", "billing")


def with_people(domain: Domain) -> Domain:
    """The name with its handles and their contacts in one query: joined they would be eight tables."""
    keys = {getattr(domain, f"{role}_id") for role in ROLES} - {None}
    handles = ContactHandle.objects.select_related("contact").in_bulk(keys) if keys else {}
    for role in ROLES:
        handle = handles.get(getattr(domain, f"{role}_id"))
        if handle is not None:
            setattr(domain, role, handle)
    return domain


def domains_for(actor: Actor) -> QuerySet[Domain]:
    """The domains of the actor's customer.

    In a view that declared a part of a name (panel.access.parts), also those of other customers of which that part is
    lent to the actor, as far as the view needs. Nowhere else: lists, changes of many and everything with a price are
    about one's own names.
    """
    if actor.need is None or not actor.is_delegate:
        return Domain.objects.filter(customer=customer_of(actor))
    reached = Q(pk__in=lent_to(actor).filter(reaching(actor.need)).values("domain"))
    if actor.customer is not None:
        reached |= Q(customer=actor.customer)
    return Domain.objects.filter(reached)


def lent_domains(actor: Actor) -> QuerySet[Domain]:
    """The domains of other customers of which at least one part is lent to the actor."""
    return Domain.objects.filter(pk__in=lent_to(actor).values("domain"))


def brand_domains_for(actor: Actor) -> QuerySet[Domain]:
    """The domains of the customers of the brand that the actor runs."""
    require_brand_admin(actor)
    return Domain.objects.filter(customer__brand=actor.brand)


def office_domains(actor: Actor) -> QuerySet[Domain]:
    """Every domain, also those without a customer, for staff."""
    require_staff(actor)
    return Domain.objects.all()


def expiring(domains: QuerySet[Domain], days: int) -> QuerySet[Domain]:
    """Those of a scope's domains that expire within so many days, today included and the expired left out."""
    today = timezone.localdate()
    return domains.filter(expires_on__gte=today, expires_on__lte=today + timedelta(days=days)).exclude(
        status__in=GONE
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """What the head of a domain list says. `counted_at` is None where it was counted just now."""

    active: int
    expiring: int
    expired: int
    coming: int
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A scope at a glance: its figures, how many names there are (`listed`: without the gone), and their extensions."""

    figures: Figures
    total: Counted[int]
    listed: Counted[int]
    extensions: list[str]


def summary(domains: QuerySet[Domain], *, within_days: int = 30) -> Summary:
    """The scope at a glance, in one query or, where it has very many names, remembered for a minute."""
    today = timezone.localdate()
    found = counted(
        domains,
        f"summary:{today}:{within_days}",
        lambda scope: _by_extension(scope, today, today + timedelta(days=within_days)),
        size=lambda rows: sum(row["total"] for row in rows),
    )
    sums = {key: sum(row[key] for row in found.value) for key in ("active", "expiring", "expired", "coming")}
    return Summary(
        figures=Figures(**sums, counted_at=found.at),
        total=Counted(sum(row["total"] for row in found.value), found.at),
        listed=Counted(sum(row["listed"] for row in found.value), found.at),
        extensions=sorted(row["tld_name"] for row in found.value),
    )


def _by_extension(domains: QuerySet[Domain], today: date, until: date) -> list[dict[str, Any]]:
    coming = (Domain.Status.REGISTERING, Domain.Status.TRANSFERRING)
    soon = Q(expires_on__gte=today, expires_on__lte=until) & ~Q(status__in=GONE)
    rows = domains.values("tld_name").annotate(
        total=Count("pk"),
        listed=Count("pk", filter=~Q(status__in=GONE)),
        active=Count("pk", filter=Q(status=Domain.Status.ACTIVE)),
        expiring=Count("pk", filter=soon),
        expired=Count("pk", filter=_expired(today)),
        coming=Count("pk", filter=Q(status__in=coming)),
    )
    return [dict(row) for row in rows]


def figures(domains: QuerySet[Domain], *, within_days: int = 30) -> Figures:
    """The figures of a scope."""
    return summary(domains, within_days=within_days).figures


def _expired(today: date) -> Q:
    return Q(status__in=EXPIRED) | (Q(expires_on__lt=today) & ~Q(status__in=GONE))


def expired(domains: QuerySet[Domain]) -> QuerySet[Domain]:
    """Those of a scope's domains that are past their date and not gone yet."""
    return domains.filter(_expired(timezone.localdate()))


def extensions(domains: QuerySet[Domain]) -> list[str]:
    """The extensions in a scope, sorted."""
    return summary(domains).extensions


def domain_operations(actor: Actor, name: str) -> QuerySet[Operation]:
    """What is or was done about a name that the actor's customer may see, newest first, with what a timeline needs."""
    return about(known_operations(actor, name), subject_of(name))


def known_operations(actor: Actor, name: str) -> QuerySet[Operation]:
    """The operations that the actor may see where they are about a name, or a thing of it: to be narrowed to these.

    Readings that belong to nobody, such as those of a synchronization, count where the domain is the customer's. To
    whom the name was lent: what is done about the parts that may be seen, for the customer whose name it is.
    """
    rights = actor.rights
    if rights is not None and rights.lent:
        owners = lent_domains(actor).filter(name=name).values("customer")
        mine = Q(customer=None, lane=Lane.SYNC) | Q(customer__in=owners)
        mine &= Q(kind__in=kinds_seen(rights))
    else:
        held = Q(Exists(domains_for(actor).filter(name=name)))
        mine = Q(customer=customer_of(actor)) | (Q(customer=None, lane=Lane.SYNC) & held)
    return Operation.objects.filter(mine).select_related("brand").prefetch_related(WAITED_FOR)
