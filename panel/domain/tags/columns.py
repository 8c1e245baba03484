"""Tags in lists of names: a column and two filters."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from panel.core.tables import EMPTY, Column
from panel.domain.models import Domain
from panel.domain.tags.queries import bearing, tags_on, with_tags


class TagsColumn(Column):
    """The tags of a name; a spreadsheet gets them with commas between."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(_("Tags"), *args, empty_values=(), **kwargs)

    def bring(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return with_tags(queryset)

    def render(self, record: Any) -> str:
        return ", ".join(tags_on(record)) or EMPTY

    def value(self, **kwargs: Any) -> Any:
        return ", ".join(tags_on(kwargs["record"]))


def by_tag(queryset: QuerySet[Domain], _name: str, value: str) -> QuerySet[Domain]:
    """The names that bear a tag, however it is spelled."""
    return queryset.filter(bearing(value))


class TagChoiceFilter(django_filters.ChoiceFilter):
    """One of the tags that are in use; `choices` are given for each request."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Tag"), empty_label=_("All tags"), choices=[], method=by_tag, **kwargs)


class TagTextFilter(django_filters.CharFilter):
    """A tag that is written: over many customers there are too many to choose from."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"placeholder": _("Tag"), "size": 12})
        super().__init__(label=_("Tag"), method=by_tag, widget=widget, max_length=120, **kwargs)
