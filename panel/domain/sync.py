"""Domains of an account as its list shows them, mirrored page by page.

A pass adds what is new (without a customer), changes what differs and touches nothing that an operation is changing. It
deletes nothing: a name that a whole list does not show is marked as missing since then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from panel.account.models import SyncRun
from panel.account.remarks import remark
from panel.account.runs import Listing, Polite, Source, Tally, read_carefully, work
from panel.contact.models import ContactHandle
from panel.contact.sync import store_records
from panel.domain.mirror import plausible_expiry
from panel.domain.models import ENDED, Domain, name_in, subject_of, to_unicode
from panel.domain.operations import plan_refresh
from panel.operation.models import Operation
from panel.operation.states import OPEN
from registrar import errors, types

log = structlog.get_logger(__name__)

PAGE = 200
# What a list has to bring along so that nothing must be read name by name.
IN_LISTS = frozenset({types.DomainDetail.INFO, types.DomainDetail.CONTACTS, types.DomainDetail.NAMESERVERS})
# Names that one pass has read in full, where a list tells little: each costs several calls.
READINGS_PER_PASS = 100
READ_AGAIN_AFTER = timedelta(days=1)
ROLES = ("owner", "admin", "tech", "billing")
FLAGS = ("renewable", "renewal_mode", "transfer_lock", "modification_lock", "whois_privacy", "whois_visible")
FIELDS = [
    "unicode_name", "tld_name", "remote_id", "status", "raw_status", "created_on", "expires_on", *FLAGS, "tag",
    "owner_verification", "nameservers", *ROLES, "synced_at", "detailed_at", "missing_since", "updated_at",
]  # fmt: skip


@dataclass(slots=True)
class _Details:
    """What the list's two other forms say of the same names."""

    contacts: dict[str, types.DomainContacts] = field(default_factory=dict)
    nameservers: dict[str, tuple[types.Nameserver, ...]] = field(default_factory=dict)
    handles: dict[str, ContactHandle] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Listing(Listing[types.DomainSummary]):
    details: _Details = field(default_factory=_Details)


def run(run_pk: int) -> None:
    """One turn of a pass over an account's domains."""
    work(run_pk, Source(read=_read, store=store, finish=_finish))


def _read(polite: Polite, driver: Any, page: int) -> Listing[types.DomainSummary]:
    """Three forms of the same page instead of three calls for every name, where the registrar's list has them."""
    offered = driver.domains.list_includes
    named = {"include": types.DomainDetail.INFO} if types.DomainDetail.INFO in offered else {}
    listing = read_carefully(polite, driver.domains.list, page, PAGE, **named)
    details = _Details()
    if listing.items and offered >= IN_LISTS:
        for item in _extra(polite, driver, page, types.DomainDetail.CONTACTS):
            if item.contacts is not None:
                details.contacts[item.name] = item.contacts
        for item in _extra(polite, driver, page, types.DomainDetail.NAMESERVERS):
            if item.nameservers is not None:
                details.nameservers[item.name] = item.nameservers
    return _Listing(
        items=listing.items, total=listing.total, is_last=listing.is_last, asked_at=listing.asked_at,
        unreadable=listing.unreadable, details=details,
    )  # fmt: skip


def _extra(
    polite: Polite, driver: Any, page: int, include: types.DomainDetail
) -> tuple[types.DomainSummary, ...]:
    try:
        return read_carefully(polite, driver.domains.list, page, PAGE, include=include).items
    except errors.UnreadableReply as error:
        log.warning("sync_details_unreadable", include=str(include), error=str(error))
        return ()


def store(sync: SyncRun, listing: Listing[types.DomainSummary]) -> Tally:
    """Keep a page. Never raises for a line: what cannot be kept is counted and logged."""
    details = listing.details if isinstance(listing, _Listing) else _Details()
    tally = Tally(seen=len(listing.items))
    summaries = {item.name: item for item in listing.items}
    details.handles = _store_contacts(sync, details)
    busy = _busy(summaries)
    known = {
        domain.name: domain
        for domain in Domain.objects.select_for_update(of=("self",)).filter(name__in=summaries)
    }
    new, changed, same = [], [], []
    for name, summary in summaries.items():
        domain = known.get(name)
        if name in busy:
            continue
        if domain is None:
            domain = Domain(name=name, account=sync.account)
            _apply(domain, summary, details)
            new.append(domain)
        elif domain.account_id != sync.account_id:
            log.warning("sync_foreign", name=name, account=sync.account.label)
            tally.skipped += 1
        elif domain.updated_at >= listing.asked_at:
            # Changed since the registrar was asked: what it answered is older than what is known.
            same.append(domain.pk)
        elif _apply(domain, summary, details):
            changed.append(domain)
        else:
            same.append(domain.pk)
    tally.added = _write(tally, new, lambda rows: Domain.objects.bulk_create(rows))
    tally.changed = _write(tally, changed, lambda rows: Domain.objects.bulk_update(rows, FIELDS))
    Domain.objects.filter(pk__in=same).update(synced_at=Now(), missing_since=None)
    return tally


def _busy(names: Mapping[str, Any]) -> set[str]:
    subjects = Operation.objects.filter(state__in=OPEN, subject__in=[subject_of(name) for name in names])
    return {name_in(subject) for subject in subjects.values_list("subject", flat=True)}


def _store_contacts(sync: SyncRun, details: _Details) -> dict[str, ContactHandle]:
    records = [
        record
        for contacts in details.contacts.values()
        for record in (getattr(contacts, role) for role in ROLES)
        if record is not None
    ]
    try:
        with transaction.atomic():
            return store_records(sync.account, records)
    except DatabaseError as error:
        log.warning("sync_contacts_not_kept", error=type(error).__name__)
        return {}


def _write(tally: Tally, rows: list[Domain], write: Any) -> int:
    """Write rows at once, or one by one where the database refuses one of them. Returns how many were kept."""
    if not rows:
        return 0
    try:
        with transaction.atomic():
            write(rows)
        return len(rows)
    except DatabaseError:
        if len(rows) == 1:
            log.warning("sync_line_not_kept", name=rows[0].name)
            tally.skipped += 1
            return 0
    return sum(_write(tally, [row], write) for row in rows)


def _apply(domain: Domain, summary: types.DomainSummary, details: _Details) -> bool:
    """Bring a row in step with its line. True when anything that people see has changed."""
    info = summary.info
    shown: dict[str, Any] = {
        "unicode_name": to_unicode(domain.name),
        "tld_name": summary.tld,
        "remote_id": summary.remote_id or domain.remote_id,
        "expires_on": plausible_expiry(summary.expires_on, domain.expires_on),
        "missing_since": None,
    }
    if summary.raw_status or summary.status != types.DomainStatus.UNKNOWN:
        shown |= {"status": summary.status.value, "raw_status": summary.raw_status}
    elif shown["expires_on"] != domain.expires_on:
        # The line tells that something happened, and not what: all of it is to be read.
        shown["detailed_at"] = None
    if info is not None:
        shown |= {name: getattr(info, name) for name in FLAGS}
        shown |= {
            "created_on": info.created_on or domain.created_on,
            "tag": info.tag,
            "owner_verification": info.owner_verification,
        }
    shown |= _detailed(domain.name, details)
    differs = any(getattr(domain, name) != value for name, value in shown.items())
    for name, value in shown.items():
        setattr(domain, name, value)
    domain.synced_at = domain.updated_at = Now()
    if info is not None and domain.name in details.contacts and domain.name in details.nameservers:
        differs = differs or domain.detailed_at is None
        domain.detailed_at = Now()
    return differs


def _detailed(name: str, details: _Details) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if name in details.nameservers:
        servers = sorted(details.nameservers[name], key=lambda server: server.order)
        shown["nameservers"] = [server.name for server in servers]
    contacts = details.contacts.get(name)
    for role in ROLES:
        record = getattr(contacts, role) if contacts else None
        if record is not None and record.handle in details.handles:
            shown[role] = details.handles[record.handle]
    return shown


def _finish(sync: SyncRun, polite: Polite, driver: Any) -> str:
    """Mark what a whole list did not show. A list with unreadable lines proves nothing."""
    if sync.skipped:
        return remark("lines_left_out", sync.skipped)
    unseen = Domain.objects.filter(account=sync.account, missing_since__isnull=True).exclude(status__in=ENDED)
    unseen = unseen.exclude(synced_at__gte=sync.created_at).exclude(updated_at__gte=sync.created_at)
    asked = 0 if driver.domains.list_includes >= IN_LISTS else _read_in_full(sync)
    names = list(unseen.values_list("name", flat=True))
    missing = [name for name in names if name not in _busy(dict.fromkeys(names))] if names else []
    count = 0
    for start in range(0, len(missing), 500):
        rows = Domain.objects.filter(name__in=missing[start : start + 500])
        count += rows.update(missing_since=Now())
    SyncRun.objects.filter(pk=sync.pk).update(missing=count)
    if count:
        return remark("names_missing", count)
    return remark("names_being_read", asked) if asked else ""


def _read_in_full(sync: SyncRun) -> int:
    """Have names read one by one, those never read first. Returns how many."""
    stale = Q(detailed_at__isnull=True) | Q(detailed_at__lt=timezone.now() - READ_AGAIN_AFTER)
    rows = Domain.objects.filter(stale, account=sync.account, missing_since__isnull=True)
    rows = rows.exclude(status__in=ENDED).order_by(F("detailed_at").asc(nulls_first=True), "pk")
    names = list(rows.values_list("name", flat=True)[:READINGS_PER_PASS])
    with transaction.atomic():
        for name in names:
            plan_refresh(name, sync.account, key=f"sync:{sync.public_id}")
    return len(names)
