"""What is known of a name beyond its line in the mirror: hosts below it, and what the world reads about it."""

from __future__ import annotations

from django.db import models


class GlueRecord(models.Model):
    """A host below a name with the addresses that the registry hands out for it."""

    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="glue_records")
    name = models.CharField(max_length=253, help_text="the host as A-labels, such as ns1.example.com")
    addresses = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["domain", "name"], name="glue_record_once")]

    def __str__(self) -> str:
        return self.name


class Publicity(models.Model):
    """What the public directory says of a name, as last read."""

    domain = models.OneToOneField("domain.Domain", on_delete=models.CASCADE, related_name="publicity")
    whois = models.TextField(blank=True)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "publicity"

    def __str__(self) -> str:
        return str(self.domain)
