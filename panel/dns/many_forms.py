"""What a change of many zones has to know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.dns.replace import BadPair, Replacement, replacement
from panel.domain.names import ImpossibleName, to_a_label

_PLAIN = {"class": "mono", "spellcheck": "false", "autocomplete": "off"}
_SAYS = {
    "value": _("Write an IP address, or the whole name of a host."),
    "kind": _("An IPv4 address is replaced by an IPv4 address, IPv6 by IPv6, and a host by a host."),
    "same": _("Both are the same."),
}


class ReplaceForm(forms.Form):
    """The address or host that is looked for, and what comes in its place."""

    old = forms.CharField(
        label=_("Address or host to replace"), max_length=253, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("For example 203.0.113.10, 2001:db8::10 or old.example.net"),
    )  # fmt: skip
    new = forms.CharField(
        label=_("What comes in its place"), max_length=253, widget=forms.TextInput(attrs=_PLAIN)
    )
    name = forms.CharField(
        label=_("Only in zones whose name contains"), required=False, max_length=100,
        widget=forms.TextInput(attrs=_PLAIN),
    )  # fmt: skip

    replacement: Replacement

    def clean(self) -> dict[str, Any]:
        """Reads the pair."""
        data = super().clean() or {}
        if data.get("old") and data.get("new"):
            try:
                self.replacement = replacement(_ascii(data["old"]), _ascii(data["new"]))
            except BadPair as error:
                self.add_error(error.field, _SAYS[error.reason])
        return data


class ChooseForm(forms.Form):
    """Which zones a template is for."""

    name = forms.CharField(
        label=_("Zones whose name contains"), required=False, max_length=100, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("Leave it empty for all of them: you choose from the list afterwards."),
    )  # fmt: skip


def _ascii(text: str) -> str:
    try:
        return ".".join(label if label.isascii() else to_a_label(label) for label in text.strip().split("."))
    except ImpossibleName:
        return text
