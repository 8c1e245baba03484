"""Every change at a registrar is a row here before it is a request."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from panel.core.encryption import EncryptedJSONField
from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField
from panel.operation.states import FINAL, OPEN, Lane, Purpose, State, WaitingFor


class Operation(TimeStampedModel):
    """One intent towards a registrar, from the click to the proof of what became of it.

    `attempt` counts every claim by a worker and fences it: what a worker records is accepted only under the number it
    claimed with. Leases and due times are set by the database's clock.
    """

    public_id = PublicIdField(prefix="op")
    kind = models.CharField(max_length=40)
    subject = models.CharField(
        max_length=280, help_text="type:key of what is changed, such as domain:example.com"
    )
    label = models.CharField(max_length=280)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    lane = models.CharField(max_length=12, choices=Lane.choices, default=Lane.CUSTOMER)
    payload = models.JSONField(default=dict)
    secrets = EncryptedJSONField(default=dict, blank=True)
    starts_from = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    reference = models.CharField(max_length=120, blank=True)
    intent_key = models.CharField(max_length=120, unique=True)

    account = models.ForeignKey(
        "registrar_account.Account", on_delete=models.PROTECT, related_name="operations"
    )
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, null=True, blank=True, related_name="operations"
    )
    brand = models.ForeignKey(
        "brand.Brand", on_delete=models.PROTECT, null=True, blank=True, related_name="operations"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="operations"
    )
    impersonator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="the member of the staff who acted as `actor`",
    )
    depends_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="dependents"
    )

    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    attempt = models.PositiveIntegerField(default=0)
    sends = models.PositiveIntegerField(default=0)
    setbacks = models.PositiveIntegerField(default=0, help_text="failed tries in a row, for the backoff")
    absences = models.PositiveIntegerField(default=0, help_text="proofs in a row that nothing happened")
    waiting_for = models.CharField(max_length=10, choices=WaitingFor.choices, blank=True, default="")
    reason = models.CharField(max_length=40, blank=True, help_text="our stable word for why")
    note = models.TextField(blank=True, help_text="for staff: what was seen last")
    cause = models.CharField(
        max_length=160, blank=True, default="", help_text="the note without names and numbers"
    )

    lease_until = models.DateTimeField(null=True, blank=True)
    next_check_at = models.DateTimeField(null=True, blank=True)
    woken_at = models.DateTimeField(null=True, blank=True)
    deadline_at = models.DateTimeField(null=True, blank=True, help_text="then a person decides")
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="when the registrar was asked for news last"
    )
    listed_at = models.DateTimeField(
        null=True, blank=True, help_text="when the registrar's list of unfinished operations was read for it"
    )
    promised_at = models.DateTimeField(null=True, blank=True, help_text="by when the customer may expect it")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=models.Q(state__in=sorted(OPEN)),
                name="operation_one_open_per_subject_and_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(FINAL), finished_at__isnull=False)
                | (~models.Q(state__in=sorted(FINAL)) & models.Q(finished_at__isnull=True)),
                name="operation_finished_when_final",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"],
                condition=models.Q(state__in=["queued", "waiting", "unknown"]),
                name="operation_due",
            ),
            models.Index(
                fields=["lease_until"],
                condition=models.Q(lease_until__isnull=False),
                name="operation_leased",
            ),
            models.Index(fields=["state", "-id"], name="operation_state"),
            models.Index(fields=["customer", "-id"], name="operation_customer"),
            models.Index(fields=["subject", "-id"], name="operation_subject"),
            models.Index(fields=["account", "state"], name="operation_account"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.kind} {self.label}"

    @property
    def is_final(self) -> bool:
        """True once nothing will happen to it any more."""
        return self.state in FINAL


class Attempt(models.Model):
    """One claim of an operation by a worker, and how it ended."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    worker = models.CharField(max_length=120)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["operation", "number"], name="attempt_number_once")]

    def __str__(self) -> str:
        return f"{self.operation_id}#{self.number} {self.purpose}"


class Event(models.Model):
    """A change of an operation's state: the audit trail, and what the pages show."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    from_state = models.CharField(max_length=10, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=State.choices)
    attempt = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    impersonator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.from_state or '-'} -> {self.to_state}"


class Heartbeat(models.Model):
    """When a periodic job last ran, by the database's clock."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """That a periodic task ran in one period of its schedule: whoever inserts the row runs it."""

    task = models.CharField(max_length=80)
    number = models.BigIntegerField(help_text="periods since 1970, by the database's clock")
    at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.task} {self.number}"
