"""The matrix of what registrars can do is printed from code, and the committed page is what the code prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from registrar import FAMILIES, Support, matrix

PAGE = Path(__file__).resolve().parents[2] / "docs" / "registrars" / "matrix.md"


def test_committed_matrix_is_what_the_code_prints() -> None:
    assert PAGE.read_text(encoding="utf-8") == matrix.markdown()


@pytest.mark.parametrize(
    ("family", "figures", "remark"),
    [
        ("mrdomain", "106/106", ""),
        ("netim", "64/64", "sections 2.1 to 2.13"),
        ("bookmyname", "20/20", "DAS"),
        ("namecom", "22/22", "5 of 5 order types"),
    ],
)
def test_every_function_of_the_manuals_has_a_typed_method(family: str, figures: str, remark: str) -> None:
    (row,) = (row for row in matrix.coverage() if row.family.name == family)

    assert row.figures == figures
    assert remark in row.remark


def test_tables_name_operations_of_the_contract_only() -> None:
    known = {line.operation for line in matrix.lines()}

    for family in FAMILIES.values():
        assert {row.operation for row in family.capabilities} <= known, family.name


def test_operations_are_listed_once_and_by_module() -> None:
    everything = [line.operation for line in matrix.lines()]
    domains = [line.operation for line in matrix.lines(["domain"])]

    assert len(everything) == len(set(everything))
    assert domains
    assert all(operation.startswith("domain.") for operation in domains)


def test_cell_tells_the_extensions_that_are_different() -> None:
    special = [
        (family.name, row)
        for family in FAMILIES.values()
        for row in family.capabilities
        if row.tlds and row.support == Support.MANUAL
    ]
    assert special

    for name, row in special:
        (line,) = (line for line in matrix.lines() if line.operation == row.operation)
        assert any(f".{min(row.tlds or ())}" in note for note in line.cells[name].notes)
