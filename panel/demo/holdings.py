"""What the demo's registrar accounts hold, imported through the same door as in real life."""

from __future__ import annotations

from typing import Any

from panel.account import catalogue, gateway, runs, services
from panel.account.models import Account, SyncRun
from panel.domain import mirror
from panel.domain.models import Domain
from panel.domain.passes.sync import IN_LISTS
from panel.domain.tasks import sync_contacts, sync_domains
from panel.people.models import Customer

PAGE = 200
# Parts of names, and whose they are; what fits none stays unassigned, for staff to sort out.
OWNERS = (
    (("cedar", "ibarra", "bluestem", "bastienroux", "horizon", "theo-marchand"), "Cedar Studio"),
    (("rowan", "walsh", "kinsale", "whitman", "fj"), "Rowan Books"),
    (("hazel", "byrne", "galway", "chorale", "deux-rives", "brandt"), "Hazel Cycling Club"),
    (("passe-partout", "gauthier", "carnets", "phare"), "Atelier Fournier"),
    (("soler", "etxeberria", "xn--seal", "laribera", "ribera"), "Cedar Studio"),
    (
        ("hughes", "willford", "creperie", "galettes", "miel", "ruches", "sirop", "rabl"),
        "Birch & Sons Bakery",
    ),
    (("fournier", "lumire", "garons", "garcons"), "Atelier Fournier"),
    (("alder", "vinho", "harrietcole", "lantern-lane"), "Rowan Books"),
    (("mueller", "muellerbau", "mller"), "Hazel Cycling Club"),
)


def read_catalogue(account: Account) -> None:
    """Balance, extensions and costs, as far as the registrar tells them."""
    services.refresh(account)
    if runs.can_pass(account, SyncRun.Kind.CATALOGUE):
        catalogue.run(runs.start(account, SyncRun.Kind.CATALOGUE, wake=False).pk)


def import_everything(account: Account) -> None:
    """Contacts, and domains with their details: from the lists, or name by name where these tell little."""
    if runs.can_pass(account, SyncRun.Kind.CONTACTS):
        sync_contacts(runs.start(account, SyncRun.Kind.CONTACTS, wake=False).pk)
    with gateway.open_account(account, "sync") as driver:
        if not driver.domains.list_includes >= IN_LISTS:
            for item in driver.domains.list(page=1, page_length=PAGE).items:
                mirror.record_reading(account, _read(driver, item.name))
    sync_domains(runs.start(account, SyncRun.Kind.DOMAINS, wake=False).pk)


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
