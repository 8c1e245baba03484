"""What people enter about hosts below a name and about its keys."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.domain.models import Domain
from panel.domain.names import ImpossibleName, to_a_label
from registrar import types

HEXADECIMAL = re.compile(r"[0-9A-F]+")
# IANA's registries of DNSSEC: those that a registry takes, the common ones first.
ALGORITHMS = (
    (13, "13 · ECDSA P-256, SHA-256"), (8, "8 · RSA, SHA-256"), (15, "15 · Ed25519"), (14, "14 · ECDSA P-384, SHA-384"),
    (10, "10 · RSA, SHA-512"), (16, "16 · Ed448"), (7, "7 · RSA, SHA-1, NSEC3"), (5, "5 · RSA, SHA-1"),
)  # fmt: skip
DIGESTS = ((2, "2 · SHA-256"), (4, "4 · SHA-384"), (1, "1 · SHA-1"))
# Characters of a digest in hexadecimal.
DIGEST_LENGTHS = {1: 40, 2: 64, 4: 96}
PLAIN = {"class": "mono", "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}


class GlueForm(forms.Form):
    """A host below the name, and at least one address of it."""

    use_required_attribute = False
    host = forms.CharField(
        label=gettext_lazy("Host"), max_length=253, widget=forms.TextInput(attrs={**PLAIN, "placeholder": "ns1"}),
        help_text=gettext_lazy("Only what stands before the name, such as ns1."),
    )  # fmt: skip
    ipv4 = forms.GenericIPAddressField(
        label=gettext_lazy("IPv4 address"), protocol="ipv4", required=False, widget=forms.TextInput(attrs=PLAIN),
        error_messages={"invalid": gettext_lazy("Write it like 192.0.2.10.")},
    )  # fmt: skip
    ipv6 = forms.GenericIPAddressField(
        label=gettext_lazy("IPv6 address"), protocol="ipv6", required=False, widget=forms.TextInput(attrs=PLAIN),
        error_messages={"invalid": gettext_lazy("Write it like 2001:db8::10.")},
    )  # fmt: skip

    def __init__(self, *args: Any, domain: Domain, **named: Any) -> None:
        super().__init__(*args, **named)
        self.domain = domain

    def clean_host(self) -> str:
        """The host as A-labels, the name itself added where it was left out."""
        typed = self.cleaned_data["host"].strip().strip(".").lower()
        for ending in (f".{self.domain.name}", f".{self.domain.unicode_name}"):
            typed = typed.removesuffix(ending)
        try:
            labels = [to_a_label(label) for label in typed.split(".")]
        except ImpossibleName:
            raise forms.ValidationError(_("This is not a host name: letters, digits and hyphens.")) from None
        return ".".join([*labels, self.domain.name])

    def clean(self) -> dict[str, Any]:
        """An address that the internet can reach, or two."""
        cleaned: dict[str, Any] = super().clean() or {}
        for field in ("ipv4", "ipv6"):
            address = cleaned.get(field)
            if address and not ipaddress.ip_address(address).is_global:
                self.add_error(field, _("This address cannot be reached from the internet."))
        if not self.errors and not cleaned.get("ipv4") and not cleaned.get("ipv6"):
            self.add_error("ipv4", _("Give it at least one address."))
        return cleaned

    @property
    def glue(self) -> types.GlueRecord:
        """The host of a valid form."""
        values = self.cleaned_data
        return types.GlueRecord(values["host"], values["ipv4"] or "", values["ipv6"] or "")


class DnssecForm(forms.Form):
    """One delegation signer entry, as the provider of the DNS shows it; with `asks_key`, the key that it is of."""

    use_required_attribute = False
    key_tag = forms.IntegerField(label=gettext_lazy("Key tag"), min_value=0, max_value=65535)
    algorithm = forms.TypedChoiceField(label=gettext_lazy("Algorithm"), choices=ALGORITHMS, coerce=int)
    digest_type = forms.TypedChoiceField(label=gettext_lazy("Digest type"), choices=DIGESTS, coerce=int)
    digest = forms.CharField(
        label=gettext_lazy("Digest"), max_length=128, widget=forms.Textarea(attrs={**PLAIN, "rows": 2}),
        help_text=gettext_lazy("Hexadecimal: the last part of the DS record. Spaces do no harm."),
    )  # fmt: skip

    def __init__(self, *args: Any, asks_key: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        self.asks_key = asks_key
        if asks_key:
            self.fields["flags"] = forms.TypedChoiceField(
                label=_("Flags of the key"), choices=[(257, "257 · KSK"), (256, "256 · ZSK")], coerce=int
            )
            self.fields["public_key"] = forms.CharField(
                label=_("Public key"), widget=forms.Textarea(attrs={**PLAIN, "rows": 3}), max_length=2000,
                help_text=_("Base64: the last part of the DNSKEY record."),
            )  # fmt: skip

    def clean_digest(self) -> str:
        """Hexadecimal in upper case, without the spaces that zone files have."""
        digest = "".join(self.cleaned_data["digest"].split()).upper()
        if not HEXADECIMAL.fullmatch(digest):
            raise forms.ValidationError(_("A digest is made of the digits 0 to 9 and the letters A to F."))
        return digest

    def clean_public_key(self) -> str:
        """Base64 without spaces."""
        text = "".join(self.cleaned_data["public_key"].split())
        try:
            base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(_("This is not Base64. Copy the key as a whole.")) from None
        return text

    def clean(self) -> dict[str, Any]:
        """A digest is as long as its type says."""
        cleaned: dict[str, Any] = super().clean() or {}
        wanted = DIGEST_LENGTHS.get(cleaned.get("digest_type", 0))
        digest = cleaned.get("digest")
        if wanted and digest and len(digest) != wanted:
            self.add_error(
                "digest",
                _("A digest of this type has %(wanted)s characters; this one has %(found)s.")
                % {"wanted": wanted, "found": len(digest)},
            )
        return cleaned

    @property
    def entry(self) -> types.DnssecKey:
        """The entry of a valid form."""
        values = self.cleaned_data
        return types.DnssecKey(
            values["key_tag"], values["algorithm"], values["digest_type"], values["digest"]
        )

    @property
    def dns_key(self) -> types.DnsKey | None:
        """The key of a valid form, where it was asked for. Protocol 3 is the only one (RFC 4034, 2.1.2)."""
        if not self.asks_key:
            return None
        values = self.cleaned_data
        return types.DnsKey(values["flags"], 3, values["algorithm"], values["public_key"])
