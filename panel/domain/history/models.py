"""What is written down about a name beside its operations: by its registrar, and by staff who gave it to somebody."""

from __future__ import annotations

from django.db import models


class RegistrarLine(models.Model):
    """A line of a registrar's own history of a name, in its words: for staff. What was read once is kept."""

    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="registrar_lines")
    at = models.DateTimeField()
    title = models.TextField(blank=True)
    message = models.TextField(blank=True)
    who = models.TextField(blank=True, help_text="the user at the registrar")
    address = models.CharField(max_length=45, blank=True, help_text="from where, as the registrar wrote it")
    mark = models.CharField(max_length=32, help_text="the same for the same line, however often it is read")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["domain", "mark"], name="registrar_line_once")]
        indexes = [models.Index(fields=["domain", "-at"], name="registrar_line_at")]

    def __str__(self) -> str:
        return f"{self.at}: {self.title}"


class Assignment(models.Model):
    """That staff took a name from one customer, or from nobody, and gave it to another, or to nobody."""

    domain = models.ForeignKey("domain.Domain", on_delete=models.CASCADE, related_name="assignments")
    giver = models.ForeignKey("people.Customer", on_delete=models.SET_NULL, null=True, related_name="+")
    taker = models.ForeignKey("people.Customer", on_delete=models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.domain_id} to {self.taker}"
