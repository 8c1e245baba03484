"""Giving mirrored names to customers, in bulk and by a list."""

from __future__ import annotations

from typing import Any

import pytest

from panel.domain.assignment import MOST_LINES, UnreadableList, apply, assign, decode, preview
from panel.domain.models import Domain
from panel.operation.models import Operation
from panel.people.models import Customer


@pytest.fixture
def names(registrar_account: Any) -> list[Domain]:
    rows = []
    for name, shown in (("one.com", "one.com"), ("two.com", "two.com"), ("xn--bcher-kva.com", "bücher.com")):
        rows.append(
            Domain.objects.create(name=name, unicode_name=shown, tld_name="com", account=registrar_account)
        )
    return rows


def lines(text: str) -> list[Any]:
    return preview(text, Domain.objects.all(), Customer.objects.all())


def test_preview_finds_customers_by_id_email_and_name(names: list[Domain], customer: Customer) -> None:
    text = f"name,customer\none.com,{customer.public_id}\nTWO.com,{customer.email.upper()}\nbücher.com,cedar STUDIO\n"

    found = lines(text)

    assert [line.problem for line in found] == ["", "", ""]
    assert [line.domain.name for line in found] == ["one.com", "two.com", "xn--bcher-kva.com"]
    assert {line.customer for line in found} == {customer}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("not a name,Cedar Studio", "Not a domain name"),
        ("com,Cedar Studio", "Not a domain name"),
        ("unknown.com,Cedar Studio", "Not in the panel"),
        ("one.com,Nobody", "No such customer"),
        ("one.com,Cedar Studio\none.com,Cedar Studio", "More than once"),
        ("one.com,twins@x.test", "Several customers"),
    ],
)
def test_preview_says_what_is_wrong(
    names: list[Domain], customer: Customer, operator: Any, line: str, problem: str
) -> None:
    for number in range(2):
        Customer.objects.create(brand=operator, name=f"Twin {number}", email="twins@x.test")

    assert problem in lines(line)[0].problem


def test_preview_reads_semicolons_quotes_and_old_spreadsheets(
    names: list[Domain], customer: Customer
) -> None:
    data = 'one.com;"Cedar Studio"\r\n\r\nbücher.com;Cedar Studio\r\n'.encode("cp1252")

    assert [line.problem for line in lines(decode(data))] == ["", ""]


@pytest.mark.parametrize("text", ["", "name,customer\n", "a.com,b\n" * (MOST_LINES + 1)])
def test_preview_of_an_impossible_list_is_refused(db: None, text: str) -> None:
    with pytest.raises(UnreadableList):
        lines(text)


def test_apply_assigns_what_is_good_and_nothing_else(
    names: list[Domain], customer: Customer, staff: Any
) -> None:
    changed, left = apply(lines("one.com,Cedar Studio\ntwo.com,Nobody"), staff)

    assert (changed, left) == (1, [])
    assert Domain.objects.get(customer=customer).name == "one.com"


def test_apply_with_an_empty_customer_takes_the_name_away(
    names: list[Domain], customer: Customer, staff: Any
) -> None:
    Domain.objects.update(customer=customer)

    apply(lines("one.com,"), staff)

    assert Domain.objects.get(customer=None).name == "one.com"


def test_assign_leaves_alone_what_a_customer_is_buying(
    names: list[Domain], customer: Customer, make_customer: Any, staff: Any, registrar_account: Any
) -> None:
    Operation.objects.create(
        kind="domain.create", subject="domain:one.com", label="one.com", account=registrar_account,
        customer=customer, intent_key="k", state="waiting",
    )  # fmt: skip

    changed, left = assign(Domain.objects.all(), make_customer("Other"), staff)

    assert (changed, left) == (2, ["one.com"])


def test_preview_takes_the_same_queries_for_1_and_30_lines(
    names: list[Domain], customer: Customer, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        lines("one.com,Cedar Studio")
    with django_assert_max_num_queries(2):
        lines("\n".join(f"name-{number}.com,Cedar Studio" for number in range(29)) + "\none.com,Cedar Studio")
