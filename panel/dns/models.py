"""Zones as their registrars last showed them, every state that they were in, and what people are about to change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.models import TimeStampedModel


class Zone(TimeStampedModel):
    """The local mirror of a name's zone.

    Its records are one JSON list (`panel.dns.records.packed`), in reading order: a page shows one zone, so that its
    size is what counts and not how many zones there are. `mark` tells two states apart without reading them.
    """

    domain = models.OneToOneField("domain.Domain", on_delete=models.CASCADE, related_name="zone")
    hosted = models.BooleanField(default=True, help_text="whether the registrar has a zone of the name")
    records = models.JSONField(default=list)
    mark = models.CharField(max_length=32, blank=True)
    serial = models.PositiveIntegerField(default=0, help_text="number of the version that this is")
    read_at = models.DateTimeField(null=True, blank=True, help_text="when the registrar last showed it")

    class Meta:
        ordering = ["domain__name"]

    def __str__(self) -> str:
        return str(self.domain)


class Version(models.Model):
    """A state in which a zone was: read, found changed, or applied from here. Versions of a zone count from 1."""

    class Source(models.TextChoices):
        READ = "read", _("Read for the first time")
        APPLIED = "applied", _("Applied from here")
        ELSEWHERE = "elsewhere", _("Changed elsewhere")
        PARTWAY = "partway", _("In the middle of a change")

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=Source.choices)
    records = models.JSONField(default=list)
    mark = models.CharField(max_length=32)
    count = models.PositiveIntegerField(default=0, help_text="how many records it has")
    operation = models.OneToOneField(
        "operation.Operation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["zone", "number"], name="zone_version_once")]

    def __str__(self) -> str:
        return f"{self.zone} {self.number}"


class Draft(TimeStampedModel):
    """What one person is about to change in a zone: nothing of it is at the registrar.

    `changes` are pairs of packed records, [old, new]: one of both is null for what is added or deleted. They start from
    `base`. `conflicts` are changes whose old record is not any more as it was: [old, new, theirs].
    """

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    base = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    changes = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "user"], name="zone_draft_once")]

    def __str__(self) -> str:
        return f"{self.zone} by {self.user}"


class Comment(models.Model):
    """What a customer's people want to remember of a record. It stays here: no registrar takes one.

    When the name goes to another customer it is not shown any more.
    """

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="comments")
    customer = models.ForeignKey("people.Customer", on_delete=models.CASCADE, null=True, related_name="+")
    row = models.CharField(max_length=16, help_text="the record (`panel.dns.records.row_of`)")
    text = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "row"], name="zone_comment_once")]

    def __str__(self) -> str:
        return self.text
