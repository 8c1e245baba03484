"""The check that compiled message catalogs are those of their sources."""

import shutil
import subprocess
from pathlib import Path

import pytest

from scripts import catalogs

SOURCE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#, python-format
msgid "%(count)s names"
msgstr "%(count)s noms"
"""

needs_msgfmt = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="msgfmt (gettext) is not installed")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A French catalog without its compiled form."""
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE)
    return path


def _compile(source: Path) -> None:
    subprocess.run(["msgfmt", "-o", str(source.with_suffix(".mo")), str(source)], check=True)


def test_catalog_without_compiled_form_is_reported(tmp_path: Path, source: Path) -> None:
    problems = catalogs.find_stale(tmp_path)

    assert len(problems) == 1
    assert "django.mo is missing" in problems[0]


@needs_msgfmt
def test_catalog_compiled_from_its_source_is_fine(tmp_path: Path, source: Path) -> None:
    _compile(source)

    assert catalogs.find_stale(tmp_path) == []


@needs_msgfmt
def test_catalog_changed_after_compiling_is_reported(tmp_path: Path, source: Path) -> None:
    _compile(source)
    source.write_text(SOURCE.replace("noms", "noms de domaine"))

    problems = catalogs.find_stale(tmp_path)

    assert len(problems) == 1
    assert "older than its source" in problems[0]


@needs_msgfmt
def test_catalog_with_a_wrong_placeholder_is_reported(tmp_path: Path, source: Path) -> None:
    _compile(source)
    source.write_text(SOURCE.replace("%(count)s noms", "%(nombre)s noms"))

    problems = catalogs.find_stale(tmp_path)

    assert len(problems) == 1
    assert "is broken" in problems[0]
