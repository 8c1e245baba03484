"""What nameservers were asked about a name, and what each of them said."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.models import TimeStampedModel


class NameserverCheck(TimeStampedModel):
    """A question to several nameservers. There is one of each purpose for a name: a new one takes its place.

    `sets` are what is asked for: {"name", "type", "old", "new", "ttl"}, values as `panel.core.nameservers.Reply` has
    them; without any it is asked whether the server has the zone at all. `zone_check` is what the registrar's own check
    of these servers said.
    """

    class Purpose(models.TextChoices):
        SERVED = "served", _("What is served")
        PROPOSED = "proposed", _("Servers that are proposed")

    class ZoneCheck(models.TextChoices):
        NONE = "", _("Not offered")
        PENDING = "pending", _("Being asked")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")
        SILENT = "silent", _("No answer")

    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="nameserver_checks")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    actor = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    sets = models.JSONField(default=list)
    about = models.CharField(
        max_length=64, blank=True, help_text="what the question is about, for who asked it"
    )
    zone_check = models.CharField(max_length=8, choices=ZoneCheck.choices, blank=True)
    zone_report = models.TextField(blank=True, help_text="the registrar's own words, for staff")
    woken_at = models.DateTimeField(null=True, blank=True, help_text="when a worker was last asked to ask")
    busy_until = models.DateTimeField(null=True, blank=True, help_text="a worker is asking until then")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["domain", "purpose"], name="nameserver_check_once")]

    def __str__(self) -> str:
        return f"{self.domain_id} {self.purpose}"


class NameserverAnswer(models.Model):
    """What one nameserver said last. `sets` are the words of State for each set that was asked for, in that order."""

    class State(models.TextChoices):
        PENDING = "pending", _("Being asked")
        NEW = "new", _("Serves the new data")
        OLD = "old", _("Still serves the old data")
        PARTLY = "partly", _("Serves a part of the new data")
        OTHER = "other", _("Serves something else")
        SERVES = "serves", _("Answers for the name")
        REFUSED = "refused", _("Does not have the zone")
        SILENT = "silent", _("Does not answer")
        UNKNOWN = "unknown", _("Has no address")
        PRIVATE = "private", _("Has no public address")

    check_row = models.ForeignKey(NameserverCheck, on_delete=models.CASCADE, related_name="answers")
    server = models.CharField(max_length=253)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    sets = models.JSONField(default=list)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["check_row", "server"], name="nameserver_asked_once")]

    def __str__(self) -> str:
        return self.server
