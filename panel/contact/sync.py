"""Contacts of an account as its list shows them, and, a few at a time, in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from panel.account.models import Account, SyncRun
from panel.account.remarks import remark
from panel.account.runs import Listing, Polite, Source, Tally, read_carefully, work
from panel.contact.models import ContactHandle, fingerprint, handle_of
from panel.contact.operations import content_from, same_content
from registrar import errors, types

log = structlog.get_logger(__name__)

PAGE = 200
# Details cost one call each, so a pass reads so many and leaves the others to the next ones.
DETAILS_PER_PASS = 50
UPSERT = ["fingerprint", "content", "verification", "seen_at", "updated_at"]


def run(run_pk: int) -> None:
    """One turn of a pass over an account's contacts."""
    work(run_pk, Source(read=_read, store=store, finish=_finish))


def _read(polite: Polite, driver: Any, page: int) -> Listing[types.ContactSummary]:
    return read_carefully(polite, driver.contacts.list, page, PAGE)


def store(sync: SyncRun, listing: Listing[types.ContactSummary]) -> Tally:
    """Keep a page of the list. A handle whose line differs from what is known is read in full again."""
    tally = Tally(seen=len(listing.items))
    summaries = {item.handle: item for item in listing.items}
    known = _known(sync.account, summaries)
    now = timezone.now()
    new, changed, same = [], [], []
    for handle, summary in summaries.items():
        row = known.get(handle)
        if row is None:
            row = ContactHandle(
                account=sync.account,
                handle=handle,
                content=_content(summary),
                verification=summary.verification,
            )
            row.seen_at = now
            new.append(row)
        elif _differs(row, summary):
            row.fingerprint, row.content = "", {**row.content, **_content(summary)}
            row.verification, row.seen_at, row.updated_at = summary.verification, now, now
            changed.append(row)
        else:
            same.append(row.pk)
    ContactHandle.objects.bulk_create(new, ignore_conflicts=True)
    ContactHandle.objects.bulk_update(changed, UPSERT)
    ContactHandle.objects.filter(pk__in=same).update(seen_at=now)
    tally.added, tally.changed = len(new), len(changed)
    return tally


def _content(summary: types.ContactSummary) -> dict[str, Any]:
    content = {
        "type": str(summary.type),
        "email": summary.email,
        "country": summary.country,
        "identification": summary.identification,
    }
    return content | {"listed_name": summary.name}


def _differs(row: ContactHandle, summary: types.ContactSummary) -> bool:
    shown = _content(summary)
    if "listed_name" not in row.content:
        shown.pop("listed_name")
    return row.verification != summary.verification or any(
        str(row.content.get(key, "")).casefold() != str(value).casefold() for key, value in shown.items()
    )


def store_records(account: Account, records: Iterable[types.ContactRecord]) -> dict[str, ContactHandle]:
    """Keep contacts that were read in full; returns the rows by handle."""
    found = {handle_of(record): record for record in records}
    known = _known(account, found)
    now = timezone.now()
    new, changed = [], []
    for handle, record in found.items():
        row = known.get(handle)
        content = {**asdict(record.contact), "type": str(record.contact.type)}
        mark = fingerprint(record.contact)
        if row is None:
            row = known[handle] = ContactHandle(account=account, handle=handle)
            new.append(row)
        elif is_as_sent(row, record):
            # What was sent tells more than what a registrar keeps of it.
            mark, content = row.fingerprint, row.content
            if row.verification == record.verification:
                continue
            changed.append(row)
        elif row.fingerprint == mark and row.verification == record.verification:
            continue
        else:
            changed.append(row)
        row.fingerprint, row.content, row.verification = mark, content, record.verification
        row.seen_at = row.updated_at = now
    ContactHandle.objects.bulk_update(changed, UPSERT)
    if new:
        # Another reading may have kept some of them meanwhile, and what it kept is as new as this.
        ContactHandle.objects.bulk_create(new, ignore_conflicts=True)
        known |= _known(account, {row.handle: row for row in new})
    return known


def is_as_sent(row: ContactHandle, record: types.ContactRecord) -> bool:
    """Whether a copy that the panel made still is what was sent, as far as the registrar shows it."""
    if row.contact_id is None or not row.fingerprint or "last_name" not in row.content:
        return False
    return same_content(record.contact, content_from({"contact": row.content}))


def _known(account: Account, handles: Mapping[str, Any]) -> dict[str, ContactHandle]:
    rows = ContactHandle.objects.filter(account=account, handle__in=handles)
    return {row.handle: row for row in rows}


def unread(account: Account) -> QuerySet[ContactHandle]:
    """Handles of which only the list's line is known, those tried longest ago first."""
    return ContactHandle.objects.filter(account=account, fingerprint="").order_by("updated_at", "pk")


def _finish(sync: SyncRun, polite: Polite, driver: Any) -> str:
    for row in unread(sync.account)[:DETAILS_PER_PASS]:
        try:
            store_records(sync.account, [polite(driver.contacts.info, row.handle)])
        except (errors.RateLimited, errors.NotSent) as error:
            log.info("contact_details_wait", account=sync.account.label, error=type(error).__name__)
            break
        except errors.RegistrarError as error:
            log.warning("contact_not_read", handle=row.handle, error=type(error).__name__)
            # To the end of the line, or a few bad ones would keep all others from being read.
            ContactHandle.objects.filter(pk=row.pk).update(updated_at=timezone.now())
    rest = unread(sync.account).count()
    return remark("contacts_left", rest) if rest else ""
