"""How the machine is: broker, beat, and the oldest operation that waits for a worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import Now
from django.utils import timezone
from kombu import Connection
from kombu.exceptions import KombuError
from prometheus_client.core import REGISTRY, GaugeMetricFamily

from panel.core.health import Check, register
from panel.operation.models import Heartbeat, Operation
from panel.operation.states import State

LATE_AFTER = timedelta(minutes=5)
BROKER_REMEMBERED = 5


@register
def broker() -> Check:
    """The broker takes messages. Its absence is not fatal: orders are accepted and go on later."""
    state = cache.get("health:broker") if not settings.TESTING else None
    if state is None:
        state = _ask_broker()
        cache.set("health:broker", state, BROKER_REMEMBERED)
    return Check("broker", state == "", state, required=False)


def _ask_broker() -> str:
    if settings.CELERY_BROKER_URL.startswith("memory"):
        return ""
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    try:
        with Connection(settings.CELERY_BROKER_URL, transport_options=options) as connection:
            connection.ensure_connection(max_retries=1, timeout=1)
    except (KombuError, OSError) as error:
        return type(error).__name__
    return ""


def last_beat() -> datetime | None:
    """When the sweep last ran."""
    beat = Heartbeat.objects.filter(name="sweep").first()
    return beat.at if beat else None


@register
def beat() -> Check:
    """The sweep runs every few seconds; its silence means that the worker or the beat is down."""
    at = last_beat()
    silent = at is None or timezone.now() - at > timedelta(seconds=settings.OPERATION_SWEEP_SECONDS * 6 + 10)
    return Check("beat", not silent, at.isoformat() if at else "never", required=False)


def oldest_due() -> timedelta | None:
    """How long the oldest due operation has waited for a worker."""
    due = (
        Operation.objects.filter(
            state__in=[State.QUEUED, State.WAITING, State.UNKNOWN],
            next_check_at__lte=Now(),
            account__state="active",
        )
        .order_by("next_check_at")
        .values_list("next_check_at", flat=True)
        .first()
    )
    return timezone.now() - due if due else None


@register
def queue() -> Check:
    """No due operation waits for minutes."""
    age = oldest_due()
    return Check(
        "oldest_due_operation",
        age is None or age < LATE_AFTER,
        f"{age.total_seconds():.0f} s" if age else "none",
        required=False,
    )


class OperationCollector:
    """Counts of operations by kind and state, for Prometheus."""

    def describe(self) -> list[Any]:
        """Nothing at registration: the database may not be there yet."""
        return []

    def collect(self) -> Any:
        """One gauge of operations, one of the oldest due, one of the beat's age."""
        counts = GaugeMetricFamily(
            "nameward_operations", "Operations by kind and state", labels=["kind", "state"]
        )
        rows = Operation.objects.order_by().values("kind", "state").annotate(number=Count("pk"))
        for row in rows:
            counts.add_metric([row["kind"], row["state"]], row["number"])
        yield counts
        age = oldest_due()
        yield GaugeMetricFamily(
            "nameward_oldest_due_seconds",
            "Age of the oldest due operation",
            value=age.total_seconds() if age else 0,
        )
        at = last_beat()
        if at is not None:
            yield GaugeMetricFamily(
                "nameward_beat_age_seconds",
                "Age of the last sweep",
                value=(timezone.now() - at).total_seconds(),
            )


REGISTRY.register(OperationCollector())
