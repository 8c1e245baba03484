"""What people enter about FTP accounts, databases and subdomains."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.domain.models import Domain
from panel.domain.names import ImpossibleName, to_a_label
from panel.hosting.forms import PLAIN, ItemForm, PasswordMixin
from panel.hosting.models import Item
from panel.hosting.operations_files import UNNAMED
from panel.hosting.pairs import Mismatch, check_pair

FTP_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")
LONGEST_PATH = 255


class SecretTextarea(forms.Textarea):
    """Many lines of a secret: they never come back into the page."""

    def format_value(self, value: Any) -> str:
        return ""


def folder(typed: str) -> str:
    """A path in the plan's own space. Raises ValidationError for one that climbs out of it."""
    path = typed.strip()
    if ".." in path.split("/") or "\\" in path or not path.isprintable():
        raise ValidationError(_("Write a folder such as public/ or public/blog/."))
    return path


class FolderMixin(forms.Form):
    """A folder of the plan's space."""

    path = forms.CharField(
        label=gettext_lazy("Folder"), max_length=LONGEST_PATH,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "public/"}),
        error_messages={"required": gettext_lazy("Write a folder, or / for all of it.")},
    )  # fmt: skip

    def clean_path(self) -> str:
        """The folder."""
        return folder(self.cleaned_data["path"])

    @property
    def values(self) -> dict[str, Any]:
        """The folder."""
        return {"path": self.cleaned_data["path"]}


class NewFtpForm(PasswordMixin, FolderMixin, ItemForm):
    """A user that may reach a folder."""

    name = forms.CharField(
        label=gettext_lazy("User"), max_length=120,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "blog"}),
        error_messages={"required": gettext_lazy("Give the user a name.")},
    )  # fmt: skip
    field_order = ("name", "path", "password", "form")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["path"].help_text = _("What is above it cannot be seen. A single / gives all of it.")

    def clean_name(self) -> str:
        """The name with the domain behind it, as the registrar writes it."""
        typed = self.cleaned_data["name"].strip().lower().removesuffix(f".{self.domain.name}")
        if not FTP_NAME.fullmatch(typed):
            raise ValidationError(_("Use letters without accents, digits, _ and -."))
        return f"{typed}.{self.domain.name}"

    def names_near(self) -> list[str]:
        return [self.cleaned_data.get("name", "").partition(".")[0], self.domain.name.partition(".")[0]]


class FtpForm(PasswordMixin, FolderMixin, ItemForm):
    """Another folder and another password of a user."""

    field_order = ("path", "password", "form")

    def __init__(self, *args: Any, item: Item, **named: Any) -> None:
        shown = {"path": getattr(item, "path", "")}
        super().__init__(*args, item=item, **{**named, "initial": {**shown, **named.get("initial", {})}})
        self.fields["password"].help_text = _(
            "Folder and password are set together. Left empty, we make a strong one, which is shown once."
        )


class NewDatabaseForm(PasswordMixin, ItemForm):
    """A database; what it is called shows once it is there."""

    external_access = forms.BooleanField(
        label=gettext_lazy("Can be reached from outside"), required=False,
        help_text=gettext_lazy("Only for programs that run elsewhere. Your own pages do not need it."),
    )  # fmt: skip
    field_order = ("password", "external_access", "form")

    @property
    def item_name(self) -> str:
        return UNNAMED.format(name=self.domain.name)

    @property
    def values(self) -> dict[str, Any]:
        return {"external_access": self.cleaned_data["external_access"]}


class DatabaseForm(NewDatabaseForm):
    """Another password of a database, and whether it can be reached from outside."""

    def __init__(self, *args: Any, item: Item, **named: Any) -> None:
        shown = {"external_access": bool(getattr(item, "external_access", False))}
        super().__init__(*args, item=item, **{**named, "initial": {**shown, **named.get("initial", {})}})
        self.fields["password"].help_text = _(
            "Both are set together. Left empty, we make a strong password, which is shown once."
        )

    @property
    def item_name(self) -> str:
        assert self.item is not None
        return self.item.name


class CertificateMixin(FolderMixin):
    """A folder, and a certificate with its key and chain: all three, or none."""

    certificate = forms.CharField(
        label=gettext_lazy("Certificate"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={**PLAIN, "rows": 4, "placeholder": "-----BEGIN CERTIFICATE-----"}),
    )  # fmt: skip
    private_key = forms.CharField(
        label=gettext_lazy("Private key"), required=False, max_length=20_000,
        widget=SecretTextarea(attrs={**PLAIN, "rows": 4, "placeholder": "-----BEGIN PRIVATE KEY-----"}),
        help_text=gettext_lazy("It is handed on and kept nowhere here; it is never shown again."),
    )  # fmt: skip
    chain = forms.CharField(
        label=gettext_lazy("Chain"), required=False, max_length=40_000,
        widget=forms.Textarea(attrs={**PLAIN, "rows": 4, "placeholder": "-----BEGIN CERTIFICATE-----"}),
        help_text=gettext_lazy("The certificates of those who signed it, the nearest first."),
    )  # fmt: skip
    certificate_path = forms.CharField(
        label=gettext_lazy("Folder for https"), required=False, max_length=LONGEST_PATH,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "public/"}),
        help_text=gettext_lazy("Usually the same folder. Left empty, it is."),
    )  # fmt: skip

    def clean_certificate_path(self) -> str:
        """The folder that is shown over https."""
        return folder(self.cleaned_data["certificate_path"])

    def clean(self) -> dict[str, Any]:
        """Certificate, key and chain belong together, and to this name."""
        cleaned: dict[str, Any] = super().clean() or {}
        parts = {field: cleaned.get(field, "").strip() for field in ("certificate", "private_key", "chain")}
        if not any(parts.values()) or self.errors:
            return cleaned
        for field, text in parts.items():
            if not text:
                self.add_error(field, _("Certificate, key and chain are installed together."))
        if self.errors:
            return cleaned
        try:
            check_pair(parts["certificate"], parts["private_key"], parts["chain"], self.host())
        except Mismatch as error:
            self.add_error(error.field, str(error))
        return cleaned

    def host(self) -> str:
        """The host that the certificate is for (A-label)."""
        item: Item | None = self.item  # type: ignore[attr-defined]
        return item.name if item is not None else str(self.cleaned_data.get("name", ""))

    @property
    def values(self) -> dict[str, Any]:
        """The folder, and what is to be installed."""
        given = self.cleaned_data
        if not given["certificate"].strip():
            return {"path": given["path"]}
        return {
            "path": given["path"],
            "certificate": given["certificate"].strip(),
            "chain": given["chain"].strip(),
            "certificate_path": given["certificate_path"] or given["path"],
        }

    @property
    def secrets(self) -> dict[str, Any]:
        """The key."""
        key = self.cleaned_data["private_key"].strip()
        return {"private_key": key} if key else {}


class NewSubdomainForm(CertificateMixin, ItemForm):
    """A subdomain that shows a folder."""

    name = forms.CharField(
        label=gettext_lazy("Subdomain"), max_length=253,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "blog"}),
        error_messages={"required": gettext_lazy("Write what stands before the name.")},
    )  # fmt: skip
    field_order = ("name", "path", "certificate", "private_key", "chain", "certificate_path", "form")

    def clean_name(self) -> str:
        """The whole host as A-labels."""
        return host_below(self.cleaned_data["name"], self.domain)


class SubdomainForm(CertificateMixin, ItemForm):
    """Another folder of a subdomain, or another certificate; without one, what is installed stays."""

    field_order = ("path", "certificate", "private_key", "chain", "certificate_path", "form")

    def __init__(self, *args: Any, item: Item, **named: Any) -> None:
        shown = {"path": getattr(item, "path", "")}
        super().__init__(*args, item=item, **{**named, "initial": {**shown, **named.get("initial", {})}})


def host_below(typed: str, domain: Domain) -> str:
    """A host of the name as A-labels, the name itself added where it was left out. Raises ValidationError."""
    text = typed.strip().strip(".").lower()
    for ending in (f".{domain.name}", f".{domain.unicode_name}"):
        text = text.removesuffix(ending)
    try:
        labels = [to_a_label(label) for label in text.split(".")]
    except ImpossibleName:
        raise ValidationError(_("This is not a host name: letters, digits and hyphens.")) from None
    return ".".join([*labels, domain.name])
