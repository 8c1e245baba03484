"""Celery's side of the mirror: ids in, nothing out."""

from __future__ import annotations

from celery import shared_task

from panel.account import runs
from panel.account.models import Account, AccountState, SyncRun
from panel.contact import sync as contacts
from panel.domain import farewell, handovers, operations_code, rerouting
from panel.domain.bulk.services import PLAN_TASK, wake_forgotten
from panel.domain.bulk.work import work
from panel.domain.departure import noting
from panel.domain.drift import forgetting
from panel.domain.passes import hosts
from panel.domain.passes import sync as domains
from panel.domain.renewal import reminders
from panel.domain.transfer import batches
from panel.operation.sweep import beat


@shared_task(name="panel.domain.tasks.sync_accounts")
def sync_accounts() -> None:
    """Start a pass over the domains and contacts of every working account."""
    for account in Account.objects.filter(state=AccountState.ACTIVE):
        for kind in (SyncRun.Kind.DOMAINS, SyncRun.Kind.CONTACTS):
            if runs.can_pass(account, kind):
                runs.start(account, kind)
    beat("sync")


@shared_task(name="panel.domain.tasks.reroute_stuck")
def reroute_stuck() -> None:
    """Give registrations that their registrar cannot take now to another one."""
    beat("reroute", moved=rerouting.reroute_stuck())


@shared_task(name="panel.domain.tasks.forget_codes")
def forget_codes() -> None:
    """Drop auth codes that nobody came to look at, and those of names that nobody ordered."""
    beat("codes", forgotten=operations_code.forget_old_codes() + batches.forget_old_codes())


@shared_task(name="panel.domain.tasks.delete_due")
def delete_due() -> None:
    """Order the deletions whose time to think is over."""
    ordered, refused = farewell.run()
    beat("delete", ordered=ordered, refused=refused)


@shared_task(name="panel.domain.tasks.tell_offers")
def tell_offers() -> None:
    """Tell people of names that others hand to them, and end offers that nobody answered."""
    told, lapsed = handovers.run()
    beat("hand-over", told=told, lapsed=lapsed)


@shared_task(name="panel.domain.tasks.note_departures")
def note_departures() -> None:
    """Write down which names went, and which came back."""
    noted, back = noting.note()
    beat("gone", noted=noted, back=back)


@shared_task(name="panel.domain.tasks.read_hosts")
def read_hosts() -> None:
    """Have the hosts below names read that have any."""
    beat(
        "hosts", asked=sum(hosts.read_hosts(row) for row in Account.objects.filter(state=AccountState.ACTIVE))
    )


@shared_task(name="panel.domain.tasks.forget_drift")
def forget_drift() -> None:
    """Drop differences that were decided long ago."""
    beat("drift", forgotten=forgetting.forget_decided())


@shared_task(name="panel.domain.tasks.remind")
def remind() -> None:
    """Tell customers of the end of their names' terms."""
    read, mailed = reminders.run()
    beat("remind", read=read, mailed=mailed)


@shared_task(name=PLAN_TASK)
def plan_bulk(job_pk: int) -> None:
    """Plan the next names of one change of many."""
    work(job_pk)


@shared_task(name="panel.domain.tasks.resume_bulk")
def resume_bulk() -> None:
    """Find changes of many names that nobody plans any more."""
    beat("bulk", woken=wake_forgotten())


@shared_task(name="panel.domain.tasks.sync_domains")
def sync_domains(run_pk: int) -> None:
    """One turn of a pass over an account's domains."""
    domains.run(run_pk)


@shared_task(name="panel.domain.tasks.sync_contacts")
def sync_contacts(run_pk: int) -> None:
    """One turn of a pass over an account's contacts."""
    contacts.run(run_pk)
