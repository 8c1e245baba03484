"""The rows of reminders: what customers were told of the end of their names, and when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """That a customer is told of the end of a name's term: one row for each date and kind, however often the job runs.

    It is claimed before it is sent, and free again an hour later if nobody noted that it was sent.
    """

    class Kind(models.TextChoices):
        MONTH = "month", _("A month before its date")
        WEEK = "week", _("A week before its date")
        AFTER = "after", _("After its date")

    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="reminders")
    customer = models.ForeignKey("people.Customer", on_delete=models.CASCADE, related_name="reminders")
    expires_on = models.DateField(help_text="the date that was told")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    renews = models.BooleanField(default=False, help_text="told that it renews by itself")
    claim = models.CharField(max_length=32, blank=True, default="")
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="by the database's clock")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.JSONField(default=list, help_text="e-mail addresses")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "expires_on", "kind"], name="reminder_once"),
        ]
        indexes = [
            models.Index(fields=["customer", "sent_at"], name="reminder_customer"),
            models.Index(fields=["expires_on", "domain"], name="reminder_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.domain_id} {self.expires_on} {self.kind}"
