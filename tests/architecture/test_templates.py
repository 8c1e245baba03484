"""Templates: nothing inline, nothing that cannot be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, templates

COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.S)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
DATA = re.compile(r"<script[^>]*application/json[^>]*>.*?</script>", re.S)
# Blocks that stand inside a class attribute.
CLASSES = re.compile(r"{%\s*block (?:chrome|width)\s*%}.*?{%\s*endblock.*?%}", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
ELEMENT = re.compile(r"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>", re.S)
SPOKEN = re.compile(
    r"(?<![:\w-])(title|label|text|note|subtitle|hint|legend|help|caption|submit|placeholder|alt|aria-label)=\"([^\"]*)\""
)
WORD = re.compile(r"[^\W\d_]{2,}")
# Texts that are the same in every language.
SAME = {
    "Nameward",
    "CSV",
    "TLD",
    "DNS",
    "DNSSEC",
    "IP",
    "ID",
    "HTTP",
    "URL",
    "ms",
    "lighthouse",
    "example",
    "com",
    "Cedar",
    "Studio",
}
# The sample pages are for those who build pages, in development only.
ENGLISH_ONLY = ("styleguide/",)
# Mail programs know no style sheets; no policy of ours reaches them.
MAILS = ("base/email.html", "email/")
SCRIPT = re.compile(r"<script\b([^>]*)>", re.I)
HANDLER = re.compile(r"<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.I)


def name_of(path: Path) -> str:
    """The template's name as a view gives it."""
    return str(path.relative_to(ROOT / "templates"))


def bare(source: str) -> str:
    """The template without comments, translated blocks, data and template tags."""
    for pattern in (COMMENT, TRANSLATED, DATA, CLASSES, TAG):
        source = pattern.sub(" ", source)
    return source


def untranslated(source: str) -> Iterator[str]:
    """Words that a reader would see and that no language changes."""
    text = bare(source)
    for _name, value in SPOKEN.findall(text):
        yield from (word for word in WORD.findall(value) if word not in SAME)
    yield from (word for word in WORD.findall(ELEMENT.sub(" ", text)) if word not in SAME)


@pytest.mark.parametrize(
    "path", [path for path in templates() if not name_of(path).startswith(MAILS)], ids=name_of
)
def test_template_has_no_inline_script_style_or_handler(path: Path) -> None:
    source = COMMENT.sub("", path.read_text())
    plain = TAG.sub("", source)

    scripts = [
        given for given in SCRIPT.findall(plain) if "src=" not in given and "application/json" not in given
    ]
    assert scripts == [] or all("src" in given for given in SCRIPT.findall(source))
    assert "<style" not in plain.lower()
    assert not re.search(r"<[^>]*\sstyle\s*=", plain)
    assert not HANDLER.search(plain)
    assert "javascript:" not in plain.lower()


@pytest.mark.parametrize(
    "path", [path for path in templates() if not name_of(path).startswith(ENGLISH_ONLY)], ids=name_of
)
def test_template_says_nothing_that_cannot_be_translated(path: Path) -> None:
    assert list(untranslated(path.read_text())) == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_template_that_posts_carries_the_token(path: Path) -> None:
    source = COMMENT.sub("", path.read_text())
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", source, re.S | re.I)

    assert all("csrf_token" in form for form in forms)


def test_template_marked_safe_by_hand_is_not_there() -> None:
    found = [
        name_of(path) for path in templates() if re.search(r"\|\s*safe\b|autoescape off", path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Hello {{ name }}</p>", ["Hello"]),
        ('<a title="Go on">{% translate "Go" %}</a>', ["Go", "on"]),
        ("{% blocktranslate %}Hello{% endblocktranslate %} <b>{{ x }}</b> 12", []),
        ('<c-card title="{% translate "Card" %}" />{% comment %}why{% endcomment %}', []),
    ],
)
def test_scanner_sees_what_a_reader_sees(source: str, words: list[str]) -> None:
    assert list(untranslated(source)) == words
