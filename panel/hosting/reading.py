"""Having a name's services read, by whoever needs it: planning only, so that kinds may ask for it."""

from __future__ import annotations

from django.db import transaction

from panel.domain.models import Domain, subject_of
from panel.domain.planning import capability, plan_about, require
from panel.hosting.models import Change
from panel.hosting.nouns import NOUNS
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen, plan
from panel.people.models import User

READ = "hosting.read"
METHODS = ("hosting.info", *(noun.reads for noun in NOUNS))


def plan_subject(name: str) -> str:
    """What operations on a name's plan carry as their subject."""
    return f"plan:{name}"


def can_read(domain: Domain) -> bool:
    """Whether the name's registrar shows anything of its services."""
    return any(capability(domain.account, domain.tld_name, method).usable for method in METHODS)


@transaction.atomic
def plan_reading(domain: Domain, *, actor: User | None) -> Operation:
    """Plan to read them, or return the reading that is under way. Raises NotOffered."""
    require(domain.account, domain.tld_name, *METHODS)
    operation = plan_about(READ, domain, actor=actor, intent={}, payload={})
    remember_whose(operation, domain)
    return operation


def read_after(operation: Operation) -> None:
    """Have them read once an operation is over, inside the transaction that ends it. One that is open does as well."""
    name = str(operation.payload["name"])
    domain = Domain.objects.filter(name=name, account=operation.account).first()
    if domain is not None:
        _read(domain, f"after:{operation.public_id}")


def read_first_time(domain: Domain) -> None:
    """Have those of a name read that were never read, unless that is under way."""
    _read(domain, f"first:{domain.account_id}:{domain.name}")


def _read(domain: Domain, key: str) -> None:
    try:
        reading = plan(
            READ,
            subject=subject_of(domain.name),
            label=domain.name,
            account=domain.account,
            intent_key=f"{READ}:{key}",
            payload={"name": domain.name, "tld": domain.tld_name},
            customer=domain.customer,
        )
    except AlreadyOpen:
        return
    remember_whose(reading, domain)


def remember_whose(operation: Operation, domain: Domain, noun: str = "") -> None:
    """Note which name an operation about its services belongs to."""
    Change.objects.get_or_create(operation=operation, defaults={"domain": domain, "noun": noun})
