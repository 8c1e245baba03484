"""Names that are to be moved here, as they were entered and checked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.encryption import EncryptedTextField
from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField


class TransferBatch(TimeStampedModel):
    """Names that a customer wants to bring here; its lines are checked at the registrars before anything is paid."""

    public_id = PublicIdField(prefix="tb")
    customer = models.ForeignKey("people.Customer", on_delete=models.CASCADE, related_name="transfer_batches")
    actor = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True)
    woken_at = models.DateTimeField(null=True, blank=True, help_text="when a worker was last asked to check")
    busy_until = models.DateTimeField(null=True, blank=True, help_text="a worker is checking until then")

    class Meta:
        indexes = [models.Index(fields=["customer", "created_at"], name="transfer_batch_customer")]

    def __str__(self) -> str:
        return self.public_id


class TransferLine(models.Model):
    """One name of a batch, with its auth code until it is ordered, or for some days."""

    class State(models.TextChoices):
        PENDING = "pending", _("Checking")
        POSSIBLE = "possible", _("Can be moved")
        UNCHECKED = "unchecked", _("Found out after ordering")
        REFUSED = "refused", _("Cannot be moved now")
        FAILED = "failed", _("No answer")

    batch = models.ForeignKey(TransferBatch, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=253)
    tld_name = models.CharField(max_length=63)
    # Where it was checked it is ordered.
    account = models.ForeignKey("registrar_account.Account", on_delete=models.CASCADE, related_name="+")
    code = EncryptedTextField(blank=True)
    has_code = models.BooleanField(
        default=False, help_text="whether a code was given, also once it is forgotten"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    reason = models.CharField(max_length=40, blank=True, help_text="our word for why it cannot be moved")
    tries = models.PositiveSmallIntegerField(default=0)
    operation = models.ForeignKey(
        "operation.Operation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    problem = models.TextField(blank=True, help_text="why it was not ordered, in words for the customer")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "name"], name="transfer_line_once")]

    def __str__(self) -> str:
        return self.name
