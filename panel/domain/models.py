"""Domains as registrars hold them, and searches for new ones."""

from __future__ import annotations

import idna
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.encryption import EncryptedTextField
from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField
from panel.domain.asking.models import NameserverAnswer as NameserverAnswer
from panel.domain.asking.models import NameserverCheck as NameserverCheck
from panel.domain.bulk.models import BulkItem as BulkItem
from panel.domain.bulk.models import BulkJob as BulkJob
from panel.domain.delegation_models import GlueRecord as GlueRecord
from panel.domain.delegation_models import Publicity as Publicity
from panel.domain.departure.models import Departure as Departure
from panel.domain.drift.models import Drift as Drift
from panel.domain.drift.models import DriftRule as DriftRule
from panel.domain.drift.models import Sighting as Sighting
from panel.domain.end_models import PlannedDeletion as PlannedDeletion
from panel.domain.handover_models import Handover as Handover
from panel.domain.history.models import Assignment as Assignment
from panel.domain.history.models import RegistrarLine as RegistrarLine
from panel.domain.renewal.models import Reminder as Reminder
from panel.domain.self_renewal.models import SelfRenewal as SelfRenewal
from panel.domain.tags.models import DomainTag as DomainTag
from panel.domain.tags.models import Tag as Tag
from panel.domain.transfer.models import TransferBatch as TransferBatch
from panel.domain.transfer.models import TransferLine as TransferLine
from registrar import types


class Domain(TimeStampedModel):
    """The local mirror of a domain. `name` is the A-label form, in lower case."""

    class Status(models.TextChoices):
        REGISTERING = types.DomainStatus.REGISTERING.value, _("Being registered")
        REGISTRATION_CANCELLED = types.DomainStatus.REGISTRATION_CANCELLED.value, _("Registration cancelled")
        TRANSFERRING = types.DomainStatus.TRANSFERRING.value, _("Being transferred")
        TRANSFER_CANCELLED = types.DomainStatus.TRANSFER_CANCELLED.value, _("Transfer cancelled")
        INACTIVE = types.DomainStatus.INACTIVE.value, _("Inactive")
        ACTIVE = types.DomainStatus.ACTIVE.value, _("Active")
        RENEWING = types.DomainStatus.RENEWING.value, _("Being renewed")
        GRACE = types.DomainStatus.GRACE.value, _("Expired: can still be renewed")
        REDEMPTION = types.DomainStatus.REDEMPTION.value, _("Expired: can only be restored")
        PENDING_DELETE = types.DomainStatus.PENDING_DELETE.value, _("About to be deleted")
        ON_HOLD = types.DomainStatus.ON_HOLD.value, _("On hold")
        TRANSFERRED_AWAY = types.DomainStatus.TRANSFERRED_AWAY.value, _("Transferred away")
        DELETED = types.DomainStatus.DELETED.value, _("Deleted")
        UNKNOWN = types.DomainStatus.UNKNOWN.value, _("Being checked")

    name = models.CharField(max_length=253)
    unicode_name = models.CharField(max_length=253)
    tld_name = models.CharField(max_length=63)
    account = models.ForeignKey("registrar_account.Account", on_delete=models.PROTECT, related_name="domains")
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.PROTECT, null=True, blank=True, related_name="domains"
    )
    remote_id = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=24, choices=Status.choices, default=Status.UNKNOWN)
    raw_status = models.CharField(max_length=64, blank=True)
    created_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    renewable = models.BooleanField(null=True)
    renewal_mode = models.CharField(max_length=12, default=types.RenewalMode.UNKNOWN)
    transfer_lock = models.BooleanField(null=True)
    modification_lock = models.BooleanField(null=True)
    whois_privacy = models.BooleanField(null=True)
    whois_visible = models.BooleanField(null=True)
    tag = models.CharField(max_length=64, blank=True)
    owner_verification = models.CharField(max_length=16, default=types.Verification.UNKNOWN)
    nameservers = models.JSONField(default=list)
    ds_keys = models.JSONField(
        null=True,
        blank=True,
        help_text="delegation signer entries; null: not known, since lists do not show them",
    )
    signed = models.BooleanField(null=True, help_text="whether the zone is signed; null: not known")
    hosts_zone = models.BooleanField(null=True, help_text="whether the registrar serves the zone")
    delegation_read_at = models.DateTimeField(
        null=True, blank=True, help_text="when keys and hosts were last read"
    )
    owner = models.ForeignKey(
        "contact.ContactHandle",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_domains",
    )
    admin = models.ForeignKey(
        "contact.ContactHandle", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    tech = models.ForeignKey(
        "contact.ContactHandle", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    billing = models.ForeignKey(
        "contact.ContactHandle", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    synced_at = models.DateTimeField(null=True, blank=True)
    detailed_at = models.DateTimeField(null=True, blank=True, help_text="when all details were last read")
    missing_since = models.DateTimeField(
        null=True, blank=True, help_text="first listing that did not show it"
    )
    transfer_status = models.CharField(
        max_length=16,
        blank=True,
        default="",
        help_text="where a transfer in stands, where the registrar tells",
    )

    # Whether whoever reads this row in the present request has it lent by its customer: set by SettingPages.find().
    lent = False

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="domain_name_once")]
        indexes = [
            models.Index(fields=["customer", "name"], name="domain_customer_name"),
            models.Index(fields=["customer", "expires_on", "id"], name="domain_customer_expiry"),
            models.Index(fields=["account", "name"], name="domain_account_name"),
            models.Index(fields=["expires_on", "id"], name="domain_expiry"),
            # What few names have is found by these; a list sorted by something else would read all names for it.
            models.Index(fields=["customer", "tld_name"], name="domain_customer_tld"),
            models.Index(fields=["customer", "status"], name="domain_customer_status"),
            models.Index(fields=["tld_name"], name="domain_tld"),
            models.Index(fields=["status"], name="domain_status"),
        ]

    def __str__(self) -> str:
        return self.unicode_name

    @property
    def subject(self) -> str:
        """What operations on this domain carry as their subject."""
        return subject_of(self.name)


class AuthCode(models.Model):
    """An auth code that somebody asked for, until it was shown: the code goes then, and who saw it stays."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="auth_codes")
    operation = models.OneToOneField(
        "operation.Operation", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    code = EncryptedTextField(blank=True)
    read_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    shown_to = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.domain} at {self.read_at}"


# A name in one of these is nobody's here any more: it may be ordered again.
ENDED = (
    Domain.Status.REGISTRATION_CANCELLED,
    Domain.Status.TRANSFER_CANCELLED,
    Domain.Status.TRANSFERRED_AWAY,
    Domain.Status.DELETED,
)


def subject_of(name: str) -> str:
    """The operations' subject for a domain name (A-label)."""
    return f"domain:{name}"


def name_in(subject: str) -> str:
    """The domain name (A-label) that an operation's subject carries."""
    return subject.partition(":")[2]


def to_unicode(name: str) -> str:
    """The U-label form of an A-label name; the name itself where it is not valid IDNA."""
    if name.isascii() and "xn--" not in name and name == name.lower():
        # Most names are their own U-labels, and pages show hundreds.
        return name
    try:
        return idna.decode(name)
    except (idna.IDNAError, UnicodeError):
        return name


class Availability(models.Model):
    """What a registrar last said of a name; fresh for SEARCH_CACHE_SECONDS."""

    class State(models.TextChoices):
        AVAILABLE = types.AvailabilityState.AVAILABLE.value, _("Available")
        PREMIUM = types.AvailabilityState.PREMIUM.value, _("Premium")
        TAKEN = types.AvailabilityState.TAKEN.value, _("Taken")
        UNSUPPORTED = types.AvailabilityState.UNSUPPORTED.value, _("Not supported")
        MAINTENANCE = types.AvailabilityState.MAINTENANCE.value, _("Registry in maintenance")
        INVALID = types.AvailabilityState.INVALID.value, _("Not a valid name")

    account = models.ForeignKey("registrar_account.Account", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=253)
    state = models.CharField(max_length=12, choices=State.choices)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="availability_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"


class Search(TimeStampedModel):
    """A customer's search for a name; its lines fill in as the registrar answers."""

    public_id = PublicIdField(prefix="se")
    customer = models.ForeignKey("people.Customer", on_delete=models.CASCADE, related_name="searches")
    actor = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True)
    query = models.CharField(max_length=253)
    label = models.CharField(max_length=63, help_text="the name without its extension, as A-label")
    suggested_at = models.DateTimeField(
        null=True, blank=True, help_text="when suggestions came, or were given up"
    )
    suggestion_tries = models.PositiveSmallIntegerField(default=0)
    woken_at = models.DateTimeField(null=True, blank=True, help_text="when a worker was last asked to check")
    busy_until = models.DateTimeField(null=True, blank=True, help_text="a worker is checking until then")

    class Meta:
        indexes = [models.Index(fields=["customer", "created_at"], name="search_customer")]

    def __str__(self) -> str:
        return self.query


class SearchLine(models.Model):
    """One name of a search."""

    class State(models.TextChoices):
        PENDING = "pending", _("Checking")
        ANSWERED = "answered", _("Answered")
        FAILED = "failed", _("No answer")

    class Group(models.IntegerChoices):
        EXACT = 0, _("Your search")
        EXTENSION = 1, _("Other extensions")
        SUGGESTION = 2, _("Similar names")

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="lines")
    name = models.CharField(max_length=253)
    tld_name = models.CharField(max_length=63)
    group = models.PositiveSmallIntegerField(choices=Group.choices)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    availability = models.ForeignKey(Availability, on_delete=models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["group", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["search", "name"], name="search_name_once")]

    def __str__(self) -> str:
        return self.name
