"""A filter by one of many offers the first, names the chosen one, and accepts any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
import pytest

from panel.core import choices
from panel.core.choices import BriefChoiceFilter
from panel.people.models import Customer

pytestmark = pytest.mark.django_db


class ByCustomer(django_filters.FilterSet):
    customer = BriefChoiceFilter(
        field_name="pk", label="Customer", empty_label="All", null_label="None of them",
        queryset=Customer.objects.order_by("name"),
    )  # fmt: skip


@pytest.fixture
def _three(make_customer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "MOST_OFFERED", 2)
    for name in ("Ash", "Birch", "Cedar"):
        make_customer(name)


def drawn(**data: Any) -> str:
    return str(ByCustomer(data, queryset=Customer.objects.all()).form["customer"])


@pytest.mark.usefixtures("_three")
def test_only_the_first_are_offered_and_it_says_that_there_are_more() -> None:
    page = drawn()

    assert "Ash" in page
    assert "Birch" in page
    assert "Cedar" not in page
    assert "disabled" in page
    assert page.count("<option") == 2 + 2 + 1


@pytest.mark.usefixtures("_three")
def test_chosen_one_is_named_and_found_though_it_is_not_offered() -> None:
    cedar = Customer.objects.get(name="Cedar")
    form = ByCustomer({"customer": str(cedar.pk)}, queryset=Customer.objects.all()).form

    assert form.is_valid()
    assert form.cleaned_data["customer"] == cedar
    assert f'<option value="{cedar.pk}" selected>Cedar</option>' in drawn(customer=str(cedar.pk))


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize("value", ["", "null", "x", "99999999"])
def test_other_values_name_nobody(value: str) -> None:
    assert "Cedar" not in drawn(customer=value)


def test_few_are_all_offered(make_customer: Callable[..., Any]) -> None:
    make_customer("Ash")

    page = drawn()

    assert "Ash" in page
    assert "disabled" not in page
