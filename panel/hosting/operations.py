"""Reading all that a registrar holds for a name: its plan, and every kind of thing in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db.models import Q
from django.db.models.functions import Now

from panel.core.models import database_now
from panel.domain.kind import mirrored, name_of
from panel.domain.models import Domain
from panel.hosting import mirror
from panel.hosting.models import Database, Survey
from panel.hosting.nouns import BY_SLUG, DATABASES, NOUNS, Line
from panel.hosting.reading import READ, plan_subject
from panel.operation.models import Operation
from panel.operation.registry import RepeatableKind, register
from panel.operation.states import OPEN, Lane
from registrar import errors, types

Value = TypeVar("Value")
# Lists do not tell who may reach a database from outside: so many are asked about one by one in a reading.
MOST_DETAILS = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """What a registrar showed, begun `at` by the database's clock. A noun that it cannot list is not among `lines`."""

    at: datetime
    sells_plans: bool
    plan: types.HostingPlan | None = None
    more: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)


@register
class ReadHosting(RepeatableKind):
    """Read the plan and what lies in it. Where plans are sold and the name has none, nothing lies in it either."""

    name = READ
    lane = Lane.SYNC
    deadline = timedelta(hours=6)
    calls = 11

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[Shown]:
        name, at = name_of(operation), database_now()
        sells = driver.supports("hosting.info").usable
        if not sells:
            return types.Done(Shown(at, False, lines=_lines(driver, name)))
        try:
            plan: types.HostingPlan = driver.hosting.info(name)
        except errors.NotFound:
            return types.Done(Shown(at, True, lines={noun.slug: [] for noun in NOUNS}))
        lines = _lines(driver, name)
        if DATABASES.slug in lines:
            lines[DATABASES.slug] = _with_access(driver, name, lines[DATABASES.slug])
        return types.Done(Shown(at, True, plan, _details(driver, name), lines))

    def apply(self, operation: Operation, value: Shown | None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is None or value is None:
            return {}
        busy = changed_since(domain, value.at)
        if plan_subject(domain.name) not in busy and value.sells_plans:
            if value.plan is None:
                mirror.miss_plan(domain, value.at)
            else:
                mirror.keep_plan(domain, value.plan, **value.more)
        for slug, lines in value.lines.items():
            mirror.take_in(domain, BY_SLUG[slug], lines, busy, value.at)
        found = value.plan is not None if value.sells_plans else None
        Survey.objects.update_or_create(domain=domain, defaults={"read_at": Now(), "plan_found": found})
        return {}


def changed_since(domain: Domain, at: datetime) -> set[str]:
    """The subjects of what is being changed, or was since `at`: a reading may show them as they were before."""
    fresh = Q(state__in=sorted(OPEN)) | Q(finished_at__gte=at)
    about = Operation.objects.filter(fresh, hosting_change__domain=domain).exclude(kind=READ)
    return set(about.values_list("subject", flat=True))


def _lines(driver: Any, name: str) -> dict[str, list[Line]]:
    """What there is of every noun that the registrar lists now: not all of them do of a plan that has run out."""
    found: dict[str, list[Line]] = {}
    for noun in NOUNS:
        lines = _told(driver, noun.reads, partial(noun.lines, driver, name))
        if lines is not None:
            found[noun.slug] = lines
    return found


def _details(driver: Any, name: str) -> dict[str, Any]:
    """What there is beside the plan's line; None for what the plan or the registrar does not have."""
    meters = _told(driver, "hosting.resources", lambda: driver.hosting.resources(name))
    servers = _told(driver, "hosting.servers", lambda: driver.hosting.servers(name))
    php = _told(driver, "hosting.php", lambda: driver.hosting.php(name))
    return {
        "meters": None if meters is None else {word: asdict(meter) for word, meter in meters.items()},
        "servers": None
        if servers is None
        else {word: text for word, text in asdict(servers).items() if text},
        "php": None if php is None else {**asdict(php), "available": list(php.available)},
        "parking": _told(driver, "hosting.parking", lambda: driver.hosting.parking(name)),
    }


def _told(driver: Any, method: str, read: Callable[[], Value]) -> Value | None:
    """What a reading gives. None where the registrar does not have it, or not for this plan."""
    if not driver.supports(method).usable:
        return None
    try:
        return read()
    except (errors.Refused, errors.Conflict):
        return None


def _with_access(driver: Any, name: str, lines: list[Line]) -> list[Line]:
    """The databases, those of which it is not known with whether they can be reached from outside."""
    rows = Database.objects.filter(domain__name=name, external_access__isnull=False)
    known = set(rows.values_list("name", flat=True))
    asked = [line for line in lines if line.name not in known][:MOST_DETAILS]
    told = {line.remote_id: DATABASES.line(driver.hosting.database(name, line.remote_id)) for line in asked}
    return [replace(line, values=told[line.remote_id].values) if line in asked else line for line in lines]
