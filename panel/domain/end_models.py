"""Names that shall be given up, while there is time to think it over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.publicid import PublicIdField


class PlannedDeletion(models.Model):
    """That a name shall be deleted at a moment, unless somebody keeps it until then."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("The name was kept")
        ORDERED = "ordered", _("The deletion was ordered")
        REFUSED = "refused", _("It could not be deleted")

    public_id = PublicIdField(prefix="pd")
    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="planned_deletions")
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    impersonator = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=40, blank=True, help_text="our stable word for why it was refused")
    operation = models.OneToOneField(
        "operation.Operation", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["domain"], condition=models.Q(ended_at__isnull=True), name="planned_deletion_one_open"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(ended_at__isnull=True), name="planned_deletion_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.domain} at {self.due_at}"
