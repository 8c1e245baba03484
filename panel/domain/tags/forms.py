"""Tags as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.domain.tags.services import BadTags, written

SUGGESTED = 20
LONGEST_TEXT = 1000


class TagsForm(forms.Form):
    """One line of tags. `known` are spellings that the customer uses already; `needed`: there must be one."""

    use_required_attribute = False
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "placeholder": gettext_lazy("shop, customer 42")}
        ),
    )

    def __init__(self, *args: Any, known: Iterable[str] = (), needed: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        self.needed = needed
        help_text = _("Words of your own, with commas between them. The registry knows nothing of them.")
        if suggested := list(known)[:SUGGESTED]:
            help_text += " " + _("In use: %(tags)s.") % {"tags": ", ".join(suggested)}
        self.fields["tags"].help_text = help_text

    def clean_tags(self) -> list[str]:
        """The tags, each once."""
        try:
            found = written(self.cleaned_data["tags"])
        except BadTags as bad:
            raise forms.ValidationError(str(bad)) from None
        if self.needed and not found:
            raise forms.ValidationError(_("Write at least one tag."))
        return found

    @property
    def values(self) -> dict[str, Any]:
        """As a change of many names reads them, with what people read."""
        names: list[str] = self.cleaned_data["tags"]
        return {"tags": names, "shown": ", ".join(names)}
