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
@pytest.mark.parametrize(("few", "many"), [(1000, 25), (0, 25), (1000, 0)])
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
    monkeypatch: pytest.MonkeyPatch, text: str, found: set[str], few: int, many: int
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    monkeypatch.setattr(finding, "MANY_OF_SAMPLE", many)

    assert {row.name for row in named(Domain.objects.all(), text)} == found
    assert {row.name for row in matching(Domain.objects.all(), text)} == found


@pytest.mark.usefixtures("_names")
def test_search_stays_inside_its_scope() -> None:
    scope = Domain.objects.filter(tld_name="fr")

    assert [row.name for row in named(scope, "haven")] == ["haven.fr"]
    assert not named(Domain.objects.none(), "haven").exists()


def test_indexes_are_there_where_the_database_has_it() -> None:
    made = name_index.make_indexes(connection)

    assert made is (connection.vendor == "postgresql" and _indexes() == {*name_index.NAMES})


def test_server_that_does_not_let_us_costs_the_indexes_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Callable[..., Any]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the indexes are of PostgreSQL only")
    monkeypatch.setattr(name_index, "EXTENSION", "CREATE EXTENSION nobody_has_this")

    assert name_index.make_indexes(connection) is False
    with pytest.raises(CommandError, match="does not let us"):
        call_command("index_names", stdout=StringIO())
    assert Domain.objects.count() == 0


def test_command_says_what_it_did() -> None:
    out = StringIO()

    call_command("index_names", stdout=out)

    expected = "The indexes are there" if connection.vendor == "postgresql" else "There are no such indexes"
    assert expected in out.getvalue()


@pytest.mark.usefixtures("_names")
def test_word_of_many_names_is_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the indexes are of PostgreSQL only")
    monkeypatch.setattr(finding, "MANY_OF_SAMPLE", 2)

    asked = {text: str(named(Domain.objects.all(), text).query) for text in ("haven", "grove")}

    assert "LIKE" in asked["haven"]
    assert "LIKE" not in asked["grove"]


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'domain%trigrams'")
        return {name for (name,) in cursor.fetchall()}
