"""Who acted as whom, and who was lent what of which name."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panel.access.parts import Level, Part, Rights
from panel.core.models import TimeStampedModel
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


class Grant(TimeStampedModel):
    """A customer lends parts of one of its names to a person, who was invited by e-mail.

    `levels` are the parts that may be read or written; a part that is not among them is disabled. Nothing is lent until
    the person has accepted, after `until` (its last day), once it was taken back, or while the name is another
    customer's. Rows are never deleted.
    """

    public_id = PublicIdField(prefix="gr")
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, related_name="grants")
    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="grants")
    email = models.EmailField(_("e-mail"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    levels = models.JSONField(default=dict)
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invitation = models.ForeignKey(
        "people.Invitation", on_delete=models.SET_NULL, null=True, blank=True, related_name="grants"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                "domain", Lower("email"), condition=models.Q(revoked_at=None), name="grant_open_once"
            ),
            models.CheckConstraint(condition=~models.Q(levels={}), name="grant_of_something"),
        ]
        indexes = [
            models.Index(fields=["user", "domain"], name="grant_user_domain"),
            models.Index(fields=["customer", "email"], name="grant_customer_email"),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.domain}"

    @property
    def rights(self) -> Rights:
        """What is lent."""
        return Rights({Part(part): Level(level) for part, level in self.levels.items()}, lent=True)

    @property
    def is_over(self) -> bool:
        """True after its last day, or once it was taken back."""
        return self.revoked_at is not None or (self.until is not None and self.until < timezone.localdate())


class GrantEvent(models.Model):
    """What happened to a grant, by whom, and what it was from then on. Rows are never changed."""

    class What(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("accepted")
        CHANGED = "changed", _("changed")
        REVOKED = "revoked", _("access ended")

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    impersonator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    levels = models.JSONField(default=dict)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.grant}: {self.what}"
