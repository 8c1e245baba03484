"""The message catalogues: every text translated, with the same placeholders, and compiled."""

from __future__ import annotations

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
# %(name)s as Python and blocktranslate write it, {name} as scripts fill it, and the tags of a text with markup.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|</?\w+[^>]*>")
STATEMENT = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")')


@dataclass
class Message:
    """One entry of a catalogue: what is in the code, and the translation, in as many forms as the language has."""

    texts: dict[str, str] = field(default_factory=dict)
    flags: str = ""

    @property
    def source(self) -> str:
        return self.texts.get("msgid", "")

    @property
    def translations(self) -> list[str]:
        return [text for key, text in sorted(self.texts.items()) if key.startswith("msgstr")]


def parsed(block: str) -> Message:
    message, key = Message(), ""
    for line in block.splitlines():
        if line.startswith("#,"):
            message.flags += line
        elif found := STATEMENT.fullmatch(line):
            key = found[1]
            message.texts[key] = ast.literal_eval(found[2])
        elif line.startswith('"'):
            message.texts[key] += ast.literal_eval(line)
    return message


def folder(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES"


def catalogue(language: str) -> list[Message]:
    blocks = re.split(r"\n\s*\n", (folder(language) / "django.po").read_text(encoding="utf-8"))
    return [message for message in map(parsed, blocks) if message.source]


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def keeps_placeholders(message: Message) -> bool:
    """A plural form may leave out its number where the English form does: "one name", "%(number)s names"."""
    plural = message.texts.get("msgid_plural")
    allowed = [placeholders(message.source)]
    if plural is not None:
        allowed.append(placeholders(plural))
    return (
        all(placeholders(text) in allowed for text in message.translations)
        and placeholders(message.translations[-1]) == allowed[-1]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_leaves_no_text_in_english(language: str) -> None:
    messages = catalogue(language)

    forms = {len(message.translations) for message in messages if "msgid_plural" in message.texts}
    empty = [m.source for m in messages if not m.translations or not all(m.translations)]
    fuzzy = [m.source for m in messages if "fuzzy" in m.flags]

    assert len(messages) > 1000
    assert len(forms) == 1
    assert (empty, fuzzy) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_keeps_the_placeholders_of_its_text(language: str) -> None:
    wrong = [message.source for message in catalogue(language) if not keeps_placeholders(message)]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_keeps_the_line_breaks_at_both_ends(language: str) -> None:
    def ends(text: str) -> tuple[bool, bool]:
        return text.startswith("\n"), text.endswith("\n")

    wrong = [
        message.source
        for message in catalogue(language)
        if any(ends(text) != ends(message.source) for text in message.translations)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_says_what_the_written_one_says(language: str) -> None:
    with (folder(language) / "django.mo").open("rb") as compiled:
        known = gettext.GNUTranslations(compiled)

    written: dict[str | tuple[str, int], str] = {}
    for message in catalogue(language):
        context = message.texts.get("msgctxt")
        key = f"{context}\x04{message.source}" if context else message.source
        if "msgid_plural" in message.texts:
            written.update({(key, form): text for form, text in enumerate(message.translations)})
        else:
            written[key] = message.translations[0]

    entries = {key: text for key, text in vars(known)["_catalog"].items() if key != ""}
    assert entries == written


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext (gettext) is not installed")
def test_catalogues_know_every_text_of_code_and_templates(tmp_path: Path) -> None:
    for name in ("panel", "templates"):
        ignored = shutil.ignore_patterns("__pycache__", "*.po", "*.mo")
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name, ignore=ignored)
    (tmp_path / "panel" / "locale" / "fr" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--locale=fr", "--no-location", "-v0"]
    environment = {
        "DEBUG": "1",
        "DATA_DIR": str(tmp_path / "data"),
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{settings.BASE_DIR}",
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "panel.settings", "PATH": os.environ["PATH"]}

    subprocess.run(command, cwd=tmp_path, env=environment, check=True)

    fresh = tmp_path / "panel" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    blocks = re.split(r"\n\s*\n", fresh.read_text(encoding="utf-8"))
    used = {key(message) for message in map(parsed, blocks) if message.source}
    assert len(used) > 500
    for language in LANGUAGES:
        missing = used - {key(message) for message in catalogue(language)}
        assert not missing, f"{language}: {sorted(missing)[:10]}"


def key(message: Message) -> tuple[str, str]:
    return message.texts.get("msgctxt", ""), message.source
