"""Names by a part of them, with and without the index, few and many."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from panel.domain import finding, name_index
from panel.domain.filters import matching
from panel.domain.finding import named
from panel.domain.models import Domain

pytestmark = pytest.mark.django_db
NAMES = ("grove-haven.com", "haven.fr", "xn--bcher-kva.com", "other_name.com", "othersname.com")


@pytest.fixture
def _names(registrar_account: Any, customer: Any) -> None:
    for name in NAMES:
        shown = "bücher.com" if name.startswith("xn--") else name
        Domain.objects.create(
            name=name, unicode_name=shown, tld_name=name.rpartition(".")[2], account=registrar_account,
            customer=customer,
        )  # fmt: skip


@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize("few", [1000, 0])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("haven", {"grove-haven.com", "haven.fr"}),
        (" HAVEN ", {"grove-haven.com", "haven.fr"}),
        ("bücher", {"xn--bcher-kva.com"}),
        ("cher.c", {"xn--bcher-kva.com"}),
        ("xn--bch", {"xn--bcher-kva.com"}),
        ("r_n", {"other_name.com"}),
        ("%", set()),
        ("nowhere", set()),
        ("", set(NAMES)),
    ],
)
def test_part_of_a_name_finds_it_whether_few_match_or_many(
    monkeypatch: pytest.MonkeyPatch, text: str, found: set[str], few: int
) -> None:
    monkeypatch.setattr(finding, "FEW", few)

    assert {row.name for row in named(Domain.objects.all(), text)} == found
    assert {row.name for row in matching(Domain.objects.all(), text)} == found


@pytest.mark.usefixtures("_names")
def test_search_stays_inside_its_scope() -> None:
    scope = Domain.objects.filter(tld_name="fr")

    assert [row.name for row in named(scope, "haven")] == ["haven.fr"]
    assert not named(Domain.objects.none(), "haven").exists()


def test_index_is_there_where_the_database_has_it() -> None:
    made = name_index.make_index(connection)

    assert made is (connection.vendor == "postgresql" and _has_index())


def test_server_that_does_not_let_us_costs_the_index_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Callable[..., Any]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the index is of PostgreSQL only")
    monkeypatch.setattr(name_index, "EXTENSION", "CREATE EXTENSION nobody_has_this")

    assert name_index.make_index(connection) is False
    with pytest.raises(CommandError, match="does not let us"):
        call_command("index_names", stdout=StringIO())
    assert Domain.objects.count() == 0


def test_command_says_what_it_did() -> None:
    out = StringIO()

    call_command("index_names", stdout=out)

    expected = "The index is there" if connection.vendor == "postgresql" else "There is no such index"
    assert expected in out.getvalue()


def _has_index() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [name_index.NAME])
        return cursor.fetchone() is not None
