"""The page on extensions is what the data print."""

from __future__ import annotations

from pathlib import Path

from registrar.tld import known_tlds
from registrar.tld.table import markdown

PAGE = Path(__file__).parents[3] / "docs" / "registrars" / "extensions.md"


def test_page_on_extensions_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), (
        "docs/registrars/extensions.md is stale: write registrar.tld.table.markdown() there"
    )


def test_page_names_every_extension_once_per_row_or_more() -> None:
    page = markdown()

    for tld in known_tlds():
        assert f".{tld} " in page


def test_tables_have_as_many_cells_as_heads() -> None:
    width = 0
    for line in markdown().splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        cells = line.replace("\\|", "").count("|")
        width = width or cells
        assert cells == width
