"""What the house is made of: its routes, its Python files and its templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
URLCONFS = ("panel.urls", "panel.urls_brand")
AUDIENCES = ("selfservice", "backoffice", "brandadmin")


@dataclass(frozen=True)
class Route:
    """One URL: where it is, what it is called, what answers."""

    urlconf: str
    path: str
    name: str
    view: Any

    def __str__(self) -> str:
        return f"{self.urlconf}:/{self.path}"


def routes() -> list[Route]:
    """Every route of every host."""
    return [route for urlconf in URLCONFS for route in _walk(urlconf, get_resolver(urlconf), "", "")]


def _walk(urlconf: str, resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(urlconf, entry, path, inner)
        elif isinstance(entry, URLPattern):
            yield Route(urlconf, path, namespace + (entry.name or ""), entry.callback)


def python_files(*folders: str) -> list[Path]:
    """The Python files under these folders, without migrations."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    """Every template of a page or an e-mail's HTML."""
    return sorted((ROOT / "templates").rglob("*.html"))


@lru_cache(maxsize=2048)
def tree_of(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(), filename=str(path))


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """The absolute modules that a file imports, with the line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def where(path: Path, line: int) -> str:
    """A finding's place, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{line}"
