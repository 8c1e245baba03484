"""Where what a registrar shows of a name is not what was agreed, and what passes have seen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panel.core.models import TimeStampedModel


class DriftField(models.TextChoices):
    """What of a name is watched. The values are the mirror's fields, but for PRESENCE: whether it is there at all."""

    EXPIRY = "expires_on", _("Expiry")
    NAMESERVERS = "nameservers", _("Nameservers")
    DS = "ds_keys", _("DNSSEC entries")
    TRANSFER_LOCK = "transfer_lock", _("Transfer lock")
    PRIVACY = "whois_privacy", _("WHOIS privacy")
    RENEWAL = "renewal_mode", _("Automatic renewal")
    OWNER = "owner", _("Registrant")
    ADMIN = "admin", _("Administrative contact")
    TECH = "tech", _("Technical contact")
    BILLING = "billing", _("Billing contact")
    PRESENCE = "presence", _("In the account")


class DriftState(models.TextChoices):
    """HELD: not to be judged yet, since an operation of ours may explain it, or the registrar does not tell now."""

    HELD = "held", _("Not judged yet")
    OPEN = "open", _("Open")
    IGNORED = "ignored", _("Ignored for a while")
    CLOSED = "closed", _("Decided")


LIVE_STATES = (DriftState.HELD, DriftState.OPEN, DriftState.IGNORED)


class DriftOutcome(models.TextChoices):
    """How an item ended."""

    CAME_BACK = "came_back", _("Came back by itself")
    ACCEPTED = "accepted", _("Accepted")
    PUSHED_BACK = "pushed_back", _("Pushed back")
    CHANGED = "changed", _("Changed by an operation")
    RENEWED = "renewed", _("Renewed at the registrar")
    GONE = "gone", _("Gone from the account")


class DriftRule(TimeStampedModel):
    """What is decided without a person about items of one field, while there are at most so many of them."""

    class Action(models.TextChoices):
        ACCEPT = "accept", _("Accept")
        IGNORE = "ignore", _("Ignore")
        CHARGE = "charge", _("Charge the customer for the renewal")

    field = models.CharField(_("what"), max_length=16, choices=DriftField.choices)
    account = models.ForeignKey(
        "registrar_account.Account",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="drift_rules",
        verbose_name=_("account"),
    )
    action = models.CharField(_("action"), max_length=8, choices=Action.choices)
    at_most = models.PositiveIntegerField(_("at most"), default=20)
    days = models.PositiveIntegerField(_("days"), default=30)
    reason = models.CharField(_("reason"), max_length=500)
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["field", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["field", "account"], name="drift_rule_once_per_account"),
            models.UniqueConstraint(
                fields=["field"], condition=Q(account__isnull=True), name="drift_rule_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.action} at most {self.at_most}"


class Drift(TimeStampedModel):
    """A field of a name that is not as agreed. `agreed` is what was agreed last: by an operation of ours, or a person.

    A name without an item is as agreed in its mirror's row: only what differs is written down here. Values are JSON: a
    date in ISO form, a handle for a contact; null is "not known". At most one item of a field is not closed.
    """

    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="drifts")
    field = models.CharField(max_length=16, choices=DriftField.choices)
    state = models.CharField(max_length=8, choices=DriftState.choices, default=DriftState.OPEN)
    agreed = models.JSONField(null=True)
    observed = models.JSONField(null=True)
    implausible = models.BooleanField(
        default=False, help_text="what is shown cannot be, and is not in the mirror"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=DriftOutcome.choices, blank=True, default="")
    decided_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    rule = models.ForeignKey(DriftRule, on_delete=models.SET_NULL, null=True, related_name="+")
    ignored_until = models.DateField(null=True, blank=True)
    operation = models.ForeignKey(
        "operation.Operation", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["domain", "field"],
                condition=Q(state__in=LIVE_STATES),
                name="drift_one_live_per_field",
            )
        ]
        indexes = [
            models.Index(fields=["state", "field"], name="drift_state_field"),
            models.Index(fields=["opened_at", "id"], name="drift_opened"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of domain {self.domain_id}: {self.state}"


class Sighting(models.Model):
    """The names that one page of a pass showed, as packed keys: rows that a pass finds unchanged are not written."""

    run = models.ForeignKey("registrar_account.SyncRun", on_delete=models.CASCADE, related_name="+")
    page = models.PositiveIntegerField()
    keys = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "page"], name="sighting_once_per_page")]

    def __str__(self) -> str:
        return f"page {self.page} of pass {self.run_id}"
