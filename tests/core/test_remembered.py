"""What is counted over very many rows is remembered for a while; over few, never."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models import QuerySet

from panel.core import remembered
from panel.core.remembered import counted
from panel.domain.models import Domain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> Any:
    cache.clear()
    yield
    cache.clear()


def total(rows: QuerySet[Domain]) -> Any:
    return counted(rows, "total", lambda scope: scope.count(), size=lambda number: number)


@pytest.fixture
def make_domain(registrar_account: Any, customer: Any) -> Callable[[str], Domain]:
    def make(name: str) -> Domain:
        return Domain.objects.create(
            name=name, unicode_name=name, tld_name="com", account=registrar_account, customer=customer
        )

    return make


def test_few_are_counted_each_time(make_domain: Callable[[str], Domain]) -> None:
    make_domain("a.com")
    first = total(Domain.objects.all())
    make_domain("b.com")

    assert (first.value, first.at) == (1, None)
    assert total(Domain.objects.all()).value == 2


def test_many_are_remembered_with_the_moment(
    make_domain: Callable[[str], Domain],
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    monkeypatch.setattr(remembered, "LARGE", 1)
    make_domain("a.com")
    make_domain("b.com")
    assert total(Domain.objects.all()).at is None
    make_domain("c.com")

    with django_assert_num_queries(0):
        again = total(Domain.objects.select_related("customer").order_by("name"))

    assert again.value == 2
    assert again.at is not None


def test_each_scope_and_each_count_is_remembered_for_itself(
    make_domain: Callable[[str], Domain], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "LARGE", 0)
    make_domain("a.com")
    make_domain("b.com")
    total(Domain.objects.all())

    assert total(Domain.objects.filter(name="a.com")).value == 1
    assert total(Domain.objects.filter(name="b.com")).at is None
    names = counted(Domain.objects.all(), "names", lambda rows: sorted(row.name for row in rows), size=len)
    assert names.value == ["a.com", "b.com"]


def test_nothing_at_all_is_counted_without_a_query() -> None:
    assert total(Domain.objects.none()).value == 0
