"""What people enter about a name that is here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.contact.models import Contact
from panel.contact.validation import validate_nameservers
from panel.core.cells import written_day
from panel.core.templatetags.formatting import format_money
from panel.domain.models import Domain
from panel.domain.operations_contacts import ROLES
from panel.domain.wording import is_parked, role_labels
from registrar.tld import nameserver_limits

PARKING, OWN = "parking", "own"


class Offer(Protocol):
    """A period that can be bought: its years, when it ends, and its price, None where nobody pays."""

    @property
    def years(self) -> int: ...
    @property
    def until(self) -> date: ...
    @property
    def total(self) -> Decimal | None: ...


class NameserverChoice(forms.Form):
    """Which nameservers answer for names: the ones that come with them, or others; `fewest` and `most` of those."""

    fewest: int
    most: int

    use_required_attribute = False
    choice = forms.ChoiceField(
        label=gettext_lazy("Who answers for the name"), choices=[], widget=forms.RadioSelect, required=True
    )
    servers = forms.CharField(
        label=gettext_lazy("Nameservers"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 4, "class": "mono", "spellcheck": "false", "autocapitalize": "off"}
        ),
        help_text=gettext_lazy(
            "One per line, such as ns1.example.com. Your hosting or DNS provider tells you which."
        ),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [(OWN, _("My own nameservers")), (PARKING, _("The ones that come with the name"))]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """With own servers, the list must be complete."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["nameservers"] = []
        if cleaned.get("choice") == OWN:
            names, problems = validate_nameservers(cleaned.get("servers", ""), self.fewest, self.most)
            for problem in problems:
                self.add_error("servers", problem)
            cleaned["nameservers"] = names
        return cleaned


class NameserversForm(NameserverChoice):
    """Which nameservers answer for a name that is here."""

    def __init__(self, *args: Any, domain: Domain, own: Sequence[str], **named: Any) -> None:
        """`own` are the customer's own servers of today as U-labels, if any."""
        initial = {
            "choice": OWN if own or not is_parked(domain) else PARKING,
            "servers": "\n".join(own),
        }
        super().__init__(*args, **{"initial": initial, **named})
        self.domain = domain
        limits = nameserver_limits(domain.account.family)
        self.fewest, self.most = limits.minimum, max(limits.maximum, limits.update_maximum)


class ContactsForm(forms.Form):
    """Who answers for a name beside its registrant. What is not chosen stays as it is."""

    use_required_attribute = False

    def __init__(self, *args: Any, contacts: QuerySet[Contact], **named: Any) -> None:
        super().__init__(*args, **named)
        labels = role_labels()
        for role in ROLES:
            self.fields[role] = ContactField(
                contacts, label=labels[role], required=False, to_field_name="public_id",
                empty_label=_("Leave as it is"),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Something must have been chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.roles = {role: cleaned[role] for role in ROLES if cleaned.get(role)}
        if not self.errors and not self.roles:
            raise forms.ValidationError(_("Choose a contact for at least one of them."))
        return cleaned


class ContactField(forms.ModelChoiceField):
    """Contacts of the book, with the place that tells two of one name apart."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, city and country."""
        return f"{obj.display_name} · {obj.city}, {obj.country.name}"


class TermForm(forms.Form):
    """For how long something is bought. Each choice carries the price that was shown."""

    use_required_attribute = False
    term = forms.ChoiceField(
        label=gettext_lazy("For how long"),
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": gettext_lazy(
                "The price has changed since you saw it. Look at the new one, then decide."
            )
        },
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, offers: Sequence[Offer], currency: str, **named: Any) -> None:
        super().__init__(*args, **named)
        self.offers = {_key(offer): offer for offer in offers}
        self.fields["term"].choices = [  # type: ignore[attr-defined]
            (value, _in_words(offer, currency)) for value, offer in self.offers.items()
        ]
        self.fields["term"].initial = next(iter(self.offers), None)

    @property
    def chosen(self) -> Offer:
        """The offer that a valid form asks for."""
        return self.offers[self.cleaned_data["term"]]


class RenewForm(TermForm):
    """For how long a name is renewed; the date that was shown comes back with it."""

    expires_on = forms.DateField(widget=forms.HiddenInput)


class PrivacyForm(TermForm):
    """For how long privacy is bought."""


def _key(offer: Offer) -> str:
    return f"{offer.years}@{'' if offer.total is None else offer.total}"


def _in_words(offer: Offer, currency: str) -> str:
    years = ngettext("%(years)d year", "%(years)d years", offer.years) % {"years": offer.years}
    words = {"years": years, "until": written_day(offer.until)}
    if offer.total is None:
        return _("%(years)s, until %(until)s") % words
    return _("%(years)s, until %(until)s: %(price)s") % {
        **words,
        "price": format_money(offer.total, currency),
    }
