"""What is asked before names are moved here: text with names and codes, then for whom, and which nameservers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.contact.models import Contact
from panel.contact.validation import validate_contact, validate_extra, validate_nameservers
from panel.domain.forms import OWN, ContactField
from panel.domain.questions import PREFIX, ask, form_field
from panel.domain.registrant import as_payload
from panel.domain.transfer.models import TransferLine
from panel.domain.transfer.offers import TransferOffer, total_of
from panel.domain.transfer.reading import LONGEST_CODE
from registrar import FAMILIES, TransferServers
from registrar.tld import nameserver_limits

KEEP = "keep"
LONGEST_TEXT = 100_000


class NamesForm(forms.Form):
    """Names and codes as they were pasted. Codes that were given before are hidden in the text, sealed in `kept`."""

    use_required_attribute = False
    names = forms.CharField(
        label=gettext_lazy("Names and auth codes"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 8, "class": "mono", "spellcheck": "false", "autocapitalize": "off",
                "autocomplete": "off", "placeholder": "lighthouse.com  aB3-xY9!q\nlighthouse.fr  7Kd-22Lm",
            }
        ),
        help_text=gettext_lazy(
            "One name and its auth code per line, with a space, tab, comma or semicolon between them. "
            "Up to 200 lines. The present provider gives you the codes."
        ),
        error_messages={"required": gettext_lazy("Enter at least one name.")},
    )  # fmt: skip
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    def show_again(self, text: str, kept: str, problems: Sequence[str]) -> None:
        """Put what may be shown in place of what was sent, and say what is wrong."""
        self.data = {"names": text, "kept": kept}
        for problem in problems:
            self.add_error("names", problem)


class TransferForm(forms.Form):
    """Who the names of a batch are for, their nameservers, and what their extensions ask."""

    use_required_attribute = False
    registrant = ContactField(
        label=gettext_lazy("Registrant"),
        queryset=Contact.objects.none(),
        to_field_name="public_id",
        empty_label=gettext_lazy("Choose a contact"),
        help_text=gettext_lazy("The person or organization the names belong to, by law."),
        error_messages={"required": gettext_lazy("Choose who the names belong to.")},
    )
    choice = forms.ChoiceField(
        label=gettext_lazy("Nameservers"),
        widget=forms.RadioSelect,
        choices=[
            (KEEP, gettext_lazy("Keep those that each name has: web pages and e-mail go on as they are")),
            (OWN, gettext_lazy("Change them to my own")),
        ],
    )
    servers = forms.CharField(
        label=gettext_lazy("Nameservers to use"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 4, "class": "mono", "spellcheck": "false", "autocapitalize": "off"}
        ),
    )
    total = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        offers: Sequence[TransferOffer],
        contacts: QuerySet[Contact],
        *,
        data: Any = None,
        proposed: Contact | None = None,
        draft: Mapping[str, str] | None = None,
    ) -> None:
        """`offers` can be ordered now; `proposed` is chosen to begin with, `draft` is what was entered so far."""
        chosen = proposed.public_id if proposed else None
        super().__init__(data, initial={"registrant": chosen, "choice": KEEP, **(draft or {})})
        self.initial["total"] = str(total_of(offers))
        self.lines = [offer.line for offer in offers]
        self.fields["registrant"].queryset = contacts  # type: ignore[attr-defined]
        given = contacts.filter(public_id=str(self.data.get("registrant", ""))).first() if data else proposed
        self.owner: Contact | None = given
        places = {(line.account.family, line.tld_name) for line in self.lines}
        asked = [(family, tld_name, "transfer") for family, tld_name in sorted(places)]
        self.questions = ask(asked, given.type) if given else []
        for question in self.questions:
            self.fields[question.name] = form_field(question, given, {})
        self.must_tell = False
        self._shape_servers()

    def _shape_servers(self) -> None:
        """Only what the registrars of these names can be told is asked."""
        wanted = {servers_of(line) for line in self.lines}
        if TransferServers.EITHER not in wanted:
            del self.fields["choice"]
        if wanted <= {TransferServers.KEPT}:
            del self.fields["servers"]
            return
        told = [line for line in self.lines if servers_of(line) != TransferServers.KEPT]
        limits = [nameserver_limits(family) for family in {line.account.family for line in told}]
        self.fewest = max(limit.minimum for limit in limits)
        self.most = min(limit.maximum for limit in limits)
        self.must_tell = TransferServers.GIVEN in wanted
        numbers = {"least": self.fewest, "most": self.most}
        aid = _("%(least)d to %(most)d host names, one per line.") % numbers
        if self.must_tell:
            aid += " " + _("The registry wants to be told them, also those that stay as they are.")
        self.fields["servers"].help_text = aid

    @property
    def extra_fields(self) -> list[forms.BoundField]:
        """What the extensions ask, ready to show."""
        return [self[question.name] for question in self.questions]

    @property
    def keeping(self) -> list[TransferLine]:
        """Names that come with the nameservers they have, whatever is chosen for the others."""
        kept = [line for line in self.lines if servers_of(line) == TransferServers.KEPT]
        return kept if len(kept) < len(self.lines) else []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.owner is not None and validate_contact(as_payload(self.owner))[1]:
            self.add_error(
                "registrant", _("The contact is not complete. Open it and fill in what is missing.")
            )
        self._clean_servers(cleaned)
        if self.owner is not None:
            self._clean_extra(self.owner.type)
        return cleaned

    def _clean_servers(self, cleaned: dict[str, Any]) -> None:
        cleaned["server_list"] = []
        own = cleaned.get("choice") == OWN
        if "servers" not in self.fields or not (own or self.must_tell):
            return
        names, problems = validate_nameservers(cleaned.get("servers", ""), self.fewest, self.most)
        for problem in problems:
            self.add_error("servers", problem)
        cleaned["server_list"] = names

    def _clean_extra(self, contact_type: str) -> None:
        for line in {(line.account.family, line.tld_name): line for line in self.lines}.values():
            family, tld_name = line.account.family, line.tld_name
            problems = validate_extra(family, tld_name, "transfer", contact_type, self.extra_for(line))[1]
            for name, sentences in problems.items():
                if PREFIX + name in self.fields and not self.has_error(PREFIX + name):
                    self.add_error(PREFIX + name, sentences[0])

    def extra_for(self, line: TransferLine) -> dict[str, str]:
        """What was answered of what the line's extension asks."""
        asked = [question for question in self.questions if line.tld_name in question.tlds]
        return {question.field.name: str(self.data.get(question.name, "") or "") for question in asked}

    def servers_for(self, line: TransferLine) -> list[str]:
        """The nameservers of a valid form for one name; none: those that it has."""
        wanted: list[str] = self.cleaned_data["server_list"]
        match servers_of(line):
            case TransferServers.KEPT:
                return []
            case TransferServers.GIVEN:
                return wanted
            case _:
                return wanted if self.cleaned_data.get("choice") == OWN else []


def servers_of(line: TransferLine) -> TransferServers:
    """Which nameservers the registrar of this name takes in a transfer."""
    return FAMILIES[line.account.family].transfer_servers


class CodeForm(forms.Form):
    """Another auth code. It is not shown again, whatever is wrong with it."""

    use_required_attribute = False
    auth_code = forms.CharField(
        label=gettext_lazy("New auth code"),
        max_length=LONGEST_CODE,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "mono"}),
        help_text=gettext_lazy(
            "From the present provider. Codes often end after some days: ask for a fresh one."
        ),
        error_messages={"required": gettext_lazy("Enter the new code.")},
    )
