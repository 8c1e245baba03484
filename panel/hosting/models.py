"""The mirror of what a registrar holds for a name beside the name itself: a plan, and what lies in it.

One row for each thing, by name and by what the registrar calls it. Passwords and private keys have no column here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from panel.core.encryption import EncryptedTextField
from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField
from panel.domain.models import Domain

Row = TypeVar("Row", bound="Item")
LONGEST_NAME = 500


class Survey(TimeStampedModel):
    """That a name's services were read, and when. `plan_found` None: the registrar sells no plans."""

    domain = models.OneToOneField(Domain, on_delete=models.CASCADE, related_name="hosting_survey")
    read_at = models.DateTimeField()
    plan_found = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"{self.domain} at {self.read_at}"


class Change(models.Model):
    """Which name an operation about one of its services belongs to: the operation's subject is the service itself.

    `noun` is the kind of service, empty for the plan.
    """

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="hosting_changes")
    operation = models.OneToOneField(
        "operation.Operation", on_delete=models.CASCADE, related_name="hosting_change"
    )
    noun = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["domain", "-operation"], name="hosting_change_of_domain")]

    def __str__(self) -> str:
        return f"{self.domain}: {self.operation}"


class Plan(TimeStampedModel):
    """A hosting plan of a name. `type` is the registrar's wording of `product_key`.

    `meters`: what is used, by its word (`panel.hosting.meters`): used, maximum (None: unlimited or not told), unit.
    `servers`: addresses by their word. `php`: enabled, version, name, available.
    """

    class Status(models.TextChoices):
        STARTING = "starting"
        ACTIVE = "active"
        INACTIVE = "inactive"
        RENEWING = "renewing"
        RENEWABLE = "renewable"
        UNKNOWN = "unknown"

    domain = models.OneToOneField(Domain, on_delete=models.CASCADE, related_name="hosting_plan")
    type = models.CharField(max_length=120)
    product_key = models.CharField(max_length=60)
    status = models.CharField(max_length=12, choices=Status.choices)
    raw_status = models.CharField(max_length=60, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    renewable = models.BooleanField(null=True)
    renewal_mode = models.CharField(max_length=12, blank=True)
    meters = models.JSONField(default=dict)
    servers = models.JSONField(default=dict)
    php = models.JSONField(default=dict)
    parking = models.BooleanField(null=True)
    error_log = models.JSONField(default=list)
    log_read_at = models.DateTimeField(null=True, blank=True)
    missing_since = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.domain}: {self.type}"


class BuilderLink(models.Model):
    """An address that logs into the site builder, encrypted for the minutes until it is shown, and forgotten then."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="builder_links")
    operation = models.OneToOneField(
        "operation.Operation", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    address = EncryptedTextField(blank=True)
    made_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    shown_to = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.domain} at {self.made_at}"


class Price(TimeStampedModel):
    """What a brand's customers pay for a year of a plan. No registrar tells what plans cost: staff enter it."""

    brand = models.ForeignKey("brand.Brand", on_delete=models.CASCADE, related_name="hosting_prices")
    product_key = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)

    class Meta:
        ordering = ["amount", "product_key"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "product_key", "currency"], name="hosting_price_once")
        ]

    def __str__(self) -> str:
        return f"{self.product_key} {self.amount} {self.currency}"


class Present(models.QuerySet[Row]):
    """Rows of things, those that are gone among them."""

    def present(self) -> Present[Row]:
        """Without those that are gone."""
        return self.filter(gone_at__isnull=True)


class Item(TimeStampedModel):
    """One thing of a name. `name` is its address, by which a person knows it; `remote_id` the registrar's identifier.

    A reading that lacks it notes the first time; the second ends it.
    """

    # What the registrar shows of it, beside its name: these columns are compared and kept.
    SHOWN: tuple[str, ...] = ()

    public_id = PublicIdField(prefix="hi")
    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    remote_id = models.CharField(max_length=120, blank=True)
    missing_since = models.DateTimeField(null=True, blank=True)
    gone_at: models.DateTimeField[Any, datetime | None] = models.DateTimeField(null=True, blank=True)

    objects = Present.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["domain", "name"], name="hosting_%(class)s_once")]

    def __str__(self) -> str:
        return self.name


class Mailbox(Item):
    """A mailbox. `usage` and `quota` are in bytes, None where they are not told."""

    SHOWN = ("usage", "quota")

    usage = models.BigIntegerField(null=True)
    quota = models.BigIntegerField(null=True)


class Alias(Item):
    """Mail to an address that goes on to others. `*@domain` catches everything."""

    SHOWN = ("targets", "state")

    targets = models.JSONField(default=list)
    state = models.CharField(max_length=12, blank=True)

    @property
    def is_catch_all(self) -> bool:
        """Whether it takes what nothing else takes."""
        return self.name.startswith("*@")


class FtpAccount(Item):
    """An FTP account. `quota` is in bytes, None where it is unlimited or not told."""

    SHOWN = ("path", "quota")

    path = models.CharField(max_length=500)
    quota = models.BigIntegerField(null=True)


class Database(Item):
    """A database and its user. `external_access` None: not told."""

    SHOWN = ("user", "external_access")

    user = models.CharField(max_length=120)
    external_access = models.BooleanField(null=True)


class Subdomain(Item):
    """A subdomain. `certificate` and `chain` are PEM, empty where none is installed; the key is nowhere here."""

    SHOWN = ("path", "certificate", "chain", "certificate_path")

    path = models.CharField(max_length=500)
    certificate = models.TextField(blank=True)
    chain = models.TextField(blank=True)
    certificate_path = models.CharField(max_length=500, blank=True)


class Redirect(Item):
    """From an address to another. Its name is the origin: an address, or a host where the registrar has only hosts."""

    SHOWN = ("destination", "type", "title", "state")

    destination = models.CharField(max_length=2000, blank=True)
    type = models.CharField(max_length=12)
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, blank=True)
