"""Rules of the house that a syntax tree can tell."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.house import AUDIENCES, ROOT, imports_of, python_files, templates, tree_of, where

MOST_LINES, MOST_TEMPLATE_LINES = 500, 150
NETWORK = ("requests", "zeep", "socket", "urllib3", "http.client", "urllib.request", "httpx", "aiohttp")
# Why a file outside the transport may import one of these.
NETWORK_EXCEPTIONS = {
    "panel/operation/engine.py": "the name of the machine, for the lease",
    "panel/core/management/commands/wait_for_services.py": "waits for the database and the broker before the start",
}


def bare_managers(path: Path) -> list[str]:
    """Where a page asks a model for rows without starting from a scope. Libraries' models have no scopes of ours."""
    tree = tree_of(path)
    foreign = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("panel")
        for alias in node.names
    }
    empty = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "none"
    }
    return [
        f"{where(path, node.lineno)} {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("objects", "_base_manager", "_default_manager")
        and id(node) not in empty
        and not (isinstance(node.value, ast.Name) and node.value.id in foreign)
    ]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_pages_start_from_a_scope_never_from_all_rows(audience: str) -> None:
    files = [path for path in python_files(f"panel/{audience}") if path.name != "queries.py"]

    assert [found for path in files for found in bare_managers(path)] == []


def test_back_office_queries_ask_for_staff_first() -> None:
    path = ROOT / "panel/backoffice/queries.py"
    functions = (
        [node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)] if path.exists() else []
    )
    unguarded = [
        where(path, node.lineno)
        for node in functions
        if ".objects" in ast.unparse(node)
        and not re.search(r"\b(require_staff|office_\w+)\(", ast.unparse(ast.Module(node.body, [])))
        and "actor" in {argument.arg for argument in node.args.args}
    ]

    assert unguarded == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_audience_apps_do_not_import_each_other(audience: str) -> None:
    others = tuple(f"panel.{name}" for name in AUDIENCES if name != audience)
    found = [
        f"{where(path, line)} {module}"
        for path in python_files(f"panel/{audience}")
        for module, line in imports_of(path)
        if module.startswith(others)
    ]

    assert found == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_audience_apps_have_pages_only(audience: str) -> None:
    names = {path.name for path in python_files(f"panel/{audience}")}

    assert not names & {"models.py", "tasks.py", "services.py", "migrations"}


def test_only_the_transport_and_the_sandbox_speak_to_the_network() -> None:
    found = set()
    for path in python_files("panel", "registrar"):
        name = str(path.relative_to(ROOT))
        if name.startswith(("registrar/transport/", "registrar/sandbox/")):
            continue
        if any(
            module == net or module.startswith(f"{net}.") for module, _ in imports_of(path) for net in NETWORK
        ):
            found.add(name)

    assert found <= set(NETWORK_EXCEPTIONS)


def test_only_one_module_asks_nameservers() -> None:
    asking = (
        "dns.query",
        "dns.asyncquery",
        "dns.resolver",
        "dns.asyncresolver",
        "dns.update",
        "dns.zonetransfer",
    )
    found = {
        str(path.relative_to(ROOT))
        for path in python_files("panel", "registrar")
        for module, _line in imports_of(path)
        if module.startswith(asking) and "sandbox" not in path.parts
    }

    assert found == {"panel/core/nameservers.py"}


def test_only_the_gateway_opens_a_driver() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in python_files("panel")
        for module, _line in imports_of(path)
        if module in ("registrar.open_driver", "registrar.registry.open_driver")
    }

    assert found == {"panel/account/gateway.py"}


def test_files_are_short_enough_to_be_read() -> None:
    code = python_files("panel", "registrar", "scripts", "tests")
    sizes = {where(path, 1): len(path.read_text().splitlines()) for path in code}
    pages = {where(path, 1): len(path.read_text().splitlines()) for path in templates()}

    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}
    assert {name: lines for name, lines in pages.items() if lines > MOST_TEMPLATE_LINES} == {}


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "stuff", "tools_common"}
    found = [where(path, 1) for path in python_files("panel", "registrar", "scripts") if path.stem in vague]

    assert found == []


def test_every_public_view_and_module_says_what_it_is() -> None:
    silent = [
        where(path, 1)
        for path in python_files("panel", "registrar")
        if path.name not in ("__init__.py", "apps.py") and ast.get_docstring(tree_of(path)) is None
    ]

    assert silent == []


def test_nothing_is_left_to_do() -> None:
    marks = ("TO" + "DO", "FIX" + "ME")
    found = [
        where(path, number)
        for path in [*python_files("panel", "registrar", "scripts"), *templates()]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if any(mark in line for mark in marks)
    ]

    assert found == []


def test_layers_hold() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    assert result.returncode == 0, result.stdout[-4000:]


def test_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
