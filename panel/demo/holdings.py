"""What the demo's registrar account holds, imported through the same door as in real life."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings

from panel.account import catalogue, gateway, runs, services
from panel.account.models import Account, SyncRun
from panel.domain import mirror
from panel.domain.models import Domain
from panel.domain.tasks import sync_contacts, sync_domains
from panel.people.models import Customer

LABEL = "MrDomain (sandbox)"
# Parts of names, and whose they are; what fits none stays unassigned, for staff to sort out.
OWNERS = (
    (("cedar",), "Cedar Studio"),
    (("rowan",), "Rowan Books"),
    (("hazel",), "Hazel Cycling Club"),
    (("passe-partout",), "Atelier Fournier"),
    (("soler", "etxeberria", "xn--seal", "laribera", "ribera"), "Cedar Studio"),
    (("hughes", "willford"), "Birch & Sons Bakery"),
    (("fournier", "lumire", "garons", "garcons"), "Atelier Fournier"),
    (("alder", "vinho"), "Rowan Books"),
    (("mueller", "muellerbau", "mller"), "Hazel Cycling Club"),
)


def make_account() -> tuple[Account, bool]:
    """The account on the sandbox, at the port of this run."""
    endpoint = f"http://127.0.0.1:{settings.SANDBOX_PORT + 1}"
    account, created = Account.objects.get_or_create(
        label=LABEL,
        defaults={
            "family": "mrdomain",
            "endpoint": endpoint,
            "is_sandbox": True,
            "credentials": {"apiuser": "demo", "apipasswd": "demo"},
            "threshold": Decimal(250),
        },
    )
    if account.endpoint != endpoint:
        Account.objects.filter(pk=account.pk).update(endpoint=endpoint, failures=0, retry_after=None)
        account.refresh_from_db()
    return account, created


def read_catalogue(account: Account) -> None:
    """Balance, extensions and costs."""
    services.refresh(account)
    catalogue.run(runs.start(account, SyncRun.Kind.CATALOGUE, wake=False).pk)


def import_everything(account: Account) -> None:
    """Contacts, domains and their details."""
    sync_contacts(runs.start(account, SyncRun.Kind.CONTACTS, wake=False).pk)
    sync_domains(runs.start(account, SyncRun.Kind.DOMAINS, wake=False).pk)
    with gateway.open_account(account, "sync") as driver:
        for name in Domain.objects.filter(account=account).values_list("name", flat=True):
            mirror.record_reading(account, _read(driver, name))


def _read(driver: Any, name: str) -> mirror.Reading:
    return mirror.Reading(
        info=driver.domains.info(name),
        contacts=driver.domains.contacts(name),
        nameservers=driver.domains.nameservers(name),
    )


def share_out(account: Account, customers: dict[str, Customer]) -> None:
    """Give the imported names to the demo's customers."""
    for domain in Domain.objects.filter(account=account, customer__isnull=True):
        for parts, customer in OWNERS:
            if any(part in domain.name for part in parts):
                Domain.objects.filter(pk=domain.pk).update(customer=customers[customer])
                break
