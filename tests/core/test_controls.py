"""Form controls that are drawn here are those that Django's templates would draw."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from panel.core import controls

DJANGO = DjangoTemplates()
HOSTILE = '"><script>alert(1)</script>&'


def as_written(html: str) -> str:
    return re.sub(r">\s+<", "><", html).strip()


INPUTS: dict[str, tuple[forms.Widget, Any]] = {
    "text": (forms.TextInput(attrs={"class": "wide", "autofocus": True, "hidden": False}), "some words"),
    "text that is hostile": (forms.TextInput(attrs={"data-x": HOSTILE}), HOSTILE),
    "nothing typed": (forms.TextInput(), None),
    "an empty text": (forms.TextInput(), ""),
    "a number": (forms.NumberInput(attrs={"step": "0.01", "max": 1000}), Decimal("1234.50")),
    "a secret": (forms.PasswordInput(), "not shown"),
    "something hidden": (forms.HiddenInput(), 12345),
    "a day": (forms.DateInput(), date(2026, 11, 30)),
    "a box": (forms.CheckboxInput(), True),
    "a box that is not checked": (forms.CheckboxInput(), False),
    "a box with a value": (forms.CheckboxInput(), "yes"),
    "an address": (forms.EmailInput(attrs={"placeholder": gettext_lazy("Search")}), "a@b.test"),
}
CHOICES = [
    ("", gettext_lazy("Search")),
    (1, "One & only"),
    (1000, 1234567),
    (HOSTILE, HOSTILE),
    ("safe", mark_safe("<b>safe</b>")),
    ("A group & more", [("in", "Inside"), ("too", "Also")]),
]
SELECTS: dict[str, tuple[forms.Widget, Any]] = {
    "nothing chosen": (forms.Select(choices=CHOICES), None),
    "one chosen": (forms.Select(attrs={"aria-label": HOSTILE}, choices=CHOICES), "1"),
    "one of a group": (forms.Select(choices=CHOICES), "too"),
    "several": (forms.SelectMultiple(choices=CHOICES), ["1", "in"]),
    "required": (forms.Select(attrs={"required": True}, choices=CHOICES[1:]), "safe"),
    "no choice at all": (forms.Select(), "x"),
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("widget", "value"), [pytest.param(*case, id=name) for name, case in {**INPUTS, **SELECTS}.items()]
)
def test_control_is_what_django_draws(widget: forms.Widget, value: Any, language: str) -> None:
    with override(language):
        expected = widget.render("field", value, attrs={"id": "id_field"}, renderer=DJANGO)

        drawn = widget.render("field", value, attrs={"id": "id_field"}, renderer=get_default_renderer())

    assert as_written(drawn) == as_written(expected)


def test_control_with_options_of_its_own_is_left_to_its_templates() -> None:
    class Marked(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    drawn = Marked(choices=[("a", "A")]).render("field", "a", renderer=controls.Controls())

    assert as_written(drawn) == as_written(Marked(choices=[("a", "A")]).render("field", "a", renderer=DJANGO))


def test_control_of_several_parts_is_left_to_its_templates() -> None:
    widget = forms.RadioSelect(choices=[("a", "A"), ("b", "B")])

    assert widget.render("field", "a", renderer=controls.Controls()) == widget.render(
        "field", "a", renderer=DJANGO
    )
