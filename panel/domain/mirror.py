"""Bringing the mirror in step with what a registrar shows. Never calls out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from panel.account.models import Account
from panel.contact.models import ContactHandle, handle_of
from panel.contact.sync import store_records
from panel.domain.drift import book
from panel.domain.drift.reading import note_reading
from panel.domain.models import ENDED, Domain, name_in, to_unicode
from panel.operation.models import Operation
from panel.operation.registry import CannotVouch
from registrar import types

FIRST_PLAUSIBLE_DAY = date(1990, 1, 1)
LONGEST_TERM = timedelta(days=366 * 11)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one refresh read of a domain."""

    info: types.DomainInfo
    contacts: types.DomainContacts
    nameservers: tuple[types.Nameserver, ...]
    ds_keys: tuple[types.DnssecKey, ...] | None = None


def is_plausible(shown: date) -> bool:
    """Whether a name can expire then: not in 1969, and not decades from now."""
    return FIRST_PLAUSIBLE_DAY < shown < timezone.now().date() + LONGEST_TERM


def plausible_expiry(shown: date | None, known: date | None) -> date | None:
    """The expiry date to keep: what is shown, unless it cannot be."""
    return shown if shown is not None and is_plausible(shown) else known


@transaction.atomic
def record_registration(
    operation: Operation, value: types.RegisteredDomain, *, owner: ContactHandle | None
) -> Domain:
    """The domain of a registration that the registrar confirmed, wholly or so far."""
    name = name_in(operation.subject)
    domain = Domain.objects.select_for_update().filter(name=name).first() or Domain(name=name)
    domain.unicode_name = to_unicode(name)
    domain.tld_name = value.tld or operation.payload["tld"]
    domain.account = operation.account
    domain.customer = operation.customer
    domain.remote_id = value.remote_id or domain.remote_id
    domain.status = value.status
    domain.raw_status = value.raw_status
    domain.expires_on = plausible_expiry(value.expires_on, domain.expires_on)
    domain.transfer_status = value.transfer_status or ""
    domain.owner = owner or domain.owner
    domain.nameservers = domain.nameservers or operation.payload["nameservers"]
    domain.synced_at = Now()
    domain.missing_since = None
    domain.save()
    return domain


def rival(operation: Operation) -> Domain | None:
    """The operation's name as another customer's living domain, or None."""
    others = Domain.objects.filter(name=name_in(operation.subject), customer__isnull=False)
    return others.exclude(customer=operation.customer).exclude(status__in=ENDED).first()


def claim_unseen(operation: Operation) -> Domain:
    """The domain of a registration for which a person vouched; a refresh fills in the rest.

    Raises CannotVouch when it is another customer's: nobody loses a name by a person's word about another order.
    """
    name = name_in(operation.subject)
    if (other := rival(operation)) is not None:
        raise CannotVouch(f"{name} is {other.customer}'s")
    domain, _created = Domain.objects.update_or_create(
        name=name,
        defaults={
            "unicode_name": to_unicode(name),
            "tld_name": operation.payload["tld"],
            "account": operation.account,
            "customer": operation.customer,
        },
    )
    return domain


def forget_registration(operation: Operation) -> None:
    """A registration that ended without effect leaves no domain behind: its row was only the promise of one."""
    promised = [Domain.Status.REGISTERING, Domain.Status.REGISTRATION_CANCELLED, Domain.Status.INACTIVE]
    # Where a registrar has no word for a name that is coming.
    promised.append(Domain.Status.UNKNOWN)
    _forget(operation, promised, Domain.Status.REGISTRATION_CANCELLED)


def forget_transfer(operation: Operation) -> None:
    """As forget_registration(), of a transfer."""
    promised = [Domain.Status.TRANSFERRING, Domain.Status.TRANSFER_CANCELLED]
    _forget(operation, promised, Domain.Status.TRANSFER_CANCELLED)


def _forget(operation: Operation, promised_as: list[Domain.Status], ended: Domain.Status) -> None:
    promised = Domain.objects.filter(
        name=name_in(operation.subject),
        customer=operation.customer,
        account=operation.account,
        status__in=promised_as,
        expires_on__isnull=True,
    )
    changes: dict[str, Any] = {"status": ended, "synced_at": Now()}
    if operation.reason == "given_up":
        # A person's word is no proof: should the registry complete it yet, nobody has paid for it.
        changes["customer"] = None
    promised.update(**changes)


@transaction.atomic
def record_reading(account: Account, reading: Reading, operation: Operation | None = None) -> Domain | None:
    """Copy a full reading into the mirror. A domain that the panel does not know yet is added without a customer.

    `operation` is the one that read it. What differs from what was agreed becomes book.
    """
    info = reading.info
    domain = Domain.objects.select_for_update().filter(name=info.name).first()
    domain = domain or Domain(name=info.name, account=account)
    if domain.account_id != account.pk:
        return None
    before = book.values_of(domain) if domain.pk else None
    domain.unicode_name = to_unicode(info.name)
    domain.tld_name = info.tld
    domain.remote_id = info.remote_id
    domain.status = info.status
    domain.raw_status = info.raw_status
    domain.created_on = info.created_on or domain.created_on
    domain.expires_on = plausible_expiry(info.expires_on, domain.expires_on)
    for field in ("renewable", "renewal_mode", "transfer_lock", "modification_lock", "whois_privacy"):
        setattr(domain, field, getattr(info, field))
    domain.whois_visible = info.whois_visible
    domain.tag = info.tag
    domain.owner_verification = info.owner_verification
    domain.transfer_status = info.transfer_status or ""
    domain.nameservers = [server.name for server in sorted(reading.nameservers, key=lambda item: item.order)]
    for role in ("owner", "admin", "tech", "billing"):
        record = getattr(reading.contacts, role)
        if record is not None:
            setattr(domain, role, record_handle(account, record))
    if reading.ds_keys is not None:
        domain.ds_keys = [asdict(key) for key in reading.ds_keys]
    domain.synced_at = domain.detailed_at = Now()
    domain.missing_since = None
    domain.save()
    if before is not None:
        shown = info.expires_on
        strange = shown if shown is not None and not is_plausible(shown) else None
        note_reading(domain, before, operation, implausible=strange, servers=reading.nameservers)
    return domain


def record_renewal(domain: Domain, until: date, status: types.DomainStatus | None) -> None:
    """The new expiry of a name that was renewed; its state where the registrar told one."""
    domain.expires_on = plausible_expiry(until, domain.expires_on)
    if status not in (None, types.DomainStatus.UNKNOWN):
        domain.status = str(status)
    elif domain.status in (Domain.Status.GRACE, Domain.Status.RENEWING):
        domain.status = Domain.Status.ACTIVE
    domain.save()


def record_handle(account: Account, record: types.ContactRecord) -> ContactHandle:
    """A contact as the registrar shows it."""
    name = handle_of(record)
    store_records(account, [record])
    ContactHandle.objects.filter(account=account, handle=name).update(seen_at=Now())
    return ContactHandle.objects.get(account=account, handle=name)
