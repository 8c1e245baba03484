"""The contact book, and its copies at registrars."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from panel.core.models import TimeStampedModel
from panel.core.publicid import PublicIdField
from registrar import types


class Contact(TimeStampedModel):
    """A person or organization in a customer's contact book."""

    class Type(models.TextChoices):
        INDIVIDUAL = "individual", _("A person")
        ORGANIZATION = "organization", _("A company or other organization")

    public_id = PublicIdField(prefix="co")
    customer = models.ForeignKey(
        "people.Customer", on_delete=models.CASCADE, null=True, related_name="contacts"
    )
    type = models.CharField(_("type"), max_length=12, choices=Type.choices, default=Type.INDIVIDUAL)
    first_name = models.CharField(_("first name"), max_length=64)
    last_name = models.CharField(_("last name"), max_length=64)
    organization = models.CharField(_("organization"), max_length=128, blank=True)
    organization_type = models.CharField(_("type of organization (Spain)"), max_length=8, blank=True)
    identification = models.CharField(_("tax or identity number"), max_length=32, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=24)
    fax = models.CharField(_("fax"), max_length=24, blank=True)
    address = models.CharField(_("address"), max_length=128)
    postal_code = models.CharField(_("postal code"), max_length=16)
    city = models.CharField(_("city"), max_length=64)
    state = models.CharField(_("state or province"), max_length=64)
    country = CountryField(_("country"))

    class Meta:
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The organization's name, or the person's."""
        return self.organization or f"{self.first_name} {self.last_name}".strip()

    def content(self) -> types.Contact:
        """The contact as it crosses the door."""
        return types.Contact(
            type=types.ContactType(self.type),
            first_name=self.first_name,
            last_name=self.last_name,
            email=self.email,
            phone=self.phone,
            address=self.address,
            postal_code=self.postal_code,
            city=self.city,
            state=self.state,
            country=str(self.country),
            identification=self.identification,
            organization=self.organization if self.type == self.Type.ORGANIZATION else "",
            organization_type=self.organization_type if self.type == self.Type.ORGANIZATION else "",
            fax=self.fax,
        )


def fingerprint(content: types.Contact, extra: Mapping[str, str] | None = None) -> str:
    """The same for the same content, whatever its case and spacing: one handle per account and content.

    `extra` are the fields of an extension that the registrar keeps with the contact.
    """
    words = {
        name: " ".join(str(getattr(content, name)).split()).casefold()
        for name in sorted(types.Contact.__dataclass_fields__)
        # Left out while empty: handles made before this field existed keep their fingerprint.
        if name != "language" or content.language
    }
    if extra:
        words |= {f"extra:{name}": str(value) for name, value in extra.items()}
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def handle_of(record: types.ContactRecord) -> str:
    """The handle under which a contact is kept: the registrar's, or one of our own where it has none."""
    return record.handle or f"content:{fingerprint(record.contact)[:32]}"


class ContactHandle(TimeStampedModel):
    """A contact's copy at a registrar, under the registrar's handle."""

    account = models.ForeignKey(
        "registrar_account.Account", on_delete=models.CASCADE, related_name="contact_handles"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="handles"
    )
    handle = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField(default=dict)
    verification = models.CharField(max_length=16, default=types.Verification.UNKNOWN)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["handle"]
        constraints = [models.UniqueConstraint(fields=["account", "handle"], name="contact_handle_once")]
        indexes = [models.Index(fields=["account", "fingerprint"], name="contact_handle_content")]

    def __str__(self) -> str:
        return self.handle
