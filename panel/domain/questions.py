"""What extensions ask beyond the usual contact, as fields of a form."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django_countries import countries

from panel.contact.models import Contact
from panel.contact.validation import translated
from registrar.tld import Field, Kind, fields_for

PREFIX = "extra_"


@dataclass
class Question:
    """A field that extensions ask, once, however many of them ask it."""

    field: Field
    tlds: list[str] = dataclasses.field(default_factory=list)

    @property
    def name(self) -> str:
        """The form's field."""
        return PREFIX + self.field.name


def ask(names: Iterable[tuple[str, str, str]], contact_type: str) -> list[Question]:
    """What is asked of this type of owner; `names` are the family, the extension and the action of each."""
    questions: dict[str, Question] = {}
    for family, tld_name, action in names:
        for asked in fields_for(family, tld_name, action, contact_type):
            question = questions.setdefault(asked.name, Question(asked))
            if tld_name not in question.tlds:
                question.tlds.append(tld_name)
    return list(questions.values())


def form_field(question: Question, owner: Contact | None, known: Mapping[str, str]) -> forms.Field:
    """The form's field of a question. `known` are answers that were given before: a secret one is not shown again."""
    asked = question.field
    tlds = ", ".join(f".{tld}" for tld in question.tlds)
    why = translated(asked.why)
    example = _("For example: %(example)s") % {"example": asked.example} if asked.example else ""
    aid = " ".join(part for part in (why, _("Asked for %(tlds)s.") % {"tlds": tlds}, example) if part)
    stored = asked.secret and bool(known.get(asked.name))
    required = owner is not None and asked.is_required(owner.type, known) and not stored
    common: dict[str, Any] = {
        "label": translated(asked.label_key),
        "help_text": _("Given already; leave it empty to keep it. %(why)s") % {"why": why} if stored else aid,
        "required": required,
        "error_messages": {"required": format_lazy("{} {}", _("Please fill this in."), why)},
    }
    if asked.kind is Kind.CHOICE:
        choices = [("", _("Choose")), *((value, translated(label)) for value, label in asked.choices)]
        return forms.ChoiceField(choices=choices, **common)
    if asked.kind is Kind.COUNTRY:
        return forms.ChoiceField(choices=[("", _("Choose")), *countries], **common)
    if asked.kind is Kind.BOOLEAN:
        return forms.ChoiceField(choices=[("", _("Choose")), ("1", _("Yes")), ("0", _("No"))], **common)
    widgets: dict[Kind, forms.Widget] = {
        Kind.DATE: forms.TextInput(attrs={"type": "date"}),
        Kind.EMAIL: forms.EmailInput(),
        Kind.URL: forms.URLInput(),
        Kind.SECRET: forms.PasswordInput(attrs={"autocomplete": "off"}),
        Kind.TEXT: forms.TextInput(),
    }
    return forms.CharField(widget=widgets[asked.kind], max_length=asked.max_length, **common)
