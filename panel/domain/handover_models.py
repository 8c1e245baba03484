"""Names that one customer hands to another of the same brand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField


class Handover(TimeStampedModel):
    """An offer of a name to whoever signs in with an e-mail address. Nothing moves until they accept."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Nobody answered")

    public_id = PublicIdField(prefix="ho")
    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey("people.Customer", on_delete=models.PROTECT, related_name="given_names")
    offered_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(_("e-mail"))
    taker = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, null=True, related_name="taken_names"
    )
    answered_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    lapses_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="when who may accept was mailed, if anybody is"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["domain"], condition=models.Q(state="offered"), name="handover_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["email"], condition=models.Q(state="offered"), name="handover_for"),
            models.Index(fields=["lapses_at"], condition=models.Q(state="offered"), name="handover_lapses"),
        ]

    def __str__(self) -> str:
        return f"{self.domain} to {self.email}"
