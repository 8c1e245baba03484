"""One change of many names at once: the job, and an item for each name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField
from panel.people.models import User


class BulkJob(TimeStampedModel):
    """What somebody wants done to many names. Accepting one plans nothing: workers do that, some names at a time.

    `customer` is whose job it is, or `brand` where the brand's own people asked: their jobs and those of the staff,
    which have neither, may be about names of several customers.
    """

    class Action(models.TextChoices):
        NAMESERVERS = "nameservers", _("Nameservers")
        CONTACTS = "contacts", _("Contacts")
        OWNER = "owner", _("Change of owner")
        TRANSFER_LOCK = "transfer-lock", _("Transfer lock")
        PRIVACY = "privacy", _("WHOIS privacy")
        AUTO_RENEW = "auto-renew", _("Automatic renewal")
        RENEW = "renew", _("Renewal for a year")
        TAG = "tag", _("Tags added")
        UNTAG = "untag", _("Tags taken off")
        MOVE = "move", _("Move to a customer")

    public_id = PublicIdField(prefix="bj")
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, null=True, blank=True, related_name="bulk_jobs"
    )
    # Its index below begins with the brand.
    brand = models.ForeignKey(
        "brand.Brand",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bulk_jobs",
        db_index=False,
    )
    actor = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    impersonator = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    action = models.CharField(max_length=16, choices=Action.choices)
    values = models.JSONField(default=dict, help_text="what is wanted, as the action reads it")
    key = models.CharField(
        max_length=64, unique=True, help_text="the form's own: a second click finds the first job"
    )
    total = models.PositiveIntegerField()
    retry_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="retries"
    )
    woken_at = models.DateTimeField(null=True, blank=True, help_text="when a worker was last asked to plan")
    busy_until = models.DateTimeField(null=True, blank=True, help_text="a worker is planning until then")
    planned_at = models.DateTimeField(null=True, blank=True, help_text="when nothing was left to plan")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["customer", "-id"], name="bulk_job_customer"),
            models.Index(fields=["brand", "-id"], name="bulk_job_brand"),
            models.Index(
                fields=["woken_at"], condition=models.Q(planned_at__isnull=True), name="bulk_job_unplanned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.action}"

    @property
    def whose(self) -> str:
        """The customer or the brand whose job it is, as staff read it; "" for one of the staff's."""
        return str(self.customer or self.brand or "")

    @property
    def asker(self) -> User | None:
        """In whose name its operations are planned."""
        return self.actor.acted_by(self.impersonator) if self.actor is not None else None


class BulkItem(models.Model):
    """One name of a job. Once it is planned, what became of it is told by its operation alone.

    `customer` is whose name it was when the job was accepted; `price` and `expires_on` are what was seen and agreed to.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waits for its turn")
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        UNCHANGED = "unchanged", _("Already so")
        REFUSED = "refused", _("Cannot be done")
        CANCELLED = "cancelled", _("Cancelled")

    # Its two indexes below begin with the job; nobody looks for a customer's items but within one.
    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="items", db_index=False)
    domain = models.ForeignKey("domain.Domain", on_delete=models.SET_NULL, null=True, related_name="+")
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=253)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    reason = models.CharField(max_length=40, blank=True, help_text="our stable word for why it was refused")
    note = models.TextField(blank=True, help_text="for staff: what the registrar's table says of it")
    operation = models.ForeignKey(
        "operation.Operation", on_delete=models.SET_NULL, null=True, related_name="bulk_items"
    )
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="bulk_item_once")]
        indexes = [models.Index(fields=["job", "state", "id"], name="bulk_item_state")]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"
