"""Accounts at registrars: what they may do, hold, sell and cost."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panel.account.remarks import worded
from panel.core.encryption import EncryptedJSONField, EncryptedTextField
from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField


class AccountState(models.TextChoices):
    """Whether operations are sent through the account."""

    ACTIVE = "active", _("Working")
    STOPPED = "stopped", _("Stopped: the registrar refuses the credentials")
    PAUSED = "paused", _("Paused by staff")


class Account(TimeStampedModel):
    """An account at a registrar. The credentials are encrypted and never shown again."""

    public_id = PublicIdField(prefix="ac")
    label = models.CharField(_("name"), max_length=80, unique=True)
    family = models.CharField(_("registrar"), max_length=20)
    endpoint = models.URLField(_("address"), max_length=200)
    is_sandbox = models.BooleanField(_("sandbox"), default=False)
    credentials = EncryptedJSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=AccountState.choices, default=AccountState.ACTIVE
    )
    state_note = models.TextField(blank=True)
    is_default = models.BooleanField(_("takes new registrations"), default=True)

    balance = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    registrar_threshold = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    threshold = models.DecimalField(
        _("warn below"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: the threshold that the registrar keeps."),
    )
    currency = models.CharField(max_length=3, default="EUR")
    refreshed_at = models.DateTimeField(null=True, blank=True)
    catalogue_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="calls in a row that got no answer")
    last_failure_at = models.DateTimeField(null=True, blank=True)
    last_failure = models.TextField(blank=True)
    retry_after = models.DateTimeField(null=True, blank=True, help_text="the breaker is open until then")

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    @property
    def warn_below(self) -> Decimal | None:
        """The balance under which staff are warned, or None."""
        return self.threshold if self.threshold is not None else self.registrar_threshold

    @property
    def is_low(self) -> bool:
        """True when the balance is known and under the threshold."""
        return self.balance is not None and self.warn_below is not None and self.balance < self.warn_below


class ConnectionTest(TimeStampedModel):
    """Credentials on trial. Only those that the registrar accepts become an account."""

    class State(models.TextChoices):
        PENDING = "pending", _("Testing")
        PASSED = "passed", _("Accepted")
        FAILED = "failed", _("Refused")

    public_id = PublicIdField(prefix="ct")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="tests"
    )
    label = models.CharField(max_length=80)
    family = models.CharField(max_length=20)
    endpoint = models.URLField(max_length=200)
    is_sandbox = models.BooleanField(default=False)
    credentials = EncryptedJSONField(default=dict)
    threshold = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    message = models.TextField(blank=True)
    actor = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True)

    def __str__(self) -> str:
        return f"{self.label}: {self.state}"


class Throttle(models.Model):
    """A token bucket of one account and class of calls, shared by all workers."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="throttles")
    call_class = models.CharField(max_length=12)
    tokens = models.FloatField()
    refilled_at = models.DateTimeField()
    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "call_class"], name="throttle_once")]

    def __str__(self) -> str:
        return f"{self.account_id}/{self.call_class}: {self.tokens:.1f}"


class RegistrarSession(models.Model):
    """The session that all workers share at a registrar that counts them. Its id is as good as a password."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    opened_with = models.CharField(max_length=64, help_text="a keyed digest of address and credentials")
    identifier = EncryptedTextField()
    note = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "opened_with"], name="session_once_per_credentials")
        ]

    def __str__(self) -> str:
        return f"session of account {self.account_id}"


class Exchange(models.Model):
    """The redacted record of one call to a registrar, kept for EXCHANGE_RETENTION_DAYS."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="exchanges")
    operation = models.ForeignKey(
        "operation.Operation", on_delete=models.CASCADE, null=True, blank=True, related_name="exchanges"
    )
    attempt = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=80)
    request = models.TextField()
    reply = models.TextField(blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["operation", "id"], name="exchange_operation"),
            models.Index(fields=["at"], name="exchange_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.status}"


class Action(models.TextChoices):
    """What can be bought for a name."""

    CREATE = "create", _("Registration")
    RENEW = "renew", _("Renewal")
    TRANSFER = "transfer", _("Transfer")
    TRADE = "trade", _("Change of owner")
    RESTORE = "restore", _("Restore")
    PRIVACY = "privacy", _("WHOIS privacy")


# What an extension is chosen and compared by; the others happen to a name where it is.
MAIN_ACTIONS = (Action.CREATE, Action.RENEW, Action.TRANSFER)


class Tld(models.Model):
    """An extension that an account sells, as its catalogue says."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tlds")
    name = models.CharField(max_length=63)
    parent = models.CharField(max_length=63)
    auth_code_required = models.BooleanField(default=True)
    requirements = models.TextField(blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="tld_once_per_account")]
        indexes = [models.Index(fields=["name"], name="tld_name")]

    def __str__(self) -> str:
        return f".{self.name}"


class Cost(models.Model):
    """What one action costs the operator in an extension, for one year where it buys time."""

    tld = models.ForeignKey(Tld, on_delete=models.CASCADE, related_name="costs")
    action = models.CharField(max_length=10, choices=Action.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    years = models.JSONField(default=list, help_text="the periods that can be bought")
    in_promo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tld", "action"], name="cost_once_per_action")]

    def __str__(self) -> str:
        return f"{self.tld} {self.action} {self.amount} {self.currency}"


class Preference(TimeStampedModel):
    """What staff wish for an account and an extension; it wins over the price."""

    class Stance(models.TextChoices):
        PREFER = "prefer", _("Prefer this account")
        NEVER = "never", _("Never use this account")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="preferences")
    tld_name = models.CharField(_("extension"), max_length=63)
    stance = models.CharField(max_length=10, choices=Stance.choices)
    set_by = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["tld_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "tld_name"], name="preference_once"),
            models.UniqueConstraint(
                fields=["tld_name"],
                condition=models.Q(stance="prefer"),
                name="preference_one_preferred_per_extension",
            ),
        ]

    def __str__(self) -> str:
        return f".{self.tld_name} {self.account_id} {self.stance}"


class Promotion(models.Model):
    """A registrar's price for a time."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="promotions")
    reference = models.CharField(max_length=120)
    tld_name = models.CharField(max_length=63, blank=True)
    product = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["ends_at"]
        constraints = [models.UniqueConstraint(fields=["account", "reference"], name="promotion_once")]

    def __str__(self) -> str:
        return f"{self.tld_name or self.product} {self.action} {self.amount}"


class SyncRun(TimeStampedModel):
    """One pass over what an account holds: an import, or the regular look."""

    class Kind(models.TextChoices):
        CATALOGUE = "catalogue", _("Catalogue and costs")
        DOMAINS = "domains", _("Domains")
        CONTACTS = "contacts", _("Contacts")

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    public_id = PublicIdField(prefix="sy")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="syncs")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    next_page = models.PositiveIntegerField(default=1)
    seen = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0, help_text="lines that could not be kept")
    message = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    actor = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=models.Q(state__in=["queued", "running"]),
                name="sync_one_open_per_account_and_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.kind} {self.state}"

    @property
    def words(self) -> str:
        """What it says of itself, in the reader's language."""
        return worded(self.message)


class Alert(models.Model):
    """Something that staff were told by e-mail, so that they are told once. Cleared when it is over."""

    key = models.CharField(max_length=120, unique=True)
    text = models.TextField()
    raised_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.key
