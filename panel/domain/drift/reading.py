"""The readings of one name, beside what was agreed about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from panel.core.models import database_now
from panel.domain.drift import book
from panel.domain.models import Domain
from panel.operation.models import Operation
from registrar import types


def note_reading(
    domain: Domain,
    before: Mapping[str, Any],
    operation: Operation | None,
    *,
    implausible: date | None = None,
    servers: Sequence[types.Nameserver] = (),
) -> None:
    """A reading has been written into the name's row, which is locked; `before` are its values until then.

    `operation` is the one that read it: what others may explain is not judged yet.
    """
    after = book.values_of(domain)
    if before == after and implausible is None and not book.has_items(domain):
        return
    settled = domain.status in book.JUDGED
    if settled:
        own = operation.pk if operation is not None else None
        settled = bool(book.quiet([domain.name], _began(operation), but=own))
    book.note(
        domain.account,
        [
            book.Seen(
                domain_id=domain.pk,
                before=before,
                after=after,
                settled=settled,
                implausible=implausible,
                servers=servers,
            )
        ],
    )


def _began(operation: Operation | None) -> datetime:
    """No later than when the registrar was asked, by the database's clock: a claim comes before its call."""
    if operation is not None:
        lease = Operation.objects.filter(pk=operation.pk).values_list("lease_until", flat=True).first()
        if lease is not None:
            return lease - timedelta(seconds=settings.OPERATION_LEASE_SECONDS)
    return database_now()
