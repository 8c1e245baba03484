"""Who acted as whom."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panel.core.publicid import PublicIdField


class Ending(models.TextChoices):
    """How acting as somebody ended."""

    BUTTON = "button", _("ended")
    SIGNED_OUT = "signed_out", _("signed out")
    TIME = "time", _("time was over")
    WITHDRAWN = "withdrawn", _("no longer allowed")


class Impersonation(models.Model):
    """A member of the staff acts as a customer's person, for a reason and not for long. Rows are never deleted."""

    public_id = PublicIdField(prefix="im")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, related_name="impersonations")
    reason = models.TextField()
    started_at = models.DateTimeField()
    until = models.DateTimeField(help_text="then it is over, whatever else happens")
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["customer", "-id"], name="impersonation_customer")]

    def __str__(self) -> str:
        return f"{self.staff} as {self.user}"

    @property
    def is_open(self) -> bool:
        """True while the staff member may go on."""
        return self.ended_at is None and self.until > timezone.now()

    @property
    def over_at(self) -> datetime:
        """When it ended, or ends at the latest."""
        return self.ended_at or self.until
