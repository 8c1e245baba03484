"""What people enter about mailboxes and mail forwards, and what all forms about things in a plan have in common."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.domain.models import Domain
from panel.domain.names import ImpossibleName, to_a_label
from panel.hosting import passwords
from panel.hosting.models import Item

PLAIN = {"class": "mono", "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}
LOCAL_PART = re.compile(r"[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?")
MOST_TARGETS = 50


class ItemForm(forms.Form):
    """About one thing of a name: a new one, or `item`. `form` tells one filling from another, also when sent twice."""

    use_required_attribute = False
    # A password that was made here, not typed.
    made = ""
    form = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, domain: Domain, item: Item | None = None, **named: Any) -> None:
        named.setdefault("initial", {}).setdefault("form", secrets.token_urlsafe(16))
        super().__init__(*args, **named)
        self.domain, self.item = domain, item

    def clean_form(self) -> str:
        """What the page gave, or something new: never nothing, which would be everybody's."""
        return self.cleaned_data["form"] or secrets.token_urlsafe(16)

    @property
    def item_name(self) -> str:
        """The name of the thing that a valid form is about."""
        return self.item.name if self.item is not None else str(self.cleaned_data["name"])

    @property
    def values(self) -> dict[str, Any]:
        """The columns of its model that a valid form sets."""
        return {}

    @property
    def secrets(self) -> dict[str, Any]:
        """What goes to the registrar and is kept nowhere else."""
        return {}


class PasswordMixin(forms.Form):
    """A password that is typed, or made where it is left empty. It never comes back into the form."""

    password = forms.CharField(
        label=gettext_lazy("Password"), required=False, max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "data-password": ""}),
        help_text=gettext_lazy("Leave it empty and we make a strong one, which is shown once."),
    )  # fmt: skip

    def clean_password(self) -> str:
        """The password that is to be set, made here where none was typed."""
        typed: str = self.cleaned_data["password"]
        if not typed:
            self.made = passwords.make()
            return self.made
        passwords.check(typed, *self.names_near())
        return typed

    def names_near(self) -> list[str]:
        """What a password must not hold: it would be tried first."""
        return []

    @property
    def secrets(self) -> dict[str, Any]:
        """The password alone."""
        return {"password": self.cleaned_data["password"]}


class LocalPartMixin(forms.Form):
    """The part of an address before the @."""

    CATCHES_ALL = False
    name = forms.CharField(
        label=gettext_lazy("Address"), max_length=255,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "info"}),
        error_messages={"required": gettext_lazy("Write what stands before the @.")},
    )  # fmt: skip

    def clean_name(self) -> str:
        """The whole address in lower case; what was typed behind the @ must be the name itself."""
        typed = self.cleaned_data["name"].strip().lower()
        local, at, behind = typed.partition("@")
        domain: Domain = self.domain  # type: ignore[attr-defined]
        if at and behind not in (domain.name, domain.unicode_name):
            raise ValidationError(_("The address must end with @%(name)s.") % {"name": domain.unicode_name})
        if local == "*" and self.CATCHES_ALL:
            return f"*@{domain.name}"
        if not LOCAL_PART.fullmatch(local) or ".." in local:
            raise ValidationError(_("Use letters without accents, digits, and . _ + - between them."))
        return f"{local}@{domain.name}"


class NewMailboxForm(PasswordMixin, LocalPartMixin, ItemForm):
    """A mailbox with its password."""

    field_order = ("name", "password", "form")

    def names_near(self) -> list[str]:
        return [self.cleaned_data.get("name", "").partition("@")[0], self.domain.name.partition(".")[0]]


class MailboxPasswordForm(PasswordMixin, ItemForm):
    """Another password of a mailbox."""

    def names_near(self) -> list[str]:
        return [self.item_name.partition("@")[0], self.domain.name.partition(".")[0]]


class TargetsMixin(forms.Form):
    """Where mail goes on to."""

    targets = forms.CharField(
        label=gettext_lazy("Goes on to"), max_length=5000,
        widget=forms.Textarea(attrs={**PLAIN, "rows": 3, "placeholder": "ada@example.com"}),
        help_text=gettext_lazy("One e-mail address on each line."),
        error_messages={"required": gettext_lazy("Give at least one address.")},
    )  # fmt: skip

    def clean_targets(self) -> list[str]:
        """The addresses, their domains as A-labels, each once."""
        given = re.split(r"[\s,;]+", self.cleaned_data["targets"])
        found = [_target(typed) for typed in given if typed]
        if not found:
            raise ValidationError(_("Give at least one address."))
        if len(found) > MOST_TARGETS:
            raise ValidationError(_("At most %(count)s addresses fit.") % {"count": MOST_TARGETS})
        return list(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        """Mail that goes to where it comes from would go round for ever."""
        cleaned: dict[str, Any] = super().clean() or {}
        own = cleaned.get("name") or (self.item.name if self.item else "")  # type: ignore[attr-defined]
        if own and own in [target.lower() for target in cleaned.get("targets", ())]:
            self.add_error("targets", _("It cannot lead to itself."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The addresses."""
        return {"targets": self.cleaned_data["targets"]}


def _target(typed: str) -> str:
    local, _at, domain = typed.strip("<>").rpartition("@")
    try:
        ascii_domain = ".".join(to_a_label(label) for label in domain.split("."))
        validate_email(f"{local}@{ascii_domain}")
    except (ImpossibleName, ValidationError):
        raise ValidationError(
            _("%(text)s is not an e-mail address.") % {"text": typed[:80]}, code="invalid"
        ) from None
    return f"{local}@{ascii_domain}"


class NewAliasForm(TargetsMixin, LocalPartMixin, ItemForm):
    """A mail forward. A star catches whatever no mailbox and no forward takes."""

    CATCHES_ALL = True
    field_order = ("name", "targets", "form")


class AliasForm(TargetsMixin, ItemForm):
    """Other targets of a mail forward."""

    def __init__(self, *args: Any, item: Item, **named: Any) -> None:
        shown = {"targets": "\n".join(getattr(item, "targets", ()))}
        super().__init__(*args, item=item, **{**named, "initial": {**shown, **named.get("initial", {})}})
