"""What is read for somebody who asks: the error log, and an address that logs into the site builder."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from panel.core.text import storable
from panel.domain.kind import mirrored, name_of
from panel.domain.models import Domain
from panel.hosting.models import BuilderLink, Plan
from panel.operation.clock import from_now
from panel.operation.models import Operation
from panel.operation.registry import RepeatableKind, register
from panel.people.models import User
from registrar import types

log = structlog.get_logger(__name__)

MOST_LINES, LONGEST_LINE = 1000, 2000
# How long an address that logs in waits to be opened.
KEPT = timedelta(minutes=10)


@register
class ReadLog(RepeatableKind):
    """Read the last lines of the web server's error log."""

    name = "hosting.read_log"
    methods = ("hosting.error_log",)
    deadline = timedelta(hours=1)
    promise = timedelta(hours=1)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[tuple[str, ...]]:
        return types.Done(driver.hosting.error_log(name_of(operation)))

    def apply(self, operation: Operation, value: tuple[str, ...] | None) -> dict[str, Any]:
        if value is None or mirrored(operation) is None:
            return {}
        lines = [storable(line, LONGEST_LINE) for line in value[:MOST_LINES]]
        rows = Plan.objects.filter(domain__name=name_of(operation), domain__account=operation.account)
        rows.update(error_log=lines, log_read_at=Now())
        return {}


@register
class OpenBuilder(RepeatableKind):
    """Have an address made that logs into the site builder. It is a secret: encrypted, shown once, soon forgotten."""

    name = "hosting.builder"
    methods = ("hosting.web_builder_url",)
    deadline = timedelta(minutes=30)
    promise = timedelta(minutes=30)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[str]:
        wanted = operation.payload
        url = driver.hosting.web_builder_url(name_of(operation), wanted["host"], language=wanted["language"])
        return types.Done(url)

    def apply(self, operation: Operation, value: str | None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is not None and value:
            forget(domain.builder_links.all())
            BuilderLink.objects.update_or_create(
                operation=operation, defaults={"domain": domain, "address": value, "made_at": Now()}
            )
        return {}


def ready_link(domain: Domain) -> BuilderLink | None:
    """The address that waits to be opened, unless it is older than KEPT."""
    return _ready(domain.builder_links.all()).first()


def _ready(rows: QuerySet[BuilderLink]) -> QuerySet[BuilderLink]:
    fresh = rows.filter(shown_at__isnull=True, made_at__gt=from_now(-KEPT.total_seconds()))
    return fresh.exclude(address="")


@transaction.atomic
def show_link(domain: Domain, user: User) -> str | None:
    """The address, once: it is forgotten with this, and who opened it is kept. None when there is none to open."""
    row = _ready(domain.builder_links.select_for_update()).first()
    if row is None:
        return None
    address = row.address
    forget(domain.builder_links.all())
    BuilderLink.objects.filter(pk=row.pk).update(shown_at=Now(), shown_to=user)
    log.info("builder_opened", domain=domain.name, user=user.pk)
    return address


def forget(rows: QuerySet[BuilderLink]) -> int:
    """Drop addresses, and keep that they were made. Returns how many."""
    return rows.exclude(address="").update(address="")


def forget_old() -> int:
    """Drop every address that nobody opened in time. Returns how many."""
    return forget(BuilderLink.objects.filter(made_at__lt=from_now(-KEPT.total_seconds())))
