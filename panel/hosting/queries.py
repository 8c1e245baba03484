"""Reading the mirror of one name's services. Whoever calls has found the name in a scope of the actor's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from panel.domain.models import Domain
from panel.domain.planning import capability
from panel.hosting.models import Item, Plan, Survey
from panel.hosting.nouns import Noun
from panel.hosting.reading import READ
from panel.operation.models import Operation
from panel.operation.queries import TOLD
from panel.operation.states import OPEN

# In these a registrar takes changes of what lies in a plan.
WORKING = (Plan.Status.ACTIVE, Plan.Status.RENEWABLE, Plan.Status.RENEWING)


def offers(domain: Domain, *methods: str) -> bool:
    """Whether the name's registrar can do one of these ("hosting.create_mailbox")."""
    return any(capability(domain.account, domain.tld_name, method).usable for method in methods)


def sells_plans(domain: Domain) -> bool:
    """Whether things lie in a plan that is bought; elsewhere they belong to the name itself."""
    return offers(domain, "hosting.create")


def plan_of(domain: Domain) -> Plan | None:
    """The name's plan, unless it is gone."""
    plan = Plan.objects.filter(domain=domain).first()
    return plan if plan is not None and plan.gone_at is None else None


def plans_of(domains: QuerySet[Domain]) -> QuerySet[Plan]:
    """The plans of a scope's names."""
    return Plan.objects.filter(domain__in=domains, gone_at__isnull=True).select_related("domain")


def by_state(plans: QuerySet[Plan], state: str) -> QuerySet[Plan]:
    """Those that work, that end within 30 days, or that are switched off."""
    if state == "ending":
        today = timezone.localdate()
        return plans.filter(expires_on__gte=today, expires_on__lte=today + timedelta(days=30))
    return plans.filter(status=Plan.Status.INACTIVE) if state == "off" else plans.filter(status__in=WORKING)


def survey_of(domain: Domain) -> Survey | None:
    """When the name's services were read, or None."""
    return Survey.objects.filter(domain=domain).first()


def items_of(domain: Domain, noun: Noun) -> QuerySet[Item]:
    """The things of one kind that are there."""
    return noun.model._default_manager.filter(domain=domain, gone_at__isnull=True)


def changes_of(domain: Domain, noun: Noun | None = None) -> QuerySet[Operation]:
    """What is or was done about the name's things, newest first, with what a timeline needs."""
    found = Operation.objects.filter(hosting_change__domain=domain).exclude(kind=READ)
    if noun is not None:
        found = found.filter(hosting_change__noun=noun.slug)
    around = found.select_related("brand", "depends_on", "actor", "impersonator")
    return around.prefetch_related(*TOLD).order_by("-pk")


def reading_of(domain: Domain) -> Operation | None:
    """The reading that is under way, or None."""
    rows = Operation.objects.filter(hosting_change__domain=domain, kind=READ, state__in=sorted(OPEN))
    return rows.first()


def was_asked(domain: Domain) -> bool:
    """Whether the name's services were ever asked for, well or not."""
    return Operation.objects.filter(hosting_change__domain=domain, kind=READ).exists()


@dataclass(frozen=True, slots=True)
class Room:
    """How many of one kind there are, those that are being made counted; `most` None: unlimited or not told."""

    used: int
    most: int | None

    @property
    def full(self) -> bool:
        """Whether one more would be refused."""
        return self.most is not None and self.used >= self.most


def room(domain: Domain, noun: Noun, creates: str) -> Room:
    """What is left of one kind. `creates` is the kind of operation that makes one."""
    plan = plan_of(domain)
    meter = plan.meters.get(noun.meter) if plan is not None and noun.meter else None
    coming = Operation.objects.filter(
        hosting_change__domain=domain, kind=creates, state__in=sorted(OPEN)
    ).count()
    return Room(items_of(domain, noun).count() + coming, meter["maximum"] if meter else None)
