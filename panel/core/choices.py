"""A filter by one of many, such as a customer: the first of them are offered, and the one that is chosen.

A select of a thousand customers is most of a page's weight, and nobody scrolls through it. Whoever is not offered is
chosen by a link from its own page; any of them is accepted.
"""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

MOST_OFFERED = 20


class BriefIterator(ModelChoiceIterator):
    """The empty choices, and the first of the rest."""

    queryset: Any

    def __init__(self, field: Any) -> None:
        super().__init__(field)
        if self.queryset is not None:
            self.queryset = self.queryset[: MOST_OFFERED + 1]


class BriefSelect(forms.Select):
    """A select that names the chosen one also where it is not among the offered, and says that there are more."""

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        rows = [group for group in groups if getattr(group[1][0]["value"], "instance", None) is not None]
        if len(rows) > MOST_OFFERED:
            groups = [group for group in groups if group is not rows[MOST_OFFERED]]
            shown = {str(group[1][0]["value"]) for group in groups}
            groups += self._further(name, [text for text in value if text and text not in shown], len(groups))
        return groups

    def _further(self, name: str, missing: list[str], index: int) -> list[Any]:
        choices: Any = self.choices
        field = choices.field
        further = []
        for text in missing:
            try:
                chosen = field.to_python(text)
            except ValidationError:
                continue
            option = self.create_option(name, text, field.label_from_instance(chosen), True, index)
            further.append((None, [option], index))
        more = self.create_option(name, "", _("… and more"), False, index + 1)
        more["attrs"]["disabled"] = True
        return [*further, (None, [more], index + 1)]


class BriefField(ModelChoiceField):
    """One of many, of which the first are offered."""

    iterator = BriefIterator
    widget = BriefSelect


class BriefChoiceFilter(django_filters.ModelChoiceFilter):
    """By one of many."""

    field_class = BriefField
