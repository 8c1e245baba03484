"""{% translate %} gives the words of the language that is spoken, and all that Django's tag of that name gives."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, engines
from django.utils import translation

from panel.core.templatetags.words import Words


def template(source: str) -> Any:
    return engines["django"].from_string(source)


def test_words_are_those_of_the_language_in_which_they_are_asked_for() -> None:
    page = template('{% translate "Domains" %}')

    told = []
    for language in ("en", "fr", "es", "en", "fr"):
        with translation.override(language):
            told.append(page.render())

    assert told == ["Domains", "Domaines", "Dominios", "Domains", "Domaines"]


def test_words_can_be_kept_as_a_variable() -> None:
    page = template('{% translate "Domains" as name %}[{{ name }}] {% translate "Domains" %}')

    with translation.override("fr"):
        assert page.render() == "[Domaines] Domaines"


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "100%% & <b>more</b>" %}',
        "{% translate word %}",
        "{% translate tag %}",
        '{% translate "domains"|upper %}',
        '{% translate "Domains" noop %}',
        '{% translate "Domains" context "nowhere" %}',
        '{% autoescape off %}{% translate "a & b" %}{% endautoescape %}',
    ],
)
def test_page_is_what_it_is_with_the_tag_of_django(source: str) -> None:
    values = {"word": "Domains", "tag": "<i>"}

    with translation.override("fr"):
        assert template(source).render(values) == template("{% load i18n %}" + source).render(values)


def test_words_are_looked_up_once_for_a_language() -> None:
    [node] = template('{% translate "Domains" %}').template.nodelist
    assert isinstance(node, Words)

    with translation.override("es"):
        node.render(Context())
        node.render(Context())

    assert node.known == {"es": "Dominios"}
