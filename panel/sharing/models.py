"""People to whom names are lent at a registrar itself, as it shows them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from panel.access.parts import Level, Part
from panel.core.encryption import EncryptedTextField
from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField


class RemoteUser(TimeStampedModel):
    """A person with a log-in of their own at a registrar, whom an account of ours lends single names there.

    `email` is the delegate here whose mirror it is, empty for one that was found there. `password` is there from when
    the registrar took it until it was shown, once. `domains` maps A-labels to levels by part; None: not read yet.
    """

    public_id = PublicIdField(prefix="ru")
    account = models.ForeignKey(
        "registrar_account.Account", on_delete=models.CASCADE, related_name="remote_users"
    )
    username = models.CharField(max_length=64)
    email = models.EmailField(blank=True)
    enabled = models.BooleanField(default=True)
    domains = models.JSONField(null=True, blank=True)
    password = EncryptedTextField(blank=True)
    password_set_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    shown_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True, help_text="when its names were last read")
    missing_since = models.DateTimeField(
        null=True, blank=True, help_text="first whole list that did not show it"
    )

    class Meta:
        ordering = ["username"]
        constraints = [models.UniqueConstraint(fields=["account", "username"], name="remote_user_once")]
        indexes = [models.Index(fields=["account", "email"], name="remote_user_email")]

    def __str__(self) -> str:
        return self.username

    def levels(self, name: str) -> dict[Part, Level] | None:
        """What is lent of a name (A-label) there; None where it is not lent, or not known."""
        kept = (self.domains or {}).get(name)
        if kept is None:
            return None
        return {Part(part): Level(level) for part, level in kept.items()}
