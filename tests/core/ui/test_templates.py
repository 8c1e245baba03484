"""What holds for every template: nothing inline, every component documented, every icon there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string

from panel.core.styleguide import PAGES, sample

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STATIC = Path(settings.BASE_DIR) / "static"
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
COMPONENTS = sorted(path.name for path in (TEMPLATES / "ui").glob("*.html"))
# Mail programs know no style sheets, and no policy of ours reaches them.
MAIL = re.compile(r"(^|/)email(/|\.html$)")
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)


def source(name: str) -> str:
    return COMMENT.sub("", (TEMPLATES / name).read_text())


@pytest.mark.parametrize("name", ALL)
def test_template_has_nothing_inline(name: str) -> None:
    text = source(name)

    if not MAIL.search(name):
        assert not re.search(r"\sstyle\s*=", text), "style attribute"
    assert not re.search(r"<style\b", text), "style element"
    assert not re.search(r"\s(?:on[a-z]+|hx-on[:a-z-]*)\s*=", text), "event handler"
    assert not re.search(r"<script(?![^>]*\s(?:src=|type=\"application/json\"))", text), "inline script"
    assert "javascript:" not in text
    assert not re.search(r"hx-vals\s*=\s*[\"']js:", text), "evaluated htmx values"


@pytest.mark.parametrize("name", ALL)
def test_template_does_not_pass_attributes_on_unescaped(name: str) -> None:
    assert not re.search(r"{{\s*attrs\s*}}", source(name)), "use {% attributes attrs %}"


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_documented(name: str) -> None:
    text = (TEMPLATES / "ui" / name).read_text()
    head = re.match(r"{% comment %}\n(.+?)\n{% endcomment %}", text, re.DOTALL)
    assert head, "begins with its description"
    declared = re.search(r"<c-vars\s([^>]*?)/>", text)
    for argument in re.findall(r":?([\w-]+)=", declared[1]) if declared else []:
        assert re.search(rf"\b{argument}\b", head[1]), f"{argument} is not described"


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_declares_a_default_for_every_argument(name: str) -> None:
    declared = re.search(r"<c-vars\s([^>]*?)/>", (TEMPLATES / "ui" / name).read_text())
    bare = (
        [word for word in re.sub(r'=\s*"[^"]*"', "=", declared[1]).split() if not word.endswith("=")]
        if declared
        else []
    )
    assert bare == [], "an argument without a default would be taken from the page around it"


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_on_show(name: str) -> None:
    tag = f"<c-{name.removesuffix('.html').replace('_', '-')}"
    shown = "".join(path.read_text() for path in (TEMPLATES / "styleguide").rglob("*.html"))
    used = "".join(path.read_text() for path in (TEMPLATES / "ui").glob("*.html") if path.name != name)
    assert re.search(rf"{tag}[\s>/]", shown + used)


def test_icons_named_in_templates_exist() -> None:
    from lucide.templatetags.lucide import lucide

    named = re.compile(r"{%\s*icon\s+\"([a-z0-9-]+)\"|\bicon(?:_end)?=\"([a-z0-9-]+)\"")
    for name in ALL:
        for match in named.finditer(source(name)):
            assert lucide(match[1] or match[2])


@pytest.mark.parametrize("page", PAGES)
def test_sample_page_renders(page: str, rf: object) -> None:
    request = rf.get("/styleguide/")  # type: ignore[attr-defined]
    template = get_template(f"styleguide/{page.replace('-', '_')}.html")

    markup = template.template.render(
        _context({**sample(), "request": request, "csrf_token": "t", "pages": PAGES, "parts": ()})
    )

    assert "<c-" not in markup
    assert " style=" not in markup
    assert re.search(r"<h1[ >]", markup)


def _context(values: dict[str, object]) -> object:
    from django.template import Context

    return Context(values)


def test_error_page_renders_with_an_empty_context() -> None:
    markup = render_to_string("base/error.html", {})
    assert "<h1>" in markup
    assert "Nameward" in markup


def test_every_style_sheet_is_imported_once() -> None:
    entry = (STATIC / "css" / "app.css").read_text()
    imported = re.findall(r'url\("([^"]+)"\)', entry)
    present = {path.relative_to(STATIC / "css").as_posix() for path in (STATIC / "css").rglob("*.css")} - {
        "app.css"
    }
    assert sorted(imported) == sorted(present)


def test_style_sheets_use_only_declared_tokens() -> None:
    sheets = {path.name: path.read_text() for path in (STATIC / "css").rglob("*.css")}
    declared = set(re.findall(r"(--[\w-]+)\s*:", "".join(sheets.values())))
    used = set(re.findall(r"var\((--[\w-]+)", "".join(sheets.values())))
    assert used <= declared


def test_script_evaluates_nothing() -> None:
    script = (STATIC / "js" / "app.js").read_text()
    assert not re.search(r"\beval\b|new Function|innerHTML|insertAdjacentHTML|document\.write", script)
