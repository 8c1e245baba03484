"""What is lent, to whom, until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.access.models import Grant
from panel.access.parts import LABELS, READ_ONLY, Level, Part
from panel.access.words import GROUPS, HELP
from panel.domain.models import Domain
from panel.domain.names import ImpossibleName, to_a_label
from panel.people.models import Customer, Membership
from panel.sharing.presets import BY_HAND, BY_KEY, PRESETS, preset_of

MOST_NAMES = 200
LEVELS = (
    (Level.DISABLED.value, gettext_lazy("No access")),
    (Level.READ.value, gettext_lazy("See")),
    (Level.WRITE.value, gettext_lazy("Change")),
)


class LevelsForm(forms.Form):
    """A preset or sixteen levels, a last day, a note. `levels` of a valid form is what is lent."""

    use_required_attribute = False
    preset = forms.ChoiceField(
        label=gettext_lazy("What they may do"),
        widget=forms.RadioSelect,
        choices=[
            *((preset.key, preset.label) for preset in PRESETS),
            (BY_HAND, gettext_lazy("Part by part")),
        ],
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The last day. Empty: until you end it."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("What it is for. The person reads it in the invitation."),
    )

    def __init__(self, *args: Any, levels: Mapping[Part, Level] | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        given = levels or {}
        self.fields["preset"].initial = preset_of(given) if levels is not None else PRESETS[0].key
        for part in Part:
            self.fields[field_of(part)] = forms.ChoiceField(
                label=str(LABELS[part]),
                choices=LEVELS[:2] if part in READ_ONLY else LEVELS,
                widget=forms.RadioSelect,
                initial=given.get(part, Level.DISABLED).value,
                required=False,
            )

    def clean_until(self) -> Any:
        """Not a day that is over."""
        until = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose a later one, or none."))
        return until

    def clean(self) -> dict[str, Any]:
        """Something must be lent."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = BY_KEY.get(cleaned.get("preset", ""))
        self.levels: dict[Part, Level] = dict(chosen.levels) if chosen else self._by_hand(cleaned)
        if cleaned.get("preset") == BY_HAND and not self.levels:
            self.add_error("preset", _("Choose at least one part that they may see or change."))
        return cleaned

    @property
    def presets(self) -> list[tuple[Any, Promise | str]]:
        """Each radio button with what it means."""
        words: dict[str, Promise] = {preset.key: preset.help for preset in PRESETS}
        own = gettext_lazy("Choose for each of the sixteen parts.")
        return [(radio, words.get(str(radio.data["value"]), own)) for radio in self["preset"]]

    @property
    def groups(self) -> list[tuple[Promise, list[tuple[forms.BoundField, Promise | str]]]]:
        """The sixteen fields as people think of them, each with what it means."""
        return [
            (label, [(self[field_of(part)], HELP.get(part, "")) for part in parts]) for label, parts in GROUPS
        ]

    def _by_hand(self, cleaned: dict[str, Any]) -> dict[Part, Level]:
        chosen = {part: Level(cleaned.get(field_of(part)) or Level.DISABLED) for part in Part}
        return {part: level for part, level in chosen.items() if level != Level.DISABLED}


def field_of(part: Part) -> str:
    """The name of a part's field."""
    return f"part-{part.value}"


class ChangeForm(LevelsForm):
    """What is lent from now on; begins with what is lent."""

    def __init__(self, *args: Any, grant: Grant, **named: Any) -> None:
        initial = {"until": grant.until, "note": grant.note}
        super().__init__(*args, levels=grant.rights.levels, initial=initial, **named)
        self.grant = grant

    def clean_until(self) -> Any:
        """A day that was over before may stay."""
        until = self.cleaned_data["until"]
        return until if until == self.grant.until else super().clean_until()


class ShareForm(LevelsForm):
    """Names of one customer, and the mailbox of the person to whom parts of them are lent."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail of the person"),
        help_text=gettext_lazy("Gets an invitation. Nothing is shared until it is accepted."),
    )
    names = forms.CharField(
        label=gettext_lazy("Names"),
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=gettext_lazy("One in each line."),
    )
    field_order = ("email", "names", "preset", "until", "note")

    def __init__(self, *args: Any, scope: QuerySet[Domain], **named: Any) -> None:
        super().__init__(*args, **named)
        self.scope = scope
        self.domains: list[Domain] = []

    @property
    def customer(self) -> Customer:
        """Whose the names of a valid form are."""
        customer = self.domains[0].customer
        assert customer is not None
        return customer

    def clean_names(self) -> str:
        """Every name must be one of the scope's, all of one customer."""
        text: str = self.cleaned_data["names"]
        wanted = list(dict.fromkeys(_read(line) for line in text.split()))
        if len(wanted) > MOST_NAMES:
            raise forms.ValidationError(
                _("These are %(n)s names. Share at most %(most)s at a time.")
                % {"n": len(wanted), "most": MOST_NAMES}
            )
        self.domains = list(self.scope.filter(name__in=wanted).select_related("customer__brand"))
        known = {domain.name for domain in self.domains}
        missing = [line for line in text.split() if _read(line) not in known]
        if missing:
            said = ngettext(
                "There is no such name: %(names)s", "There are no such names: %(names)s", len(missing)
            )
            raise forms.ValidationError(said % {"names": ", ".join(missing[:10])})
        owners = {domain.customer_id for domain in self.domains}
        if None in owners:
            raise forms.ValidationError(_("A name that belongs to no customer cannot be shared."))
        if len(owners) > 1:
            raise forms.ValidationError(_("These names belong to several customers. Share those of one."))
        return text

    def clean(self) -> dict[str, Any]:
        """Not with somebody who may do more already."""
        cleaned = super().clean()
        email = cleaned.get("email")
        if email and self.domains and "names" in cleaned:
            members = Membership.objects.filter(customer=self.domains[0].customer_id)
            if members.filter(user__email__iexact=email).exists():
                self.add_error("email", _("This person acts for the customer already."))
        return cleaned


def _read(line: str) -> str:
    """A name as it is stored; what cannot be one stays as it was typed, and is not found."""
    try:
        return ".".join(to_a_label(label) for label in line.strip().strip(".").split("."))
    except ImpossibleName:
        return line
