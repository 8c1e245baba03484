"""One record as a person enters it: fields by its type, checked as the whole zone is checked later."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.dns import lint, naming
from panel.dns.wording import USUAL_TTLS, WITH_PRIORITY, ttl_words
from panel.domain.models import Domain, to_unicode
from registrar.types import DnsRecord, RecordType
from registrar.zones import ZoneRules

PLAIN = {"class": "mono", "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}
FIELDS = {
    RecordType.A: ("address",),
    RecordType.AAAA: ("address",),
    RecordType.CNAME: ("host",),
    RecordType.ANAME: ("host",),
    RecordType.NS: ("host",),
    RecordType.MX: ("host", "priority"),
    RecordType.SRV: ("host", "port", "priority", "weight"),
    RecordType.TXT: ("text",),
    RecordType.CAA: ("tag", "authority", "flags"),
}
_CAA = re.compile(r'(\d{1,3})\s+(\S+)\s+"([^"]*)"')
# Where a remark about a record is told.
_FIELD_OF = {
    "name": "name", "outside": "name", "cname_apex": "name", "ttl": "ttl", "priority": "priority",
}  # fmt: skip


class RecordForm(forms.Form):
    """A record of one type. Valid, it has `record` and `comment`; what is there already is `shown`."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Name"), required=False, max_length=253,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "www", "data-effective": "effective-name"}),
    )  # fmt: skip
    address = forms.CharField(
        label=gettext_lazy("Address"), max_length=45, widget=forms.TextInput(attrs=PLAIN)
    )
    host = forms.CharField(label=gettext_lazy("Host"), max_length=255, widget=forms.TextInput(attrs=PLAIN))
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=4096, strip=False, widget=forms.Textarea(attrs={**PLAIN, "rows": 3}),
        help_text=gettext_lazy("Without quotes around it."),
    )  # fmt: skip
    priority = forms.IntegerField(
        label=gettext_lazy("Priority"), min_value=0, max_value=65535, initial=10,
        help_text=gettext_lazy("The lowest number is tried first."),
    )  # fmt: skip
    weight = forms.IntegerField(
        label=gettext_lazy("Weight"), min_value=0, max_value=65535, initial=0,
        help_text=gettext_lazy("Shares the load among hosts of the same priority."),
    )  # fmt: skip
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=0, max_value=65535)
    tag = forms.ChoiceField(label=gettext_lazy("What it is about"))
    authority = forms.CharField(
        label=gettext_lazy("Authority, or address for reports"), max_length=255, required=False,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "letsencrypt.org"}),
        help_text=gettext_lazy("Empty forbids every authority."),
    )  # fmt: skip
    flags = forms.TypedChoiceField(label=gettext_lazy("Who does not understand it"), coerce=int)
    ttl = forms.TypedChoiceField(
        label=gettext_lazy("Kept by others for"), coerce=int, empty_value=None, required=False
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"), max_length=200, required=False,
        help_text=gettext_lazy("Only for you and your colleagues: it is never published."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        domain: Domain,
        kind: RecordType,
        rules: ZoneRules,
        shown: DnsRecord | None = None,
        comment: str = "",
        initial: dict[str, Any] | None = None,
    ) -> None:
        told = {**split(shown, domain), "comment": comment} if shown is not None else {}
        super().__init__(data, initial={**told, **(initial or {})})
        self.domain, self.kind, self.rules, self.shown = domain, kind, rules, shown
        wanted = {"name", *FIELDS[kind], "ttl", "comment"}
        for field in set(self.fields) - wanted:
            del self.fields[field]
        self.order_fields(["name", *FIELDS[kind], "ttl", "comment"])
        self._fit()

    def _fit(self) -> None:
        """The fields as this type and this zone want them."""
        fields = self.fields
        fields["ttl"].choices = self._ttls()  # type: ignore[attr-defined]
        fields["name"].widget.attrs["data-zone"] = self.domain.unicode_name
        if self.kind == RecordType.SRV:
            fields["name"].widget.attrs["placeholder"] = "_sip._tcp"
        if self.kind == RecordType.CAA:
            fields["tag"].choices = _with_shown(_tags(), self.initial.get("tag"))  # type: ignore[attr-defined]
            fields["flags"].choices = _with_shown(_flags(), self.initial.get("flags"))  # type: ignore[attr-defined]
        if "address" in fields:
            six = self.kind == RecordType.AAAA
            fields["address"].label = _("IPv6 address") if six else _("IPv4 address")
            fields["address"].widget.attrs["placeholder"] = "2001:db8::10" if six else "192.0.2.10"
        if "host" in fields:
            fields["host"].label = _hosts()[self.kind]
            fields["host"].widget.attrs["placeholder"] = "host.example.net"

    def _ttls(self) -> list[tuple[int | str, str]]:
        current = self.shown.ttl if self.shown is not None else None
        numbers = {number for number in USUAL_TTLS if number >= self.rules.minimum_ttl}
        if current is not None:
            numbers.add(current)
        choices: list[tuple[int | str, str]] = [(number, ttl_words(number)) for number in sorted(numbers)]
        # A time that is set cannot be made the usual one again: nobody tells us what that is.
        return choices if current is not None else [("", _("The usual time")), *choices]

    def clean_name(self) -> str:
        """The full name, as A-labels."""
        try:
            return naming.full_name(self.cleaned_data["name"], self.domain)
        except naming.ImpossibleName as error:
            raise forms.ValidationError(str(error.sentence)) from None

    def clean_host(self) -> str:
        """A host, as A-labels; a dot alone only where it says that there is none."""
        try:
            host = naming.host_name(self.cleaned_data["host"], self.domain)
        except naming.ImpossibleName as error:
            raise forms.ValidationError(str(error.sentence)) from None
        if host == "." and not (self.rules.says_nowhere and self.kind in WITH_PRIORITY):
            raise forms.ValidationError(_("A lone dot cannot be kept here: name a host."))
        return host

    def clean_text(self) -> str:
        """One line: what was pasted with line ends is joined."""
        return " ".join(str(self.cleaned_data["text"]).split("\n")).replace("\r", "").strip()

    def clean_authority(self) -> str:
        """Without the quotes that zone files have."""
        return str(self.cleaned_data["authority"]).strip().strip('"')

    def clean(self) -> dict[str, Any]:
        """What is wrong with the record as such, beside the field that it is about."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            rules = self.rules
            remarks = lint.check(
                (), [self.record], self.domain.name, hosted_types=rules.types, minimum_ttl=rules.minimum_ttl
            )
            for remark in remarks:
                if remark.level == lint.Level.ERROR:
                    field = _FIELD_OF.get(remark.code, FIELDS[self.kind][0])
                    self.add_error(field if field in self.fields else None, remark.sentence)
        return cleaned

    @property
    def record(self) -> DnsRecord:
        """The record of a form whose fields are valid."""
        values = self.cleaned_data
        return DnsRecord(
            values["name"], self.kind, join(self.kind, values), values["ttl"], values.get("priority")
        )

    @property
    def effective(self) -> str:
        """The full name of what was typed so far, as U-labels."""
        typed = str(self["name"].value() or "")
        try:
            return to_unicode(naming.full_name(typed, self.domain))
        except naming.ImpossibleName:
            return typed


def split(record: DnsRecord, domain: Domain) -> dict[str, Any]:
    """A record as values of the form's fields."""
    found: dict[str, Any] = {
        "name": naming.relative(record.name, domain.name),
        "ttl": record.ttl,
        "priority": 10 if record.priority is None else record.priority,
    }
    match record.type:
        case RecordType.A | RecordType.AAAA:
            return {**found, "address": record.value}
        case RecordType.TXT:
            return {**found, "text": record.value}
        case RecordType.SRV:
            weight, port, host = (*record.value.split(" ", 2), "", "")[:3]
            return {**found, "weight": weight, "port": port, "host": to_unicode(host)}
        case RecordType.CAA:
            parts = _CAA.fullmatch(record.value)
            flags, tag, text = parts.groups() if parts else ("0", "issue", record.value)
            return {**found, "flags": int(flags), "tag": tag, "authority": text}
    return {**found, "host": to_unicode(record.value)}


def join(kind: RecordType, values: dict[str, Any]) -> str:
    """The value that the form's fields make."""
    match kind:
        case RecordType.A | RecordType.AAAA:
            return str(values["address"]).strip()
        case RecordType.TXT:
            return str(values["text"])
        case RecordType.SRV:
            return f"{values['weight']} {values['port']} {values['host']}"
        case RecordType.CAA:
            return f'{values["flags"]} {values["tag"]} "{values["authority"]}"'
    return str(values["host"])


def _hosts() -> dict[RecordType, str]:
    return {
        RecordType.CNAME: _("Host that it stands for"),
        RecordType.ANAME: _("Host that it stands for"),
        RecordType.NS: _("Nameserver"),
        RecordType.MX: _("Mail server"),
        RecordType.SRV: _("Host that offers the service"),
    }


def _tags() -> list[tuple[Any, str]]:
    return [
        ("issue", _("Certificates (issue)")),
        ("issuewild", _("Certificates for all names below (issuewild)")),
        ("iodef", _("Reports of refused orders (iodef)")),
    ]


def _flags() -> list[tuple[Any, str]]:
    return [(0, _("may ignore it")), (128, _("must not issue (critical)"))]


def _with_shown(choices: list[tuple[Any, str]], shown: Any) -> list[tuple[Any, str]]:
    """The choices, and what is there already where it is none of them."""
    if shown is None or shown in dict(choices):
        return choices
    return [*choices, (shown, str(shown))]
