"""The matrix for staff, and the command that prints it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from panel.account.management.commands import capability_matrix
from registrar import FAMILIES, matrix

PAGE = "/office/accounts/matrix/"


def test_page_shows_every_operation_and_registrar(office: Client) -> None:
    page = office.get(PAGE).content.decode()

    for family in FAMILIES.values():
        assert family.label in page
    for line in matrix.lines():
        assert f">{line.operation}<" in page


def test_page_is_filtered_by_module_registrar_and_support(office: Client) -> None:
    response = office.get(f"{PAGE}?module=account&family=bookmyname&support=none")

    (group,) = response.context["groups"]
    assert [line["operation"] for line in group["lines"]] == [
        row.operation for row in matrix.lines(["account"]) if not row.cells["bookmyname"].general.usable
    ]
    assert all(len(line["cells"]) == 1 for line in group["lines"])


def test_filter_that_matches_nothing_says_so(office: Client) -> None:
    page = office.get(f"{PAGE}?module=account&family=bookmyname&support=manual").content.decode()

    assert "Nothing matches" in page


def test_filter_of_nonsense_shows_everything(office: Client) -> None:
    groups = office.get(f"{PAGE}?module=x&family=y").context["groups"]

    assert sum(len(group["lines"]) for group in groups) == len(matrix.lines())


def test_page_asks_no_registrar_and_reads_few_rows(
    office: Client, django_assert_max_num_queries: object
) -> None:
    office.get(PAGE)

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        office.get(PAGE)


def test_command_prints_the_page() -> None:
    out = StringIO()

    call_command("capability_matrix", stdout=out)

    assert out.getvalue() == matrix.markdown()


def test_command_writes_the_page_and_fails_when_it_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "matrix.md"
    monkeypatch.setattr(capability_matrix, "PAGE", page)
    with pytest.raises(CommandError):
        call_command("capability_matrix", "--check")

    call_command("capability_matrix", "--write")
    call_command("capability_matrix", "--check")
    page.write_text(page.read_text() + "more\n")

    with pytest.raises(CommandError):
        call_command("capability_matrix", "--check")
