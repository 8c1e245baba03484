"""Form controls drawn here rather than by Django's templates: an option takes seven of their nodes, a list has dozens.

What comes out is what Django's templates give but for the space between the tags; a control that is none of these, or
has parts of its own, is left to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe

from panel.core.markup import escaped

FOLDER = "django/forms/widgets"
INPUTS = (
    "text",
    "email",
    "url",
    "tel",
    "search",
    "number",
    "password",
    "hidden",
    "date",
    "color",
    "checkbox",
)
OPTION = f"{FOLDER}/select_option.html"


class Controls(DjangoTemplates):
    """Django's own renderer, but for plain inputs and selects."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """A control's markup; `context` is what its widget gives Django's templates."""
        draw = DRAWN.get(template_name)
        drawn = draw(context["widget"]) if draw else None
        return super().render(template_name, context, request) if drawn is None else drawn


def draw_input(widget: Mapping[str, Any]) -> SafeString:
    """An input of one line, or a box to check."""
    value = widget["value"]
    held = "" if value is None else f' value="{_text(value)}"'
    return mark_safe(  # noqa: S308 - every value is escaped
        f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{held}{_attributes(widget)}>'
    )


def draw_select(widget: Mapping[str, Any]) -> SafeString | None:
    """A select; None where its options are not Django's plain ones."""
    pieces = [f'<select name="{_text(widget["name"])}"{_attributes(widget)}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            pieces.append(f'<optgroup label="{_text(group)}">')
        for option in options:
            if option["template_name"] != OPTION:
                return None
            label = option["label"]
            words = escaped(label if isinstance(label, str) else localize(label))
            pieces.append(f'<option value="{_text(option["value"])}"{_attributes(option)}>{words}</option>')
        if group:
            pieces.append("</optgroup>")
    pieces.append("</select>")
    return mark_safe("".join(pieces))  # noqa: S308 - every value is escaped


def _attributes(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: Any) -> str:
    return escaped(str(value))


DRAWN: dict[str, Callable[[Mapping[str, Any]], SafeString | None]] = {
    **dict.fromkeys((f"{FOLDER}/{name}.html" for name in INPUTS), draw_input),
    f"{FOLDER}/select.html": draw_select,
}
