"""What a template asks for, as a form."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import (
    RegexValidator,
    validate_email,
    validate_ipv4_address,
    validate_ipv6_address,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panel.dns.presets import Field, Preset
from panel.domain.names import ImpossibleName, to_a_label

LONGEST = 255
_LABEL = RegexValidator(
    r"^(\*|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*$",
    _("Write the part before the domain only, as in: shop"),
)
_HOST = re.compile(r"([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_PRINTABLE = RegexValidator(r"^[\x20-\x7e]+$", _("Write it on one line, exactly as you were given it."))


class PresetForm(forms.Form):
    """The fields of one template."""

    def __init__(self, data: Any, *, preset: Preset) -> None:
        super().__init__(data, prefix=preset.slug)
        for field in preset.fields:
            self.fields[field.name] = _form_field(field)

    @property
    def values(self) -> dict[str, str]:
        """What was given, by the name of the template's field."""
        return dict(self.cleaned_data)


def _form_field(field: Field) -> forms.Field:
    kinds: dict[str, Any] = {
        "ipv4": [validate_ipv4_address],
        "ipv6": [validate_ipv6_address],
        "label": [_LABEL],
        "text": [_PRINTABLE],
        "email": [validate_email],
    }
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "mono"})
    text = gettext("For example %(example)s") % {"example": field.example} if field.example else ""
    shared: dict[str, Any] = {
        "label": field.label,
        "help_text": text,
        "required": field.required,
        "max_length": LONGEST,
        "widget": widget,
    }
    if field.kind == "host":
        return HostField(**shared)
    return forms.CharField(validators=kinds[field.kind], **shared)


class HostField(forms.CharField):
    """The name of a host, in letters of any language; kept in A-labels."""

    def clean(self, value: Any) -> str:
        """Raises ValidationError for what is no name of a host."""
        text = str(super().clean(value)).lower().rstrip(".")
        if not text:
            return ""
        try:
            found = ".".join(label if label.isascii() else to_a_label(label) for label in text.split("."))
        except ImpossibleName:
            found = ""
        if not _HOST.fullmatch(found):
            raise forms.ValidationError(_("This is not the name of a host."))
        return found
