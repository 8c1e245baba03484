"""Terms that registrars prolonged by themselves, and what became of their price."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField


class SelfRenewal(TimeStampedModel):
    """A term of a customer's name that its registrar prolonged without an operation of ours: one row for each term.

    `price` is what the customer's price list asked when it was seen, None where it had none.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        CHARGED = "charged", _("Charged")
        WAIVED = "waived", _("Not charged")
        OURS = "ours", _("Paid by an order")

    public_id = PublicIdField(prefix="sr")
    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="self_renewals")
    customer = models.ForeignKey("people.Customer", on_delete=models.PROTECT, related_name="+")
    expired_on = models.DateField(help_text="the end of the term before")
    expires_on = models.DateField(help_text="the end of the term after")
    years = models.PositiveSmallIntegerField()
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    entry = models.OneToOneField("billing.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    rule = models.ForeignKey("domain.DriftRule", on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "expired_on"], name="self_renewal_once_a_term"),
            models.CheckConstraint(
                condition=models.Q(state="charged", entry__isnull=False)
                | (~models.Q(state="charged") & models.Q(entry__isnull=True)),
                name="self_renewal_charged_with_entry",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="self_renewal_state")]

    def __str__(self) -> str:
        return f"{self.domain} until {self.expires_on}: {self.state}"
