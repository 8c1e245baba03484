"""Names that went: when, and why as far as anybody can tell."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.models import TimeStampedModel


class Departure(TimeStampedModel):
    """That a name left its account, or is about to: one open row for each name that is gone.

    `domain` is None for a name that its registrar lists as deleted and that was never in the panel; `customer` is whose
    it was. A name that comes back closes its row.
    """

    class Why(models.TextChoices):
        ASKED = "asked", _("Deleted as asked")
        EXPIRED = "expired", _("Not renewed in time")
        MOVED = "moved", _("Moved to another provider")
        DELETED = "deleted", _("Deleted, not by us")

    account = models.ForeignKey(
        "registrar_account.Account", on_delete=models.CASCADE, related_name="departures"
    )
    domain = models.ForeignKey(
        "domain.Domain", on_delete=models.SET_NULL, null=True, related_name="departures"
    )
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.SET_NULL, null=True, related_name="departures", db_index=False
    )
    name = models.CharField(max_length=253)
    unicode_name = models.CharField(max_length=253)
    tld_name = models.CharField(max_length=63)
    why = models.CharField(max_length=8, choices=Why.choices)
    left_on = models.DateField()
    told = models.TextField(blank=True, help_text="what the registrar's list of deleted names says of it")
    operation = models.ForeignKey(
        "operation.Operation", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    came_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-left_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["domain"], condition=models.Q(came_back_at__isnull=True), name="departure_one_open"
            ),
            models.UniqueConstraint(
                fields=["account", "name", "left_on"],
                condition=models.Q(domain__isnull=True),
                name="departure_once_in_list",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "left_on", "id"], name="departure_customer"),
            models.Index(fields=["left_on", "id"], name="departure_left"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.left_on}: {self.why}"
